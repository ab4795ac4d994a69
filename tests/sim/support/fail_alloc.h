/* Allocation that counts and fails on demand, for "the n-th allocation fails" sweeps.
 *
 *     fail_alloc_begin();
 *     for (n = 1; ; n++) {
 *         ... prepare ...
 *         fail_alloc_at(n);
 *         status = function_under_test();
 *         if (!fail_alloc_fired()) break;       it needed fewer than n allocations: done
 *         ... status is ST_NOT_ENOUGH_MEMORY and nothing changed ...
 *     }
 *     fail_alloc_end();                          asserts that nothing is left allocated
 */
#ifndef MPR_TESTS_FAIL_ALLOC_H
#define MPR_TESTS_FAIL_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* Puts the hooks in place. Nothing of the core may be allocated at that moment. */
void fail_alloc_begin(void);
/* Counts from now on, too, if that is not done already; gives what is counted as allocated now.
 * What was allocated before may be freed later: a block is a malloc block in any case. */
size_t fail_alloc_watch(void);
/* Restores malloc and fails the test when something was not freed. */
void fail_alloc_end(void);
/* The n-th allocation from now on fails (one only); 0: none does. */
void fail_alloc_at(size_t n);
/* All allocations from now on fail, until fail_alloc_at is called. */
void fail_alloc_always(void);
/* True when an allocation failed since the last fail_alloc_at; switches failing off. */
bool fail_alloc_fired(void);
/* Blocks that are allocated now. */
size_t fail_alloc_live(void);

#endif
