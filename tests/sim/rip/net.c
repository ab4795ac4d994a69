#include "sim/rip/net.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "protocol/ripng/config.h"
#include "sim/rip/md5.h"

static const char16_t port_name[] = u"port";
static const struct rtm_address group6 = {{0xFF, 2, [15] = 9}};

/* ---- what surrounds an instance -------------------------------------------------------------- */

static uint32_t next_random(void *context)
{
    struct net *n = context;

    n->random ^= n->random << 13;
    n->random ^= n->random >> 17;
    n->random ^= n->random << 5;
    return n->random;
}

static uint32_t router_random(void *context)
{
    return next_random(((struct net_router *)context)->net);
}

static msec router_now(void *context)
{
    return ((struct net_router *)context)->net->now;
}

static uint32_t router_time(void *context)
{
    return 1700000000u + (uint32_t)(((struct net_router *)context)->net->now / 1000);
}

static mpr_status validate(void *context, uint32_t protocol_id, struct rtm_route *route,
                           const struct rtm_prefix *destination)
{
    struct net_router *r = context;

    assert_int_equal(protocol_id, RIP_PROTOCOL_ID);
    assert_true(destination->length <= (r->net->ipv6 ? 128 : 32));
    route->preference = 120;
    return r->refuse_routes ? ST_INVALID_PARAMETER : ST_OK;
}

static mpr_status dial(void *context, uint32_t protocol_id, uint32_t interface)
{
    (void)context, (void)protocol_id, (void)interface;
    return ST_CAN_NOT_COMPLETE;
}

static uint32_t router_id(void *context)
{
    (void)context;
    return 0;
}

static void notified(void *context)
{
    ((struct net_router *)context)->notified++;
}

static void queue(struct net *n, struct net_frame *f)
{
    struct net_frame **place = &n->frames;

    if (n->last_frame && n->last_frame->due <= f->due) place = &n->last_frame->next;
    while (*place && (*place)->due <= f->due) place = &(*place)->next;
    f->next = *place;
    *place = f;
    if (!f->next) n->last_frame = f;
}

/* Whether something happens that does so to so many in a thousand. No chance asks for no number. */
static bool befalls(struct net *n, unsigned chance)
{
    return chance && next_random(n) % 1000 < chance;
}

static void carry(struct net *n, struct net_port *from, const struct protocol_datagram *d,
                  msec leaves)
{
    const struct net_link *link = &n->links[from->link];
    struct net_frame *f = calloc(1, sizeof(*f));

    assert_non_null(f);
    assert_true(d->size <= sizeof(f->data));
    f->link = from->link;
    f->from = from;
    f->due = leaves + link->delay;
    if (link->jitter) f->due += next_random(n) % (link->jitter + 1);
    f->d = *d;
    memcpy(f->data, d->data, d->size);
    f->d.data = f->data;
    queue(n, f);
}

static void put(struct net *n, struct net_port *from, const struct protocol_datagram *d)
{
    struct net_link *link = &n->links[from->link];

    n->sent++;
    if (!from->link || link->down || befalls(n, link->loss)) return;
    if (link->busy_until < n->now) link->busy_until = n->now;
    link->busy_until += link->pace;
    carry(n, from, d, link->busy_until);
    if (befalls(n, link->doubling)) carry(n, from, d, link->busy_until);
}

static struct net_port *port_of(struct net_router *r, uint32_t host_index)
{
    for (unsigned i = 0; i < r->port_count; i++)
        if (r->ports[i].binding.host_index == host_index) return &r->ports[i];
    return NULL;
}

static mpr_status router_send(void *context, const struct protocol_datagram *d)
{
    struct net_router *r = context;
    struct protocol_datagram from_port = *d;
    struct net_port *port;

    if (r->fail_send) return ST_CAN_NOT_COMPLETE;
    port = port_of(r, d->host_index);
    assert_non_null(port);
    assert_int_equal(d->ipv6, r->net->ipv6);
    if (d->ipv6)
        assert_int_equal(d->ttl, 255);
    else
        assert_int_equal(d->destination == IP(224, 0, 0, 9), d->ttl == 1);
    from_port.source_port = r->system.port;
    if (d->ipv6) from_port.source6 = port->binding.local6[0].address;
    put(r->net, port, &from_port);
    return ST_OK;
}

