#include "rtutils_test.h"

#define TEXT_MAX (1u << 20)

static HKEY open_component(const WCHAR *component)
{
    WCHAR path[256];
    HKEY key;

    _snwprintf(path, ARRAYSIZE(path), L"SOFTWARE\\Microsoft\\Tracing\\%ls", component);
    assert_int_equal(
        RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL),
        ERROR_SUCCESS);
    return key;
}

void test_set_number(const WCHAR *component, const WCHAR *name, DWORD value)
{
    HKEY key = open_component(component);

    assert_int_equal(RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value, sizeof(value)),
                     0);
    RegCloseKey(key);
}

void test_set_directory(const WCHAR *component, const WCHAR *directory)
{
    HKEY key = open_component(component);

    assert_int_equal(RegSetValueExW(key, L"FileDirectory", 0, REG_EXPAND_SZ,
                                    (const BYTE *)directory,
                                    (DWORD)((wcslen(directory) + 1) * sizeof(WCHAR))),
                     0);
    RegCloseKey(key);
}

DWORD test_number(const WCHAR *component, const WCHAR *name)
{
    HKEY key = open_component(component);
    DWORD value, size = sizeof(value);

    if (RegGetValueW(key, NULL, name, RRF_RT_REG_DWORD, NULL, &value, &size)) value = 0xDEAD;
    RegCloseKey(key);
    return value;
}

static const WCHAR *own_folder(const WCHAR *component)
{
    static WCHAR path[MAX_PATH];
    WCHAR temporary[MAX_PATH];

    GetTempPathW(MAX_PATH, temporary);
    _snwprintf(path, MAX_PATH, L"%lstrace\\%ls", temporary, component);
    return path;
}

const WCHAR *test_use_own_folder(const WCHAR *component)
{
    const WCHAR *folder = own_folder(component);

    test_set_directory(component, folder);
    return folder;
}

static void path_of(const WCHAR *component, const WCHAR *extension, WCHAR path[2 * MAX_PATH])
{
    _snwprintf(path, 2 * MAX_PATH, L"%ls\\%ls.%ls", own_folder(component), component, extension);
}

const char *test_file(const WCHAR *component, const WCHAR *extension)
{
    static char text[TEXT_MAX + 1];
    WCHAR path[2 * MAX_PATH];
    DWORD size = 0;
    HANDLE file;

    path_of(component, extension, path);
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                       NULL, OPEN_EXISTING, 0, NULL);
    if (file != INVALID_HANDLE_VALUE) {
        assert_true(ReadFile(file, text, TEXT_MAX, &size, NULL));
        CloseHandle(file);
    }
    text[size] = 0;
    return text;
}

void test_delete_files(const WCHAR *component)
{
    WCHAR path[2 * MAX_PATH];

    path_of(component, L"LOG", path);
    DeleteFileW(path);
    path_of(component, L"OLD", path);
    DeleteFileW(path);
}
