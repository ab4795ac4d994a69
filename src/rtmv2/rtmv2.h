/* The Routing Table Manager, version 2, as routing protocols in DLLs see it (rtmv2.h of the SDK;
 * the pages of "Routing Table Manager Version 2"): entities, destinations, routes with next hops,
 * views, enumerations and change notifications, over the tables that the router itself uses
 * (rtm/rtm.h).
 *
 * What a client adds in the unicast view is in the router's table, too: of each owner the best
 * route to a destination, over the first of its next hops that is up and has an interface. A route
 * that the forwarder must not have (RTMV2_ROUTE_FORWARDING) is not. What others have put into the
 * table (the router manager, protocols that are linked in) is seen as routes of entities with their
 * protocol's number and instance 0, which nobody can change; objects for these exist only while a
 * handle names them, so nothing is kept for a route that no client has asked about.
 *
 * Handles are numbers (base/handle.h) and count references. Each handle that a function gives out,
 * also inside a structure, is one reference, which the release of it ends. While an object has
 * references its number stays the same. One that is deleted stays, with that state, until the last
 * reference has gone; when its owner deregisters all that is the owner's is deleted so, while its
 * enumerations, lists and registrations for changes end at once. Numbers that are no handle of the
 * kind, or of another family than the entity, give ST_INVALID_HANDLE and harm nobody.
 *
 * Threads: whoever calls has all of it and the tables alone (the router's lock). Nothing is called
 * from in here but wake: what clients are to be told is taken from rtmv2_event. Time is what
 * rtmv2_time or rtmv2_tick was told last, in milliseconds; it never goes backwards.
 *
 * All functions with an entity give ST_INVALID_HANDLE when that is no registered one, and
 * ST_NOT_ENOUGH_MEMORY, with nothing changed and no reference given, where they give handles, or
 * make something; further codes are named with each. What is returned through pointers is untouched
 * on failure, but for counts where said. Prefixes may have bits past their length: they are
 * ignored. One that is longer than its family allows is ST_INVALID_PARAMETER. Views that don't
 * exist are ignored in masks.
 */
#ifndef MPR_RTMV2_RTMV2_H
#define MPR_RTMV2_RTMV2_H

#include "base/handle.h"
#include "base/timer.h"
#include "rtm/rtm.h"

struct rtmv2; /* for both families of addresses */

/* What a client is told at its registration. */
#define RTMV2_MAX_NEXT_HOPS 4u   /* of a route */
#define RTMV2_MAX_HANDLES   256u /* of one call that hands out several */
#define RTMV2_VIEWS         2u
#define RTMV2_PORTION       1024u      /* destinations that one call of an enumeration looks at */
#define RTMV2_OPAQUE_SLOTS  4u         /* per destination, for all clients of a family */
#define RTMV2_NOTIFICATIONS 32u        /* registrations for changes, of all clients of a family */
#define RTMV2_INFINITE      UINT32_MAX /* a route's time to live */
#define RTMV2_BEST_PROTOCOL 0u         /* instead of a protocol: of all */
#define RTMV2_THIS_PROTOCOL UINT32_MAX /* ... the entity's own */

/* Masks of views; 0 is any, also destinations and routes that are only held down. */
enum { RTMV2_VIEW_ANY = 0, RTMV2_VIEW_UNICAST = 1, RTMV2_VIEW_MULTICAST = 2, RTMV2_VIEW_ALL = 3 };
/* All with the SDK's values. */
enum { RTMV2_CREATED = 0, RTMV2_DELETED = 2, RTMV2_HOP_DELETED = 1 }; /* states */
enum { RTMV2_HOP_REMOTE = 1, RTMV2_HOP_DOWN = 2 };
enum { RTMV2_ROUTE_FORWARDING = 0xF }; /* flags of routes that are not for the forwarder */
enum { RTMV2_CHANGE_FIRST = 1, RTMV2_CHANGE_NEW = 2, RTMV2_CHANGE_BEST = 0x10000 };
enum {
    RTMV2_MATCH_OWNER = 1,
    RTMV2_MATCH_NEIGHBOUR = 2,
    RTMV2_MATCH_PREFERENCE = 4,
    RTMV2_MATCH_NEXT_HOP = 8, /* the first of the criteria's is among the route's */
    RTMV2_MATCH_INTERFACE = 0x10,
    RTMV2_MATCH_ALL = 0x1F, /* higher bits mean nothing */
};
enum {
    RTMV2_ENUM_START = 0,
    RTMV2_ENUM_NEXT = 1,
    RTMV2_ENUM_RANGE = 2,
    RTMV2_ENUM_OWN_ROUTES = 0x10000,
    RTMV2_ENUM_OWN_DESTS = 0x1000000,
};
enum {
    RTMV2_NOTIFY_ALL = 1,
    RTMV2_NOTIFY_BEST = 2,
    RTMV2_NOTIFY_FORWARDING = 4,
    RTMV2_NOTIFY_ONLY_MARKED = 0x10000,
};

