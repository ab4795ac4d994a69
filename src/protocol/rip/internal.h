/* The insides of RIP, shared by its files only.
 *
 *   protocol_instance ── rip_interface (by index) ── rip_route (by prefix; and by age)
 *                     │                           ── rip_peer (by address)
 *                     │                           ── rip_update, while or since one runs
 *                     ├─ rip_gone: destinations lately lost, announced as unreachable
 *                     ├─ what interfaces left behind: rip_route, rip_interface (leave.c)
 *                     └─ rip_event: what get_event_message has to tell
 *
 * All of it belongs to the instance. Timers are reserved with what they belong to, so that
 * starting one can't fail.
 */
#ifndef MPR_PROTOCOL_RIP_INTERNAL_H
#define MPR_PROTOCOL_RIP_INTERNAL_H

#include "base/hash.h"
#include "protocol/rip/config.h"
#include "protocol/rip/drop.h"
#include "protocol/rip/packet.h"
#include "protocol/rip/rip.h"

#define RIP_SECOND      ((msec)1000)
#define RIP_GROUP       0xE0000009u /* 224.0.0.9 */
#define RIP_PROTO_LOCAL 2u          /* PROTO_IP_LOCAL */
#define RIP_PEERS_MAX   1024u       /* of one interface; more are heard, but not remembered */
#define RIP_LONG_ANSWER 40u         /* datagrams; see update.c */
#define RIP_PORTION     500u        /* routes handled before the lock is left for others */
#define RIP_TABLES_MAX  8u          /* answers with the whole table under way, per interface */
#define RIP_SUMMARIES   64u         /* networks that wait to be told in place of their subnets */
/* Hash tables that share a set, so that none grows large: one that doubles moves all that it has
 * under one hold of the lock. */
#define RIP_SHARDS 256u

#define RIP_CONTAINER(type, member, pointer) \
    ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

/* A destination as a neighbour told it; one per interface, from the best neighbour there. RTM
 * chooses between interfaces. */
struct rip_route {
    uint32_t address, length;
    uint32_t interface;      /* index */
    uint32_t from;           /* the neighbour */
    struct rip_peer *teller; /* ... as whom it is counted; valid while the interface is up */
    uint32_t next_hop, metric, tag;
    uint32_t update, round; /* of the demand update that saw it last */
    msec refreshed;
    struct rip_route *prev, *next; /* of the interface, by refreshed: the first expires first */
    UT_hash_handle hh;
};

/* What is known of a neighbour's end marks (mark.c). */
enum rip_mark { RIP_MARK_UNTRIED, RIP_MARK_TRUSTED, RIP_MARK_USELESS };

struct rip_peer {
    uint32_t address;
    msec heard;
    bool sequenced;
    uint32_t sequence; /* highest, MD5 */
    uint32_t update;   /* the demand update that it answered last */
    bool short_seen;   /* in which it sent a packet that was not full */
    bool marked;       /* ... or a mark where its answer ended */
    enum rip_mark mark;
    uint32_t tag, version; /* of its last response */
    uint32_t bad_packets, bad_entries;
    uint32_t routes; /* learned from it */
    bool limit_told; /* ... and that they are too many has been logged */
    UT_hash_handle hh;
};

struct rip_event {
    enum protocol_event type;
    struct protocol_message message;
    struct rip_event *prev, *next;
};

/* See update.c. */
struct rip_update {
    struct rip_event *done; /* reserved when the update is accepted; NULL: none is under way */
    uint32_t id;            /* stamp of what it saw; counts up */
    msec started, requested, last; /* last: of the newest datagram of the answer */
    msec pace;                     /* longest wait for a datagram so far */
    unsigned requests;             /* sent because nothing came */
    bool heard;                    /* some response is in, if only a multicast one */
    bool answered;                 /* one to us */
    bool ended;                    /* a packet that must be the last one is being taken */
    bool settling;                 /* it has succeeded, and leftovers are being deleted */
    bool stalled;                  /* the timer came late once: one more wait was granted */
    bool untracked;                /* some sender could not be remembered */
    bool out_of_memory;
    uint32_t round;     /* 1: the first answer; more: verification */
    unsigned datagrams; /* of this round's answer */
    unsigned most;      /* of any round's */
    unsigned total;     /* routes seen in this update */
    unsigned confirmed; /* of them, in this round */
    unsigned fresh;     /* new or different in this round */
    unsigned agreeing;  /* rounds in a row without news */
    unsigned known;     /* routes that were there before this update */
    bool news;          /* some of them are different, or there are others */
    uint32_t doubt;     /* parts in a million */
    uint32_t mark;      /* what this round asked for as its end mark; 0: nothing */
    bool marked;        /* it came behind all that has come so far */
    struct timer timer;
};

