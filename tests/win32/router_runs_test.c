/* The count of shared routers, which their handles begin by. */
#include "win32_test.h"

#include "win32/sys/router_runs.h"

#define RUNS_PATH L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Runs"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_is_one_more),
        cmocka_unit_test(test_garbage_gives_the_fallback),
        cmocka_unit_test(test_the_key_is_volatile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
