/* Allocation sweeps over exported calls. */
#ifndef TESTS_SWEEP_SWEEP_H
#define TESTS_SWEEP_SWEEP_H

#include <winsock2.h> /* api.h needs it before windows.h */

#include <windows.h>

/* Replaces the allocators; before the first call into the library. */
void sweep_begin(void);

struct scenario {
    const char *name;
    void (*prepare)(void); /* before each attempt; may be NULL */
    DWORD (*call)(void);   /* the call under test, and nothing else; its status */
    DWORD success;         /* what it gives when all is well */
    void (*undo)(void);    /* after success; may be NULL */
};

/* Runs a scenario with the n-th allocation of the calling thread failing, for n = 1, 2, ... until
 * the call needs fewer. Each failing attempt must give ERROR_NOT_ENOUGH_MEMORY and leave the
 * snapshot as it was, or give success in spite of it. */
void sweep_run(const struct scenario *scenario);

/* Everything that can be seen of router, phone book and registry, as a text that the caller frees
 * with free(). */
char *snapshot_take(void);
/* The server handle that the snapshot looks through. */
void snapshot_server(HANDLE server);

#endif
