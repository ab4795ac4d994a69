/* DDM as its callers see it: the conditions of connecting and disconnecting, answers of dialers.
 *
 * The conditions are checked in a fixed order, from what an administrator has set to what the link
 * does; the pages list the codes without one. Page: MprAdminInterfaceConnect.
 */
#include "router/ddm/ddm_api.h"

#include "router/ddm/client.h"
#include "router/ddm/ddm.h"
#include "router/ddm/dial_config.h"
#include "router/dim/interface.h"
#include "router/rm/hosted_event.h"
#include "router/rm/rm_hold.h"
#include "router/state.h"

bool router_has_ddm(const struct router *r)
{
    return r->config.router_type & (ROUTER_WAN | ROUTER_WAN_V6 | ROUTER_RAS | ROUTER_RAS_V6);
}

/* Live connections, and attempts whose dialling has begun, go on; redials do not. */
void router_pause(struct router *r, bool paused)
{
    r->paused = paused;
    rm_hold_review(r);
    hosted_drain(r);
}

static mpr_status demand_dial_get(struct router *r, handle_t32 handle, struct interface **ret)
{
    struct interface *i = interface_get(r, handle);

    if (!i) return ST_INVALID_HANDLE;
    if (!router_has_ddm(r)) return ST_DDM_NOT_RUNNING;
    if (!interface_is_demand_dial(i)) return ST_INVALID_PARAMETER;
    *ret = i;
    return ST_OK;
}

/* What is in the way, apart from the link itself. */
static mpr_status refusal(const struct interface *i)
{
    uint32_t obstacles = ddm_obstacles(i);

    if (obstacles & REASON_ADMIN_DISABLED) return ST_INTERFACE_DISABLED;
    if (obstacles & REASON_SERVICE_PAUSED) return ST_SERVICE_IS_PAUSED;
    if (!dial_config_usable(ddm_config(i))) return ST_INTERFACE_HAS_NO_DEVICES;
    if (obstacles & REASON_DIALOUT_HOURS) return ST_DIALOUT_HOURS_RESTRICTION;
    return ST_OK;
}

static mpr_status connect_interface(struct interface *i, struct request *request)
{
    mpr_status status = refusal(i);

    if (status != ST_OK) {
        if (!ddm_busy(i)) i->last_error = status;
        return status;
    }
    if (i->state == IF_CONNECTING) return ST_ALREADY_CONNECTING;
    if (i->state == IF_CONNECTED) return ST_OK;
    return ddm_start(i, request);
}

mpr_status router_interface_connect(struct router *r, handle_t32 interface, struct request *request)
{
    struct interface *i;
    mpr_status status = demand_dial_get(r, interface, &i);

    return status == ST_OK ? connect_interface(i, request) : status;
}

mpr_status ddm_demand(struct router *r, struct interface *i)
{
    if (!router_has_ddm(r)) return ST_DDM_NOT_RUNNING;
    if (!interface_is_demand_dial(i)) return ST_INVALID_PARAMETER;
    if (i->phase == DIAL_BACK_OFF) return ST_INTERFACE_UNREACHABLE;
    return connect_interface(i, NULL);
}

mpr_status router_interface_disconnect(struct router *r, handle_t32 interface)
{
    struct interface *i = interface_get(r, interface);
    mpr_status status;

    if (i && i->client) {
        client_stop(i, ST_INTERFACE_DISCONNECTED);
        return ST_OK;
    }
    status = demand_dial_get(r, interface, &i);
    if (status != ST_OK) return status;
    if (!ddm_busy(i)) return ST_INTERFACE_NOT_CONNECTED;
    ddm_stop(i, ST_INTERFACE_DISCONNECTED);
    hosted_drain(r);
    return ST_OK;
}

/* The interface when it is the current attempt of a host's dialer, else NULL. */
static struct interface *current_attempt(struct router *r, handle_t32 handle, uint32_t attempt)
{
    struct interface *i = interface_get(r, handle);

    if (!i || !interface_is_demand_dial(i) || i->attempt != attempt) return NULL;
    return i->dial->kind == DIALER_SCRIPTED ? NULL : i;
}

void router_dial_result(struct router *r, handle_t32 interface, uint32_t attempt, mpr_status result,
                        const struct ip_binding *binding)
{
    struct interface *i = current_attempt(r, interface, attempt);

    if (!i || i->phase != DIAL_DIALLING || i->port->asking) return;
    ddm_attempt_over(i, result, binding);
    hosted_drain(r);
}

void router_link_down(struct router *r, handle_t32 interface, uint32_t attempt, mpr_status reason)
{
    struct interface *i = current_attempt(r, interface, attempt);

    if (!i) return;
    if (reason == ST_OK) reason = ST_INTERFACE_DISCONNECTED;
    if (i->phase == DIAL_UP) {
        ddm_lost(i, reason);
    } else if (i->phase == DIAL_DIALLING) {
        ddm_attempt_over(i, reason, NULL);
    }
    hosted_drain(r);
}
