/* Next hops: an owner's are told apart by address and interface. */
#include "rtmv2/internal.h"

#define WAY_MAX 8u /* remote next hops in a row */

struct v2_hop *v2_hop_find(const struct v2_entity *owner, const struct v2_hop_key *key)
{
    struct v2_hop *hop;

    HASH_FIND(hh, owner->hops, key, sizeof(*key), hop);
    return hop;
}

struct v2_hop *v2_hop_make(struct v2_entity *owner, const struct v2_hop_key *key)
{
    struct v2_hop *hop = mem_alloc(sizeof(*hop));

    if (!hop) return NULL;
    v2_object_init(&hop->object, owner->object.table, RTMV2_HOP);
    hop->key = *key;
    hop->owner = owner;
    HASH_ADD(hh, owner->hops, key, sizeof(hop->key), hop);
    if (!hop->hh.tbl) {
        v2_object_end(&hop->object);
        return NULL;
    }
    v2_use(&owner->object);
    return hop;
}

static bool hop_is_up(const struct v2_hop *hop)
{
    return hop->state == RTMV2_CREATED && !(hop->flags & RTMV2_HOP_DOWN);
}

bool v2_hop_way(const struct v2_hop *hop, struct v2_hop_key *ret)
{
    for (unsigned i = 0; i < WAY_MAX && hop && hop_is_up(hop); i++) {
        if (hop->key.interface) {
            *ret = hop->key;
            return true;
        }
        hop = hop->remote;
    }
    return false;
}

static bool leads_over(const struct v2_hop *from, const struct v2_hop *hop)
{
    for (unsigned i = 0; i < WAY_MAX && from; i++, from = from->remote)
        if (from == hop) return true;
    return false;
}

static bool route_leads_over(const struct v2_route *route, const struct v2_hop *hop)
{
    for (uint32_t i = 0; i < route->content.hop_count; i++)
        if (leads_over(route->content.hops[i], hop)) return true;
    return false;
}

/* Whether packets go by it has changed: the routes over it are mirrored otherwise. Costs a look at
 * all routes of the owner, but only if something leads over it: besides that it has its place. */
static void hop_turned(const struct v2_hop *hop)
{
    struct v2_route *route;

    if (hop->object.uses <= 1) return;
    for (route = hop->owner->routes; route; route = route->owner_next) {
        struct v2_content was = route->content;
        struct v2_change change;
        if (!route_leads_over(route, hop)) continue;
        was.hop_count = 0; /* they are not the same any more */
        v2_change_begin(&change, route->dest);
        v2_mirror_late(route->dest, route->owner, NULL);
        (void)v2_change_end(&change, route, &was);
    }
}

void v2_hop_delete(struct v2_hop *hop)
{
    struct v2_hop *remote = hop->remote;

    if (hop->state == RTMV2_HOP_DELETED) return;
    HASH_DELETE(hh, hop->owner->hops, hop);
    hop->state = RTMV2_HOP_DELETED;
    if (hop->owner->implicit) return;
    hop_turned(hop);
    hop->remote = NULL;
    if (remote) v2_unuse(&remote->object);
    v2_unuse(&hop->object);
}

/* ---- what clients call ------------------------------------------------------------------------
 */

/* The next hop that an info names as remote, of the same owner; 0 is none. */
static mpr_status remote_of(const struct v2_entity *e, handle_t32 handle, struct v2_hop **ret)
{
    struct v2_hop *hop = handle ? v2_find(e->object.table, RTMV2_HOP, handle) : NULL;

    if (handle && !hop) return ST_INVALID_HANDLE;
    if (hop && hop->owner != e) return ST_ACCESS_DENIED;
    if (hop && hop->state == RTMV2_HOP_DELETED) return ST_INVALID_HANDLE;
    *ret = hop;
    return ST_OK;
}

static void hop_set(struct v2_hop *hop, const struct rtmv2_hop *info, struct v2_hop *remote)
{
    struct v2_hop *old = hop->remote;
    bool turned = hop->flags != info->flags || old != remote;

    hop->flags = info->flags;
    hop->specific = info->specific;
    if (remote) v2_use(&remote->object);
    hop->remote = remote;
    if (turned) hop_turned(hop);
    if (old) v2_unuse(&old->object);
}

/* An own one that is there; 0 is ST_INVALID_HANDLE. */
static mpr_status hop_of(const struct v2_entity *e, handle_t32 handle, struct v2_hop **ret)
{
    struct v2_hop *hop = e ? v2_find(e->object.table, RTMV2_HOP, handle) : NULL;

    if (!hop) return ST_INVALID_HANDLE;
    if (hop->owner != e) return ST_ACCESS_DENIED;
    *ret = hop;
    return ST_OK;
}

static bool is_key(const struct v2_hop *hop, const struct v2_hop_key *key)
{
    return memcmp(&hop->key, key, sizeof(*key)) == 0;
}

