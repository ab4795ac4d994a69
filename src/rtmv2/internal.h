/* What the files of src/rtmv2 share. Nobody else includes this. Functions stand below the file that
 * has them; a pointer to an object that they return is no reference.
 */
#ifndef MPR_RTMV2_INTERNAL_H
#define MPR_RTMV2_INTERNAL_H

#include "rtmv2/objects.h"

/* ---- object.c -------------------------------------------------------------------------------- */

void v2_object_init(struct v2_object *o, struct v2_table *t, enum rtmv2_kind kind);
/* One more reference; 0 when out of memory, which it never is for an object that has one. */
handle_t32 v2_give(struct v2_object *o);
/* One less; what nobody needs any more is freed. */
void v2_drop(struct v2_object *o);
void v2_drop_handle(struct rtmv2 *r, handle_t32 handle); /* 0 is allowed */
void v2_use(struct v2_object *o);
void v2_unuse(struct v2_object *o);
/* Frees it if nobody needs it. */
void v2_settle(struct v2_object *o);
/* Frees it whoever needs it: the table goes. */
void v2_object_end(struct v2_object *o);
/* NULL: the handle is none of that kind and table. */
void *v2_find(const struct v2_table *t, enum rtmv2_kind kind, handle_t32 handle);
struct v2_entity *v2_entity_of(const struct rtmv2 *r, handle_t32 handle); /* registered */

/* ---- entity.c -------------------------------------------------------------------------------- */

struct v2_table *v2_table_of(struct rtmv2 *r, enum rtm_family family); /* NULL: none attached */
/* The one for a protocol's other routes, or NULL. */
struct v2_entity *v2_implicit_find(const struct v2_table *t, uint32_t protocol);
struct v2_entity *v2_implicit_make(struct v2_table *t, uint32_t protocol);
bool v2_is_receiver(const struct v2_entity *e, const struct v2_entity *about,
                    enum rtmv2_event_type type);

/* ---- hop.c ----------------------------------------------------------------------------------- */

struct v2_hop *v2_hop_find(const struct v2_entity *owner, const struct v2_hop_key *key);
struct v2_hop *v2_hop_make(struct v2_entity *owner, const struct v2_hop_key *key);
/* Where packets go by it; false when nowhere. */
bool v2_hop_way(const struct v2_hop *hop, struct v2_hop_key *ret);
void v2_hop_delete(struct v2_hop *hop);

/* ---- pool.c ---------------------------------------------------------------------------------- */

/* Zeroed but for its cell; NULL when out of memory. */
void *v2_pool_get(struct v2_pool *p);
void v2_pool_put(struct v2_pool *p, struct v2_object *o);

/* ---- places.c -------------------------------------------------------------------------------- */

struct v2_dest *v2_places_get(const struct v2_places *p, uint32_t place);   /* 0: NULL */
bool v2_places_put(struct v2_places *p, uint32_t place, struct v2_dest *d); /* false: no memory */
void v2_places_take(struct v2_places *p, uint32_t place);
void v2_places_free(struct v2_places *p);

/* ---- dest.c ---------------------------------------------------------------------------------- */

/* Cuts what is past the length; false when that is too long. */
bool v2_prefix(const struct v2_table *t, const struct rtm_prefix *prefix, struct rtm_prefix *ret);
bool v2_covers(const struct rtm_prefix *a, const struct rtm_prefix *b);
struct v2_dest *v2_dest_find(const struct v2_table *t, const struct rtm_prefix *prefix);
/* Finds it, too. To be given or used, or settled. */
struct v2_dest *v2_dest_make(struct v2_table *t, const struct rtm_prefix *prefix);
bool v2_dest_is_kept(const struct v2_dest *d); /* by what clients have stored there */
void v2_dest_free(struct v2_dest *d);
/* Whether there is one in the views; d may be NULL. */
bool v2_in_views(const struct v2_table *t, const struct rtm_prefix *prefix, const struct v2_dest *d,
                 uint32_t views);
