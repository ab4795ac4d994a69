/* Clients as programs see them: in lists and by name, as interfaces, connections and ports; who is
 * let in, and how it ends. */
#include <winsock2.h>

#include "api/client/clients.h"

#include <mprapi_ext.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define NAME    L"OFFICE\\alice"
#define ADDRESS L"10.8.0.5"

static MPR_SERVER_HANDLE server;

static const struct caller alice = {.port = L"PPTP",
                                    .user = L"alice",
                                    .domain = L"OFFICE",
                                    .computer = L"ALICEPC",
                                    .address = ADDRESS};

static void start_with(const struct caller *caller)
{
    fixture_registry(ROUTER_RAS_LAN_WAN);
    caller_add(L"one", caller);
    server = fixture_connect();
}

/* The port of the connection. */
static RAS_PORT_0 port_of(HANDLE connection)
{
    RAS_PORT_0 *port = NULL, ret;
    DWORD read = 0, total = 0;

    assert_int_equal(
        MprAdminPortEnum(server, 0, connection, (BYTE **)&port, (DWORD)-1, &read, &total, NULL),
        NO_ERROR);
    assert_int_equal(read, 1);
    ret = *port;
    MprAdminBufferFree(port);
    return ret;
}

/* ---- what is told ---------------------------------------------------------------------------- */

static void as_an_interface(void)
{
    MPR_INTERFACE_0 info, *all = NULL;
    MPR_INTERFACE_1 *one = NULL;
    DWORD read = 0, total = 0, clients = 0;
    HANDLE client, other = UNTOUCHED_HANDLE;

    start_with(&alice);
    client = caller_connected(server, L"office\\Alice");
    info = fixture_info(server, client);
    assert_int_equal(wcscmp(info.wszInterfaceName, NAME), 0);
    assert_ptr_equal(info.hInterface, client);
    assert_int_equal(info.dwIfType, ROUTER_IF_TYPE_CLIENT);
    assert_int_equal(info.dwConnectionState, ROUTER_IF_STATE_CONNECTED);
    assert_int_equal(info.fUnReachabilityReasons | info.dwLastError, 0);
    assert_true(info.fEnabled);
    assert_int_equal(MprAdminInterfaceGetHandle(server, (WCHAR *)NAME, &other, FALSE),
                     ERROR_NO_SUCH_INTERFACE);
    assert_null(other);
    assert_int_equal(
        MprAdminInterfaceEnum(server, 0, (BYTE **)&all, (DWORD)-1, &read, &total, NULL), NO_ERROR);
    for (DWORD n = 0; n < read; n++) clients += all[n].dwIfType == ROUTER_IF_TYPE_CLIENT;
    assert_int_equal(clients, 1);
    MprAdminBufferFree(all);
    assert_int_equal(MprAdminInterfaceGetInfo(server, client, 1, (BYTE **)&one), NO_ERROR);
    assert_null(one->lpwsDialoutHoursRestriction);
    MprAdminBufferFree(one);
    assert_int_equal(MprAdminInterfaceGetInfo(server, client, 2, (BYTE **)&one),
                     ERROR_INVALID_LEVEL);
}

static void assert_level_0(const RAS_CONNECTION_0 *c, HANDLE client)
{
    assert_ptr_equal(c->hInterface, client);
    assert_int_equal(c->dwInterfaceType, ROUTER_IF_TYPE_CLIENT);
    assert_int_equal(c->dwConnectionFlags, RAS_FLAGS_PPP_CONNECTION);
    assert_int_equal(wcscmp(c->wszInterfaceName, NAME), 0);
    assert_int_equal(wcscmp(c->wszUserName, L"alice"), 0);
    assert_int_equal(wcscmp(c->wszLogonDomain, L"OFFICE"), 0);
    assert_int_equal(wcscmp(c->wszRemoteComputer, L"ALICEPC"), 0);
}

static void *level(DWORD number, HANDLE connection)
{
    BYTE *ret = NULL;

    assert_int_equal(MprAdminConnectionGetInfo(server, number, connection, &ret), NO_ERROR);
    return ret;
}

