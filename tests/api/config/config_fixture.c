#include "api/config/config_fixture.h"

HANDLE config;
HANDLE bad_handles[BAD_HANDLES];

static HKEY open_key(const WCHAR *key, BOOL create)
{
    WCHAR path[256];
    HKEY ret = NULL;

    wcscpy_s(path, 256, ROOT L"\\");
    wcscat_s(path, 256, key);
    if (create)
        RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &ret, NULL);
    else
        RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &ret);
    return ret;
}

/* Without it the machine has the default router managers. */
static void make_empty(const WCHAR *key)
{
    RegCloseKey(open_key(key, TRUE));
}

void remove_key(const WCHAR *key)
{
    WCHAR path[256];

    wcscpy_s(path, 256, ROOT L"\\");
    wcscat_s(path, 256, key);
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, path);
    RegDeleteKeyW(HKEY_LOCAL_MACHINE, path);
}

/* A handle that was good once, and ones that never were. */
static void make_bad_handles(void)
{
    HANDLE stale;

    assert_int_equal(MprConfigServerConnect(NULL, &stale), NO_ERROR);
    MprConfigServerDisconnect(stale);
    bad_handles[0] = NULL;
    bad_handles[1] = INVALID_HANDLE_VALUE;
    bad_handles[2] = GARBAGE;
    bad_handles[3] = &stale;
    bad_handles[4] = stale;
    bad_handles[5] = (HANDLE)(ULONG_PTR)1;
}

int fixture_start(void **state)
{
    (void)state;
    remove_key(L"RouterManagers");
    remove_key(L"Interfaces");
    make_empty(L"RouterManagers");
    make_bad_handles();
    config = GARBAGE;
    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    return 0;
}

int fixture_end(void **state)
{
    (void)state;
    MprConfigServerDisconnect(config);
    return 0;
}

DWORD stored_bytes(const WCHAR *key, const WCHAR *name, void *data, DWORD size)
{
    HKEY handle = open_key(key, FALSE);

    if (!handle || RegQueryValueExW(handle, name, NULL, NULL, data, &size)) size = 0;
    RegCloseKey(handle);
    return size;
}

DWORD stored_dword(const WCHAR *key, const WCHAR *name)
{
    DWORD value = 0;

    assert_int_equal(stored_bytes(key, name, &value, sizeof(value)), sizeof(value));
    return value;
}

void store_text(const WCHAR *key, const WCHAR *name, DWORD type, const WCHAR *text, DWORD bytes)
{
    HKEY handle = open_key(key, TRUE);

    assert_non_null(handle);
    assert_int_equal(RegSetValueExW(handle, name, 0, type, (const BYTE *)text, bytes), 0);
    RegCloseKey(handle);
}

void store_dword(const WCHAR *key, const WCHAR *name, DWORD value)
{
    HKEY handle = open_key(key, TRUE);

    assert_non_null(handle);
    assert_int_equal(
        RegSetValueExW(handle, name, 0, REG_DWORD, (const BYTE *)&value, sizeof(value)), 0);
    RegCloseKey(handle);
}

HANDLE make_interface(const WCHAR *name, DWORD type)
{
    MPR_INTERFACE_0 info;
    HANDLE ret = GARBAGE;

    memset(&info, 0, sizeof(info));
    wcscpy_s(info.wszInterfaceName, MAX_INTERFACE_NAME_LEN + 1, name);
    info.fEnabled = TRUE;
    info.dwIfType = (ROUTER_INTERFACE_TYPE)type;
    assert_int_equal(MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &ret), NO_ERROR);
    return ret;
}
