/* Transports: methods 9, 10, 16 to 19, 37. */
#include "api/serve/serve_methods.h"

#include "win32/stored_keys.h"

static HANDLE interface_with(const struct serve_call *c)
{
    return serve_handle(c->in.interface);
}

SERVE_METHOD(transport_set_global_info)
{
    const struct dim_blocks *b = &c->in.blocks;

    return MprAdminTransportSetInfo(c->server, c->in.transport, serve_octets(&b->global),
                                    b->global.size, serve_octets(&b->interface), b->interface.size);
}

/* An information block that a function gave. */
struct block {
    BYTE *data;
    DWORD size;
};

static struct dim_octets own_block(struct serve_call *c, const struct block *block)
{
    serve_own(c, block->data);
    return (struct dim_octets){block->size, block->data};
}

SERVE_METHOD(transport_get_global_info)
{
    const struct dim_blocks *in = &c->in.blocks;
    struct block global = {NULL, 0}, client = {NULL, 0};
    mpr_status status = MprAdminTransportGetInfo(
        c->server, c->in.transport, in->want_global ? &global.data : NULL, &global.size,
        in->want_interface ? &client.data : NULL, &client.size);

    c->out.blocks.global = own_block(c, &global);
    c->out.blocks.interface = own_block(c, &client);
    return status;
}

SERVE_METHOD(transport_create)
{
    const struct dim_blocks *b = &c->in.blocks;

    return MprAdminTransportCreate(
        c->server, c->in.transport, serve_text(c->in.text[0]), serve_octets(&b->global),
        b->global.size, serve_octets(&b->interface), b->interface.size, serve_text(c->in.text[1]));
}

SERVE_METHOD(interface_transport_add)
{
    const struct dim_octets *info = &c->in.blocks.interface;

    return MprAdminInterfaceTransportAdd(c->server, interface_with(c), c->in.transport,
                                         serve_octets(info), info->size);
}

SERVE_METHOD(interface_transport_set_info)
{
    const struct dim_octets *info = &c->in.blocks.interface;

    stored_keys_look(c->in.interface);
    return MprAdminInterfaceTransportSetInfo(c->server, interface_with(c), c->in.transport,
                                             serve_octets(info), info->size);
}

SERVE_METHOD(interface_transport_remove)
{
    return MprAdminInterfaceTransportRemove(c->server, interface_with(c), c->in.transport);
}

SERVE_METHOD(interface_transport_get_info)
{
    struct block info = {NULL, 0};
    mpr_status status = MprAdminInterfaceTransportGetInfo(
        c->server, interface_with(c), c->in.transport,
        c->in.blocks.want_interface ? &info.data : NULL, &info.size);

    c->out.blocks.interface = own_block(c, &info);
    return status;
}
