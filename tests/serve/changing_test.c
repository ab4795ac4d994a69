/* Methods that change something: the exported functions see it, and give the results that the
 * methods do. */
#include "serve/ask.h"

#include <string.h>
#include <wchar.h>

/* ---- interfaces ------------------------------------------------------------------------------ */

static MPR_INTERFACE_0 fresh(void)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

    wcscpy(info.wszInterfaceName, L"Fresh");
    return info;
}

static DWORD create_fresh(uint32_t *ret)
{
    MPR_INTERFACE_0 info = fresh();
    struct ask q = ask_new();
    DWORD result;

    ask_info(&q, WIRE_INTERFACE, 0, &info);
    q.a.interface = 77;
    result = ask(DIM_INTERFACE_CREATE, &q);
    *ret = q.a.interface;
    ask_end(&q);
    return result;
}

static void an_interface_from_octets(void **state)
{
    WCHAR hours[] = L"1 08:00-18:00\0";
    MPR_INTERFACE_1 one = {.fEnabled = FALSE,
                           .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER,
                           .lpwsDialoutHoursRestriction = hours},
                    *got;
    uint32_t handle, second;
    struct ask q = ask_new();

    (void)state;
    wcscpy(one.wszInterfaceName, L"Fresh");
    assert_int_equal(create_fresh(&second), ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    assert_int_equal(second, 0);
    fixture_entry("Fresh");
    fixture_dialer(L"Fresh", &scene_dialer);
    assert_int_equal(create_fresh(&handle), NO_ERROR);
    assert_int_equal(create_fresh(&second), ERROR_INTERFACE_ALREADY_EXISTS);
    assert_string_equal(fixture_info(scene_server, UlongToHandle(handle)).fEnabled ? "on" : "off",
                        "on");
    q.a.interface = handle;
    ask_info(&q, WIRE_INTERFACE, 1, &one);
    assert_int_equal(ask_once(DIM_INTERFACE_SET_INFO, &q), NO_ERROR);
    assert_int_equal(
        MprAdminInterfaceGetInfo(scene_server, UlongToHandle(handle), 1, (BYTE **)&got), NO_ERROR);
    assert_false(got->fEnabled);
    assert_memory_equal(got->lpwsDialoutHoursRestriction, hours, sizeof(hours));
    MprAdminBufferFree(got);
    q = ask_new();
    q.a.interface = handle;
    assert_int_equal(ask_once(DIM_INTERFACE_UPDATE_PHONEBOOK_INFO, &q), NO_ERROR);
    q = ask_new();
    q.a.interface = handle;
    assert_int_equal(ask_once(DIM_INTERFACE_DELETE, &q), NO_ERROR);
    q = ask_new();
    q.a.interface = handle;
    assert_int_equal(ask_once(DIM_INTERFACE_DELETE, &q),
                     MprAdminInterfaceDelete(scene_server, UlongToHandle(handle)));
}

/* Of a container: none, one octet, one too few, one too many; and a level that is none. */
static void a_container_has_the_octets_of_its_level(void **state)
{
    static const enum dim_method methods[] = {DIM_INTERFACE_CREATE, DIM_INTERFACE_SET_INFO,
                                              DIM_INTERFACE_DEVICE_SET_INFO, DIM_SERVER_SET_INFO,
                                              DIM_INTERFACE_SET_CREDENTIALS_EX};
    static const DWORD level[] = {0, 0, 0, 1, 1}, sizes[] = {540, 540, 292, 16, 8};
    static const uint8_t octets[600];

    (void)state;
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
        const DWORD wrong[] = {0, 1, sizes[i] - 1, sizes[i] + 1};

        for (size_t n = 0; n < sizeof(wrong) / sizeof(wrong[0]); n++) {
            struct ask q = ask_new();

            if (methods[i] == DIM_INTERFACE_SET_CREDENTIALS_EX && wrong[n] > sizes[i])
                continue; /* octets behind it are the secret's */
            q.a.level = level[i];
            q.a.info = (struct dim_octets){wrong[n], wrong[n] ? octets : NULL};
            assert_int_equal(ask_once(methods[i], &q), ERROR_INVALID_PARAMETER);
        }
        for (DWORD size = 0; size <= 1; size++) {
            struct ask q = ask_new();

            if (methods[i] == DIM_INTERFACE_SET_CREDENTIALS_EX && size)
                continue; /* they have one shape at every level */
            q.a.level = 99;
            q.a.info = (struct dim_octets){size, size ? octets : NULL};
            assert_int_equal(ask_once(methods[i], &q), ERROR_NOT_SUPPORTED);
        }
    }
}

