/* The ports, and who occupies them.
 *
 * Miniport ports are one array, made at the start, with a list of free ones per kind; ports of
 * devices are a list, made with their interfaces. Everything that an attempt or a connection needs
 * later is had when its port is occupied, so that coming up, going down and telling the
 * administration DLLs can't fail for memory.
 *
 * Sources: MS-RRASM 2.2.3.4 (miniports), MPR_INTERFACE_2 (dwVpnStrategy), RAS_PORT_0.
 */
#include "router/ddm/port.h"

#include "base/utf16.h"
#include "router/ddm/connection.h"
#include "router/ddm/ddm.h"
#include "router/ddm/dial_config.h"
#include "router/state.h"

/* Text of the phone book that names a miniport: MPRDT_Vpn and the miniport's description. */
static const char16_t vpn_type[] = u"vpn";
static const char16_t pppoe_type[] = u"PPPoE";
static const struct {
    const char16_t *device_type, *device_name;
} miniports[PORT_KINDS] = {[PORT_PPTP] = {vpn_type, u"WAN Miniport (PPTP)"},
                           [PORT_L2TP] = {vpn_type, u"WAN Miniport (L2TP)"},
                           [PORT_SSTP] = {vpn_type, u"WAN Miniport (SSTP)"},
                           [PORT_IKEV2] = {vpn_type, u"WAN Miniport (IKEv2)"},
                           [PORT_PPPOE] = {pppoe_type, u"WAN Miniport (PPPOE)"}};

void port_miniport(enum port_kind kind, struct port_device *ret)
{
    u16_copy(ret->type, PORT_NAME_MAX + 1, miniports[kind].device_type);
    u16_copy(ret->name, PORT_DEVICE_MAX + 1, miniports[kind].device_name);
}

/* ---- which kinds an entry may use ------------------------------------------------------------ */

#define ORDER_MAX 4

/* By VpnStrategy: 1 PPTP only, 2 PPTP first, 3 L2TP only, 4 L2TP first, 5 SSTP only, 6 SSTP first,
 * 7 IKEv2 only, 8 IKEv2 first. PORT_KINDS ends a row. Of "first" the others follow in the order of
 * the default. 0 is the device's own kind, then the default. */
static const uint8_t strategies[][ORDER_MAX + 1] = {
    {PORT_PPTP, PORT_L2TP, PORT_KINDS},
    {PORT_PPTP, PORT_KINDS},
    {PORT_PPTP, PORT_L2TP, PORT_KINDS},
    {PORT_L2TP, PORT_KINDS},
    {PORT_L2TP, PORT_PPTP, PORT_KINDS},
    {PORT_SSTP, PORT_KINDS},
    {PORT_SSTP, PORT_PPTP, PORT_L2TP, PORT_KINDS},
    {PORT_IKEV2, PORT_KINDS},
    {PORT_IKEV2, PORT_PPTP, PORT_L2TP, PORT_KINDS},
};

enum port_kind port_kind_of_device(const char16_t *name)
{
    for (enum port_kind kind = 0; kind < PORT_KINDS; kind++) {
        if (u16_equal_nocase(name, miniports[kind].device_name)) return kind;
    }
    return PORT_DEVICE;
}

/* True: the configuration's device is a port of its own. */
static bool is_device(const struct router *r, const struct dial_config *c)
{
    return !r->ports.configured || c->port_kind == PORT_DEVICE;
}

/* The kinds to try, in order; PORT_KINDS ends them. */
static void kinds_of(const struct dial_config *c, enum port_kind order[ORDER_MAX + 2])
{
    enum port_kind own = (enum port_kind)c->port_kind;
    size_t strategy = own == PORT_PPPOE ? 0 : c->vpn_strategy, n = 0;
    const uint8_t *row =
        strategies[strategy < sizeof(strategies) / sizeof(*strategies) ? strategy : 0];

    if (!strategy) order[n++] = own;
    for (; own != PORT_PPPOE && *row != PORT_KINDS; row++) {
        if (strategy || *row != own) order[n++] = *row;
    }
    order[n] = PORT_KINDS;
}

/* ---- the table ------------------------------------------------------------------------------- */

static mpr_status port_init(struct port *p, struct router *r, enum port_kind kind, uint32_t number)
{
    p->handle = handle_new(&r->handles, HANDLE_PORT, p);
    if (!p->handle) return ST_NOT_ENOUGH_MEMORY;
    p->router = r;
    p->kind = kind;
    p->number = number;
    p->serial = ++r->ports.next_serial;
    return ST_OK;
}

void ports_free(struct router *r)
{
    struct port_table *t = &r->ports;

    for (uint32_t n = 0; n < t->count; n++)
        handle_delete(&r->handles, HANDLE_PORT, t->items[n].handle);
    mem_free(t->items);
    t->items = NULL;
    t->count = 0;
    t->configured = false;
    for (size_t kind = 0; kind < PORT_KINDS; kind++) t->free[kind] = NULL;
}

