/* Methods that read: their octets hold what the exported function gives, at every level, and their
 * results are its results. */
#include "serve/ask.h"

#include <string.h>

/* ---- levels ---------------------------------------------------------------------------------- */

struct got {
    BYTE *buffer;
    DWORD count, total;
};

#define READER(name) static DWORD name(DWORD level, struct got *got)

READER(server)
{
    return MprAdminServerGetInfo(scene_server, level, &got->buffer);
}

READER(interface)
{
    return MprAdminInterfaceGetInfo(scene_server, scene_interface, level, &got->buffer);
}

READER(interfaces)
{
    return MprAdminInterfaceEnum(scene_server, level, &got->buffer, MAXDWORD, &got->count,
                                 &got->total, NULL);
}

READER(device)
{
    return MprAdminInterfaceDeviceGetInfo(scene_server, scene_interface, 1, level, &got->buffer);
}

READER(devices)
{
    return MprAdminDeviceEnum(scene_server, level, &got->buffer, &got->count);
}

READER(credentials)
{
    return MprAdminInterfaceGetCredentialsEx(scene_server, scene_interface, level, &got->buffer);
}

READER(connection)
{
    return MprAdminConnectionGetInfo(scene_server, level, ask_connection, &got->buffer);
}

READER(connections)
{
    return MprAdminConnectionEnum(scene_server, level, &got->buffer, MAXDWORD, &got->count,
                                  &got->total, NULL);
}

READER(port)
{
    return MprAdminPortGetInfo(scene_server, level, ask_port, &got->buffer);
}

READER(ports)
{
    return MprAdminPortEnum(scene_server, level, ask_connection, &got->buffer, MAXDWORD,
                            &got->count, &got->total, NULL);
}

static const struct reading {
    enum dim_method method;
    enum wire_kind kind;
    DWORD (*call)(DWORD level, struct got *got);
    DWORD good; /* so many levels give something */
} readings[] = {
    {DIM_SERVER_GET_INFO, WIRE_SERVER, server, 3},
    {DIM_INTERFACE_GET_INFO, WIRE_INTERFACE, interface, 4},
    {DIM_INTERFACE_ENUM, WIRE_INTERFACE, interfaces, 1},
    {DIM_INTERFACE_DEVICE_GET_INFO, WIRE_DEVICE, device, 2},
    {DIM_DEVICE_ENUM, WIRE_DEVICE, devices, 1},
    {DIM_INTERFACE_GET_CREDENTIALS_EX, WIRE_CREDENTIALS, credentials, 1},
    {DIM_CONNECTION_GET_INFO, WIRE_CONNECTION, connection, 4},
    {DIM_CONNECTION_ENUM, WIRE_CONNECTION, connections, 5},
    {DIM_PORT_GET_INFO, WIRE_PORT, port, 3},
    {DIM_PORT_ENUM, WIRE_PORT, ports, 1},
};

/* Time goes on between the two, so it is tried again. */
static bool same_octets(const struct reading *r, DWORD level, const struct got *got,
                        const struct ask *q)
{
    DWORD count = got->count ? got->count : 1;
    struct ndr n;
    bool same;

    ndr_write(&n);
    assert_int_equal(wire_info_write(&n, r->kind, level, got->buffer, count), ST_OK);
    same = n.position == q->a.info.size && !memcmp(n.written, q->a.info.data, n.position);
    ndr_free(&n);
    return same;
}

static bool reads_alike(const struct reading *r, DWORD level)
{
    struct got got = {NULL, 0, 0};
    struct ask q = ask_new();
    DWORD expected = r->call(level, &got);
    bool alike = true;

    q.a.level = level;
    assert_int_equal(ask(r->method, &q), expected);
    assert_int_equal(expected == NO_ERROR, level < r->good);
    if (expected == NO_ERROR) {
        alike = same_octets(r, level, &got, &q) && q.a.entries_read == got.count * (got.total != 0);
        if (got.total) assert_int_equal(q.a.total_entries, got.total);
    } else {
        assert_int_equal(q.a.info.size, 0);
        assert_null(q.a.info.data);
    }
    MprAdminBufferFree(got.buffer);
    ask_end(&q);
    return alike;
}

static void every_level_of_every_structure(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(readings) / sizeof(readings[0]); i++) {
        for (DWORD level = 0; level < 7; level++) {
            int tries = 0;

            while (!reads_alike(&readings[i], level)) {
                assert_true(++tries < 5);
                Sleep(300);
            }
        }
    }
}