static void as_a_connection(void)
{
    static const GUID none;
    RAS_CONNECTION_EX ex = {.Header = {MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1,
                                       MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT, sizeof(ex)}};
    RAS_CONNECTION_0 c;
    RAS_CONNECTION_1 *c1;
    RAS_CONNECTION_2 *c2;
    RAS_CONNECTION_3 *c3;
    RAS_CONNECTION_4 *c4 = NULL;
    DWORD read = 0, total = 0;
    HANDLE client;

    start_with(&alice);
    client = caller_connected(server, NAME);
    c = caller_connection(server);
    assert_level_0(&c, client);
    c1 = level(1, c.hConnection);
    assert_int_equal(c1->PppInfo.ip.dwError, NO_ERROR);
    assert_int_equal(wcscmp(c1->PppInfo.ip.wszAddress, L""), 0); /* there is no link */
    assert_int_equal(wcscmp(c1->PppInfo.ip.wszRemoteAddress, ADDRESS), 0);
    c2 = level(2, c.hConnection);
    assert_int_equal(c2->dwInterfaceType, ROUTER_IF_TYPE_CLIENT);
    assert_int_not_equal(memcmp(&c2->guid, &none, sizeof(none)), 0);
    c3 = level(3, c.hConnection);
    assert_int_equal(c3->rasQuarState, RAS_QUAR_STATE_NORMAL);
    assert_int_equal(c3->PppInfo3.ipv6.dwError, 731);
    assert_int_equal(MprAdminConnectionGetInfoEx(server, c.hConnection, &ex), NO_ERROR);
    assert_int_equal(wcscmp(ex.ProjectionInfo.PppProjectionInfo.wszRemoteAddress, ADDRESS), 0);
    assert_memory_equal(&ex.guid, &c2->guid, sizeof(none));
    assert_int_equal(
        MprAdminConnectionEnum(server, 4, (BYTE **)&c4, (DWORD)-1, &read, &total, NULL), NO_ERROR);
    assert_int_equal(c4->ProjectionInfo.PppProjectionInfo.dwIPv4NegotiationError, NO_ERROR);
    assert_int_equal(wcscmp(c4->wszInterfaceName, NAME), 0);
    assert_int_equal(MprAdminSendUserMessage(server, c.hConnection, (WCHAR *)L"Hello"),
                     ERROR_NOT_SUPPORTED);
    assert_int_equal(MprAdminConnectionClearStats(server, c.hConnection), NO_ERROR);
    MprAdminBufferFree(c1);
    MprAdminBufferFree(c2);
    MprAdminBufferFree(c3);
    MprAdminBufferFree(c4);
}

static void as_a_port(void)
{
    RAS_PORT_1 *one = NULL;
    RAS_PORT_0 port, *free_one = NULL;
    HANDLE connection;

    start_with(&alice);
    caller_connected(server, NAME);
    connection = caller_connection(server).hConnection;
    port = port_of(connection);
    assert_ptr_equal(port.hConnection, connection);
    assert_int_equal(port.dwPortCondition, RAS_PORT_AUTHENTICATED);
    assert_int_equal(port.dwTotalNumberOfCalls, 1);
    assert_int_equal(wcscmp(port.wszDeviceName, L"WAN Miniport (PPTP)"), 0);
    assert_int_equal(caller_ports_in_use(server), 1);
    assert_int_equal(MprAdminPortGetInfo(server, 1, port.hPort, (BYTE **)&one), NO_ERROR);
    assert_ptr_equal(one->hConnection, connection);
    MprAdminBufferFree(one);
    assert_int_equal(MprAdminPortDisconnect(server, port.hPort), NO_ERROR);
    assert_false(caller_exists(server, NAME));
    assert_int_equal(caller_ports_in_use(server), 0);
    assert_int_equal(MprAdminPortGetInfo(server, 0, port.hPort, (BYTE **)&free_one), NO_ERROR);
    assert_int_equal(free_one->dwPortCondition, RAS_PORT_LISTENING);
    assert_int_equal(free_one->dwTotalNumberOfCalls, 1);
    assert_null(free_one->hConnection);
    MprAdminBufferFree(free_one);
    assert_int_equal(MprAdminPortDisconnect(server, port.hPort), ERROR_INTERFACE_NOT_CONNECTED);
}

