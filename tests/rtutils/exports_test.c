/* Every name of rtutils.def is exported by the rtutils.dll that is loaded, which is ours. */
#include "rtutils_test.h"

#include <winver.h>

static HMODULE rtutils(void)
{
    return GetModuleHandleA("rtutils.dll");
}

static void test_names(void **state)
{
    (void)state;
#define NAME(name) \
    if (!GetProcAddress(rtutils(), #name)) fail_msg("rtutils.dll has no %s", #name);
#include "rtutils_names.h"
#undef NAME
}

/* What is linked by name is what is exported by name: neither is a decorated one. */
static void test_the_import_library_leads_there(void **state)
{
    (void)state;
    assert_int_equal(TracePrintfExW(INVALID_TRACEID, 0, L"%s", L"nothing"), 0);
    assert_int_equal(UpdateWaitTimer(NULL, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(RouterGetErrorStringW(0, NULL), ERROR_INVALID_PARAMETER);
    WTFree(NULL);
    WTFreeEvent(NULL);
    WTFreeTimer(NULL);
}

/* Wine's own has another name in it. */
static void test_its_version(void **state)
{
    HRSRC found = FindResourceA(rtutils(), MAKEINTRESOURCEA(1), (LPCSTR)RT_VERSION);
    static const WCHAR ours[] = L"Tracing, logging and waiting for routing protocols";
    const BYTE *data;
    DWORD size, at = 0;

    (void)state;
    assert_non_null(found);
    size = SizeofResource(rtutils(), found);
    data = LockResource(LoadResource(rtutils(), found));
    assert_non_null(data);
    while (at + sizeof(ours) < size && memcmp(data + at, ours, sizeof(ours)) != 0) at++;
    assert_true(at + sizeof(ours) < size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_the_import_library_leads_there),
        cmocka_unit_test(test_its_version),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
