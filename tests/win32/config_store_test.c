/* What the stored configuration says of an interface. */
#include "win32/win32_test.h"

#include "router/router.h"
#include "win32/store/config_store.h"
#include "win32/sys/registry.h"

static HKEY make(DWORD type)
{
    struct config_interface row = {.name = L"Branch", .type = type, .enabled = true};
    WCHAR path[CONFIG_PATH_MAX];
    HKEY key = NULL;

    assert_int_equal(config_interface_create(&row, NULL), ST_OK);
    config_interface_path(path, row.number);
    assert_int_equal(registry_open(path, KEY_ALL_ACCESS, false, &key), ST_OK);
    return key;
}

static struct config_interface read_and_delete(HKEY key)
{
    struct config_interface row;

    RegCloseKey(key);
    assert_int_equal(config_interface_find(L"branch", &row), ST_OK);
    assert_int_equal(config_interface_read(row.number, &row), ST_OK);
    assert_int_equal(config_interface_delete(&row), ST_OK);
    return row;
}

static void unreachability(void **state)
{
    struct config_interface row;
    HKEY key = make(IF_FULL_ROUTER);

    (void)state;
    row = read_and_delete(key);
    assert_int_equal(row.unreachable_min, 0);
    assert_int_equal(row.unreachable_max, 0);
    key = make(IF_HOME_ROUTER);
    registry_set_dword(key, L"MinUnreachabilityInterval", 90);
    registry_set_dword(key, L"MaxUnreachabilityInterval", 3600);
    row = read_and_delete(key);
    assert_int_equal(row.unreachable_min, 90);
    assert_int_equal(row.unreachable_max, 3600);
    key = make(IF_FULL_ROUTER); /* of another type: as if it were not there */
    registry_set_text(key, L"MinUnreachabilityInterval", REG_SZ, L"90");
    row = read_and_delete(key);
    assert_int_equal(row.unreachable_min, 0);
    key = make(IF_DEDICATED); /* never dialled */
    registry_set_dword(key, L"MinUnreachabilityInterval", 90);
    row = read_and_delete(key);
    assert_int_equal(row.unreachable_min, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(unreachability)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