static mpr_status router_listen(void *context, const struct ip_binding *binding, uint32_t group,
                                bool start)
{
    struct net_router *r = context;
    struct net_port *port = port_of(r, binding->host_index);

    if (start && r->fail_listen) return ST_CAN_NOT_COMPLETE;
    assert_non_null(port);
    assert_int_not_equal(port->listening, start);
    port->listening = start;
    port->group = start ? group : 0;
    return ST_OK;
}

static mpr_status router_listen6(void *context, const struct ip_binding *binding,
                                 const struct rtm_address *group, bool start)
{
    assert_memory_equal(group, &group6, sizeof(group6));
    return router_listen(context, binding, 1, start);
}

static bool is_meant6(const struct net_port *port, const struct rtm_address *destination)
{
    if (!memcmp(destination, &group6, sizeof(group6))) return port->group != 0;
    for (uint32_t i = 0; i < port->binding.count6; i++)
        if (!memcmp(&port->binding.local6[i].address, destination, sizeof(*destination)))
            return true;
    return false;
}

static bool is_meant(const struct net_port *port, const struct protocol_datagram *d)
{
    uint32_t destination = d->destination;

    if (!port->listening) return false;
    if (d->ipv6) return is_meant6(port, &d->destination6);
    if (destination == UINT32_MAX || (port->group && destination == port->group)) return true;
    for (uint32_t i = 0; i < port->binding.count; i++) {
        uint32_t address = port->binding.local[i].address, mask = port->binding.local[i].mask;
        if (destination == address || (mask < 0xFFFFFFFE && destination == (address | ~mask)))
            return true;
    }
    return false;
}

static void keep(struct net_port *tap, const struct net_frame *f)
{
    struct net_kept *k;

    tap->count++;
    if (tap->kept_count == NET_KEPT) return;
    k = &tap->kept[tap->kept_count++];
    k->when = tap->net->now;
    k->source = f->d.source;
    k->destination = f->d.destination;
    k->source6 = f->d.source6;
    k->destination6 = f->d.destination6;
    k->source_port = f->d.source_port;
    k->destination_port = f->d.destination_port;
    k->ttl = f->d.ttl;
    k->size = f->d.size;
    memcpy(k->data, f->data, f->d.size);
}

/* A request, whose first entry has a family. */
static bool is_question(const struct net_frame *f)
{
    return f->d.size >= 24 && f->data[0] == 1 && f->data[5] != 0;
}

static void hand_over(struct net_port *port, const struct net_frame *f)
{
    struct protocol_datagram d;

    if (port == f->from || port->link != f->link || !is_meant(port, &f->d)) return;
    if (!port->router) {
        keep(port, f);
        return;
    }
    if (port->router->whole_only && is_question(f)) return;
    d = f->d;
    d.interface = port->interface;
    d.host_index = port->binding.host_index;
    port->net->protocol->datagram(port->router->rip, &d);
}

static void deliver(struct net *n, const struct net_frame *f)
{
    for (unsigned i = 0; i < n->router_count; i++)
        for (unsigned k = 0; n->routers[i].rip && k < n->routers[i].port_count; k++)
            hand_over(&n->routers[i].ports[k], f);
    for (unsigned i = 0; i < n->tap_count; i++) hand_over(&n->taps[i], f);
}

void net_open(struct net *n, uint32_t seed)
{
    memset(n, 0, sizeof(*n));
    n->protocol = &rip_protocol;
    n->random = seed;
    n->now = 1000000;
    timer_heap_init(&n->timers);
    for (unsigned i = 0; i <= NET_LINKS; i++) n->links[i].delay = 1;
}

