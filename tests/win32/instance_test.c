#include "win32_test.h"

#include <string.h>

#include "base/mem.h"
#include "infoblock/infoblock.h"
#include "infoblock/types.h"
#include "protocol/builtin/builtin_protocols.h"
#include "protocol/rip/rip.h"
#include "win32/config_load.h"
#include "win32/store/config_save.h"
#include "win32/host.h"
#include "win32/instance.h"
#include "win32/stored_keys.h"
#include "win32/sys/registry.h"

static struct router *enter(struct engine **ret)
{
    assert_int_equal(instance_engine(ret), ST_OK);
    return engine_enter(*ret);
}

static void test_fresh_machine(void **state)
{
    const struct blob *global = NULL, *client = NULL;
    struct engine *e = NULL;
    struct router *r = enter(&e);

    (void)state;
    assert_true(router_has_ddm(r));
    assert_true(router_transport_installed(r, TRANSPORT_IP));
    assert_true(router_transport_installed(r, TRANSPORT_IPV6));
    assert_int_equal(router_transport_get(r, TRANSPORT_IP, &global, &client), ST_OK);
    assert_int_equal(info_blob_find(global, INFO_IP_PROT_PRIORITY_INFO, NULL), ST_OK);
    assert_int_equal(info_blob_find(global, INFO_IP_GLOBAL_INFO, NULL), ST_OK);
    /* The loopback and internal interfaces at least. */
    assert_true(router_interface_count(r) >= 2);
    engine_leave(e);
    instance_shutdown();
}

static void put_interface(const WCHAR *number, const WCHAR *name, DWORD type)
{
    WCHAR path[64];
    HKEY key = NULL;

    _snwprintf(path, ARRAYSIZE(path), L"Interfaces\\%ls", number);
    assert_int_equal(registry_open(path, KEY_ALL_ACCESS, true, &key), ST_OK);
    if (name) registry_set_text(key, L"InterfaceName", REG_SZ, name);
    registry_set_dword(key, L"Type", type);
    RegCloseKey(key);
}

static void test_stored_interfaces(void **state)
{
    struct interface_info info;
    handle_t32 handle = 0;
    struct engine *e = NULL;
    struct router *r;

    (void)state;
    put_interface(L"0", L"wan-1", IF_FULL_ROUTER);
    put_interface(L"1", NULL, IF_FULL_ROUTER);
    put_interface(L"2", L"odd", 99);
    put_interface(L"3", L"Internal", IF_INTERNAL);
    put_interface(L"4", L"wan-2", IF_HOME_ROUTER);
    r = enter(&e);
    assert_int_equal(router_interface_find(r, u"WAN-1", false, &handle), ST_OK);
    assert_int_equal(router_interface_info(r, handle, &info), ST_OK);
    assert_int_equal(info.type, IF_FULL_ROUTER);
    assert_int_equal(router_interface_find(r, u"wan-2", false, &handle), ST_OK);
    assert_int_equal(router_interface_find(r, u"odd", false, &handle), ST_NO_SUCH_INTERFACE);
    engine_leave(e);
    instance_shutdown();
}

static void test_start_and_stop(void **state)
{
    struct engine *e = NULL;

    (void)state;
    for (int i = 0; i < 10; i++) {
        assert_int_equal(instance_engine(&e), ST_OK);
        instance_shutdown();
    }
}

static void set_root(const WCHAR *name, DWORD value, bool present)
{
    HKEY key = NULL;

    assert_int_equal(registry_open(NULL, KEY_ALL_ACCESS, true, &key), ST_OK);
    if (present)
        registry_set_dword(key, name, value);
    else
        registry_set_text(key, name, REG_SZ, NULL);
    RegCloseKey(key);
}