/* Kinds of objects. */
enum rtmv2_kind {
    RTMV2_NOTHING, /* no live handle */
    RTMV2_ENTITY,
    RTMV2_DEST,
    RTMV2_ROUTE,
    RTMV2_HOP,
    RTMV2_ENUM,
    RTMV2_NOTIFY,
    RTMV2_LIST,
};

struct rtmv2_entity_id {
    uint32_t protocol, instance;
};

struct rtmv2_entity_info {
    uint16_t instance; /* of the Routing Table Manager */
    enum rtm_family family;
    struct rtmv2_entity_id id;
};

struct rtmv2_preference {
    uint32_t metric, preference; /* lower preference wins, then lower metric, then the older */
};

/* One view of a destination. 0: there is none. */
struct rtmv2_dest_view {
    uint32_t view; /* number, not mask */
    uint32_t routes;
    handle_t32 route, owner; /* the best of those that were asked for */
    uint32_t flags;          /* RTM_DEST_FLAG_*: none is ever set in here */
    handle_t32 hold;         /* route that is held down */
};

struct rtmv2_dest {
    handle_t32 dest;
    struct rtm_prefix prefix;
    uint64_t changed; /* when; 0: before anybody asked about it */
    uint32_t views;   /* mask of those that it has routes in */
    uint32_t count;   /* of view: those of the mask that was asked for, by number */
    struct rtmv2_dest_view view[RTMV2_VIEWS];
};

struct rtmv2_route {
    handle_t32 dest, owner, neighbour; /* neighbour: a next hop, or 0 */
    uint8_t state;
    uint8_t flags1; /* the owner's */
    uint16_t flags; /* RTM_ROUTE_FLAGS_* */
    struct rtmv2_preference preference;
    uint32_t views;
    void *specific; /* the owner's */
    uint32_t hop_count;
    handle_t32 hops[RTMV2_MAX_NEXT_HOPS];
};

struct rtmv2_hop {
    struct rtm_address address;
    handle_t32 owner;
    uint32_t interface; /* 0: of a remote one */
    uint16_t state;
    uint16_t flags;
    void *specific;
    handle_t32 remote; /* the next hop through which a remote one is reached, or 0 */
};

/* ---- the whole ------------------------------------------------------------------------------- */

/* wake is called, with whatever lock the caller has, when there may be an event after there was
 * none; it may call nothing in here. */
typedef void rtmv2_wake_fn(void *context);
mpr_status rtmv2_create(struct rtmv2 **ret, rtmv2_wake_fn *wake, void *context);
/* Detaches what is attached; NULL is allowed. */
void rtmv2_destroy(struct rtmv2 *r);
/* The table of a family, which is there until rtmv2_detach. ST_ALREADY_EXISTS: it has one. */
mpr_status rtmv2_attach(struct rtmv2 *r, enum rtm_family family, struct rtm *table);
/* Ends all entities, objects and handles of the family, whoever has references, and takes the
 * clients' routes from the table. Nobody is told. */
void rtmv2_detach(struct rtmv2 *r, enum rtm_family family);

/* Sets the time; the second also expires routes, ends hold-downs, and does what had no memory.
 * Events are to be taken afterwards. */
void rtmv2_time(struct rtmv2 *r, msec now);
void rtmv2_tick(struct rtmv2 *r, msec now);
/* When rtmv2_tick has something to do; MSEC_NEVER: nothing. */
msec rtmv2_next_deadline(const struct rtmv2 *r);

