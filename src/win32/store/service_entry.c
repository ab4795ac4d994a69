/* The entry is a few values in the key that holds the router's configuration, too. So
 * DeleteService, which deletes the key, is nothing for its removal. */
#include "win32/store/service_entry.h"

#include "win32/sys/windows_api.h"

#include <wchar.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/sys/registry.h"

#define PROGRAM_NAME   L"mprsvc.exe"
#define DISPLAY_NAME   L"Routing and Remote Access"
#define ACCOUNT_NAME   L"LocalSystem"
#define PRESHUTDOWN_MS 180000u /* what Wine adds */
#define COMMAND_MAX    (MAX_PATH + 16u)

struct entry_handles {
    SC_HANDLE manager, service;
};

static mpr_status open_entry(DWORD manager_access, DWORD access, struct entry_handles *ret)
{
    *ret = (struct entry_handles){OpenSCManagerW(NULL, NULL, manager_access), NULL};
    if (ret->manager) ret->service = OpenServiceW(ret->manager, SERVICE_ENTRY_NAME, access);
    return ret->service ? ST_OK : (mpr_status)GetLastError();
}

static void close_entry(struct entry_handles *h)
{
    if (h->service) CloseServiceHandle(h->service);
    if (h->manager) CloseServiceHandle(h->manager);
}

static bool is_ours(SC_HANDLE service)
{
    union {
        QUERY_SERVICE_CONFIGW config;
        BYTE room[8192]; /* the most that there is */
    } found;
    DWORD needed;

    return QueryServiceConfigW(service, &found.config, sizeof(found), &needed) &&
           found.config.lpBinaryPathName && wcsstr(found.config.lpBinaryPathName, PROGRAM_NAME);
}

/* ---- following ------------------------------------------------------------------------------- */

static bool start_entry(SC_HANDLE service)
{
    const WCHAR *arguments[] = {SERVICE_ENTRY_FOLLOW};

    if (StartServiceW(service, 1, arguments)) return true;
    TRACE(WARNING, "router: the service can't be started (error %lu)", GetLastError());
    return GetLastError() == ERROR_SERVICE_ALREADY_RUNNING;
}

bool service_entry_follow(void)
{
    struct entry_handles h;
    SERVICE_STATUS state;
    bool done = true;

    if (open_entry(SC_MANAGER_CONNECT, SERVICE_QUERY_STATUS | SERVICE_QUERY_CONFIG | SERVICE_START,
                   &h) == ST_OK &&
        is_ours(h.service) && QueryServiceStatus(h.service, &state)) {
        done =
            state.dwCurrentState != SERVICE_STOPPED && state.dwCurrentState != SERVICE_STOP_PENDING;
        if (state.dwCurrentState == SERVICE_STOPPED) done = start_entry(h.service);
    }
    close_entry(&h);
    return done;
}

/* ---- making ---------------------------------------------------------------------------------- */

static DWORD start_type(void)
{
    DWORD start = SERVICE_DEMAND_START;
    HKEY key;

    if (registry_open(NULL, KEY_READ, false, &key) != ST_OK) return start;
    if (registry_get_dword(key, L"Start", &start) != ST_OK || start < SERVICE_AUTO_START ||
        start > SERVICE_DISABLED)
        start = SERVICE_DEMAND_START;
    RegCloseKey(key);
    return start;
}

static mpr_status own_command(WCHAR *ret)
{
    DWORD length = GetModuleFileNameW(NULL, ret + 1, MAX_PATH);

    if (!length || length >= MAX_PATH) return ERROR_BAD_PATHNAME;
    ret[0] = L'"';
    u16_copy(ret + 1 + length, COMMAND_MAX - 1 - length, L"\" --service");
    return ST_OK;
}

static mpr_status change_entry(SC_HANDLE service, DWORD start, const WCHAR *command)
{
    if (!is_ours(service)) return ST_ALREADY_EXISTS;
    return ChangeServiceConfigW(service, SERVICE_WIN32_OWN_PROCESS, start, SERVICE_ERROR_NORMAL,
                                command, NULL, NULL, NULL, ACCOUNT_NAME, NULL, DISPLAY_NAME)
               ? ST_OK
               : (mpr_status)GetLastError();
}