/* Where a packet goes: the neighbours of the interface as configured, or one address. */
struct rip_target {
    uint32_t address; /* 0: all neighbours */
    uint16_t port;
    uint32_t source; /* with address: our address to speak from; 0: choose */
    uint8_t version;
};

enum rip_content { RIP_NORMAL, RIP_FAREWELL /* everything unreachable */ };

/* Networks of which a subnet was to be told, and how far the subnets of the first of them have been
 * looked through. */
struct rip_summaries {
    uint32_t nets[RIP_SUMMARIES];
    unsigned count;
    bool begun;           /* the first: what follows is valid */
    struct rtm_prefix at; /* the last subnet looked at */
    uint32_t least;       /* metric of the nearest so far; 0: none is announced */
};

/* Routes on their way into packets. */
struct rip_announcement {
    struct rip_target target;
    enum rip_content content;
    unsigned packets;
    bool open; /* between begin and end */
    struct rip_summaries summaries;
    struct rip_builder out; /* the packet being filled */
};

/* A whole table on its way to somebody; see table.c. */
struct rip_table {
    struct rip_announcement announcement;
    struct rtm_prefix cursor;    /* the last destination told, if begun */
    bool begun, routes_told;     /* routes_told: those lately lost are being told */
    const struct rip_gone *gone; /* the next of them */
    struct rip_packet request;   /* count not 0: to be answered behind the table, from deferred */
    uint8_t deferred[RIP_PACKET_MAX];
    struct rip_table *prev, *next;
};

struct rip_interface {
    uint32_t index;
    struct protocol_instance *rip;
    enum net_interface_type type;
    struct rip_if_config config;
    struct rip_auth auth; /* from config */
    struct ip_binding binding;
    bool bound, enabled, media;
    bool active;    /* all three, and listening */
    bool leaving;   /* a copy that says farewell, in rip->farewells; then it is freed */
    uint32_t group; /* being listened to */
    struct rip_route *routes[RIP_SHARDS], *oldest;
    unsigned route_count;
    struct rip_peer *peers;
    struct rip_peer strangers; /* all that could not be remembered, as far as routes are counted */
    struct rip_update update;
    struct rip_builder out;            /* a packet that is made at once */
    struct rip_announcement triggered; /* of the triggered update under way */
    struct rip_table *tables;          /* being told, the next one first */
    struct rip_table own_table;        /* the one for all neighbours */
    struct timer announce, expire, table_timer;
    struct {
        uint32_t send_failures, receive_failures, requests_sent, requests_received, responses_sent,
            responses_received, bad_packets, bad_entries, triggered;
    } stats;
    struct rip_interface *prev, *next; /* of farewells */
    UT_hash_handle hh;
};

struct rip_gone {
    uint32_t address, length;
    msec since;
    struct rip_gone *prev, *next; /* by since */
    UT_hash_handle hh;
};

struct protocol_instance {
    const struct protocol_support *support;
    const struct protocol_system *system;
    struct rtm_entity *entity;
    struct rtm_consumer *changes;
    struct rip_global_config config;
    struct rip_interface *interfaces;
    struct rip_gone *gone[RIP_SHARDS], *first_gone;
    unsigned gone_count;
    struct rip_route *left;               /* of interfaces that are down: still in RTM */
    struct rip_interface *farewells;      /* under way */
    struct timer triggered, forget, rest; /* forget: the first of gone; rest: left */
    bool triggering;                      /* a triggered update is under way */
    bool stopping;                        /* it has no interfaces any more */
    size_t routes;                        /* learned, on all interfaces */
    bool limit_told;                      /* ... and that they are too many has been logged */
    uint64_t work;                        /* routes and changes handled so far; for tests */
    msec triggered_next;                  /* earliest next triggered update */
    struct rip_event *events;
    struct rip_event stopped; /* ROUTER_STOPPED, when stop had to leave messages */
    uint32_t sequence;        /* last one sent, MD5 */
    uint32_t marks;           /* end marks asked for so far */
    uint32_t route_changes, responses_sent;
    uint64_t drops[RIP_DROP_COUNT];
};

