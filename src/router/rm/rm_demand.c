/* A packet to a link that is not up. Its route is looked up again, as the host's table may be
 * behind the router's.
 */
#include "router/rm/rm_demand.h"

#include <string.h>

#include "base/address_text.h"
#include "base/trace.h"
#include "infoblock/types.h"
#include "router/ddm/ddm.h"
#include "router/ddm/ddm_api.h"
#include "router/dim/interface.h"
#include "router/rm/hosted_event.h"
#include "router/rm/host_filters.h"
#include "router/rm/rm.h"
#include "router/rm/rm_interface.h"

/* NULL: its best route is held for nobody. */
static struct iftransport *held_for(struct router *r, const struct host_demand *d)
{
    const struct router_manager *m = rm_find(r, d->transport);
    const struct rtm_route *best;
    struct rtm_address to;
    struct iftransport *t;

    if (!m) return NULL;
    memcpy(&to, d->packet.dest, sizeof(to));
    best = rtm_best_match(m->rtm, &to, NULL);
    t = best ? rm_iftransport_by_index(m, best->interface) : NULL;
    return t && t->held ? t : NULL;
}

static void say_dialled(const struct interface *i, const struct host_demand *d, mpr_status status)
{
    const unsigned octets = d->transport == TRANSPORT_IP ? RTM_IPV4 : RTM_IPV6;

    if (status != ST_PENDING) {
        TRACE(DEBUG, "interface %s: a packet asks for it: %s", trace_u16(i->name).text,
              status_name(status));
    } else {
        TRACE(INFO, "interface %s: dialled on demand, for protocol %u to %s",
              trace_u16(i->name).text, d->packet.protocol,
              address_text(d->packet.dest, octets).text);
    }
}

void router_demand(struct router *r, const struct host_demand *demand)
{
    struct iftransport *t = held_for(r, demand);
    mpr_status status;

    if (!t || ddm_busy(t->interface)) return;
    if (!host_filters_may_dial(t, &demand->packet)) {
        TRACE(DEBUG, "interface %s: a packet of protocol %u does not dial it, by its filters",
              trace_u16(t->interface->name).text, demand->packet.protocol);
        return;
    }
    status = ddm_demand(r, t->interface);
    say_dialled(t->interface, demand, status);
    hosted_drain(r);
}
