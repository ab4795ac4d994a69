/* The loop of every allocation sweep, native or on Windows.
 *
 *     static bool attempt(void *context, unsigned n)
 *     {
 *         ... prepare; let the n-th allocation fail; call; look at what came of it ...
 *         return the n-th allocation was reached;
 *     }
 *     allocations = sweep_loop(attempt, context);
 */
#ifndef TESTS_SWEEP_LOOP_H
#define TESTS_SWEEP_LOOP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* More than any call needs: a call that never has enough would run for ever. */
enum { SWEEP_MOST = 5000 };

/* n = 1, 2, ... until the call needed fewer; gives how many it needed. */
static inline unsigned sweep_loop(bool (*attempt)(void *context, unsigned n), void *context)
{
    unsigned n = 1;

    while (attempt(context, n)) {
        n++;
        assert_true(n < SWEEP_MOST);
    }
    return n - 1;
}

#endif
