#include "api/support/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOT L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess"

static WCHAR phonebook_path[MAX_PATH];
static char phonebook_text[65536];

const ULONG_PTR fixture_garbage[] = {0,
                                     (ULONG_PTR)-1,
                                     1,
                                     4,
                                     UNTOUCHED,
                                     0x7fffffff,
                                     (ULONG_PTR)0x4000000000000001ULL,
                                     (ULONG_PTR)0xffffffff10000000ULL};
const size_t fixture_garbage_count = sizeof(fixture_garbage) / sizeof(fixture_garbage[0]);

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

static void set_text(const WCHAR *path, const WCHAR *name, const WCHAR *text)
{
    HKEY key = open_key(path);

    assert_int_equal(RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)text,
                                    (DWORD)((wcslen(text) + 1) * sizeof(WCHAR))),
                     ERROR_SUCCESS);
    RegCloseKey(key);
}

void fixture_delete_value(const WCHAR *path, const WCHAR *name)
{
    HKEY key = open_key(path);

    RegDeleteValueW(key, name);
    RegCloseKey(key);
}

void fixture_registry(DWORD router_type)
{
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, ROOT, 0, KEY_ALL_ACCESS, &key) == ERROR_SUCCESS) {
        RegDeleteTreeW(key, NULL);
        RegCloseKey(key);
    }
    GetTempPathW(MAX_PATH, phonebook_path);
    wcscat(phonebook_path, L"mprapi-test.pbk");
    fixture_set_dword(L"Parameters", L"RouterType", router_type);
    set_text(L"Parameters", L"PhonebookPath", phonebook_path);
    fixture_phonebook("");
}

void fixture_no_transports(void)
{
    RegCloseKey(open_key(L"RouterManagers"));
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
    strcpy(phonebook_text, text);
    file = CreateFileW(phonebook_path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    assert_ptr_not_equal(file, INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, text, (DWORD)strlen(text), &written, NULL));
    CloseHandle(file);
}

/* The file may have been written by the router meanwhile. */
static void read_phonebook(void)
{
    HANDLE file =
        CreateFileW(phonebook_path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
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

void fixture_dialer(const WCHAR *name, const struct fixture_dialer *dialer)
{
    WCHAR path[400] = L"Parameters\\Dialers\\";

    wcscat(path, name);
    set_text(path, L"Kind", L"scripted");
    fixture_set_dword(path, L"Outcome", dialer->outcome);
    fixture_set_dword(path, L"FailFirst", dialer->fail_first);
    fixture_set_dword(path, L"Delay", dialer->delay);
    fixture_set_dword(path, L"DropAfter", dialer->drop_after);
    if (dialer->address) {
        set_text(path, L"Address", dialer->address);
        set_text(path, L"Mask", L"255.255.255.0");
    }
}

MPR_SERVER_HANDLE fixture_connect(void)
{
    MPR_SERVER_HANDLE server = UNTOUCHED_HANDLE;

    assert_int_equal(MprAdminServerConnect(NULL, &server), NO_ERROR);
    assert_non_null(server);
    return server;
}

HANDLE fixture_dial_interface(MPR_SERVER_HANDLE server, const char *name,
                              const struct fixture_dialer *dialer)
{
    MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
    HANDLE handle = NULL;

    MultiByteToWideChar(CP_UTF8, 0, name, -1, info.wszInterfaceName, MAX_INTERFACE_NAME_LEN + 1);
    fixture_entry(name);
    if (dialer) fixture_dialer(info.wszInterfaceName, dialer);
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle), NO_ERROR);
    assert_non_null(handle);
    return handle;
}

MPR_INTERFACE_0 fixture_info(MPR_SERVER_HANDLE server, HANDLE router_interface)
{
    MPR_INTERFACE_0 *info = UNTOUCHED_PTR, ret;

    assert_int_equal(MprAdminInterfaceGetInfo(server, router_interface, 0, (BYTE **)&info),
                     NO_ERROR);
    ret = *info;
    assert_int_equal(MprAdminBufferFree(info), NO_ERROR);
    return ret;
}

void fixture_wait_state(MPR_SERVER_HANDLE server, HANDLE router_interface,
                        ROUTER_CONNECTION_STATE state)
{
    for (int i = 0; i < 1000; i++) {
        if (fixture_info(server, router_interface).dwConnectionState == state) return;
        Sleep(10);
    }
    assert_int_equal(fixture_info(server, router_interface).dwConnectionState, state);
}

LPVOID fixture_header(void)
{
    LPVOID header = NULL;

    assert_int_equal(MprInfoCreate(RTR_INFO_BLOCK_VERSION, &header), NO_ERROR);
    return header;
}

LPVOID fixture_header_with(DWORD type, const void *data, DWORD size)
{
    LPVOID header = fixture_header(), bigger = NULL;

    assert_int_equal(MprInfoBlockAdd(header, type, size, 1, (BYTE *)(ULONG_PTR)data, &bigger),
                     NO_ERROR);
    MprInfoDelete(header);
    return bigger;
}

/* IPRIP_GLOBAL_CONFIG: logging, receive queue, send queue, triggered interval, no filter. */
static const DWORD rip_global[6] = {1, 1048576, 1048576, 5, 0, 0};

/* IPRIP_IF_CONFIG in demand mode: state, metric, mode, accept and announce version 2, flags,
 * expiration, removal, full update, no authentication, key (4), tag, no lists. */
static const DWORD rip_interface[21] = {0, 1, 1, 3, 3, 0, 180, 120, 30, 1};

LPVOID fixture_install_rip(MPR_SERVER_HANDLE server)
{
    LPVOID header = fixture_header_with(RIP_BLOCK, rip_global, sizeof(rip_global));
    DWORD status = MprAdminTransportCreate(server, PID_IP, NULL, header,
                                           MprInfoBlockQuerySize(header), NULL, 0, NULL);

    if (status == ERROR_PROTOCOL_ALREADY_INSTALLED)
        status = MprAdminTransportSetInfo(server, PID_IP, header, MprInfoBlockQuerySize(header),
                                          NULL, 0);
    assert_int_equal(status, NO_ERROR);
    MprInfoDelete(header);
    return fixture_header_with(RIP_BLOCK, rip_interface, sizeof(rip_interface));
}

HANDLE fixture_rip_interface(MPR_SERVER_HANDLE server, LPVOID rip, const char *name)
{
    const struct fixture_dialer dialer = {.address = L"127.77.0.1"};
    HANDLE handle = fixture_dial_interface(server, name, &dialer);

    assert_int_equal(
        MprAdminInterfaceTransportAdd(server, handle, PID_IP, rip, MprInfoBlockQuerySize(rip)),
        NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    return handle;
}

DWORD fixture_run_self(const char *argument)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    char path[MAX_PATH], line[2 * MAX_PATH];
    DWORD code = 0xdead;

    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(line, sizeof(line), "\"%s\" %s", path, argument);
    assert_true(CreateProcessA(path, line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process));
    assert_int_equal(WaitForSingleObject(process.hProcess, 60000), WAIT_OBJECT_0);
    assert_true(GetExitCodeProcess(process.hProcess, &code));
    CloseHandle(process.hProcess);
    CloseHandle(process.hThread);
    return code;
}
