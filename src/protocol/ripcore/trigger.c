/* When to announce: the periodic update of each interface (RFC 2453 3.8), and triggered updates
 * (3.10.1), which tell what changed to all interfaces at once.
 *
 * RTM's change stream says what changed, RIP's own routes and everybody else's alike. The first
 * change waits a moment for the rest of its packet; after a triggered update the next one waits
 * for a random time of up to GC_MinTriggeredUpdateInterval, so that a neighbourhood does not
 * answer itself in a storm.
 *
 * A destination without a route any more goes on a list and is announced as unreachable for the
 * removal interval, the RFC's garbage collection. If there is no memory for that, neighbours time
 * the route out.
 */
#include "base/trace.h"
#include "protocol/ripcore/ripcore.h"

#define GATHER     ((msec)100)
#define REST_LOOKS (4 * RIP_PORTION) /* routes looked at before the lock is left */

bool rip_announces(const struct rip_interface *i)
{
    return i->active && i->config.update_mode == RIP_PERIODIC && i->config.announce_mode != RIP_OFF;
}

/* Interval ± 1/6: 25..35 s of the RFC's 30. */
static msec next_period(const struct rip_interface *i, msec now)
{
    uint32_t interval = i->config.full_update * (uint32_t)RIP_SECOND;

    return now + rip_random(i->rip, interval - interval / 6, interval + interval / 6);
}

/* The first full update follows soon, but not from all routers of a rebooted network at once. */
void rip_announce_start(struct rip_interface *i)
{
    struct timer_heap *timers = i->rip->system->timers;

    if (rip_announces(i))
        timer_start(timers, &i->announce, rip_now(i->rip) + rip_random(i->rip, 100, 1100));
    else
        timer_stop(timers, &i->announce);
}

void rip_announce_timer(struct timer *t, msec now)
{
    struct rip_interface *i = RIP_CONTAINER(struct rip_interface, announce, t);
    struct rip_target target = rip_target_all(i);

    (void)rip_table_start(i, &target);
    timer_start(i->rip->system->timers, t, next_period(i, now));
}

void rip_changes_wake(void *context)
{
    struct protocol_instance *p = context;
    msec due = rip_now(p) + GATHER;

    if (!timer_running(&p->triggered) && !p->stopping)
        timer_start(p->system->timers, &p->triggered,
                    due > p->triggered_next ? due : p->triggered_next);
}

static bool is_triggered(const struct rip_interface *i)
{
    return rip_announces(i) && i->config.flags & RIP_TRIGGERED;
}

/* How long a destination that went is of interest to any interface; 0: to none. */
static msec memory(const struct protocol_instance *p)
{
    msec longest = 0;

    for (const struct rip_interface *i = p->interfaces; i; i = i->hh.next)
        if (rip_announces(i) && i->config.removal * RIP_SECOND > longest)
            longest = i->config.removal * RIP_SECOND;
    return longest;
}

static void gone_delete(struct protocol_instance *p, struct rip_gone *g)
{
    rip_tables_forget(p, g);
    p->work++;
    DL_DELETE(p->first_gone, g);
    HASH_DELETE(hh, p->gone[rip_shard(g->hh.hashv)], g);
    p->gone_count--;
    mem_free(g);
}

static struct rip_gone *gone_find(const struct protocol_instance *p,
                                  const struct rtm_prefix *prefix)
{
    unsigned hash = rip_hash(prefix->address.octets, p->family->family, prefix->length);
    uint8_t key[1 + sizeof(prefix->address.octets)];
    struct rip_gone *g = NULL;

    key[0] = prefix->length;
    memcpy(key + 1, prefix->address.octets, sizeof(prefix->address.octets));
    HASH_FIND_BYHASHVALUE(hh, p->gone[rip_shard(hash)], key, 1 + (size_t)p->family->family, hash,
                          g);
    return g;
}

struct rtm_prefix rip_gone_prefix(const struct protocol_instance *p, const struct rip_gone *g)
{
    struct rtm_prefix prefix = {.length = g->length};

    memcpy(prefix.address.octets, g->addresses, (size_t)p->family->family);
    return prefix;
}

static void forget_schedule(struct protocol_instance *p)
{
    if (!p->first_gone)
        timer_stop(p->system->timers, &p->forget);
    else
        timer_start(p->system->timers, &p->forget, p->first_gone->since + memory(p));
}

void rip_forget_timer(struct timer *t, msec now)
{
    struct protocol_instance *p = RIP_CONTAINER(struct protocol_instance, forget, t);
    msec limit = memory(p);

    for (unsigned n = 0; p->first_gone && now - p->first_gone->since >= limit; n++) {
        if (n == RIP_PORTION) {
            timer_start(p->system->timers, t, now);
            return;
        }
        gone_delete(p, p->first_gone);
    }
    forget_schedule(p);
}

