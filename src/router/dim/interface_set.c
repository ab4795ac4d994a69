/* Creating, changing and deleting interfaces.
 *
 * Everything that can fail comes first and is undone on failure; the change itself can't fail.
 * Rules: MprAdminInterfaceCreate, -Delete, -SetInfo pages; MS-RRASM 3.1.4.13, .15, .16.
 */
#include "base/trace.h"
#include "base/utf16.h"
#include "router/ddm/ddm.h"
#include "router/ddm/dial_config.h"
#include "router/ddm/dialout_hours.h"
#include "router/ddm/port.h"
#include "router/dim/adapters.h"
#include "router/dim/interface.h"
#include "router/rm/hosted_event.h"
#include "router/rm/rm_hold.h"
#include "router/rm/rm_interface.h"
#include "router/state.h"

static bool type_is_demand_dial(enum interface_type type)
{
    return type == IF_FULL_ROUTER || type == IF_HOME_ROUTER;
}

/* There is one each of these. */
static bool type_is_taken(const struct router *r, enum interface_type type)
{
    return (type == IF_INTERNAL && r->internal) || (type == IF_LOOPBACK && r->loopback);
}

/* Dial-out hours belong to demand-dial interfaces only (MS-RRASM 2.2.3.1.2). */
static bool hours_acceptable(enum interface_type type, const char16_t *hours)
{
    if (!hours || !*hours) return true;
    return type_is_demand_dial(type) && dialout_hours_valid(hours);
}

/* A copy of valid hours; an empty list restricts nothing and is kept as none. */
static mpr_status hours_dup(const char16_t *hours, char16_t **ret)
{
    *ret = NULL;
    if (!hours || !*hours) return ST_OK;
    *ret = mem_dup(hours, dialout_hours_units(hours) * sizeof(*hours));
    return *ret ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status spec_check(const struct router *r, const struct interface_spec *spec)
{
    switch (spec->type) {
    case IF_HOME_ROUTER:
    case IF_FULL_ROUTER:
        if (!hours_acceptable(spec->type, spec->dialout_hours)) return ST_INVALID_PARAMETER;
        if (!router_has_ddm(r)) return ST_DDM_NOT_RUNNING;
        return spec->entry ? ST_OK : ST_INVALID_PARAMETER;
    case IF_DEDICATED:
    case IF_INTERNAL:
    case IF_LOOPBACK:
        if (!spec->enabled) return ST_INVALID_PARAMETER;
        if (!hours_acceptable(spec->type, spec->dialout_hours)) return ST_INVALID_PARAMETER;
        return type_is_taken(r, spec->type) ? ST_INTERFACE_ALREADY_EXISTS : ST_OK;
    case IF_CLIENT:
    case IF_TUNNEL1:
    case IF_DIALOUT:
        break;
    }
    return ST_INVALID_PARAMETER;
}

static mpr_status attach(struct interface *i, const struct interface_spec *spec)
{
    if (interface_is_demand_dial(i)) return ddm_attach(i, spec->entry, spec->plan);
    if (i->type != IF_INTERNAL) return lan_attach(i);
    i->state = IF_CONNECTED;
    return ST_OK;
}

mpr_status router_interface_create(struct router *r, const struct interface_spec *spec,
                                   handle_t32 *ret)
{
    struct interface *i = NULL;
    mpr_status status = spec_check(r, spec);

    if (status == ST_OK) status = interface_new(r, spec->name, spec->type, &i);
    if (status != ST_OK) return status;
    status = hours_dup(spec->dialout_hours, &i->dialout_hours);
    if (status == ST_OK) status = attach(i, spec);
    if (status != ST_OK) {
        interface_free(i);
        return status;
    }
    i->enabled = spec->enabled;
    i->stored = spec->stored;
    i->back_off = spec->back_off;
    *ret = i->handle;
    rm_hold_hours(i);
    TRACE(INFO, "interface %s: created, index %u, type %d", trace_u16(i->name).text,
          (unsigned)i->index, (int)i->type);
    return ST_OK;
}

mpr_status router_interface_delete(struct router *r, handle_t32 interface)
{
    struct interface *i = interface_get(r, interface);

    if (!i) return ST_INVALID_HANDLE;
    if (!interface_is_demand_dial(i)) return ST_INVALID_PARAMETER;
    if (ddm_busy(i)) return ST_INTERFACE_CONNECTED;
    TRACE(INFO, "interface %s: deleted", trace_u16(i->name).text);
    rm_interface_gone(i);
    ddm_detach(i);
    interface_free(i);
    hosted_drain(r);
    return ST_OK;
}

mpr_status router_interface_set(struct router *r, handle_t32 interface, bool enabled,
                                bool keep_hours, const char16_t *hours)
{
    struct interface *i = interface_get(r, interface);
    char16_t *copy = NULL;

    if (!i) return ST_INVALID_HANDLE;
    if (!enabled && !interface_is_demand_dial(i)) return ST_INVALID_PARAMETER;
    if (!keep_hours) {
        if (!hours_acceptable(i->type, hours)) return ST_INVALID_PARAMETER;
        if (hours_dup(hours, &copy) != ST_OK) return ST_NOT_ENOUGH_MEMORY;
        mem_free(i->dialout_hours);
        i->dialout_hours = copy;
    }
    if (enabled != i->enabled) {
        i->enabled = enabled;
        TRACE(INFO, "interface %s: %s", trace_u16(i->name).text, enabled ? "enabled" : "disabled");
        if (!enabled && ddm_busy(i)) ddm_stop(i, ST_INTERFACE_DISABLED);
    }
    rm_interface_changed(i);
    rm_hold_hours(i);
    hosted_drain(r);
    return ST_OK;
}

mpr_status router_interface_set_dial(struct router *r, handle_t32 interface,
                                     const struct dial_entry *entry, const struct dial_plan *plan)
{
    struct interface *i = interface_get(r, interface);
    struct dial_config *config;

    if (!i) return ST_INVALID_HANDLE;
    if (!router_has_ddm(r)) return ST_DDM_NOT_RUNNING;
    if (!interface_is_demand_dial(i) || !entry) return ST_INVALID_PARAMETER;
    config = dial_config_new(entry, plan);
    if (!config) return ST_NOT_ENOUGH_MEMORY;
    if (port_attach(i, config) != ST_OK) {
        mem_free(config);
        return ST_NOT_ENOUGH_MEMORY;
    }
    ddm_configure(i, config);
    hosted_drain(r);
    return dial_config_usable(config) ? ST_OK : ST_INTERFACE_HAS_NO_DEVICES;
}
