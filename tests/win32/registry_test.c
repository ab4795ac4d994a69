#include "win32_test.h"

#include <aclapi.h>
#include <string.h>

#include "base/mem.h"
#include "win32/sys/no_interface_macro.h"
#include "win32/sys/registry.h"

static HKEY open_test_key(void)
{
    HKEY key = NULL;

    assert_int_equal(registry_open(L"Parameters\\Test", KEY_ALL_ACCESS, true, &key), ST_OK);
    return key;
}

static void test_missing(void **state)
{
    HKEY key = open_test_key(), none = NULL;
    WCHAR *text = NULL;
    struct blob blob = {NULL, 0};
    DWORD number = 5;

    (void)state;
    assert_int_equal(registry_open(L"No\\Such\\Key", KEY_READ, false, &none), ERROR_FILE_NOT_FOUND);
    assert_int_equal(registry_get_dword(key, L"none", &number), ERROR_FILE_NOT_FOUND);
    assert_int_equal(number, 5);
    assert_int_equal(registry_get_text(key, L"none", &text), ERROR_FILE_NOT_FOUND);
    assert_int_equal(registry_get_blob(key, L"none", &blob), ERROR_FILE_NOT_FOUND);
    RegCloseKey(key);
}

/* Also one that is too long to be opened at once. */
static void test_long_paths(void **state)
{
    WCHAR path[600] = L"Parameters";
    HKEY key;
    DWORD number = 0;

    (void)state;
    for (DWORD parts = 1; parts <= 2; parts++) {
        size_t length = wcslen(path);

        path[length++] = L'\\';
        for (size_t n = 0; n < 250; n++) path[length++] = L'k';
        path[length] = 0;
        assert_int_equal(registry_open(path, KEY_READ, false, &key), ERROR_FILE_NOT_FOUND);
        assert_int_equal(registry_open(path, KEY_ALL_ACCESS, true, &key), ST_OK);
        assert_int_equal(registry_set_dword(key, L"Parts", parts), ST_OK);
        RegCloseKey(key);
        assert_int_equal(registry_open(path, KEY_READ, false, &key), ST_OK);
        assert_int_equal(registry_get_dword(key, L"Parts", &number), ST_OK);
        RegCloseKey(key);
        assert_int_equal(number, parts);
    }
}

static void test_round_trips(void **state)
{
    static const WCHAR multi[] = L"1 00:00-24:00\0002 08:00-18:00\0";
    HKEY key = open_test_key();
    WCHAR *text = NULL;
    struct blob blob = {NULL, 0};
    uint8_t *large = mem_alloc(300000);
    DWORD number = 0;

    (void)state;
    assert_int_equal(registry_set_dword(key, L"n", 0xFFFFFFFFu), ST_OK);
    assert_int_equal(registry_get_dword(key, L"n", &number), ST_OK);
    assert_int_equal(number, 0xFFFFFFFFu);

    assert_int_equal(registry_set_text(key, L"t", REG_SZ, L"wan-1"), ST_OK);
    assert_int_equal(registry_get_text(key, L"t", &text), ST_OK);
    assert_int_equal(wcscmp(text, L"wan-1"), 0);
    mem_free(text);

    assert_int_equal(registry_set_text(key, L"m", REG_MULTI_SZ, multi), ST_OK);
    assert_int_equal(registry_get_text(key, L"m", &text), ST_OK);
    assert_memory_equal(text, multi, sizeof(multi));
    mem_free(text);
    assert_int_equal(registry_set_text(key, L"m", REG_MULTI_SZ, NULL), ST_OK);
    assert_int_equal(registry_get_text(key, L"m", &text), ERROR_FILE_NOT_FOUND);

    memset(large, 0x5A, 300000);
    assert_int_equal(registry_set_blob(key, L"b", large, 300000), ST_OK);
    assert_int_equal(registry_get_blob(key, L"b", &blob), ST_OK);
    assert_int_equal(blob.size, 300000);
    assert_memory_equal(blob.data, large, 300000);
    assert_int_equal(registry_set_blob(key, L"b", NULL, 0), ST_OK);
    assert_int_equal(registry_get_blob(key, L"b", &blob), ST_OK);
    assert_int_equal(blob.size, 0);
    mem_free(large);
    RegCloseKey(key);
}

