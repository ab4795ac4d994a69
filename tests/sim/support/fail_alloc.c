/* Counting and failing allocation. Each block is an ordinary malloc block, so that ASan sees it.
 * The numbers are atomic, since an engine's thread allocates and frees, too. */
#include "sim/support/fail_alloc.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

static struct {
    atomic_size_t countdown; /* 0: none fails */
    atomic_bool always, fired;
    atomic_size_t live;
} state;

static void *counted_alloc(void *context, size_t size)
{
    void *memory;

    (void)context;
    if (state.always || (state.countdown && --state.countdown == 0)) {
        state.fired = true;
        return NULL;
    }
    memory = calloc(1, size);
    if (memory) state.live++;
    return memory;
}

static void counted_release(void *context, void *memory)
{
    (void)context;
    state.live--;
    free(memory);
}

static const struct mem_hooks hooks = {counted_alloc, counted_release, NULL};

size_t fail_alloc_watch(void)
{
    mem_set_hooks(&hooks);
    return state.live;
}

void fail_alloc_begin(void)
{
    state.countdown = 0;
    state.live = 0;
    state.always = false;
    state.fired = false;
    mem_set_hooks(&hooks);
}

void fail_alloc_end(void)
{
    size_t live = state.live;

    mem_set_hooks(NULL);
    assert_int_equal(live, 0);
}

void fail_alloc_at(size_t n)
{
    state.countdown = n;
    state.always = false;
    state.fired = false;
}

void fail_alloc_always(void)
{
    fail_alloc_at(0);
    state.always = true;
}

bool fail_alloc_fired(void)
{
    bool fired = state.fired;

    fail_alloc_at(0);
    return fired;
}

size_t fail_alloc_live(void)
{
    return state.live;
}