static void identifier(void)
{
    static const BYTE id[8] = {0x02, 0xAA, 0xBB, 0xFF, 0xFE, 0xCC, 0xDD, 0xEE};
    static const struct caller bob = {
        .port = L"ikev2", .user = L"bob", .identifier = L"02aaBBfffeccddee"};
    RAS_CONNECTION_3 *c3;
    RAS_CONNECTION_0 c;

    start_with(&bob);
    caller_connected(server, L"bob");
    c = caller_connection(server);
    assert_int_equal(c.dwConnectionFlags, RAS_FLAGS_IKEV2_CONNECTION);
    c3 = level(3, c.hConnection);
    assert_int_equal(c3->PppInfo3.ip.dwError, 731); /* no address, and nobody who gives one */
    assert_int_equal(c3->PppInfo3.ipv6.dwError, NO_ERROR);
    assert_memory_equal(c3->PppInfo3.ipv6.bRemoteInterfaceIdentifier, id, sizeof(id));
    MprAdminBufferFree(c3);
}

/* ---- what may be done to it ------------------------------------------------------------------ */

static void interface_functions(void)
{
    LPVOID header, got = UNTOUCHED_PTR;
    MPR_INTERFACE_0 info;
    HANDLE client;
    DWORD size;

    start_with(&alice);
    header = fixture_install_rip(server);
    size = MprInfoBlockQuerySize(header);
    client = caller_connected(server, NAME);
    info = fixture_info(server, client);
    assert_int_equal(MprAdminInterfaceSetInfo(server, client, 0, (BYTE *)&info), NO_ERROR);
    info.fEnabled = FALSE;
    assert_int_equal(MprAdminInterfaceSetInfo(server, client, 0, (BYTE *)&info),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceConnect(server, client, NULL, TRUE), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceDelete(server, client), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, client), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, client, PID_IP, NULL),
                     ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, client, PID_IP, &size),
                     ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(MprAdminInterfaceTransportAdd(server, client, PID_IP, header, size),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceTransportGetInfo(server, client, PID_IP, (BYTE **)&got, NULL),
                     ERROR_NO_SUCH_INTERFACE);
    assert_null(got);
    assert_int_equal(MprAdminInterfaceTransportSetInfo(server, client, PID_IP, header, size),
                     ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(MprAdminInterfaceTransportRemove(server, client, PID_IP),
                     ERROR_NO_SUCH_INTERFACE);
    MprInfoDelete(header);
    assert_int_equal(MprAdminInterfaceDisconnect(server, client), NO_ERROR);
    assert_false(caller_exists(server, NAME));
    assert_int_equal(caller_connections(server), 0);
    assert_int_equal(MprAdminInterfaceDisconnect(server, client), ERROR_INVALID_HANDLE);
}

static void same_names(void)
{
    HANDLE first, second, branch;
    const struct fixture_dialer dialer = {.address = L"10.1.0.1"};

    fixture_registry(ROUTER_RAS_LAN_WAN);
    caller_add(L"one", &alice);
    caller_add(L"two", &alice);
    server = fixture_connect();
    first = caller_connected(server, NAME);
    for (int n = 0; n < 1000 && caller_connections(server) < 2; n++) Sleep(10);
    assert_int_equal(caller_connections(server), 2);
    assert_int_equal(caller_ports_in_use(server), 2);
    assert_int_equal(MprAdminInterfaceDisconnect(server, first), NO_ERROR);
    second = caller_connected(server, NAME);
    assert_ptr_not_equal(first, second);
    branch = fixture_dial_interface(server, "alice", &dialer);
    assert_ptr_equal(caller_connected(server, NAME), second);
    assert_int_equal(MprAdminInterfaceConnect(server, branch, NULL, TRUE), NO_ERROR);
    assert_int_equal(caller_connections(server), 2);
}