void net_open6(struct net *n, uint32_t seed)
{
    net_open(n, seed);
    n->ipv6 = true;
    n->protocol = &ripng_protocol;
}

static void frame_drop_all(struct net *n)
{
    while (n->frames) {
        struct net_frame *f = n->frames;
        n->frames = f->next;
        free(f);
    }
    n->last_frame = NULL;
}

static void stop(struct net_router *r)
{
    enum protocol_event event = PROTOCOL_UPDATE_COMPLETE;
    struct protocol_message message;

    if (r->rip && r->net->protocol->stop(r->rip) == ST_PROTOCOL_STOP_PENDING) {
        while (event != PROTOCOL_ROUTER_STOPPED && net_message(r, &event, &message)) continue;
        if (event != PROTOCOL_ROUTER_STOPPED) /* it has to do yet */
            assert_int_equal(r->net->protocol->stop(r->rip), ST_OK);
    }
    r->rip = NULL;
}

void net_close(struct net *n)
{
    for (unsigned i = 0; i < n->router_count; i++) {
        struct net_router *r = &n->routers[i];
        stop(r);
        rtm_destroy(r->rtm);
    }
    for (unsigned i = 0; i < n->tap_count; i++) free(n->taps[i].kept);
    frame_drop_all(n);
    assert_int_equal(timer_next_due(&n->timers), MSEC_NEVER);
    assert_int_equal(n->timers.reserved, 0);
    timer_heap_free(&n->timers);
}

static void system_fill(struct net_router *r)
{
    r->support = (struct protocol_support){.context = r,
                                           .demand_dial_request = dial,
                                           .validate_route = validate,
                                           .get_router_id = router_id,
                                           .notify = notified,
                                           .rtm = r->rtm};
    r->system = (struct protocol_system){.context = r,
                                         .timers = &r->net->timers,
                                         .now = router_now,
                                         .unix_time = router_time,
                                         .random = router_random,
                                         .send = router_send,
                                         .listen = router_listen,
                                         .listen6 = router_listen6,
                                         .md5 = test_md5,
                                         .port = r->net->ipv6 ? RIPNG_PORT : RIP_PORT};
}

static const struct rip_form *form_of(const struct net *n)
{
    return n->ipv6 ? &ripng_form : &rip_ipv4_form;
}

struct net_router *net_router(struct net *n, const struct rip_global_config *global)
{
    struct net_router *r;
    struct protocol_info info = {NULL, 0, 0};
    void *block = NULL;

    assert_true(n->router_count < NET_ROUTERS);
    r = &n->routers[n->router_count++];
    r->net = n;
    assert_int_equal(rtm_create(&r->rtm, n->ipv6 ? RTM_IPV6 : RTM_IPV4), ST_OK);
    assert_int_equal(rtm_register(r->rtm, 1, &r->own), ST_OK);
    system_fill(r);
    if (global) {
        assert_int_equal(rip_form_global_encode(form_of(n), global, &block, &info.size), ST_OK);
        info.data = block;
        info.count = 1;
    }
    assert_int_equal(r->net->protocol->start(&r->rip, &r->support, &r->system, &info), ST_OK);
    assert_int_equal(r->net->protocol->start_complete(r->rip), ST_OK);
    mem_free(block);
    return r;
}

static void own_route(struct net_router *r, uint32_t address, uint32_t mask, uint32_t protocol,
                      uint32_t interface, uint32_t metric)
{
    struct rtm_prefix prefix = net_prefix(r->net, address, mask);
    struct rtm_route route = {.protocol = protocol,
                              .interface = interface,
                              .metric = metric,
                              .preference = protocol == 2 ? 1 : 3};

    assert_int_equal(rtm_route_add(r->own, &prefix, &route, NULL), ST_OK);
}

