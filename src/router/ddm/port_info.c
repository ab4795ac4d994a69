/* What is told about ports and devices, and what an administrator may do to a port. */
#include "router/ddm/port_info.h"

#include <string.h>

#include "base/utf16.h"
#include "router/ddm/dial_config.h"
#include "router/ddm/port.h"
#include "router/state.h"

static enum port_condition condition_of(const struct port *p)
{
    if (p->linked) return PORT_AUTHENTICATED;
    if (p->asking) return PORT_AUTHENTICATING;
    if (!p->interface) {
        return port_takes_clients(p->router, p->kind) ? PORT_LISTENING : PORT_DISCONNECTED;
    }
    return p->interface->phase == DIAL_PAUSE ? PORT_CALLING_BACK : PORT_INITIALIZING;
}

static void device_of(const struct port *p, struct port_device *ret)
{
    const struct dial_config *c;

    if (p->kind != PORT_DEVICE) {
        port_miniport(p->kind, ret);
        return;
    }
    c = p->owner->dial;
    u16_copy_cut(ret->type, PORT_NAME_MAX + 1, dial_config_text(c, DIAL_TEXT_DEVICE_TYPE));
    u16_copy_cut(ret->name, PORT_DEVICE_MAX + 1, dial_config_text(c, DIAL_TEXT_DEVICE_NAME));
}

/* "VPN3-127", as Windows names them: kind and number; the port of a device is named by it. */
static void name_of(const struct port *p, const struct port_device *device, char16_t *ret)
{
    uint32_t number = p->number;
    char16_t digits[10];
    size_t count = 0, n = 0;

    if (p->kind == PORT_DEVICE) {
        u16_copy_cut(ret, PORT_NAME_MAX + 1, device->name);
        return;
    }
    do {
        digits[count++] = (char16_t)(u'0' + number % 10);
        number /= 10;
    } while (number);
    for (const char16_t *text = p->kind == PORT_PPPOE ? u"PPPoE" : u"VPN"; *text; text++) {
        ret[n++] = *text;
    }
    ret[n++] = (char16_t)(u'0' + p->kind);
    ret[n++] = u'-';
    while (count) ret[n++] = digits[--count];
    ret[n] = 0;
}

void port_describe(const struct port *p, struct port_info *ret)
{
    const struct interface *i = p->interface;
    bool link = i && (p->linked || p->asking || p->answered);

    *ret = (struct port_info){
        .port = p->handle, .kind = p->kind, .condition = condition_of(p), .calls = p->calls};
    device_of(p, &ret->device);
    name_of(p, &ret->device, ret->name);
    u16_copy(ret->media, PORT_NAME_MAX + 1, u"rastapi");
    if (!link) return;
    ret->connection = p->linked ? p->connection : 0;
    ret->host_index = i->binding.host_index;
    ret->speed = i->binding.speed;
    ret->base = p->base;
    if (p->linked) ret->seconds = (uint32_t)((p->router->now - p->linked_at) / 1000);
}

void router_port_count(struct router *r, uint32_t *ret_total, uint32_t *ret_used)
{
    const struct port *p;

    *ret_total = r->ports.count;
    *ret_used = r->ports.used;
    DL_FOREACH (r->ports.devices, p) {
        if (port_shown(p)) ++*ret_total;
    }
}

static struct port *port_get(struct router *r, handle_t32 handle)
{
    return handle_get(&r->handles, HANDLE_PORT, handle);
}

mpr_status router_port_info(struct router *r, handle_t32 port, struct port_info *ret)
{
    const struct port *p = port_get(r, port);

    if (!p) return ST_INVALID_HANDLE;
    port_describe(p, ret);
    return ST_OK;
}

/* The first port behind a serial, or NULL. Of the miniports, the serial is the place. */
static struct port *port_after(struct router *r, uint32_t serial)
{
    struct port *p = r->ports.devices;

    if (serial < r->ports.count) return &r->ports.items[serial];
    while (p && (p->serial <= serial || !port_shown(p))) p = p->next;
    return p;
}

static struct port *port_following(struct router *r, const struct port *p)
{
    struct port *next;

    if (p->kind != PORT_DEVICE) return port_after(r, p->serial);
    for (next = p->next; next && !port_shown(next);) next = next->next;
    return next;
}

static void enum_all(struct router *r, uint32_t *resume, struct port_info *entries, uint32_t max,
                     uint32_t *ret_read, uint32_t *ret_total)
{
    struct port *p = port_after(r, *resume), *q = p;

    for (; p && *ret_read < max; p = port_following(r, p)) {
        port_describe(p, &entries[(*ret_read)++]);
        *resume = p->serial;
    }
    if (!p) *resume = 0;
    if (q && q->kind != PORT_DEVICE) {
        *ret_total = r->ports.count - q->serial + 1;
        q = port_after(r, r->ports.count);
    }
    for (; q; q = port_following(r, q)) ++*ret_total;
}

mpr_status router_port_enum(struct router *r, handle_t32 connection, uint32_t *resume,
                            struct port_info *entries, uint32_t max, uint32_t *ret_read,
                            uint32_t *ret_total)
{
    const struct port *p;

    *ret_read = *ret_total = 0;
    if (!connection) {
        enum_all(r, resume, entries, max, ret_read, ret_total);
        return ST_OK;
    }
    p = handle_get(&r->handles, HANDLE_CONNECTION, connection);
    if (!p || !p->linked) return ST_INVALID_HANDLE;
    /* A connection has one port; beyond it there is nothing left. */
    if (*resume < p->serial) {
        *ret_total = 1;
        if (max) port_describe(p, &entries[(*ret_read)++]);
    }
    *resume = 0;
    return ST_OK;
}

mpr_status router_port_clear(struct router *r, handle_t32 port, handle_t32 connection,
                             const struct link_counters *now)
{
    struct port *p = port_get(r, port);

    if (!p) return ST_INVALID_HANDLE;
    if (p->linked && p->connection == connection) p->base = *now;
    return ST_OK;
}

mpr_status router_port_disconnect(struct router *r, handle_t32 port)
{
    const struct port *p = port_get(r, port);

    if (!p) return ST_INVALID_HANDLE;
    if (!p->interface) return ST_INTERFACE_NOT_CONNECTED;
    return router_interface_disconnect(r, p->interface->handle);
}

/* ---- devices --------------------------------------------------------------------------------- */

static bool listed(const struct port_device *entries, uint32_t count, const struct port_device *d)
{
    for (uint32_t n = 0; n < count; n++) {
        if (u16_equal_nocase(entries[n].name, d->name)) return true;
    }
    return false;
}

void router_devices(struct router *r, struct port_device *entries, uint32_t max, uint32_t *ret_read,
                    uint32_t *ret_total)
{
    const struct port *p;

    *ret_read = *ret_total = 0;
    for (enum port_kind kind = 0; kind < PORT_KINDS && r->ports.configured; kind++) {
        if (!r->ports.setup[kind].count) continue;
        ++*ret_total;
        if (*ret_read < max) port_miniport(kind, &entries[(*ret_read)++]);
    }
    DL_FOREACH (r->ports.devices, p) {
        struct port_device device;

        if (!port_shown(p)) continue;
        ++*ret_total;
        device_of(p, &device);
        if (*ret_read < max && !listed(entries, *ret_read, &device)) {
            entries[(*ret_read)++] = device;
        }
    }
}
