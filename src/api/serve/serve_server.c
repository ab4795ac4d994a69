/* The server: methods 0, 43, 44, 47. */
#include "api/serve/serve_methods.h"

SERVE_METHOD(server_get_info)
{
    BYTE *buffer = NULL;
    mpr_status status = MprAdminServerGetInfo(c->server, c->in.level, &buffer);

    return serve_give_one(c, status, WIRE_SERVER, buffer);
}

SERVE_METHOD(server_set_info)
{
    BYTE *buffer;
    mpr_status status = serve_take_info(c, WIRE_SERVER, &buffer);

    return status == ST_OK ? MprAdminServerSetInfo(c->server, c->in.level, buffer) : status;
}

static mpr_status give_server(struct serve_call *c, void *object)
{
    struct dim_server *out = &c->out.server;
    const struct dim_server nothing = *out;
    mpr_status status = wire_server_out(&c->memory, object, out);

    if (status != ST_OK) *out = nothing;
    return status;
}

SERVE_METHOD(server_get_info_ex)
{
    void *object = wire_server_make(&c->memory, &c->in.server);
    mpr_status status = object ? MprAdminServerGetInfoEx(c->server, object) : c->memory.status;

    if (status == ST_OK) {
        c->server_object = object;
        status = give_server(c, object);
    }
    return status;
}

SERVE_METHOD(server_set_info_ex)
{
    void *object = wire_server_set_make(&c->memory, &c->in.server_set);

    return object ? MprAdminServerSetInfoEx(c->server, object) : c->memory.status;
}
