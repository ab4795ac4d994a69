/* The insides of RIP for IPv4, shared by its files only: what it adds to ripcore. Addresses in host
 * order. */
#ifndef MPR_PROTOCOL_RIP_INTERNAL_H
#define MPR_PROTOCOL_RIP_INTERNAL_H

#include "protocol/rip/config.h"
#include "protocol/rip/packet.h"
#include "protocol/rip/rip.h"
#include "protocol/ripcore/ripcore.h"

#define RIP_GROUP     0xE0000009u /* 224.0.0.9 */
#define RIP_SUMMARIES 64u         /* networks that wait to be told in place of their subnets */

/* Networks of which a subnet was to be told, and how far the subnets of the first of them have been
 * looked through. */
struct rip_summaries {
    uint32_t nets[RIP_SUMMARIES];
    unsigned count;
    bool begun;           /* the first: what follows is valid */
    struct rtm_prefix at; /* the last subnet looked at */
    uint32_t least;       /* metric of the nearest so far; 0: none is announced */
};

/* What is behind rip_announcement.out and rip_interface.out. */
struct rip_out {
    struct rip_builder builder;
    struct rip_summaries summaries;
};

extern const struct rip_family rip_ipv4_family;

/* address.c */
bool rip_is_own_ipv4(const struct rip_interface *i, uint32_t address);
/* Whether address can be a host's on a network (or at the far end) of the interface: not the
 * network's own or its broadcast address, which a /31 has none of (RFC 3021). */
bool rip_is_on_link_ipv4(const struct rip_interface *i, uint32_t address);
bool rip_is_bound_ipv4(const struct ip_binding *b);
bool rip_is_same_binding_ipv4(const struct ip_binding *a, const struct ip_binding *b);
bool rip_is_own(const struct rip_interface *i, const struct rtm_address *address);
bool rip_is_on_link(const struct rip_interface *i, const struct rtm_address *address);
bool rip_is_point_to_point(const struct rip_interface *i);
/* Whether routers may spread a route to it: neither loopback nor multicast nor reserved. */
bool rip_is_destination(const struct rtm_prefix *prefix);
bool rip_is_filtered(const struct rip_global_config *g, const struct rtm_address *source);

/* classful.c */
uint32_t rip_class_mask(uint32_t address);
/* The mask that a destination without one has (RFC 2453 4.3, RFC 1058 3.2): none at all, a class
 * network's where nothing stands behind it, the link's for subnets of the network that the link is
 * on, else a host's. */
uint32_t rip_implied_mask(const struct rip_interface *i, uint32_t address);
void rip_summaries_begin(struct rip_announcement *a);
bool rip_summarise(struct rip_interface *i, struct rip_announcement *a,
                   const struct rtm_prefix *prefix);
bool rip_summaries_wait(const struct rip_announcement *a);
bool rip_summaries_tell(struct rip_interface *i, struct rip_announcement *a, unsigned *looked,
                        unsigned most);
void rip_summaries_end(struct rip_interface *i, struct rip_announcement *a);

/* input.c */
enum rip_drop rip_parse(const struct rip_interface *i, struct rip_packet *ret,
                        const struct protocol_datagram *d);
enum rip_drop rip_check_sequence(struct rip_interface *i, const struct rip_packet *p,
                                 struct rip_peer *peer);
enum rip_drop rip_read(const struct rip_interface *i, const struct rtm_address *from,
                       struct rip_packet *p, struct rip_advert *ret);
bool rip_asks_for_table(const struct rip_packet *p);

/* output.c */
uint8_t rip_version(const struct rip_interface *i, const struct rip_packet *request);
bool rip_wants_group(const struct rip_if_config *c);
mpr_status rip_listen(struct rip_interface *i, bool start);
void rip_request_table(struct rip_interface *i);
void rip_request_mark(struct rip_interface *i, uint32_t mark);
bool rip_mark_read(const struct rip_packet *p, uint32_t *ret);
void rip_answer_entries(struct rip_interface *i, struct rip_packet *p,
                        const struct rip_target *target);
void rip_begin(const struct rip_interface *i, struct rip_announcement *a);
void rip_put(const struct rip_interface *i, struct rip_announcement *a, const struct rip_advert *e);
bool rip_is_full(const struct rip_announcement *a);
void rip_send(struct rip_interface *i, void *out, const struct rip_target *target);

#endif
