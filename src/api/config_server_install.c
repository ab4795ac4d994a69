/* MprConfigServerInstall: the configuration of a router that was never configured, as its page
 * lists it, as far as it concerns this library (unknowns 59):
 *
 *   RouterManagers, Interfaces   made anew: the IP router manager with default information, and no
 *                                interface
 *   router.pbk                   deleted
 *   Parameters                   RouterType 7 (remote access, LAN and WAN), LoggingFlags 1 (errors)
 *                                and ServerFlags, and without LANOnlyMode
 *   Parameters\Ip                routing and remote access on, addresses from DHCP
 *   ...\Providers                Windows' own accounting and authentication
 *   ConfigurationFlags           1, last: the router is configured
 *
 * The service is neither started nor enabled, nothing is registered in a domain, and there is no
 * management console to add a snap-in to.
 */
#include "api/config.h"

#include "win32/backup.h"
#include "win32/config_defaults.h"
#include "win32/phonebook_store.h"
#include "win32/registry.h"

enum { ROUTER_TYPE = 7, LOG_ERRORS = 1 };

/* MS-RRASM 2.2.3.1.1: compression 2, IPv4 8, LCP extensions 0x200, multilink 0x400, authentication
 * of the peer 0x800, BACP 0x2000, EAP 0x8000, MS-CHAP v2 0x800000. */
#define SERVER_FLAGS 0x80AE0Au

#define WINDOWS_ACCOUNTING     L"{1AA7F846-C7F5-11D0-A376-00C04FC9DA04}"
#define WINDOWS_AUTHENTICATION L"{1AA7F841-C7F5-11D0-A376-00C04FC9DA04}"

static mpr_status install_ip(void)
{
    struct config_transport row;
    struct blob global = {NULL, 0};
    mpr_status status = config_default_global(PID_IP, &global);

    if (!status) status = config_transport_create(CONFIG_ROUTER_MANAGERS, PID_IP, NULL, &row);
    if (!status) status = config_transport_set_dll(&row, L"%SystemRoot%\\System32\\iprtrmgr.dll");
    if (!status)
        status = config_transport_set(CONFIG_ROUTER_MANAGERS, &row, L"GlobalInfo", global.data,
                                      global.size);
    blob_free(&global);
    return status;
}

static mpr_status delete_key(const WCHAR *name)
{
    mpr_status status;
    HKEY root;

    status = registry_open(NULL, KEY_ALL_ACCESS, true, &root);
    if (status) return status;
    status = (mpr_status)RegDeleteTreeW(root, name);
    RegCloseKey(root);
    return status == ERROR_FILE_NOT_FOUND ? ST_OK : status;
}

static mpr_status set_number(const WCHAR *path, const WCHAR *name, DWORD value)
{
    mpr_status status;
    HKEY key;

    status = registry_open(path, KEY_ALL_ACCESS, true, &key);
    if (status) return status;
    status = registry_set_dword(key, name, value);
    RegCloseKey(key);
    return status;
}

static mpr_status set_text(const WCHAR *path, const WCHAR *name, const WCHAR *text)
{
    mpr_status status;
    HKEY key;

    status = registry_open(path, KEY_ALL_ACCESS, true, &key);
    if (status) return status;
    status = registry_set_text(key, name, REG_SZ, text); /* NULL deletes */
    RegCloseKey(key);
    return status;
}

static mpr_status install_parameters(void)
{
    static const struct {
        const WCHAR *path, *name;
        DWORD value;
    } rows[] = {
        {L"Parameters", L"RouterType", ROUTER_TYPE},
        {L"Parameters", L"LoggingFlags", LOG_ERRORS},
        {L"Parameters", L"ServerFlags", SERVER_FLAGS},
        {L"Parameters\\Ip", L"AllowNetworkAccess", 1},
        {L"Parameters\\Ip", L"EnableIn", 1},
        {L"Parameters\\Ip", L"UseDhcpAddressing", 1},
    };
    mpr_status status = set_text(L"Parameters", L"LANOnlyMode", NULL);

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && !status; i++)
        status = set_number(rows[i].path, rows[i].name, rows[i].value);
    if (!status) status = set_text(L"Accounting\\Providers", L"ActiveProvider", WINDOWS_ACCOUNTING);
    if (!status)
        status = set_text(L"Authentication\\Providers", L"ActiveProvider", WINDOWS_AUTHENTICATION);
    return status;
}

static mpr_status delete_phonebook(void)
{
    WCHAR path[PHONEBOOK_PATH_UNITS];
    mpr_status status = phonebook_store_path(path);
    DWORD error;

    if (status) return status;
    if (DeleteFileW(path)) return ST_OK;
    error = GetLastError();
    return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND ? ST_OK
                                                                          : (mpr_status)error;
}

static mpr_status install(void)
{
    HKEY interfaces;
    mpr_status status = access_check();

    if (status) return status;
    backup_recover();
    status = delete_phonebook();
    if (!status) status = delete_key(L"Interfaces");
    if (!status) status = delete_key(L"RouterManagers");
    if (!status) status = registry_open(L"Interfaces", KEY_READ, true, &interfaces);
    if (status) return status;
    RegCloseKey(interfaces);
    status = install_ip();
    if (!status) status = install_parameters();
    return status ? status : set_number(NULL, L"ConfigurationFlags", 1);
}

DWORD WINAPI MprConfigServerInstall(DWORD level, PVOID buffer)
{
    mpr_status status = level || buffer ? ST_INVALID_PARAMETER : install();

    return API_TRACE(status, "MprConfigServerInstall(level=%u, buffer=%p)", level, buffer);
}
