/* MprAdminServerSetCredentials and MprAdminServerGetCredentials: the pre-shared key of the server.
 */
#include "api/support/fixture.h"

#include <string.h>

#define ROOT L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess"

static MPR_SERVER_HANDLE server;
static char key_text[] = "correct horse battery staple";

static DWORD set_key(const void *data, DWORD size)
{
    MPR_CREDENTIALSEX_1 info = {size, (BYTE *)(ULONG_PTR)data};

    return MprAdminServerSetCredentials(server, 0, (BYTE *)&info);
}

static int key_is(const void *data, DWORD size)
{
    MPR_CREDENTIALSEX_1 *info = UNTOUCHED_PTR;
    int equal;

    if (MprAdminServerGetCredentials(server, 0, (BYTE **)&info)) return 0;
    equal = info->dwSize == size && (!size || !memcmp(info->lpbCredentialsInfo, data, size));
    if (!size) equal = equal && !info->lpbCredentialsInfo;
    return MprAdminBufferFree(info) == NO_ERROR && equal;
}

static void without_a_key(void **state)
{
    (void)state;
    assert_true(key_is(NULL, 0));
    assert_int_equal(set_key(NULL, 0), NO_ERROR);
    assert_true(key_is(NULL, 0));
}

static void comes_back_as_it_was_set(void **state)
{
    static const WCHAR wide[] = L"\x4e2d\x6587 key";

    (void)state;
    assert_int_equal(set_key(wide, sizeof(wide)), NO_ERROR);
    assert_true(key_is(wide, sizeof(wide)));
    assert_int_equal(set_key(key_text, sizeof(key_text)), NO_ERROR);
    assert_true(key_is(key_text, sizeof(key_text)));
    assert_int_equal(fixture_run_self("restart"), 0);
    assert_int_equal(set_key(NULL, 0), NO_ERROR);
    assert_true(key_is(NULL, 0));
}

static int holds(const BYTE *data, DWORD size, const char *text, DWORD length)
{
    for (DWORD i = 0; i + length <= size; i++) {
        if (!memcmp(data + i, text, length)) return 1;
    }
    return 0;
}

/* No value below the key has the text in it. */
static void expect_absent(HKEY key, const char *text, DWORD length)
{
    static BYTE data[65536];
    WCHAR name[300];

    for (DWORD i = 0;; i++) {
        DWORD units = 300, size = sizeof(data);

        if (RegEnumValueW(key, i, name, &units, NULL, NULL, data, &size)) break;
        assert_false(holds(data, size, text, length));
    }
    for (DWORD i = 0;; i++) {
        DWORD units = 300;
        HKEY below;

        if (RegEnumKeyExW(key, i, name, &units, NULL, NULL, NULL, NULL)) break;
        assert_int_equal(RegOpenKeyExW(key, name, 0, KEY_READ, &below), 0);
        expect_absent(below, text, length);
        RegCloseKey(below);
    }
}

static void never_in_clear_text_in_the_registry(void **state)
{
    HKEY key;

    (void)state;
    assert_int_equal(set_key(key_text, sizeof(key_text)), NO_ERROR);
    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, ROOT, 0, KEY_READ, &key), 0);
    expect_absent(key, key_text, 8);
    RegCloseKey(key);
}

static void refusals(void **state)
{
    static BYTE long_key[300];
    BYTE *buffer = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprAdminServerSetCredentials(server, 0, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(set_key(NULL, 5), ERROR_INVALID_PARAMETER);
    assert_int_equal(set_key(long_key, sizeof(long_key)), ERROR_INVALID_PARAMETER);
    assert_int_equal(set_key(long_key, 0xffffffff), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminServerSetCredentials(server, 1, NULL), ERROR_NOT_SUPPORTED);
    assert_int_equal(MprAdminServerGetCredentials(server, 0, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminServerGetCredentials(server, 1, &buffer), ERROR_NOT_SUPPORTED);
    assert_null(buffer);
    for (size_t i = 0; i < fixture_garbage_count; i++) {
        HANDLE bad = (HANDLE)fixture_garbage[i];

        buffer = UNTOUCHED_PTR;
        assert_int_equal(MprAdminServerGetCredentials(bad, 0, &buffer), RPC_INVALID_BINDING);
        assert_null(buffer);
        assert_int_equal(MprAdminServerSetCredentials(bad, 0, NULL), RPC_INVALID_BINDING);
    }
}

/* What is stored, but was not protected by this machine. */
static void foreign_protection(void **state)
{
    BYTE *buffer = UNTOUCHED_PTR;
    HKEY key;

    (void)state;
    assert_int_equal(set_key(key_text, sizeof(key_text)), NO_ERROR);
    assert_int_equal(
        RegOpenKeyExW(HKEY_LOCAL_MACHINE, ROOT L"\\Secrets\\Server", 0, KEY_ALL_ACCESS, &key), 0);
    assert_int_equal(RegSetValueExW(key, L"", 0, REG_BINARY, (const BYTE *)"nonsense", 8), 0);
    RegCloseKey(key);
    assert_int_equal(MprAdminServerGetCredentials(server, 0, &buffer), ERROR_INVALID_DATA);
    assert_null(buffer);
    assert_int_equal(set_key(NULL, 0), NO_ERROR);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_key),
        cmocka_unit_test(comes_back_as_it_was_set),
        cmocka_unit_test(never_in_clear_text_in_the_registry),
        cmocka_unit_test(refusals),
        cmocka_unit_test(foreign_protection),
    };

    (void)argv;
    if (argc > 1) {
        fixture_registry_keep();
        return MprAdminServerConnect(NULL, &server) || !key_is(key_text, sizeof(key_text));
    }
    fixture_registry(ROUTER_RAS_LAN_WAN);
    server = fixture_connect();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
