/* Destinations and their routes.
 *
 * A destination's own record holds its best route, so that a table of one route each needs nothing
 * else, and the destination stays where it is whatever route is the best. The others are records
 * beside it, in a chain from better to worse.
 */
#include "rtm/internal.h"

uint32_t rtm_record_new(struct rtm *t)
{
    uint32_t index = rtm_slab_alloc(&t->records);

    if (index && !rtm_links_make(t, index)) {
        rtm_record_free(t, index);
        return 0;
    }
    return index;
}

void rtm_record_free(struct rtm *t, uint32_t index)
{
    const struct rtm_record *r = rtm_record_at(t, index);

    if (r->length != RTM_BESIDE) rtm_key_forget(t, r->key, r->length);
    if (rtm_slab_free(&t->records, index)) rtm_links_drop(t, index);
}

uint32_t rtm_destination_of(const struct rtm *t, uint32_t route)
{
    const struct rtm_record *r = rtm_record_at(t, route);

    return r->length == RTM_BESIDE ? r->key[0] : route;
}

void rtm_destination_release(struct rtm *t, uint32_t destination)
{
    const struct rtm_record *r = rtm_record_at(t, destination);
    struct rtm_key key;

    if (r->attribute || r->pending) return;
    key = rtm_record_key(t, r);
    rtm_trie_remove(t, &key);
    rtm_record_free(t, destination);
}

/* ---- age ------------------------------------------------------------------------------------- */

/* The least age of a destination's routes that is not less than this one, or UINT32_MAX. */
static uint32_t age_from(const struct rtm *t, uint32_t destination, uint32_t least)
{
    uint32_t age = UINT32_MAX;

    for (uint32_t i = destination; i; i = rtm_record_at(t, i)->worse) {
        uint16_t own = rtm_record_at(t, i)->age;
        if (own >= least && own < age) age = own;
    }
    return age;
}

/* From 0 on again, in the same order. */
static void age_renew(struct rtm *t, uint32_t destination)
{
    uint32_t age = age_from(t, destination, 0);

    for (uint32_t n = 0; age != UINT32_MAX; n++) {
        for (uint32_t i = destination; i; i = rtm_record_at(t, i)->worse)
            if (rtm_record_at(t, i)->age == age) rtm_record_at(t, i)->age = (uint16_t)n;
        age = age_from(t, destination, age + 1);
    }
}

static uint16_t age_youngest(const struct rtm *t, uint32_t destination)
{
    uint16_t age = 0;

    for (uint32_t i = destination; i; i = rtm_record_at(t, i)->worse)
        if (rtm_record_at(t, i)->age > age) age = rtm_record_at(t, i)->age;
    return age;
}

/* Of more than 65,536 routes to one destination the youngest are of one age. */
uint16_t rtm_age_next(struct rtm *t, uint32_t destination)
{
    uint16_t age = age_youngest(t, destination);

    if (age == UINT16_MAX) {
        age_renew(t, destination);
        age = age_youngest(t, destination);
    }
    return age == UINT16_MAX ? age : (uint16_t)(age + 1);
}

/* ---- order ----------------------------------------------------------------------------------- */

static bool precedes(const struct rtm *t, const struct rtm_record *a, const struct rtm_record *b)
{
    const struct rtm_route *x = &rtm_attribute_at(t, a->attribute)->route;
    const struct rtm_route *y = &rtm_attribute_at(t, b->attribute)->route;

    if (x->preference != y->preference) return x->preference < y->preference;
    if (x->metric != y->metric) return x->metric < y->metric;
    return a->age < b->age;
}

static void link_beside(struct rtm *t, uint32_t destination, uint32_t route)
{
    struct rtm_record *r = rtm_record_at(t, route);
    struct rtm_record *after = rtm_record_at(t, destination);

    while (after->worse && precedes(t, rtm_record_at(t, after->worse), r))
        after = rtm_record_at(t, after->worse);
    r->worse = after->worse;
    r->length = RTM_BESIDE;
    r->key[0] = destination;
    after->worse = route;
}

bool rtm_route_insert(struct rtm *t, uint32_t destination, uint32_t route)
{
    bool best = precedes(t, rtm_record_at(t, route), rtm_record_at(t, destination));

    if (best) rtm_list_exchange(t, destination, route);
    link_beside(t, destination, route);
    return best;
}

uint32_t rtm_route_take(struct rtm *t, uint32_t destination, uint32_t route)
{
    struct rtm_record *before = rtm_record_at(t, destination);

    if (route == destination) { /* the next one takes its place */
        route = before->worse;
        rtm_list_exchange(t, destination, route);
    }
    while (before->worse != route) before = rtm_record_at(t, before->worse);
    before->worse = rtm_record_at(t, route)->worse;
    return route;
}

/* Exchanges neighbours that are in the wrong order; false when there were none. */
static bool sort_pass(struct rtm *t, uint32_t destination, bool *ret_best)
{
    bool moved = false;
    uint32_t worse;

    for (uint32_t i = destination; (worse = rtm_record_at(t, i)->worse) != 0; i = worse) {
        if (!precedes(t, rtm_record_at(t, worse), rtm_record_at(t, i))) continue;
        rtm_list_exchange(t, i, worse);
        moved = true;
        if (i == destination) *ret_best = true;
    }
    return moved;
}

bool rtm_routes_sort(struct rtm *t, uint32_t destination)
{
    bool best = false;

    while (sort_pass(t, destination, &best)) {
    }
    return best;
}