struct net_port *net_plug(struct net_router *r, unsigned link, uint32_t address, uint32_t mask,
                          enum net_interface_type type, const struct rip_if_config *c)
{
    struct net_port *port;
    struct rip_if_config standard;
    struct protocol_info info = {NULL, 0, 1};
    void *block;

    assert_true(r->port_count < NET_PORTS);
    port = &r->ports[r->port_count++];
    standard = r->net->ipv6 ? net_config6(type) : net_config(type);
    assert_int_equal(
        rip_form_if_encode(form_of(r->net), c ? c : &standard, 0, true, &block, &info.size), ST_OK);
    info.data = block;
    port->router = r;
    port->net = r->net;
    port->link = link;
    port->interface = r->port_count;
    port->binding.host_index = 100 + r->port_count;
    assert_int_equal(
        r->net->protocol->add_interface(r->rip, port_name, port->interface, type, &info), ST_OK);
    mem_free(block);
    own_route(r, address, mask, 2, port->interface, 1);
    assert_int_equal(net_rebind(port, address, mask, 0), ST_OK);
    assert_int_equal(net_status(port, RIS_ENABLED), ST_OK);
    return port;
}

static void plug_again(struct net_port *port, const void *block, size_t size)
{
    struct protocol_info info = {block, size, 1};
    struct net_router *r = port->router;

    assert_int_equal(
        r->net->protocol->add_interface(r->rip, port_name, port->interface, NET_PERMANENT, &info),
        ST_OK);
    assert_int_equal(r->net->protocol->interface_status(r->rip, port->interface, true,
                                                        RIS_ADDRESS_CHANGE, &port->binding),
                     ST_OK);
}

void net_restart(struct net_router *r)
{
    void *blocks[NET_PORTS] = {NULL}, *global;
    size_t sizes[NET_PORTS] = {0};
    struct protocol_info info = {.count = 1};

    assert_int_equal(r->net->protocol->get_global_info(r->rip, &global, &info.size), ST_OK);
    info.data = global;
    for (unsigned k = 0; k < r->port_count; k++)
        assert_int_equal(r->net->protocol->get_interface_info(r->rip, r->ports[k].interface,
                                                              &blocks[k], &sizes[k]),
                         ST_OK);
    stop(r);
    assert_int_equal(r->net->protocol->start(&r->rip, &r->support, &r->system, &info), ST_OK);
    for (unsigned k = 0; k < r->port_count; k++) {
        plug_again(&r->ports[k], blocks[k], sizes[k]);
        mem_free(blocks[k]);
    }
    assert_int_equal(r->net->protocol->start_complete(r->rip), ST_OK);
    mem_free(global);
}

mpr_status net_configure(struct net_port *port, const struct rip_if_config *c)
{
    struct protocol_info info = {NULL, 0, 1};
    void *block;
    mpr_status status;

    assert_int_equal(rip_form_if_encode(form_of(port->net), c, 0, true, &block, &info.size), ST_OK);
    info.data = block;
    status = port->net->protocol->set_interface_info(port->router->rip, port->interface, &info);
    mem_free(block);
    return status;
}

mpr_status net_status(struct net_port *port, enum interface_status_type type)
{
    return port->net->protocol->interface_status(port->router->rip, port->interface, true, type,
                                                 NULL);
}

mpr_status net_rebind(struct net_port *port, uint32_t address, uint32_t mask, uint32_t remote)
{
    struct ip_binding b;

    net_address(port, address, mask, remote);
    b = port->binding;
    return port->net->protocol->interface_status(port->router->rip, port->interface, true,
                                                 RIS_ADDRESS_CHANGE, &b);
}

void net_local(struct net_port *port, bool present)
{
    uint32_t address = port->binding.local[0].address, mask = port->binding.local[0].mask;
    struct rtm_prefix prefix = net_prefix(port->net, address, mask);
    struct rtm_address zero = rtm_address_ipv4(0);
    struct net_router *r = port->router;

    if (present)
        own_route(r, address, mask, 2, port->interface, 1);
    else
        assert_int_equal(rtm_route_delete(r->own, &prefix, port->interface, &zero), ST_OK);
}

