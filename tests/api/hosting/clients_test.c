/* ConnectClient and DisconnectClient: clients as the router's own interface has them, and as a
 * protocol in a DLL is told of them. Each case is a process of its own: clients are read when the
 * router starts. */
#include <winsock2.h>

#include "api/client/clients.h"
#include "api/hosting/told.h"

#include <string.h>

static MPR_SERVER_HANDLE server;

static const struct testproto_global global = {0};
static const struct testproto_interface quiet = {TESTPROTO_INSIDE, 0, 0};

static void start_with(const struct caller *caller)
{
    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_catalogue(L"Ip", L"TESTPROTO", TESTPROTO_ID, L"testproto.dll");
    fixture_catalogue(L"Ip", L"TESTPEER", TESTPROTO_PEER_ID, L"testproto.dll");
    fixture_catalogue(L"Ipv6", L"TESTPROTO", TESTPROTO_ID, L"testproto.dll");
    caller_add(L"one", caller);
    server = fixture_connect();
}

/* Starts the protocol, and puts it on the Internal interface, whose index is returned. */
static DWORD start_protocol(DWORD transport)
{
    HANDLE internal = NULL;
    DWORD from;

    assert_int_equal(told_set_global(server, transport, TESTPROTO_ID, &global, sizeof(global)),
                     NO_ERROR);
    from = told_count(transport);
    assert_int_equal(MprAdminInterfaceGetHandle(server, (WCHAR *)L"Internal", &internal, FALSE),
                     NO_ERROR);
    assert_int_equal(
        told_set_interface(server, internal, transport, TESTPROTO_ID, &quiet, sizeof(quiet)),
        NO_ERROR);
    return told_wait(transport, &from, TESTPROTO_ID, TESTPROTO_TOLD_ADD, 0).index;
}

static void expect(DWORD transport, DWORD entry, DWORD index, const void *address, DWORD size)
{
    struct testproto_told told = told_wait(transport, NULL, TESTPROTO_ID, entry, index);

    assert_int_equal(told.size, size);
    assert_memory_equal(told.data, address, size);
    assert_int_equal(told_times(transport, 0, TESTPROTO_ID, entry, 0), 1);
}

static const BYTE ipv4[4] = {10, 8, 0, 5};
static const BYTE ipv6[16] = {0xfe, 0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 9};

/* It was there before the protocol, and is disconnected by an administrator. */
static void of_ipv4(void)
{
    const struct caller alice = {.port = L"PPTP", .user = L"alice", .address = L"10.8.0.5"};
    const DWORD nothing = 0;
    HANDLE client;
    DWORD internal;

    start_with(&alice);
    client = caller_connected(server, L"alice");
    /* One without these functions is told nothing, and stays in use. */
    assert_int_equal(told_set_global(server, PID_IP, TESTPROTO_PEER_ID, &nothing, sizeof(nothing)),
                     NO_ERROR);
    internal = start_protocol(PID_IP);
    expect(PID_IP, TESTPROTO_TOLD_CONNECT, internal, ipv4, sizeof(ipv4));
    assert_int_equal(told_times(PID_IP, 0, TESTPROTO_ID, TESTPROTO_TOLD_DISCONNECT, 0), 0);
    assert_int_equal(MprAdminInterfaceDisconnect(server, client), NO_ERROR);
    expect(PID_IP, TESTPROTO_TOLD_DISCONNECT, internal, ipv4, sizeof(ipv4));
    told_wait(PID_IP, NULL, TESTPROTO_PEER_ID, TESTPROTO_TOLD_ADD, internal);
    assert_int_equal(told_set_global(server, PID_IP, TESTPROTO_PEER_ID, NULL, 0), NO_ERROR);
    told_wait(PID_IP, NULL, TESTPROTO_PEER_ID, TESTPROTO_TOLD_STOP, 0);
}

/* It comes when the protocol runs, or is there before, as fast as that is. */
static void of_ipv6(void)
{
    const struct caller alice = {.port = L"IKEv2",
                                 .user = L"alice",
                                 .address = L"10.8.0.5",
                                 .identifier = L"0200000000000009",
                                 .after = 1500};
    DWORD internal;

    start_with(&alice);
    internal = start_protocol(PID_IPV6);
    expect(PID_IPV6, TESTPROTO_TOLD_CONNECT, internal, ipv6, sizeof(ipv6));
    assert_int_equal(MprAdminInterfaceDisconnect(server, caller_connected(server, L"alice")),
                     NO_ERROR);
    expect(PID_IPV6, TESTPROTO_TOLD_DISCONNECT, internal, ipv6, sizeof(ipv6));
}

int main(int argc, char **argv)
{
    const struct caller_case cases[] = {{"of_ipv4", of_ipv4}, {"of_ipv6", of_ipv6}};

    return caller_main(cases, sizeof(cases) / sizeof(*cases), argc, argv);
}
