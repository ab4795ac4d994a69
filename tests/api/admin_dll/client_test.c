/* RAS administration DLLs and clients: in which order the functions are called, who gives addresses
 * and hears of their release, and what keeps a client out. Each case is a process of its own. */
#include <winsock2.h>

#include "api/client/clients.h"

#include <mprapi_ext.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "api/admin_dll/calls.h"

#define OFFERED L"10.8.0.5"
#define GIVEN   "151586826" /* 10.8.9.9, first byte first */

static struct testadmin_calls *calls;
static MPR_SERVER_HANDLE server;

static const struct caller alice = {
    .port = L"PPTP", .user = L"alice", .domain = L"OFFICE", .address = OFFERED};
static const WCHAR name[] = L"OFFICE\\alice";

static void prepare(const WCHAR *dlls, const struct caller *caller)
{
    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"CallTimeout", 3000);
    fixture_admin_dlls(dlls);
    caller_add(L"one", caller);
    calls = testadmin_calls_open();
}

static void start(void)
{
    server = fixture_connect();
    caller_connections(server); /* the router starts */
}

static void start_with(const WCHAR *dlls, const struct caller *caller)
{
    prepare(dlls, caller);
    start();
}

static void set(const char *variable, const char *value)
{
    SetEnvironmentVariableA(variable, value);
}

static HANDLE disconnect(void)
{
    HANDLE client = caller_connected(server, name);

    assert_int_equal(MprAdminInterfaceDisconnect(server, client), NO_ERROR);
    return client;
}

/* All that the DLLs were called for, once the last of it is there. */
static void assert_order(const char *order)
{
    volatile LONG *length = &calls->order_length;

    for (int n = 0; n < 1000 && *length < (LONG)strlen(order); n++) Sleep(10);
    Sleep(100); /* and not more */
    assert_string_equal(calls->order, order);
}

static void assert_kept_out(const char *order)
{
    assert_order(order);
    caller_gone(server, name);
    assert_int_equal(caller_connections(server), 0);
    assert_int_equal(caller_ports_in_use(server), 0);
}

static void assert_remote_address(const WCHAR *address)
{
    RAS_CONNECTION_1 *c = NULL;

    assert_int_equal(wcscmp(calls->remote_address, address), 0);
    assert_int_equal(
        MprAdminConnectionGetInfo(server, 1, caller_connection(server).hConnection, (BYTE **)&c),
        NO_ERROR);
    assert_int_equal(wcscmp(c->PppInfo.ip.wszRemoteAddress, address), 0);
    MprAdminBufferFree(c);
}

/* ---- let in ---------------------------------------------------------------------------------- */

static void without_addresses(void)
{
    start_with(L"testadmin_1.dll", &alice);
    caller_connected(server, name);
    assert_int_equal((DWORD)(ULONG_PTR)caller_connection(server).hConnection, calls->connection);
    assert_int_equal(wcscmp(calls->interface_name, name), 0);
    assert_int_equal(wcscmp(calls->port_name, L"VPN0-0"), 0);
    assert_remote_address(OFFERED);
    disconnect();
    assert_order("CLlc");
}

/* The DLL agrees with the address that the router offers. */
static void offered(const WCHAR *dll)
{
    start_with(dll, &alice);
    caller_connected(server, name);
    assert_int_equal(calls->offered, htonl(0x0A080005));
    assert_int_equal(wcscmp(calls->user, L"alice"), 0);
    assert_int_equal(wcscmp(calls->user_port, L"VPN0-0"), 0);
    assert_remote_address(OFFERED);
    disconnect();
    assert_order("GCLlc");
}

static void offered_to_exports(void)
{
    offered(L"testadmin_3.dll");
}

static void offered_to_a_table(void)
{
    offered(L"testadmin_ex.dll");
}

/* It gives another one, and wants to hear of its release. */
static void given(const WCHAR *dll)
{
    struct caller c = alice;

    set("TESTADMIN_IP", GIVEN);
    set("TESTADMIN_NOTIFY", "1");
    c.address = NULL;
    start_with(dll, &c);
    caller_connected(server, name);
    assert_int_equal(calls->offered, 0);
    assert_remote_address(L"10.8.9.9");
    disconnect();
    assert_order("GCLlcR");
    assert_int_equal(calls->releases, 1);
    assert_int_equal(calls->released, htonl(0x0A080909));
}

