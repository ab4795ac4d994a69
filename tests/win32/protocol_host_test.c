#include "win32_test.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "testproto.h"
#include "win32/sys/no_interface_macro.h"
#include "win32/protocol/protocol_host.h"

#define PROTOCOL 0x1234u
#define INDEX    7u

static struct {
    SRWLOCK lock;
    HANDLE answered; /* auto-reset */
    struct protocol_report reports[64];
    volatile LONG count;
    volatile LONG answers;
} got = {.lock = SRWLOCK_INIT};

static void on_report(void *context, struct protocol_call *answered, handle_t32 protocol,
                      const struct protocol_report *reports, size_t count)
{
    (void)context, (void)protocol;
    AcquireSRWLockExclusive(&got.lock);
    for (size_t i = 0; i < count && got.count < 64; i++) got.reports[got.count++] = reports[i];
    ReleaseSRWLockExclusive(&got.lock);
    if (!answered) return;
    InterlockedIncrement(&got.answers);
    SetEvent(got.answered);
}

static struct protocol_call new_call(enum protocol_call_kind kind)
{
    struct protocol_call call = {.kind = kind,
                                 .protocol = PROTOCOL,
                                 .protocol_id = TESTPROTO_ID,
                                 .transport = 0x21,
                                 .dll_name = u"testproto.dll",
                                 .interface = INDEX,
                                 .status = 0xDEADBEEF};

    return call;
}

static mpr_status carry_out(struct protocol_call *call)
{
    protocol_host_call(call);
    assert_int_equal(WaitForSingleObject(got.answered, 10000), WAIT_OBJECT_0);
    return call->status;
}

static mpr_status simple(enum protocol_call_kind kind)
{
    struct protocol_call call = new_call(kind);

    return carry_out(&call);
}

static mpr_status with_info(enum protocol_call_kind kind, const void *data, uint32_t size)
{
    struct protocol_call call = new_call(kind);
    mpr_status status;

    assert_true(blob_set(&call.info, data, size));
    call.info_count = 1;
    call.info_item_size = size;
    status = carry_out(&call);
    blob_free(&call.info);
    return status;
}

static void register_mode(int mode)
{
    char text[8];

    snprintf(text, sizeof(text), "%d", mode);
    SetEnvironmentVariableA("TESTPROTO_REGISTER", text);
}

