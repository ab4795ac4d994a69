#include "api/config_rest/backup_world.h"
#include "support/start_process.h"

#include <stdio.h>
#include <string.h>

#define ROOT L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess"

HANDLE world_config;
WCHAR world_a[MAX_PATH], world_b[MAX_PATH], world_other[MAX_PATH], world_journal[MAX_PATH];
static WCHAR phonebook[MAX_PATH];

enum { A_INTERFACES = 40, B_INTERFACES = 3 };
static const char book_of_a[] = "[A]\r\nEncoding=1\r\nPBVersion=1\r\nType=2\r\n\r\n";

static void name_folder(WCHAR *path, const WCHAR *name)
{
    GetTempPathW(MAX_PATH, path);
    wcscat(path, name);
}

void world_begin(BOOL first)
{
    name_folder(world_a, L"backup-a\\");
    name_folder(world_b, L"backup-b\\");
    name_folder(world_other, L"backup-other\\");
    name_folder(phonebook, L"mprapi-test.pbk");
    GetWindowsDirectoryW(world_journal, MAX_PATH);
    wcscat(world_journal, sizeof(void *) == 4 ? L"\\Sysnative\\ras\\mprapi-restore\\"
                                              : L"\\System32\\ras\\mprapi-restore\\");
    if (first) {
        world_remove(world_a);
        world_remove(world_b);
        world_remove(world_other);
    }
    assert_int_equal(MprConfigServerConnect(NULL, &world_config), NO_ERROR);
}

static void clear(void)
{
    HKEY key;

    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, ROOT, 0, KEY_ALL_ACCESS, &key), 0);
    RegDeleteTreeW(key, L"Interfaces");
    RegDeleteTreeW(key, L"RouterManagers");
    RegCloseKey(key);
    fixture_no_transports();
    DeleteFileW(phonebook);
}

static void make_interfaces(DWORD count, const WCHAR *prefix)
{
    static BYTE data[300] = "an information block, more or less";

    for (DWORD i = 0; i < count; i++) {
        MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
        HANDLE handle = NULL, transport = NULL;

        _snwprintf(info.wszInterfaceName, MAX_INTERFACE_NAME_LEN, L"%ls \x0416 %lu", prefix, i);
        assert_int_equal(MprConfigInterfaceCreate(world_config, 0, (BYTE *)&info, &handle), 0);
        assert_int_equal(MprConfigInterfaceTransportAdd(world_config, handle, PID_IP, NULL, data,
                                                        sizeof(data) - i, &transport),
                         0);
    }
}

void world_make(char which)
{
    clear();
    if (which == 'A') {
        BYTE info[40] = {1};
        HANDLE transport = NULL;

        make_interfaces(A_INTERFACES, L"A");
        assert_int_equal(MprConfigTransportCreate(world_config, PID_IP, NULL, info, sizeof(info),
                                                  NULL, 0, NULL, &transport),
                         0);
        world_write(phonebook, (const BYTE *)book_of_a, sizeof(book_of_a) - 1);
    } else if (which == 'B') {
        make_interfaces(B_INTERFACES, L"B");
    }
}

static BOOL book_is_a(void)
{
    BYTE data[200];

    return world_read(phonebook, data, sizeof(data)) == sizeof(book_of_a) - 1 &&
           !memcmp(data, book_of_a, sizeof(book_of_a) - 1);
}

static BOOL all_named(const MPR_INTERFACE_0 *rows, DWORD count, WCHAR first)
{
    for (DWORD i = 0; i < count; i++) {
        HANDLE transport = NULL;
        BYTE *info = NULL;
        DWORD size = 0;

        if (rows[i].wszInterfaceName[0] != first ||
            MprConfigInterfaceTransportGetHandle(world_config, rows[i].hInterface, PID_IP,
                                                 &transport) ||
            MprConfigInterfaceTransportGetInfo(world_config, rows[i].hInterface, transport, &info,
                                               &size) ||
            size != 300 - i)
            return FALSE;
        MprConfigBufferFree(info);
    }
    return TRUE;
}

char world_is(void)
{
    DWORD count = 0, total = 0;
    MPR_INTERFACE_0 *rows = NULL;
    HANDLE transport = NULL;
    BOOL has_ip = MprConfigTransportGetHandle(world_config, PID_IP, &transport) == NO_ERROR;
    BOOL has_book = GetFileAttributesW(phonebook) != INVALID_FILE_ATTRIBUTES;
    char answer = '?';

    MprConfigInterfaceEnum(world_config, 0, (BYTE **)&rows, (DWORD)-1, &count, &total, NULL);
    if (count == A_INTERFACES && all_named(rows, count, L'A') && has_ip && book_is_a())
        answer = 'A';
    else if (count == B_INTERFACES && all_named(rows, count, L'B') && !has_ip && !has_book)
        answer = 'B';
    else if (!count && !has_ip && !has_book)
        answer = 0;
    MprConfigBufferFree(rows);
    return answer;
}

/* ---- files ---------------------------------------------------------------------------------- */

static HANDLE search(WCHAR *path, const WCHAR *folder, const WCHAR *pattern,
                     WIN32_FIND_DATAW *found)
{
    wcscpy(path, folder);
    wcscat(path, pattern);
    return FindFirstFileW(path, found);
}

void world_find(WCHAR *path, const WCHAR *folder, const WCHAR *pattern)
{
    WIN32_FIND_DATAW found;
    HANDLE handle = search(path, folder, pattern, &found);

    assert_ptr_not_equal(handle, INVALID_HANDLE_VALUE);
    FindClose(handle);
    wcscpy(path, folder);
    wcscat(path, found.cFileName);
}

DWORD world_files(const WCHAR *folder)
{
    WCHAR path[MAX_PATH];
    WIN32_FIND_DATAW found;
    HANDLE handle = search(path, folder, L"*", &found);
    DWORD count = 0;

    if (handle == INVALID_HANDLE_VALUE) return 0;
    do {
        if (!(found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)) count++;
    } while (FindNextFileW(handle, &found));
    FindClose(handle);
    return count;
}

DWORD world_read(const WCHAR *path, BYTE *data, DWORD size)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    DWORD got = 0;

    if (file == INVALID_HANDLE_VALUE) return 0;
    ReadFile(file, data, size, &got, NULL);
    CloseHandle(file);
    return got;
}

void world_write(const WCHAR *path, const BYTE *data, DWORD size)
{
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD written = 0;

    assert_ptr_not_equal(file, INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, data, size, &written, NULL));
    CloseHandle(file);
}

void world_remove(const WCHAR *folder)
{
    WCHAR path[MAX_PATH];
    WIN32_FIND_DATAW found;
    HANDLE handle = search(path, folder, L"*", &found);

    if (handle != INVALID_HANDLE_VALUE) {
        do {
            wcscpy(path, folder);
            wcscat(path, found.cFileName);
            DeleteFileW(path);
        } while (FindNextFileW(handle, &found));
        FindClose(handle);
    }
    RemoveDirectoryW(folder);
}

void world_kill_after(const char *argument, DWORD milliseconds)
{
    HANDLE process = start_self(argument, FALSE);

    assert_non_null(process);
    WaitForSingleObject(process, milliseconds);
    TerminateProcess(process, 3);
    assert_int_equal(WaitForSingleObject(process, 20000), WAIT_OBJECT_0);
    CloseHandle(process);
}