static void given_by_exports(void)
{
    given(L"testadmin_3.dll");
}

static void given_by_a_table(void)
{
    given(L"testadmin_ex.dll");
}

static void ipv6(const WCHAR *dll, const char *order)
{
    static const BYTE asked[16] = {[8] = 2, [15] = 7};
    static const BYTE got[16] = {[15] = 99};
    struct caller c = alice;
    RAS_CONNECTION_3 *c3 = NULL;

    set("TESTADMIN_ID", "99");
    set("TESTADMIN_NOTIFY", "1");
    c.identifier = L"0200000000000007";
    start_with(dll, &c);
    caller_connected(server, name);
    assert_memory_equal(calls->offered6, asked, sizeof(asked));
    assert_int_equal(
        MprAdminConnectionGetInfo(server, 3, caller_connection(server).hConnection, (BYTE **)&c3),
        NO_ERROR);
    assert_memory_equal(c3->PppInfo3.ipv6.bRemoteInterfaceIdentifier, got + 8, 8);
    MprAdminBufferFree(c3);
    disconnect();
    assert_order(order);
    assert_memory_equal(calls->released6, got, sizeof(got));
}

static void ipv6_of_the_sdk(void)
{
    ipv6(L"testadmin_1.dll", "gCLlcr");
}

static void ipv6_of_exports(void)
{
    ipv6(L"testadmin_3.dll", "GgCLlcRr");
}

static void ipv6_of_a_table(void)
{
    ipv6(L"testadmin_ex.dll", "GgCLlcRr");
}

static void ipv6_without_release(void)
{
    struct caller c = alice;

    c.identifier = L"0200000000000007";
    start_with(L"testadmin_ex.dll", &c);
    caller_connected(server, name);
    disconnect();
    assert_order("GgCLlc");
}

/* Of all that could give an address the first one is asked, and told. */
static void first_giver(void)
{
    set("TESTADMIN_NOTIFY", "1");
    start_with(L"testadmin_1.dll;testadmin_3.dll;testadmin_ex.dll", &alice);
    caller_connected(server, name);
    disconnect();
    assert_order("GCCCLLLlllcccR");
}

static void dropped(void)
{
    struct caller c = alice;

    set("TESTADMIN_NOTIFY", "1");
    c.after = 500;
    c.drop_after = 500;
    start_with(L"testadmin_ex.dll", &c);
    assert_order("GCLlcR");
    assert_kept_out("GCLlcR");
}

/* Clients and demand dial in turn. */
static void demand_dial_too(void)
{
    const struct fixture_dialer dialer = {.address = L"10.1.0.1"};
    HANDLE branch;

    start_with(L"testadmin_3.dll", &alice);
    caller_connected(server, name);
    branch = fixture_dial_interface(server, "Branch", &dialer);
    assert_int_equal(MprAdminInterfaceConnect(server, branch, NULL, TRUE), NO_ERROR);
    assert_order("GCLCL"); /* what is dialled has its address from its peer */
    assert_int_equal(caller_connections(server), 2);
}

/* ---- kept out -------------------------------------------------------------------------------- */

static void refused(void)
{
    set("TESTADMIN_CONNECTION", "1");
    set("TESTADMIN_NOTIFY", "1");
    start_with(L"testadmin_3.dll", &alice);
    assert_kept_out("GCcR");
    assert_int_equal(calls->released, htonl(0x0A080005));
}

static void link_refused(void)
{
    set("TESTADMIN_LINK", "1");
    start_with(L"testadmin_ex.dll", &alice);
    assert_kept_out("GCLlc");
}

static void address_0(void)
{
    set("TESTADMIN_IP", "0");
    set("TESTADMIN_NOTIFY", "1");
    start_with(L"testadmin_3.dll", &alice);
    assert_kept_out("G"); /* nothing was given */
}

static void no_address_to_offer(void)
{
    struct caller c = alice;

    c.address = NULL;
    start_with(L"testadmin_ex.dll", &c);
    assert_kept_out("G");
}

