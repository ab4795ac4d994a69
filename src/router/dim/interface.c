/* The interface table: a hash by folded name, handles, and an array in order of creation. Clients,
 * whose names may repeat, are not in the hash.
 *
 * The creation number ("order") is never used again. It serves as interface index towards
 * protocols and as resume handle of enumerations: the array is sorted by it, so both are found by
 * halving, and an enumeration goes on rightly whatever was created or deleted since its last page.
 * A deleted interface leaves a hole; holes are closed when an enumeration begins a page or when
 * they outnumber the rest, so that deleting costs no move.
 */
#include "router/dim/interface.h"

#include <string.h>

#include "base/utf16.h"
#include "router/state.h"

#define FIRST_CAPACITY 16u

struct interface *interface_get(const struct router *r, handle_t32 handle)
{
    return handle_get(&r->handles, HANDLE_INTERFACE, handle);
}

bool interface_is_demand_dial(const struct interface *i)
{
    return i->type == IF_FULL_ROUTER || i->type == IF_HOME_ROUTER;
}

size_t interface_position_after(const struct router *r, uint32_t order)
{
    size_t low = 0, high = r->order_used;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (r->order[middle].order <= order) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct interface *interface_by_index(const struct router *r, uint32_t index)
{
    size_t after = interface_position_after(r, index);

    if (!after || r->order[after - 1].order != index) return NULL;
    return r->order[after - 1].interface;
}

struct interface *interface_next(const struct router *r, size_t *position)
{
    while (*position < r->order_used) {
        struct interface *i = r->order[(*position)++].interface;

        if (i) return i;
    }
    return NULL;
}

static struct interface *find_folded(const struct router *r, const char16_t *folded, size_t units)
{
    struct interface *found;

    HASH_FIND(hh, r->by_name, folded, units * sizeof(*folded), found);
    return found;
}

struct interface *interface_by_name(const struct router *r, const char16_t *name)
{
    char16_t folded[INTERFACE_NAME_MAX + 1];

    if (u16_length(name, INTERFACE_NAME_MAX + 1) > INTERFACE_NAME_MAX) return NULL;
    return find_folded(r, folded, u16_fold_copy(folded, INTERFACE_NAME_MAX + 1, name));
}

/* An interface with its names behind it, in no table yet. */
static struct interface *interface_alloc(struct router *r, const char16_t *name, size_t units)
{
    struct interface *i = mem_alloc(sizeof(*i) + 2 * (units + 1) * sizeof(char16_t));
    char16_t *text;

    if (!i) return NULL;
    text = (char16_t *)(void *)(i + 1);
    memcpy(text, name, units * sizeof(*name));
    i->name = text;
    i->folded = text + units + 1;
    u16_fold_copy(text + units + 1, units + 1, name);
    i->router = r;
    i->enabled = true;
    return i;
}

static bool order_reserve(struct router *r)
{
    size_t capacity = r->order_capacity ? r->order_capacity * 2 : FIRST_CAPACITY;
    struct interface_order *order;

    if (r->order_used < r->order_capacity) return true;
    order = mem_grow(r->order, r->order_used, capacity, sizeof(*order));
    if (!order) return false;
    r->order = order;
    r->order_capacity = capacity;
    return true;
}

static bool name_link(struct router *r, struct interface *i, size_t units)
{
    if (i->type == IF_CLIENT) return true;
    HASH_ADD_KEYPTR(hh, r->by_name, i->folded, units * sizeof(char16_t), i);
    return i->hh.tbl;
}

/* Room in all three tables, or none of them. */
static bool interface_link(struct router *r, struct interface *i, size_t units)
{
    if (!order_reserve(r)) return false;
    i->handle = handle_new(&r->handles, HANDLE_INTERFACE, i);
    if (!i->handle) return false;
    if (!name_link(r, i, units)) {
        handle_delete(&r->handles, HANDLE_INTERFACE, i->handle);
        return false;
    }
    i->order = i->index = ++r->next_order;
    r->order[r->order_used++] = (struct interface_order){i->order, i};
    return true;
}

mpr_status interface_new(struct router *r, const char16_t *name, enum interface_type type,
                         struct interface **ret)
{
    size_t units = name ? u16_length(name, INTERFACE_NAME_MAX + 1) : 0;
    struct interface *i;

    if (!units || units > INTERFACE_NAME_MAX) return ST_INVALID_PARAMETER;
    if (type != IF_CLIENT && interface_by_name(r, name)) return ST_INTERFACE_ALREADY_EXISTS;
    i = interface_alloc(r, name, units);
    if (i) i->type = type;
    if (!i || !interface_link(r, i, units)) {
        mem_free(i);
        return ST_NOT_ENOUGH_MEMORY;
    }
    if (type == IF_INTERNAL) r->internal = i;
    if (type == IF_LOOPBACK) r->loopback = i;
    *ret = i;
    return ST_OK;
}

static void order_close_holes(struct router *r)
{
    size_t kept = 0;

    if (!r->order_dead) return;
    for (size_t n = 0; n < r->order_used; n++) {
        if (r->order[n].interface) r->order[kept++] = r->order[n];
    }
    r->order_used = kept;
    r->order_dead = 0;
}

static void order_remove(struct router *r, uint32_t order)
{
    r->order[interface_position_after(r, order) - 1].interface = NULL;
    r->order_dead++;
    if (r->order_dead > FIRST_CAPACITY && r->order_dead > r->order_used / 2) order_close_holes(r);
}

void interface_free(struct interface *i)
{
    struct router *r = i->router;

    if (r->internal == i) r->internal = NULL;
    if (r->loopback == i) r->loopback = NULL;
    if (i->type != IF_CLIENT) HASH_DEL(r->by_name, i);
    order_remove(r, i->order);
    handle_delete(&r->handles, HANDLE_INTERFACE, i->handle);
    mem_free(i->dialout_hours);
    blob_free(&i->custom);
    mem_free(i);
}

uint32_t router_interface_count(const struct router *r)
{
    return (uint32_t)(r->order_used - r->order_dead);
}

mpr_status router_interface_enum(struct router *r, uint32_t *resume, struct interface_info *entries,
                                 uint32_t max, uint32_t *ret_read, uint32_t *ret_total)
{
    uint32_t read = 0;
    size_t next;

    order_close_holes(r);
    next = interface_position_after(r, *resume);
    *ret_total = (uint32_t)(r->order_used - next);
    for (; read < max && next < r->order_used; read++, next++) {
        router_interface_info(r, r->order[next].interface->handle, &entries[read]);
        *resume = r->order[next].order;
    }
    if (next == r->order_used) *resume = 0;
    *ret_read = read;
    return ST_OK;
}
