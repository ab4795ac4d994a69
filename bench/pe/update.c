/* An autostatic update, from MprAdminInterfaceUpdateRoutes(event) to the waiter that runs again.
 *
 *   update      a hosted protocol DLL that completes inside of DoUpdateRoutes (examples/testproto),
 *               against a bare round trip between two threads: SetEvent, and SetEvent back
 *   update_rip  the built-in RIP with a neighbour that has one route, in a thread of this program,
 *               against the same datagrams exchanged bare, with a SetEvent to the waiter
 *
 * usage: bench_update REPEATS
 */
#include <stdio.h>
#include <stdlib.h>

#include "pe/rip_setup.h"

#define ROUNDS       1000
#define RIP_ROUNDS   300
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

/* One route: 20.0.0.0/24, metric 1. */
static const char one_route[24] = {2, 2, 0, 0, 0, 2, 0, 0, 20, 0, 0, 0, -1, -1, -1, 0, [23] = 1};

static DWORD WINAPI neighbour_thread(void *context)
{
    SOCKET s = (SOCKET)context;

    while (s != INVALID_SOCKET) {
        struct sockaddr_in from;
        int size = sizeof(from);
        char data[600];
        if (recvfrom(s, data, sizeof(data), 0, (struct sockaddr *)&from, &size) > 0)
            sendto(s, one_route, sizeof(one_route), 0, (struct sockaddr *)&from, size);
    }
    return 0;
}

static DWORD WINAPI receiver_thread(void *context)
{
    char data[600];

    while (recv((SOCKET)context, data, sizeof(data), 0) > 0) SetEvent(pong);
    return 0;
}

static double bare_datagrams(SOCKET s)
{
    struct sockaddr_in to = rip_address(RIP_NEIGHBOUR, RIP_PORT);
    double start = bench_now();

    for (int i = 0; i < RIP_ROUNDS; i++) {
        sendto(s, (const char *)rip_request, RIP_REQUEST_SIZE, 0, (struct sockaddr *)&to,
               sizeof(to));
        if (WaitForSingleObject(pong, 10000)) bench_die("no datagram came back");
    }
    return (bench_now() - start) / RIP_ROUNDS;
}

/* ---- ours ------------------------------------------------------------------------------------ */

static double updates(HANDLE handle, int rounds)
{
    double start = bench_now();
    DWORD result = 1;

    for (int i = 0; i < rounds; i++) {
        DWORD status = MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, done);
        if (status != PENDING) bench_die("MprAdminInterfaceUpdateRoutes: error %lu", status);
        if (WaitForSingleObject(done, 60000)) bench_die("an update did not complete");
    }
    start = bench_now() - start;
    setup_check(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result), "the query");
    setup_check(result, "the update");
    return start / rounds;
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

static void start_thread(LPTHREAD_START_ROUTINE main_of_thread, void *context)
{
    HANDLE thread = CreateThread(NULL, 0, main_of_thread, context, 0, NULL);

    if (!thread) bench_die("no thread");
    CloseHandle(thread);
}

static void measure_testproto(int repeats)
{
    HANDLE handle = testproto_interface();

    start_thread(echo_thread, NULL);
    bare_round_trips();
    updates(handle, ROUNDS);
    while (repeats-- > 0) {
        double bare = bare_round_trips();
        bench_pair("update", bare, updates(handle, ROUNDS));
    }
}

static void measure_rip(int repeats)
{
    HANDLE handle = rip_interface(server);
    SOCKET own = rip_socket(RIP_OWN, 0), neighbour = rip_socket(RIP_NEIGHBOUR, RIP_PORT);

    start_thread(neighbour_thread, (void *)neighbour);
    start_thread(receiver_thread, (void *)own);
    bare_datagrams(own);
    updates(handle, RIP_ROUNDS);
    while (repeats-- > 0) {
        double bare = bare_datagrams(own);
        bench_pair("update_rip", bare, updates(handle, RIP_ROUNDS));
    }
}

int main(int argc, char **argv)
{
    int repeats = argc > 1 ? atoi(argv[1]) : 5;

    setup_registry();
    rip_registry();
    setup_phonebook("Link", 1);
    register_testproto();
    server = setup_connect();
    ping = setup_event();
    pong = setup_event();
    done = setup_event();
    measure_testproto(repeats);
    setup_phonebook("Rip", 1);
    measure_rip(repeats);
    fflush(stdout);
    ExitProcess(0); /* the threads above never end */
}
