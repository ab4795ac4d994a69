/* The host's table: routes that it asks for, the device that holds some, and packets to that. */
#include "fuzz/fuzz.h"

#include "router/dim/interface.h"
#include "router/rm/rm_demand.h"
#include "sequences.h"

/* Held is what could be dialled or is being dialled, and only where there is a device. */
static void check_held(struct sequence *s)
{
    const struct interface *i;
    const struct iftransport *t;

    for (size_t at = 0; (i = interface_next(s->r, &at));) {
        DL_FOREACH (i->transports, t) {
            if (!t->held) continue;
            FUZZ_CHECK(!t->active && s->r->hold.host_index && interface_is_demand_dial(i));
            FUZZ_CHECK(i->phase != DIAL_UP && i->phase != DIAL_BACK_OFF);
            FUZZ_CHECK(i->phase != DIAL_IDLE || i->enabled);
        }
    }
}

static void take_routes(struct sequence *s)
{
    struct host_route routes[8];
    size_t count;

    do {
        count = router_host_routes_next(s->r, routes, 8);
        for (size_t n = 0; n < count; n++)
            FUZZ_CHECK(routes[n].wanted == (routes[n].host_index != 0));
    } while (count == 8);
}

/* To a destination of the table. */
static void demand(struct sequence *s, uint8_t which)
{
    struct host_demand d = {.transport = which & 1 ? TRANSPORT_IPV6 : TRANSPORT_IP};
    const struct rtm *table = router_rtm(s->r, d.transport);
    struct rtm_prefix to = {.length = 0};
    bool first = true;

    for (which /= 2; table && rtm_next(table, &to, first, NULL) && which; which--) first = false;
    memcpy(d.packet.dest, to.address.octets, sizeof(d.packet.dest));
    d.packet.protocol = FILTER_PROTOCOL_UDP;
    router_demand(s->r, &d);
}

void sequence_hold(struct sequence *s)
{
    const uint8_t what = rd_u8(&s->in);

    switch (what & 7) {
    case 0:
        (void)router_host_routes_begin(s->r);
        break;
    case 1:
        router_host_routes_end(s->r);
        break;
    case 2:
        take_routes(s);
        break;
    case 3:
    case 4:
        (void)router_hold_set(s->r, what >> 4);
        break;
    default:
        demand(s, what >> 3 & 7);
        break;
    }
    check_held(s);
}
