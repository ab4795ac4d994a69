/* The machine before the router: registry, phone book, processes. Calls nothing of the DLL. */
#include "api/support/fixture.h"
#include "support/start_process.h"

#include <tlhelp32.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOT L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess"

static WCHAR phonebook_path[MAX_PATH];
static char phonebook_text[65536]; /* as last read or written */

static HKEY open_key(const WCHAR *path)
{
    WCHAR full[512] = ROOT;
    HKEY key;

    if (path && *path) {
        wcscat(full, L"\\");
        wcscat(full, path);
    }
    assert_int_equal(
        RegCreateKeyExW(HKEY_LOCAL_MACHINE, full, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL),
        ERROR_SUCCESS);
    return key;
}

void fixture_set_dword(const WCHAR *path, const WCHAR *name, DWORD value)
{
    HKEY key = open_key(path);

    assert_int_equal(RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value, sizeof(value)),
                     ERROR_SUCCESS);
    RegCloseKey(key);
}

void fixture_set_text(const WCHAR *path, const WCHAR *name, const WCHAR *text)
{
    HKEY key = open_key(path);

    assert_int_equal(RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)text,
                                    (DWORD)((wcslen(text) + 1) * sizeof(WCHAR))),
                     ERROR_SUCCESS);
    RegCloseKey(key);
}

void fixture_catalogue(const WCHAR *manager, const WCHAR *name, DWORD id, const WCHAR *dll)
{
    WCHAR path[200];
    HKEY key = NULL;

    swprintf(path, 200, L"SOFTWARE\\Microsoft\\Router\\CurrentVersion\\RouterManagers\\%ls\\%ls",
             manager, name);
    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0,
                                     KEY_ALL_ACCESS | KEY_WOW64_64KEY, NULL, &key, NULL),
                     ERROR_SUCCESS);
    RegSetValueExW(key, L"ProtocolId", 0, REG_DWORD, (const BYTE *)&id, sizeof(id));
    RegSetValueExW(key, L"DllName", 0, REG_SZ, (const BYTE *)dll,
                   (DWORD)((wcslen(dll) + 1) * sizeof(WCHAR)));
    RegCloseKey(key);
}

void fixture_delete_value(const WCHAR *path, const WCHAR *name)
{
    HKEY key = open_key(path);

    RegDeleteValueW(key, name);
    RegCloseKey(key);
}

void fixture_registry_keep(void)
{
    on_windows_ask_leave();
    GetTempPathW(MAX_PATH, phonebook_path);
    wcscat(phonebook_path, L"mprapi-test.pbk");
}

void fixture_registry(DWORD router_type)
{
    HKEY key;

    on_windows_ask_leave();
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, ROOT, 0, KEY_ALL_ACCESS, &key) == ERROR_SUCCESS) {
        RegDeleteTreeW(key, NULL);
        RegCloseKey(key);
    }
    fixture_registry_keep();
    fixture_set_dword(L"Parameters", L"RouterType", router_type);
    fixture_set_text(L"Parameters", L"PhonebookPath", phonebook_path);
    fixture_phonebook("");
}

void fixture_no_transports(void)
{
    RegCloseKey(open_key(L"RouterManagers"));
}

/* The router may have it open just then, to read it or to put another one there. */
static HANDLE open_phonebook(DWORD access, DWORD disposition)
{
    const DWORD share = access == GENERIC_READ ? FILE_SHARE_READ : 0;
    HANDLE file = INVALID_HANDLE_VALUE;

    for (unsigned tries = 0; tries < 1000 && file == INVALID_HANDLE_VALUE; tries++) {
        if (tries > 0) Sleep(10);
        file = CreateFileW(phonebook_path, access, share, NULL, disposition, 0, NULL);
        if (file == INVALID_HANDLE_VALUE && GetLastError() != ERROR_SHARING_VIOLATION) break;
    }
    return file;
}

void fixture_phonebook(const char *text)
{
    HANDLE file;
    DWORD written;

    phonebook_text[0] = 0;
    if (!text) {
        DeleteFileW(phonebook_path);
        return;
    }
    if (strlen(text) < sizeof(phonebook_text)) strcpy(phonebook_text, text);
    file = open_phonebook(GENERIC_WRITE, CREATE_ALWAYS);
    assert_ptr_not_equal(file, INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, text, (DWORD)strlen(text), &written, NULL));
    CloseHandle(file);
}

