/* Thirty-two threads that call whatever comes, on handles that others are ending. */
#include "api/support/calls.h"

#include <stdio.h>
#include <string.h>

enum { THREADS = 32, SHARED = 8, RUN_MS = 4000 };

/* Handles that all threads use and replace; any may be stale when it is used. */
static HANDLE volatile servers[SHARED], interfaces[SHARED];
static volatile LONG stop, total, failures;

static DWORD next_random(DWORD *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* What no call may answer, whatever the handles are: these mean a broken router. */
static BOOL is_absurd(DWORD status)
{
    return status == ERROR_NOT_ENOUGH_MEMORY || status == ERROR_INVALID_DATA ||
           status == ERROR_ACCESS_DENIED || status == RPC_SERVER_UNAVAILABLE;
}

static void replace_server(DWORD slot)
{
    MPR_SERVER_HANDLE fresh = NULL;

    if (MprAdminServerConnect(NULL, &fresh) != NO_ERROR) InterlockedIncrement(&failures);
    MprAdminServerDisconnect(InterlockedExchangePointer((void *volatile *)&servers[slot], fresh));
}

static void recreate_interface(DWORD slot)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    HANDLE handle = NULL;

    swprintf(info.wszInterfaceName, MAX_INTERFACE_NAME_LEN, L"Shared %lu", slot);
    if (MprAdminInterfaceCreate(servers[slot], 0, (BYTE *)&info, &handle) == NO_ERROR)
        interfaces[slot] = handle;
}

/* Deletions are rare, since each rewrites the phone book; its entry is then gone. */
static DWORD WINAPI hammer(void *argument)
{
    DWORD seed = (DWORD)(ULONG_PTR)argument * 7919 + 1;

    while (!stop) {
        DWORD what = next_random(&seed), slot = next_random(&seed) % SHARED;
        const struct call *call = &calls[next_random(&seed) % call_count];
        DWORD status;

        if (what % 64 == 0) replace_server(slot);
        if (what % 64 == 1) recreate_interface(slot);
        if (!strcmp(call->name, "InterfaceDelete") && what % 16) continue;
        status = call->run(servers[next_random(&seed) % SHARED], interfaces[slot]);
        if (is_absurd(status)) {
            InterlockedIncrement(&failures);
            printf("%s gave %lu\n", call->name, status);
        }
        InterlockedIncrement(&total);
    }
    return 0;
}

static void random_calls(void **state)
{
    const struct fixture_dialer dialer = {.delay = 3, .drop_after = 20, .address = L"127.77.0.1"};
    HANDLE threads[THREADS];
    MPR_SERVER_HANDLE server = fixture_connect();

    (void)state;
    MprInfoDelete(fixture_install_rip(server));
    for (DWORD i = 0; i < SHARED; i++) {
        char name[16];

        snprintf(name, sizeof(name), "Shared %lu", i);
        servers[i] = fixture_connect();
        interfaces[i] = fixture_dial_interface(server, name, &dialer);
    }
    for (ULONG_PTR i = 0; i < THREADS; i++)
        threads[i] = CreateThread(NULL, 0, hammer, (void *)i, 0, NULL);
    Sleep(RUN_MS);
    stop = 1;
    assert_int_equal(WaitForMultipleObjects(THREADS, threads, TRUE, 30000), WAIT_OBJECT_0);
    print_message("%ld calls\n", total);
    assert_int_equal(failures, 0);
    assert_true(total > THREADS);

    /* The router is whole: everything can still be done. */
    fixture_dial_interface(server, "Afterwards", &dialer);
    for (DWORD i = 0; i < SHARED; i++) MprAdminServerDisconnect(servers[i]);
    MprAdminServerDisconnect(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_calls)};

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"UpdateTimeout", 50);
    fixture_set_dword(L"Parameters\\Ip", L"RipPort", 45524);
    calls_begin();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
