/* MprAdminConnectionClearStats, RemoveQuarantine, MprAdminUpdateConnection: what an administrator
 * does to a connection. */
#include "api/admin/connection_levels.h"

#include <mprapi_ext.h>

#include "win32/sys/no_interface_macro.h"

#include "api/remote/remote.h"
#include "router/ddm/client.h"
#include "win32/net/link_stats.h"

static mpr_status local_connection_clear_stats(HANDLE server, HANDLE connection)
{
    struct ras_connection c;
    struct link_counters now;
    struct api_call call;
    mpr_status status = api_check(server);

    if (status == ST_OK) status = connection_read(server, connection, &c);
    if (status == ST_INTERFACE_NOT_CONNECTED) status = ST_INVALID_PARAMETER; /* page */
    if (status == ST_OK) {
        link_stats_read(c.info.host_index, &now);
        status = api_enter_again(&call, server);
    }
    if (status == ST_OK) {
        /* One that has ended meanwhile has nothing to clear. */
        router_port_clear(call.router, c.info.port, c.info.connection, &now);
        api_leave(&call);
    }
    return status;
}

DWORD WINAPI MprAdminConnectionClearStats(RAS_SERVER_HANDLE server, HANDLE connection)
{
    mpr_status status = remote_is(server) ? remote_connection_clear_stats(server, connection)
                                          : local_connection_clear_stats(server, connection);

    return API_TRACE(status, "MprAdminConnectionClearStats(server=%h, connection=%h)", server,
                     connection);
}

/* Only a client is ever in quarantine. The administration DLLs' word comes after this call. */
static mpr_status local_remove_quarantine(HANDLE server, HANDLE connection, BOOL is_address)
{
    struct api_call call;
    handle_t32 handle = api_handle(connection);
    mpr_status status = api_enter(&call, server);

    if (status == ST_OK) {
        /* An address is in network order, in the low 32 bits (page). */
        if (is_address)
            status =
                router_connection_find(call.router, ntohl((u_long)(ULONG_PTR)connection), &handle);
        if (status == ST_OK) status = router_connection_release(call.router, handle);
        api_leave(&call);
    } else if (status == ST_RPC_INVALID_BINDING) {
        status = ST_INVALID_PARAMETER; /* the page has one code for both handles */
    }
    return status;
}

DWORD WINAPI MprAdminConnectionRemoveQuarantine(HANDLE server, HANDLE connection, BOOL is_address)
{
    mpr_status status = remote_is(server)
                            ? remote_connection_remove_quarantine(server, connection, is_address)
                            : local_remove_quarantine(server, connection, is_address);

    return API_TRACE(status,
                     "MprAdminConnectionRemoveQuarantine(server=%h, connection=%h, address=%b)",
                     server, connection, is_address);
}

/* No page; the structure has one. A text that is not terminated is no address. */
static mpr_status check_update(const RAS_UPDATE_CONNECTION *u)
{
    if (!u || u->Header.type != MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT ||
        u->Header.revision != MPRAPI_RAS_UPDATE_CONNECTION_OBJECT_REVISION_1 ||
        (u->Header.size != sizeof(*u) && u->Header.size != sizeof(u->Header)))
        return ST_INVALID_PARAMETER;
    if (u16_length(u->wszLocalEndpointAddress, MAXIPADRESSLEN + 1) > MAXIPADRESSLEN ||
        u16_length(u->wszRemoteEndpointAddress, MAXIPADRESSLEN + 1) > MAXIPADRESSLEN)
        return ST_INVALID_PARAMETER;
    return ST_OK;
}

static mpr_status local_connection_update(HANDLE server, HANDLE connection,
                                          const RAS_UPDATE_CONNECTION *update)
{
    struct api_call call;
    mpr_status status = api_enter(&call, server);

    if (status == ST_OK) {
        status = check_update(update);
        if (status == ST_OK && !router_has_ddm(call.router)) status = ST_DDM_NOT_RUNNING;
        if (status == ST_OK)
            status = router_connection_move(call.router, api_handle(connection),
                                            update->wszLocalEndpointAddress,
                                            update->wszRemoteEndpointAddress);
        api_leave(&call);
    }
    return status;
}

DWORD APIENTRY MprAdminUpdateConnection(RAS_SERVER_HANDLE server, HANDLE connection,
                                        PRAS_UPDATE_CONNECTION update)
{
    mpr_status status = remote_is(server) ? remote_connection_update(server, connection, update)
                                          : local_connection_update(server, connection, update);

    return API_TRACE(status, "MprAdminUpdateConnection(server=%h, connection=%h, update=%p)",
                     server, connection, update);
}