/* The kind and (optional) the family of a live handle, or RTMV2_NOTHING. */
enum rtmv2_kind rtmv2_kind_of(const struct rtmv2 *r, handle_t32 handle, enum rtm_family *ret);
/* Live handles, and objects, also those without one. */
size_t rtmv2_handle_count(const struct rtmv2 *r);
size_t rtmv2_object_count(const struct rtmv2 *r);

/* ---- what clients are to be told ------------------------------------------------------------- */

enum rtmv2_event_type { /* the SDK's values */
                        RTMV2_ENTITY_REGISTERED,
                        RTMV2_ENTITY_DEREGISTERED,
                        RTMV2_ROUTE_EXPIRED,
                        RTMV2_CHANGE_NOTIFICATION,
};

struct rtmv2_event {
    enum rtmv2_event_type type;
    handle_t32 entity; /* whom to tell, registered just now */
    /* The other entity; or the receiver's route, a reference that is the receiver's; or its
     * registration for changes, which is no reference. */
    handle_t32 about;
    struct rtmv2_entity_info info; /* of the other entity */
    void *context;                 /* that of the registration for changes */
};

/* The next event; false when there is none (or no memory for a handle: rtmv2_next_deadline says
 * when to try again). Events come in their order. Entities are told of those that register after
 * them, and deregister while they are there. An expired route stays until its owner deletes it or
 * gives it more time, and expires once. A registration for changes is told again only after the
 * client has fetched all and something has changed since. */
bool rtmv2_event(struct rtmv2 *r, struct rtmv2_event *ret);
/* Ends the reference to the other entity, for the two events about entities; nothing for others. */
void rtmv2_event_end(struct rtmv2 *r, const struct rtmv2_event *event);

/* Ends references that an entity was given for these (0: none) and can't end itself, since it has
 * deregistered meanwhile; nothing while it is registered. */
void rtmv2_forget(struct rtmv2 *r, handle_t32 entity, size_t count, const handle_t32 *handles);

/* ---- entities -------------------------------------------------------------------------------- */

/* *ret is the entity's handle, with the reference that registration is. ST_FILE_NOT_FOUND: no table
 * of that instance (but 0 there is none) or family. ST_INVALID_PARAMETER: a protocol of 0 or
 * UINT32_MAX. ST_ALREADY_EXISTS: the identity is registered. ST_NO_SYSTEM_RESOURCES: no opaque slot
 * is left. */
mpr_status rtmv2_register(struct rtmv2 *r, const struct rtmv2_entity_info *info, bool opaque,
                          handle_t32 *ret);
/* Deletes what is the entity's, and needs no memory. */
mpr_status rtmv2_deregister(struct rtmv2 *r, handle_t32 entity);
/* Has routes of a protocol in the table seen as an entity's even before anybody has met one. */
mpr_status rtmv2_implicit(struct rtmv2 *r, enum rtm_family family, uint32_t protocol);
/* All of the family in order of registration, itself too, and those of the table's other routes as
 * far as known. *count is the room, then how many they are; infos is optional.
 * ST_INSUFFICIENT_BUFFER: *count is what is needed, nothing else is written. */
mpr_status rtmv2_entities(struct rtmv2 *r, handle_t32 entity, uint32_t *count, handle_t32 *ret,
                          struct rtmv2_entity_info *infos);
/* Gives no reference. */
mpr_status rtmv2_entity_info(struct rtmv2 *r, handle_t32 entity, handle_t32 other,
                             struct rtmv2_entity_info *ret);

/* Whether handle is one of that kind and of the entity's family (ST_INVALID_HANDLE) and, where own
 * is asked for, the entity's (ST_ACCESS_DENIED): routes, next hops, enumerations, registrations for
 * changes, lists. */
mpr_status rtmv2_check(const struct rtmv2 *r, handle_t32 entity, enum rtmv2_kind kind,
                       handle_t32 handle, bool own);
/* One more reference for each, of any kinds that are released (the first four); all or none. */
mpr_status rtmv2_reference(struct rtmv2 *r, handle_t32 entity, size_t count,
                           const handle_t32 *handles);
/* One less for each. ST_INVALID_HANDLE: one is not of that kind, and none was released. A handle
 * that stands there more often than it has references is released and then found out. */
