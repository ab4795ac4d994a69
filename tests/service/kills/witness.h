/* Counts how often an event is signalled.
 *
 * The event resets itself when it wakes somebody. The witness waits before the first signal can
 * come, so two signals count as two: the first one wakes the witness and is gone, the second stays
 * until the witness is back. */
#ifndef TESTS_SERVICE_KILLS_WITNESS_H
#define TESTS_SERVICE_KILLS_WITNESS_H

#include <windows.h>

#include <stdbool.h>

struct witness {
    HANDLE event; /* for the calls */
    HANDLE stop, counted, thread;
    volatile LONG signals;
};

bool witness_begin(struct witness *w);
void witness_end(struct witness *w);
/* Waits until that many have come; a minute and a half at most. False: fewer, or more. */
bool witness_wait(struct witness *w, LONG count);

#endif
