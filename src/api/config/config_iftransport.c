/* MprConfigInterfaceTransport*: transports on interfaces of the stored configuration
 * (Interfaces\<n>\<name>, value InterfaceInfo).
 */
#include "api/config/config.h"

#include "win32/journal/journal.h"

#define INTERFACE_INFO L"InterfaceInfo"

struct addition {
    HANDLE router_interface;
    DWORD id;
    const WCHAR *name;
    const BYTE *info;
    DWORD size;
};

/* The handle comes first, so that nothing has been stored when there is no memory for it. */
static mpr_status add_alone(struct config_call *call, const struct addition *a, HANDLE *ret)
{
    const struct config_transport_value value = {INTERFACE_INFO, a->info, a->size, NULL};
    struct config_interface row;
    WCHAR path[CONFIG_PATH_MAX];
    mpr_status status = journal_enter();

    if (status != ST_OK) return status;
    status = config_interface_get(call, a->router_interface, &row);
    if (status == ST_OK) status = config_iftransport_handle(call, &row, a->id, ret);
    if (status == ST_OK) {
        config_interface_path(path, row.number);
        status = config_transport_store(path, a->id, a->name, &value, 1);
    }
    journal_leave();
    return status;
}

static mpr_status remove_alone(struct config_call *call, HANDLE router_interface,
                               HANDLE iftransport)
{
    struct config_transport row;
    WCHAR path[CONFIG_PATH_MAX];
    mpr_status status = journal_enter();

    if (status != ST_OK) return status;
    status = config_iftransport_get(call, router_interface, iftransport, path, &row);
    if (status == ST_OK) status = config_transport_delete(path, &row);
    journal_leave();
    return status;
}

static mpr_status set_alone(struct config_call *call, HANDLE router_interface, HANDLE iftransport,
                            const BYTE *info, DWORD size)
{
    const struct config_transport_value value = {INTERFACE_INFO, info, size, NULL};
    struct config_transport row;
    WCHAR path[CONFIG_PATH_MAX];
    mpr_status status = journal_enter();

    if (status != ST_OK) return status;
    status = config_iftransport_get(call, router_interface, iftransport, path, &row);
    if (status == ST_OK && info) status = config_transport_change(path, &row, &value, 1);
    journal_leave();
    return status;
}

DWORD WINAPI MprConfigInterfaceTransportAdd(HANDLE config, HANDLE router_interface, DWORD id,
                                            LPWSTR name, LPBYTE info, DWORD size, HANDLE *ret)
{
    const struct addition addition = {router_interface, id, name, info, size};
    struct config_call call;
    mpr_status status = config_enter_for(&call, config, ret);

    if (status == ST_OK) {
        status = id && (!info || size) ? add_alone(&call, &addition, ret) : ST_INVALID_PARAMETER;
        if (status == ST_OK) config_interface_rewritten(&call, router_interface);
        if (status != ST_OK) *ret = NULL;
        config_leave(&call);
    }
    return API_TRACE(status,
                     "MprConfigInterfaceTransportAdd(config=%h, interface=%h, transport=%t, "
                     "name=%w, info=%p, size=%u)|handle=%h",
                     config, router_interface, id, name, info, size, ret ? *ret : NULL);
}

DWORD WINAPI MprConfigInterfaceTransportRemove(HANDLE config, HANDLE router_interface,
                                               HANDLE iftransport)
{
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = remove_alone(&call, router_interface, iftransport);
        if (status == ST_OK) config_interface_rewritten(&call, router_interface);
        if (status == ST_OK || status == ST_NO_SUCH_INTERFACE)
            config_handle_end(&call, iftransport);
        config_leave(&call);
    }
    return API_TRACE(status,
                     "MprConfigInterfaceTransportRemove(config=%h, interface=%h, transport=%h)",
                     config, router_interface, iftransport);
}

