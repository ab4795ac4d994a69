/* What differs between RIP and RIPng: each fills one. */
#ifndef MPR_PROTOCOL_RIPCORE_FAMILY_H
#define MPR_PROTOCOL_RIPCORE_FAMILY_H

#include "protocol/ripcore/structures.h"

/* Optional functions may be NULL. Metrics without a word are those of packets. */
struct rip_family {
    const char *name; /* of the protocol, in log lines */
    uint32_t protocol_id;
    enum rtm_family family; /* octets of an address */
    size_t out_size;        /* octets behind out, in whole words */

    uint32_t route_limit;        /* where protocol_system says nothing */
    const struct rip_form *form; /* of its blocks */

    /* Addresses. Whether one is ours there, or can be a neighbour's on a network (or at the far
     * end) of the interface; whether no more than one neighbour can be there; whether routers may
     * spread a route to a destination. */
    bool (*is_bound)(const struct ip_binding *b);
    bool (*is_same_binding)(const struct ip_binding *a, const struct ip_binding *b);
    bool (*is_own)(const struct rip_interface *i, const struct rtm_address *address);
    bool (*is_on_link)(const struct rip_interface *i, const struct rtm_address *address);
    bool (*is_point_to_point)(const struct rip_interface *i);
    bool (*is_destination)(const struct rtm_prefix *prefix);

    /* Whether the interface's way of listening includes the group. */
    bool (*wants_group)(const struct rip_if_config *c);
    mpr_status (*listen)(struct rip_interface *i, bool start);

    /* Packets that come. parse: RIP_KEEP or why not. check (optional): what takes the neighbour to
     * know, NULL if it could not be remembered. read: the next entry, with next hop and cost, or
     * why not; RIP_DROP_ENTRY_NEXT_HOP only with the rest of it valid, RIP_ENTRY_NONE where it is
     * about others. */
    enum rip_drop (*parse)(const struct rip_interface *i, struct rip_packet *ret,
                           const struct protocol_datagram *d);
    enum rip_drop (*check)(struct rip_interface *i, const struct rip_packet *p,
                           struct rip_peer *peer);
    bool (*is_filtered)(const struct rip_global_config *g, const struct rtm_address *source);
    enum rip_drop (*read)(const struct rip_interface *i, const struct rtm_address *from,
                          struct rip_packet *p, struct rip_advert *ret);
    bool (*asks_for_table)(const struct rip_packet *p); /* which has one entry */

    /* Packets that go. */
    uint8_t (*version)(const struct rip_interface *i, const struct rip_packet *request);
    void (*request_table)(struct rip_interface *i);
    /* (optional) For one host that nobody has, an address of 127/8; and whether a response is the
     * answer, and to which. */
    void (*request_mark)(struct rip_interface *i, uint32_t mark);
    bool (*read_mark)(const struct rip_packet *p, uint32_t *ret); /* which has one entry */
    /* RFC 2453 3.9.1: each entry gets our metric; for diagnosis, so without split horizon. */
    void (*answer_entries)(struct rip_interface *i, struct rip_packet *p,
                           const struct rip_target *target);
    /* Of the response in a->out: begin, one entry more, whether it is full then, send. */
    void (*begin)(const struct rip_interface *i, struct rip_announcement *a);
    void (*put)(const struct rip_interface *i, struct rip_announcement *a,
                const struct rip_advert *e);
    bool (*is_full)(const struct rip_announcement *a);
    void (*send)(struct rip_interface *i, void *out, const struct rip_target *target);

    /* (optional, all five or none) Destinations that are told in place of others: whether this one
     * is (or can't be told at all), and is dealt with; whether that must go on before there is room
     * for one more; telling those that wait, which looks at up to most, counted in *looked, and is
     * false when there is more, or at once. */
    void (*instead_begin)(struct rip_announcement *a);
    bool (*instead)(struct rip_interface *i, struct rip_announcement *a,
                    const struct rtm_prefix *prefix);
    bool (*instead_waits)(const struct rip_announcement *a);
    bool (*instead_tell)(struct rip_interface *i, struct rip_announcement *a, unsigned *looked,
                         unsigned most);
    void (*instead_end)(struct rip_interface *i, struct rip_announcement *a);
};

#endif