static int set_up(void **state)
{
    (void)state;
    register_mode(TESTPROTO_REGISTER_NORMAL);
    got.count = got.answers = 0;
    got.answered = CreateEventW(NULL, FALSE, FALSE, NULL);
    protocol_host_start(on_report, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    protocol_host_stop();
    CloseHandle(got.answered);
    return 0;
}

static void start_with(uint32_t mode, uint32_t delay_ms, uint32_t status)
{
    const struct testproto_global global = {0};
    const struct testproto_interface info = {mode, delay_ms, status};

    assert_int_equal(simple(CALL_LOAD), ST_OK);
    assert_int_equal(with_info(CALL_START, &global, sizeof(global)), ST_OK);
    assert_int_equal(with_info(CALL_ADD_INTERFACE, &info, sizeof(info)), ST_OK);
    assert_int_equal(simple(CALL_START_COMPLETE), ST_OK);
}

static void expect_completion(size_t index, uint32_t interface, uint32_t type, uint32_t status)
{
    WAIT_UNTIL((size_t)got.count > index, 5000);
    assert_int_equal(got.reports[index].event, PROTOCOL_UPDATE_COMPLETE);
    assert_int_equal(got.reports[index].message.interface, interface);
    assert_int_equal(got.reports[index].message.update_type, type);
    assert_int_equal(got.reports[index].message.update_status, status);
}

static void expect_silence(void)
{
    LONG before = got.count;

    Sleep(150);
    assert_int_equal(got.count, before);
}

static void test_negotiation(void **state)
{
    struct protocol_call call = new_call(CALL_LOAD);

    (void)state;
    assert_int_equal(carry_out(&call), ST_OK);
    assert_int_equal(call.functionality, PROTOCOL_ROUTING | PROTOCOL_DEMAND_UPDATE_ROUTES);
}

static void test_completes_inside(void **state)
{
    (void)state;
    start_with(TESTPROTO_INSIDE, 0, 0);
    assert_int_equal(simple(CALL_DO_UPDATE_ROUTES), ST_OK);
    /* Told together with the answer. */
    assert_int_equal(got.count, 1);
    expect_completion(0, INDEX, PROTOCOL_DEMAND_UPDATE_ROUTES, 0);
}

static void test_completes_later(void **state)
{
    (void)state;
    start_with(TESTPROTO_LATER, 50, 1003);
    assert_int_equal(simple(CALL_DO_UPDATE_ROUTES), ST_OK);
    assert_int_equal(got.count, 0);
    expect_completion(0, INDEX, PROTOCOL_DEMAND_UPDATE_ROUTES, 1003);
    expect_silence();
}

static void test_fails_at_once(void **state)
{
    (void)state;
    start_with(TESTPROTO_FAIL_AT_ONCE, 0, ST_INVALID_PARAMETER);
    assert_int_equal(simple(CALL_DO_UPDATE_ROUTES), ST_INVALID_PARAMETER);
    expect_silence();
}

static void test_wrong_and_odd_messages(void **state)
{
    static const struct testproto_interface infos[] = {{TESTPROTO_WRONG_INTERFACE, 0, 0},
                                                       {TESTPROTO_WRONG_TYPE, 0, 0},
                                                       {TESTPROTO_TWO_MESSAGES, 0, 0},
                                                       {TESTPROTO_TWICE, 0, 0},
                                                       {TESTPROTO_EMPTY_EVENT, 60, 0}};

    (void)state;
    start_with(TESTPROTO_NEVER, 0, 0);
    assert_int_equal(simple(CALL_DO_UPDATE_ROUTES), ST_OK);
    expect_silence();
    for (size_t i = 0; i < ARRAYSIZE(infos); i++) {
        assert_int_equal(with_info(CALL_SET_INTERFACE_INFO, &infos[i], sizeof(infos[i])), ST_OK);
        assert_int_equal(simple(CALL_DO_UPDATE_ROUTES), ST_OK);
        Sleep(30);
        if (infos[i].mode == TESTPROTO_EMPTY_EVENT) assert_int_equal(got.count, 6);
    }
    expect_completion(0, INDEX + 1000, PROTOCOL_DEMAND_UPDATE_ROUTES, 0);
    expect_completion(1, INDEX, 8, 0);
    assert_int_equal(got.reports[2].event, PROTOCOL_SAVE_INTERFACE_CONFIG_INFO);
    assert_int_equal(got.reports[2].message.interface, INDEX);
    expect_completion(3, INDEX, PROTOCOL_DEMAND_UPDATE_ROUTES, 0);
    expect_completion(4, INDEX, PROTOCOL_DEMAND_UPDATE_ROUTES, 0);
    expect_completion(5, INDEX, PROTOCOL_DEMAND_UPDATE_ROUTES, 0);
    expect_completion(6, INDEX, PROTOCOL_DEMAND_UPDATE_ROUTES, 0);
}

static void test_information(void **state)
{
    const struct testproto_interface info = {TESTPROTO_NEVER, 5, 9};
    struct protocol_call call = new_call(CALL_GET_INTERFACE_INFO);

    (void)state;
    start_with(TESTPROTO_NEVER, 5, 9);
    assert_int_equal(carry_out(&call), ST_OK);
    assert_int_equal(call.result.size, sizeof(info));
    assert_memory_equal(call.result.data, &info, sizeof(info));
    blob_free(&call.result);
    assert_int_equal(simple(CALL_DELETE_INTERFACE), ST_OK);
    assert_int_equal(simple(CALL_GET_INTERFACE_INFO), ST_INVALID_PARAMETER);
    assert_int_equal(simple(CALL_DO_UPDATE_ROUTES), ST_INVALID_PARAMETER);
}

static void test_stops_during_an_update(void **state)
{
    (void)state;
    start_with(TESTPROTO_STOPS, 30, 0);
    assert_int_equal(simple(CALL_DO_UPDATE_ROUTES), ST_OK);
    WAIT_UNTIL(got.count == 1, 5000);
    assert_int_equal(got.reports[0].event, PROTOCOL_ROUTER_STOPPED);
}

static void test_stop_pending(void **state)
{
    const struct testproto_global global = {.stop_pending = 1};

    (void)state;
    assert_int_equal(simple(CALL_LOAD), ST_OK);
    assert_int_equal(with_info(CALL_START, &global, sizeof(global)), ST_OK);
    assert_int_equal(simple(CALL_STOP), ST_PROTOCOL_STOP_PENDING);
    WAIT_UNTIL(got.count == 1, 5000);
    assert_int_equal(got.reports[0].event, PROTOCOL_ROUTER_STOPPED);
    /* Its thread is gone; it can be loaded and started again. */
    assert_int_equal(simple(CALL_LOAD), ST_OK);
    assert_int_equal(with_info(CALL_START, &global, sizeof(global)), ST_OK);
}

/* The process lives on, and the protocol is not called again. */
static void test_crash_in_a_call(void **state)
{
    (void)state;
    start_with(TESTPROTO_CRASH, 0, 0);
    assert_int_equal(simple(CALL_DO_UPDATE_ROUTES), ST_CAN_NOT_COMPLETE);
    assert_int_equal(simple(CALL_DELETE_INTERFACE), ST_CAN_NOT_COMPLETE);
}

static mpr_status load_with(int mode, struct protocol_call *call)
{
    *call = new_call(CALL_LOAD);
    register_mode(mode);
    return carry_out(call);
}

/* DllMain decides while the DLL is not loaded yet, so this runs first. */
static void test_refused_while_loading(void **state)
{
    struct protocol_call call;

    (void)state;
    assert_int_equal(load_with(TESTPROTO_REGISTER_LOAD_FAILS, &call), ST_MOD_NOT_FOUND);
    assert_int_equal(load_with(TESTPROTO_REGISTER_LOAD_CRASHES, &call), ST_MOD_NOT_FOUND);
    call = new_call(CALL_LOAD);
    call.dll_name = u"no-such-protocol.dll";
    assert_int_equal(carry_out(&call), ST_MOD_NOT_FOUND);
    call.dll_name = u"kernel32.dll";
    assert_int_equal(carry_out(&call), ST_PROC_NOT_FOUND);
}

static void test_refused_by_register(void **state)
{
    struct protocol_call call;

    (void)state;
    assert_int_equal(load_with(TESTPROTO_REGISTER_FAIL, &call), ST_NOT_SUPPORTED);
    assert_int_equal(load_with(TESTPROTO_REGISTER_CRASH, &call), ST_CAN_NOT_COMPLETE);
    assert_int_equal(simple(CALL_START), ST_CAN_NOT_COMPLETE);
}

static void test_short_structure(void **state)
{
    struct protocol_call call;

    (void)state;
    assert_int_equal(load_with(TESTPROTO_REGISTER_SHORT, &call), ST_OK);
    assert_int_equal(call.functionality, PROTOCOL_ROUTING | PROTOCOL_DEMAND_UPDATE_ROUTES);
}

static void test_null_functions(void **state)
{
    struct protocol_call call;

    (void)state;
    assert_int_equal(load_with(TESTPROTO_REGISTER_NULLS, &call), ST_OK);
    assert_int_equal(call.functionality, PROTOCOL_ROUTING);
    assert_int_equal(simple(CALL_START), ST_OK);
    assert_int_equal(simple(CALL_START_COMPLETE), ST_OK);
    assert_int_equal(simple(CALL_SET_GLOBAL_INFO), ST_NOT_SUPPORTED);
    assert_int_equal(simple(CALL_GET_GLOBAL_INFO), ST_NOT_SUPPORTED);
    assert_int_equal(simple(CALL_SET_INTERFACE_INFO), ST_NOT_SUPPORTED);
    assert_int_equal(simple(CALL_GET_INTERFACE_INFO), ST_NOT_SUPPORTED);
    assert_int_equal(simple(CALL_DO_UPDATE_ROUTES), ST_NOT_SUPPORTED);
}

/* From the call to the report, one after another: how long an update takes here. */
static void test_latency(void **state)
{
    LARGE_INTEGER frequency, start, end;
    const int rounds = 500;

    (void)state;
    start_with(TESTPROTO_INSIDE, 0, 0);
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&start);
    for (int i = 0; i < rounds; i++) {
        assert_int_equal(simple(CALL_DO_UPDATE_ROUTES), ST_OK);
        got.count = 0;
    }
    QueryPerformanceCounter(&end);
    printf("call to answer with completion: %.1f us\n",
           (double)(end.QuadPart - start.QuadPart) * 1e6 / (double)frequency.QuadPart / rounds);
}

