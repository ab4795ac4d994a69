/* Memory that runs out at the n-th allocation, and that counts what is not given back.
 *
 *     for (size_t n = 1;; n++) {
 *         fail_alloc_begin(n);
 *         ... work ...
 *         if (!fail_alloc_end()) break;   // the n-th allocation was never asked for
 *     }
 */
#ifndef TESTS_UNIT_BASE_FAIL_ALLOC_H
#define TESTS_UNIT_BASE_FAIL_ALLOC_H

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct fail_alloc {
    size_t fail_at; /* 0: never */
    size_t asked, live;
};
static struct fail_alloc fail_alloc;

static void *fail_alloc_take(void *context, size_t size)
{
    struct fail_alloc *f = context;
    void *memory;

    if (++f->asked == f->fail_at) return NULL;
    memory = calloc(1, size);
    assert_non_null(memory);
    f->live++;
    return memory;
}

static void fail_alloc_give(void *context, void *memory)
{
    struct fail_alloc *f = context;

    assert_true(f->live > 0);
    f->live--;
    free(memory);
}

static inline void fail_alloc_begin(size_t fail_at)
{
    const struct mem_hooks hooks = {fail_alloc_take, fail_alloc_give, &fail_alloc};

    fail_alloc = (struct fail_alloc){fail_at, 0, 0};
    mem_set_hooks(&hooks);
}

/* Nothing may be left; true when the failure happened. */
static inline bool fail_alloc_end(void)
{
    mem_set_hooks(NULL);
    assert_int_equal(fail_alloc.live, 0);
    return fail_alloc.fail_at && fail_alloc.asked >= fail_alloc.fail_at;
}

/* A small generator, so that a failing test can be repeated. */
static inline uint32_t test_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

#endif
