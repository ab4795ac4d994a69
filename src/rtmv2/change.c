/* What comes of a change that a client makes at a destination. */
#include "rtmv2/internal.h"

#include <string.h>

void v2_change_begin(struct v2_change *c, struct v2_dest *d)
{
    struct v2_table *t = d->object.table;

    *c = (struct v2_change){.dest = d, .drained = v2_drain(t)};
    v2_use(&d->object);
    v2_adopt(d);
    t->quiet = true;
    for (unsigned view = 0; view < RTMV2_VIEWS; view++)
        c->best[view] = v2_best(t, &d->prefix, d, view, NULL);
}

/* Both also see that what we did to the table is not taken for others' doing. */
static void change_close(struct v2_change *c)
{
    struct v2_table *t = c->dest->object.table;

    t->quiet = false;
    if (c->drained)
        v2_swallow(t);
    else if (t->r->wake)
        t->r->wake(t->r->context);
    v2_unuse(&c->dest->object);
}

void v2_change_cancel(struct v2_change *c)
{
    change_close(c);
}

static bool same_hops(const struct v2_content *a, const struct v2_content *b)
{
    return a->hop_count == b->hop_count &&
           memcmp(a->hops, b->hops, a->hop_count * sizeof(a->hops[0])) == 0;
}

/* For whom it matters that a route says something else, which is best all the time. */
static uint32_t types_of(const struct v2_content *is, const struct v2_content *was)
{
    uint32_t types = RTMV2_NOTIFY_ALL;
    bool forwarding = v2_preference_compare(&is->preference, &was->preference) != 0 ||
                      !same_hops(is, was) || (is->flags ^ was->flags) & RTMV2_ROUTE_FORWARDING;

    if (forwarding || is->flags != was->flags) types |= RTMV2_NOTIFY_BEST;
    if (forwarding) types |= RTMV2_NOTIFY_FORWARDING;
    return types;
}

/* Returns whether the view's best route is another one, or is the route. */
static bool close_view(struct v2_change *c, unsigned view, const struct v2_route *route,
                       const struct v2_content *was)
{
    struct v2_dest *d = c->dest;
    struct v2_pick best = v2_best(d->object.table, &d->prefix, d, view, NULL);
    bool differs = !v2_pick_same(&c->best[view], &best), is_best = v2_pick_is(&best, route);
    uint32_t views = was ? was->views : 0, types = 0;

    if (route->state == RTMV2_CREATED) views |= route->content.views;
    if (views >> view & 1) types = RTMV2_NOTIFY_ALL;
    if (is_best && was) types |= types_of(&route->content, was);
    if (differs) types = V2_BEST_ALL;
    if (c->best[view].found && !best.found) v2_hold_down(d, view, c->best[view].route);
    if (types) v2_changed(d, 1u << view, types);
    return differs || is_best;
}

uint32_t v2_change_end(struct v2_change *c, const struct v2_route *route,
                       const struct v2_content *was)
{
    bool best = false;

    for (unsigned view = 0; view < RTMV2_VIEWS; view++) best |= close_view(c, view, route, was);
    v2_hold_follow(c->dest);
    change_close(c);
    return best ? RTMV2_CHANGE_BEST : 0;
}
