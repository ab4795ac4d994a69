/* MprConfigFilterGetInfo, MprConfigFilterSetInfo, MprConfigServerRefresh. */
#include "api/support/fixture.h"

#ifndef PID_NBF
#define PID_NBF 0x3f
#endif

static const DWORD transports[] = {PID_IP, PID_IPV6, PID_IPX, PID_NBF, PID_ATALK};
static HANDLE config;

static DWORD get(DWORD transport)
{
    MPR_FILTER_0 filter = {(BOOL)UNTOUCHED};

    assert_int_equal(MprConfigFilterGetInfo(config, 0, transport, (BYTE *)&filter), NO_ERROR);
    return (DWORD)filter.fEnabled;
}

static void set(DWORD transport, BOOL on)
{
    MPR_FILTER_0 filter = {on};

    assert_int_equal(MprConfigFilterSetInfo(config, 0, transport, (BYTE *)&filter), NO_ERROR);
}

static void each_transport_has_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(transports) / sizeof(transports[0]); i++) {
        assert_int_equal(get(transports[i]), TRUE);
        set(transports[i], FALSE);
        assert_int_equal(get(transports[i]), FALSE);
    }
    set(PID_IP, 5);
    assert_int_equal(get(PID_IP), TRUE);
    assert_int_equal(get(PID_IPV6), FALSE);
}

static void filters_outlive_the_process(void **state)
{
    (void)state;
    set(PID_IP, FALSE);
    assert_int_equal(fixture_run_self("restart"), 0);
    set(PID_IP, TRUE);
}

static void filter_refusals(void **state)
{
    MPR_FILTER_0 filter = {(BOOL)UNTOUCHED};
    BYTE *buffer = (BYTE *)&filter;

    (void)state;
    assert_int_equal(MprConfigFilterGetInfo(config, 1, PID_IP, buffer), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigFilterGetInfo(config, 0, PID_IP, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigFilterGetInfo(config, 0, 0, buffer), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigFilterGetInfo(config, 0, 0x22, buffer), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigFilterSetInfo(config, 1, PID_IP, buffer), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigFilterSetInfo(config, 0, PID_IP, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigFilterSetInfo(config, 0, 0x22, buffer), ERROR_INVALID_PARAMETER);
    assert_int_equal((DWORD)filter.fEnabled, (DWORD)UNTOUCHED);
    for (size_t i = 0; i < fixture_garbage_count; i++) {
        HANDLE bad = (HANDLE)fixture_garbage[i];

        assert_int_equal(MprConfigFilterGetInfo(bad, 0, PID_IP, buffer), ERROR_INVALID_PARAMETER);
        assert_int_equal(MprConfigFilterSetInfo(bad, 0, PID_IP, buffer), ERROR_INVALID_PARAMETER);
    }
}

static void refresh(void **state)
{
    (void)state;
    assert_int_equal(MprConfigServerRefresh(config), NO_ERROR);
    for (size_t i = 0; i < fixture_garbage_count; i++)
        assert_int_equal(MprConfigServerRefresh((HANDLE)fixture_garbage[i]),
                         ERROR_INVALID_PARAMETER);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_transport_has_its_own),
        cmocka_unit_test(filters_outlive_the_process),
        cmocka_unit_test(filter_refusals),
        cmocka_unit_test(refresh),
    };

    (void)argv;
    if (argc > 1)
        fixture_registry_keep();
    else
        fixture_registry(ROUTER_RAS_LAN_WAN);
    if (MprConfigServerConnect(NULL, &config)) return 1;
    if (argc > 1) return get(PID_IP) != FALSE;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