/* A page has as many entries as one of the exported function, whose structure is larger. */
static void pages_are_as_long(void **state)
{
    MPR_INTERFACE_0 *got = NULL;
    DWORD resume = 0, read, total, whole;
    struct ask q = ask_new();

    (void)state;
    fixture_dial_interface(scene_server, "Second", &scene_dialer);
    fixture_dial_interface(scene_server, "Third", &scene_dialer);
    assert_int_equal(MprAdminInterfaceEnum(scene_server, 0, (BYTE **)&got,
                                           2 * sizeof(MPR_INTERFACE_0), &read, &total, &resume),
                     ERROR_MORE_DATA);
    assert_int_equal(read, 2);
    whole = total;
    q.a.preferred = (DWORD)(2 * wire_info_size(WIRE_INTERFACE, 0));
    q.a.resume.present = true;
    assert_int_equal(ask(DIM_INTERFACE_ENUM, &q), ERROR_MORE_DATA);
    assert_int_equal(q.a.entries_read, 2);
    assert_int_equal(q.a.total_entries, whole);
    assert_true(q.a.resume.present);
    assert_int_equal(q.a.resume.value, resume);
    MprAdminBufferFree(got);
    ask_end(&q);
    q = ask_new();
    q.a.resume.present = true;
    q.a.resume.value = resume;
    assert_int_equal(ask(DIM_INTERFACE_ENUM, &q), NO_ERROR);
    assert_int_equal(q.a.entries_read, whole - 2);
    assert_int_equal(q.a.resume.value, 0);
    ask_end(&q);
}

/* ---- blocks, objects, entries ---------------------------------------------------------------- */

static void same_block(const struct dim_octets *octets, BYTE *data, DWORD size)
{
    assert_int_equal(octets->size, size);
    if (size) assert_memory_equal(octets->data, data, size);
    MprAdminBufferFree(data);
}

static void blocks_of_transports(void **state)
{
    struct ask q = ask_new();
    BYTE *data = NULL, *client = NULL;
    DWORD size = 0, client_size = 0;

    (void)state;
    assert_int_equal(
        MprAdminInterfaceTransportGetInfo(scene_server, scene_interface, PID_IP, &data, &size),
        NO_ERROR);
    assert_int_not_equal(size, 0);
    q.a.blocks.want_interface = 1;
    assert_int_equal(ask(DIM_INTERFACE_TRANSPORT_GET_INFO, &q), NO_ERROR);
    same_block(&q.a.blocks.interface, data, size);
    ask_end(&q);

    assert_int_equal(
        MprAdminTransportGetInfo(scene_server, PID_IP, &data, &size, &client, &client_size),
        NO_ERROR);
    q = ask_new();
    q.a.blocks.want_interface = q.a.blocks.want_global = 1;
    assert_int_equal(ask(DIM_TRANSPORT_GET_GLOBAL_INFO, &q), NO_ERROR);
    same_block(&q.a.blocks.global, data, size);
    same_block(&q.a.blocks.interface, client, client_size);
    ask_end(&q);
    q = ask_new();
    q.a.blocks.want_global = 1;
    assert_int_equal(ask(DIM_TRANSPORT_GET_GLOBAL_INFO, &q), NO_ERROR);
    assert_int_equal(q.a.blocks.global.size, size);
    assert_null(q.a.blocks.interface.data);
    ask_end(&q);
    q = ask_new();
    assert_int_equal(ask_once(DIM_TRANSPORT_GET_GLOBAL_INFO, &q), ERROR_INVALID_PARAMETER);
    q = ask_new();
    assert_int_equal(ask_once(DIM_INTERFACE_TRANSPORT_GET_INFO, &q), ERROR_INVALID_PARAMETER);
}

static void connections_with_a_revision(void **state)
{
    MPRAPI_OBJECT_HEADER header = {1, MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT, sizeof(header)};
    RAS_CONNECTION_EX expected = {.Header = header};
    struct ask q = ask_new();

    (void)state;
    assert_int_equal(MprAdminConnectionGetInfoEx(scene_server, ask_connection, &expected),
                     NO_ERROR);
    wire_header_out(&header, &q.a.header);
    assert_int_equal(ask(DIM_CONNECTION_GET_INFO_EX, &q), NO_ERROR);
    assert_int_equal(q.a.connection_ex.connection, HandleToUlong(ask_connection));
    assert_memory_equal(q.a.connection_ex.interface_name, expected.wszInterfaceName,
                        sizeof(expected.wszInterfaceName));
    assert_memory_equal(q.a.connection_ex.remote_endpoint, expected.wszRemoteEndpointAddress,
                        sizeof(expected.wszRemoteEndpointAddress));
    ask_end(&q);
    q = ask_new();
    wire_header_out(&header, &q.a.header);
    assert_int_equal(ask(DIM_CONNECTION_ENUM_EX, &q), NO_ERROR);
    assert_int_equal(q.a.entries_read, 1);
    assert_int_equal(q.a.connections[0].interface, HandleToUlong(scene_interface));
    ask_end(&q);
    q = ask_new(); /* a header of no object: an answer all the same */
    assert_int_equal(ask(DIM_CONNECTION_GET_INFO_EX, &q), ERROR_INVALID_PARAMETER);
    assert_int_equal(q.a.connection_ex.revision, 1);
    ask_end(&q);
    q = ask_new();
    assert_int_equal(ask(DIM_CONNECTION_ENUM_EX, &q), ERROR_INVALID_PARAMETER);
    assert_null(q.a.connections);
    ask_end(&q);
}

