/* Ports and devices: methods 4 to 8, 36. */
#include "api/serve/serve_methods.h"

/* INVALID_HANDLE_VALUE means all ports, as 32 bits have it on the wire. */
static HANDLE connection_or_all(uint32_t connection)
{
    return connection == UINT32_MAX ? INVALID_HANDLE_VALUE : serve_handle(connection);
}

SERVE_METHOD(port_enum)
{
    struct serve_page p;
    mpr_status status;

    serve_page_begin(c, &p);
    status = MprAdminPortEnum(c->server, c->in.level, connection_or_all(c->in.connection),
                              &p.entries, serve_preferred(c, WIRE_PORT, sizeof(RAS_PORT_0)),
                              &p.read, &p.total, p.resume_at);
    return serve_page_give(c, status, WIRE_PORT, &p);
}

SERVE_METHOD(port_get_info)
{
    BYTE *buffer = NULL;
    mpr_status status =
        MprAdminPortGetInfo(c->server, c->in.level, serve_handle(c->in.port), &buffer);

    return serve_give_one(c, status, WIRE_PORT, buffer);
}

SERVE_METHOD(port_clear_stats)
{
    return MprAdminPortClearStats(c->server, serve_handle(c->in.port));
}

SERVE_METHOD(port_reset)
{
    return MprAdminPortReset(c->server, serve_handle(c->in.port));
}

SERVE_METHOD(port_disconnect)
{
    return MprAdminPortDisconnect(c->server, serve_handle(c->in.port));
}

SERVE_METHOD(device_enum)
{
    BYTE *buffer = NULL;
    DWORD count = 0;
    mpr_status status = MprAdminDeviceEnum(c->server, c->in.level, &buffer, &count);

    if (status == ST_OK) status = serve_give_info(c, WIRE_DEVICE, buffer, count);
    if (status == ST_OK) c->out.total_entries = count;
    return status;
}
