/* MprAdminTransport* and MprAdminInterfaceTransport*. */
#include "api/support/fixture.h"

#include <string.h>

enum { BLOCK = 0x1234 }; /* no protocol of ours: kept, not understood */

static MPR_SERVER_HANDLE server;

static int connect_server(void **state)
{
    (void)state;
    server = fixture_connect();
    return 0;
}

static int disconnect_server(void **state)
{
    (void)state;
    MprAdminServerDisconnect(server);
    return 0;
}

static DWORD size_of(LPVOID header)
{
    return MprInfoBlockQuerySize(header);
}

/* Before PID_IP is there. */
static void an_absent_transport(void **state)
{
    LPVOID header = fixture_header();
    BYTE *global = UNTOUCHED_PTR, *client = UNTOUCHED_PTR;
    DWORD global_size = 0xdeadbeef, client_size = 0xdeadbeef;

    (void)state;
    assert_int_equal(
        MprAdminTransportGetInfo(server, PID_IP, &global, &global_size, &client, &client_size),
        ERROR_UNKNOWN_PROTOCOL_ID);
    assert_null(global);
    assert_null(client);
    assert_int_equal(global_size, 0);
    assert_int_equal(client_size, 0);
    assert_int_equal(MprAdminTransportSetInfo(server, PID_IP, header, size_of(header), NULL, 0),
                     ERROR_UNKNOWN_PROTOCOL_ID);
    MprInfoDelete(header);
}