static void quarantine(void)
{
    struct caller carol = alice;
    RAS_CONNECTION_0 c;
    RAS_CONNECTION_3 *c3;
    HANDLE client;
    HANDLE address = (HANDLE)(ULONG_PTR)htonl(0x0A080005);

    carol.quarantined = 1;
    start_with(&carol);
    client = caller_connected(server, NAME);
    c = caller_connection(server);
    assert_int_equal(c.dwConnectionFlags, RAS_FLAGS_PPP_CONNECTION | RAS_FLAGS_QUARANTINE_PRESENT);
    c3 = level(3, c.hConnection);
    assert_int_equal(c3->rasQuarState, RAS_QUAR_STATE_QUARANTINE);
    MprAdminBufferFree(c3);
    assert_int_equal(MprAdminConnectionRemoveQuarantine(server, address, FALSE),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminConnectionRemoveQuarantine(server, address, TRUE), NO_ERROR);
    c3 = level(3, c.hConnection);
    assert_int_equal(c3->rasQuarState, RAS_QUAR_STATE_NORMAL);
    MprAdminBufferFree(c3);
    assert_int_equal(caller_connection(server).dwConnectionFlags, RAS_FLAGS_PPP_CONNECTION);
    assert_int_equal(MprAdminConnectionRemoveQuarantine(server, address, TRUE), ERROR_NOT_FOUND);
    assert_int_equal(MprAdminConnectionRemoveQuarantine(server, c.hConnection, FALSE),
                     ERROR_NOT_FOUND);
    assert_int_equal(MprAdminInterfaceDisconnect(server, client), NO_ERROR);
    assert_int_equal(MprAdminConnectionRemoveQuarantine(server, c.hConnection, FALSE),
                     ERROR_INVALID_PARAMETER);
}

static void quarantine_by_handle(void)
{
    struct caller carol = alice;

    carol.quarantined = 1;
    start_with(&carol);
    caller_connected(server, NAME);
    assert_int_equal(
        MprAdminConnectionRemoveQuarantine(server, caller_connection(server).hConnection, FALSE),
        NO_ERROR);
    assert_int_equal(caller_connection(server).dwConnectionFlags, RAS_FLAGS_PPP_CONNECTION);
}

/* ---- coming and going ------------------------------------------------------------------------ */

static void notified(void)
{
    struct caller late = alice;
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);

    late.after = 1500;
    late.drop_after = 3000;
    start_with(&late);
    assert_int_equal(MprAdminRegisterConnectionNotification(server, event), NO_ERROR);
    caller_connected(server, NAME);
    assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
    caller_gone(server, NAME);
    assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
    assert_int_equal(caller_connections(server), 0);
}

/* The loopback adapter is one that every host has. */
static void over_an_adapter(void)
{
    RAS_CONNECTION_1 *c1;
    RAS_CONNECTION_0 c;
    HANDLE client;

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"AdapterPoll", 100);
    caller_over(L"one", L"lo");
    caller_set_text(L"one", L"Address", ADDRESS);
    caller_set_text(L"one", L"Port", L"L2TP");
    caller_over(L"two", L"l*"); /* it is spoken for, and not by this */
    caller_over(L"three", L"no-such-adapter");
    server = fixture_connect();
    client = caller_connected(server, L"lo");
    c = caller_connection(server);
    assert_ptr_equal(c.hInterface, client);
    assert_int_equal(wcscmp(c.wszUserName, L""), 0);
    assert_int_equal(wcscmp(port_of(c.hConnection).wszDeviceName, L"WAN Miniport (L2TP)"), 0);
    c1 = level(1, c.hConnection);
    assert_int_equal(wcscmp(c1->PppInfo.ip.wszAddress, L"127.0.0.1"), 0);
    assert_int_equal(wcscmp(c1->PppInfo.ip.wszRemoteAddress, ADDRESS), 0);
    MprAdminBufferFree(c1);
    assert_int_equal(MprAdminInterfaceDisconnect(server, client), NO_ERROR);
    assert_false(caller_exists(server, L"lo"));
    Sleep(500);
    assert_false(caller_exists(server, L"lo")); /* it would have to go down first */
}

