/* The count of shared routers, which their handles begin by. */
#include "win32_test.h"

#include "win32/sys/router_runs.h"
#include "win32/sys/router_stopped.h"

#define ROOT_PATH L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess"
#define RUNS_PATH ROOT_PATH L"\\Runs"

static void test_each_is_one_more(void **state)
{
    uint32_t first = router_runs_next(77);

    (void)state;
    for (uint32_t n = 1; n < 5; n++) assert_int_equal(router_runs_next(77), first + n);
}

static void test_garbage_gives_the_fallback(void **state)
{
    HKEY key;

    (void)state;
    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, RUNS_PATH, 0, KEY_ALL_ACCESS, &key), 0);
    assert_int_equal(RegSetValueExW(key, L"Count", 0, REG_SZ, (const BYTE *)L"x", 4), 0);
    assert_int_equal(router_runs_next(77), 77);
    assert_int_equal(RegDeleteValueW(key, L"Count"), 0);
    assert_int_equal(router_runs_next(77), 77);
    assert_int_equal(router_runs_next(77), 78);
    RegCloseKey(key);
}

/* It goes with Wine's server: nothing can be kept below a volatile key. */
static void test_the_key_is_volatile(void **state)
{
    HKEY below;

    (void)state;
    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, RUNS_PATH L"\\Kept", 0, NULL, 0,
                                     KEY_ALL_ACCESS, NULL, &below, NULL),
                     ERROR_CHILD_MUST_BE_VOLATILE);
}

static void count_one(void)
{
    router_runs_next(0);
}

static void stop_router(void)
{
    router_set_stopped(true);
}

static void (*const makes_volatile[])(void) = {count_one, stop_router};

/* In a prefix that no router has been in, what is first made is volatile; what is stored later is
 * not. */
static void test_the_configuration_beside_it_is_kept(void **state)
{
    HKEY key;

    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(makes_volatile); i++) {
        RegDeleteTreeW(HKEY_LOCAL_MACHINE, ROOT_PATH);
        makes_volatile[i]();
        assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, ROOT_PATH L"\\Interfaces", 0, NULL,
                                         REG_OPTION_NON_VOLATILE, KEY_ALL_ACCESS, NULL, &key, NULL),
                         0);
        RegCloseKey(key);
    }
    router_set_stopped(false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_is_one_more),
        cmocka_unit_test(test_garbage_gives_the_fallback),
        cmocka_unit_test(test_the_key_is_volatile),
        cmocka_unit_test(test_the_configuration_beside_it_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