/* ---- what it is told ------------------------------------------------------------------------- */

/* The newest record that a protocol has of that kind. */
static struct testproto_told newest(DWORD protocol, DWORD entry)
{
    struct testproto_told ret = {0}, record;

    for (DWORD n = 0;; n++) {
        struct testproto_mib in = {TESTPROTO_MIB_TOLD, n};
        struct protocol_call call = new_call(CALL_MIB);

        call.mib_op = 0;
        assert_true(blob_set(&call.info, &in, sizeof(in)));
        carry_out(&call);
        blob_free(&call.info);
        if (call.status) break;
        assert_int_equal(call.result.size, sizeof(record));
        memcpy(&record, call.result.data, sizeof(record));
        blob_free(&call.result);
        if (record.protocol == protocol && record.entry == entry) ret = record;
    }
    return ret;
}

static struct testproto_told tell_status(enum interface_status_type type, bool active,
                                         const struct ip_binding *binding, uint32_t transport)
{
    struct protocol_call call = new_call(CALL_INTERFACE_STATUS);

    call.transport = transport;
    call.status_type = type;
    call.active = active;
    call.has_binding = binding != NULL;
    if (binding) call.binding = *binding;
    assert_int_equal(carry_out(&call), ST_OK);
    return newest(TESTPROTO_ID, TESTPROTO_TOLD_STATUS);
}

