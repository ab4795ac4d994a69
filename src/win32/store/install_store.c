#include "win32/store/install_store.h"

#include "win32/sys/windows_api.h"

#include <mprapi.h>
#include <stdio.h>

#include "win32/sys/no_interface_macro.h"

#include "win32/journal/config_change.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/store/config_defaults.h"
#include "win32/store/config_store.h"
#include "win32/sys/registry.h"

enum { ROUTER_TYPE = 7, LOG_ERRORS = 1 };

/* MS-RRASM 2.2.3.1.1: compression 2, IPv4 8, LCP extensions 0x200, multilink 0x400, authentication
 * of the peer 0x800, BACP 0x2000, EAP 0x8000, MS-CHAP v2 0x800000. */
#define SERVER_FLAGS 0x80AE0Au

#define WINDOWS_ACCOUNTING     L"{1AA7F846-C7F5-11D0-A376-00C04FC9DA04}"
#define WINDOWS_AUTHENTICATION L"{1AA7F841-C7F5-11D0-A376-00C04FC9DA04}"

static mpr_status install_ip(void)
{
    struct blob global = {NULL, 0};
    mpr_status status = config_default_global(PID_IP, &global);
    const struct config_transport_value values[] = {
        {.name = L"DLLPath", .text = L"%SystemRoot%\\System32\\iprtrmgr.dll"},
        {.name = L"GlobalInfo", .data = global.data, .size = global.size}};

    if (status == ST_OK)
        status =
            config_transport_store(CONFIG_ROUTER_MANAGERS, PID_IP, NULL, values, ARRAYSIZE(values));
    blob_free(&global);
    return status;
}

static mpr_status delete_key(const WCHAR *name)
{
    mpr_status status;
    HKEY root;

    status = registry_open(NULL, KEY_ALL_ACCESS, true, &root);
    if (status != ST_OK) return status;
    status = (mpr_status)RegDeleteTreeW(root, name);
    RegCloseKey(root);
    return status == ERROR_FILE_NOT_FOUND ? ST_OK : status;
}

static mpr_status make_key(const WCHAR *name)
{
    mpr_status status;
    HKEY key;

    status = registry_open(name, KEY_READ, true, &key);
    if (status == ST_OK) RegCloseKey(key);
    return status;
}

static mpr_status set_number(const WCHAR *path, const WCHAR *name, DWORD value)
{
    mpr_status status;
    HKEY key;

    status = registry_open(path, KEY_ALL_ACCESS, true, &key);
    if (status != ST_OK) return status;
    status = registry_set_dword(key, name, value);
    RegCloseKey(key);
    return status;
}

static mpr_status set_text(const WCHAR *path, const WCHAR *name, const WCHAR *text)
{
    mpr_status status;
    HKEY key;

    status = registry_open(path, KEY_ALL_ACCESS, true, &key);
    if (status != ST_OK) return status;
    status = registry_set_text(key, name, REG_SZ, text); /* NULL deletes */
    RegCloseKey(key);
    return status;
}

static const struct number {
    const WCHAR *path, *name;
    DWORD value;
} numbers[] = {
    {L"Parameters", L"RouterType", ROUTER_TYPE},   {L"Parameters", L"LoggingFlags", LOG_ERRORS},
    {L"Parameters", L"ServerFlags", SERVER_FLAGS}, {L"Parameters\\Ip", L"AllowNetworkAccess", 1},
    {L"Parameters\\Ip", L"EnableIn", 1},           {L"Parameters\\Ip", L"UseDhcpAddressing", 1},
};

static const struct text {
    const WCHAR *path, *name, *text;
} texts[] = {
    {L"Parameters", L"LANOnlyMode", NULL},
    {L"Accounting\\Providers", L"ActiveProvider", WINDOWS_ACCOUNTING},
    {L"Authentication\\Providers", L"ActiveProvider", WINDOWS_AUTHENTICATION},
};

static const WCHAR *const keys[] = {L"Interfaces", L"RouterManagers", L"Secrets", L"Users"};

#define PATH_UNITS   128u
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static mpr_status install_parameters(void)
{
    mpr_status status = ST_OK;

    for (size_t i = 0; i < COUNT(texts) && !status; i++)
        status = set_text(texts[i].path, texts[i].name, texts[i].text);
    for (size_t i = 0; i < COUNT(numbers) && !status; i++)
        status = set_number(numbers[i].path, numbers[i].name, numbers[i].value);
    return status;
}

/* ---- as a whole ------------------------------------------------------------------------------ */

static void full_path(WCHAR ret[PATH_UNITS], const WCHAR *path)
{
    _snwprintf(ret, PATH_UNITS, *path ? L"%ls\\%ls" : L"%ls", REGISTRY_ROOT, path);
    ret[PATH_UNITS - 1] = 0;
}

static mpr_status change_value(struct config_change *change, const WCHAR *path, const WCHAR *name)
{
    WCHAR full[PATH_UNITS];

    full_path(full, path);
    return config_change_values(change, full, &name, 1);
}

static mpr_status change_install(struct config_change *change, const WCHAR *name)
{
    WCHAR full[PATH_UNITS];

    full_path(full, name);
    return config_change_key(change, full);
}

static mpr_status change_install_keys(struct config_change *change)
{
    mpr_status status = config_change_phonebook(change);

    for (size_t i = 0; i < COUNT(keys) && !status; i++) status = change_install(change, keys[i]);
    for (size_t i = 0; i < COUNT(numbers) && !status; i++)
        status = change_value(change, numbers[i].path, numbers[i].name);
    for (size_t i = 0; i < COUNT(texts) && !status; i++)
        status = change_value(change, texts[i].path, texts[i].name);
    return status ? status : change_value(change, L"", L"ConfigurationFlags");
}

static mpr_status write_install(void)
{
    mpr_status status = phonebook_store_delete();

    for (size_t i = 0; i < COUNT(keys) && !status; i++) status = delete_key(keys[i]);
    if (status == ST_OK) status = make_key(L"Interfaces");
    if (status == ST_OK) status = make_key(CONFIG_ROUTER_MANAGERS); /* without the default ones */
    if (status == ST_OK) status = install_ip();
    if (status == ST_OK) status = install_parameters();
    return status ? status : set_number(NULL, L"ConfigurationFlags", 1);
}

mpr_status install_store_write(void)
{
    struct config_change *change;
    mpr_status status = config_change_open(&change);

    if (status != ST_OK) return status;
    status = change_install_keys(change);
    if (status == ST_OK) status = config_change_begin(change);
    if (status == ST_OK) status = write_install();
    return config_change_close(change, status);
}