/* The views that it has routes in. */
uint32_t v2_views_of(const struct v2_dest *d);
/* The first, or the next one in order after the prefix, which is there then; NULL at the end. */
struct v2_dest *v2_dest_next(const struct v2_table *t, struct rtm_prefix *prefix, bool first);
/* With references; false when out of memory. */
bool v2_show(struct v2_dest *d, const struct v2_entity *e, uint32_t protocol, uint32_t views,
             struct rtmv2_dest *ret);
void v2_unshow(struct rtmv2 *r, const struct rtmv2_dest *shown);

/* ---- other.c: routes of the table that are no mirrors ---------------------------------------- */

struct v2_scan {
    struct v2_table *table;
    const struct v2_dest *dest; /* or NULL */
    uint32_t place, at;         /* of the table */
    uint32_t number;
};
void v2_scan_begin(struct v2_scan *s, struct v2_table *t, const struct rtm_prefix *prefix,
                   const struct v2_dest *d);
/* Each route of the table in its order; *ret_mirrored is the client's that it is for, or NULL. */
const struct rtm_route *v2_scan_next(struct v2_scan *s, struct v2_route **ret_mirrored);
/* The object; to be given or used, or settled. NULL when out of memory. */
struct v2_route *v2_other(struct v2_dest *d, const struct rtm_route *x);
bool v2_is_other(const struct v2_route *route, const struct rtm_route *other);
/* Makes it say what the table says. */
void v2_other_refresh(struct v2_route *route);
/* Clients' routes whose preference the router has changed in the table (rtm_prefer) follow. */
void v2_adopt(struct v2_dest *d);

/* ---- best.c ---------------------------------------------------------------------------------- */

/* A route, of a client or other. */
struct v2_pick {
    bool found;
    struct v2_route *route; /* NULL: other */
    struct rtm_route other; /* zero if it is none */
};
/* protocol NULL: any. */
struct v2_pick v2_best(struct v2_table *t, const struct rtm_prefix *prefix, const struct v2_dest *d,
                       unsigned view, const uint32_t *protocol);
/* The object; to be given or used, or settled. NULL when out of memory. */
struct v2_route *v2_pick_route(struct v2_dest *d, const struct v2_pick *pick);
bool v2_pick_same(const struct v2_pick *a, const struct v2_pick *b);
bool v2_pick_is(const struct v2_pick *pick, const struct v2_route *route);
unsigned v2_route_count(struct v2_table *t, const struct v2_dest *d, unsigned view);
/* The next of the views' routes in their order after a place (NULL: the first), also of those that
 * are held down if views are any. */
bool v2_next_route(struct v2_table *t, const struct rtm_prefix *prefix, const struct v2_dest *d,
                   uint32_t views, const struct v2_order *after, struct v2_pick *ret);
struct v2_order v2_order_of(const struct v2_pick *pick);
int v2_preference_compare(const struct rtmv2_preference *a, const struct rtmv2_preference *b);

/* ---- change.c -------------------------------------------------------------------------------- */

/* Around a change of a destination. */
struct v2_change {
    struct v2_dest *dest;
    bool drained;
    struct v2_pick best[RTMV2_VIEWS];
};
void v2_change_begin(struct v2_change *c, struct v2_dest *d);
/* Marks, holds down; route has changed, before it said was (NULL: new or deleted). Returns
 * RTMV2_CHANGE_BEST or 0. */
uint32_t v2_change_end(struct v2_change *c, const struct v2_route *route,
                       const struct v2_content *was);
/* Nothing came of it. */
void v2_change_cancel(struct v2_change *c);

/* ---- mirror.c -------------------------------------------------------------------------------- */

/* Has the table have what it should of an owner's routes to a destination. gone (optional) has been
 * taken from it. False, with the table unchanged, when out of memory. */
