/* The demand update: ask for the whole table, and know when it is here.
 *
 * RIP marks no end: a table of N routes is ceil(N / 25) datagrams, back to back, without numbers.
 * What can be known:
 *
 *  - Responses to our own unicast address answer a request; multicast ones may be a triggered
 *    update with a part of the table. So those are data, and never the end of it.
 *  - A packet that is not full is a table's last one. Over a point-to-point link, where datagrams
 *    stay in order and one neighbour is all there is, the answer ends right there.
 *    Where it is full, another question behind the request may show the end (mark.c).
 *  - Otherwise silence ends it: eight times the longest wait so far for any datagram, at least
 *    50 ms with one neighbour, 250 ms where others may yet speak, at most 2 s.
 *  - A datagram may be lost, above all when more arrive at once than the socket holds. So when more
 *    came than the host vouches for (system->receive_burst; otherwise more than one), or some
 *    neighbour's last packet did not come (or was full: N a multiple of 25), the table is asked
 *    for again and again, and merged, until nothing is likely to be missing. "Likely": a round
 *    that confirms the share c of the routes and finds nothing new leaves the doubt times 1 - c;
 *    any news restores it; one in a thousand for the whole answer, each datagram of which may be
 *    the one that is missing, is good enough. Without loss, one more round is.
 *    When there was a flood and its end never came, the loss may hit the same datagrams each
 *    time, and three agreeing rounds are asked for. (A socket that loses exactly the same ones
 *    three times is beyond what RIP can tell; a host that knows its buffer says so.)
 *  - Where there is one neighbour, the table that is known from before counts as a round: a long
 *    answer, with its end, that confirms every route of it and brings nothing else is enough. Of
 *    the datagrams that had to come then none is missing, so few get lost; and one that was lost
 *    all the same matters only if every route in it is new. ("Long": none of 40 datagrams was
 *    lost, and none of 25 routes is known; that makes one in a thousand.) So an update of a table
 *    that did not change costs one answer. A route that is missing may be withdrawn or lost, and
 *    next to a new one others may be lost: then it is asked again.
 *  - FRR with authentication answers nobody and multicasts its table every 30 s ± 50 %. So with
 *    authentication, or when only multicasts are heard, the collection goes on for 50 s, which
 *    must contain one, and is good then; that can not be verified by asking again.
 *
 * Requests go out at 0, 5 and 10 s while no answer came. After 30 s without a complete answer the
 * update fails. Routes that an earlier update learned are leftovers: any new route replaces them
 * (routes.c), and success deletes the rest.
 */
#include "base/trace.h"
#include "protocol/ripcore/ripcore.h"

#define REPEAT          (5 * RIP_SECOND)
#define REQUESTS        3u
#define LIMIT           (30 * RIP_SECOND)
#define LIMIT_MULTICAST (50 * RIP_SECOND)
#define QUIET_ALONE     ((msec)50)
#define QUIET_SHARED    ((msec)250)
#define QUIET_MAX       ((msec)2000)
#define PACE_FACTOR     8u
#define FIRST_WAIT      ((msec)500) /* for a verification round to begin */
#define LATE            ((msec)50)
#define BURST_DEFAULT   1u
#define FLOOD           64u  /* datagrams that any socket holds */
#define MTU_FULL_PACKET 532u /* IP and UDP header and 504 octets */
#define MILLION         1000000u
#define GOOD_ENOUGH     1000u
#define FAIR            100000u /* when time is up */

static bool is_alone(const struct rip_interface *i)
{
    return i->rip->family->is_point_to_point(i) ||
           (i->config.peer_mode == RIP_PEERS_ONLY && i->config.peer_count == 1);
}

/* With a small MTU a sender may keep its packets smaller than 25 entries. */
static bool ends_at_short_packet(const struct rip_interface *i)
{
    return is_alone(i) && (i->binding.mtu == 0 || i->binding.mtu >= MTU_FULL_PACKET);
}

static msec quiet_time(const struct rip_interface *i)
{
    msec least = is_alone(i) ? QUIET_ALONE : QUIET_SHARED;
    msec quiet = PACE_FACTOR * i->update.pace;

    if (quiet < least) return least;
    return quiet > QUIET_MAX ? QUIET_MAX : quiet;
}

static msec limit_at(const struct rip_interface *i)
{
    const struct rip_update *u = &i->update;
    bool waits_for_multicast = !u->answered && (u->heard || i->config.auth_type != RIP_AUTH_NONE);

    return u->started + (waits_for_multicast ? LIMIT_MULTICAST : LIMIT);
}

/* When the answer counts as ended; only after u->answered. */
static msec quiet_at(const struct rip_interface *i)
{
    const struct rip_update *u = &i->update;
    msec quiet = quiet_time(i);

    if (u->datagrams) return u->last + quiet;
    return u->requested + (quiet > FIRST_WAIT ? quiet : FIRST_WAIT);
}