static void test_enabled(void **state)
{
    (void)state;
    assert_true(instance_refresh_enabled());
    assert_int_equal(instance_check_call(), ST_OK);
    set_root(L"Start", SERVICE_DISABLED, true);
    assert_int_equal(instance_check_call(), ST_OK); /* as of the last look */
    assert_false(instance_refresh_enabled());
    assert_int_equal(instance_check_call(), ST_RPC_SERVER_UNAVAILABLE);
    set_root(L"Start", SERVICE_AUTO_START, true);
    assert_true(instance_enabled());
    set_root(L"ConfigurationFlags", 0, true);
    assert_false(instance_enabled());
    set_root(L"ConfigurationFlags", 1, true);
    assert_true(instance_refresh_enabled());
    set_root(L"ConfigurationFlags", 0, false);
    set_root(L"Start", 0, false);
    assert_int_equal(instance_check_call(), ST_OK);
}

static void assert_rip(uint16_t port, uint32_t route_limit, uint32_t neighbour_limit)
{
    struct builtin_protocol *rows = NULL;
    size_t count = 0;

    assert_int_equal(config_load_builtins(&rows, &count), ST_OK);
    assert_int_equal(count, builtin_protocol_count);
    assert_ptr_equal(rows[0].protocol, &rip_protocol);
    assert_int_equal(rows[0].port, port);
    assert_int_equal(rows[0].route_limit, route_limit);
    assert_int_equal(rows[0].neighbour_limit, neighbour_limit);
    mem_free(rows);
}

static void test_parameters(void **state)
{
    struct router_config config;
    unsigned poll = 9;
    HKEY key = NULL, ip = NULL;

    (void)state;
    config_load_parameters(&config, &poll);
    assert_int_equal(config.router_type, 0x3F);
    assert_rip(520, RIP_ROUTE_LIMIT, 0);
    assert_int_equal(registry_open(L"Parameters\\Ip", KEY_ALL_ACCESS, true, &key), ST_OK);
    registry_set_dword(key, L"RipPort", 5520);
    registry_set_dword(key, L"RipRouteLimit", 7);
    registry_set_dword(key, L"RipNeighborRouteLimit", 3);
    RegCloseKey(key);
    assert_int_equal(registry_open(L"Parameters", KEY_ALL_ACCESS, true, &key), ST_OK);
    registry_set_dword(key, L"RouterType", 2);
    registry_set_dword(key, L"UpdateTimeout", 1234);
    config_load_parameters(&config, &poll);
    assert_int_equal(config.router_type, 2);
    assert_rip(5520, 7, 3);
    assert_int_equal(registry_open(L"Parameters\\Ip", KEY_ALL_ACCESS, true, &ip), ST_OK);
    registry_set_dword(ip, L"RipPort", 65536);
    registry_set_dword(ip, L"RipRouteLimit", 0);
    registry_set_dword(ip, L"RipNeighborRouteLimit", 0);
    RegCloseKey(ip);
    assert_rip(520, RIP_ROUTE_LIMIT, 0);
    assert_int_equal(config.update_timeout, 1234);
    registry_set_text(key, L"RouterType", REG_SZ, NULL);
    RegCloseKey(key);
}

static void test_store(void **state)
{
    const struct store_item global = {STORE_GLOBAL_INFO, NULL, TRANSPORT_IP, "abcd", 4};
    const struct store_item info = {STORE_INTERFACE_INFO, u"wan-1", TRANSPORT_IP, "efgh", 4};
    struct blob blob = {NULL, 0};
    HKEY key = NULL;

    (void)state;
    config_save(&global);
    config_save(&info);
    assert_int_equal(registry_open(L"RouterManagers\\Ip", KEY_READ, false, &key), ST_OK);
    assert_int_equal(registry_get_blob(key, L"GlobalInfo", &blob), ST_OK);
    assert_memory_equal(blob.data, "abcd", 4);
    RegCloseKey(key);
    /* The other transport's defaults came with it. */
    assert_int_equal(registry_open(L"RouterManagers\\Ipv6", KEY_READ, false, &key), ST_OK);
    assert_int_equal(registry_get_blob(key, L"GlobalInfo", &blob), ST_OK);
    RegCloseKey(key);
    assert_int_equal(registry_open(L"Interfaces\\0\\Ip", KEY_READ, false, &key), ST_OK);
    assert_int_equal(registry_get_blob(key, L"InterfaceInfo", &blob), ST_OK);
    assert_memory_equal(blob.data, "efgh", 4);
    RegCloseKey(key);
    blob_free(&blob);
}

