/* MprConfigTransport*: router managers of the stored configuration (RouterManagers\<name>).
 *
 * Blobs are stored byte for byte; the router looks into them when it starts.
 */
#include "api/config/config.h"

#include "win32/journal/journal.h"

#define GLOBAL_INFO L"GlobalInfo"
#define CLIENT_INFO L"GlobalInterfaceInfo"

struct transport_values {
    const BYTE *global, *client;
    DWORD global_size, client_size;
    const WCHAR *dll;
};

/* A pointer without size is an error, a size without pointer means nothing (docs/COMPATIBILITY.md,
 * MprConfigTransportCreate). */
static bool sizes_fit(const struct transport_values *v)
{
    return (!v->global || v->global_size) && (!v->client || v->client_size);
}

#define VALUES 3u

/* In this order, and the first failure ends it (page of MprConfigTransportSetInfo). */
static void list_values(const struct transport_values *v, struct config_transport_value ret[VALUES])
{
    ret[0] = (struct config_transport_value){GLOBAL_INFO, v->global, v->global_size, NULL};
    ret[1] = (struct config_transport_value){CLIENT_INFO, v->client, v->client_size, NULL};
    ret[2] = (struct config_transport_value){L"DLLPath", NULL, 0, v->dll};
}

/* A router manager that is there already gets the values. */
static mpr_status store(DWORD id, const WCHAR *name, const struct transport_values *v)
{
    struct config_transport_value values[VALUES];
    mpr_status status = journal_enter();

    if (status != ST_OK) return status;
    list_values(v, values);
    status = config_transport_store(CONFIG_ROUTER_MANAGERS, id, name, values, VALUES);
    journal_leave();
    return status;
}

/* The handle comes first, so that nothing has been stored when there is no memory for it. */
static mpr_status create_or_change(struct config_call *call, DWORD id, const WCHAR *name,
                                   const struct transport_values *v, HANDLE *ret)
{
    bool had = config_transport_has_handle(call, id);
    mpr_status status = config_transport_handle(call, id, ret);

    if (status != ST_OK) return status;
    status = store(id, name, v);
    if (status == ST_OK) return ST_OK;
    if (!had) config_handle_end(call, *ret);
    *ret = NULL;
    return status;
}

DWORD WINAPI MprConfigTransportCreate(HANDLE config, DWORD id, LPWSTR name, LPBYTE global,
                                      DWORD global_size, LPBYTE client, DWORD client_size,
                                      LPWSTR dll, HANDLE *ret)
{
    struct transport_values values = {global, client, global_size, client_size, dll};
    struct config_call call;
    mpr_status status = config_enter_for(&call, config, ret);

    if (status == ST_OK) {
        status = id && sizes_fit(&values) ? create_or_change(&call, id, name, &values, ret)
                                          : ST_INVALID_PARAMETER;
        config_leave(&call);
    }
    return API_TRACE(status,
                     "MprConfigTransportCreate(config=%h, transport=%t, name=%w, global=%p, "
                     "global_size=%u, client=%p, client_size=%u, dll=%w)|handle=%h",
                     config, id, name, global, global_size, client, client_size, dll,
                     ret ? *ret : NULL);
}

static mpr_status delete_alone(struct config_call *call, HANDLE transport)
{
    struct config_transport row;
    mpr_status status = journal_enter();

    if (status != ST_OK) return status;
    status = config_transport_row(call, transport, &row);
    if (status == ST_OK) status = config_transport_delete(CONFIG_ROUTER_MANAGERS, &row);
    journal_leave();
    return status;
}

DWORD WINAPI MprConfigTransportDelete(HANDLE config, HANDLE transport)
{
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = delete_alone(&call, transport);
        if (status == ST_OK || status == ST_UNKNOWN_PROTOCOL_ID)
            config_handle_end(&call, transport);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigTransportDelete(config=%h, transport=%h)", config,
                     transport);
}

DWORD WINAPI MprConfigTransportGetHandle(HANDLE config, DWORD id, HANDLE *ret)
{
    struct config_transport row;
    struct config_call call;
    mpr_status status = config_enter_for(&call, config, ret);

    if (status == ST_OK) {
        status = config_transport_find(CONFIG_ROUTER_MANAGERS, id, &row);
        if (status == ST_NOT_FOUND) status = ST_UNKNOWN_PROTOCOL_ID;
        if (status == ST_OK) status = config_transport_handle(&call, id, ret);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigTransportGetHandle(config=%h, transport=%t)|handle=%h",
                     config, id, ret ? *ret : NULL);
}

