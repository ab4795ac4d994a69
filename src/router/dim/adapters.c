/* The host's adapters as DEDICATED and LOOPBACK interfaces.
 *
 * An interface of these types may be there before its adapter (from the stored configuration) and
 * outlives it, unreachable. One that was only made because there is such an adapter goes with it.
 * lan_settle brings it in line with what is known of the adapter; it is
 * the only place where the state of a LAN interface changes, so every way there tells protocols and
 * notifications alike. A change of addresses is a down with the old and an up with the new ones.
 *
 * An adapter that is the link of a demand-dial connection is lent to it: the LAN interface loses
 * it as if it had been removed and gets it back when the connection ends. One that a dialer's
 * program makes has no LAN interface at any time: between the link's coming up and the dialer's
 * word of it, and after it has been hung up, it would have two owners.
 */
#include "router/dim/adapters.h"

#include "base/trace.h"
#include "base/utf16.h"
#include "router/ddm/ddm.h"
#include "router/ddm/dial_config.h"
#include "router/dim/interface.h"
#include "router/dim/notification.h"
#include "router/rm/hosted_event.h"
#include "router/rm/rm_interface.h"
#include "router/state.h"

static const char16_t internal_name[] = u"Internal";
static const char16_t loopback_name[] = u"Loopback";

mpr_status lan_attach(struct interface *i)
{
    struct lan_link *lan = mem_alloc(sizeof(*lan));

    if (!lan) return ST_NOT_ENOUGH_MEMORY;
    lan->interface = i;
    i->lan = lan;
    i->state = IF_UNREACHABLE;
    i->reasons = REASON_NO_DEVICE;
    DL_APPEND(i->router->lans, lan);
    return ST_OK;
}

void lan_detach(struct interface *i)
{
    if (!i->lan) return;
    DL_DELETE(i->router->lans, i->lan);
    mem_free(i->lan);
    i->lan = NULL;
}

/* Those of IPv4. Speed is left out: it may differ at each look. */
static bool same_addresses(const struct ip_binding *a, const struct ip_binding *b)
{
    if (a->count != b->count || a->remote != b->remote || a->mtu != b->mtu) return false;
    if (a->host_index != b->host_index) return false;
    for (uint32_t n = 0; n < a->count; n++) {
        if (a->local[n].address != b->local[n].address) return false;
        if (a->local[n].mask != b->local[n].mask) return false;
    }
    return true;
}

static void addresses_lost(struct interface *i)
{
    if (!i->has_binding) return;
    i->has_binding = false;
    rm_interface_changed(i);
}

static void media_set(struct interface *i, uint32_t reasons)
{
    bool was_connected = i->state == IF_CONNECTED;

    i->state = reasons ? IF_UNREACHABLE : IF_CONNECTED;
    i->reasons = reasons;
    if (reasons) addresses_lost(i);
    if (was_connected == !reasons) return;
    rm_interface_media(i, !reasons);
    TRACE(INFO, "interface %s: %s", trace_u16(i->name).text, reasons ? "unreachable" : "connected");
}

/* Addresses of IPv6 come and go more often (temporary ones, those of advertised prefixes), and are
 * nothing to the protocols of IPv4. */
static void addresses_settle(struct lan_link *lan)
{
    struct interface *i = lan->interface;
    bool same6 = ip_binding_same_ipv6(&i->binding, &lan->binding);

    if (!same_addresses(&i->binding, &lan->binding)) addresses_lost(i);
    i->binding = lan->binding;
    if (!lan->binding.count && !lan->binding.count6) {
        addresses_lost(i);
    } else if (!i->has_binding) {
        i->has_binding = true;
        rm_interface_up(i);
    } else if (!same6) {
        rm_interface_addresses6(i);
    }
}

static void lan_settle(struct lan_link *lan)
{
    struct interface *i = lan->interface;
    bool was_connected = i->state == IF_CONNECTED;
    uint32_t reasons = 0;

    if (!lan->present || lan->lent) {
        reasons = REASON_NO_DEVICE;
    } else if (!lan->up) {
        reasons = REASON_NO_MEDIA_SENSE;
    }
    media_set(i, reasons);
    if (!reasons) addresses_settle(lan);
    if (was_connected != (i->state == IF_CONNECTED)) ddm_notify(i->router);
}

/* Whether a demand-dial connection uses that adapter now. */
static bool adapter_lent(const struct router *r, uint32_t host_index)
{
    const struct interface *i;

    for (size_t at = 0; host_index && (i = interface_next(r, &at));) {
        if (i->phase == DIAL_UP && i->binding.host_index == host_index) return true;
    }
    return false;
}

