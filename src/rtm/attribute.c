/* Attributes: what routes say, kept once for all of one list that say the same.
 *
 * Most routes of a table differ in their prefix alone, so a route costs four octets here instead
 * of forty; it is also one comparison to see that a route has not changed.
 */
#include <string.h>

#include "rtm/internal.h"

static uint32_t hash_of(const struct rtm_list *l, const struct rtm_route *route)
{
    uint32_t words[sizeof(*route) / sizeof(uint32_t)];
    uint64_t hash = (uintptr_t)l;

    memcpy(words, route, sizeof(words));
    for (size_t n = 0; n < sizeof(words) / sizeof(words[0]); n++) {
        hash = (hash ^ words[n]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return (uint32_t)hash;
}

static bool says(const struct rtm_attribute *a, const struct rtm_list *l,
                 const struct rtm_route *route)
{
    return a->list == l && memcmp(&a->route, route, sizeof(*route)) == 0;
}

static uint32_t *bucket_of(const struct rtm_attributes *all, const struct rtm_list *l,
                           const struct rtm_route *route)
{
    return &all->buckets[hash_of(l, route) & (all->bucket_count - 1)];
}

static uint32_t attribute_find(const struct rtm *t, const struct rtm_list *l,
                               const struct rtm_route *route)
{
    uint32_t index = l->recent;

    if (index && says(rtm_attribute_at(t, index), l, route)) return index;
    index = t->attributes.bucket_count ? *bucket_of(&t->attributes, l, route) : 0;
    while (index && !says(rtm_attribute_at(t, index), l, route))
        index = rtm_attribute_at(t, index)->chain;
    return index;
}

/* Moves all that is in the old buckets. */
static void buckets_fill(struct rtm *t, const uint32_t *old, uint32_t old_count)
{
    for (uint32_t n = 0; n < old_count; n++) {
        for (uint32_t index = old[n], next; index; index = next) {
            struct rtm_attribute *a = rtm_attribute_at(t, index);
            uint32_t *bucket = bucket_of(&t->attributes, a->list, &a->route);
            next = a->chain;
            a->chain = *bucket;
            *bucket = index;
        }
    }
}

/* One for each attribute. False when there are none at all; with too few it is only slower. */
static bool buckets_grow(struct rtm *t)
{
    struct rtm_attributes *all = &t->attributes;
    uint32_t *old = all->buckets, old_count = all->bucket_count;
    uint32_t count = old_count ? old_count * 2 : 16;
    uint32_t *buckets;

    if (all->count < old_count) return true;
    buckets = mem_alloc_array(count, sizeof(*buckets));
    if (!buckets) return old_count != 0;
    all->buckets = buckets;
    all->bucket_count = count;
    buckets_fill(t, old, old_count);
    mem_free(old);
    return true;
}

static void buckets_forget(struct rtm_attributes *all)
{
    if (all->count) return;
    mem_free(all->buckets);
    all->buckets = NULL;
    all->bucket_count = 0;
}

/* What has moved to a bucket that is still to come is looked at again, and then stays. */
bool rtm_attributes_change(struct rtm *t, rtm_attribute_fn *change, void *context)
{
    struct rtm_attributes *all = &t->attributes;
    bool any = false;

    for (uint32_t n = 0; n < all->bucket_count; n++) {
        for (uint32_t *place = &all->buckets[n]; *place;) {
            uint32_t index = *place, *bucket;
            struct rtm_attribute *a = rtm_attribute_at(t, index);
            if (!change(context, a)) {
                place = &a->chain;
                continue;
            }
            any = true;
            *place = a->chain;
            bucket = bucket_of(all, a->list, &a->route);
            a->chain = *bucket;
            *bucket = index;
        }
    }
    return any;
}

static uint32_t attribute_make(struct rtm *t, struct rtm_list *l, const struct rtm_route *route)
{
    uint32_t index = buckets_grow(t) ? rtm_slab_alloc(&t->attributes.slab) : 0;
    struct rtm_attribute *a;
    uint32_t *bucket;

    if (!index) {
        buckets_forget(&t->attributes);
        return 0;
    }
    a = rtm_attribute_at(t, index);
    bucket = bucket_of(&t->attributes, l, route);
    a->route = *route;
    a->list = l;
    a->chain = *bucket;
    *bucket = index;
    l->attributes++;
    t->attributes.count++;
    return index;
}

uint32_t rtm_attribute_get(struct rtm *t, struct rtm_list *l, const struct rtm_route *route)
{
    uint32_t index = attribute_find(t, l, route);

    if (!index) index = attribute_make(t, l, route);
    if (!index) return 0;
    rtm_attribute_at(t, index)->references++;
    l->recent = index;
    return index;
}

static void attribute_free(struct rtm *t, uint32_t index)
{
    const struct rtm_attribute *a = rtm_attribute_at(t, index);
    uint32_t *place = bucket_of(&t->attributes, a->list, &a->route);

    while (*place != index) place = &rtm_attribute_at(t, *place)->chain;
    *place = a->chain;
    if (a->list->recent == index) a->list->recent = 0;
    a->list->attributes--;
    (void)rtm_slab_free(&t->attributes.slab, index);
    t->attributes.count--;
    buckets_forget(&t->attributes);
}

void rtm_attribute_put(struct rtm *t, uint32_t index)
{
    struct rtm_attribute *a = rtm_attribute_at(t, index);

    if (--a->references) return;
    if (!t->attributes.holds) {
        attribute_free(t, index);
    } else if (!a->idle) {
        a->idle = t->attributes.idle ? t->attributes.idle : RTM_LAST;
        t->attributes.idle = index;
    }
}

void rtm_attributes_sweep(struct rtm *t)
{
    while (t->attributes.idle) {
        uint32_t index = t->attributes.idle;
        struct rtm_attribute *a = rtm_attribute_at(t, index);
        struct rtm_list *l = a->list;
        t->attributes.idle = a->idle == RTM_LAST ? 0 : a->idle;
        a->idle = 0;
        if (a->references) continue; /* somebody has it again */
        attribute_free(t, index);
        rtm_list_release(l);
    }
}

void rtm_hold(struct rtm *t)
{
    t->attributes.holds++;
}

void rtm_unhold(struct rtm *t)
{
    if (--t->attributes.holds == 0) rtm_attributes_sweep(t);
}
