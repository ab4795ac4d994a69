/* The objects, and how they hang together. Nobody but internal.h includes this.
 *
 *   struct rtmv2 ── v2_table per family ── struct rtm of the router
 *                                       ── v2_places, that finds a v2_dest by that table's number
 *                                       ── v2_entity ── v2_hop, v2_route (its own)
 *                                                    ── v2_notify, v2_enum, v2_list
 *   v2_dest ── v2_route of clients, best first
 *           ── v2_route of others, while handles name them
 *
 * A mirror is what stands in the router's table for a client's route.
 */
#ifndef MPR_RTMV2_OBJECTS_H
#define MPR_RTMV2_OBJECTS_H

#include "base/hash.h"
#include "rtmv2/rtmv2.h"

#define V2_RETRY 1000u /* ms until what had no memory is tried again */

struct v2_table;

/* Begins everything that a handle can name. It lives while it has references, which are the
 * clients', or uses: places it has in here. */
struct v2_object {
    uint8_t kind;      /* enum rtmv2_kind */
    uint8_t cell;      /* of the pool's block, where it is from one */
    handle_t32 handle; /* 0: nobody has a reference */
    uint32_t references, uses;
    struct v2_table *table;
    struct v2_object *prev, *next; /* all of the table */
};

/* What stands in the queue of events. */
struct v2_signal {
    enum rtmv2_event_type type;
    bool queued;
    struct v2_object *about;
    struct v2_signal *prev, *next;
};

struct v2_entity {
    struct v2_object object;
    struct rtmv2_entity_info info;
    bool registered, implicit;
    unsigned slot;             /* opaque; RTMV2_OPAQUE_SLOTS: none */
    struct rtm_entity *mirror; /* NULL: implicit */
    struct v2_hop *hops;       /* hash by key */
    struct v2_route *routes;
    struct v2_enum *enums;
    struct v2_notify *notifies;
    struct v2_list *lists;
    uint64_t born, gone;        /* numbers in one order */
    uint64_t told[2];           /* by signal: born of whom was told last */
    struct v2_signal signal[2]; /* registered, deregistered */
    struct v2_entity *prev, *next;
};

struct v2_hop_key {
    struct rtm_address address;
    uint32_t interface;
};

struct v2_hop {
    struct v2_object object;
    struct v2_hop_key key;
    struct v2_entity *owner;
    struct v2_hop *remote;
    uint16_t state, flags;
    void *specific;
    UT_hash_handle hh;
};

/* What an owner says of a route. */
struct v2_content {
    struct v2_hop *neighbour;
    void *specific;
    struct rtmv2_preference preference;
    uint16_t flags;
    uint8_t flags1, views, hop_count;
    struct v2_hop *hops[RTMV2_MAX_NEXT_HOPS];
};

/* Of a route that expires; there is room for its timer. */
struct v2_life {
    struct v2_route *route;
    struct timer timer;
    struct v2_signal signal;
};

struct v2_route {
    struct v2_object object;
    struct v2_dest *dest;
    struct v2_entity *owner;
    struct v2_content content;
    uint8_t state;
    bool other;              /* not a client's: found again by protocol and first hop */
    uint64_t born;           /* lower is older */
    struct rtm_route mirror; /* interface 0: there is none */
    uint32_t scan;           /* of v2_scan_next */
    struct v2_life *life;    /* NULL: it never had an end */
    struct v2_list *list;
    struct v2_route *list_prev, *list_next;
    struct v2_route *prev, *next; /* of the destination */
    struct v2_route *owner_prev, *owner_next;
};

struct v2_hold {
    struct v2_dest *dest;
    struct timer timer;
    uint32_t views, time;
    struct v2_route *route[RTMV2_VIEWS];
    struct v2_route *best; /* of others, that would be held down */
};

