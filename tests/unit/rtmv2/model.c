/* See model.h. */
#include "unit/rtmv2/model.h"

const struct rtm_prefix *model_prefixes(void)
{
    static struct rtm_prefix prefixes[PREFIXES];

    prefixes[0] = net(0, 0); /* in order */
    prefixes[1] = net(NET(10, 0, 0, 0), 8);
    prefixes[2] = net(NET(10, 0, 0, 0), 9);
    prefixes[3] = net(NET(10, 1, 0, 0), 16);
    prefixes[4] = net(NET(10, 1, 1, 0), 24);
    prefixes[5] = net(NET(10, 1, 1, 1), 32);
    prefixes[6] = net(NET(10, 1, 2, 0), 24);
    prefixes[7] = net(NET(10, 2, 0, 0), 16);
    prefixes[8] = net(NET(11, 0, 0, 0), 8);
    prefixes[9] = net(NET(224, 0, 0, 0), 4);
    return prefixes;
}

uint32_t model_hop_address(unsigned hop)
{
    return NET(192, 0, 2, 1 + hop);
}

bool model_better(const struct model_route *a, const struct model_route *b)
{
    if (a->preference != b->preference) return a->preference < b->preference;
    if (a->metric != b->metric) return a->metric < b->metric;
    return a->born < b->born;
}

const struct model_route *model_best(const struct model *m, unsigned prefix, unsigned view)
{
    const struct model_route *best = NULL;

    for (size_t i = 0; i < m->count; i++) {
        const struct model_route *r = &m->routes[i];
        if (r->prefix != prefix || !(r->views >> view & 1)) continue;
        if (!best || model_better(r, best)) best = r;
    }
    return best;
}

unsigned model_count(const struct model *m, unsigned prefix, unsigned view)
{
    unsigned count = 0;

    for (size_t i = 0; i < m->count; i++)
        count += m->routes[i].prefix == prefix && m->routes[i].views >> view & 1;
    return count;
}

static bool hop_way(const struct model *m, unsigned client, unsigned hop, unsigned generation,
                    uint32_t *ret_interface, uint32_t *ret_address)
{
    for (unsigned i = 0; i < 8; i++) {
        const struct model_hop *h = &m->hops[client][hop];
        if (!h->there || h->down || h->generation != generation) return false;
        if (h->interface) {
            *ret_interface = h->interface;
            *ret_address = model_hop_address(hop);
            return true;
        }
        if (!h->remote) return false;
        hop = h->remote - 1;
        generation = h->remote_generation;
    }
    return false;
}

bool model_way(const struct model *m, const struct model_route *r, uint32_t *ret_interface,
               uint32_t *ret_address)
{
    if (!(r->views & UCAST) || r->flags & RTMV2_ROUTE_FORWARDING) return false;
    for (unsigned i = 0; i < r->hop_count; i++)
        if (hop_way(m, r->client, r->hops[i], r->generations[i], ret_interface, ret_address))
            return true;
    return false;
}

const struct model_route *model_mirror(const struct model *m, unsigned client, unsigned prefix)
{
    const struct model_route *best = NULL;
    uint32_t interface, address;

    for (size_t i = 0; i < m->count; i++) {
        const struct model_route *r = &m->routes[i];
        if (r->other || r->client != client || r->prefix != prefix) continue;
        if (!model_way(m, r, &interface, &address)) continue;
        if (!best || model_better(r, best)) best = r;
    }
    return best;
}