/* The file may have been written by the router meanwhile. */
static void read_phonebook(void)
{
    HANDLE file = open_phonebook(GENERIC_READ, OPEN_EXISTING);
    DWORD size = 0;

    if (file != INVALID_HANDLE_VALUE) {
        assert_true(ReadFile(file, phonebook_text, sizeof(phonebook_text) - 1, &size, NULL));
        CloseHandle(file);
    }
    phonebook_text[size] = 0;
}

static void add_entry(const char *name, const char *media)
{
    char text[sizeof(phonebook_text)];

    read_phonebook();
    snprintf(text, sizeof(text),
             "%s[%s]\r\nEncoding=1\r\nPBVersion=1\r\nType=2\r\nVpnStrategy=0\r\n"
             "RedialAttempts=0\r\nRedialSeconds=1\r\nIdleDisconnectSeconds=0\r\n%s\r\n",
             phonebook_text, name, media);
    fixture_phonebook(text);
}

void fixture_entry(const char *name)
{
    add_entry(name, "MEDIA=rastapi\r\nPort=VPN2-0\r\nDevice=Test link\r\n"
                    "DEVICE=vpn\r\nPhoneNumber=192.0.2.1\r\n");
}

void fixture_entry_without_device(const char *name)
{
    add_entry(name, "");
}

void fixture_admin_dlls(const WCHAR *list)
{
    HKEY key;

    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\RAS\\AdminDll", 0,
                                     NULL, 0, KEY_ALL_ACCESS | KEY_WOW64_64KEY, NULL, &key, NULL),
                     ERROR_SUCCESS);
    RegSetValueExW(key, L"DLLPath", 0, REG_SZ, (const BYTE *)list,
                   (DWORD)((wcslen(list) + 1) * sizeof(WCHAR)));
    RegCloseKey(key);
}

void fixture_dialer(const WCHAR *name, const struct fixture_dialer *dialer)
{
    WCHAR path[400] = L"Parameters\\Dialers\\";

    OURS_ALONE("scripted dialers");
    wcscat(path, name);
    fixture_set_text(path, L"Kind", L"scripted");
    fixture_set_dword(path, L"Outcome", dialer->outcome);
    fixture_set_dword(path, L"FailFirst", dialer->fail_first);
    fixture_set_dword(path, L"Delay", dialer->delay);
    fixture_set_dword(path, L"DropAfter", dialer->drop_after);
    if (dialer->address) {
        fixture_set_text(path, L"Address", dialer->address);
        fixture_set_text(path, L"Mask", L"255.255.255.0");
    }
}

static void end_process(DWORD id)
{
    HANDLE process = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, id);

    if (!process) return;
    TerminateProcess(process, 0);
    assert_int_equal(WaitForSingleObject(process, 60000), WAIT_OBJECT_0);
    CloseHandle(process);
}

/* The router's process of this prefix, which each test program has to itself. */
static void end_router(void)
{
    PROCESSENTRY32W entry = {.dwSize = sizeof(entry)};
    HANDLE list = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);

    assert_ptr_not_equal(list, INVALID_HANDLE_VALUE);
    for (BOOL more = Process32FirstW(list, &entry); more; more = Process32NextW(list, &entry)) {
        if (!lstrcmpiW(entry.szExeFile, L"mprsvc.exe")) end_process(entry.th32ProcessID);
    }
    CloseHandle(list);
}

bool fixture_router_is_apart(void)
{
    const char *router = getenv("MPRAPI_ROUTER");

    return router && !strcmp(router, "shared");
}

DWORD fixture_run_self(const char *argument)
{
    if (fixture_router_is_apart()) end_router();
    return fixture_run_beside(argument);
}

DWORD fixture_run_beside(const char *argument)
{
    HANDLE process = start_self(argument, TRUE);
    DWORD code = 0xdead;

    assert_non_null(process);
    assert_true(await_end(process, 60000, &code));
    return code;
}
