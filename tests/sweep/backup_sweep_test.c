/* Installation, backup and restore, filters, names, and what allocates nothing. */
#include "sweep/sweep.h"

#include "api/support/fixture.h"
#include "sweep/snapshot.h"

#include <iphlpapi.h>
#include <string.h>
#include <wchar.h>

static MPR_SERVER_HANDLE other_server;
static HANDLE config, other;
static WCHAR folder[MAX_PATH], guid[64], friendly[256];
static LPVOID header, to_free;

/* ---- files ----------------------------------------------------------------------------------- */

static void empty_folder(void)
{
    WCHAR path[MAX_PATH];
    WIN32_FIND_DATAW found;
    HANDLE search;

    _snwprintf(path, MAX_PATH, L"%ls*", folder);
    search = FindFirstFileW(path, &found);
    if (search == INVALID_HANDLE_VALUE) return;
    do {
        _snwprintf(path, MAX_PATH, L"%ls%ls", folder, found.cFileName);
        DeleteFileW(path);
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

/* ---- what scenarios begin with --------------------------------------------------------------- */

static void make_interface(const WCHAR *name)
{
    MPR_INTERFACE_1 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    WCHAR hours[] = L"1 08:00-18:00\0";
    HANDLE handle = NULL, transport = NULL;

    wcscpy(info.wszInterfaceName, name);
    info.lpwsDialoutHoursRestriction = hours;
    assert_int_equal(MprConfigInterfaceCreate(config, 1, (BYTE *)&info, &handle), NO_ERROR);
    assert_int_equal(MprConfigInterfaceTransportAdd(config, handle, PID_IP, NULL, header,
                                                    MprInfoBlockQuerySize(header), &transport),
                     NO_ERROR);
}

static void configured(void)
{
    HANDLE transport = NULL;

    assert_int_equal(MprConfigServerInstall(0, NULL), NO_ERROR);
    make_interface(L"One");
    make_interface(L"Two");
    assert_int_equal(MprConfigTransportCreate(config, PID_IPV6, NULL, header,
                                              MprInfoBlockQuerySize(header), NULL, 0, NULL,
                                              &transport),
                     NO_ERROR);
    fixture_phonebook("");
    fixture_entry("One");
}

static void without_backup(void)
{
    configured();
    empty_folder();
    RemoveDirectoryW(folder);
}

static void with_backup(void)
{
    configured();
    empty_folder();
    assert_int_equal(MprConfigServerBackup(config, folder), NO_ERROR);
}

/* One that differs from the configuration. */
static void with_another_backup(void)
{
    with_backup();
    make_interface(L"Three");
    fixture_phonebook("");
    fixture_entry("Three");
}

static void with_a_filter(void)
{
    MPR_FILTER_0 filter = {TRUE};

    assert_int_equal(MprConfigFilterSetInfo(config, 0, PID_IP, (BYTE *)&filter), NO_ERROR);
}

static void with_connection(void)
{
    assert_int_equal(MprConfigServerConnect(NULL, &other), NO_ERROR);
}

static void with_server(void)
{
    assert_int_equal(MprAdminServerConnect(NULL, &other_server), NO_ERROR);
}

static void with_result(void)
{
    to_free = fixture_header();
}

/* ---- the calls ------------------------------------------------------------------------------- */

static DWORD get_filter(void)
{
    MPR_FILTER_0 filter = {FALSE};
    DWORD status = MprConfigFilterGetInfo(config, 0, PID_IP, (BYTE *)&filter);

    sweep_sample = (DWORD)filter.fEnabled;
    return status;
}

static DWORD set_filter(void)
{
    MPR_FILTER_0 filter = {FALSE};

    return MprConfigFilterSetInfo(config, 0, PID_IP, (BYTE *)&filter);
}

static DWORD friendly_name(void)
{
    WCHAR text[256];
    DWORD status = MprConfigGetFriendlyName(config, guid, text, sizeof(text));

    if (status == NO_ERROR) sweep_sample = sweep_sum(0, text, wcslen(text));
    return status;
}

static DWORD guid_name(void)
{
    WCHAR text[256];
    DWORD status = MprConfigGetGuidName(config, friendly, text, sizeof(text));

    if (status == NO_ERROR) sweep_sample = sweep_sum(0, text, wcslen(text));
    return status;
}

static DWORD disconnect_config(void)
{
    MprConfigServerDisconnect(other);
    return NO_ERROR;
}

static DWORD disconnect_server(void)
{
    MprAdminServerDisconnect(other_server);
    return NO_ERROR;
}

static DWORD find_block(void)
{
    DWORD size, count;
    BYTE *data;

    return MprInfoBlockFind(header, RIP_BLOCK, &size, &count, &data);
}

static DWORD is_initialized(void)
{
    BOOL yes = FALSE;
    DWORD status = MprAdminIsServiceInitialized(NULL, &yes);

    sweep_sample = (DWORD)yes;
    return status;
}

CALL(install, MprConfigServerInstall(0, NULL))
CALL(backup, MprConfigServerBackup(config, folder))
CALL(restore, MprConfigServerRestore(config, folder))
CALL(refresh, MprConfigServerRefresh(config))
CALL(free_admin, MprAdminBufferFree(to_free))
CALL(free_config, MprConfigBufferFree(to_free))
CALL(free_mib, MprAdminMIBBufferFree(to_free))
CALL(delete_header, MprInfoDelete(to_free))
CALL(query_size, MprInfoBlockQuerySize(header) == 0)
CALL(is_running, MprAdminIsServiceRunning(NULL) ? NO_ERROR : ERROR_SERVICE_NOT_ACTIVE)

#define FREES  "it frees"
#define LOOKS  "it looks into the caller's header"
#define NUMBER "a number in the registry"

static const struct scenario scenarios[] = {
    SWEEP("MprConfigServerInstall", configured, install, NO_ERROR, NULL),
    SWEEP("MprConfigServerBackup, the first", without_backup, backup, NO_ERROR, NULL),
    SWEEP("MprConfigServerBackup, another", with_another_backup, backup, NO_ERROR, NULL),
    SWEEP("MprConfigServerRestore", with_another_backup, restore, NO_ERROR, NULL),
    NO_ALLOCATION("MprConfigServerRefresh", NULL, refresh, NO_ERROR, "there is nothing to refresh"),
    NO_ALLOCATION("MprConfigFilterGetInfo", with_a_filter, get_filter, NO_ERROR, NUMBER),
    NO_ALLOCATION("MprConfigFilterSetInfo", with_a_filter, set_filter, NO_ERROR, NUMBER),
    SWEEP("MprConfigGetFriendlyName", NULL, friendly_name, NO_ERROR, NULL),
    SWEEP("MprConfigGetGuidName", NULL, guid_name, NO_ERROR, NULL),
    NO_ALLOCATION("MprConfigServerDisconnect", with_connection, disconnect_config, NO_ERROR, FREES),
    NO_ALLOCATION("MprAdminServerDisconnect", with_server, disconnect_server, NO_ERROR,
                  "a handle's slot becomes free"),
    NO_ALLOCATION("MprAdminBufferFree", with_result, free_admin, NO_ERROR, FREES),
    NO_ALLOCATION("MprConfigBufferFree", with_result, free_config, NO_ERROR, FREES),
    NO_ALLOCATION("MprAdminMIBBufferFree", with_result, free_mib, NO_ERROR, FREES),
    NO_ALLOCATION("MprInfoDelete", with_result, delete_header, NO_ERROR, FREES),
    NO_ALLOCATION("MprInfoBlockQuerySize", NULL, query_size, NO_ERROR, LOOKS),
    NO_ALLOCATION("MprInfoBlockFind", NULL, find_block, NO_ERROR, LOOKS),
    NO_ALLOCATION("MprAdminIsServiceRunning", NULL, is_running, NO_ERROR,
                  "the router is there already"),
    NO_ALLOCATION("MprAdminIsServiceInitialized", NULL, is_initialized, NO_ERROR,
                  "the router is there already"),
};

static void find_names(void)
{
    static ULONGLONG room[16384];
    ULONG size = sizeof(room);
    IP_ADAPTER_ADDRESSES *a = (void *)room;

    assert_int_equal(GetAdaptersAddresses(AF_UNSPEC, 0, NULL, a, &size), ERROR_SUCCESS);
    MultiByteToWideChar(CP_ACP, 0, a->AdapterName, -1, guid, 64);
    wcsncpy(friendly, a->FriendlyName, 255);
}

int main(void)
{
    sweep_begin();
    fixture_registry(ROUTER_RAS_LAN_WAN);
    GetTempPathW(MAX_PATH, folder);
    wcscat(folder, L"swept-backup\\");
    snapshot_folder(folder);
    snapshot_server(fixture_connect());
    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    header = fixture_header_with(RIP_BLOCK, "1234", 4);
    find_names();
    return SWEEP_MAIN(scenarios);
}