static mpr_status create_entry(SC_HANDLE manager, DWORD start, const WCHAR *command)
{
    SC_HANDLE service = CreateServiceW(
        manager, SERVICE_ENTRY_NAME, DISPLAY_NAME, SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS,
        start, SERVICE_ERROR_NORMAL, command, NULL, NULL, NULL, ACCOUNT_NAME, NULL);

    if (!service) return (mpr_status)GetLastError();
    CloseServiceHandle(service);
    return ST_OK;
}

static mpr_status share_router(void)
{
    WCHAR *said = NULL;
    HKEY key;
    mpr_status status = registry_open(L"Parameters", KEY_ALL_ACCESS, true, &key);

    if (status != ST_OK) return status;
    if (registry_get_text(key, L"Router", &said) != ST_OK)
        status = registry_set_text(key, L"Router", REG_SZ, L"shared");
    mem_free(said);
    RegCloseKey(key);
    return status;
}

mpr_status service_entry_make(void)
{
    WCHAR command[COMMAND_MAX];
    struct entry_handles h;
    mpr_status status = own_command(command);
    const DWORD start = start_type();

    if (status != ST_OK) return status;
    status = open_entry(SC_MANAGER_CONNECT | SC_MANAGER_CREATE_SERVICE,
                        SERVICE_QUERY_CONFIG | SERVICE_CHANGE_CONFIG, &h);
    if (status == ST_OK)
        status = change_entry(h.service, start, command);
    else if (status == ERROR_SERVICE_DOES_NOT_EXIST)
        status = create_entry(h.manager, start, command);
    close_entry(&h);
    return status == ST_OK ? share_router() : status;
}

/* ---- removing -------------------------------------------------------------------------------- */

static void remove_number(HKEY key, const WCHAR *name, DWORD ours)
{
    DWORD value;

    if (registry_get_dword(key, name, &value) == ST_OK && value == ours) RegDeleteValueW(key, name);
}

static void remove_text(HKEY key, const WCHAR *name, const WCHAR *ours)
{
    WCHAR *value = NULL;

    if (registry_get_text(key, name, &value) == ST_OK && wcscmp(value, ours) == 0)
        RegDeleteValueW(key, name);
    mem_free(value);
}

static void remove_if_empty(const WCHAR *path)
{
    DWORD keys = 1, values = 1;
    WCHAR full[96];
    HKEY key;

    if (registry_open(path, KEY_READ, false, &key) != ST_OK) return;
    RegQueryInfoKeyW(key, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL, NULL, NULL, NULL);
    RegCloseKey(key);
    _snwprintf(full, ARRAYSIZE(full), *path ? L"%ls\\%ls" : L"%ls", REGISTRY_ROOT, path);
    if (!keys && !values) RegDeleteKeyW(HKEY_LOCAL_MACHINE, full);
}

static bool has_our_program(HKEY key)
{
    WCHAR *path = NULL;
    bool ours = registry_get_text(key, L"ImagePath", &path) == ST_OK && wcsstr(path, PROGRAM_NAME);

    mem_free(path);
    return ours;
}

static void remove_entry_values(HKEY key)
{
    RegDeleteValueW(key, L"ImagePath");
    remove_text(key, L"DisplayName", DISPLAY_NAME);
    remove_text(key, L"ObjectName", ACCOUNT_NAME);
    remove_number(key, L"Type", SERVICE_WIN32_OWN_PROCESS);
    remove_number(key, L"Start", SERVICE_DEMAND_START);
    remove_number(key, L"ErrorControl", SERVICE_ERROR_NORMAL);
    remove_number(key, L"PreshutdownTimeout", PRESHUTDOWN_MS);
}

mpr_status service_entry_remove(void)
{
    HKEY key, parameters;
    mpr_status status = registry_open(NULL, KEY_ALL_ACCESS, false, &key);

    if (status == ERROR_FILE_NOT_FOUND) return ST_OK;
    if (status != ST_OK) return status;
    if (has_our_program(key)) {
        remove_entry_values(key);
        if (registry_open(L"Parameters", KEY_ALL_ACCESS, false, &parameters) == ST_OK) {
            remove_text(parameters, L"Router", L"shared");
            RegCloseKey(parameters);
        }
    }
    RegCloseKey(key);
    remove_if_empty(L"Parameters");
    remove_if_empty(L"");
    return ST_OK;
}
