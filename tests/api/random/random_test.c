/* Eight threads that call whatever there is, with whatever there is: nothing crashes, nothing
 * hangs, and when all is closed and deleted there is as much memory and there are as many handles
 * as before.
 *
 * The sequence of each thread comes from a seed, which is printed; RANDOM_SEED gives another one.
 */
#include "api/random/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "api/support/live.h"

enum { THREADS = 8, CALLS = 600, CLIENTS = 100, ROUNDS = 4 };
enum { WATCHDOG_MS = 280000, SETTLE_MS = 15000 };

static struct actor actors[THREADS];
static HANDLE done;

/* ---- one call -------------------------------------------------------------------------------- */

typedef ULONG_PTR P;
typedef DWORD(WINAPI *fn_1)(P);
typedef DWORD(WINAPI *fn_2)(P, P);
typedef DWORD(WINAPI *fn_3)(P, P, P);
typedef DWORD(WINAPI *fn_4)(P, P, P, P);
typedef DWORD(WINAPI *fn_5)(P, P, P, P, P);
typedef DWORD(WINAPI *fn_6)(P, P, P, P, P, P);
typedef DWORD(WINAPI *fn_7)(P, P, P, P, P, P, P);
typedef DWORD(WINAPI *fn_8)(P, P, P, P, P, P, P, P);
typedef DWORD(WINAPI *fn_9)(P, P, P, P, P, P, P, P, P);

/* Every argument of these functions is one word. */
static DWORD call(void *f, size_t count, const P *p)
{
    switch (count) {
    case 1:
        return ((fn_1)f)(p[0]);
    case 2:
        return ((fn_2)f)(p[0], p[1]);
    case 3:
        return ((fn_3)f)(p[0], p[1], p[2]);
    case 4:
        return ((fn_4)f)(p[0], p[1], p[2], p[3]);
    case 5:
        return ((fn_5)f)(p[0], p[1], p[2], p[3], p[4]);
    case 6:
        return ((fn_6)f)(p[0], p[1], p[2], p[3], p[4], p[5]);
    case 7:
        return ((fn_7)f)(p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
    case 8:
        return ((fn_8)f)(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]);
    default:
        return ((fn_9)f)(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8]);
    }
}

static void act(struct actor *a)
{
    const struct random_row *row = &random_rows[random_roll(a, (DWORD)random_row_count)];
    size_t count = strlen(row->arguments);
    P arguments[9] = {0};
    DWORD status;

    if (random_roll(a, row->rare)) return;
    a->used_room = a->used_results = 0;
    a->wants_handle = FALSE;
    a->handle = UNTOUCHED_HANDLE;
    for (size_t n = 0; n < count; n++) arguments[n] = random_argument(a, row->arguments[n]);
    a->calling = row->name;
    status = call(row->function, count, arguments);
    a->calling = NULL;
    a->calls++;
    random_take(a, row, status);
}

static DWORD WINAPI run(void *actor)
{
    struct actor *a = actor;

    for (int n = 0; n < CALLS; n++) act(a);
    return 0;
}

/* ---- all threads ----------------------------------------------------------------------------- */

static DWORD WINAPI watch(void *unused)
{
    (void)unused;
    if (WaitForSingleObject(done, WATCHDOG_MS) == WAIT_OBJECT_0) return 0;
    for (int n = 0; n < THREADS; n++)
        print_error("thread %d: %lu calls, now in %s\n", n, actors[n].calls,
                    actors[n].calling ? actors[n].calling : "none");
    fflush(stdout);
    fflush(stderr);
    TerminateProcess(GetCurrentProcess(), 3);
    return 0;
}

static void play(DWORD seed)
{
    HANDLE threads[THREADS];
    DWORD calls = 0;

    print_message("seed %lu\n", seed);
    random_pools_fill();
    for (DWORD n = 0; n < THREADS; n++) {
        memset(&actors[n], 0, sizeof(actors[n]));
        actors[n].seed = seed * THREADS + n;
        actors[n].good = TRUE;
        threads[n] = CreateThread(NULL, 0, run, &actors[n], 0, NULL);
    }
    WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE); /* the watchdog watches */
    for (DWORD n = 0; n < THREADS; n++) {
        CloseHandle(threads[n]);
        assert_true(actors[n].good);
        calls += actors[n].calls;
    }
    random_pools_empty();
    print_message("%lu calls\n", calls);
}

struct holdings {
    long blocks;
    size_t results, handles;
};

static struct holdings take_stock(void)
{
    struct holdings h = {random_blocks(), live_results(), live_handles()};

    return h;
}

/* Events that nobody uses are kept for a while, threads end. */
static struct holdings settle(const struct holdings *wanted)
{
    DWORD start = GetTickCount();
    struct holdings now = take_stock();

    while ((now.blocks > wanted->blocks || now.results > wanted->results ||
            now.handles > wanted->handles) &&
           GetTickCount() - start < SETTLE_MS) {
        Sleep(50);
        now = take_stock();
    }
    return now;
}

/* To a router's process there is a way for each thread that calls at once (a section, two events),
 * and an event for each that waits for one; both are kept, and made as they are needed. */
static DWORD kept_handles(void)
{
    return fixture_router_is_apart() ? 5 * THREADS : 0;
}

static bool gives_back(DWORD seed)
{
    const struct holdings before = take_stock();
    struct holdings after;

    play(seed);
    after = settle(&before);
    print_message("before: %ld blocks, %lu results, %lu handles; after: %ld, %lu, %lu\n",
                  before.blocks, (DWORD)before.results, (DWORD)before.handles, after.blocks,
                  (DWORD)after.results, (DWORD)after.handles);
    assert_int_equal(after.results, before.results);
    return after.blocks <= before.blocks && after.handles <= before.handles + kept_handles();
}

/* The first round is for what is made once and kept. After others a router may hold more, since
 * it was left in another state; but a leak is lost in each. */
static void nothing_is_lost(void **state)
{
    const char *text = getenv("RANDOM_SEED");
    DWORD seed = text ? strtoul(text, NULL, 10) : 20080, round = 0;
    HANDLE watchdog;

    (void)state;
    done = CreateEventW(NULL, TRUE, FALSE, NULL);
    watchdog = CreateThread(NULL, 0, watch, NULL, 0, NULL);
    play(seed);
    Sleep(3000);
    while (!gives_back(seed + ++round)) assert_true(round < ROUNDS);
    SetEvent(done);
    WaitForSingleObject(watchdog, INFINITE);
}

/* Somebody dials in ten times a second, for half a second each, on ports that others end calls on.
 */
static void add_clients(void)
{
    for (DWORD n = 0; n < CLIENTS; n++) {
        WCHAR path[64], user[16];

        _snwprintf(path, 64, L"Parameters\\Clients\\%lu", n);
        _snwprintf(user, 16, L"user %lu", n);
        fixture_set_text(path, L"Kind", L"scripted");
        fixture_set_text(path, L"User", user);
        fixture_set_text(path, L"Port", n % 2 ? L"PPTP" : L"IKEv2");
        fixture_set_dword(path, L"After", 1 + n * 100);
        fixture_set_dword(path, L"DropAfter", 500);
        fixture_set_dword(path, L"Quarantined", n % 3 == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_is_lost)};

    random_blocks_begin();
    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"UpdateTimeout", 50);
    fixture_set_dword(L"Parameters\\Ip", L"RipPort", 45530);
    add_clients();
    random_arguments_begin();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
