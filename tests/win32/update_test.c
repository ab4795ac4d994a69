/* An autostatic update from the request to the event, over a protocol in a DLL. */
#include "win32_test.h"

#include <stdio.h>
#include <string.h>

#include "infoblock/infoblock.h"
#include "testproto.h"
#include "win32/instance.h"
#include "win32/sys/async_request.h"
#include "win32/sys/no_interface_macro.h"
#include "win32/sys/registry.h"

#define CATALOGUE L"SOFTWARE\\Microsoft\\Router\\CurrentVersion\\RouterManagers\\Ip\\TESTPROTO"

static struct engine *engine;
static handle_t32 interface, server;

static void catalogue(void)
{
    HKEY key = NULL;

    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, CATALOGUE, 0, NULL, 0,
                                     KEY_ALL_ACCESS | KEY_WOW64_64KEY, NULL, &key, NULL),
                     ERROR_SUCCESS);
    registry_set_dword(key, L"ProtocolId", TESTPROTO_ID);
    registry_set_text(key, L"DllName", REG_SZ, L"testproto.dll");
    RegCloseKey(key);
}

static struct blob block(const void *data, uint32_t size)
{
    struct info_block b = {TESTPROTO_ID, size, 1, data};
    struct blob blob = {NULL, 0};

    assert_int_equal(info_blob_put(&blob, &b), ST_OK);
    return blob;
}

static mpr_status set_global(struct router *r, void *context, struct request *request)
{
    return router_transport_set(r, TRANSPORT_IP, context, NULL, request);
}

static mpr_status add_ip(struct router *r, void *context, struct request *request)
{
    return router_iftransport_add(r, interface, TRANSPORT_IP, context, request);
}

static mpr_status set_ip(struct router *r, void *context, struct request *request)
{
    return router_iftransport_set(r, interface, TRANSPORT_IP, context, request);
}

static mpr_status connect_it(struct router *r, void *context, struct request *request)
{
    (void)context;
    return router_interface_connect(r, interface, request);
}

static void make_interface(void)
{
    struct dial_entry entry = {.device_count = 1};
    struct dial_plan plan = {.kind = DIALER_SCRIPTED,
                             .binding = {.count = 1, .local = {{0x0A000001, 0xFFFFFFFF}}}};
    struct interface_spec spec = {
        .name = u"wan", .type = IF_FULL_ROUTER, .enabled = true, .entry = &entry, .plan = &plan};
    struct router *r = engine_enter(engine);

    assert_int_equal(router_server_open(r, HANDLE_SERVER, &server), ST_OK);
    assert_int_equal(router_interface_create(r, &spec, &interface), ST_OK);
    engine_leave(engine);
}

static int set_up(void **state)
{
    const struct testproto_global global = {0};
    const struct testproto_interface info = {TESTPROTO_INSIDE, 0, 0};
    struct blob global_blob = block(&global, sizeof(global)), blob = block(&info, sizeof(info));

    (void)state;
    catalogue();
    assert_int_equal(instance_engine(&engine), ST_OK);
    make_interface();
    assert_int_equal(engine_call_and_wait(engine, server, set_global, &global_blob), ST_OK);
    assert_int_equal(engine_call_and_wait(engine, server, add_ip, &blob), ST_OK);
    assert_int_equal(engine_call_and_wait(engine, server, connect_it, NULL), ST_OK);
    blob_free(&global_blob);
    blob_free(&blob);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    instance_shutdown();
    return 0;
}

static void choose(uint32_t mode, uint32_t delay_ms, uint32_t status)
{
    const struct testproto_interface info = {mode, delay_ms, status};
    struct blob blob = block(&info, sizeof(info));

    assert_int_equal(engine_call_and_wait(engine, server, set_ip, &blob), ST_OK);
    blob_free(&blob);
}

/* As MprAdminInterfaceUpdateRoutes does with an event. */
static mpr_status update(HANDLE event)
{
    struct request *request = NULL;
    mpr_status status = instance_check_call();

    if (status == ST_OK) status = async_request_new_held(event, server, &request);
    if (status != ST_OK) return status;
    status = router_update_routes(engine_enter(engine), interface, TRANSPORT_IP, request);
    engine_leave(engine);
    assert_int_equal(async_request_settle(request, status == ST_PENDING), ST_OK);
    return status;
}

static mpr_status result(void)
{
    mpr_status outcome = 0xDEADBEEF, status;

    status = router_update_result(engine_enter(engine), interface, TRANSPORT_IP, &outcome);
    engine_leave(engine);
    return status ? status : outcome;
}

static void test_completes(void **state)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);

    (void)state;
    assert_int_equal(update(event), ST_PENDING);
    assert_int_equal(WaitForSingleObject(event, 5000), WAIT_OBJECT_0);
    assert_int_equal(result(), ST_OK);
    choose(TESTPROTO_LATER, 50, 1003);
    assert_int_equal(update(event), ST_PENDING);
    assert_int_equal(update(event), ST_UPDATE_IN_PROGRESS);
    assert_int_equal(WaitForSingleObject(event, 5000), WAIT_OBJECT_0);
    assert_int_equal(result(), 1003);
    choose(TESTPROTO_INSIDE, 0, 0);
    CloseHandle(event);
}

/* The caller's handle is closed before the completion; the object is signalled all the same. */
static void test_caller_closes_its_handle(void **state)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL), mine = NULL;

    (void)state;
    choose(TESTPROTO_LATER, 100, 0);
    DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &mine, 0, FALSE,
                    DUPLICATE_SAME_ACCESS);
    assert_int_equal(update(event), ST_PENDING);
    CloseHandle(event);
    assert_int_equal(WaitForSingleObject(mine, 5000), WAIT_OBJECT_0);
    CloseHandle(mine);
    choose(TESTPROTO_INSIDE, 0, 0);
}

static HANDLE ping, pong;
#define ROUNDS 1000

static DWORD WINAPI answer(void *parameter)
{
    (void)parameter;
    for (int i = 0; i < ROUNDS; i++) {
        WaitForSingleObject(ping, INFINITE);
        SetEvent(pong);
    }
    return 0;
}

static double microseconds(void)
{
    LARGE_INTEGER frequency, now;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&now);
    return (double)now.QuadPart * 1e6 / (double)frequency.QuadPart;
}

/* Beside a bare event round trip between two threads; printed, not judged: machines are busy. */
static void test_latency(void **state)
{
    HANDLE thread, event = CreateEventW(NULL, FALSE, FALSE, NULL);
    double start, bare, whole;

    (void)state;
    ping = CreateEventW(NULL, FALSE, FALSE, NULL);
    pong = CreateEventW(NULL, FALSE, FALSE, NULL);
    thread = CreateThread(NULL, 0, answer, NULL, 0, NULL);
    start = microseconds();
    for (int i = 0; i < ROUNDS; i++) {
        SetEvent(ping);
        WaitForSingleObject(pong, INFINITE);
    }
    bare = microseconds() - start;
    WaitForSingleObject(thread, INFINITE);
    start = microseconds();
    for (int i = 0; i < ROUNDS; i++) {
        assert_int_equal(update(event), ST_PENDING);
        assert_int_equal(WaitForSingleObject(event, 5000), WAIT_OBJECT_0);
    }
    whole = microseconds() - start;
    printf("update to event %.1f us, bare event round trip %.1f us, ratio %.2f\n", whole / ROUNDS,
           bare / ROUNDS, whole / bare);
    CloseHandle(thread);
    CloseHandle(event);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_completes),
        cmocka_unit_test(test_caller_closes_its_handle),
        cmocka_unit_test(test_latency),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