static void put32(uint8_t *at, uint32_t value)
{
    memcpy(at, &value, sizeof(value));
}

static const struct ip_binding both = {
    .count = 2,
    .local = {{0x0A000001, 0xFFFFFF00}, {0x0A000101, ~0u}},
    .remote = 0x0A000002,
    .mtu = 1400,
    .speed = 0x123456789,
    .count6 = 2,
    .local6 = {{{{0xfe, 0x80, [15] = 1}}, 64}, {{{0x20, 1, 0x0d, 0xb8, [15] = 2}}, 128}}};

/* Every reason, and addresses of IPv4 as IP_ADAPTER_BINDING_INFO has them. */
static void test_states(void **state)
{
    static const struct ip_binding none = {0};
    struct testproto_told told;
    uint8_t octets[40] = {2, 0, 0, 0, 10, 0, 0, 2};

    (void)state;
    start_with(TESTPROTO_NEVER, 0, 0);
    for (int type = RIS_ENABLED; type <= RIS_MEDIA_ABSENT; type++) {
        told = tell_status((enum interface_status_type)type, type % 2, NULL, 0x21);
        assert_int_equal(told.index, INDEX);
        assert_int_equal(told.type, type);
        assert_int_equal(told.active, type % 2);
        assert_int_equal(told.size, 0);
    }
    told = tell_status(RIS_ADDRESS_CHANGE, true, &both, 0x21);
    assert_int_equal(told.type, 0);
    assert_int_equal(told.active, TRUE);
    put32(octets + 8, 1400);
    put32(octets + 16, 0x23456789);
    octets[20] = 1;
    memcpy(octets + 24, "\x0a\0\0\1\xff\xff\xff\0\x0a\0\1\1\xff\xff\xff\xff", 16);
    assert_int_equal(told.size, sizeof(octets));
    assert_memory_equal(told.data, octets, sizeof(octets));
    told = tell_status(RIS_ADDRESS_CHANGE, false, &none, 0x21);
    assert_int_equal(told.size, 24);
    assert_int_equal(told.active, FALSE);
    assert_int_equal(told.data[0], 0);
}