mpr_status rtmv2_release(struct rtmv2 *r, handle_t32 entity, enum rtmv2_kind kind, size_t count,
                         const handle_t32 *handles);
/* What is in structures that were given out: all or none, as above. */
mpr_status rtmv2_release_dests(struct rtmv2 *r, handle_t32 entity, size_t count,
                               const struct rtmv2_dest *dests);
mpr_status rtmv2_release_route_info(struct rtmv2 *r, handle_t32 entity,
                                    const struct rtmv2_route *info);
mpr_status rtmv2_release_hop_info(struct rtmv2 *r, handle_t32 entity, const struct rtmv2_hop *info);

/* ---- next hops: an owner's are told apart by address and interface -----------------------------
 */

/* Makes one, or gives the one that is there the info's flags, specific and remote. *hop (optional):
 * 0 gets a reference; the caller's own one is updated, whose address and interface must be the
 * info's (ST_INVALID_PARAMETER); another's is ST_ACCESS_DENIED. A deleted one is
 * ST_INVALID_HANDLE. *ret_new (optional): made. */
mpr_status rtmv2_add_next_hop(struct rtmv2 *r, handle_t32 entity, const struct rtmv2_hop *info,
                              handle_t32 *hop, bool *ret_new);
/* ST_NOT_FOUND: the entity has none of this address and interface. */
mpr_status rtmv2_find_next_hop(struct rtmv2 *r, handle_t32 entity,
                               const struct rtm_address *address, uint32_t interface,
                               handle_t32 *ret);
/* By handle, whose reference it ends, or where that is 0 by the info's address and interface.
 * Routes keep it, with its state, but don't lead over it any more. ST_ACCESS_DENIED: not the
 * caller's. ST_NOT_FOUND: there is none, or it is deleted. Needs no memory. */
mpr_status rtmv2_delete_next_hop(struct rtmv2 *r, handle_t32 entity, handle_t32 hop,
                                 const struct rtmv2_hop *info);
mpr_status rtmv2_next_hop_info(struct rtmv2 *r, handle_t32 entity, handle_t32 hop,
                               struct rtmv2_hop *ret);
/* Takes flags, specific and remote. ST_ACCESS_DENIED: not the caller's. */
mpr_status rtmv2_update_next_hop(struct rtmv2 *r, handle_t32 entity, handle_t32 hop,
                                 const struct rtmv2_hop *info);

/* ---- routes: told apart by destination, owner and neighbour ------------------------------------
 */

/* Adds a route, or updates one: that of *route if it is not 0, else with RTMV2_CHANGE_FIRST in
 * *change the first of the entity's to the destination, else the one with the same neighbour,
 * unless RTMV2_CHANGE_NEW says that it be a new one in any case. Of info are taken neighbour,
 * flags1, flags, preference, views, specific and hops. *route (optional) gets a reference where it
 * is 0. *change is RTMV2_CHANGE_NEW if it is new, and RTMV2_CHANGE_BEST if in one of the views
 * another route is best now, or this one is. list: 0, or where it is put.
 * ST_ACCESS_DENIED: a route or next hop is not the entity's. ST_INVALID_PARAMETER: no view,
 * too many hops, *route is of another destination. ST_INVALID_HANDLE: also where it or a hop is
 * deleted. */
mpr_status rtmv2_add_route(struct rtmv2 *r, handle_t32 entity, handle_t32 *route,
                           const struct rtm_prefix *prefix, const struct rtmv2_route *info,
                           uint32_t time_to_live, handle_t32 list, uint32_t *change);
/* Ends the reference of the handle. *ret_change (optional): RTMV2_CHANGE_BEST or 0.
 * ST_ACCESS_DENIED; ST_NOT_FOUND: it is deleted, and the reference stays. Needs no memory. */
mpr_status rtmv2_delete_route(struct rtmv2 *r, handle_t32 entity, handle_t32 route,
                              uint32_t *ret_change);
/* Takes from info what rtmv2_add_route does, and gives the same codes. */
mpr_status rtmv2_update_route(struct rtmv2 *r, handle_t32 entity, handle_t32 route,
                              const struct rtmv2_route *info, uint32_t time_to_live,
                              handle_t32 list, uint32_t *ret_change);
