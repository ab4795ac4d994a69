/* MprConfigServerConnect and -Disconnect, and the names of LAN adapters.
 *
 * Connecting opens nothing, but ends a restore that was interrupted: the registry is opened by each
 * call, and a machine without router configuration is one whose enumerations are empty. The
 * friendly names come from the host's adapters alone.
 */
#include "api/config/config.h"

#include <string.h>
#include <wchar.h>

#include "win32/net/adapters.h"
#include "win32/journal/journal.h"
#include "win32/sys/access.h"

DWORD WINAPI MprConfigServerConnect(LPWSTR name, HANDLE *ret)
{
    handle_t32 handle = 0;
    mpr_status status = ret ? api_check_server_name(name) : ST_INVALID_PARAMETER;

    if (ret) *ret = NULL;
    /* Who has no rights can't do anything with it; the calls that follow say so. */
    if (status == ST_OK && access_check() == ST_OK) status = journal_recover();
    if (status == ST_OK) status = config_server_open(&handle);
    if (status == ST_OK) *ret = api_handle_out(handle);
    return API_TRACE(status, "MprConfigServerConnect(name=%w)|config=%h", name,
                     api_handle_out(handle));
}

VOID WINAPI MprConfigServerDisconnect(HANDLE config)
{
    config_server_close(config);
    API_TRACE(ST_OK, "MprConfigServerDisconnect(config=%h)", config);
}

/* "{GUID}" out of "{GUID}" or "\DEVICE\TCPIP_{GUID}" (programs give both). */
static const WCHAR *guid_part(const WCHAR *name)
{
    const WCHAR *brace = wcschr(name, L'{');

    return brace ? brace : name;
}

/* size is in bytes, as the page has it. */
static mpr_status copy_name(const WCHAR *name, WCHAR *buffer, DWORD size)
{
    size_t bytes = (wcslen(name) + 1) * sizeof(*name);

    if (size < bytes) return ST_BUFFER_OVERFLOW;
    memcpy(buffer, name, bytes);
    return ST_OK;
}

/* The other name of the adapter that has this one. */
static mpr_status other_name(const WCHAR *name, bool is_guid, WCHAR *buffer, DWORD size)
{
    struct adapter_list list;
    mpr_status status = adapters_read(&list);

    if (status != ST_OK) return status;
    status = ST_NOT_FOUND;
    for (size_t n = 0; n < list.count && status == ST_NOT_FOUND; n++) {
        const struct host_adapter *a = &list.adapters[n];

        if (u16_equal_nocase(is_guid ? a->name : a->alias, name))
            status = copy_name(is_guid ? a->alias : a->name, buffer, size);
    }
    adapters_free(&list);
    return status;
}

static mpr_status translate(HANDLE config, const WCHAR *name, bool is_guid, WCHAR *buffer,
                            DWORD size)
{
    if (!config_handle_valid(config) || !name || !buffer) return ST_INVALID_PARAMETER;
    return other_name(is_guid ? guid_part(name) : name, is_guid, buffer, size);
}

DWORD WINAPI MprConfigGetFriendlyName(HANDLE config, PWSTR guid, PWCHAR buffer, DWORD size)
{
    mpr_status status = translate(config, guid, true, buffer, size);

    return API_TRACE(status, "MprConfigGetFriendlyName(config=%h, guid=%w, size=%u)", config, guid,
                     size);
}

DWORD WINAPI MprConfigGetGuidName(HANDLE config, PWSTR name, PWCHAR buffer, DWORD size)
{
    mpr_status status = translate(config, name, false, buffer, size);

    return API_TRACE(status, "MprConfigGetGuidName(config=%h, name=%w, size=%u)", config, name,
                     size);
}