static void address_error(void)
{
    set("TESTADMIN_ADDRESS", "1");
    set("TESTADMIN_NOTIFY", "1");
    start_with(L"testadmin_3.dll", &alice);
    assert_kept_out("G");
}

static void no_identifier(void)
{
    struct caller c = alice;

    set("TESTADMIN_NOTIFY", "1");
    c.identifier = L"0000000000000000";
    start_with(L"testadmin_ex.dll", &c);
    assert_kept_out("GgR");
}

static void address_crash(void)
{
    set("TESTADMIN_ADDRESS", "2");
    start_with(L"testadmin_3.dll", &alice);
    assert_kept_out("G");
    assert_true(MprAdminIsServiceRunning(NULL));
}

static void address_hangs(void)
{
    DWORD start = GetTickCount();

    set("TESTADMIN_ADDRESS", "3");
    start_with(L"testadmin_ex.dll", &alice);
    assert_kept_out("G");
    assert_in_range(GetTickCount() - start, 2900, 60000);
}

static void connection_hangs(void)
{
    set("TESTADMIN_CONNECTION", "3");
    start_with(L"testadmin_1.dll", &alice);
    assert_kept_out("C");
}

/* A DLL that nobody can use keeps everybody out. */
static void useless(const WCHAR *dlls)
{
    const struct fixture_dialer dialer = {.address = L"10.1.0.1"};
    HANDLE branch;

    start_with(dlls, &alice);
    branch = fixture_dial_interface(server, "Branch", &dialer);
    assert_int_equal(MprAdminInterfaceConnect(server, branch, NULL, TRUE),
                     ERROR_AUTH_SERVER_TIMEOUT);
    assert_kept_out("");
    assert_int_equal(calls->initialized, calls->terminated);
}

static void half_a_pair(void)
{
    useless(L"testadmin_half.dll");
}

static void half_a_pair_in_a_table(void)
{
    set("TESTADMIN_HALF", "1");
    useless(L"testadmin_ex.dll");
}

static void half_an_ipv6_pair_in_a_table(void)
{
    set("TESTADMIN_HALF", "2");
    useless(L"testadmin_ex.dll");
}

static void no_such_dll(void)
{
    useless(L"no-such.dll");
}

/* ---- links of the host ----------------------------------------------------------------------- */

/* The loopback adapter is one that every host has. */
static void start_over_an_adapter(void)
{
    set("TESTADMIN_NOTIFY", "1");
    prepare(L"testadmin_3.dll", &alice);
    caller_over(L"one", L"lo");
    start();
}

static void adapter_agrees(void)
{
    start_over_an_adapter();
    caller_connected(server, name);
    assert_int_equal(calls->offered, htonl(0x0A080005));
    disconnect();
    assert_order("GCLlcR");
}

/* The client has one already, and the host won't change it. */
static void adapter_keeps_its_address(void)
{
    set("TESTADMIN_IP", GIVEN);
    start_over_an_adapter();
    assert_kept_out("GR");
    assert_int_equal(calls->released, htonl(0x0A080909));
}

/* ---- quarantine ------------------------------------------------------------------------------ */

static void leave_quarantine(const WCHAR *dll)
{
    struct caller c = alice;

    c.quarantined = 1;
    start_with(dll, &c);
    caller_connected(server, name);
    assert_int_equal(calls->reauthentications, 0);
    assert_int_equal(
        MprAdminConnectionRemoveQuarantine(server, caller_connection(server).hConnection, FALSE),
        NO_ERROR);
}

static void agreed(const WCHAR *dll)
{
    leave_quarantine(dll);
    assert_order("GCLA");
    assert_int_equal(calls->quarantine, RAS_QUAR_STATE_QUARANTINE);
    assert_int_equal(calls->quarantine_again, RAS_QUAR_STATE_NORMAL);
    Sleep(3500); /* nobody waits for an answer any more */
    assert_int_equal(caller_connections(server), 1);
    disconnect();
    assert_order("GCLAlc");
}

static void reauthenticated_by_exports(void)
{
    agreed(L"testadmin_3.dll");
}