static void schedule_update(struct rip_interface *i)
{
    const struct rip_update *u = &i->update;
    msec due = limit_at(i), other = MSEC_NEVER;

    if (u->answered)
        other = quiet_at(i);
    else if (u->requests < REQUESTS)
        other = u->started + u->requests * REPEAT;
    timer_start(i->rip->system->timers, &i->update.timer, other < due ? other : due);
}

static void ask(struct rip_interface *i)
{
    i->update.requested = rip_now(i->rip);
    i->rip->family->request_table(i);
    i->update.mark = is_alone(i) ? rip_mark_wanted(i) : 0;
    if (i->update.mark) i->rip->family->request_mark(i, i->update.mark);
}

mpr_status rip_update_start(struct rip_interface *i)
{
    struct rip_update *u = &i->update;
    struct rip_event *done;

    if (rip_update_running(i) || !i->active || i->config.accept_mode == RIP_OFF)
        return ST_CAN_NOT_COMPLETE;
    done = mem_alloc(sizeof(*done));
    if (!done) return ST_CAN_NOT_COMPLETE;
    *u = (struct rip_update){.done = done,
                             .id = u->id + 1,
                             .started = rip_now(i->rip),
                             .requests = 1,
                             .round = 1,
                             .doubt = MILLION,
                             .known = i->route_count,
                             .timer = u->timer};
    ask(i);
    schedule_update(i);
    return ST_OK;
}

static void end(struct rip_interface *i, mpr_status status)
{
    struct rip_update *u = &i->update;
    struct rip_event *e = u->done;

    u->done = NULL;
    u->settling = false;
    timer_stop(i->rip->system->timers, &u->timer);
    e->type = PROTOCOL_UPDATE_COMPLETE;
    e->message = (struct protocol_message){.interface = i->index,
                                           .update_type = PROTOCOL_DEMAND_UPDATE_ROUTES,
                                           .update_status = status};
    rip_event_queue(i->rip, e);
}

/* What the update did not see goes, and what the interface left behind when it was down last: the
 * router manager takes everything that it finds there. */
static void settle_update(struct rip_interface *i)
{
    bool over = rip_left_portion(i->rip) && rip_routes_keep_update(i);

    if (over)
        end(i, ST_OK);
    else
        timer_start(i->rip->system->timers, &i->update.timer, rip_now(i->rip));
}

static void finish(struct rip_interface *i, mpr_status status, const char *why)
{
    struct rip_update *u = &i->update;

    TRACE(INFO, "%s: interface %u: update %s: %s; %u routes in %u rounds", i->rip->family->name,
          (unsigned)i->index, status_name(status), why, u->total, (unsigned)u->round);
    u->settling = status == ST_OK && i->config.update_mode == RIP_DEMAND;
    if (u->settling)
        settle_update(i);
    else
        end(i, status);
}

void rip_update_abort(struct rip_interface *i, const char *why)
{
    if (rip_update_running(i)) finish(i, ST_CAN_NOT_COMPLETE, why);
}

/* Whether each neighbour that answered also sent a last packet, or an end mark behind it. */
static bool all_ended(const struct rip_interface *i)
{
    for (const struct rip_peer *p = i->peers; p; p = p->hh.next)
        if (p->update == i->update.id && !p->short_seen && !p->marked) return false;
    return !i->update.untracked;
}

/* Whether more came than the host vouches for. */
static bool is_doubtful(const struct rip_interface *i)
{
    unsigned burst = i->rip->system->receive_burst;

    return i->update.most > (burst ? burst : BURST_DEFAULT);
}

/* Whether the first answer brought exactly what was known before. */
static bool is_confirmation(const struct rip_interface *i)
{
    const struct rip_update *u = &i->update;

    return is_alone(i) && u->datagrams >= RIP_LONG_ANSWER && all_ended(i) && !u->news &&
           u->total == u->known;
}

static bool first_answer_is_enough(const struct rip_interface *i)
{
    return (!is_doubtful(i) && all_ended(i)) || is_confirmation(i);
}

static void next_round(struct rip_interface *i)
{
    struct rip_update *u = &i->update;

    u->round++;
    u->datagrams = u->confirmed = u->fresh = 0;
    u->marked = false;
    ask(i);
    schedule_update(i);
}

/* Accounts for a verification round; true when nothing is likely to be missing. */
static bool is_convinced(struct rip_interface *i)
{
    struct rip_update *u = &i->update;
    uint64_t missing;
    bool flood;

    if (u->datagrams == 0) return false; /* the request got lost */
    if (u->fresh) {
        u->doubt = MILLION;
        u->agreeing = 0;
        return false;
    }
    u->agreeing++;
    missing = u->total - u->confirmed;
    u->doubt = u->total ? (uint32_t)(u->doubt * missing / u->total) : 0;
    flood = is_doubtful(i) && u->most > FLOOD && !all_ended(i);
    return (uint64_t)u->doubt * u->most <= GOOD_ENOUGH && u->agreeing >= (flood ? 3u : 1u);
}