static void settings_of_the_server(void **state)
{
    MPR_SERVER_EX0_WIN7 expected = {
        .Header = {1, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, sizeof(expected)}};
    struct ask q = ask_new();

    (void)state;
    assert_int_equal(MprAdminServerGetInfoEx(scene_server, (MPR_SERVER_EX *)(void *)&expected),
                     NO_ERROR);
    assert_int_equal(wire_server_ask(&expected, &q.a.server), ST_OK);
    assert_int_equal(ask(DIM_SERVER_GET_INFO_EX, &q), NO_ERROR);
    assert_int_equal(q.a.server.revision, 1);
    assert_int_equal(q.a.server.total_ports, expected.dwTotalPorts);
    assert_int_equal(q.a.server.tunnels.pptp_ports,
                     expected.ConfigParams.PptpConfigParams.dwNumPorts);
    assert_int_equal(q.a.server.tunnels.sstp.ports,
                     expected.ConfigParams.SstpConfigParams.dwNumPorts);
    wire_server_free(&expected);
    ask_end(&q);
    q = ask_new();
    q.a.server.header.type = 77;
    assert_int_equal(ask(DIM_SERVER_GET_INFO_EX, &q), ERROR_INVALID_PARAMETER);
    assert_int_equal(q.a.server.revision, 1);
    ask_end(&q);
}

static void handles_and_results(void **state)
{
    struct ask q = ask_new();

    (void)state;
    assert_int_equal(ask(DIM_INTERFACE_GET_HANDLE, &q), NO_ERROR);
    assert_int_equal(q.a.interface, HandleToUlong(scene_interface));
    ask_end(&q);
    q = ask_new();
    q.a.text[0] = u"Nobody";
    assert_int_equal(ask(DIM_INTERFACE_GET_HANDLE, &q), ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(q.a.interface, 0);
    ask_end(&q);
    q = ask_new();
    q.a.connection = MAXDWORD; /* all ports */
    assert_int_equal(ask(DIM_PORT_ENUM, &q), NO_ERROR);
    assert_true(q.a.entries_read >= 1);
    ask_end(&q);
}

static void entries_of_the_mib(void **state)
{
    DWORD in[] = {1 /* IF_TABLE */, 0}, size = 0;
    MIB_SERVER_HANDLE mib;
    BYTE *data = NULL;
    struct ask q = ask_new();

    (void)state;
    assert_int_equal(MprAdminMIBServerConnect(NULL, &mib), NO_ERROR);
    assert_int_equal(
        MprAdminMIBEntryGet(mib, PID_IP, 10000, in, sizeof(DWORD), (void **)&data, &size),
        NO_ERROR);
    q.a.mib.in = (struct dim_octets){sizeof(DWORD), (BYTE *)in};
    assert_int_equal(ask(DIM_MIB_ENTRY_GET, &q), NO_ERROR);
    assert_int_equal(q.a.mib.out.size, size);
    assert_int_equal(q.a.mib.in.size, sizeof(DWORD)); /* goes both ways */
    MprAdminMIBBufferFree(data);
    ask_end(&q);
    MprAdminMIBServerDisconnect(mib);
    for (enum dim_method m = DIM_MIB_GET_TRAP_INFO; m <= DIM_MIB_SET_TRAP_INFO; m++) {
        q = ask_new();
        assert_int_equal(ask_once(m, &q), ERROR_CALL_NOT_IMPLEMENTED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_level_of_every_structure),
        cmocka_unit_test(pages_are_as_long),
        cmocka_unit_test(blocks_of_transports),
        cmocka_unit_test(connections_with_a_revision),
        cmocka_unit_test(settings_of_the_server),
        cmocka_unit_test(handles_and_results),
        cmocka_unit_test(entries_of_the_mib),
    };

    ask_begin(45731);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