DWORD WINAPI MprConfigInterfaceTransportGetHandle(HANDLE config, HANDLE router_interface, DWORD id,
                                                  HANDLE *ret)
{
    struct config_transport transport;
    struct config_interface row;
    struct config_call call;
    WCHAR path[CONFIG_PATH_MAX];
    mpr_status status = config_enter_for(&call, config, ret);

    if (status == ST_OK) {
        status = config_interface_get(&call, router_interface, &row);
        if (status == ST_OK) {
            config_interface_path(path, row.number);
            status = config_transport_find(path, id, &transport);
        }
        if (status == ST_NOT_FOUND) status = ST_NO_SUCH_INTERFACE;
        if (status == ST_OK) status = config_iftransport_handle(&call, &row, id, ret);
        config_leave(&call);
    }
    return API_TRACE(status,
                     "MprConfigInterfaceTransportGetHandle(config=%h, interface=%h, "
                     "transport=%t)|handle=%h",
                     config, router_interface, id, ret ? *ret : NULL);
}

DWORD WINAPI MprConfigInterfaceTransportGetInfo(HANDLE config, HANDLE router_interface,
                                                HANDLE iftransport, LPBYTE *ret, LPDWORD ret_size)
{
    struct config_transport row;
    struct config_call call;
    WCHAR path[CONFIG_PATH_MAX];
    mpr_status status;

    if (ret) *ret = NULL;
    if (ret_size) *ret_size = 0;
    status = config_enter(&call, config);
    if (status == ST_OK) {
        status = ret && !ret_size
                     ? ST_INVALID_PARAMETER
                     : config_iftransport_get(&call, router_interface, iftransport, path, &row);
        if (status == ST_OK && ret)
            status = config_blob_out(path, &row, INTERFACE_INFO, ret, ret_size);
        config_leave(&call);
    }
    return API_TRACE(status,
                     "MprConfigInterfaceTransportGetInfo(config=%h, interface=%h, transport=%h)",
                     config, router_interface, iftransport);
}

DWORD WINAPI MprConfigInterfaceTransportSetInfo(HANDLE config, HANDLE router_interface,
                                                HANDLE iftransport, LPBYTE info, DWORD size)
{
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = info && !size ? ST_INVALID_PARAMETER
                               : set_alone(&call, router_interface, iftransport, info, size);
        if (status == ST_OK) config_interface_rewritten(&call, router_interface);
        config_leave(&call);
    }
    return API_TRACE(status,
                     "MprConfigInterfaceTransportSetInfo(config=%h, interface=%h, transport=%h, "
                     "info=%p, size=%u)",
                     config, router_interface, iftransport, info, size);
}

static DWORD iftransport_row_id(const void *row)
{
    return ((const struct config_transport *)row)->id;
}

static mpr_status fill_iftransport(struct config_call *call, void *context, const void *data,
                                   void *entry)
{
    const struct config_transport *row = data;
    MPR_IFTRANSPORT_0 *transport = entry;

    transport->dwTransportId = row->id;
    u16_copy(transport->wszIfTransportName, MAX_TRANSPORT_NAME_LEN + 1, row->name);
    return config_iftransport_handle(call, context, row->id, &transport->hIfTransport);
}

static mpr_status enumerate(struct config_call *call, HANDLE router_interface,
                            const struct config_enum *e)
{
    struct config_page page = {.row_size = sizeof(struct config_transport),
                               .key = iftransport_row_id,
                               .entry_size = sizeof(MPR_IFTRANSPORT_0),
                               .fill = fill_iftransport};
    struct config_interface owner;
    struct config_transport *rows;
    WCHAR path[CONFIG_PATH_MAX];
    mpr_status status = config_interface_get(call, router_interface, &owner);

    if (status != ST_OK) return status;
    config_interface_path(path, owner.number);
    status = config_transport_list(path, &rows, &page.count);
    page.rows = rows;
    page.context = &owner;
    if (status == ST_OK) status = config_enum_page(call, e, &page);
    mem_free(rows);
    return status;
}

DWORD WINAPI MprConfigInterfaceTransportEnum(HANDLE config, HANDLE router_interface, DWORD level,
                                             LPBYTE *ret, DWORD preferred, LPDWORD read,
                                             LPDWORD total, LPDWORD resume)
{
    struct config_enum e = {level, ret, preferred, read, total, resume};
    mpr_status bad = config_enum_check(&e, sizeof(MPR_IFTRANSPORT_0));
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = bad ? bad : enumerate(&call, router_interface, &e);
        config_leave(&call);
    }
    return API_TRACE(
        status, "MprConfigInterfaceTransportEnum(config=%h, interface=%h, level=%u, preferred=%u)",
        config, router_interface, level, preferred);
}
