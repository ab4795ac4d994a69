/* What no caller of the API sees of RAS administration DLLs: that they are initialised at the start
 * of the router and terminated at its end, after they heard of the connections that ended with it.
 * The rest is tested in tests/api/admin_dll. */
#include "win32/win32_test.h"

#include <string.h>

#include "router/ddm/port.h"
#include "testadmin.h"
#include "win32/instance.h"
#include "win32/sys/registry.h"

static struct testadmin_calls *calls;

static void register_dll(void)
{
    static const WCHAR name[] = L"testadmin_1.dll";
    HKEY key;

    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\RAS\\AdminDll", 0,
                                     NULL, 0, KEY_ALL_ACCESS | KEY_WOW64_64KEY, NULL, &key, NULL),
                     ERROR_SUCCESS);
    assert_int_equal(RegSetValueExW(key, L"DLLPath", 0, REG_SZ, (const BYTE *)name, sizeof(name)),
                     ERROR_SUCCESS);
    RegCloseKey(key);
}

static void wait_for(const LONG *counter, LONG value)
{
    for (int n = 0; n < 1000 && *(volatile const LONG *)counter != value; n++) Sleep(10);
    assert_int_equal(*(volatile const LONG *)counter, value);
}

static handle_t32 create(struct engine *e)
{
    const struct dial_entry entry = {
        .device_count = 1, .device_type = u"vpn", .device_name = u"Some link"};
    const struct dial_plan plan = {.kind = DIALER_SCRIPTED};
    struct interface_spec spec = {
        .name = u"Branch", .type = IF_FULL_ROUTER, .enabled = true, .entry = &entry, .plan = &plan};
    handle_t32 ret = 0;

    assert_int_equal(router_interface_create(engine_enter(e), &spec, &ret), ST_OK);
    engine_leave(e);
    return ret;
}

static mpr_status start_connect(struct router *r, void *context, struct request *request)
{
    return router_interface_connect(r, *(const handle_t32 *)context, request);
}

static void run_router(LONG round)
{
    struct engine *e;
    handle_t32 branch;

    assert_int_equal(instance_engine(&e), ST_OK);
    wait_for(&calls->initialized, round); /* nobody has to connect for it */
    branch = create(e);
    assert_int_equal(engine_call_and_wait(e, 0, start_connect, &branch), ST_OK);
    assert_int_equal(calls->connection_hang_ups, round - 1);
    instance_shutdown();
    assert_int_equal(calls->link_hang_ups, round);
    assert_int_equal(calls->connection_hang_ups, round);
    assert_int_equal(calls->terminated, round);
}

/* ---- clients --------------------------------------------------------------------------------- */

static void set_client(const WCHAR *name, const WCHAR *text)
{
    HKEY key;

    assert_int_equal(registry_open(L"Parameters\\Clients\\one", KEY_ALL_ACCESS, true, &key), ST_OK);
    assert_int_equal(registry_set_text(key, name, REG_SZ, text), ST_OK);
    RegCloseKey(key);
}

static void forget_client(void)
{
    HKEY key;

    assert_int_equal(registry_open(L"Parameters\\Clients", KEY_ALL_ACCESS, false, &key), ST_OK);
    assert_int_equal(RegDeleteKeyW(key, L"one"), ERROR_SUCCESS);
    RegCloseKey(key);
}

/* The router ends: hang-ups, and the release of the address, come before the DLL's end. */
static void clients_end(void **state)
{
    struct engine *e;
    uint32_t connections = 0;

    (void)state;
    SetEnvironmentVariableA("TESTADMIN_NOTIFY", "1");
    set_client(L"Kind", L"scripted");
    set_client(L"User", L"alice");
    set_client(L"InterfaceIdentifier", L"0000000000000001");
    assert_int_equal(instance_engine(&e), ST_OK);
    for (int n = 0; n < 1000 && !connections; n++, Sleep(10)) {
        connections = router_connection_count(engine_enter(e));
        engine_leave(e);
    }
    assert_string_equal(calls->order, "gCL");
    instance_shutdown();
    assert_string_equal(calls->order, "gCLlcr");
    assert_int_equal(calls->terminated, 1);
    SetEnvironmentVariableA("TESTADMIN_NOTIFY", NULL);
    forget_client();
    memset(calls, 0, sizeof(*calls)); /* the next test counts from 0 */
}

static void started_and_ended(void **state)
{
    (void)state;
    run_router(1);
    run_router(2);
}

/* Stopping does not wait for one that hangs longer than it has to. */
static void hanging(void **state)
{
    ULONGLONG start;
    struct engine *e;
    handle_t32 branch;

    (void)state;
    SetEnvironmentVariableA("TESTADMIN_CONNECTION", "3");
    assert_int_equal(instance_engine(&e), ST_OK);
    branch = create(e);
    assert_int_equal(router_interface_connect(engine_enter(e), branch, NULL), ST_PENDING);
    engine_leave(e);
    wait_for(&calls->connections, 3);
    start = GetTickCount64();
    instance_shutdown();
    assert_true(GetTickCount64() - start < 25000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(clients_end),
                                       cmocka_unit_test(started_and_ended),
                                       cmocka_unit_test(hanging)};
    HANDLE section = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                        sizeof(*calls), TESTADMIN_SECTION);

    calls = MapViewOfFile(section, FILE_MAP_ALL_ACCESS, 0, 0, sizeof(*calls));
    if (!calls) return 1;
    register_dll();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
