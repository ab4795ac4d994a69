/* The allocators that fail on demand, on the thread that asks only: the worker's allocations come
 * at any time, and have sweeps of their own in tests/sim. */
#include "sweep/sweep.h"

#include "sweep/loop.h"
#include "sweep/requests.h"
#include "sweep/snapshot.h"

#include <mprapi.h>
#include <stdlib.h>
#include <string.h>

#include "api/api.h"
#include "api/support/live.h"
#include "base/mem.h"
#include "win32/sys/event.h"
#include "win32/net/mib_host.h"
#include "win32/phonebook/phonebook_store.h"

#define UNTOUCHED_RESULT ((void *)(ULONG_PTR)0xdeadbeef)
enum { SETTLE_MS = 3000 };

void *sweep_result;
DWORD sweep_sample;

/* ---- allocators ------------------------------------------------------------------------------ */

static DWORD sweeping_thread;
static bool in_call;
static unsigned asked, failing, hits; /* failing: which one is to fail, 0 none */
static LONG blocks;                   /* of the library that are allocated now */

static bool may_allocate(void *context)
{
    (void)context;
    if (GetCurrentThreadId() != sweeping_thread || !in_call) return true;
    if (++asked != failing) return true;
    hits++;
    return false;
}

static void *failing_alloc(void *context, size_t size)
{
    void *memory = may_allocate(context) ? calloc(1, size) : NULL;

    if (memory) InterlockedIncrement(&blocks);
    return memory;
}

static void release(void *context, void *memory)
{
    (void)context;
    if (!memory) return;
    InterlockedDecrement(&blocks);
    free(memory);
}

void sweep_begin(void)
{
    static const struct mem_hooks hooks = {failing_alloc, release, NULL};

    sweeping_thread = GetCurrentThreadId();
    mem_set_hooks(&hooks);
    api_buffer_set_gate(may_allocate, NULL);
}

/* ---- what a call gave ------------------------------------------------------------------------ */

DWORD sweep_sum(DWORD sum, const void *data, size_t size)
{
    const BYTE *bytes = data;

    for (size_t i = 0; i < size; i++) sum = sum * 31 + bytes[i];
    return sum;
}

/* Pointers into the result count by where they point to. The last word is the heap's mark. */
static DWORD sum_of_result(void)
{
    const ULONG_PTR *words = sweep_result, base = (ULONG_PTR)sweep_result;
    SIZE_T size = HeapSize(GetProcessHeap(), 0, sweep_result);
    DWORD sum = 7;

    for (SIZE_T i = 0; i + 1 < size / sizeof(*words); i++) {
        ULONG_PTR word = words[i];

        if (word >= base && word <= base + size) word -= base;
        sum = sweep_sum(sum, &word, sizeof(word));
    }
    return sum;
}

static bool has_result(void)
{
    return sweep_result && sweep_result != UNTOUCHED_RESULT;
}

/* Takes the lines out that need not be the same in two calls that did the same. */
static char *without_sealed(char *text)
{
    char *to = text;

    for (char *line = text, *next; *line; line = next) {
        next = strchr(line, '\n') + 1;
        if (*line == SNAPSHOT_SEALED) continue;
        memmove(to, line, (size_t)(next - line));
        to += next - line;
    }
    *to = 0;
    return text;
}

struct outcome {
    DWORD result, sample;
    char *after; /* snapshot */
};

static struct outcome take_outcome(void)
{
    struct outcome o = {has_result() ? sum_of_result() : 0, sweep_sample,
                        without_sealed(snapshot_take())};

    return o;
}

/* ---- one attempt ----------------------------------------------------------------------------- */

struct sweep {
    const struct scenario *s;
    struct outcome whole; /* of the call that nothing failed in */
};

static void complain(const struct scenario *s, unsigned n, const char *what)
{
    print_error("%s, allocation %u: %s\n", s->name, n, what);
}

/* The first line that differs. */
static void print_difference(const char *before, const char *after)
{
    const char *line = before;
    size_t i;

    for (i = 0; before[i] && before[i] == after[i]; i++) {
        if (before[i] == '\n') line = before + i + 1;
    }
    print_error("before: %.100s\nafter:  %.100s\n", line, after + (line - before));
}

static bool same_text(const struct scenario *s, unsigned n, const char *before, const char *after)
{
    if (!strcmp(before, after)) return true;
    complain(s, n, "something has changed");
    print_difference(before, after);
    return false;
}

/* What there was before a call. */
struct holdings {
    LONG blocks;
    size_t results, handles;
};

/* Has the phone book kept in memory; stale: but such that the next call reads it again. */
static void keep_phonebook(bool stale)
{
    char16_t path[PHONEBOOK_PATH_UNITS];
    FILETIME written;
    HANDLE file;

    phonebook_store_read(u"", NULL);
    if (!stale || phonebook_store_path(path)) return;
    file = CreateFileW(path, FILE_WRITE_ATTRIBUTES | FILE_READ_ATTRIBUTES, 0, NULL, OPEN_EXISTING,
                       0, NULL);
    if (file == INVALID_HANDLE_VALUE) return;
    GetFileTime(file, NULL, NULL, &written);
    written.dwLowDateTime ^= 1u << 24;
    SetFileTime(file, NULL, NULL, &written);
    CloseHandle(file);
}

