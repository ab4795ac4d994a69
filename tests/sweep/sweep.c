/* The allocators that fail on demand, on the thread that asks only: the worker's allocations come
 * at any time, and have sweeps of their own in tests/sim. */
#include "sweep/sweep.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "api/api.h"
#include "base/mem.h"

static DWORD sweeping_thread;
static unsigned countdown; /* 0: no failure to come */
static unsigned hits;

static bool may_allocate(void *context)
{
    (void)context;
    if (GetCurrentThreadId() != sweeping_thread || !countdown) return true;
    if (--countdown) return true;
    hits++;
    return false;
}

static void *failing_alloc(void *context, size_t size)
{
    return may_allocate(context) ? calloc(1, size) : NULL;
}

static void plain_release(void *context, void *memory)
{
    (void)context;
    free(memory);
}

void sweep_begin(void)
{
    static const struct mem_hooks hooks = {failing_alloc, plain_release, NULL};

    sweeping_thread = GetCurrentThreadId();
    mem_set_hooks(&hooks);
    api_buffer_set_gate(may_allocate, NULL);
}

/* The first line that differs. */
static void print_difference(const char *before, const char *after)
{
    const char *line = before;
    size_t i;

    for (i = 0; before[i] && before[i] == after[i]; i++) {
        if (before[i] == '\n') line = before + i + 1;
    }
    if (before[i] != after[i])
        print_error("before: %.100s\nafter:  %.100s\n", line, after + (line - before));
}

/* True when the call was reached by a failure. */
static bool attempt(const struct scenario *s, unsigned n)
{
    char *before, *after;
    DWORD status;

    if (s->prepare) s->prepare();
    before = snapshot_take();
    hits = 0;
    countdown = n;
    status = s->call();
    countdown = 0;
    if (status != s->success) {
        after = snapshot_take();
        if (status != ERROR_NOT_ENOUGH_MEMORY || !hits || strcmp(before, after)) {
            print_error("%s, allocation %u: status %lu\n", s->name, n, status);
            print_difference(before, after);
            fail();
        }
        free(after);
    } else if (s->undo) {
        s->undo();
    }
    free(before);
    return hits != 0;
}

void sweep_run(const struct scenario *s)
{
    unsigned n = 1;

    while (attempt(s, n)) {
        n++;
        assert_true(n < 2000);
    }
    print_message("%-45s %3u allocations\n", s->name, n - 1);
}