static void reauthenticated_by_a_table(void)
{
    agreed(L"testadmin_ex.dll");
}

static void refused_again(const WCHAR *dll)
{
    set("TESTADMIN_REAUTHENTICATION", "1");
    leave_quarantine(dll);
    assert_kept_out("GCLAlc");
}

static void refused_by_exports(void)
{
    refused_again(L"testadmin_3.dll");
}

static void refused_by_a_table(void)
{
    refused_again(L"testadmin_ex.dll");
}

static void reauthentication_hangs(void)
{
    set("TESTADMIN_REAUTHENTICATION", "3");
    leave_quarantine(L"testadmin_ex.dll");
    assert_kept_out("GCLA");
}

/* testadmin_1.dll has no function for it. */
static void nobody_to_ask_again(void)
{
    leave_quarantine(L"testadmin_1.dll");
    assert_order("CL");
    assert_int_equal(caller_connections(server), 1);
}

/* ---- endpoints ------------------------------------------------------------------------------- */

static void move(const WCHAR *dll)
{
    struct caller c = alice;
    RAS_UPDATE_CONNECTION update = {.Header = {MPRAPI_RAS_UPDATE_CONNECTION_OBJECT_REVISION_1,
                                               MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT,
                                               sizeof(update)},
                                    .wszRemoteEndpointAddress = L"192.0.2.7"};

    c.port = L"IKEv2";
    start_with(dll, &c);
    caller_connected(server, name);
    assert_int_equal(
        MprAdminUpdateConnection(server, caller_connection(server).hConnection, &update), NO_ERROR);
}

static void move_agreed(void)
{
    move(L"testadmin_ex.dll");
    assert_order("GCLM");
    assert_int_equal(wcscmp(calls->endpoint, L"192.0.2.7"), 0);
    assert_int_equal(caller_connections(server), 1);
}

static void move_refused(void)
{
    set("TESTADMIN_ENDPOINT", "1");
    move(L"testadmin_ex.dll");
    assert_kept_out("GCLMlc");
}

static void move_of_no_concern(void)
{
    move(L"testadmin_3.dll");
    assert_order("GCL");
    assert_int_equal(caller_connections(server), 1);
}

int main(int argc, char **argv)
{
    static const struct caller_case cases[] = {
        {"without_addresses", without_addresses},
        {"offered_to_exports", offered_to_exports},
        {"offered_to_a_table", offered_to_a_table},
        {"given_by_exports", given_by_exports},
        {"given_by_a_table", given_by_a_table},
        {"ipv6_of_the_sdk", ipv6_of_the_sdk},
        {"ipv6_of_exports", ipv6_of_exports},
        {"ipv6_of_a_table", ipv6_of_a_table},
        {"ipv6_without_release", ipv6_without_release},
        {"first_giver", first_giver},
        {"dropped", dropped},
        {"demand_dial_too", demand_dial_too},
        {"refused", refused},
        {"link_refused", link_refused},
        {"address_0", address_0},
        {"no_address_to_offer", no_address_to_offer},
        {"address_error", address_error},
        {"no_identifier", no_identifier},
        {"address_crash", address_crash},
        {"address_hangs", address_hangs},
        {"connection_hangs", connection_hangs},
        {"half_a_pair", half_a_pair},
        {"half_a_pair_in_a_table", half_a_pair_in_a_table},
        {"half_an_ipv6_pair_in_a_table", half_an_ipv6_pair_in_a_table},
        {"no_such_dll", no_such_dll},
        {"adapter_agrees", adapter_agrees},
        {"adapter_keeps_its_address", adapter_keeps_its_address},
        {"reauthenticated_by_exports", reauthenticated_by_exports},
        {"reauthenticated_by_a_table", reauthenticated_by_a_table},
        {"refused_by_exports", refused_by_exports},
        {"refused_by_a_table", refused_by_a_table},
        {"reauthentication_hangs", reauthentication_hangs},
        {"nobody_to_ask_again", nobody_to_ask_again},
        {"move_agreed", move_agreed},
        {"move_refused", move_refused},
        {"move_of_no_concern", move_of_no_concern},
    };

    return caller_main(cases, sizeof(cases) / sizeof(*cases), argc, argv);
}