bool v2_mirror(struct v2_dest *d, const struct v2_entity *owner, struct v2_route *gone);
/* ... and if there is no memory, later. */
void v2_mirror_late(struct v2_dest *d, const struct v2_entity *owner, struct v2_route *gone);
void v2_catch_up(struct v2_table *t);

/* ---- route.c --------------------------------------------------------------------------------- */

void v2_route_free(struct v2_route *route);
void v2_route_stop(struct v2_route *route); /* it doesn't expire */
void v2_routes_sort(struct v2_dest *d);
void v2_route_delete(struct v2_route *route, uint32_t *ret_change);
/* With references; false when out of memory. */
bool v2_route_show(struct v2_route *route, struct rtmv2_route *ret);
void v2_route_unshow(struct rtmv2 *r, const struct rtmv2_route *shown);

/* ---- match.c --------------------------------------------------------------------------------- */

mpr_status v2_criteria_of(const struct v2_table *t, uint32_t match, const struct rtmv2_route *info,
                          uint32_t interface, struct v2_criteria *ret);
bool v2_meets(const struct v2_table *t, const struct v2_criteria *c, const struct v2_pick *pick);

/* ---- mark.c ---------------------------------------------------------------------------------- */

enum { V2_BEST_ALL = RTMV2_NOTIFY_ALL | RTMV2_NOTIFY_BEST | RTMV2_NOTIFY_FORWARDING };

/* Tells who wants to know of changes of these types in these views. Never needs memory. */
void v2_changed(struct v2_dest *d, uint32_t views, uint32_t types);
void v2_mark_clear(struct v2_dest *d, struct v2_notify *n);
/* The first that has the registration's mark, or NULL. */
struct v2_dest *v2_mark_first(struct v2_notify *n);
/* Takes what others have changed; false when that had no memory. */
bool v2_drain(struct v2_table *t);
/* After our own changes, before which all was drained. */
void v2_swallow(struct v2_table *t);
mpr_status v2_watch(struct v2_table *t);
void v2_unwatch(struct v2_table *t);

/* ---- notify.c, enum.c, list.c, hold.c ---------------------------------------------------------
 */

void v2_notify_end(struct v2_notify *n);
void v2_enum_end(struct v2_enum *e);
mpr_status v2_enum_make(struct v2_entity *entity, enum v2_enum_type type, uint32_t views,
                        uint32_t flags, const struct rtm_prefix *range, struct v2_enum **ret);
/* NULL: none of the entity's, or of another type. */
struct v2_enum *v2_enum_of(const struct v2_entity *e, enum v2_enum_type type, handle_t32 handle);
mpr_status v2_enum_give(struct v2_enum *e, handle_t32 *ret);
/* Which part of the table flags (but for the known ones) and prefix mean. */
mpr_status v2_enum_range(const struct v2_table *t, uint32_t flags, uint32_t known,
                         const struct rtm_prefix *prefix, struct rtm_prefix *ret);
/* The next destination, into e->at; false at the end of the portion, or, and e->done, of all. */
bool v2_enum_next_dest(struct v2_enum *e);
void v2_list_end(struct v2_list *l);
/* Takes it from its list, and puts it at the end of another one (NULL: none). */
void v2_list_move(struct v2_route *route, struct v2_list *l);
/* The last route in a view has gone; NULL: another's. */
void v2_hold_down(struct v2_dest *d, unsigned view, struct v2_route *route);
/* The best of others is another one. */
void v2_hold_follow(struct v2_dest *d);
/* The second is for when the whole table goes. */
void v2_hold_end(struct v2_hold *h);
void v2_hold_free(struct v2_hold *h);

/* ---- event.c --------------------------------------------------------------------------------- */

void v2_signal_raise(struct v2_signal *s, enum rtmv2_event_type type, struct v2_object *about);
void v2_signal_lower(struct v2_signal *s);

#endif
