/* MprAdminTransport*: router managers and their global information.
 *
 * Setting information may start or stop hosted protocols, which run on threads of their own; the
 * call waits for them, since it has no event to tell later.
 */
#include "api/api.h"

#include "api/remote/remote.h"

/* Information of a transport as given. */
struct transport_input {
    uint32_t transport;
    struct blob global_storage, client_storage;
    const struct blob *global, *client;
};

static mpr_status read_input(struct transport_input *t, const struct dim_blocks *b)
{
    mpr_status status = api_blob_in(b->global.data, b->global.size, &t->global_storage, &t->global);

    if (status == ST_OK)
        status = api_blob_in(b->interface.data, b->interface.size, &t->client_storage, &t->client);
    if (status == ST_OK && !t->global && !t->client) status = ST_INVALID_PARAMETER;
    return status;
}

static mpr_status start_create(struct router *r, void *context, struct request *request)
{
    const struct transport_input *t = context;

    return router_transport_create(r, t->transport, t->global, t->client, request);
}

/* The same for another router; a size without pointer means nothing. */
static struct dim_blocks blocks_of(const BYTE *global, DWORD global_size, const BYTE *client,
                                   DWORD client_size)
{
    return (struct dim_blocks){.global = {global ? global_size : 0, global},
                               .interface = {client ? client_size : 0, client}};
}

static mpr_status local_transport_create(HANDLE server, DWORD transport,
                                         const struct dim_blocks *blocks)
{
    struct transport_input input = {.transport = transport};
    mpr_status status = api_check(server);

    /* Name and DLL are of no use here: the router managers are built in, one per transport. */
    if (status == ST_OK) status = read_input(&input, blocks);
    return status == ST_OK ? api_tell_protocols(server, start_create, &input) : status;
}

DWORD WINAPI MprAdminTransportCreate(MPR_SERVER_HANDLE server, DWORD transport, LPWSTR name,
                                     LPBYTE global, DWORD global_size, LPBYTE client,
                                     DWORD client_size, LPWSTR dll_path)
{
    const struct dim_blocks blocks = blocks_of(global, global_size, client, client_size);
    mpr_status status = remote_is(server)
                            ? remote_transport_create(server, transport, name, &blocks, dll_path)
                            : local_transport_create(server, transport, &blocks);

    return API_TRACE(status,
                     "MprAdminTransportCreate(server=%h, transport=%t, name=%w, global=%p[%u], "
                     "client=%p[%u], dll=%w)",
                     server, transport, name, global, global_size, client, client_size, dll_path);
}

static mpr_status start_set(struct router *r, void *context, struct request *request)
{
    const struct transport_input *t = context;

    return router_transport_set(r, t->transport, t->global, t->client, request);
}

static mpr_status local_transport_set_info(HANDLE server, DWORD transport,
                                           const struct dim_blocks *blocks)
{
    struct transport_input input = {.transport = transport};
    mpr_status status = api_check(server);

    if (status == ST_OK) status = read_input(&input, blocks);
    return status == ST_OK ? api_tell_protocols(server, start_set, &input) : status;
}

DWORD WINAPI MprAdminTransportSetInfo(MPR_SERVER_HANDLE server, DWORD transport, LPBYTE global,
                                      DWORD global_size, LPBYTE client, DWORD client_size)
{
    const struct dim_blocks blocks = blocks_of(global, global_size, client, client_size);
    mpr_status status = remote_is(server) ? remote_transport_set_info(server, transport, &blocks)
                                          : local_transport_set_info(server, transport, &blocks);

    return API_TRACE(status,
                     "MprAdminTransportSetInfo(server=%h, transport=%t, global=%p[%u], "
                     "client=%p[%u])",
                     server, transport, global, global_size, client, client_size);
}

/* A result that the caller may not want. */
struct transport_output {
    BYTE **buffer;
    DWORD *size;
};

static void clear_output(const struct transport_output *o)
{
    if (o->buffer) *o->buffer = NULL;
    if (o->size) *o->size = 0;
}

static mpr_status copy_output(const struct transport_output *o, const struct blob *blob)
{
    if (!o->buffer) return ST_OK;
    return api_buffer_copy(blob ? blob->data : NULL, blob ? blob->size : 0, o->buffer, o->size);
}

static mpr_status get_info(HANDLE server, uint32_t transport, const struct transport_output *global,
                           const struct transport_output *client)
{
    const struct blob *global_blob = NULL, *client_blob = NULL;
    struct api_look call;
    mpr_status status = api_enter_shared(&call, server);

    if (status != ST_OK) return status;
    if (!global->buffer && !client->buffer)
        status = ST_INVALID_PARAMETER;
    else
        status = router_transport_get(call.router, transport, &global_blob, &client_blob);
    if (status == ST_OK) status = copy_output(global, global_blob);
    if (status == ST_OK) status = copy_output(client, client_blob);
    api_leave_shared(&call);
    if (status != ST_OK) {
        if (global->buffer) api_buffer_free(*global->buffer);
        clear_output(global);
        clear_output(client);
    }
    return status;
}

DWORD WINAPI MprAdminTransportGetInfo(MPR_SERVER_HANDLE server, DWORD transport, LPBYTE *ret_global,
                                      LPDWORD ret_global_size, LPBYTE *ret_client,
                                      LPDWORD ret_client_size)
{
    const struct transport_output global = {ret_global, ret_global_size};
    const struct transport_output client = {ret_client, ret_client_size};
    mpr_status status;

    clear_output(&global);
    clear_output(&client);
    status = remote_is(server)
                 ? remote_transport_get_info(server, transport, ret_global, ret_global_size,
                                             ret_client, ret_client_size)
                 : get_info(server, transport, &global, &client);
    return API_TRACE(status,
                     "MprAdminTransportGetInfo(server=%h, transport=%t, global=%p, client=%p)",
                     server, transport, ret_global, ret_client);
}
