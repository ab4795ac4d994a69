/* Interfaces and the neighbours on them.
 *
 * An interface works ("active") while it is enabled, has media and is bound to an address. Going
 * active it starts to listen and, unless it only speaks when asked (demand mode), asks the
 * neighbours for their tables and starts its own announcements. Going inactive it says farewell if
 * so configured, ends an update with an error, and forgets what it learned.
 */
#include <string.h>

#include "base/trace.h"
#include "protocol/ripcore/ripcore.h"

#define INTERFACE_TIMERS 4u

struct rip_interface *rip_interface_new(struct protocol_instance *p)
{
    const size_t size = p->family->out_size;
    struct rip_interface *i = mem_alloc(sizeof(*i) + 3 * size);

    if (!i) return NULL;
    i->rip = p;
    i->out = i + 1;
    i->triggered.out = (uint8_t *)(i + 1) + size;
    i->own_table.announcement.out = (uint8_t *)(i + 1) + 2 * size;
    return i;
}

struct rip_peer *rip_peer_find(struct rip_interface *i, const struct rtm_address *address)
{
    struct rip_peer *peer = NULL;

    HASH_FIND(hh, i->peers, address, sizeof(*address), peer);
    return peer;
}

/* Room is made by forgetting those whose routes have expired and are gone. */
static void forget_silent_peers(struct rip_interface *i)
{
    struct rip_peer *peer, *next;

    HASH_ITER (hh, i->peers, peer, next) {
        if (peer->routes || rip_now(i->rip) - peer->heard < i->config.expiration * RIP_SECOND)
            continue;
        HASH_DELETE(hh, i->peers, peer);
        mem_free(peer);
    }
}

struct rip_peer *rip_peer_make(struct rip_interface *i, const struct rtm_address *address)
{
    struct rip_peer *peer;

    if (HASH_COUNT(i->peers) >= RIP_PEERS_MAX) forget_silent_peers(i);
    if (HASH_COUNT(i->peers) >= RIP_PEERS_MAX) return NULL;
    peer = mem_alloc(sizeof(*peer));
    if (!peer) return NULL;
    peer->address = *address;
    HASH_ADD(hh, i->peers, address, sizeof(peer->address), peer);
    if (!peer->hh.tbl) {
        mem_free(peer);
        return NULL;
    }
    return peer;
}

void rip_peers_free(struct rip_interface *i)
{
    struct rip_peer *peer, *next;

    HASH_ITER (hh, i->peers, peer, next) {
        HASH_DELETE(hh, i->peers, peer);
        mem_free(peer);
    }
}

uint32_t rip_interface_state(const struct rip_interface *i)
{
    return (i->enabled ? 1u : 0u) | (i->bound ? 2u : 0u);
}

static mpr_status listen_start(struct rip_interface *i)
{
    i->group = i->rip->family->wants_group(&i->config);
    return i->rip->family->listen(i, true);
}

static void listen_stop(struct rip_interface *i)
{
    (void)i->rip->family->listen(i, false);
}

static mpr_status activate(struct rip_interface *i)
{
    mpr_status status = listen_start(i);

    if (status != ST_OK) {
        TRACE(ERROR, "%s: interface %u: can't listen: %s", i->rip->family->name, (unsigned)i->index,
              status_name(status));
        i->stats.receive_failures++;
        return status;
    }
    i->active = true;
    rip_farewell_end(i->rip, i->index);
    if (i->config.update_mode == RIP_PERIODIC && i->config.accept_mode != RIP_OFF)
        i->rip->family->request_table(i);
    rip_announce_start(i);
    return ST_OK;
}

/* stays: the link does, so there is time for a long farewell. */
static void deactivate(struct rip_interface *i, const char *why, bool stays)
{
    if (!i->active) return;
    rip_tables_free(i);
    if (!i->rip->stopping) rip_farewell(i, stays && i->type != NET_DEMAND_DIAL);
    rip_triggered_leave(i);
    rip_update_abort(i, why);
    listen_stop(i);
    i->active = false;
    rip_announce_start(i);
    rip_leave(i);
    rip_peers_free(i);
}

static mpr_status settle(struct rip_interface *i, const char *why)
{
    bool wanted = i->enabled && i->bound && i->media;

    if (!wanted) deactivate(i, why, i->bound && i->media);
    return wanted && !i->active ? activate(i) : ST_OK;
}

static mpr_status rebind(struct rip_interface *i, const struct ip_binding *binding)
{
    const struct rip_family *f = i->rip->family;

    if (!binding || binding->count > BINDING_MAX_ADDRESSES || binding->count6 > BINDING_MAX_IPV6)
        return ST_INVALID_PARAMETER;
    if (i->bound && !f->is_same_binding(&i->binding, binding))
        deactivate(i, "address changed", false);
    i->binding = *binding;
    i->bound = f->is_bound(binding);
    return settle(i, "address changed");
}