void lan_lend(struct router *r, uint32_t host_index, bool lent)
{
    struct lan_link *lan;

    if (!host_index) return;
    DL_FOREACH (r->lans, lan) {
        if (!lan->present || lan->binding.host_index != host_index) continue;
        lan->lent = lent || lan->spoken_for || adapter_lent(r, host_index);
        lan_settle(lan);
    }
}

/* A new interface with the installed transports; NULL when it can't be made. */
static struct interface *lan_create(struct router *r, const char16_t *name,
                                    enum interface_type type)
{
    struct interface_spec spec = {.name = name, .type = type, .enabled = true};
    handle_t32 handle;
    struct interface *i;
    mpr_status status = router_interface_create(r, &spec, &handle);

    if (status == ST_OK) {
        i = interface_get(r, handle);
        if (i->lan) i->lan->found = true;
        status = rm_interface_defaults(i);
        if (status == ST_OK) return i;
        TRACE(ERROR, "interface %s: without transports, %s", trace_u16(name).text,
              status_name(status));
        return i;
    }
    TRACE(ERROR, "interface %s: not created, %s", trace_u16(name).text, status_name(status));
    return NULL;
}

/* The adapter's interface. An unused adapter that is lent gets none: it belongs to the link. */
static struct interface *lan_find(struct router *r, const struct host_adapter *adapter, bool lent)
{
    struct interface *i;

    if (adapter->loopback) {
        return r->loopback ? r->loopback : lan_create(r, loopback_name, IF_LOOPBACK);
    }
    i = interface_by_name(r, adapter->name);
    if (!i && !lent) i = lan_create(r, adapter->name, IF_DEDICATED);
    return i && i->type == IF_DEDICATED ? i : NULL;
}

/* Whether a demand-dial interface's program makes that adapter. */
static bool adapter_spoken_for(const struct router *r, const struct host_adapter *adapter)
{
    const struct interface *i;

    for (size_t at = 0; !adapter->loopback && (i = interface_next(r, &at));) {
        const struct dial_config *dial = interface_is_demand_dial(i) ? ddm_config(i) : NULL;
        const char16_t *name;

        if (!dial || !dial->makes_adapter) continue;
        name = dial_config_text(dial, DIAL_TEXT_ADAPTER);
        if (u16_equal_nocase(name, adapter->alias) || u16_equal_nocase(name, adapter->name)) {
            return true;
        }
    }
    return false;
}

static void adapter_seen(struct router *r, const struct host_adapter *adapter)
{
    bool spoken_for = adapter_spoken_for(r, adapter);
    bool lent = spoken_for || adapter_lent(r, adapter->binding.host_index);
    struct interface *i = lan_find(r, adapter, lent);

    if (!i || i->lan->seen) return;
    i->lan->seen = true;
    i->lan->present = true;
    i->lan->up = adapter->up;
    i->lan->lent = lent;
    i->lan->spoken_for = spoken_for;
    i->lan->binding = adapter->binding;
    if (i->lan->binding.count > BINDING_MAX_ADDRESSES) {
        i->lan->binding.count = BINDING_MAX_ADDRESSES;
    }
    if (i->lan->binding.count6 > BINDING_MAX_IPV6) i->lan->binding.count6 = BINDING_MAX_IPV6;
    lan_settle(i->lan);
}

/* Vanished ones first: an address may have moved to another adapter. */
static void lan_gone(struct lan_link *lan)
{
    struct interface *i = lan->interface;

    lan->present = false;
    lan_settle(lan);
    if (!lan->found || i->stored || i->type != IF_DEDICATED) return;
    TRACE(INFO, "interface %s: gone with its adapter", trace_u16(i->name).text);
    rm_interface_gone(i);
    lan_detach(i);
    interface_free(i);
}

static void forget_vanished(struct router *r, const struct host_adapter *adapters, size_t count)
{
    struct lan_link *lan, *next;

    DL_FOREACH_SAFE (r->lans, lan, next) {
        size_t n = 0;

        lan->seen = false;
        while (n < count &&
               !(adapters[n].loopback ? lan->interface == r->loopback
                                      : u16_equal_nocase(adapters[n].name, lan->interface->name))) {
            n++;
        }
        if (n == count && lan->present) lan_gone(lan);
    }
}

void router_adapters(struct router *r, const struct host_adapter *adapters, size_t count)
{
    if (!r->internal) lan_create(r, internal_name, IF_INTERNAL);
    forget_vanished(r, adapters, count);
    for (size_t n = 0; n < count; n++) adapter_seen(r, &adapters[n]);
    hosted_drain(r);
}