static inline unsigned rip_hash(uint32_t address, uint32_t length)
{
    /* Multiplication mixes into the high bits; tables take the low ones, shards the high ones. */
    uint32_t h = (address ^ length << 2) * 0x9E3779B1u;

    return h ^ h >> 15;
}
static inline unsigned rip_shard(unsigned hash)
{
    return hash / (UINT32_MAX / RIP_SHARDS + 1);
}

/* rip.c */
struct rip_interface *rip_interface_find(const struct protocol_instance *p, uint32_t index);
msec rip_now(const struct protocol_instance *p);
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
/* Whether address is one of ours there, or can be a host's on a network (or at the far end) of the
 * interface: not the network's own or its broadcast address, which a /31 has none of (RFC 3021). */
bool rip_is_own(const struct rip_interface *i, uint32_t address);
bool rip_on_link(const struct rip_interface *i, uint32_t address);
/* Whether no more than one neighbour can be there. */
bool rip_is_point_to_point(const struct rip_interface *i);
struct rip_peer *rip_peer_find(struct rip_interface *i, uint32_t address);
/* NULL when there is no memory or there are too many. */
struct rip_peer *rip_peer_make(struct rip_interface *i, uint32_t address);
void rip_peers_free(struct rip_interface *i);

/* input.c */
/* Whether routers may spread a route to it: neither loopback nor multicast nor reserved. */
bool rip_is_destination(uint32_t address, uint32_t mask);
void rip_input(struct protocol_instance *p, const struct protocol_datagram *d);
/* RFC 2453 3.9.1: each entry gets our metric; for diagnosis, so without split horizon. */
void rip_answer_entries(struct rip_interface *i, struct rip_packet *p,
                        const struct rip_target *target);
/* The mask that a destination without one has (RFC 2453 4.3, RFC 1058 3.2): none at all, a class
 * network's where nothing stands behind it, the link's for subnets of the network that the link is
 * on, else a host's. */
uint32_t rip_implied_mask(const struct rip_interface *i, uint32_t address);
uint32_t rip_class_mask(uint32_t address);

/* output.c */
/* The interface's own version and all neighbours. */
struct rip_target rip_target_all(const struct rip_interface *i);
/* Completes and sends a packet. */
void rip_send(struct rip_interface *i, struct rip_builder *b, const struct rip_target *target);
/* A request for the whole table, or for one host, to all neighbours. */
void rip_request_table(struct rip_interface *i);
void rip_request_host(struct rip_interface *i, uint32_t address);
/* An announcement of some destinations: begin, one for each (route NULL: it went), the summaries
 * until nothing is left of them, end. While they are full there is no room for one more. */
void rip_announce_begin(struct rip_announcement *a, const struct rip_target *target,
                        enum rip_content content);
void rip_announce_one(struct rip_interface *i, struct rip_announcement *a,
                      const struct rtm_prefix *prefix, const struct rtm_route *route);
static inline bool rip_summaries_full(const struct rip_announcement *a)
{
    return a->summaries.count == RIP_SUMMARIES;
}
/* Tells networks in place of their subnets, which are counted in *looked; false: there is more to
 * look at than up to most. */
bool rip_announce_summaries(struct rip_interface *i, struct rip_announcement *a, unsigned *looked,
                            unsigned most);
void rip_announce_end(struct rip_interface *i, struct rip_announcement *a);
/* The metric that the interface announces for a destination: 1..16, or 0 for not at all. */
uint32_t rip_announced_metric(const struct rip_interface *i, const struct rtm_prefix *prefix,
                              const struct rtm_route *route, bool split_horizon);
uint32_t rip_next_sequence(struct protocol_instance *p);

/* table.c */
/* Begins to tell the whole table; anew if the same target is being told it already. False: too many
 * are, or there is no memory. */
bool rip_table_start(struct rip_interface *i, const struct rip_target *target);
/* Keeps a request for certain destinations until its sender has been told the table; false when he
 * is not being told it. Of several the last one counts. */
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
enum rip_drop rip_learn(struct rip_interface *i, uint32_t from, struct rip_peer *peer,
                        const struct rip_entry *e);
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
bool rip_mark_read(const struct rip_packet *p, uint32_t *ret);
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

#endif