/* What an interface can do follows from the status types; `active` repeats them. */
mpr_status rip_interface_status(struct protocol_instance *p, uint32_t index, bool active,
                                enum interface_status_type type, const struct ip_binding *binding)
{
    struct rip_interface *i = rip_interface_find(p, index);

    (void)active;
    if (!i) return ST_INVALID_PARAMETER;
    switch (type) {
    case RIS_ADDRESS_CHANGE:
        return rebind(i, binding);
    case RIS_ENABLED:
    case RIS_DISABLED:
        i->enabled = type == RIS_ENABLED;
        return settle(i, "interface disabled");
    case RIS_MEDIA_PRESENT:
    case RIS_MEDIA_ABSENT:
        i->media = type == RIS_MEDIA_PRESENT;
        return settle(i, "media absent");
    default:
        return ST_INVALID_PARAMETER;
    }
}

/* Sequence numbers are those of a key (RFC 2082 3.2.2): with another one they begin anew. */
static void change_key(struct rip_interface *i)
{
    for (struct rip_peer *peer = i->peers; peer; peer = peer->hh.next) peer->sequenced = false;
}

static void take_config(struct rip_interface *i, const struct rip_if_config *c)
{
    if (i->auth.type != c->auth_type || memcmp(i->auth.key, c->key, sizeof(c->key)) != 0)
        change_key(i);
    rip_if_free(&i->config);
    i->config = *c;
    i->auth = (struct rip_auth){.type = c->auth_type, .md5 = i->rip->system->md5};
    memcpy(i->auth.key, c->key, sizeof(i->auth.key));
}

mpr_status rip_interface_set(struct protocol_instance *p, uint32_t index,
                             const struct protocol_info *info)
{
    struct rip_interface *i = rip_interface_find(p, index);
    struct rip_if_config c;
    mpr_status status;
    bool listens_otherwise;

    if (!i) return ST_INVALID_PARAMETER;
    status = rip_form_if_decode(p->family->form, &c, i->type, info);
    if (status != ST_OK) return status;
    listens_otherwise = i->active && p->family->wants_group(&c) != i->group;
    if (listens_otherwise) listen_stop(i);
    take_config(i, &c);
    if (!i->active) return ST_OK;
    if (c.accept_mode == RIP_OFF) rip_update_abort(i, "responses are no longer accepted");
    if (listens_otherwise && listen_start(i) != ST_OK) {
        deactivate(i, "can't listen", true);
        return ST_CAN_NOT_COMPLETE;
    }
    if (!rip_announces(i)) rip_triggered_leave(i);
    rip_announce_start(i);
    rip_expire_schedule(i);
    return ST_OK;
}

static void unreserve(struct protocol_instance *p, unsigned count)
{
    while (count--) timer_unreserve(p->system->timers);
}

static bool reserve(struct protocol_instance *p)
{
    for (unsigned k = 0; k < INTERFACE_TIMERS; k++) {
        if (!timer_reserve(p->system->timers)) {
            unreserve(p, k);
            return false;
        }
    }
    return true;
}

mpr_status rip_interface_add(struct protocol_instance *p, const char16_t *name, uint32_t index,
                             enum net_interface_type type, const struct protocol_info *info)
{
    struct rip_if_config c;
    mpr_status status;
    struct rip_interface *i;

    if (index == 0 || rip_interface_find(p, index))
        return index ? ST_ALREADY_EXISTS : ST_INVALID_PARAMETER;
    status = rip_form_if_decode(p->family->form, &c, type, info);
    if (status != ST_OK) return status;
    i = rip_interface_new(p);
    if (!i) goto free_config;
    i->index = index;
    i->type = type;
    i->media = true;
    i->announce.fire = rip_announce_timer;
    i->expire.fire = rip_expire_timer;
    i->table_timer.fire = rip_table_timer;
    i->update.timer.fire = rip_update_timer;
    if (!reserve(p)) goto free_interface;
    HASH_ADD(hh, p->interfaces, index, sizeof(i->index), i);
    if (!i->hh.tbl) goto unreserve_timers;
    take_config(i, &c);
    TRACE(INFO, "%s: interface %u (%s) added, %s", p->family->name, (unsigned)index,
          name ? trace_u16(name).text : "", c.update_mode == RIP_DEMAND ? "demand" : "periodic");
    return ST_OK;

unreserve_timers:
    unreserve(p, INTERFACE_TIMERS);
free_interface:
    mem_free(i);
free_config:
    rip_if_free(&c);
    return ST_NOT_ENOUGH_MEMORY;
}

void rip_interface_free(struct rip_interface *i)
{
    struct protocol_instance *p = i->rip;

    deactivate(i, "interface deleted", true);
    unreserve(p, INTERFACE_TIMERS);
    HASH_DELETE(hh, p->interfaces, i);
    rip_if_free(&i->config);
    mem_free(i);
}

mpr_status rip_interface_delete(struct protocol_instance *p, uint32_t index)
{
    struct rip_interface *i = rip_interface_find(p, index);

    if (!i) return ST_INVALID_PARAMETER;
    rip_interface_free(i);
    return ST_OK;
}