bool rip_gone_free(struct protocol_instance *p)
{
    timer_stop(p->system->timers, &p->forget);
    for (unsigned n = 0; p->first_gone && n < RIP_PORTION; n++) gone_delete(p, p->first_gone);
    return !p->first_gone;
}

static void note_gone(struct protocol_instance *p, const struct rtm_prefix *prefix)
{
    size_t octets = (size_t)p->family->family;
    unsigned hash = rip_hash(prefix->address.octets, p->family->family, prefix->length);
    struct rip_gone *g;

    if (p->gone_count >= rip_route_limit(p)) return; /* neighbours time it out, too */
    g = mem_alloc(sizeof(*g) + octets);
    if (!g) return;
    g->since = rip_now(p);
    g->length = prefix->length;
    memcpy(g->addresses, prefix->address.octets, octets);
    HASH_ADD_BYHASHVALUE(hh, p->gone[rip_shard(hash)], length, 1 + octets, hash, g);
    if (!g->hh.tbl) {
        mem_free(g);
        return;
    }
    p->gone_count++;
    DL_APPEND(p->first_gone, g);
    if (!timer_running(&p->forget)) forget_schedule(p);
}

/* Keeps the list of those gone. False when nobody is told anyway. */
static void follow(struct protocol_instance *p, const struct rtm_prefix *prefix, bool went,
                   bool remember)
{
    struct rip_gone *g = p->gone_count ? gone_find(p, prefix) : NULL;

    if (g && !went)
        gone_delete(p, g);
    else if (!g && went && remember)
        note_gone(p, prefix);
}

void rip_changes_follow(struct protocol_instance *p)
{
    bool remember = memory(p) > 0;
    struct rtm_prefix prefix;
    const struct rtm_route *best;

    for (unsigned n = 0; n < RIP_PORTION; n++) {
        if (!rtm_consumer_next(p->changes, &prefix, &best)) return;
        p->work++;
        follow(p, &prefix, !best, remember);
    }
}

static void triggered_begin(struct protocol_instance *p)
{
    for (struct rip_interface *i = p->interfaces; i; i = i->hh.next) {
        struct rip_target target = rip_target_all(i);

        if (is_triggered(i)) rip_announce_begin(i, &i->triggered, &target, RIP_NORMAL);
    }
    p->triggering = true;
}

/* What is told in place of others, of all interfaces, or of those that have no room for more; false
 * when that is more than some portions. */
static bool tell_rest(struct protocol_instance *p, bool all)
{
    unsigned looked = 0;

    for (struct rip_interface *i = p->interfaces; i; i = i->hh.next) {
        struct rip_announcement *a = &i->triggered;

        if (!a->open || !(all || rip_announce_choked(i, a))) continue;
        if (!rip_announce_rest(i, a, &looked, REST_LOOKS)) return false;
    }
    return true;
}

static bool is_choked(const struct protocol_instance *p)
{
    for (const struct rip_interface *i = p->interfaces; i; i = i->hh.next)
        if (i->triggered.open && rip_announce_choked(i, &i->triggered)) return true;
    return false;
}

/* False when there are more changes than a portion. */
static bool tell_changes(struct protocol_instance *p)
{
    bool remember = memory(p) > 0;
    struct rtm_prefix prefix;
    const struct rtm_route *best;

    if (!tell_rest(p, false)) return false;
    for (unsigned n = 0; n < RIP_PORTION; n++) {
        if (is_choked(p)) return false;
        if (!rtm_consumer_next(p->changes, &prefix, &best)) return tell_rest(p, true);
        p->work++;
        follow(p, &prefix, !best, remember);
        for (struct rip_interface *i = remember ? p->interfaces : NULL; i; i = i->hh.next) {
            if (i->triggered.open) rip_announce_one(i, &i->triggered, &prefix, best);
        }
    }
    return false;
}

/* Whether anything was told. */
static bool triggered_end(struct protocol_instance *p)
{
    bool told = false;

    p->triggering = false;
    for (struct rip_interface *i = p->interfaces; i; i = i->hh.next) {
        if (!i->triggered.open) continue;
        rip_announce_end(i, &i->triggered);
        i->stats.triggered += i->triggered.packets > 0;
        told = told || i->triggered.packets > 0;
    }
    return told;
}

void rip_triggered_leave(struct rip_interface *i)
{
    i->triggered.open = false;
}

void rip_triggered_timer(struct timer *t, msec now)
{
    struct protocol_instance *p = RIP_CONTAINER(struct protocol_instance, triggered, t);

    if (!p->triggering) triggered_begin(p);
    if (!tell_changes(p)) {
        timer_start(p->system->timers, t, now);
        return;
    }
    if (triggered_end(p)) {
        p->triggered_next =
            now + rip_random(p, 1000, p->config.triggered_interval * (uint32_t)RIP_SECOND);
    }
}