static mpr_status write_alone(struct config_call *call, HANDLE transport,
                              const struct transport_values *v)
{
    struct config_transport_value values[VALUES];
    struct config_transport row;
    mpr_status status = journal_enter();

    if (status != ST_OK) return status;
    list_values(v, values);
    status = config_transport_row(call, transport, &row);
    if (status == ST_OK)
        status = config_transport_change(CONFIG_ROUTER_MANAGERS, &row, values, VALUES);
    journal_leave();
    return status;
}

DWORD WINAPI MprConfigTransportSetInfo(HANDLE config, HANDLE transport, LPBYTE global,
                                       DWORD global_size, LPBYTE client, DWORD client_size,
                                       LPWSTR dll)
{
    struct transport_values values = {global, client, global_size, client_size, dll};
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = sizes_fit(&values) ? write_alone(&call, transport, &values) : ST_INVALID_PARAMETER;
        config_leave(&call);
    }
    return API_TRACE(status,
                     "MprConfigTransportSetInfo(config=%h, transport=%h, global=%p, "
                     "global_size=%u, client=%p, client_size=%u, dll=%w)",
                     config, transport, global, global_size, client, client_size, dll);
}

static mpr_status get_dll(const struct config_transport *row, LPWSTR *ret)
{
    WCHAR *path;
    mpr_status status = config_transport_get_dll(row, &path);

    if (status || !path) return status;
    status =
        api_buffer_copy(path, (u16_length(path, SIZE_MAX) + 1) * sizeof(*path), (BYTE **)ret, NULL);
    mem_free(path);
    return status;
}

struct transport_outputs {
    LPBYTE *global, *client;
    LPDWORD global_size, client_size;
    LPWSTR *dll;
};

static void clear_outputs(const struct transport_outputs *out)
{
    if (out->global) *out->global = NULL;
    if (out->client) *out->client = NULL;
    if (out->global_size) *out->global_size = 0;
    if (out->client_size) *out->client_size = 0;
    if (out->dll) *out->dll = NULL;
}

static mpr_status get_all(const struct config_transport *row, const struct transport_outputs *out)
{
    mpr_status status = ST_OK;

    if (out->global)
        status = config_blob_out(CONFIG_ROUTER_MANAGERS, row, GLOBAL_INFO, out->global,
                                 out->global_size);
    if (status == ST_OK && out->client)
        status = config_blob_out(CONFIG_ROUTER_MANAGERS, row, CLIENT_INFO, out->client,
                                 out->client_size);
    if (status == ST_OK && out->dll) status = get_dll(row, out->dll);
    if (status == ST_OK) return ST_OK;
    if (out->global) api_buffer_free(*out->global);
    if (out->client) api_buffer_free(*out->client);
    clear_outputs(out);
    return status;
}

DWORD WINAPI MprConfigTransportGetInfo(HANDLE config, HANDLE transport, LPBYTE *global,
                                       LPDWORD global_size, LPBYTE *client, LPDWORD client_size,
                                       LPWSTR *dll)
{
    struct transport_outputs out = {global, client, global_size, client_size, dll};
    struct config_transport row;
    struct config_call call;
    mpr_status status;

    clear_outputs(&out);
    status = config_enter(&call, config);
    if (status == ST_OK) {
        status = (global && !global_size) || (client && !client_size)
                     ? ST_INVALID_PARAMETER
                     : config_transport_row(&call, transport, &row);
        if (status == ST_OK) status = get_all(&row, &out);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigTransportGetInfo(config=%h, transport=%h)", config,
                     transport);
}

static DWORD row_id(const void *row)
{
    return ((const struct config_transport *)row)->id;
}

static mpr_status fill_entry(struct config_call *call, void *context, const void *data, void *entry)
{
    const struct config_transport *row = data;
    MPR_TRANSPORT_0 *transport = entry;

    (void)context;
    transport->dwTransportId = row->id;
    u16_copy(transport->wszTransportName, MAX_TRANSPORT_NAME_LEN + 1, row->name);
    return config_transport_handle(call, row->id, &transport->hTransport);
}

DWORD WINAPI MprConfigTransportEnum(HANDLE config, DWORD level, LPBYTE *ret, DWORD preferred,
                                    LPDWORD read, LPDWORD total, LPDWORD resume)
{
    struct config_enum e = {level, ret, preferred, read, total, resume};
    struct config_page page = {.row_size = sizeof(struct config_transport),
                               .key = row_id,
                               .entry_size = sizeof(MPR_TRANSPORT_0),
                               .fill = fill_entry};
    mpr_status bad = config_enum_check(&e, sizeof(MPR_TRANSPORT_0));
    struct config_transport *rows = NULL;
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = bad ? bad : config_transport_list(CONFIG_ROUTER_MANAGERS, &rows, &page.count);
        page.rows = rows;
        if (status == ST_OK) status = config_enum_page(&call, &e, &page);
        mem_free(rows);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigTransportEnum(config=%h, level=%u, preferred=%u)", config,
                     level, preferred);
}
