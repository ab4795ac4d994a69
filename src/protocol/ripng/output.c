/* What goes in packets of IPv6, and where (RFC 2080 2.5). The system sends from the link-local
 * address what stays on the link. */
#include "protocol/ripng/internal.h"

#define HOP_LIMIT_SENT 255u

static const struct rtm_address group = {{0xFF, 0x02, [15] = 0x09}}; /* ff02::9 */

uint8_t ripng_version(const struct rip_interface *i, const struct rip_packet *request)
{
    (void)i, (void)request;
    return RIPNG_VERSION;
}

bool ripng_wants_group(const struct rip_if_config *c)
{
    (void)c;
    return true;
}

mpr_status ripng_listen(struct rip_interface *i, bool start)
{
    const struct protocol_system *system = i->rip->system;

    return system->listen6(system->context, &i->binding, &group, start);
}

void ripng_send(struct rip_interface *i, void *out, const struct rip_target *target)
{
    struct ripng_builder *b = out;
    struct protocol_datagram d = {.ipv6 = true,
                                  .destination6 = target->one ? target->address : group,
                                  .source6 = target->source,
                                  .destination_port = target->port,
                                  .ttl = HOP_LIMIT_SENT,
                                  .data = b->data,
                                  .size = b->w.used};

    rip_send_datagram(i, &d);
}

/* 2.4.1: one entry, the prefix zero, of length zero, with an infinite metric. */
void ripng_request_table(struct rip_interface *i)
{
    static const struct ripng_entry whole = {.metric = RIP_INFINITY};
    struct rip_target target = rip_target_all(i);

    ripng_build(i->out, RIP_REQUEST, RIPNG_ENTRIES_MAX);
    ripng_build_entry(i->out, &whole);
    ripng_send(i, i->out, &target);
    rip_count_request(i);
}

void ripng_answer_entries(struct rip_interface *i, struct rip_packet *p,
                          const struct rip_target *target)
{
    struct ripng_builder *b = i->out;

    ripng_build(b, RIP_RESPONSE, ripng_entries_room(i->binding.mtu));
    for (unsigned k = p->count; k > 0 && b->entries < b->room; k--) {
        struct ripng_entry e = ripng_entry_read(p);
        struct rtm_prefix prefix = rtm_prefix_ipv6(&e.address, e.length <= 128 ? e.length : 128);
        bool sound = e.length <= 128 && rip_is_same(&prefix.address, &e.address);

        e.metric = (uint8_t)(sound ? rip_asked_metric(i, &prefix) : RIP_INFINITY);
        ripng_build_entry(b, &e);
    }
    ripng_send(i, b, target);
    rip_count_response(i);
}

void ripng_begin(const struct rip_interface *i, struct rip_announcement *a)
{
    ripng_build(a->out, RIP_RESPONSE, ripng_entries_room(i->binding.mtu));
}

/* The next hop of what we tell is ourselves: what is better reached by another router on the link
 * is not told there, unless somebody switches the split horizon off. */
void ripng_put(const struct rip_interface *i, struct rip_announcement *a,
               const struct rip_advert *e)
{
    struct ripng_entry entry = {.address = e->prefix.address,
                                .tag = e->tag,
                                .length = e->prefix.length,
                                .metric = (uint8_t)e->metric};

    (void)i;
    ripng_build_entry(a->out, &entry);
}

bool ripng_is_full(const struct rip_announcement *a)
{
    const struct ripng_builder *b = a->out;

    return b->entries == b->room;
}