/* With references to all in it; both results are optional. */
mpr_status rtmv2_route_info(struct rtmv2 *r, handle_t32 entity, handle_t32 route,
                            struct rtmv2_route *ret, struct rtm_prefix *ret_prefix);
/* Mask of views. */
mpr_status rtmv2_is_best(struct rtmv2 *r, handle_t32 entity, handle_t32 route, uint32_t *ret_views);
/* When the last route of the destination in one of the views goes, it is kept as the view's hold
 * route for that many milliseconds, once; the longest time that was asked for is that of all views.
 * Views in which it has no route now are left out. ST_INVALID_PARAMETER: a time of 0, or no view.
 * ST_NO_SYSTEM_RESOURCES: the table has no stream of changes left. */
mpr_status rtmv2_hold(struct rtmv2 *r, handle_t32 entity, handle_t32 dest, uint32_t views,
                      uint32_t hold_time);

/* ---- destinations ---------------------------------------------------------------------------- */

/* Of these, protocol only says whose best route is shown. A destination is found in a view when it
 * has a route there, and in any also while it has a hold route; else ST_NOT_FOUND. References are
 * given to all in *ret. */
mpr_status rtmv2_dest_info(struct rtmv2 *r, handle_t32 entity, handle_t32 dest, uint32_t protocol,
                           uint32_t views, struct rtmv2_dest *ret); /* never ST_NOT_FOUND */
mpr_status rtmv2_exact_match(struct rtmv2 *r, handle_t32 entity, const struct rtm_prefix *prefix,
                             uint32_t protocol, uint32_t views, struct rtmv2_dest *ret);
/* The longest that covers the prefix, perhaps itself. */
mpr_status rtmv2_most_specific(struct rtmv2 *r, handle_t32 entity, const struct rtm_prefix *prefix,
                               uint32_t protocol, uint32_t views, struct rtmv2_dest *ret);
/* The longest that covers this destination and is shorter. */
mpr_status rtmv2_less_specific(struct rtmv2 *r, handle_t32 entity, handle_t32 dest,
                               uint32_t protocol, uint32_t views, struct rtmv2_dest *ret);
/* The best route in the views that meets the criteria: match says what of *io, with references
 * afterwards to what it then has, and of interface. ST_NOT_FOUND. */
mpr_status rtmv2_exact_route(struct rtmv2 *r, handle_t32 entity, const struct rtm_prefix *prefix,
                             uint32_t match, struct rtmv2_route *io, uint32_t interface,
                             uint32_t views, handle_t32 *ret);
/* The address of the entity's slot, which stays while the destination has references; what is in it
 * stays until it is NULL or the entity deregisters. ST_NOT_FOUND: none is reserved. */
mpr_status rtmv2_opaque(struct rtmv2 *r, handle_t32 entity, handle_t32 dest, void ***ret);

/* ---- enumerations: by key, so right while things change -------------------------------------- */

/* Handles of the following three parts are the entity's alone: another's are ST_INVALID_HANDLE.
 * Flags: from the start (no prefix), from a prefix on, or of all that a prefix covers; of
 * destinations in the views, or of those in which the entity has the best route.
 * ST_INVALID_PARAMETER: flags, prefix missing. ST_NOT_SUPPORTED: no such view. */
mpr_status rtmv2_create_dest_enum(struct rtmv2 *r, handle_t32 entity, uint32_t views,
                                  uint32_t flags, const struct rtm_prefix *prefix,
                                  uint32_t protocol, handle_t32 *ret);
/* Routes of a destination (then without prefix), or of those, in order of preference; criteria
 * (NULL where match needs none) are copied. Their handles must live: ST_INVALID_HANDLE. */
mpr_status rtmv2_create_route_enum(struct rtmv2 *r, handle_t32 entity, handle_t32 dest,
                                   uint32_t views, uint32_t flags, const struct rtm_prefix *prefix,
                                   uint32_t match, const struct rtmv2_route *criteria,
                                   uint32_t interface, handle_t32 *ret);
/* The entity's own, in order of address. */
mpr_status rtmv2_create_hop_enum(struct rtmv2 *r, handle_t32 entity, uint32_t flags,
                                 const struct rtm_prefix *prefix, handle_t32 *ret);