static void test_wrong_types(void **state)
{
    static const BYTE odd[3] = {'a', 0, 'b'};
    HKEY key = open_test_key();
    WCHAR *text = NULL;
    struct blob blob = {NULL, 0};
    DWORD number = 0;

    (void)state;
    registry_set_text(key, L"text", REG_SZ, L"a longer text than a number");
    registry_set_dword(key, L"number", 1);
    RegSetValueExW(key, L"odd", 0, REG_SZ, odd, sizeof(odd));
    RegSetValueExW(key, L"short", 0, REG_DWORD, odd, 2);
    assert_int_equal(registry_get_dword(key, L"text", &number), ST_INVALID_DATA);
    assert_int_equal(registry_get_dword(key, L"short", &number), ST_INVALID_DATA);
    assert_int_equal(registry_get_text(key, L"number", &text), ST_INVALID_DATA);
    assert_int_equal(registry_get_text(key, L"odd", &text), ST_INVALID_DATA);
    assert_int_equal(registry_get_blob(key, L"text", &blob), ST_INVALID_DATA);
    RegCloseKey(key);
}

static void test_unterminated_text(void **state)
{
    static const WCHAR raw[2] = {L'o', L'k'};
    HKEY key = open_test_key();
    WCHAR *text = NULL;

    (void)state;
    RegSetValueExW(key, L"raw", 0, REG_SZ, (const BYTE *)raw, sizeof(raw));
    assert_int_equal(registry_get_text(key, L"raw", &text), ST_OK);
    assert_int_equal(wcscmp(text, L"ok"), 0);
    mem_free(text);
    RegCloseKey(key);
}

static void test_numbers(void **state)
{
    static const WCHAR *const names[] = {L"10", L"9",          L"0",          L"007",
                                         L"x",  L"4294967295", L"4294967296", L"-1"};
    static const DWORD expected[] = {0, 9, 10, 4294967295u};
    HKEY key = NULL, below;
    DWORD *numbers = NULL, count = 0;

    (void)state;
    assert_int_equal(registry_open(L"Parameters\\Numbers", KEY_ALL_ACCESS, true, &key), ST_OK);
    for (size_t i = 0; i < ARRAYSIZE(names); i++) {
        assert_int_equal(registry_open_below(key, names[i], KEY_READ, true, &below), ST_OK);
        RegCloseKey(below);
    }
    assert_int_equal(registry_numbers(key, &numbers, &count), ST_OK);
    assert_int_equal(count, ARRAYSIZE(expected));
    assert_memory_equal(numbers, expected, sizeof(expected));
    mem_free(numbers);
    RegCloseKey(key);
}

/* The root that we make is for administrators and the system only. */
static void test_root_descriptor(void **state)
{
    PSECURITY_DESCRIPTOR descriptor = NULL;
    PACL dacl = NULL;
    HKEY key = NULL;

    (void)state;
    assert_int_equal(registry_open(NULL, KEY_READ, true, &key), ST_OK);
    assert_int_equal(GetSecurityInfo(key, SE_REGISTRY_KEY, DACL_SECURITY_INFORMATION, NULL, NULL,
                                     &dacl, NULL, &descriptor),
                     ERROR_SUCCESS);
    assert_non_null(dacl);
    for (DWORD i = 0; i < dacl->AceCount; i++) {
        ACCESS_ALLOWED_ACE *ace = NULL;
        PSID sid;

        assert_true(GetAce(dacl, i, (void **)&ace));
        sid = &ace->SidStart;
        assert_true(IsWellKnownSid(sid, WinBuiltinAdministratorsSid) ||
                    IsWellKnownSid(sid, WinLocalSystemSid));
    }
    LocalFree(descriptor);
    RegCloseKey(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        /* first: it makes the root */
        cmocka_unit_test(test_root_descriptor),   cmocka_unit_test(test_missing),
        cmocka_unit_test(test_round_trips),       cmocka_unit_test(test_wrong_types),
        cmocka_unit_test(test_unterminated_text), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_long_paths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