/* Below PID_IPV6 it is another structure, and another functionality. */
static void test_addresses_of_ipv6(void **state)
{
    struct protocol_call load = new_call(CALL_LOAD);
    struct testproto_told told;
    uint8_t octets[72] = {2, 0, 0, 0};

    (void)state;
    load.transport = 0x57;
    assert_int_equal(carry_out(&load), ST_OK);
    assert_int_equal(load.functionality, PROTOCOL_ROUTING_V6 | PROTOCOL_DEMAND_UPDATE_ROUTES);
    assert_int_equal(simple(CALL_START), ST_OK);
    assert_int_equal(simple(CALL_ADD_INTERFACE), ST_OK);
    told = tell_status(RIS_ADDRESS_CHANGE, true, &both, 0x57);
    put32(octets + 20, 1400);
    put32(octets + 24, 0x23456789);
    octets[28] = 1;
    octets[32] = 0xfe, octets[33] = 0x80, octets[47] = 1, octets[48] = 64;
    octets[52] = 0x20, octets[53] = 1, octets[54] = 0x0d, octets[55] = 0xb8, octets[67] = 2;
    octets[68] = 128;
    assert_int_equal(told.size, sizeof(octets));
    assert_memory_equal(told.data, octets, sizeof(octets));
}

/* ---- two protocols of one DLL -----------------------------------------------------------------
 */

static mpr_status peer(enum protocol_call_kind kind)
{
    struct protocol_call call = new_call(kind);

    call.protocol = PROTOCOL + 1;
    call.protocol_id = TESTPROTO_PEER_ID;
    carry_out(&call);
    if (kind == CALL_LOAD && call.status == ST_OK)
        assert_int_equal(call.functionality, PROTOCOL_ROUTING | PROTOCOL_ADD_ALL_INTERFACES);
    return call.status;
}

/* One crashes, and is stopped, without the other. */
static void test_two_protocols(void **state)
{
    struct protocol_call third = new_call(CALL_LOAD);

    (void)state;
    start_with(TESTPROTO_CRASH, 0, 0);
    assert_int_equal(peer(CALL_LOAD), ST_OK);
    assert_int_equal(peer(CALL_START), ST_OK);
    assert_int_equal(peer(CALL_ADD_INTERFACE), ST_OK);
    assert_int_equal(newest(TESTPROTO_PEER_ID, TESTPROTO_TOLD_ADD).index, INDEX);
    assert_int_equal(newest(TESTPROTO_PEER_ID, TESTPROTO_TOLD_STOP).entry, 0);
    assert_int_equal(simple(CALL_DO_UPDATE_ROUTES), ST_CAN_NOT_COMPLETE);
    assert_int_equal(simple(CALL_DELETE_INTERFACE), ST_CAN_NOT_COMPLETE);
    assert_int_equal(peer(CALL_DELETE_INTERFACE), ST_OK);
    assert_int_equal(peer(CALL_STOP), ST_OK);

    /* The other way round. */
    assert_int_equal(simple(CALL_STOP), ST_CAN_NOT_COMPLETE);
    start_with(TESTPROTO_INSIDE, 0, 0);
    assert_int_equal(peer(CALL_LOAD), ST_OK);
    assert_int_equal(peer(CALL_START), ST_OK);
    assert_int_equal(peer(CALL_STOP), ST_OK);
    assert_int_equal(newest(TESTPROTO_PEER_ID, TESTPROTO_TOLD_STOP).entry, TESTPROTO_TOLD_STOP);
    assert_int_equal(simple(CALL_DO_UPDATE_ROUTES), ST_OK);
    assert_int_equal(got.count, 1);

    /* RegisterProtocol is asked for each number, and has the last word. */
    third.protocol = PROTOCOL + 2;
    third.protocol_id = TESTPROTO_PEER_ID + 1;
    assert_int_equal(carry_out(&third), ST_NOT_SUPPORTED);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(test_refused_while_loading),
        WITH(test_negotiation),
        WITH(test_completes_inside),
        WITH(test_completes_later),
        WITH(test_fails_at_once),
        WITH(test_wrong_and_odd_messages),
        WITH(test_information),
        WITH(test_stops_during_an_update),
        WITH(test_stop_pending),
        WITH(test_crash_in_a_call),
        WITH(test_refused_by_register),
        WITH(test_short_structure),
        WITH(test_null_functions),
        WITH(test_latency),
        WITH(test_states),
        WITH(test_addresses_of_ipv6),
        WITH(test_two_protocols),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
