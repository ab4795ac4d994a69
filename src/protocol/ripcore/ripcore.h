/* What RIP and RIPng have in common, which is nearly all but packets: RFC 2080 is RFC 2453's
 * algorithm with addresses of IPv6. Names begin with rip_ for both; what differs is struct
 * rip_family, and each of the two protocols is one. Seen by these two folders only.
 *
 *   protocol_instance ── rip_interface (by index) ── rip_route (by prefix; and by age)
 *                     │                           ── rip_peer (by address)
 *                     │                           ── rip_update, while or since one runs
 *                     ├─ rip_gone: destinations lately lost, announced as unreachable
 *                     ├─ what interfaces left behind: rip_route, rip_interface (leave.c)
 *                     └─ rip_event: what get_event_message has to tell
 *
 * All of it belongs to the instance. Timers are reserved with what they belong to, so that
 * starting one can't fail. Addresses are RTM's; what there are many of has as many octets as the
 * family's addresses.
 */
#ifndef MPR_PROTOCOL_RIPCORE_RIPCORE_H
#define MPR_PROTOCOL_RIPCORE_RIPCORE_H

#include <string.h>

#include "protocol/ripcore/family.h"
#include "protocol/ripcore/structures.h"

/* Multiplication mixes into the high bits; tables take the low ones, shards the high ones. */
static inline unsigned rip_hash(const uint8_t *address, enum rtm_family octets, unsigned length)
{
    uint32_t h = length << 2;

    for (unsigned at = 0; at < (unsigned)octets; at += 4) {
        h ^= (uint32_t)address[at] << 24 | (uint32_t)address[at + 1] << 16 |
             (uint32_t)address[at + 2] << 8 | address[at + 3];
        h *= 0x9E3779B1u;
        h ^= h >> 15;
    }
    return h;
}
static inline unsigned rip_shard(unsigned hash)
{
    return hash / (UINT32_MAX / RIP_SHARDS + 1);
}

/* instance.c: the entry points that are the same; start is given the family. */
mpr_status rip_start(const struct rip_family *family, struct protocol_instance **ret,
                     const struct protocol_support *support, const struct protocol_system *system,
                     const struct protocol_info *global);
mpr_status rip_start_complete(struct protocol_instance *p);
mpr_status rip_stop(struct protocol_instance *p);
mpr_status rip_set_global(struct protocol_instance *p, const struct protocol_info *info);
mpr_status rip_get_global(struct protocol_instance *p, void **ret_data, size_t *ret_size);
mpr_status rip_get_interface(struct protocol_instance *p, uint32_t interface, void **ret_data,
                             size_t *ret_size);
mpr_status rip_get_message(struct protocol_instance *p, enum protocol_event *ret_event,
                           struct protocol_message *ret_message);
mpr_status rip_do_update(struct protocol_instance *p, uint32_t interface);
struct rip_interface *rip_interface_find(const struct protocol_instance *p, uint32_t index);
msec rip_now(const struct protocol_instance *p);
static inline bool rip_is_zero(const struct rtm_address *a)
{
    uint8_t any = 0;

    for (unsigned at = 0; at < sizeof(a->octets); at++) any |= a->octets[at];
    return !any;
}
static inline bool rip_is_same(const struct rtm_address *a, const struct rtm_address *b)
{
    return !memcmp(a, b, sizeof(*a));
}
static inline struct rtm_address rip_source(const struct protocol_datagram *d)
{
    return d->ipv6 ? d->source6 : rtm_address_ipv4(d->source);
}
static inline struct rtm_address rip_destination(const struct protocol_datagram *d)
{
    return d->ipv6 ? d->destination6 : rtm_address_ipv4(d->destination);
}
/* Uniform in low..high. */
uint32_t rip_random(const struct protocol_instance *p, uint32_t low, uint32_t high);
/* A stop that was pending is over. */
void rip_stopped(struct protocol_instance *p);
/* Takes the event over. */
void rip_event_queue(struct protocol_instance *p, struct rip_event *e);

/* drop.c: counts (and traces) a packet or entry; peer may be NULL. */
void rip_drop(struct rip_interface *i, struct rip_peer *peer, enum rip_drop reason,
              const struct protocol_datagram *d);

/* interface.c */
mpr_status rip_interface_add(struct protocol_instance *p, const char16_t *name, uint32_t index,
                             enum net_interface_type type, const struct protocol_info *info);
mpr_status rip_interface_delete(struct protocol_instance *p, uint32_t index);
mpr_status rip_interface_status(struct protocol_instance *p, uint32_t index, bool active,
                                enum interface_status_type type, const struct ip_binding *binding);
