/* rtm.dll by itself: its names, and what it answers where there is no router. */
#include "win32/win32_test.h"

#include "rtmdll/rtm_calls.h"

static HMODULE rtm;

static FARPROC function(const char *name)
{
    FARPROC found = GetProcAddress(rtm, name);

    if (!found) fail_msg("rtm.dll has no %s", name);
    return found;
}

static void test_all_names_are_there(void **state)
{
    (void)state;
#define NAME(name, parameters) function("Rtm" #name);
    RTM_CALLS(NAME)
    function("RtmConvertNetAddressToIpv6AddressAndLength");
    function("RtmRegisterClient");
    function("MgmRegisterMProtocol");
    assert_non_null(GetProcAddress(rtm, MAKEINTRESOURCEA(RTM_BIND_ORDINAL)));
}

static void test_without_a_router(void **state)
{
    typedef DWORD WINAPI six(ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR);
    typedef DWORD WINAPI one(ULONG_PTR);
    typedef DWORD_PTR WINAPI four(ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR);

    (void)state;
    assert_int_equal(((six *)(void *)function("RtmRegisterEntity"))(0, 0, 0, 0, 0, 0),
                     ERROR_SERVICE_NOT_ACTIVE);
    assert_int_equal(((one *)(void *)function("RtmDeregisterEntity"))(1), ERROR_INVALID_HANDLE);
    SetLastError(0);
    assert_int_equal(((four *)(void *)function("RtmRegisterClient"))(1, 8, 0, 0), 0);
    assert_int_equal(GetLastError(), ERROR_NOT_SUPPORTED);
    assert_int_equal(((four *)(void *)function("MgmRegisterMProtocol"))(0, 0, 0, 0),
                     ERROR_NOT_SUPPORTED);
}

/* Words go through as they are, and results come back. */
static DWORD WINAPI sum(ULONG_PTR a, ULONG_PTR b, ULONG_PTR c, ULONG_PTR d)
{
    return (DWORD)(a + 10 * b + 100 * c + 1000 * d);
}

static void test_calls_are_passed_on(void **state)
{
    typedef DWORD WINAPI four(ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR);
    static struct rtm_calls calls = {.count = RTM_CALL_COUNT - 1};
    rtm_bind_fn *bind =
        (rtm_bind_fn *)(void *)GetProcAddress(rtm, MAKEINTRESOURCEA(RTM_BIND_ORDINAL));

    (void)state;
    calls.call[RTM_CALL_AddNextHop] = (rtm_call *)(void *)sum;
    assert_int_equal(bind(&calls), 0);
    assert_int_equal(((four *)(void *)function("RtmAddNextHop"))(1, 2, 3, 4), ERROR_INVALID_HANDLE);
    calls.count = RTM_CALL_COUNT;
    assert_int_equal(bind(&calls), 1);
    assert_int_equal(((four *)(void *)function("RtmAddNextHop"))(1, 2, 3, 4), 4321);
}

static int load(void **state)
{
    (void)state;
    rtm = LoadLibraryA("rtm.dll");
    assert_non_null(rtm);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_names_are_there),
        cmocka_unit_test(test_without_a_router),
        cmocka_unit_test(test_calls_are_passed_on),
    };

    return cmocka_run_group_tests(tests, load, NULL);
}
