/* Interfaces: methods 11 to 15, 20 to 25, 38, 39, 51, 52. */
#include "api/serve/serve_methods.h"

#include "api/serve/serve_kept.h"
#include "win32/stored_keys.h"

static HANDLE interface_of(const struct serve_call *c)
{
    return serve_handle(c->in.interface);
}

/* ---- the table ------------------------------------------------------------------------------- */

SERVE_METHOD(interface_get_handle)
{
    HANDLE handle = NULL;
    mpr_status status = MprAdminInterfaceGetHandle(c->server, serve_text(c->in.text[0]), &handle,
                                                   c->in.include_clients != 0);

    c->out.interface = api_handle(handle);
    return status;
}

SERVE_METHOD(interface_create)
{
    HANDLE handle = NULL;
    BYTE *buffer;
    mpr_status status = serve_take_info(c, WIRE_INTERFACE, &buffer);

    if (status == ST_OK) status = MprAdminInterfaceCreate(c->server, c->in.level, buffer, &handle);
    c->out.interface = api_handle(handle);
    return status;
}

SERVE_METHOD(interface_get_info)
{
    BYTE *buffer = NULL;
    mpr_status status = MprAdminInterfaceGetInfo(c->server, interface_of(c), c->in.level, &buffer);

    return serve_give_one(c, status, WIRE_INTERFACE, buffer);
}

SERVE_METHOD(interface_set_info)
{
    BYTE *buffer;
    mpr_status status = serve_take_info(c, WIRE_INTERFACE, &buffer);

    if (status != ST_OK) return status;
    return MprAdminInterfaceSetInfo(c->server, interface_of(c), c->in.level, buffer);
}

SERVE_METHOD(interface_delete)
{
    return MprAdminInterfaceDelete(c->server, interface_of(c));
}

SERVE_METHOD(interface_enum)
{
    struct serve_page p;
    mpr_status status;

    serve_page_begin(c, &p);
    status = MprAdminInterfaceEnum(c->server, c->in.level, &p.entries,
                                   serve_preferred(c, WIRE_INTERFACE, sizeof(MPR_INTERFACE_0)),
                                   &p.read, &p.total, p.resume_at);
    return serve_page_give(c, status, WIRE_INTERFACE, &p);
}

/* ---- connecting and updating ----------------------------------------------------------------- */

SERVE_METHOD(interface_connect)
{
    struct serve_event event = serve_kept_take(c);
    mpr_status status =
        MprAdminInterfaceConnect(c->server, interface_of(c), event.local, c->in.blocking != 0);

    serve_kept_release(c, &event);
    return status;
}

SERVE_METHOD(interface_disconnect)
{
    return MprAdminInterfaceDisconnect(c->server, interface_of(c));
}

SERVE_METHOD(interface_update_routes)
{
    struct serve_event event = serve_kept_take(c);
    mpr_status status;

    stored_keys_look(c->in.interface);
    status =
        MprAdminInterfaceUpdateRoutes(c->server, interface_of(c), c->in.transport, event.local);
    serve_kept_release(c, &event);
    return status;
}

SERVE_METHOD(interface_query_update_result)
{
    DWORD result = 0;
    mpr_status status =
        MprAdminInterfaceQueryUpdateResult(c->server, interface_of(c), c->in.transport, &result);

    c->out.result = result;
    return status;
}

SERVE_METHOD(interface_update_phonebook_info)
{
    return MprAdminInterfaceUpdatePhonebookInfo(c->server, interface_of(c));
}

/* ---- devices --------------------------------------------------------------------------------- */

SERVE_METHOD(interface_device_get_info)
{
    BYTE *buffer = NULL;
    mpr_status status = MprAdminInterfaceDeviceGetInfo(c->server, interface_of(c), c->in.index,
                                                       c->in.level, &buffer);

    return serve_give_one(c, status, WIRE_DEVICE, buffer);
}

SERVE_METHOD(interface_device_set_info)
{
    BYTE *buffer;
    mpr_status status = serve_take_info(c, WIRE_DEVICE, &buffer);

    if (status != ST_OK) return status;
    return MprAdminInterfaceDeviceSetInfo(c->server, interface_of(c), c->in.index, c->in.level,
                                          buffer);
}

/* ---- custom settings ------------------------------------------------------------------------- */

static mpr_status give_custom(struct serve_call *c, void *object)
{
    struct dim_custom *out = &c->out.custom;
    const struct dim_custom nothing = *out;
    mpr_status status = wire_custom_out(&c->memory, object, out);

    if (status != ST_OK) *out = nothing;
    return status;
}

SERVE_METHOD(interface_get_custom_info_ex)
{
    void *object = wire_custom_make(&c->memory, &c->in.custom);
    mpr_status status = object
                            ? MprAdminInterfaceGetCustomInfoEx(c->server, interface_of(c), object)
                            : c->memory.status;

    if (status == ST_OK) {
        c->custom_object = object;
        status = give_custom(c, object);
    }
    return status;
}

/* The settings go both ways, so a caller gets back what he sent, but for what he would need memory
 * for: a set that was made must not fail when its answer is read. */
SERVE_METHOD(interface_set_custom_info_ex)
{
    void *object = wire_custom_make(&c->memory, &c->in.custom);

    if (!object) return c->memory.status;
    c->out.custom = c->in.custom;
    c->out.custom.policy = NULL;
    c->out.custom.initiator = c->out.custom.responder = (struct dim_selectors){0, NULL};
    return MprAdminInterfaceSetCustomInfoEx(c->server, interface_of(c), object);
}