static struct holdings take_stock(void)
{
    struct holdings h;

    mib_host_forget();
    keep_phonebook(true);
    h = (struct holdings){blocks, live_results(), live_handles()};
    return h;
}

/* The worker may still hold something of the call, and unused events and tables of the system are
 * kept for a while. */
static bool settled(const struct holdings *before)
{
    DWORD start = GetTickCount();

    keep_phonebook(false);
    while (blocks > before->blocks || live_results() != before->results ||
           live_handles() > before->handles) {
        if (GetTickCount() - start > SETTLE_MS) return false;
        event_trim(true);
        mib_host_forget();
        Sleep(10);
    }
    return true;
}

static bool failed_well(const struct scenario *s, unsigned n, DWORD status, const char *before,
                        const struct holdings *held)
{
    char *after;
    bool good;

    if (status != ERROR_NOT_ENOUGH_MEMORY || !hits) {
        print_error("%s, allocation %u: status %lu\n", s->name, n, status);
        return false;
    }
    if (has_result()) {
        complain(s, n, "the result is not cleared");
        return false;
    }
    if (!settled(held)) {
        print_error("%s, allocation %u: %ld blocks, %ld results, %ld handles are lost\n", s->name,
                    n, blocks - held->blocks, (long)(live_results() - held->results),
                    (long)(live_handles() - held->handles));
        return false;
    }
    after = snapshot_take();
    good = same_text(s, n, before, after);
    free(after);
    return good;
}

static bool succeeded_well(const struct scenario *s, unsigned n, const struct outcome *whole,
                           struct outcome *o)
{
    if (o->result == whole->result && o->sample == whole->sample)
        return same_text(s, n, whole->after, o->after);
    complain(s, n, "it gave something else");
    return false;
}

void sweep_forget_results(const struct scenario *s)
{
    if (has_result()) assert_int_equal(MprAdminBufferFree(sweep_result), NO_ERROR);
    sweep_result = NULL;
    if (s->undo) s->undo();
}

static DWORD make_call(const struct scenario *s, unsigned n)
{
    DWORD status;

    sweep_result = UNTOUCHED_RESULT;
    sweep_sample = asked = hits = 0;
    failing = n;
    in_call = true;
    status = s->call();
    in_call = false;
    return status;
}

/* n 0: nothing fails, and the outcome is kept. */
static bool attempt(void *context, unsigned n)
{
    struct sweep *sweep = context;
    const struct scenario *s = sweep->s;
    struct holdings held;
    char *before;
    DWORD status;

    if (s->prepare) s->prepare();
    before = snapshot_take();
    held = take_stock();
    status = make_call(s, n);
    if (status == s->success) {
        struct outcome o = take_outcome();

        if (!n)
            sweep->whole = o;
        else if (!succeeded_well(s, n, &sweep->whole, &o))
            fail();
        if (n) free(o.after);
        sweep_forget_results(s);
    } else if (!failed_well(s, n, status, before, &held)) {
        fail();
    }
    free(before);
    return hits != 0;
}

/* Octets take memory, also where the function itself does without. */
static bool through_octets(void)
{
    return GetEnvironmentVariableW(L"MPRAPI_ROUTER", NULL, 0) != 0;
}

static void run(void **state)
{
    struct sweep sweep = {*state, {0, 0, NULL}};
    unsigned count;

    attempt(&sweep, 0);
    if (sweep.s->none && !through_octets()) {
        print_message("%s: %s\n", sweep.s->name, sweep.s->none);
        assert_int_equal(asked, 0);
    } else {
        if (!sweep.s->none) assert_int_not_equal(asked, 0);
        count = sweep_loop(attempt, &sweep);
        print_message("%-45s %3u allocations\n", sweep.s->name, count);
    }
    free(sweep.whole.after);
}

int sweep_run_each(const char *group, const struct scenario *scenarios, size_t count,
                   void (*test)(void **state))
{
    struct CMUnitTest *tests = calloc(count, sizeof(*tests));
    int failed;

    assert_non_null(tests);
    for (size_t i = 0; i < count; i++) {
        tests[i].name = scenarios[i].name;
        tests[i].test_func = test;
        tests[i].initial_state = (void *)(ULONG_PTR)&scenarios[i];
    }
    failed = _cmocka_run_group_tests(group, tests, count, NULL, NULL);
    free(tests);
    return failed;
}

int sweep_run_all(const struct scenario *scenarios, size_t count)
{
    if (requests_wanted()) return requests_run_all(scenarios, count);
    return sweep_run_each("sweep", scenarios, count, run);
}
