/* Entities: clients, and those whose routes are in the table without them. */
#include "rtmv2/internal.h"

struct v2_entity *v2_implicit_find(const struct v2_table *t, uint32_t protocol)
{
    struct v2_entity *e;

    DL_FOREACH (t->entities, e)
        if (e->implicit && e->info.id.protocol == protocol) break;
    return e;
}

static struct v2_entity *entity_make(struct v2_table *t, const struct rtmv2_entity_id *id)
{
    struct v2_entity *e = mem_alloc(sizeof(*e));

    if (!e) return NULL;
    v2_object_init(&e->object, t, RTMV2_ENTITY);
    e->info = (struct rtmv2_entity_info){0, t->family, *id};
    e->slot = RTMV2_OPAQUE_SLOTS;
    return e;
}

static void entity_join(struct v2_entity *e)
{
    struct v2_table *t = e->object.table;

    e->born = ++t->born;
    v2_use(&e->object);
    DL_APPEND(t->entities, e);
}

struct v2_entity *v2_implicit_make(struct v2_table *t, uint32_t protocol)
{
    const struct rtmv2_entity_id id = {protocol, 0};
    struct v2_entity *e = v2_implicit_find(t, protocol);

    if (e) return e;
    e = entity_make(t, &id);
    if (!e) return NULL;
    e->implicit = true;
    entity_join(e);
    return e;
}