struct v2_dest {
    struct v2_object object;
    struct rtm_prefix prefix;
    bool late;      /* a mirror is missing */
    uint32_t place; /* of the table; 0: not yet */
    uint64_t changed;
    struct v2_route *routes, *others;
    uint32_t marks;   /* which registrations have yet to fetch it */
    uint32_t watched; /* ... have marked it */
    struct v2_hold *hold;
    void **opaque;               /* RTMV2_OPAQUE_SLOTS; NULL: nobody has asked */
    struct v2_dest *prev, *next; /* of those with marks */
};

struct v2_notify {
    struct v2_object object;
    struct v2_entity *entity;
    unsigned number;
    uint32_t views, flags;
    void *context;
    bool told;
    size_t count, watched; /* destinations with its mark */
    struct v2_dest *first; /* its marks are at or after this one */
    struct v2_signal signal;
    struct v2_notify *prev, *next;
};

struct v2_list {
    struct v2_object object;
    struct v2_entity *entity;
    struct v2_route *routes;
    struct v2_enum *enums;
    struct v2_list *prev, *next;
};

/* Which routes a search is for. */
struct v2_criteria {
    uint32_t match;
    const struct v2_entity *owner;
    const struct v2_hop *neighbour, *hop;
    struct rtmv2_preference preference;
    uint32_t interface;
};

/* A place in the order of a destination's routes that stays right when routes come and go. */
struct v2_order {
    struct rtmv2_preference preference;
    bool other;
    uint64_t born;
    uint32_t protocol;
    struct v2_hop_key key;
};

enum v2_enum_type { V2_ENUM_DESTS, V2_ENUM_ROUTES, V2_ENUM_HOPS, V2_ENUM_LIST };

struct v2_enum {
    struct v2_object object;
    enum v2_enum_type type;
    struct v2_entity *entity;
    uint32_t views, flags, protocol;
    struct rtm_prefix range;
    bool begun, done;
    uint32_t portion;     /* how many destinations may still be looked at */
    struct rtm_prefix at; /* the destination that was looked at last */
    bool aimed;           /* it is one whose routes are shown */
    struct v2_dest *dest; /* the only one */
    struct v2_criteria criteria;
    bool within; /* at has been shown up to after */
    struct v2_order after;
    struct v2_hop_key hop;
    struct v2_list *list;
    struct v2_route *route; /* the next of the list */
    struct v2_enum *list_prev, *list_next;
    struct v2_enum *prev, *next;
};

/* Destinations by the table's number of their place, which is pinned. */
#define V2_CHUNK 512u

struct v2_chunk {
    uint32_t used;
    struct v2_dest *dests[V2_CHUNK];
};

struct v2_places {
    struct v2_chunk **chunks; /* NULL: none in it */
    uint32_t count;
};

struct v2_block;

struct v2_pool {
    size_t size; /* of an object, a multiple of its alignment */
    struct v2_block *room;
};

struct v2_table {
    struct rtmv2 *r;
    enum rtm_family family;
    struct rtm *rtm; /* NULL: detached */
    struct v2_places places;
    struct v2_pool dests, routes; /* their memory */
    struct v2_entity *entities;
    uint64_t born;
    uint32_t scan;
    struct v2_object *objects;
    size_t object_count;
    bool slots[RTMV2_OPAQUE_SLOTS];
    struct v2_notify *notifies[RTMV2_NOTIFICATIONS];
    unsigned notify_count; /* those past this many are NULL */
    struct v2_dest *marked;
    size_t late;                   /* destinations */
    struct rtm_consumer *consumer; /* while there are watchers */
    unsigned watchers;
    bool quiet; /* what changes in the table is our doing */
    bool stuck; /* a change that there was no memory for */
    struct rtm_prefix stuck_at;
};

struct rtmv2 {
    struct handle_table handles;
    size_t handle_count;
    struct timer_heap timers;
    msec now;
    rtmv2_wake_fn *wake;
    void *context;
    struct v2_signal *signals;
    bool starved; /* an event had no memory */
    struct v2_table tables[2];
};

#endif