/* ---- who is let in --------------------------------------------------------------------------- */

static void set_rights(WCHAR *user, BYTE privilege)
{
    RAS_USER_1 rights = {.bfPrivilege = privilege};

    assert_int_equal(MprAdminUserSetInfo(NULL, user, 1, (BYTE *)&rights), NO_ERROR);
}

/* The other one, who calls later, shows that the first one's time has come. */
static void only_the_other_is_let_in(const WCHAR *name)
{
    caller_connected(server, L"witness");
    caller_gone(server, name);
    assert_int_equal(caller_connections(server), 1);
    assert_int_equal(caller_ports_in_use(server), 1);
}

static void rights(BYTE privilege)
{
    const struct caller witness = {.user = L"witness", .after = 1000};
    WCHAR user[257];
    DWORD size = 257;
    struct caller c = {.user = user};

    assert_true(GetUserNameW(user, &size));
    fixture_registry(ROUTER_RAS_LAN_WAN);
    set_rights(user, privilege);
    caller_add(L"one", &c);
    caller_add(L"two", &witness);
    server = fixture_connect();
    if (privilege & RASPRIV_DialinPrivilege)
        caller_connected(server, user);
    else
        only_the_other_is_let_in(user);
}

static void rights_deny(void)
{
    rights(RASPRIV_NoCallback);
}

static void rights_allow(void)
{
    rights(RASPRIV_NoCallback | RASPRIV_DialinPrivilege);
}

static void not_on_that_port(void)
{
    const struct caller witness = {.user = L"witness", .after = 1000};
    struct caller c = alice;

    c.port = L"PPPoE"; /* none of these */
    fixture_registry(ROUTER_RAS_LAN_WAN);
    caller_add(L"one", &c);
    caller_add(L"two", &witness);
    server = fixture_connect();
    only_the_other_is_let_in(NAME);
}

static void no_such_role(void)
{
    const DWORD lan_wan = 6;

    fixture_registry(lan_wan);
    caller_add(L"one", &alice);
    server = fixture_connect();
    for (int n = 0; n < 20; n++) {
        Sleep(25);
        assert_false(caller_exists(server, NAME));
    }
}

static void malformed(void)
{
    static const struct {
        const WCHAR *key, *value, *text;
    } rows[] = {{L"a", L"Kind", L"imagined"},
                {L"b", L"Port", L"ISDN"},
                {L"c", L"Address", L"10.8"},
                {L"d", L"InterfaceIdentifier", L"02aabb"},
                {L"e", L"After", L"soon"},
                {L"f", L"Domain", L"more than fifteen units"},
                {L"g", L"InterfaceIdentifier", L"02aabbfffeccddeg"}};
    const struct caller witness = {.user = L"witness", .after = 1000};
    const struct caller nobody = {.address = ADDRESS};

    fixture_registry(ROUTER_RAS_LAN_WAN);
    for (size_t n = 0; n < sizeof(rows) / sizeof(*rows); n++) {
        caller_add(rows[n].key, &alice);
        caller_set_text(rows[n].key, rows[n].value, rows[n].text);
    }
    caller_add(L"nobody", &nobody);
    caller_set_text(L"adapter", L"Kind", L"existing"); /* which one is not said */
    caller_add(L"witness", &witness);
    server = fixture_connect();
    only_the_other_is_let_in(NAME);
}

int main(int argc, char **argv)
{
    static const struct caller_case cases[] = {
        {"as_an_interface", as_an_interface},
        {"as_a_connection", as_a_connection},
        {"as_a_port", as_a_port},
        {"identifier", identifier},
        {"interface_functions", interface_functions},
        {"same_names", same_names},
        {"quarantine", quarantine},
        {"quarantine_by_handle", quarantine_by_handle},
        {"notified", notified},
        {"over_an_adapter", over_an_adapter},
        {"rights_deny", rights_deny},
        {"rights_allow", rights_allow},
        {"not_on_that_port", not_on_that_port},
        {"no_such_role", no_such_role},
        {"malformed", malformed},
    };

    return caller_main(cases, sizeof(cases) / sizeof(*cases), argc, argv);
}