mpr_status rip_interface_set(struct protocol_instance *p, uint32_t index,
                             const struct protocol_info *info);
void rip_interface_free(struct rip_interface *i);
/* IC_State: 1 enabled, 2 bound. */
uint32_t rip_interface_state(const struct rip_interface *i);
/* Memory for an interface with what its family puts into packets. NULL: there is none. */
struct rip_interface *rip_interface_new(struct protocol_instance *p);
struct rip_peer *rip_peer_find(struct rip_interface *i, const struct rtm_address *address);
/* NULL when there is no memory or there are too many. */
struct rip_peer *rip_peer_make(struct rip_interface *i, const struct rtm_address *address);
void rip_peers_free(struct rip_interface *i);

/* input.c */
void rip_input(struct protocol_instance *p, const struct protocol_datagram *d);
/* What the configuration has against a destination. */
enum rip_drop rip_check_kind(const struct rip_interface *i, const struct rtm_prefix *prefix);

/* output.c */
/* The interface's own version and all neighbours. */
struct rip_target rip_target_all(const struct rip_interface *i);
/* Hands a datagram to the system, on the way that the interface is bound to. */
void rip_send_datagram(struct rip_interface *i, struct protocol_datagram *d);
/* A request for the whole table to all neighbours was sent, or one for certain destinations was
 * answered. */
void rip_count_request(struct rip_interface *i);
void rip_count_response(struct rip_interface *i);
/* An announcement of some destinations: begin, one for each (route NULL: it went), what is told in
 * place of others until nothing is left of it, end. While it is choked there is no room for one
 * more. */
void rip_announce_begin(struct rip_interface *i, struct rip_announcement *a,
                        const struct rip_target *target, enum rip_content content);
void rip_announce_one(struct rip_interface *i, struct rip_announcement *a,
                      const struct rtm_prefix *prefix, const struct rtm_route *route);
/* One entry, as it is: for what is told in place of others. */
void rip_announce_entry(struct rip_interface *i, struct rip_announcement *a, struct rip_advert *e);
bool rip_announce_choked(const struct rip_interface *i, const struct rip_announcement *a);
/* See instead_tell. */
bool rip_announce_rest(struct rip_interface *i, struct rip_announcement *a, unsigned *looked,
                       unsigned most);
void rip_announce_end(struct rip_interface *i, struct rip_announcement *a);
/* The metric that the interface announces for a destination: 1..16, or 0 for not at all. */
uint32_t rip_announced_metric(const struct rip_interface *i, const struct rtm_prefix *prefix,
                              const struct rtm_route *route, bool split_horizon);
/* That metric where a neighbour asks for one destination: infinity where there is none. */
uint32_t rip_asked_metric(const struct rip_interface *i, const struct rtm_prefix *prefix);

/* table.c */
/* Begins to tell the whole table; anew if the same target is being told it already. False: too many
 * are, or there is no memory. */
bool rip_table_start(struct rip_interface *i, const struct rip_target *target);
/* Keeps a request for certain destinations until its sender has been told the table; false when he
 * is not being told it, or it is too long. Of several the last one counts. */
bool rip_table_defer(struct rip_interface *i, const struct rip_target *target,
                     const struct rip_packet *request);
/* Tells all neighbours that everything is unreachable: what is one portion at once, the rest only
 * where i is leaving. */
void rip_table_farewell(struct rip_interface *i);
void rip_tables_free(struct rip_interface *i);
/* A destination lately lost is about to be forgotten. */
void rip_tables_forget(struct protocol_instance *p, const struct rip_gone *gone);
void rip_table_timer(struct timer *timer, msec now);

/* trigger.c: periodic and triggered updates, and the destinations lately lost. */
void rip_announce_start(struct rip_interface *i);
void rip_announce_timer(struct timer *t, msec now);
void rip_triggered_timer(struct timer *t, msec now);
void rip_forget_timer(struct timer *t, msec now);
void rip_changes_wake(void *context);
/* Puts up to a portion of what has gone, and was not told yet, on the list of those lately lost. */
void rip_changes_follow(struct protocol_instance *p);
struct rtm_prefix rip_gone_prefix(const struct protocol_instance *p, const struct rip_gone *g);
/* Forgets up to a portion of the destinations lately lost; false: there are more. */
bool rip_gone_free(struct protocol_instance *p);
/* Ends what is under way on an interface that goes. */
void rip_triggered_leave(struct rip_interface *i);
/* Whether the interface tells its neighbours anything unasked. */
bool rip_announces(const struct rip_interface *i);

