#include "pe/setup.h"

#include <stdio.h>
#include <wchar.h>

#define ROOT         L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess"
#define LAN_WAN      6u
#define TESTPROTO_ID 0x03FF7E57u
#define CATALOGUE    L"Software\\Microsoft\\Router\\CurrentVersion\\RouterManagers\\Ip\\TESTPROTO"

static WCHAR phonebook[MAX_PATH];

void setup_check(DWORD status, const char *what)
{
    if (status != NO_ERROR) bench_die("%s: error %lu", what, status);
}

static HKEY open_key(const WCHAR *path)
{
    WCHAR full[512];
    HKEY key;

    _snwprintf(full, 512, L"%ls\\%ls", ROOT, path);
    setup_check((DWORD)RegCreateKeyExW(HKEY_LOCAL_MACHINE, full, 0, NULL, 0, KEY_ALL_ACCESS, NULL,
                                       &key, NULL),
                "RegCreateKeyEx");
    return key;
}

void setup_dword(const WCHAR *path, const WCHAR *name, DWORD value)
{
    HKEY key = open_key(path);

    RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value, sizeof(value));
    RegCloseKey(key);
}

void setup_text(const WCHAR *path, const WCHAR *name, const WCHAR *text)
{
    HKEY key = open_key(path);

    RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)text,
                   (DWORD)((wcslen(text) + 1) * sizeof(WCHAR)));
    RegCloseKey(key);
}

void setup_registry(void)
{
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, ROOT, 0, KEY_ALL_ACCESS, &key) == ERROR_SUCCESS) {
        RegDeleteTreeW(key, NULL);
        RegCloseKey(key);
    }
    GetTempPathW(MAX_PATH, phonebook);
    wcscat_s(phonebook, MAX_PATH, L"mprapi-bench.pbk");
    setup_dword(L"Parameters", L"RouterType", LAN_WAN);
    setup_text(L"Parameters", L"PhonebookPath", phonebook);
    setup_text(L"Parameters\\Dialers\\Bench link", L"Kind", L"scripted");
    setup_phonebook("", 0);
}

void setup_phonebook(const char *prefix, unsigned entries)
{
    FILE *file = _wfopen(phonebook, L"wb");

    if (!file) bench_die("the phone book can't be written");
    for (unsigned i = 0; i < entries; i++)
        fprintf(file,
                "[%s%u]\r\nType=2\r\nRedialAttempts=0\r\nMEDIA=rastapi\r\nPort=VPN2-0\r\n"
                "Device=Bench link\r\nDEVICE=vpn\r\nPhoneNumber=192.0.2.1\r\n",
                prefix, i);
    fclose(file);
}

MPR_SERVER_HANDLE setup_connect(void)
{
    MPR_SERVER_HANDLE server = NULL;

    setup_check(MprAdminServerConnect(NULL, &server), "MprAdminServerConnect");
    return server;
}

HANDLE setup_event(void)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);

    if (!event) bench_die("no event");
    return event;
}

LPVOID setup_block(DWORD type, const void *data, DWORD size)
{
    LPVOID empty = NULL, header = NULL;

    setup_check(MprInfoCreate(RTR_INFO_BLOCK_VERSION, &empty), "MprInfoCreate");
    setup_check(MprInfoBlockAdd(empty, type, size, 1, (BYTE *)(ULONG_PTR)data, &header),
                "MprInfoBlockAdd");
    MprInfoDelete(empty);
    return header;
}

void setup_transport(MPR_SERVER_HANDLE server, DWORD type, const void *data, DWORD size)
{
    LPVOID header = setup_block(type, data, size);
    DWORD length = MprInfoBlockQuerySize(header);
    DWORD status = MprAdminTransportCreate(server, PID_IP, NULL, header, length, NULL, 0, NULL);

    if (status == ERROR_PROTOCOL_ALREADY_INSTALLED)
        status = MprAdminTransportSetInfo(server, PID_IP, header, length, NULL, 0);
    setup_check(status, "the transport");
    MprInfoDelete(header);
}

HANDLE setup_create(MPR_SERVER_HANDLE server, const WCHAR *name, ROUTER_INTERFACE_TYPE type)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = type};
    HANDLE handle = NULL;

    wcscpy_s(info.wszInterfaceName, MAX_INTERFACE_NAME_LEN + 1, name);
    setup_check(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle),
                "MprAdminInterfaceCreate");
    return handle;
}

HANDLE setup_interface(MPR_SERVER_HANDLE server, const WCHAR *name, LPVOID block)
{
    HANDLE handle = setup_create(server, name, ROUTER_IF_TYPE_FULL_ROUTER);

    setup_check(
        MprAdminInterfaceTransportAdd(server, handle, PID_IP, block, MprInfoBlockQuerySize(block)),
        "MprAdminInterfaceTransportAdd");
    setup_check(MprAdminInterfaceConnect(server, handle, NULL, TRUE), "MprAdminInterfaceConnect");
    return handle;
}

void setup_testproto(void)
{
    const WCHAR dll[] = L"testproto.dll";
    DWORD id = TESTPROTO_ID;
    HKEY key;

    setup_check((DWORD)RegCreateKeyExW(HKEY_LOCAL_MACHINE, CATALOGUE, 0, NULL, 0, KEY_ALL_ACCESS,
                                       NULL, &key, NULL),
                "the catalogue");
    RegSetValueExW(key, L"ProtocolId", 0, REG_DWORD, (const BYTE *)&id, sizeof(id));
    RegSetValueExW(key, L"DllName", 0, REG_SZ, (const BYTE *)dll, sizeof(dll));
    RegCloseKey(key);
}

HANDLE setup_testproto_interface(MPR_SERVER_HANDLE server)
{
    const DWORD global[1] = {0}, inside[3] = {0};
    LPVOID header = setup_block(TESTPROTO_ID, inside, sizeof(inside));
    HANDLE handle;

    setup_transport(server, TESTPROTO_ID, global, sizeof(global));
    handle = setup_interface(server, L"Link0", header);
    MprInfoDelete(header);
    return handle;
}

double setup_updates(MPR_SERVER_HANDLE server, HANDLE handle, HANDLE event, unsigned count)
{
    double start = bench_now();
    DWORD result = 1;

    for (unsigned i = 0; i < count; i++) {
        DWORD status = MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event);

        if (status != PENDING) bench_die("MprAdminInterfaceUpdateRoutes: error %lu", status);
        WaitForSingleObject(event, INFINITE);
    }
    start = bench_now() - start;
    setup_check(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result), "the query");
    setup_check(result, "the update");
    return start / count;
}
