/* MprSetupProtocolEnum: the catalogue of routing protocols, where the router reads it. */
#include <mprapi_rtutils.h>

#include <mprerror.h>
#include <stdbool.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include <mprapi_ext.h>

#define CATALOGUE L"SOFTWARE\\Microsoft\\Router\\CurrentVersion\\RouterManagers\\"

static const struct {
    DWORD id;
    const WCHAR *name;
} transport_keys[] = {{PID_IP, L"Ip"}, {PID_IPV6, L"Ipv6"}, {PID_IPX, L"Ipx"}};

struct protocol_rows {
    MPR_PROTOCOL_0 *row;
    DWORD count;
};

static bool is_known_transport(DWORD transport, const WCHAR **ret)
{
    for (size_t n = 0; n < ARRAYSIZE(transport_keys); n++) {
        if (transport_keys[n].id != transport) continue;
        *ret = transport_keys[n].name;
        return true;
    }
    return false;
}

/* False: a row that the router could not load either, or whose strings don't fit. */
static bool read_protocol_row(HKEY catalogue, const WCHAR *name, MPR_PROTOCOL_0 *ret)
{
    DWORD id_size = sizeof(ret->dwProtocolId), dll_size = sizeof(ret->wszDLLName);
    HKEY key;
    LSTATUS rc;

    memset(ret, 0, sizeof(*ret));
    if (wcslen(name) > RTUTILS_MAX_PROTOCOL_NAME_LEN) return false;
    wmemcpy(ret->wszProtocol, name, wcslen(name));
    if (RegOpenKeyExW(catalogue, name, 0, KEY_READ | KEY_WOW64_64KEY, &key)) return false;
    rc = RegGetValueW(key, NULL, L"ProtocolId", RRF_RT_REG_DWORD, NULL, &ret->dwProtocolId,
                      &id_size);
    if (rc == NO_ERROR)
        rc = RegGetValueW(key, NULL, L"DllName", RRF_RT_REG_SZ, NULL, ret->wszDLLName, &dll_size);
    RegCloseKey(key);
    return rc == NO_ERROR;
}

static DWORD add_row(struct protocol_rows *rows, const MPR_PROTOCOL_0 *row)
{
    MPR_PROTOCOL_0 *larger =
        mem_grow(rows->row, rows->count, (size_t)rows->count + 1, sizeof(*larger));

    if (!larger) return ERROR_NOT_ENOUGH_MEMORY;
    larger[rows->count++] = *row;
    rows->row = larger;
    return NO_ERROR;
}

static DWORD read_rows(HKEY catalogue, struct protocol_rows *rows)
{
    WCHAR name[256];
    MPR_PROTOCOL_0 row;
    DWORD rc = NO_ERROR;

    for (DWORD n = 0; !rc; n++) {
        DWORD units = ARRAYSIZE(name);
        LSTATUS found = RegEnumKeyExW(catalogue, n, name, &units, NULL, NULL, NULL, NULL);

        if (found == ERROR_NO_MORE_ITEMS) break;
        if (!found && read_protocol_row(catalogue, name, &row)) rc = add_row(rows, &row);
    }
    return rc;
}

static DWORD read_catalogue(const WCHAR *transport, struct protocol_rows *rows)
{
    WCHAR path[128] = {0};
    HKEY key;
    DWORD rc;

    _snwprintf(path, ARRAYSIZE(path) - 1, CATALOGUE L"%ls", transport);
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ | KEY_WOW64_64KEY, &key))
        return NO_ERROR;
    rc = read_rows(key, rows);
    RegCloseKey(key);
    return rc;
}

/* A transport without a catalogue has no protocols, and no buffer. ERROR_INVALID_PARAMETER: a
 * pointer is missing; ERROR_UNKNOWN_PROTOCOL_ID: no such transport; ERROR_NOT_ENOUGH_MEMORY. */
DWORD WINAPI MprSetupProtocolEnum(DWORD transport, LPBYTE *buffer, LPDWORD count)
{
    struct protocol_rows rows = {NULL, 0};
    const WCHAR *name;
    DWORD rc;

    if (buffer) *buffer = NULL;
    if (count) *count = 0;
    if (!buffer || !count) return ERROR_INVALID_PARAMETER;
    if (!is_known_transport(transport, &name)) return ERROR_UNKNOWN_PROTOCOL_ID;
    rc = read_catalogue(name, &rows);
    if (rc != NO_ERROR) {
        mem_free(rows.row);
        return rc;
    }
    *buffer = (LPBYTE)rows.row;
    *count = rows.count;
    return NO_ERROR;
}

DWORD WINAPI MprSetupProtocolFree(LPVOID buffer)
{
    mem_free(buffer);
    return NO_ERROR;
}