static void round_over(struct rip_interface *i)
{
    bool done = i->update.round == 1 ? first_answer_is_enough(i) : is_convinced(i);

    if (i->update.out_of_memory)
        finish(i, ST_CAN_NOT_COMPLETE, "out of memory");
    else if (done)
        finish(i, ST_OK, "complete");
    else
        next_round(i);
}

static void limit_reached(struct rip_interface *i)
{
    const struct rip_update *u = &i->update;

    if (u->out_of_memory)
        finish(i, ST_CAN_NOT_COMPLETE, "out of memory");
    else if (!u->heard)
        finish(i, ST_CAN_NOT_COMPLETE, "no answer");
    else if (!u->answered)
        finish(i, ST_OK, "multicasts only");
    else if (u->doubt <= FAIR)
        finish(i, ST_OK, "time is up, little doubt is left");
    else
        finish(i, ST_CAN_NOT_COMPLETE, "time is up, and the answer is incomplete");
}

/* A timer that comes late means that this process did not run; datagrams may be waiting, too. */
static bool deserves_another_wait(struct rip_update *u, msec now)
{
    bool late = now - u->timer.due > LATE && !u->stalled;

    u->stalled = true;
    if (late) u->last = u->requested = now;
    return late;
}

void rip_update_timer(struct timer *t, msec now)
{
    struct rip_update *u = RIP_CONTAINER(struct rip_update, timer, t);
    struct rip_interface *i = RIP_CONTAINER(struct rip_interface, update, u);

    if (u->settling) {
        settle_update(i);
        return;
    }
    if (now >= limit_at(i)) {
        limit_reached(i);
        return;
    }
    if (u->answered && now >= quiet_at(i)) {
        if (!deserves_another_wait(u, now)) {
            rip_mark_settle(i);
            round_over(i);
            return;
        }
    } else if (!u->answered && now >= u->started + u->requests * REPEAT) {
        u->requests++;
        ask(i);
    }
    schedule_update(i);
}

static void note_peer(struct rip_interface *i, struct rip_peer *peer, bool full)
{
    struct rip_update *u = &i->update;

    if (!peer) {
        u->untracked = true;
        return;
    }
    if (peer->update != u->id) peer->short_seen = false;
    peer->update = u->id;
    rip_mark_passed(i, peer);
    peer->short_seen = peer->short_seen || !full;
}

static bool is_to_us(const struct rip_interface *i, const struct protocol_datagram *d)
{
    struct rtm_address destination = rip_destination(d);

    return i->rip->family->is_own(i, &destination);
}

void rip_update_heard(struct rip_interface *i, struct rip_peer *peer,
                      const struct protocol_datagram *d, bool full)
{
    struct rip_update *u = &i->update;
    msec now;
    msec wait;

    if (!rip_update_listens(i)) return;
    u->heard = true;
    if (!is_to_us(i, d)) return;
    now = rip_now(i->rip);
    wait = now - (u->datagrams ? u->last : u->requested);
    if (wait > u->pace) u->pace = wait;
    u->last = now;
    u->answered = true;
    u->stalled = false;
    u->datagrams++;
    if (u->datagrams > u->most) u->most = u->datagrams;
    u->ended = !full && ends_at_short_packet(i);
    note_peer(i, peer, full);
}

void rip_update_taken(struct rip_interface *i)
{
    bool ended;

    if (!rip_update_listens(i)) return;
    ended = i->update.ended;
    i->update.ended = false;
    if (ended)
        round_over(i);
    else
        schedule_update(i);
}

void rip_update_marked(struct rip_interface *i, struct rip_peer *peer,
                       const struct protocol_datagram *d, uint32_t mark)
{
    struct rip_update *u = &i->update;

    if (!rip_update_listens(i) || !peer || mark != u->mark || !is_to_us(i, d)) return;
    if (rip_mark_came(i, peer) && u->round == 1 && is_confirmation(i)) round_over(i);
}

void rip_update_saw(struct rip_interface *i, struct rip_route *r, bool changed)
{
    struct rip_update *u = &i->update;
    bool first;

    if (!rip_update_running(i)) return;
    first = r->update != u->id;
    u->total += first;
    u->fresh += first || changed;
    u->news = u->news || changed;
    u->confirmed += first || r->round != u->round;
    r->update = u->id;
    r->round = u->round;
}

void rip_update_lost(struct rip_interface *i, const struct rip_route *r)
{
    struct rip_update *u = &i->update;

    if (!rip_update_running(i) || r->update != u->id) return;
    u->total--;
    u->confirmed -= r->round == u->round;
}
