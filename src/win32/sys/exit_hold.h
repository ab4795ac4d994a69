/* Holding off the end of the process while something is done that must be whole.
 *
 * Wine 8 needs it: ExitProcess ends the other threads wherever they are. One that is inside a query
 * of the IP helper (GetAdaptersAddresses, GetIfTable, GetIpForwardTable, ...) is ended with a lock
 * of Wine's own, and that query's end is then given to the thread that ends the process, which
 * waits for the lock for ever. 32-bit programs that exited during such a query were seen to hang
 * one time in fifty. ExitProcess takes the loader lock first; so does this.
 *
 * Elsewhere than under Wine nothing happens. TerminateProcess is not held off.
 */
#ifndef MPR_WIN32_EXIT_HOLD_H
#define MPR_WIN32_EXIT_HOLD_H

#include <stdint.h>

/* What is done in between takes milliseconds and waits for no other thread: none can start, end or
 * load a DLL meanwhile. Nests. */
uintptr_t exit_hold(void);
/* With what exit_hold gave, on the same thread. */
void exit_release(uintptr_t hold);

#endif
