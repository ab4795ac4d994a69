/* What a process holds: handles of the system, and results of the library that were not freed. Both
 * are counts to compare before and after. */
#ifndef TESTS_API_LIVE_H
#define TESTS_API_LIVE_H

#include <stddef.h>

/* Handles of this process, of every kind: events, registry keys, files, threads, sockets. */
size_t live_handles(void);
/* Those of another one. */
size_t live_handles_of(unsigned long process);
/* Blocks that the library handed out and nobody freed. Needs no hook in the library: they are
 * blocks of the process heap, told by their mark (src/api/buffer.c). */
size_t live_results(void);

#endif
