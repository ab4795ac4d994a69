/* DDM: the connection state of a demand-dial interface.
 *
 *   IDLE ──start──> DIALLING ──ok──> UP ──lost──> IDLE or (redial on link failure) PAUSE
 *    ^ ^              │  ^ │                 stop: from DIALLING, PAUSE and UP to IDLE
 *    │ └────stop──────┘  │ └─failed, redials left──> PAUSE ──time──> DIALLING
 *    │                   start
 *    └──time── BACK_OFF ─┘ <──failed, none left──
 *
 * state (what the API shows) follows phase: DIALLING and PAUSE are CONNECTING, UP is CONNECTED,
 * BACK_OFF is UNREACHABLE with REASON_CONNECTION_FAILURE, IDLE is DISCONNECTED. One timer serves
 * all phases: scripted outcome, answer of the administration DLLs (DIALLING until it comes, see
 * connection.c), redial pause, scripted drop, end of the back-off.
 *
 * A request waits for the whole series of attempts, since RedialAttempts belongs to the entry: it
 * hears of the last one. Each attempt has a number; an answer with another number, or in another
 * phase, is late and is ignored. Whoever is told of a change is told in this order: protocols,
 * notifications, requests.
 *
 * Sources: MprAdminInterfaceConnect, -Disconnect; MS-RRASM 3.1.4.22, .23 and
 * ROUTER_CONNECTION_STATE; RedialAttempts, RedialSeconds, RedialOnLinkFailure
 * of MS-RRASM 2.2.2.2.
 */
#include "router/ddm/ddm.h"

#include "base/trace.h"
#include "router/ddm/back_off.h"
#include "router/ddm/client.h"
#include "router/ddm/connection.h"
#include "router/ddm/dial_config.h"
#include "router/ddm/dialout_hours.h"
#include "router/ddm/port.h"
#include "router/dim/adapters.h"
#include "router/dim/interface.h"
#include "router/dim/notification.h"
#include "router/post.h"
#include "router/request.h"
#include "router/rm/rm_interface.h"
#include "router/state.h"

static timer_fn ddm_timer;

/* ---- life ------------------------------------------------------------------------------------ */

mpr_status ddm_attach(struct interface *i, const struct dial_entry *entry,
                      const struct dial_plan *plan)
{
    struct router *r = i->router;

    i->dial = dial_config_new(entry, plan);
    if (!i->dial) return ST_NOT_ENOUGH_MEMORY;
    if (port_attach(i, i->dial) != ST_OK || !post_reserve_hang_up(i) ||
        !timer_reserve(&r->timers)) {
        post_unreserve_hang_up(i);
        port_detach(i);
        mem_free(i->dial);
        i->dial = NULL;
        return ST_NOT_ENOUGH_MEMORY;
    }
    i->dial_timer.fire = ddm_timer;
    i->state = IF_DISCONNECTED;
    return ST_OK;
}

void ddm_detach(struct interface *i)
{
    timer_stop(&i->router->timers, &i->dial_timer);
    timer_unreserve(&i->router->timers);
    post_unreserve_hang_up(i);
    port_detach(i);
    mem_free(i->dial);
    mem_free(i->next_dial);
}

const struct dial_config *ddm_config(const struct interface *i)
{
    return i->next_dial ? i->next_dial : i->dial;
}

/* A new connection begins: what was configured meanwhile comes into force. */
static void config_adopt(struct interface *i)
{
    if (!i->next_dial) return;
    mem_free(i->dial);
    i->dial = i->next_dial;
    i->next_dial = NULL;
    i->scripted_failures = 0;
}

void ddm_configure(struct interface *i, struct dial_config *config)
{
    mem_free(i->next_dial);
    i->next_dial = config;
    if (!ddm_busy(i)) config_adopt(i);
    rm_interface_changed(i);
}

bool ddm_busy(const struct interface *i)
{
    return i->phase == DIAL_DIALLING || i->phase == DIAL_PAUSE || i->phase == DIAL_UP;
}

uint32_t ddm_obstacles(const struct interface *i)
{
    const struct router_host *host = i->router->host;
    uint32_t reasons = 0;

    if (!port_available(i)) reasons |= REASON_OUT_OF_RESOURCES;
    if (!i->enabled) reasons |= REASON_ADMIN_DISABLED;
    if (i->router->paused) reasons |= REASON_SERVICE_PAUSED;
    if (i->dialout_hours &&
        !dialout_hours_allow(i->dialout_hours, host->minute_of_week(host->context))) {
        reasons |= REASON_DIALOUT_HOURS;
    }
    return reasons;
}