static void connecting_and_updating(void **state)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);
    struct ask q = ask_new();

    (void)state;
    assert_int_equal(ask_once(DIM_INTERFACE_DISCONNECT, &q), NO_ERROR);
    assert_int_equal(fixture_info(scene_server, scene_interface).dwConnectionState,
                     ROUTER_IF_STATE_DISCONNECTED);
    q = ask_new();
    assert_int_equal(ask_once(DIM_INTERFACE_DISCONNECT, &q), ERROR_INTERFACE_NOT_CONNECTED);
    q = ask_new();
    q.a.blocking = 1;
    assert_int_equal(ask_once(DIM_INTERFACE_CONNECT, &q), NO_ERROR);
    assert_int_equal(fixture_info(scene_server, scene_interface).dwConnectionState,
                     ROUTER_IF_STATE_CONNECTED);
    q = ask_new();
    q.a.event = HandleToUlong(event);
    assert_int_equal(ask_once(DIM_INTERFACE_UPDATE_ROUTES, &q), PENDING);
    MprAdminInterfaceDisconnect(scene_server, scene_interface);
    assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
    q = ask_new();
    assert_int_equal(
        ask_once(DIM_INTERFACE_QUERY_UPDATE_RESULT, &q),
        MprAdminInterfaceQueryUpdateResult(scene_server, scene_interface, PID_IP, &(DWORD){0}));
    q = ask_new(); /* the loopback's client is this process: values are handed on */
    q.a.event = MAXDWORD;
    assert_int_equal(ask_once(DIM_INTERFACE_CONNECT, &q), ERROR_INVALID_PARAMETER);
    scene_connected();
    q = ask_new();
    q.a.event = HandleToUlong(event);
    q.a.registers = 1;
    assert_int_equal(ask_once(DIM_CONNECTION_NOTIFICATION, &q), NO_ERROR);
    MprAdminInterfaceDisconnect(scene_server, scene_interface);
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    q = ask_new();
    q.a.event = HandleToUlong(event);
    assert_int_equal(ask_once(DIM_CONNECTION_NOTIFICATION, &q), NO_ERROR);
    scene_connected();
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    CloseHandle(event);
}

static void devices(void **state)
{
    MPR_DEVICE_1 device = {.szDeviceType = L"vpn",
                           .szDeviceName = L"Other tunnel",
                           .szLocalPhoneNumber = L"192.0.2.77"},
                 *got;
    struct ask q = ask_new();

    (void)state;
    ask_info(&q, WIRE_DEVICE, 1, &device);
    assert_int_equal(ask_once(DIM_INTERFACE_DEVICE_SET_INFO, &q), NO_ERROR);
    assert_int_equal(
        MprAdminInterfaceDeviceGetInfo(scene_server, scene_interface, 1, 1, (BYTE **)&got),
        NO_ERROR);
    assert_int_equal(wcscmp(got->szLocalPhoneNumber, device.szLocalPhoneNumber), 0);
    MprAdminBufferFree(got);
    q = ask_new();
    q.a.index = 0;
    ask_info(&q, WIRE_DEVICE, 1, &device);
    assert_int_equal(ask_once(DIM_INTERFACE_DEVICE_SET_INFO, &q), ERROR_INVALID_PARAMETER);
}

/* ---- secrets --------------------------------------------------------------------------------- */