/* routes.c */
/* Routes that are learned at most, on all interfaces together. */
uint32_t rip_route_limit(const struct protocol_instance *p);
/* Takes a checked entry of a neighbour with the interface's cost added (metric up to 16). peer
 * NULL: the neighbour could not be remembered. */
enum rip_drop rip_learn(struct rip_interface *i, const struct rtm_address *from,
                        struct rip_peer *peer, const struct rip_advert *e);
/* Deletes up to a portion of those that the current update has not seen; false: there are more. */
bool rip_routes_keep_update(struct rip_interface *i);
/* Leaves all to rip_left_portion. */
void rip_routes_leave(struct rip_interface *i);
/* Deletes up to a portion of what was left; false: there is more. */
bool rip_left_portion(struct protocol_instance *p);
void rip_expire_timer(struct timer *t, msec now);
void rip_expire_schedule(struct rip_interface *i);

/* leave.c: what would be much work at once when an interface goes, or RIP stops. */
/* The interface is about to go down (stays: its link does not): says farewell if so configured. */
void rip_farewell(struct rip_interface *i, bool stays);
/* RIP is about to stop: all of them do. */
void rip_farewell_all(struct protocol_instance *p);
/* No more of it on the interface of that index; 0: of any. */
void rip_farewell_end(struct protocol_instance *p, uint32_t index);
/* It is over. */
void rip_farewell_free(struct rip_interface *i);
/* The interface is down. */
void rip_leave(struct rip_interface *i);
void rip_rest_timer(struct timer *t, msec now);
/* Does a portion of what was left behind; false: there is more, and the timer rest goes on. */
bool rip_rest(struct protocol_instance *p);
/* All of it at once, but for farewells, which end. */
void rip_rest_end(struct protocol_instance *p);

/* update.c */
mpr_status rip_update_start(struct rip_interface *i);
static inline bool rip_update_running(const struct rip_interface *i)
{
    return i->update.done != NULL;
}
/* Whether what neighbours say belongs to it. */
static inline bool rip_update_listens(const struct rip_interface *i)
{
    return rip_update_running(i) && !i->update.settling;
}
/* A valid response is about to be taken (full: it has no room for more entries) / was taken. */
void rip_update_heard(struct rip_interface *i, struct rip_peer *peer,
                      const struct protocol_datagram *d, bool full);
void rip_update_taken(struct rip_interface *i);
/* A route was stored or confirmed (changed: not as it was), or lost. */
void rip_update_saw(struct rip_interface *i, struct rip_route *r, bool changed);
void rip_update_lost(struct rip_interface *i, const struct rip_route *r);
/* The end mark came. */
void rip_update_marked(struct rip_interface *i, struct rip_peer *peer,
                       const struct protocol_datagram *d, uint32_t mark);
void rip_update_abort(struct rip_interface *i, const char *why);
void rip_update_timer(struct timer *t, msec now);

/* mark.c */
/* The destination to ask for behind the next request for the table, or 0. */
uint32_t rip_mark_wanted(struct rip_interface *i);
/* Whether the response is an end mark (of any request), and which. */
bool rip_is_mark(const struct rip_interface *i, const struct rip_packet *p, uint32_t *ret);
/* The one that is awaited came. True: behind data, and the neighbour is trusted. */
bool rip_mark_came(struct rip_interface *i, struct rip_peer *peer);
/* Data came; and data came after an answer that was believed to have ended. */
void rip_mark_passed(struct rip_interface *i, struct rip_peer *peer);
void rip_mark_straggler(struct rip_peer *peer);
/* Silence ended a round. */
void rip_mark_settle(struct rip_interface *i);

/* mib.c */
mpr_status rip_mib_get(struct protocol_instance *p, unsigned next, const void *in, size_t in_size,
                       void **ret_out, size_t *ret_size);

/* The rows of a struct routing_protocol that all families share: all but its name, numbers and
 * start. */
#define RIP_ENTRY_POINTS                                                                       \
    .start_complete = rip_start_complete, .stop = rip_stop, .set_global_info = rip_set_global, \
    .get_global_info = rip_get_global, .add_interface = rip_interface_add,                     \
    .delete_interface = rip_interface_delete, .interface_status = rip_interface_status,        \
    .set_interface_info = rip_interface_set, .get_interface_info = rip_get_interface,          \
    .get_event_message = rip_get_message, .do_update_routes = rip_do_update,                   \
    .datagram = rip_input, .mib_get = rip_mib_get

#endif