/* ---- transitions ----------------------------------------------------------------------------- */

static void timer_in(struct interface *i, msec from_now)
{
    struct router *r = i->router;

    timer_start(&r->timers, &i->dial_timer,
                from_now < MSEC_NEVER - r->now ? r->now + from_now : MSEC_NEVER);
}

/* The port follows: kept while there is something to do on it, its connection gone with the link.
 */
static void port_follow(struct interface *i, enum dial_phase phase)
{
    if (phase == DIAL_PAUSE) {
        port_hang_up(i);
    } else if (phase == DIAL_UP) {
        connection_begin(i->port, 0);
    } else if (phase != DIAL_DIALLING) {
        port_release(i);
    }
}

static void phase_set(struct interface *i, enum dial_phase phase)
{
    static const enum connection_state states[] = {[DIAL_IDLE] = IF_DISCONNECTED,
                                                   [DIAL_DIALLING] = IF_CONNECTING,
                                                   [DIAL_PAUSE] = IF_CONNECTING,
                                                   [DIAL_UP] = IF_CONNECTED,
                                                   [DIAL_BACK_OFF] = IF_UNREACHABLE};

    timer_stop(&i->router->timers, &i->dial_timer);
    port_follow(i, phase);
    i->phase = phase;
    i->state = states[phase];
    i->reasons = phase == DIAL_BACK_OFF ? REASON_CONNECTION_FAILURE : 0;
}

static void complete_connecting(struct interface *i, mpr_status status)
{
    struct request *request = i->connecting;

    i->connecting = NULL;
    request_complete(i->router, request, status);
}

/* The link of the attempt in progress is somebody else's to take down. */
static bool has_host_link(const struct interface *i)
{
    return i->dial->kind >= DIALER_HOST;
}

/* One attempt under a new number, on a port. */
static mpr_status attempt_begin(struct interface *i)
{
    mpr_status status = port_occupy(i);

    if (status != ST_OK) return status;
    i->attempt++;
    if (has_host_link(i) && !post_dial(i->router, i)) return ST_NOT_ENOUGH_MEMORY;
    phase_set(i, DIAL_DIALLING);
    if (i->dial->kind == DIALER_SCRIPTED) timer_in(i, i->dial->delay);
    TRACE(INFO, "interface %s: connecting, attempt %u", trace_u16(i->name).text,
          (unsigned)i->attempt);
    return ST_OK;
}

mpr_status ddm_start(struct interface *i, struct request *request)
{
    mpr_status status;

    config_adopt(i);
    status = post_reserve_hang_up(i) ? attempt_begin(i) : ST_NOT_ENOUGH_MEMORY;
    if (status != ST_OK) {
        port_release(i);
        if (status != ST_NOT_ENOUGH_MEMORY) i->last_error = status;
        return status;
    }
    i->attempts_left = i->dial->redial_attempts;
    i->last_error = ST_OK;
    i->connecting = request;
    return ST_PENDING;
}

static void pause_begin(struct interface *i)
{
    uint32_t seconds = i->dial->redial_seconds ? i->dial->redial_seconds : 1;

    i->attempts_left--;
    phase_set(i, DIAL_PAUSE);
    timer_in(i, (msec)seconds * 1000);
}

static void fail(struct interface *i, mpr_status status)
{
    phase_set(i, DIAL_BACK_OFF);
    rm_interface_changed(i);
    i->last_error = status;
    timer_in(i, ddm_back_off(i));
    TRACE(INFO, "interface %s: not connected, %s", trace_u16(i->name).text, status_name(status));
    complete_connecting(i, status);
}

static void connected(struct interface *i)
{
    struct router *r = i->router;

    phase_set(i, DIAL_UP);
    i->last_error = ST_OK;
    ddm_back_off_end(i);
    i->has_binding = true;
    if (i->dial->kind == DIALER_SCRIPTED && i->dial->drop_after) timer_in(i, i->dial->drop_after);
    TRACE(INFO, "interface %s: connected", trace_u16(i->name).text);
    lan_lend(r, i->binding.host_index, true);
    rm_interface_up(i);
    ddm_notify(r);
    complete_connecting(i, ST_OK);
}

static void refused(struct interface *i, mpr_status status)
{
    if (has_host_link(i)) post_hang_up(i->router, i);
    fail(i, status);
}

/* The link is there; whether it may be used is for the administration DLLs to say. One that never
 * answers is no reason to wait for ever, nor to let the connection through. An adapter has one
 * owner: a client's is nobody else's link. */
