/* Announcing the whole table: the periodic update, and answers to requests for it.
 *
 * A table is told in portions, with the lock left in between, so that nobody waits for a large one.
 * Each answer under way has its own packet and its place in the table; what changes behind that
 * place meanwhile is told as it is then, the rest by a triggered update. A portion ends only where
 * a packet does, since a packet that is not full means the end of an answer.
 *
 * A request for certain destinations that comes while its sender is told the table waits for the
 * end of that: the order of answers is what tells where a table ends (mark.c).
 */
#include "protocol/ripcore/ripcore.h"

/* Routes that are looked at before a portion ends in any case. */
#define LOOK_MAX (8 * RIP_PORTION)

static bool same_target(const struct rip_target *a, const struct rip_target *b)
{
    return a->one == b->one && rip_is_same(&a->address, &b->address) && a->port == b->port;
}

static struct rip_table *find(const struct rip_interface *i, const struct rip_target *target)
{
    struct rip_table *t;

    DL_FOREACH (i->tables, t) {
        if (same_target(&t->announcement.target, target)) return t;
    }
    return NULL;
}

bool rip_table_defer(struct rip_interface *i, const struct rip_target *target,
                     const struct rip_packet *request)
{
    struct rip_table *t = find(i, target);
    struct reader entries = request->entries;
    size_t size = reader_left(&entries);

    if (!t || size > sizeof(t->deferred)) return false;
    rd_bytes(&entries, t->deferred, size);
    t->request = *request;
    reader_init(&t->request.entries, t->deferred, size);
    return true;
}

static void forget_gone(struct rip_interface *i, const struct rip_gone *gone)
{
    struct rip_table *t;

    DL_FOREACH (i->tables, t) {
        if (t->gone == gone) t->gone = gone->next;
    }
}

static void end_table(struct rip_interface *i, struct rip_table *t)
{
    DL_DELETE(i->tables, t);
    if (t != &i->own_table) mem_free(t);
}

void rip_tables_free(struct rip_interface *i)
{
    while (i->tables) end_table(i, i->tables);
    timer_stop(i->rip->system->timers, &i->table_timer);
}

void rip_tables_forget(struct protocol_instance *p, const struct rip_gone *gone)
{
    struct rip_interface *i;

    for (i = p->interfaces; i; i = i->hh.next) forget_gone(i, gone);
    DL_FOREACH (p->farewells, i) forget_gone(i, gone);
}

/* Whether this portion is over. */
static bool pauses(const struct rip_interface *i, const struct rip_table *t, unsigned looked)
{
    return looked >= LOOK_MAX || (looked >= RIP_PORTION && t->announcement.entries == 0) ||
           rip_announce_choked(i, &t->announcement);
}

/* The routes; false when there are more. */
static bool tell_routes(struct rip_interface *i, struct rip_table *t, unsigned *looked)
{
    struct rtm *rtm = i->rip->support->rtm;

    while (!pauses(i, t, *looked)) {
        const struct rtm_route *route = rtm_next(rtm, &t->cursor, !t->begun, NULL);

        t->begun = true;
        if (!route) return true;
        ++*looked;
        rip_announce_one(i, &t->announcement, &t->cursor, route);
    }
    return false;
}

/* The destinations lately lost. */
static bool tell_gone(struct rip_interface *i, struct rip_table *t, unsigned *looked)
{
    msec now = rip_now(i->rip);

    while (t->gone) {
        const struct rip_gone *g = t->gone;
        struct rtm_prefix prefix;

        if (pauses(i, t, *looked)) return false;
        t->gone = g->next;
        ++*looked;
        if (now - g->since >= i->config.removal * RIP_SECOND) continue;
        prefix = rip_gone_prefix(i->rip, g);
        rip_announce_one(i, &t->announcement, &prefix, NULL);
    }
    return true;
}

static bool portion(struct rip_interface *i, struct rip_table *t)
{
    struct rip_announcement *a = &t->announcement;
    unsigned looked = 0;

    if (rip_announce_choked(i, a) && !rip_announce_rest(i, a, &looked, LOOK_MAX)) return false;
    if (!t->routes_told) {
        if (!tell_routes(i, t, &looked)) return false;
        t->routes_told = true;
        t->gone = i->rip->first_gone;
    }
    return tell_gone(i, t, &looked) && rip_announce_rest(i, a, &looked, LOOK_MAX);
}

static void tell(struct rip_interface *i, struct rip_table *t)
{
    struct rip_target target = t->announcement.target;
    struct rip_packet request = t->request;

    if (!portion(i, t)) return;
    rip_announce_end(i, &t->announcement);
    if (request.count) i->rip->family->answer_entries(i, &request, &target);
    end_table(i, t);
}

static void schedule(struct rip_interface *i)
{
    if (i->tables) {
        timer_start(i->rip->system->timers, &i->table_timer, rip_now(i->rip));
    }
}

/* A portion of one of them at a time, in turn. */
void rip_table_timer(struct timer *timer, msec now)
{
    struct rip_interface *i = RIP_CONTAINER(struct rip_interface, table_timer, timer);
    struct rip_table *t = i->tables;

    (void)now;
    if (!t) return;
    DL_DELETE(i->tables, t);
    DL_APPEND(i->tables, t);
    tell(i, t);
    if (i->leaving && !i->tables)
        rip_farewell_free(i);
    else
        schedule(i);
}

static void begin(struct rip_interface *i, struct rip_table *t, const struct rip_target *target)
{
    rip_announce_begin(i, &t->announcement, target, RIP_NORMAL);
    t->begun = t->routes_told = false;
    t->gone = NULL;
    t->request.count = 0;
}

/* The packet is behind it. NULL: no memory. */
static struct rip_table *table_new(const struct protocol_instance *p)
{
    struct rip_table *t = mem_alloc(sizeof(*t) + p->family->out_size);

    if (t) t->announcement.out = t + 1;
    return t;
}

bool rip_table_start(struct rip_interface *i, const struct rip_target *target)
{
    struct rip_table *t = find(i, target), *other;
    unsigned count = 0;

    if (!t) {
        DL_COUNT(i->tables, other, count);
        t = target->one ? NULL : &i->own_table;
        if (!t && count < RIP_TABLES_MAX) t = table_new(i->rip);
        if (!t) return false;
        DL_APPEND(i->tables, t);
    }
    begin(i, t, target);
    tell(i, t);
    schedule(i);
    return true;
}

void rip_table_farewell(struct rip_interface *i)
{
    struct rip_table *t = &i->own_table;
    struct rip_target target = rip_target_all(i);

    begin(i, t, &target);
    t->announcement.content = RIP_FAREWELL;
    DL_APPEND(i->tables, t);
    tell(i, t);
    if (!i->leaving && i->tables) { /* the rest can't be told */
        rip_announce_end(i, &t->announcement);
        end_table(i, t);
    }
    schedule(i);
}
