/* An autostatic update, from MprAdminInterfaceUpdateRoutes(event) to the waiter that runs again,
 * with a hosted protocol DLL that completes inside of DoUpdateRoutes (examples/testproto), against
 * a bare round trip between two threads: SetEvent, and SetEvent back.
 *
 * usage: bench_update REPEATS
 */
#include <stdio.h>
#include <stdlib.h>

#include "pe/setup.h"

#define ROUNDS       1000
#define TESTPROTO_ID 0x03FF7E57u
#define CATALOGUE    L"Software\\Microsoft\\Router\\CurrentVersion\\RouterManagers\\Ip\\TESTPROTO"

static MPR_SERVER_HANDLE server;
static HANDLE ping, pong, done;

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

/* ---- ours ------------------------------------------------------------------------------------ */

static double updates(HANDLE handle)
{
    double start = bench_now();
    DWORD result = 1;

    for (int i = 0; i < ROUNDS; i++) {
        DWORD status = MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, done);
        if (status != PENDING) bench_die("MprAdminInterfaceUpdateRoutes: error %lu", status);
        WaitForSingleObject(done, INFINITE);
    }
    start = bench_now() - start;
    setup_check(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result), "the query");
    setup_check(result, "the update");
    return start / ROUNDS;
}

static void register_testproto(void)
{
    const WCHAR dll[] = L"testproto.dll";
    DWORD id = TESTPROTO_ID;
    HKEY key;

    setup_check((DWORD)RegCreateKeyExW(HKEY_LOCAL_MACHINE, CATALOGUE, 0, NULL, 0, KEY_ALL_ACCESS,
                                       NULL, &key, NULL),
                "the catalogue");
    RegSetValueExW(key, L"ProtocolId", 0, REG_DWORD, (const BYTE *)&id, sizeof(id));
    RegSetValueExW(key, L"DllName", 0, REG_SZ, (const BYTE *)dll, sizeof(dll));
    RegCloseKey(key);
}

static HANDLE testproto_interface(void)
{
    const DWORD global[1] = {0}, inside[3] = {0};
    LPVOID header = setup_block(TESTPROTO_ID, inside, sizeof(inside));
    HANDLE handle;

    setup_transport(server, TESTPROTO_ID, global, sizeof(global));
    handle = setup_interface(server, L"Link0", header);
    MprInfoDelete(header);
    return handle;
}

static void measure(int repeats)
{
    HANDLE handle = testproto_interface();

    if (!CreateThread(NULL, 0, echo_thread, NULL, 0, NULL)) bench_die("no thread");
    bare_round_trips();
    updates(handle);
    while (repeats-- > 0) {
        double bare = bare_round_trips();
        bench_pair("update", bare, updates(handle));
    }
}

int main(int argc, char **argv)
{
    int repeats = argc > 1 ? bench_number(argv[1]) : 5;

    setup_registry();
    setup_phonebook("Link", 1);
    register_testproto();
    server = setup_connect();
    ping = setup_event();
    pong = setup_event();
    done = setup_event();
    measure(repeats);
    fflush(stdout);
    ExitProcess(0); /* the other thread never ends */
}