static void link_up(struct interface *i, const struct ip_binding *binding)
{
    i->binding = binding ? *binding : (struct ip_binding){0};
    if (client_has_adapter(i->router, i->binding.host_index)) {
        refused(i, ST_INTERFACE_HAS_NO_DEVICES);
    } else if (connection_ask(i->port)) {
        timer_in(i, i->router->config.call_timeout);
    } else {
        connected(i);
    }
}

void ddm_admitted(struct interface *i, mpr_status answer)
{
    if (answer == ST_OK) {
        connected(i);
    } else {
        refused(i, answer);
    }
}

/* The state after the link is set already. */
static void link_gone(struct interface *i)
{
    i->has_binding = false;
    rm_interface_changed(i);
    lan_lend(i->router, i->binding.host_index, false);
    ddm_notify(i->router);
}

void ddm_attempt_over(struct interface *i, mpr_status result, const struct ip_binding *binding)
{
    if (result == ST_OK) {
        link_up(i, binding);
        return;
    }
    i->last_error = result;
    if (i->attempts_left) {
        pause_begin(i);
    } else {
        fail(i, result);
    }
}

void ddm_lost(struct interface *i, mpr_status reason)
{
    TRACE(INFO, "interface %s: link lost, %s", trace_u16(i->name).text, status_name(reason));
    phase_set(i, DIAL_IDLE);
    i->last_error = reason;
    link_gone(i);
    config_adopt(i);
    if (!i->dial->redial_on_link_failure || ddm_obstacles(i)) return;
    /* At least one attempt, or the flag would say nothing; the pause keeps a link that always
     * drops at once from being dialled in a tight loop. */
    i->attempts_left = i->dial->redial_attempts ? i->dial->redial_attempts : 1;
    pause_begin(i);
}

void ddm_stop(struct interface *i, mpr_status status)
{
    bool was_up = i->phase == DIAL_UP;

    if (i->phase != DIAL_PAUSE && has_host_link(i)) post_hang_up(i->router, i);
    phase_set(i, DIAL_IDLE);
    TRACE(INFO, "interface %s: disconnected, %s", trace_u16(i->name).text, status_name(status));
    if (was_up) {
        link_gone(i);
    } else {
        i->last_error = status;
        rm_interface_changed(i);
    }
    complete_connecting(i, status);
}

/* ---- time ------------------------------------------------------------------------------------ */

static void scripted_outcome(struct interface *i)
{
    if (i->scripted_failures < i->dial->fail_first) {
        i->scripted_failures++;
        ddm_attempt_over(
            i, i->dial->outcome_failed ? i->dial->outcome_failed : ST_INTERFACE_UNREACHABLE, NULL);
    } else {
        ddm_attempt_over(i, i->dial->outcome, &i->dial->binding);
    }
}

/* What came between two attempts ends the series. */
static void redial(struct interface *i)
{
    uint32_t obstacles = ddm_obstacles(i);
    mpr_status status;

    if (obstacles & REASON_SERVICE_PAUSED) {
        fail(i, ST_SERVICE_IS_PAUSED);
    } else if (obstacles & REASON_DIALOUT_HOURS) {
        fail(i, ST_DIALOUT_HOURS_RESTRICTION);
    } else if (!dial_config_usable(i->dial)) {
        fail(i, ST_INTERFACE_HAS_NO_DEVICES);
    } else if ((status = attempt_begin(i)) != ST_OK) {
        ddm_attempt_over(i, status, NULL);
    }
}

static void ddm_timer(struct timer *timer, msec now)
{
    struct interface *i = CONTAINER_OF(timer, struct interface, dial_timer);

    (void)now;
    switch (i->phase) {
    case DIAL_DIALLING:
        if (i->port->asking) {
            refused(i, ST_AUTH_SERVER_TIMEOUT);
        } else {
            scripted_outcome(i);
        }
        break;
    case DIAL_PAUSE:
        redial(i);
        break;
    case DIAL_UP:
        ddm_lost(i, i->dial->outcome_failed ? i->dial->outcome_failed : ST_INTERFACE_DISCONNECTED);
        break;
    case DIAL_BACK_OFF:
        phase_set(i, DIAL_IDLE);
        rm_interface_changed(i);
        break;
    case DIAL_IDLE:
        break;
    }
}

void ddm_shutdown(struct router *r)
{
    struct interface *i;

    for (size_t at = 0; (i = interface_next(r, &at));) {
        if (!interface_is_demand_dial(i) || !ddm_busy(i)) continue;
        if (i->phase != DIAL_PAUSE && has_host_link(i)) post_hang_up(r, i);
        phase_set(i, DIAL_IDLE);
        i->has_binding = false;
        complete_connecting(i, ST_ROUTER_STOPPED);
    }
}