/* The next ones. *count is the room, 1 to RTMV2_MAX_HANDLES (ST_INVALID_PARAMETER), then how many
 * they are. ST_NO_MORE_ITEMS: these were the last, and *count is less than the room, perhaps 0. It
 * may be so with ST_OK, too, of destinations and routes: the call has looked at RTMV2_PORTION
 * destinations, and there are more, so that others need not wait long. An enumeration of another
 * kind is ST_INVALID_HANDLE. */
mpr_status rtmv2_get_dests(struct rtmv2 *r, handle_t32 entity, handle_t32 enumeration,
                           uint32_t *count, struct rtmv2_dest *ret);
mpr_status rtmv2_get_routes(struct rtmv2 *r, handle_t32 entity, handle_t32 enumeration,
                            uint32_t *count, handle_t32 *ret);
mpr_status rtmv2_get_hops(struct rtmv2 *r, handle_t32 entity, handle_t32 enumeration,
                          uint32_t *count, handle_t32 *ret);
/* Of all kinds. */
mpr_status rtmv2_delete_enum(struct rtmv2 *r, handle_t32 entity, handle_t32 enumeration);

/* ---- change notification --------------------------------------------------------------------- */

/* Destinations that are there already are no change. Of routes that clients have not made, a change
 * of another than the best one is not known: RTMV2_NOTIFY_ALL sees best ones only.
 * ST_INVALID_PARAMETER: no type, unknown flags. ST_NOT_SUPPORTED: no such view.
 * ST_NO_SYSTEM_RESOURCES: RTMV2_NOTIFICATIONS are there, or the table has no stream left. */
mpr_status rtmv2_register_changes(struct rtmv2 *r, handle_t32 entity, uint32_t views,
                                  uint32_t flags, void *context, handle_t32 *ret);
mpr_status rtmv2_deregister_changes(struct rtmv2 *r, handle_t32 entity, handle_t32 notify);
/* Destinations that have changed since they were fetched last, as they are now, each once, with the
 * registration's views; one that has gone has no routes. *count as in enumerations.
 * ST_NO_MORE_ITEMS: there is none, *count is 0. */
mpr_status rtmv2_changed_dests(struct rtmv2 *r, handle_t32 entity, handle_t32 notify,
                               uint32_t *count, struct rtmv2_dest *ret);
/* As if they had been fetched; all or none. */
mpr_status rtmv2_ignore_changed(struct rtmv2 *r, handle_t32 entity, handle_t32 notify, size_t count,
                                const handle_t32 *dests);
mpr_status rtmv2_change_status(struct rtmv2 *r, handle_t32 entity, handle_t32 notify,
                               handle_t32 dest, bool *ret);
/* For RTMV2_NOTIFY_ONLY_MARKED; a mark stays until it is taken away. */
mpr_status rtmv2_mark(struct rtmv2 *r, handle_t32 entity, handle_t32 notify, handle_t32 dest,
                      bool mark);
mpr_status rtmv2_is_marked(struct rtmv2 *r, handle_t32 entity, handle_t32 notify, handle_t32 dest,
                           bool *ret);

/* ---- route lists ----------------------------------------------------------------------------- */

mpr_status rtmv2_create_list(struct rtmv2 *r, handle_t32 entity, handle_t32 *ret);
/* The routes stay; enumerations of it are at their end. */
mpr_status rtmv2_delete_list(struct rtmv2 *r, handle_t32 entity, handle_t32 list);
/* At the end, in this order; each is in one list at most, and in none with list 0. All or none.
 * ST_ACCESS_DENIED: not the caller's route. A deleted one is ST_INVALID_HANDLE. */
mpr_status rtmv2_insert_in_list(struct rtmv2 *r, handle_t32 entity, handle_t32 list, size_t count,
                                const handle_t32 *routes);
mpr_status rtmv2_create_list_enum(struct rtmv2 *r, handle_t32 entity, handle_t32 list,
                                  handle_t32 *ret);
/* As the others, but the end is ST_OK with less than the room. */
mpr_status rtmv2_get_list_routes(struct rtmv2 *r, handle_t32 entity, handle_t32 enumeration,
                                 uint32_t *count, handle_t32 *ret);

#endif
