/* An autostatic update, from MprAdminInterfaceUpdateRoutes(event) to the waiter that runs again,
 * with a hosted protocol DLL that completes inside of DoUpdateRoutes (examples/testproto), against
 * a bare round trip between two threads: SetEvent, and SetEvent back.
 *
 * Under Wine each is made of requests to wineserver. The bare round trip is four: two SetEvents and
 * two waits. An update is five, none of which it can be without: has the caller's thread a token of
 * its own, does its handle still name the event that is known, the DLL's SetEvent, ours, the
 * caller's wait. The floor is measured beside it: these five by the same two threads, and nothing
 * else.
 *
 * usage: bench_update REPEATS
 */
#include <stdio.h>
#include <stdlib.h>

#include "pe/setup.h"

#define ROUNDS 1000

static MPR_SERVER_HANDLE server;
static HANDLE ping, pong, done;

typedef LONG NTAPI compare_fn(HANDLE first, HANDLE second);
static struct {
    SRWLOCK lock;
    CONDITION_VARIABLE wake;
    BOOL called;
    HANDLE notification, duplicate;
    compare_fn *compare;
} alone = {.lock = SRWLOCK_INIT, .wake = CONDITION_VARIABLE_INIT};

/* ---- the peers ------------------------------------------------------------------------------- */

static DWORD WINAPI echo_thread(void *context)
{
    (void)context;
    while (WaitForSingleObject(ping, INFINITE) == WAIT_OBJECT_0) SetEvent(pong);
    return 0;
}

static double bare_round_trips(void)
{
    double start = bench_now();

    for (int i = 0; i < ROUNDS; i++) {
        SetEvent(ping);
        WaitForSingleObject(pong, INFINITE);
    }
    return (bench_now() - start) / ROUNDS;
}

static DWORD WINAPI protocol_thread(void *context)
{
    BOOL going = TRUE;

    (void)context;
    AcquireSRWLockExclusive(&alone.lock);
    while (going) {
        while (!alone.called) SleepConditionVariableSRW(&alone.wake, &alone.lock, INFINITE, 0);
        alone.called = FALSE;
        ReleaseSRWLockExclusive(&alone.lock);
        going = SetEvent(alone.notification) && SetEvent(alone.duplicate);
        AcquireSRWLockExclusive(&alone.lock);
    }
    ReleaseSRWLockExclusive(&alone.lock);
    return 0;
}

static double five_requests(void)
{
    double start = bench_now();
    HANDLE token;

    for (int i = 0; i < ROUNDS; i++) {
        if (OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token)) bench_die("a token");
        AcquireSRWLockExclusive(&alone.lock);
        alone.called = TRUE;
        ReleaseSRWLockExclusive(&alone.lock);
        WakeConditionVariable(&alone.wake);
        if (alone.compare) alone.compare(done, alone.duplicate);
        WaitForSingleObject(done, INFINITE);
    }
    return (bench_now() - start) / ROUNDS;
}

static void start_peers(void)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");

    alone.compare = (compare_fn *)(void *)GetProcAddress(ntdll, "NtCompareObjects");
    alone.notification = setup_event();
    if (!DuplicateHandle(GetCurrentProcess(), done, GetCurrentProcess(), &alone.duplicate,
                         EVENT_MODIFY_STATE, FALSE, 0) ||
        !CreateThread(NULL, 0, echo_thread, NULL, 0, NULL) ||
        !CreateThread(NULL, 0, protocol_thread, NULL, 0, NULL))
        bench_die("no thread");
    bare_round_trips();
    five_requests();
}

/* ---- ours ------------------------------------------------------------------------------------ */

static void measure(int repeats)
{
    HANDLE handle = setup_testproto_interface(server);

    start_peers();
    setup_updates(server, handle, done, ROUNDS);
    while (repeats-- > 0) {
        double bare = bare_round_trips();

        bench_pair("update", bare, setup_updates(server, handle, done, ROUNDS));
        bench_pair("update_floor", bare, five_requests());
    }
}

int main(int argc, char **argv)
{
    int repeats = argc > 1 ? bench_number(argv[1]) : 5;

    setup_registry();
    setup_phonebook("Link", 1);
    setup_testproto();
    server = setup_connect();
    ping = setup_event();
    pong = setup_event();
    done = setup_event();
    measure(repeats);
    fflush(stdout);
    ExitProcess(0); /* the other threads never end */
}