/* ---- keys that other programs make and delete ----------------------------------------------- */

static bool has_stored_info(void)
{
    HKEY key = NULL;
    struct blob blob = {NULL, 0};
    bool found = registry_open(L"Interfaces\\0\\Ip", KEY_READ, false, &key) == ST_OK &&
                 registry_get_blob(key, L"InterfaceInfo", &blob) == ST_OK;

    if (key) RegCloseKey(key);
    blob_free(&blob);
    return found;
}

static void delete_interface_key(void)
{
    HKEY key = NULL;

    assert_int_equal(registry_open(NULL, KEY_ALL_ACCESS, false, &key), ST_OK);
    assert_int_equal(RegDeleteTreeW(key, L"Interfaces\\0"), ERROR_SUCCESS);
    RegCloseKey(key);
}

/* Another block each time, since what changes nothing is not stored. */
static void set_info(struct engine *e, handle_t32 interface)
{
    static uint32_t status = 1;
    const struct info_block block = {INFO_IP_INTERFACE_STATUS_INFO, sizeof(status), 1, &status};
    struct blob blob = {NULL, 0};
    struct router *r = engine_enter(e);

    status++;
    assert_int_equal(info_blob_put(&blob, &block), ST_OK);
    assert_int_equal(router_iftransport_set(r, interface, TRANSPORT_IP, &blob, NULL), ST_OK);
    engine_leave(e);
    blob_free(&blob);
}

static handle_t32 with_transport(struct engine **ret)
{
    const uint32_t up = 1;
    const struct info_block block = {INFO_IP_INTERFACE_STATUS_INFO, sizeof(up), 1, &up};
    struct blob blob = {NULL, 0};
    struct router *r = enter(ret);
    handle_t32 handle = 0;

    assert_int_equal(info_blob_put(&blob, &block), ST_OK);
    assert_int_equal(router_interface_find(r, u"wan-1", false, &handle), ST_OK);
    assert_int_equal(router_iftransport_add(r, handle, TRANSPORT_IP, &blob, NULL), ST_OK);
    engine_leave(*ret);
    blob_free(&blob);
    return handle;
}

static void test_keys_of_other_programs(void **state)
{
    struct engine *e = NULL;
    handle_t32 handle;

    (void)state;
    stored_keys_look(1); /* without a router: nothing */
    stored_keys_look_all();
    put_interface(L"0", L"wan-1", IF_FULL_ROUTER);
    handle = with_transport(&e);
    for (int all = 0; all < 2; all++) {
        delete_interface_key();
        all ? stored_keys_look_all() : stored_keys_look(handle);
        set_info(e, handle);
        assert_false(has_stored_info());
        put_interface(L"0", L"wan-1", IF_FULL_ROUTER);
        all ? stored_keys_look_all() : stored_keys_look(handle);
        set_info(e, handle);
        assert_true(has_stored_info());
    }
    stored_keys_look(0x40FFFFFF); /* no interface */
    instance_shutdown();
}

static void test_md5(void **state)
{
    static const uint8_t expected[16] = {0x90, 0x01, 0x50, 0x98, 0x3c, 0xd2, 0x4f, 0xb0,
                                         0xd6, 0x96, 0x3f, 0x7d, 0x28, 0xe1, 0x7f, 0x72};
    uint8_t digest[16];

    (void)state;
    host_table()->md5("abc", 3, digest);
    assert_memory_equal(digest, expected, 16);
}

static void test_clocks(void **state)
{
    const struct router_host *host = host_table();

    (void)state;
    assert_true(host->unix_time(host->context) > 1700000000u);
    assert_true(host->minute_of_week(host->context) < 7 * 1440);
    assert_true(host->random(host->context) != host->random(host->context));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_enabled),
        cmocka_unit_test(test_md5),
        cmocka_unit_test(test_clocks),
        cmocka_unit_test(test_fresh_machine),
        cmocka_unit_test(test_stored_interfaces),
        cmocka_unit_test(test_start_and_stop),
        cmocka_unit_test(test_keys_of_other_programs),
        cmocka_unit_test(test_store),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