mpr_status rtmv2_implicit(struct rtmv2 *r, enum rtm_family family, uint32_t protocol)
{
    struct v2_table *t = v2_table_of(r, family);

    if (!t) return ST_FILE_NOT_FOUND;
    return v2_implicit_make(t, protocol) ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static bool is_registered(const struct v2_table *t, const struct rtmv2_entity_id *id)
{
    const struct v2_entity *e;

    DL_FOREACH (t->entities, e) {
        if (e->registered && e->info.id.protocol == id->protocol &&
            e->info.id.instance == id->instance)
            return true;
    }
    return false;
}

static unsigned slot_free(const struct v2_table *t)
{
    unsigned slot = 0;

    while (slot < RTMV2_OPAQUE_SLOTS && t->slots[slot]) slot++;
    return slot;
}

/* Whom it is to be told. */
bool v2_is_receiver(const struct v2_entity *e, const struct v2_entity *about,
                    enum rtmv2_event_type type)
{
    uint64_t before = type == RTMV2_ENTITY_REGISTERED ? about->born : about->gone;

    return e != about && e->registered && e->born > about->told[type] && e->born < before;
}

static void raise_if_heard(struct v2_entity *about, enum rtmv2_event_type type)
{
    const struct v2_entity *e;

    DL_FOREACH (about->object.table->entities, e) {
        if (!v2_is_receiver(e, about, type)) continue;
        v2_use(&about->object);
        v2_signal_raise(&about->signal[type], type, &about->object);
        return;
    }
}

static mpr_status entity_register(struct v2_table *t, const struct rtmv2_entity_id *id,
                                  unsigned slot, handle_t32 *ret)
{
    struct v2_entity *e = entity_make(t, id);
    handle_t32 handle;

    if (!e) return ST_NOT_ENOUGH_MEMORY;
    if (rtm_register(t->rtm, id->protocol, &e->mirror) != ST_OK) {
        v2_object_end(&e->object);
        return ST_NOT_ENOUGH_MEMORY;
    }
    handle = v2_give(&e->object);
    if (!handle) {
        v2_object_end(&e->object);
        return ST_NOT_ENOUGH_MEMORY;
    }
    e->registered = true;
    e->slot = slot;
    if (slot < RTMV2_OPAQUE_SLOTS) t->slots[slot] = true;
    entity_join(e);
    raise_if_heard(e, RTMV2_ENTITY_REGISTERED);
    *ret = handle;
    return ST_OK;
}

mpr_status rtmv2_register(struct rtmv2 *r, const struct rtmv2_entity_info *info, bool opaque,
                          handle_t32 *ret)
{
    struct v2_table *t = info->instance ? NULL : v2_table_of(r, info->family);
    unsigned slot = RTMV2_OPAQUE_SLOTS;

    if (!t) return ST_FILE_NOT_FOUND;
    if (info->id.protocol == RTMV2_BEST_PROTOCOL || info->id.protocol == RTMV2_THIS_PROTOCOL)
        return ST_INVALID_PARAMETER;
    if (is_registered(t, &info->id)) return ST_ALREADY_EXISTS;
    if (opaque && (slot = slot_free(t)) == RTMV2_OPAQUE_SLOTS) return ST_NO_SYSTEM_RESOURCES;
    return entity_register(t, &info->id, slot, ret);
}

/* What it has stored with destinations goes; those that were there only for that, too. */
static void slot_give_back(struct v2_entity *e)
{
    struct v2_table *t = e->object.table;
    struct rtm_prefix at;

    if (e->slot == RTMV2_OPAQUE_SLOTS) return;
    for (struct v2_dest *d = v2_dest_next(t, &at, true); d; d = v2_dest_next(t, &at, false)) {
        if (d->opaque) d->opaque[e->slot] = NULL;
        v2_settle(&d->object);
    }
    t->slots[e->slot] = false;
    e->slot = RTMV2_OPAQUE_SLOTS;
}

/* Routes go before next hops, which they lead over. */
static void entity_empty(struct v2_entity *e)
{
    struct v2_hop *hop, *next;

    while (e->notifies) v2_notify_end(e->notifies);
    while (e->enums) v2_enum_end(e->enums);
    while (e->lists) v2_list_end(e->lists);
    while (e->routes) v2_route_delete(e->routes, NULL);
    HASH_ITER (hh, e->hops, hop, next) {
        v2_use(&hop->object);
        v2_hop_delete(hop);
        v2_unuse(&hop->object);
    }
    slot_give_back(e);
}

mpr_status rtmv2_deregister(struct rtmv2 *r, handle_t32 entity)
{
    struct v2_entity *e = v2_entity_of(r, entity);

    if (!e) return ST_INVALID_HANDLE;
    entity_empty(e);
    e->registered = false;
    e->gone = ++e->object.table->born;
    rtm_deregister(e->mirror);
    e->mirror = NULL;
    DL_DELETE(e->object.table->entities, e);
    raise_if_heard(e, RTMV2_ENTITY_DEREGISTERED);
    if (!e->signal[RTMV2_ENTITY_DEREGISTERED].queued) v2_drop(&e->object);
    v2_unuse(&e->object);
    return ST_OK;
}

/* One that stands for routes of a protocol is hidden by a client with its identity. */
static bool is_listed(const struct v2_entity *e)
{
    return e->registered || !is_registered(e->object.table, &e->info.id);
}

static uint32_t count_listed(const struct v2_table *t)
{
    const struct v2_entity *e;
    uint32_t count = 0;

    DL_FOREACH (t->entities, e) count += is_listed(e);
    return count;
}

mpr_status rtmv2_entities(struct rtmv2 *r, handle_t32 entity, uint32_t *count, handle_t32 *ret,
                          struct rtmv2_entity_info *infos)
{
    struct v2_entity *self = v2_entity_of(r, entity), *e;
    uint32_t needed = self ? count_listed(self->object.table) : 0, n = 0;
    bool room = needed <= *count;

    if (!self) return ST_INVALID_HANDLE;
    if (!room) {
        *count = needed;
        return ST_INSUFFICIENT_BUFFER;
    }
    DL_FOREACH (self->object.table->entities, e) {
        if (!is_listed(e)) continue;
        if (infos) infos[n] = e->info;
        ret[n] = v2_give(&e->object);
        if (ret[n++]) continue;
        while (--n) v2_drop_handle(r, ret[n - 1]);
        return ST_NOT_ENOUGH_MEMORY;
    }
    *count = needed;
    return ST_OK;
}

mpr_status rtmv2_entity_info(struct rtmv2 *r, handle_t32 entity, handle_t32 other,
                             struct rtmv2_entity_info *ret)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    const struct v2_entity *o = e ? v2_find(e->object.table, RTMV2_ENTITY, other) : NULL;

    if (!o) return ST_INVALID_HANDLE;
    *ret = o->info;
    return ST_OK;
}