static mpr_status hop_update(struct v2_entity *e, handle_t32 handle, const struct v2_hop_key *key,
                             const struct rtmv2_hop *info)
{
    struct v2_hop *hop, *remote;
    mpr_status status = hop_of(e, handle, &hop);

    if (status != ST_OK) return status;
    if (hop->state == RTMV2_HOP_DELETED) return ST_INVALID_HANDLE;
    if (key && !is_key(hop, key)) return ST_INVALID_PARAMETER;
    status = remote_of(e, info->remote, &remote);
    if (status == ST_OK) hop_set(hop, info, remote);
    return status;
}

/* A new one, or the one that is there; with a reference if one is wanted. */
static mpr_status hop_add(struct v2_entity *e, const struct v2_hop_key *key, handle_t32 *ret,
                          struct v2_hop **ret_hop, bool *ret_made)
{
    struct v2_hop *hop = v2_hop_find(e, key);
    bool made = !hop;
    handle_t32 handle = 0;

    if (made && !(hop = v2_hop_make(e, key))) return ST_NOT_ENOUGH_MEMORY;
    if (made) v2_use(&hop->object);
    if (ret && !(handle = v2_give(&hop->object))) {
        if (made) v2_hop_delete(hop);
        return ST_NOT_ENOUGH_MEMORY;
    }
    if (ret) *ret = handle;
    *ret_hop = hop;
    *ret_made = made;
    return ST_OK;
}

mpr_status rtmv2_add_next_hop(struct rtmv2 *r, handle_t32 entity, const struct rtmv2_hop *info,
                              handle_t32 *hop, bool *ret_new)
{
    struct v2_entity *e = v2_entity_of(r, entity);
    const struct v2_hop_key key = {info->address, info->interface};
    struct v2_hop *target, *remote;
    bool made = false;
    mpr_status status;

    if (!e) return ST_INVALID_HANDLE;
    if (hop && *hop) {
        status = hop_update(e, *hop, &key, info);
    } else {
        status = remote_of(e, info->remote, &remote);
        if (status == ST_OK) status = hop_add(e, &key, hop, &target, &made);
        if (status == ST_OK) hop_set(target, info, remote);
    }
    if (status == ST_OK && ret_new) *ret_new = made;
    return status;
}

mpr_status rtmv2_update_next_hop(struct rtmv2 *r, handle_t32 entity, handle_t32 hop,
                                 const struct rtmv2_hop *info)
{
    struct v2_entity *e = v2_entity_of(r, entity);

    return e ? hop_update(e, hop, NULL, info) : ST_INVALID_HANDLE;
}

mpr_status rtmv2_find_next_hop(struct rtmv2 *r, handle_t32 entity,
                               const struct rtm_address *address, uint32_t interface,
                               handle_t32 *ret)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    const struct v2_hop_key key = {*address, interface};
    struct v2_hop *hop = e ? v2_hop_find(e, &key) : NULL;
    handle_t32 handle;

    if (!e) return ST_INVALID_HANDLE;
    if (!hop) return ST_NOT_FOUND;
    handle = v2_give(&hop->object);
    if (!handle) return ST_NOT_ENOUGH_MEMORY;
    *ret = handle;
    return ST_OK;
}

mpr_status rtmv2_delete_next_hop(struct rtmv2 *r, handle_t32 entity, handle_t32 hop,
                                 const struct rtmv2_hop *info)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_hop *target = NULL;
    mpr_status status = e ? ST_OK : ST_INVALID_HANDLE;

    if (e && hop) {
        status = hop_of(e, hop, &target);
    } else if (e && info) {
        const struct v2_hop_key key = {info->address, info->interface};
        target = v2_hop_find(e, &key);
    }
    if (status != ST_OK) return status;
    if (!target || target->state == RTMV2_HOP_DELETED) return ST_NOT_FOUND;
    v2_hop_delete(target);
    v2_drop_handle(r, hop);
    return ST_OK;
}

mpr_status rtmv2_next_hop_info(struct rtmv2 *r, handle_t32 entity, handle_t32 hop,
                               struct rtmv2_hop *ret)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_hop *target = e ? v2_find(e->object.table, RTMV2_HOP, hop) : NULL;
    handle_t32 owner, remote = 0;

    if (!target) return ST_INVALID_HANDLE;
    owner = v2_give(&target->owner->object);
    if (owner && target->remote) remote = v2_give(&target->remote->object);
    if (!owner || (target->remote && !remote)) {
        v2_drop_handle(r, owner);
        return ST_NOT_ENOUGH_MEMORY;
    }
    *ret = (struct rtmv2_hop){
        target->key.address, owner, target->key.interface, target->state, target->flags,
        target->specific,    remote};
    return ST_OK;
}