void net_static(struct net_router *r, uint32_t address, uint32_t mask, uint32_t metric)
{
    own_route(r, address, mask, 10006, 77, metric);
}

void net_static_delete(struct net_router *r, uint32_t address, uint32_t mask)
{
    struct rtm_prefix prefix = net_prefix(r->net, address, mask);
    struct rtm_address zero = rtm_address_ipv4(0);

    assert_int_equal(rtm_route_delete(r->own, &prefix, 77, &zero), ST_OK);
}

struct net_port *net_tap(struct net *n, unsigned link, uint32_t address, uint32_t mask)
{
    struct net_port *tap;

    assert_true(n->tap_count < NET_PORTS);
    tap = &n->taps[n->tap_count++];
    tap->net = n;
    tap->link = link;
    tap->listening = true;
    tap->group = IP(224, 0, 0, 9);
    net_address(tap, address, mask, 0);
    tap->kept = calloc(NET_KEPT, sizeof(*tap->kept));
    assert_non_null(tap->kept);
    return tap;
}

void net_put(struct net_port *tap, const struct protocol_datagram *d)
{
    put(tap->net, tap, d);
}

void net_send_from(struct net_port *tap, uint32_t source, uint16_t source_port,
                   uint32_t destination, const void *data, size_t size)
{
    struct protocol_datagram d = {.source = source,
                                  .destination = destination,
                                  .source_port = source_port,
                                  .destination_port = RIP_PORT,
                                  .data = data,
                                  .size = size};

    put(tap->net, tap, &d);
}

void net_send(struct net_port *tap, uint32_t destination, const void *data, size_t size)
{
    net_send_from(tap, tap->binding.local[0].address, RIP_PORT, destination, data, size);
}

const struct net_kept *net_kept(const struct net_port *tap, unsigned i)
{
    assert_true(i < tap->kept_count);
    return &tap->kept[i];
}

void net_forget(struct net_port *tap)
{
    tap->kept_count = tap->count = 0;
}

static bool step(struct net *n, msec until)
{
    msec due = timer_next_due(&n->timers);

    if (n->frames && n->frames->due < due) due = n->frames->due;
    if (due > until) return false;
    if (due > n->now) n->now = due;
    while (n->frames && n->frames->due <= n->now) {
        struct net_frame *f = n->frames;
        n->frames = f->next;
        if (!n->frames) n->last_frame = NULL;
        deliver(n, f);
        free(f);
    }
    timer_run(&n->timers, n->now);
    return true;
}

void net_run(struct net *n, msec duration)
{
    msec until = n->now + duration;

    while (step(n, until))
        ;
    n->now = until;
}

bool net_message(struct net_router *r, enum protocol_event *ret_event,
                 struct protocol_message *ret_message)
{
    if (r->net->protocol->get_event_message(r->rip, ret_event, ret_message) != ST_OK) return false;
    if (*ret_event == PROTOCOL_ROUTER_STOPPED) r->rip = NULL;
    return true;
}

mpr_status net_update(struct net_port *port, msec *ret_took)
{
    struct net_router *r = port->router;
    struct net *n = r->net;
    msec start = n->now;
    enum protocol_event event;
    struct protocol_message m;
    unsigned before = r->notified;
    mpr_status status = r->net->protocol->do_update_routes(r->rip, port->interface);

    if (status != ST_OK) return status;
    while (!net_message(r, &event, &m)) assert_true(step(n, start + 120000));
    assert_int_equal(event, PROTOCOL_UPDATE_COMPLETE);
    assert_int_equal(m.interface, port->interface);
    assert_int_equal(m.update_type, PROTOCOL_DEMAND_UPDATE_ROUTES);
    assert_int_equal(r->notified, before + 1);
    assert_false(net_message(r, &event, &m));
    if (ret_took) *ret_took = n->now - start;
    return m.update_status;
}