mpr_status router_ports_create(struct router *r, const struct port_setup *setup)
{
    struct port_table *t = &r->ports;
    size_t total = 0;

    if (!router_has_ddm(r)) return ST_OK;
    for (size_t kind = 0; kind < PORT_KINDS; kind++) {
        t->setup[kind] = setup[kind];
        total += setup[kind].count;
    }
    t->items = mem_alloc_array(total, sizeof(*t->items));
    if (!t->items) return ST_NOT_ENOUGH_MEMORY;
    for (enum port_kind kind = 0; kind < PORT_KINDS; kind++) {
        for (uint32_t n = 0; n < setup[kind].count; n++) {
            struct port *p = &t->items[t->count];

            if (port_init(p, r, kind, n) != ST_OK) {
                ports_free(r);
                return ST_NOT_ENOUGH_MEMORY;
            }
            t->count++;
            DL_APPEND(t->free[kind], p);
        }
    }
    t->configured = true;
    return ST_OK;
}

mpr_status port_attach(struct interface *i, const struct dial_config *config)
{
    struct router *r = i->router;
    struct port *p;

    if (i->device_port || !config->device_count || !is_device(r, config)) return ST_OK;
    p = mem_alloc(sizeof(*p));
    if (!p || port_init(p, r, PORT_DEVICE, i->index) != ST_OK) {
        mem_free(p);
        return ST_NOT_ENOUGH_MEMORY;
    }
    p->owner = i;
    i->device_port = p;
    DL_APPEND(r->ports.devices, p);
    return ST_OK;
}

void port_detach(struct interface *i)
{
    struct port *p = i->device_port;

    port_release(i);
    if (!p) return;
    DL_DELETE(i->router->ports.devices, p);
    handle_delete(&i->router->handles, HANDLE_PORT, p->handle);
    mem_free(p);
    i->device_port = NULL;
}

bool port_shown(const struct port *p)
{
    const struct dial_config *c;

    if (!p->owner || p->interface) return true;
    c = p->owner->dial;
    return c->device_count && is_device(p->router, c);
}

/* ---- occupying ------------------------------------------------------------------------------- */

/* A free port for that configuration; NULL: none. */
static struct port *free_port(const struct interface *i, const struct dial_config *c)
{
    const struct port_table *t = &i->router->ports;
    enum port_kind order[ORDER_MAX + 2];

    if (is_device(i->router, c)) return i->device_port;
    kinds_of(c, order);
    for (size_t n = 0; order[n] != PORT_KINDS; n++) {
        if ((t->setup[order[n]].flags & PORT_FOR_ROUTING) && t->free[order[n]]) {
            return t->free[order[n]];
        }
    }
    return NULL;
}

bool port_available(const struct interface *i)
{
    const struct dial_config *c = ddm_config(i);

    /* That of a device is its interface's alone. */
    return is_device(i->router, c) || !dial_config_usable(c) || free_port(i, c);
}

bool port_takes_clients(const struct router *r, enum port_kind kind)
{
    return kind < PORT_KINDS && (r->ports.setup[kind].flags & PORT_FOR_RAS) &&
           (r->config.router_type & (ROUTER_RAS | ROUTER_RAS_V6)) && !r->paused;
}

static void port_take(struct interface *i, struct port *p)
{
    struct port_table *t = &i->router->ports;

    if (p->kind != PORT_DEVICE) DL_DELETE(t->free[p->kind], p);
    p->interface = i;
    i->port = p;
    t->used++;
}

mpr_status port_occupy(struct interface *i)
{
    struct port *p = i->port ? i->port : free_port(i, i->dial);
    mpr_status status;

    if (!p) return ST_INTERFACE_HAS_NO_DEVICES;
    status = connection_prepare(p, i->router->ports.administrated);
    if (status == ST_OK && !i->port) port_take(i, p);
    return status;
}

mpr_status port_answer(struct interface *i, enum port_kind kind)
{
    const struct router *r = i->router;
    struct port *p;
    mpr_status status;

    if (!router_has_ddm(r)) return ST_DDM_NOT_RUNNING;
    if (r->paused) return ST_SERVICE_IS_PAUSED;
    if (!port_takes_clients(r, kind)) return ST_NOT_CLIENT_PORT;
    p = r->ports.free[kind];
    if (!p) return ST_MAX_CLIENT_INTERFACE_LIMIT;
    status = connection_prepare(p, true);
    if (status == ST_OK) port_take(i, p);
    return status;
}

void port_hang_up(struct interface *i)
{
    if (i->port) connection_end(i->port);
}

void port_release(struct interface *i)
{
    struct port *p = i->port;
    struct port_table *t = &i->router->ports;

    if (!p) return;
    connection_end(p);
    p->interface = NULL;
    i->port = NULL;
    t->used--;
    /* At the front: the lowest ones are used again and again, as a person would expect. */
    if (p->kind != PORT_DEVICE) DL_PREPEND(t->free[p->kind], p);
}
