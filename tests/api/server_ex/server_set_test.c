/* MprAdminServerSetInfo and MprConfigServerSetInfo: ports of the tunnel protocols, their limits,
 * and what a restart finds. */
#include "api/support/fixture.h"

#include <string.h>

#define CLASS L"SYSTEM\\CurrentControlSet\\Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}"

static MPR_SERVER_HANDLE server;
static HANDLE config;

static DWORD set_admin(DWORD level, void *buffer)
{
    return MprAdminServerSetInfo(server, level, buffer);
}

static DWORD set_config(DWORD level, void *buffer)
{
    return MprConfigServerSetInfo(config, level, buffer);
}

static DWORD get_admin(DWORD level, void *ret)
{
    return MprAdminServerGetInfo(server, level, ret);
}

static DWORD get_config(DWORD level, void *ret)
{
    return MprConfigServerGetInfo(config, level, ret);
}

/* The two families take the same structures. */
static const struct family {
    DWORD (*set)(DWORD level, void *buffer);
    DWORD (*get)(DWORD level, void *ret);
} families[] = {{set_admin, get_admin}, {set_config, get_config}};

static void expect_2(const struct family *f, const MPR_SERVER_2 *expected)
{
    MPR_SERVER_2 *got = UNTOUCHED_PTR;

    assert_int_equal(f->get(2, &got), NO_ERROR);
    assert_memory_equal(got, expected, sizeof(*got));
    assert_int_equal(MprAdminBufferFree(got), NO_ERROR);
}

static void levels_round_trip(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        MPR_SERVER_2 two = {17, 3, 18, 1, 19, 1}, now = {27, 2, 28, 0, 19, 1};
        MPR_SERVER_1 one = {27, 2, 28, 0}, *got = UNTOUCHED_PTR;

        assert_int_equal(families[i].set(2, &two), NO_ERROR);
        expect_2(&families[0], &two);
        expect_2(&families[1], &two);
        assert_int_equal(families[i].set(1, &one), NO_ERROR);
        assert_int_equal(families[i].get(1, &got), NO_ERROR);
        assert_memory_equal(got, &one, sizeof(one));
        assert_int_equal(MprConfigBufferFree(got), NO_ERROR);
        expect_2(&families[i], &now); /* what a level lacks stays */
    }
}

static void bad_values_store_nothing(void **state)
{
    static const MPR_SERVER_2 bad[] = {
        {0, 3, 5, 3, 5, 1},          {5, 3, 0, 3, 5, 1},     {5, 3, 5, 3, 0, 1},
        {16385, 3, 5, 3, 5, 1},      {5, 3, 30001, 3, 5, 1}, {5, 3, 5, 3, 30001, 1},
        {5, 4, 5, 3, 5, 1},          {5, 3, 5, 8, 5, 1},     {5, 3, 5, 3, 5, 2},
        {0xffffffff, 3, 5, 3, 5, 1},
    };
    MPR_SERVER_2 good = {11, 3, 12, 3, 13, 1};

    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(families[i].set(2, &good), NO_ERROR);
        for (size_t n = 0; n < sizeof(bad) / sizeof(bad[0]); n++) {
            MPR_SERVER_2 copy = bad[n];

            assert_int_equal(families[i].set(2, &copy), ERROR_INVALID_PARAMETER);
            expect_2(&families[i], &good);
        }
    }
}

