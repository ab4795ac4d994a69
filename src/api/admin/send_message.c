/* MprAdminSendUserMessage. No peer of ours runs a messenger, which RAS_FLAGS_MESSENGER_PRESENT
 * would tell; a message to one that has none is not supported. */
#include "api/api.h"

#include "api/remote/remote.h"
#include "router/ddm/port.h"

static mpr_status local_send_message(HANDLE server, HANDLE connection, const WCHAR *message)
{
    struct api_call call;
    struct connection_info info;
    mpr_status status = api_enter(&call, server);

    if (status == ST_OK) {
        if (!message)
            status = ST_INVALID_PARAMETER;
        else if (!router_has_ddm(call.router))
            status = ST_DDM_NOT_RUNNING;
        else if (router_connection_info(call.router, api_handle(connection), &info) != ST_OK)
            status = ST_INTERFACE_NOT_CONNECTED;
        else
            status = ST_NOT_SUPPORTED;
        api_leave(&call);
    }
    return status;
}

DWORD WINAPI MprAdminSendUserMessage(MPR_SERVER_HANDLE server, HANDLE connection, LPWSTR message)
{
    mpr_status status = remote_is(server) ? remote_send_message(server, connection, message)
                                          : local_send_message(server, connection, message);

    return API_TRACE(status, "MprAdminSendUserMessage(server=%h, connection=%h, message=%p)",
                     server, connection, message);
}
