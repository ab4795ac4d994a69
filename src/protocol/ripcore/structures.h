/* The structures behind ripcore.h, which says how they hang together. */
#ifndef MPR_PROTOCOL_RIPCORE_STRUCTURES_H
#define MPR_PROTOCOL_RIPCORE_STRUCTURES_H

#include "base/bytes.h"
#include "base/hash.h"
#include "protocol/ripcore/config.h"
#include "protocol/ripcore/drop.h"

#define RIP_SECOND      ((msec)1000)
#define RIP_REQUEST     1u
#define RIP_RESPONSE    2u
#define RIP_INFINITY    16u
#define RIP_PROTO_LOCAL 2u    /* PROTO_IP_LOCAL */
#define RIP_PEERS_MAX   1024u /* of one interface; more are heard, but not remembered */
#define RIP_LONG_ANSWER 40u   /* datagrams; see update.c */
#define RIP_PORTION     500u  /* routes handled before the lock is left for others */
#define RIP_TABLES_MAX  8u    /* answers with the whole table under way, per interface */
#define RIP_DEFERRED    512u  /* octets of a request that waits for the end of a table */
/* Hash tables that share a set, so that none grows large: one that doubles moves all that it has
 * under one hold of the lock. */
#define RIP_SHARDS 256u

#define RIP_CONTAINER(type, member, pointer) \
    ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

/* A destination as a packet tells it, and as a neighbour told it. */
struct rip_advert {
    struct rtm_prefix prefix;
    struct rtm_address next_hop; /* all zero: the sender */
    uint32_t metric;             /* learning: with the interface's cost */
    uint16_t tag;
};

/* A learned one; one per interface, from the best neighbour there. RTM chooses between interfaces.
 */
struct rip_route {
    uint32_t interface;      /* index */
    struct rip_peer *teller; /* as whom it is counted; valid while the interface is up */
    uint32_t metric, tag;
    uint32_t update, round; /* of the demand update that saw it last */
    msec refreshed;
    struct rip_route *prev, *next; /* of the interface, by refreshed: the first expires first */
    UT_hash_handle hh;
    uint8_t length;      /* the key: length and destination */
    uint8_t addresses[]; /* of the family's size each: destination, next hop, the neighbour's */
};

/* What is known of a neighbour's end marks (mark.c). */
enum rip_mark { RIP_MARK_UNTRIED, RIP_MARK_TRUSTED, RIP_MARK_USELESS };

struct rip_peer {
    struct rtm_address address;
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
    bool one; /* address; else all neighbours */
    struct rtm_address address;
    struct rtm_address source; /* with address: our address to speak from; all zero: choose */
    uint16_t port;
    uint8_t version;
};

/* What authenticates packets of an interface. */
struct rip_auth {
    uint32_t type; /* enum rip_auth_type */
    uint8_t key[RIP_KEY_SIZE];
    void (*md5)(const void *data, size_t size, uint8_t digest[16]);
};

/* A packet that came, checked for its form. */
struct rip_packet {
    uint8_t command, version; /* version as sent: 1 and up */
    struct reader entries;    /* without those that authenticate */
    unsigned count;
    bool full;      /* there was no room for more */
    bool sequenced; /* MD5: sequence is valid */
    uint32_t sequence;
    bool has_next_hop; /* RIPng: of the entries that follow */
    struct rtm_address next_hop;
};

enum rip_content { RIP_NORMAL, RIP_FAREWELL /* everything unreachable */ };

/* Routes on their way into packets. */
struct rip_announcement {
    struct rip_target target;
    enum rip_content content;
    unsigned packets;
    unsigned entries; /* in the packet being filled */
    bool open;        /* between begin and end */
    void *out;        /* the family's, of its out_size: the packet, and what else it needs */
};

/* A whole table on its way to somebody; see table.c. */
struct rip_table {
    struct rip_announcement announcement;
    struct rtm_prefix cursor;    /* the last destination told, if begun */
    bool begun, routes_told;     /* routes_told: those lately lost are being told */
    const struct rip_gone *gone; /* the next of them */
    struct rip_packet request;   /* count not 0: to be answered behind the table, from deferred */
    uint8_t deferred[RIP_DEFERRED];
    struct rip_table *prev, *next;
};

struct rip_interface {
    uint32_t index;
    struct protocol_instance *rip;
    enum net_interface_type type;
    struct rip_if_config config;
    struct rip_auth auth; /* from config; of RIP only */
    struct ip_binding binding;
    bool bound, enabled, media;
    bool active;  /* all three, and listening */
    bool leaving; /* a copy that says farewell, in rip->farewells; then it is freed */
    bool group;   /* being listened to, with membership of the group */
    struct rip_route *routes[RIP_SHARDS], *oldest;
    unsigned route_count;
    struct rip_peer *peers;
    struct rip_peer strangers; /* all that could not be remembered, as far as routes are counted */
    struct rip_update update;
    void *out;                         /* as an announcement's: a packet that is made at once */
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
    msec since;
    struct rip_gone *prev, *next; /* by since */
    UT_hash_handle hh;
    uint8_t length;      /* the key: length and destination */
    uint8_t addresses[]; /* of the family's size: the destination */
};

struct protocol_instance {
    const struct rip_family *family;
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
    bool stopping;                        /* it has no interfaces any more, or loses them */
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

#endif
