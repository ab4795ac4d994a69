/* What was set as a credential is in no value of the registry, no file of the phone book and no
 * line of the log, in no encoding that a search would find. */
#include "api/support/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define SERVICE L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess"

static WCHAR user[] = L"SecretUser4711", domain[] = L"SecretDomain47",
             password[] = L"SecretWord4711";
static char key[] = "SecretKey4711", eap[] = "SecretEap4711";

static const char *const secrets[] = {"SecretUser4711", "SecretDomain47", "SecretWord4711",
                                      "SecretKey4711", "SecretEap4711"};

/* One byte a character, or two. */
static BOOL found(const BYTE *data, size_t size, const char *text, size_t width)
{
    const size_t length = strlen(text);

    for (size_t i = 0; i + length * width <= size; i++) {
        size_t n = 0;

        while (n < length && data[i + n * width] == (BYTE)text[n]) n++;
        if (n == length) return TRUE;
    }
    return FALSE;
}

static void assert_clean(const char *where, const void *data, size_t size)
{
    for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
        if (found(data, size, secrets[i], 1) || found(data, size, secrets[i], 2)) {
            print_error("%s in %s\n", secrets[i], where);
            fail();
        }
    }
}

static unsigned values_seen;

static void search_registry(const WCHAR *path)
{
    static BYTE data[65536];
    WCHAR name[512], below[600];
    HKEY handle;

    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &handle), ERROR_SUCCESS);
    for (DWORD i = 0;; i++) {
        DWORD units = 512, size = sizeof(data);

        if (RegEnumValueW(handle, i, name, &units, NULL, NULL, data, &size)) break;
        assert_clean("a registry value", data, size);
        assert_clean("a value's name", name, units * sizeof(WCHAR));
        values_seen++;
    }
    for (DWORD i = 0;; i++) {
        DWORD units = 512;

        if (RegEnumKeyExW(handle, i, name, &units, NULL, NULL, NULL, NULL)) break;
        swprintf(below, 600, L"%ls\\%ls", path, name);
        search_registry(below);
    }
    RegCloseKey(handle);
}

static size_t search_file(const char *name)
{
    static char text[1 << 20];
    char path[MAX_PATH * 2];
    size_t size;
    FILE *file;

    snprintf(path, sizeof(path), "%s\\%s", getenv("TEMP"), name);
    file = fopen(path, "rb");
    assert_non_null(file);
    size = fread(text, 1, sizeof(text), file);
    fclose(file);
    assert_clean(name, text, size);
    return size;
}

static void nowhere(void **state)
{
    char log[MAX_PATH * 2];

    (void)state;
    snprintf(log, sizeof(log), "%s\\secrecy.log", getenv("TEMP"));
    remove(log);
    SetEnvironmentVariableA("MPRAPI_LOG", log);
    SetEnvironmentVariableA("MPRAPI_LOG_LEVEL", "debug");
    assert_int_equal(fixture_run_self("child"), 0);
    SetEnvironmentVariableA("MPRAPI_LOG", NULL);
    assert_true(search_file("secrecy.log") > 100);
    assert_true(search_file("mprapi-test.pbk") > 100);
    search_registry(SERVICE);
    assert_true(values_seen >= 3);
}

static int child(void)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
    MPR_CREDENTIALSEX_1 c = {.dwSize = sizeof(key), .lpbCredentialsInfo = (BYTE *)key};
    MPR_CREDENTIALSEX_0 e = {.dwSize = sizeof(eap), .lpbCredentialsInfo = (BYTE *)eap};
    WCHAR branch[] = L"Branch", text[600];
    BYTE *buffer = NULL;
    HANDLE handle = NULL;

    wcscpy(info.wszInterfaceName, branch);
    if (MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle)) return 1;
    if (MprAdminInterfaceSetCredentials(NULL, branch, user, domain, password)) return 2;
    if (MprAdminInterfaceGetCredentials(NULL, branch, text, NULL, NULL)) return 3;
    if (MprAdminInterfaceSetCredentialsEx(server, handle, 1, (BYTE *)&c)) return 4;
    if (MprAdminInterfaceSetCredentialsEx(server, handle, 0, (BYTE *)&e)) return 5;
    if (MprAdminInterfaceGetCredentialsEx(server, handle, 1, &buffer)) return 6;
    /* Refused ones are no more to be read. */
    password[0] = L'S';
    if (MprAdminInterfaceSetCredentials(NULL, NULL, user, domain, password) == NO_ERROR) return 7;
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nowhere)};

    if (argc > 1 && !strcmp(argv[1], "child")) return child();
    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_entry("Branch");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
