/* What is told about an interface: by name, by handle, and the reasons that are computed.
 *
 * The state in struct interface is what happened to the link. What keeps a demand-dial interface
 * from being dialled at this moment (disabled, paused, hours) is not stored but found out when
 * somebody asks: it changes by itself, and a live connection is not concerned.
 */
#include "base/utf16.h"
#include "router/ddm/ddm.h"
#include "router/dim/interface.h"
#include "router/state.h"

/* The client of that name that called first. */
static struct interface *client_by_name(const struct router *r, const char16_t *name)
{
    struct interface *i;

    for (size_t at = 0; r->clients && (i = interface_next(r, &at));) {
        if (i->client && u16_equal_nocase(i->name, name)) return i;
    }
    return NULL;
}

mpr_status router_interface_find(const struct router *r, const char16_t *name, bool include_clients,
                                 handle_t32 *ret)
{
    struct interface *i = name ? interface_by_name(r, name) : NULL;

    if (!i && name && include_clients) i = client_by_name(r, name);
    if (!i) return ST_NO_SUCH_INTERFACE;
    *ret = i->handle;
    return ST_OK;
}

mpr_status router_interface_info(const struct router *r, handle_t32 interface,
                                 struct interface_info *ret)
{
    const struct interface *i = interface_get(r, interface);

    if (!i) return ST_INVALID_HANDLE;
    u16_copy(ret->name, INTERFACE_NAME_MAX + 1, i->name);
    ret->handle = i->handle;
    ret->enabled = i->enabled;
    ret->type = i->type;
    ret->state = i->state;
    ret->reasons = i->reasons;
    ret->last_error = i->last_error;
    ret->index = i->index;
    if (interface_is_demand_dial(i) && !ddm_busy(i)) {
        ret->reasons |= ddm_obstacles(i);
        if (ret->reasons) ret->state = IF_UNREACHABLE;
    }
    return ST_OK;
}

mpr_status router_interface_hours(const struct router *r, handle_t32 interface,
                                  const char16_t **ret)
{
    const struct interface *i = interface_get(r, interface);

    if (!i) return ST_INVALID_HANDLE;
    *ret = i->dialout_hours;
    return ST_OK;
}

mpr_status router_interface_custom(const struct router *r, handle_t32 interface,
                                   const struct blob **ret)
{
    const struct interface *i = interface_get(r, interface);

    if (!i) return ST_INVALID_HANDLE;
    *ret = &i->custom;
    return ST_OK;
}

mpr_status router_interface_set_custom(struct router *r, handle_t32 interface, struct blob *custom)
{
    struct interface *i = interface_get(r, interface);

    if (!i) return ST_INVALID_HANDLE;
    blob_take(&i->custom, custom);
    return ST_OK;
}

bool router_interface_look(struct router *r, handle_t32 interface, uint32_t as_of,
                           struct interface_info *ret)
{
    struct interface *i = interface_get(r, interface);

    if (!i || (i->looked && i->looked_as_of == as_of)) return false;
    i->looked = true;
    i->looked_as_of = as_of;
    return router_interface_info(r, interface, ret) == ST_OK;
}

mpr_status router_interface_set_stored(struct router *r, handle_t32 interface, bool stored)
{
    struct interface *i = interface_get(r, interface);
    struct iftransport *t;

    if (!i) return ST_INVALID_HANDLE;
    i->stored = stored;
    DL_FOREACH (i->transports, t) t->settled = 0;
    return ST_OK;
}