static void create_refusals(void **state)
{
    LPVOID header = fixture_header();
    DWORD liar[7] = {1, 28, 5};

    (void)state;
    assert_int_equal(MprAdminTransportCreate(server, PID_IP, NULL, NULL, 0, NULL, 0, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminTransportCreate(server, PID_IP, NULL, header, 0, NULL, 0, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(
        MprAdminTransportCreate(server, 0x1234, NULL, header, size_of(header), NULL, 0, NULL),
        ERROR_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(MprAdminTransportCreate(server, PID_IP, NULL, header, 12, NULL, 0, NULL),
                     ERROR_INVALID_DATA);
    assert_int_equal(
        MprAdminTransportCreate(server, PID_IP, NULL, (BYTE *)liar, sizeof(liar), NULL, 0, NULL),
        ERROR_INVALID_DATA);
    MprInfoDelete(header);
}

static void create_read_and_set(void **state)
{
    BYTE data[12] = "some bytes";
    LPVOID header = fixture_header_with(BLOCK, data, sizeof(data)), empty = fixture_header();
    BYTE *global = UNTOUCHED_PTR, *client = UNTOUCHED_PTR, *found = NULL;
    DWORD global_size = 0, client_size = 0;

    (void)state;
    assert_int_equal(
        MprAdminTransportCreate(server, PID_IP, NULL, empty, size_of(empty), NULL, 0, NULL),
        NO_ERROR);
    assert_int_equal(
        MprAdminTransportCreate(server, PID_IP, NULL, empty, size_of(empty), NULL, 0, NULL),
        ERROR_PROTOCOL_ALREADY_INSTALLED);
    assert_int_equal(
        MprAdminTransportSetInfo(server, PID_IP, header, size_of(header), header, size_of(header)),
        NO_ERROR);
    assert_int_equal(
        MprAdminTransportGetInfo(server, PID_IP, &global, &global_size, &client, &client_size),
        NO_ERROR);
    assert_int_equal(global_size, size_of(global));
    assert_int_equal(MprInfoBlockFind(global, BLOCK, NULL, NULL, &found), NO_ERROR);
    assert_memory_equal(found, data, sizeof(data));
    assert_int_equal(client_size, size_of(client));
    assert_int_equal(MprAdminBufferFree(global), NO_ERROR);
    assert_int_equal(MprAdminBufferFree(client), NO_ERROR);
    assert_int_equal(MprAdminTransportGetInfo(server, PID_IP, &global, NULL, NULL, NULL), NO_ERROR);
    assert_int_equal(MprAdminBufferFree(global), NO_ERROR);
    MprInfoDelete(header);
    MprInfoDelete(empty);
}

static void set_and_get_refusals(void **state)
{
    LPVOID header = fixture_header();
    DWORD size = 0xdeadbeef;

    (void)state;
    assert_int_equal(MprAdminTransportSetInfo(server, PID_IP, NULL, 0, NULL, 0),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminTransportSetInfo(server, PID_IPX, header, size_of(header), NULL, 0),
                     ERROR_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(MprAdminTransportSetInfo(server, PID_IP, header, 20, NULL, 0),
                     ERROR_INVALID_DATA);
    assert_int_equal(MprAdminTransportGetInfo(server, PID_IP, NULL, &size, NULL, NULL),
                     ERROR_INVALID_PARAMETER);
    MprInfoDelete(header);
}

static void on_an_interface(void **state)
{
    BYTE data[12] = "other bytes", *info = UNTOUCHED_PTR, *found = NULL;
    DWORD size = 0xdeadbeef;
    LPVOID header = fixture_header_with(BLOCK, data, sizeof(data)), empty = fixture_header();
    HANDLE handle = fixture_dial_interface(server, "Transported", NULL);

    (void)state;
    assert_int_equal(MprAdminInterfaceTransportGetInfo(server, handle, PID_IP, &info, &size),
                     ERROR_NO_SUCH_INTERFACE);
    assert_null(info);
    assert_int_equal(size, 0);
    assert_int_equal(
        MprAdminInterfaceTransportSetInfo(server, handle, PID_IP, empty, size_of(empty)),
        ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(MprAdminInterfaceTransportRemove(server, handle, PID_IP),
                     ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(MprAdminInterfaceTransportAdd(server, handle, PID_IP, empty, size_of(empty)),
                     NO_ERROR);
    assert_int_equal(
        MprAdminInterfaceTransportSetInfo(server, handle, PID_IP, header, size_of(header)),
        NO_ERROR);
    assert_int_equal(MprAdminInterfaceTransportGetInfo(server, handle, PID_IP, &info, &size),
                     NO_ERROR);
    assert_int_equal(size, size_of(info));
    assert_int_equal(MprInfoBlockFind(info, BLOCK, NULL, NULL, &found), NO_ERROR);
    assert_memory_equal(found, data, sizeof(data));
    assert_int_equal(MprAdminBufferFree(info), NO_ERROR);
    assert_int_equal(MprAdminInterfaceTransportGetInfo(server, handle, PID_IP, &info, NULL),
                     NO_ERROR);
    assert_int_equal(MprAdminBufferFree(info), NO_ERROR);
    assert_int_equal(MprAdminInterfaceTransportRemove(server, handle, PID_IP), NO_ERROR);
    assert_int_equal(MprAdminInterfaceTransportRemove(server, handle, PID_IP),
                     ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    MprInfoDelete(header);
    MprInfoDelete(empty);
}

static void on_an_interface_refusals(void **state)
{
    LPVOID empty = fixture_header();
    HANDLE handle = fixture_dial_interface(server, "Refusing", NULL);
    BYTE *info = UNTOUCHED_PTR;
    MPR_INTERFACE_0 disabled = fixture_info(server, handle);

    (void)state;
    assert_int_equal(MprAdminInterfaceTransportAdd(server, handle, PID_IP, NULL, 28),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceTransportAdd(server, handle, PID_IP, empty, 0),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceTransportAdd(server, handle, PID_IP, empty, 27),
                     ERROR_INVALID_DATA);
    assert_int_equal(MprAdminInterfaceTransportAdd(server, handle, 0x77, empty, size_of(empty)),
                     ERROR_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(MprAdminInterfaceTransportRemove(server, handle, 0x77),
                     ERROR_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(MprAdminInterfaceTransportGetInfo(server, handle, 0x77, &info, NULL),
                     ERROR_UNKNOWN_PROTOCOL_ID);
    assert_null(info);
    assert_int_equal(MprAdminInterfaceTransportSetInfo(server, handle, 0x77, empty, size_of(empty)),
                     ERROR_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(MprAdminInterfaceTransportSetInfo(server, handle, PID_IP, NULL, 28),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceTransportGetInfo(server, handle, PID_IP, NULL, NULL),
                     ERROR_INVALID_PARAMETER);

    /* The page: an interface that is administratively disabled is no valid handle either. */
    assert_int_equal(MprAdminInterfaceTransportAdd(server, handle, PID_IP, empty, size_of(empty)),
                     NO_ERROR);
    disabled.fEnabled = FALSE;
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 0, (BYTE *)&disabled), NO_ERROR);
    info = UNTOUCHED_PTR;
    assert_int_equal(MprAdminInterfaceTransportGetInfo(server, handle, PID_IP, &info, NULL),
                     ERROR_INVALID_HANDLE);
    assert_null(info);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    MprInfoDelete(empty);
}

static void remove_refuses_a_connected_interface(void **state)
{
    const struct fixture_dialer dialer = {0};
    LPVOID empty = fixture_header();
    HANDLE handle = fixture_dial_interface(server, "In use", &dialer);

    (void)state;
    assert_int_equal(MprAdminInterfaceTransportAdd(server, handle, PID_IP, empty, size_of(empty)),
                     NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    assert_int_equal(MprAdminInterfaceTransportRemove(server, handle, PID_IP),
                     ERROR_INTERFACE_CONNECTED);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceTransportRemove(server, handle, PID_IP), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    MprInfoDelete(empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_absent_transport),
        cmocka_unit_test(create_refusals),
        cmocka_unit_test(create_read_and_set),
        cmocka_unit_test(set_and_get_refusals),
        cmocka_unit_test(on_an_interface),
        cmocka_unit_test(on_an_interface_refusals),
        cmocka_unit_test(remove_refuses_a_connected_interface),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_no_transports();
    return cmocka_run_group_tests(tests, connect_server, disconnect_server);
}