static void bad_levels_and_buffers(void **state)
{
    MPR_SERVER_2 good = {11, 3, 12, 3, 13, 1};
    BYTE *buffer = UNTOUCHED_PTR;

    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(families[i].set(0, &good), ERROR_NOT_SUPPORTED);
        assert_int_equal(families[i].set(3, &good), ERROR_NOT_SUPPORTED);
        assert_int_equal(families[i].set(0xdeadbeef, NULL), ERROR_NOT_SUPPORTED);
        assert_int_equal(families[i].set(1, NULL), ERROR_INVALID_PARAMETER);
        assert_int_equal(families[i].set(2, NULL), ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(get_config(3, &buffer), ERROR_INVALID_PARAMETER);
    assert_null(buffer);
    assert_int_equal(get_config(0, NULL), ERROR_INVALID_PARAMETER);
}

static void bad_handles(void **state)
{
    MPR_SERVER_1 good = {11, 3, 12, 3};

    (void)state;
    for (size_t i = 0; i < fixture_garbage_count; i++) {
        HANDLE bad = (HANDLE)fixture_garbage[i];
        DWORD code = bad ? ERROR_INVALID_HANDLE : ERROR_INVALID_PARAMETER;
        BYTE *buffer = UNTOUCHED_PTR;

        assert_int_equal(MprAdminServerSetInfo(bad, 1, (BYTE *)&good), code);
        assert_int_equal(MprConfigServerSetInfo(bad, 1, (BYTE *)&good), code);
        assert_int_equal(MprConfigServerGetInfo(bad, 1, &buffer), ERROR_INVALID_PARAMETER);
        assert_null(buffer);
    }
    /* The families do not take each other's. */
    assert_int_equal(MprAdminServerSetInfo(config, 1, (BYTE *)&good), ERROR_INVALID_HANDLE);
    assert_int_equal(MprConfigServerSetInfo(server, 1, (BYTE *)&good), ERROR_INVALID_HANDLE);
}

static void level_0_of_the_stored_configuration(void **state)
{
    MPR_SERVER_0 *info = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(get_config(0, &info), NO_ERROR);
    assert_int_equal(info->fLanOnlyMode, FALSE);
    assert_int_equal(info->dwUpTime, 0);
    assert_int_equal(info->dwPortsInUse, 0);
    assert_true(info->dwTotalPorts > 0);
    assert_int_equal(MprConfigBufferFree(info), NO_ERROR);
}

/* More than MaxWanEndpoints was at the start: stored, and of use after the next start. */
static void more_than_this_start_allows(void **state)
{
    MPR_SERVER_2 much = {1001, 3, 30000, 3, 1000, 1};

    (void)state;
    assert_int_equal(set_admin(2, &much), ERROR_SUCCESS_REBOOT_REQUIRED);
    assert_int_equal(set_config(2, &much), ERROR_SUCCESS_REBOOT_REQUIRED);
    expect_2(&families[0], &much);
    assert_int_equal(fixture_run_self("restart"), 0);
}

static DWORD class_value(const WCHAR *component, const WCHAR *name)
{
    WCHAR number[16], found[64];
    DWORD value = 0xdeadbeef, size = sizeof(value), units = 16, bytes = sizeof(found);
    HKEY key;

    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, CLASS, 0, KEY_READ, &key), 0);
    for (DWORD i = 0; RegEnumKeyExW(key, i, number, &units, NULL, NULL, NULL, NULL) == 0; i++) {
        if (RegGetValueW(key, number, L"ComponentId", RRF_RT_REG_SZ, NULL, found, &bytes) == 0 &&
            wcscmp(found, component) == 0)
            RegGetValueW(key, number, name, RRF_RT_REG_DWORD, NULL, &value, &size);
        units = 16;
        bytes = sizeof(found);
    }
    RegCloseKey(key);
    return value;
}

static void stands_where_windows_keeps_it(void **state)
{
    MPR_SERVER_2 two = {17, 3, 18, 2, 19, 1};

    (void)state;
    assert_int_equal(set_config(2, &two), NO_ERROR);
    assert_int_equal(class_value(L"ms_pptpminiport", L"WanEndpoints"), 17);
    assert_int_equal(class_value(L"ms_pptpminiport", L"EnableForRas"), 1);
    assert_int_equal(class_value(L"ms_l2tpminiport", L"WanEndpoints"), 18);
    assert_int_equal(class_value(L"ms_l2tpminiport", L"EnableForRas"), 0);
    assert_int_equal(class_value(L"ms_l2tpminiport", L"EnableForRouting"), 1);
    assert_int_equal(class_value(L"ms_sstpminiport", L"WanEndpoints"), 19);
}

/* In a process of its own: what was too much for the former start is not for this one. */
static int after_restart(void)
{
    MPR_SERVER_2 much = {1001, 3, 30000, 3, 1000, 1}, *got = NULL;
    int failed = 0;

    if (MprAdminServerConnect(NULL, &server) || get_admin(2, &got)) return 1;
    failed |= memcmp(got, &much, sizeof(much)) ? 2 : 0;
    failed |= set_admin(2, &much) ? 4 : 0;
    MprAdminBufferFree(got);
    MprAdminServerDisconnect(server);
    return failed;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_round_trip),
        cmocka_unit_test(bad_values_store_nothing),
        cmocka_unit_test(bad_levels_and_buffers),
        cmocka_unit_test(bad_handles),
        cmocka_unit_test(level_0_of_the_stored_configuration),
        cmocka_unit_test(stands_where_windows_keeps_it),
        cmocka_unit_test(more_than_this_start_allows),
    };

    (void)argv;
    if (argc > 1) {
        fixture_registry_keep();
        return after_restart();
    }
    fixture_registry(ROUTER_RAS_LAN_WAN);
    server = fixture_connect();
    if (MprConfigServerConnect(NULL, &config)) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