static void credentials(void **state)
{
    WCHAR name[] = L"Swept", user[257], domain[16], password[257];
    BYTE eap[] = {1, 2, 3, 4, 5};
    MPR_CREDENTIALSEX_1 given = {sizeof(eap), eap}, *got;
    struct ask q = ask_new();

    (void)state;
    q.a.text[1] = u"user";
    q.a.text[2] = u"domain";
    q.a.text[3] = u"pass word";
    assert_int_equal(ask_once(DIM_INTERFACE_SET_CREDENTIALS, &q), NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetCredentials(NULL, name, user, password, domain), NO_ERROR);
    assert_int_equal(
        wcscmp(user, L"user") | wcscmp(domain, L"domain") | wcscmp(password, L"pass word"), 0);
    q = ask_new();
    assert_int_equal(ask(DIM_INTERFACE_GET_CREDENTIALS, &q), NO_ERROR);
    assert_int_equal(wcscmp((const WCHAR *)q.a.text[1], user) |
                         wcscmp((const WCHAR *)q.a.text[2], domain) |
                         wcscmp((const WCHAR *)q.a.text[3], password),
                     0);
    ask_end(&q);
    q = ask_new();
    q.a.text[0] = u"Nobody";
    assert_int_equal(ask(DIM_INTERFACE_GET_CREDENTIALS, &q), ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    assert_null(q.a.text[3]);
    ask_end(&q);
    q = ask_new();
    ask_info(&q, WIRE_CREDENTIALS, 0, &given);
    assert_int_equal(ask_once(DIM_INTERFACE_SET_CREDENTIALS_EX, &q), NO_ERROR);
    assert_int_equal(
        MprAdminInterfaceGetCredentialsEx(scene_server, scene_interface, 0, (BYTE **)&got),
        NO_ERROR);
    assert_int_equal(got->dwSize, sizeof(eap));
    assert_memory_equal(got->lpbCredentialsInfo, eap, sizeof(eap));
    MprAdminBufferFree(got);
    q = ask_new();
    assert_int_equal(ask(DIM_INTERFACE_GET_CREDENTIALS_EX, &q), NO_ERROR);
    assert_int_equal(wire_info_read(&q.a.info, WIRE_CREDENTIALS, 0, 1, (BYTE **)&got), ST_OK);
    assert_int_equal(got->dwSize, sizeof(eap));
    assert_memory_equal(got->lpbCredentialsInfo, eap, sizeof(eap));
    MprAdminBufferFree(got);
    ask_end(&q);
}

/* ---- transports, the MIB --------------------------------------------------------------------- */

static void transports(void **state)
{
    const struct dim_octets rip = {MprInfoBlockQuerySize(scene_rip), scene_rip};
    LPVOID header = fixture_header();
    const struct dim_octets empty = {MprInfoBlockQuerySize(header), header};
    struct ask q = ask_new();

    (void)state;
    MprAdminInterfaceDisconnect(scene_server, scene_interface);
    assert_int_equal(ask_once(DIM_INTERFACE_TRANSPORT_REMOVE, &q), NO_ERROR);
    q = ask_new();
    assert_int_equal(ask_once(DIM_INTERFACE_TRANSPORT_ADD, &q), ERROR_INVALID_PARAMETER);
    q = ask_new();
    q.a.blocks.interface = rip;
    assert_int_equal(ask_once(DIM_INTERFACE_TRANSPORT_ADD, &q), NO_ERROR);
    q = ask_new();
    q.a.blocks.interface = rip;
    assert_int_equal(ask_once(DIM_INTERFACE_TRANSPORT_SET_INFO, &q), NO_ERROR);
    q = ask_new();
    q.a.blocks.interface = (struct dim_octets){rip.size - 1, rip.data};
    assert_int_equal(ask_once(DIM_INTERFACE_TRANSPORT_SET_INFO, &q), ERROR_INVALID_DATA);
    q = ask_new();
    q.a.transport = PID_IPV6;
    q.a.blocks.global = empty;
    assert_int_equal(ask_once(DIM_TRANSPORT_SET_GLOBAL_INFO, &q), NO_ERROR);
    q = ask_new();
    q.a.blocks.global = empty;
    assert_int_equal(
        ask_once(DIM_TRANSPORT_CREATE, &q),
        MprAdminTransportCreate(scene_server, PID_IP, NULL, header, empty.size, NULL, 0, NULL));
    scene_connected();
    MprInfoDelete(header);
}

typedef DWORD WINAPI change_fn(MIB_SERVER_HANDLE, DWORD, DWORD, LPVOID, DWORD);
typedef DWORD WINAPI get_fn(MIB_SERVER_HANDLE, DWORD, DWORD, LPVOID, DWORD, LPVOID *, LPDWORD);

/* Whatever the manager says to an input, it says through octets as well. */
static void the_mib_says_the_same(void **state)
{
    static change_fn *const changes[] = {MprAdminMIBEntryCreate, MprAdminMIBEntryDelete,
                                         MprAdminMIBEntrySet};
    static get_fn *const gets[] = {MprAdminMIBEntryGet, MprAdminMIBEntryGetFirst,
                                   MprAdminMIBEntryGetNext};
    static const DWORD protocols[] = {10000, 8, 4711};
    MIB_SERVER_HANDLE mib;

    (void)state;
    assert_int_equal(MprAdminMIBServerConnect(NULL, &mib), NO_ERROR);
    for (DWORD id = 0; id < 3 * 33; id++) {
        DWORD in[20] = {id % 33, 0}, protocol = protocols[id / 33], size = 0;
        const struct dim_octets input = {sizeof(in), (BYTE *)in};

        for (int i = 0; i < 3; i++) {
            struct ask q = ask_new();
            void *out = NULL;

            q.a.routing_pid = protocol;
            q.a.mib.in = input;
            assert_int_equal(ask_once((enum dim_method)(DIM_MIB_ENTRY_CREATE + i), &q),
                             changes[i](mib, PID_IP, protocol, in, sizeof(in)));
            q = ask_new();
            q.a.routing_pid = protocol;
            q.a.mib.in = input;
            assert_int_equal(ask((enum dim_method)(DIM_MIB_ENTRY_GET + i), &q),
                             gets[i](mib, PID_IP, protocol, in, sizeof(in), &out, &size));
            assert_int_equal(q.a.mib.out.size, size);
            MprAdminMIBBufferFree(out);
            ask_end(&q);
        }
    }
    MprAdminMIBServerDisconnect(mib);
}

/* ---- the server, objects --------------------------------------------------------------------- */

static void settings_of_the_server(void **state)
{
    MPR_SERVER_1 ports = {16, 3, 24, 3}, *got;
    MPR_SERVER_SET_CONFIG_EX0_WIN7 set = {
        .Header = {1, MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT, sizeof(set)},
        .setConfigForProtocols = 1,
        .ConfigParams = {.PptpConfigParams = {8, 3}}};
    struct ask q = ask_new();

    (void)state;
    ask_info(&q, WIRE_SERVER, 1, &ports);
    assert_int_equal(ask_once(DIM_SERVER_SET_INFO, &q), NO_ERROR);
    assert_int_equal(MprAdminServerGetInfo(scene_server, 1, (BYTE **)&got), NO_ERROR);
    assert_memory_equal(got, &ports, sizeof(ports));
    MprAdminBufferFree(got);
    q = ask_new();
    assert_int_equal(wire_server_set_out(&q.made, &set, &q.a.server_set), ST_OK);
    assert_int_equal(ask_once(DIM_SERVER_SET_INFO_EX, &q), NO_ERROR);
    assert_int_equal(MprAdminServerGetInfo(scene_server, 1, (BYTE **)&got), NO_ERROR);
    assert_int_equal(got->dwNumPptpPorts, 8);
    MprAdminBufferFree(got);
    q = ask_new();
    assert_int_equal(ask_once(DIM_SERVER_SET_INFO_EX, &q), ERROR_INVALID_PARAMETER);
}

static void custom_settings(void **state)
{
    BYTE certificate[] = {9, 8, 7};
    MPR_IF_CUSTOMINFOEX0 custom = {
        .Header = {1, MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, sizeof(custom)},
        .dwFlags = 1,
        .customIkev2Config = {.dwSaLifeTime = 3600,
                              .dwSaDataSize = 4096,
                              .certificateName = {sizeof(certificate), certificate}}};
    struct ask q = ask_new();

    (void)state;
    assert_int_equal(wire_custom_set_out(&q.made, &custom, &q.a.custom), ST_OK);
    assert_int_equal(ask(DIM_INTERFACE_SET_CUSTOM_INFO_EX, &q), NO_ERROR);
    assert_int_equal(q.a.custom.sa_life_time, 3600); /* goes both ways */
    ask_end(&q);
    q = ask_new();
    assert_int_equal(wire_custom_ask(&custom, &q.a.custom), ST_OK);
    assert_int_equal(ask(DIM_INTERFACE_GET_CUSTOM_INFO_EX, &q), NO_ERROR);
    assert_int_equal(q.a.custom.sa_life_time, 3600);
    assert_int_equal(q.a.custom.certificate.size, sizeof(certificate));
    assert_memory_equal(q.a.custom.certificate.data, certificate, sizeof(certificate));
    ask_end(&q);
    q = ask_new();
    q.a.interface = 5;
    assert_int_equal(wire_custom_ask(&custom, &q.a.custom), ST_OK);
    assert_int_equal(ask(DIM_INTERFACE_GET_CUSTOM_INFO_EX, &q),
                     MprAdminInterfaceGetCustomInfoEx(scene_server, UlongToHandle(5),
                                                      (MPR_IF_CUSTOMINFOEX *)(void *)&custom));
    assert_int_equal(q.a.custom.revision, 1);
    ask_end(&q);
}

/* ---- connections and ports ------------------------------------------------------------------- */

static void connections_and_ports(void **state)
{
    static WCHAR text[] = L"Swept";
    RAS_UPDATE_CONNECTION update = {
        .Header = {1, MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT, sizeof(update)},
        .wszRemoteEndpointAddress = L"192.0.2.9"};
    struct ask q;

    (void)state;
    scene_connected();
    ask_find();
#define SAME(method, call)                                 \
    do {                                                   \
        q = ask_new();                                     \
        assert_int_equal(ask_once(method, &q), call);      \
        q = ask_new();                                     \
        q.a.connection = q.a.port = 0;                     \
        assert_int_not_equal(ask_once(method, &q), ST_OK); \
    } while (0)
    SAME(DIM_CONNECTION_CLEAR_STATS, MprAdminConnectionClearStats(scene_server, ask_connection));
    SAME(DIM_CONNECTION_REMOVE_QUARANTINE,
         MprAdminConnectionRemoveQuarantine(scene_server, ask_connection, FALSE));
    SAME(DIM_SEND_USER_MESSAGE, MprAdminSendUserMessage(scene_server, ask_connection, text));
    SAME(DIM_PORT_CLEAR_STATS, MprAdminPortClearStats(scene_server, ask_port));
    SAME(DIM_PORT_RESET, MprAdminPortReset(scene_server, ask_port));
    q = ask_new();
    assert_int_equal(wire_update_out(&update, &q.a.update), ST_OK);
    assert_int_equal(ask_once(DIM_UPDATE_CONNECTION, &q),
                     MprAdminUpdateConnection(scene_server, ask_connection, &update));
    q = ask_new();
    assert_int_equal(ask_once(DIM_PORT_DISCONNECT, &q), NO_ERROR);
    fixture_wait_state(scene_server, scene_interface, ROUTER_IF_STATE_DISCONNECTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interface_from_octets),
        cmocka_unit_test(a_container_has_the_octets_of_its_level),
        cmocka_unit_test(connecting_and_updating),
        cmocka_unit_test(devices),
        cmocka_unit_test(credentials),
        cmocka_unit_test(transports),
        cmocka_unit_test(the_mib_says_the_same),
        cmocka_unit_test(settings_of_the_server),
        cmocka_unit_test(custom_settings),
        cmocka_unit_test(connections_and_ports),
    };

    ask_begin(45733);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
