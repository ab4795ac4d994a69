#include "sim/rm/demand_test.h"

#include <string.h>

void demand_rows(struct demand_test *t, uint32_t proto)
{
    struct route_row row = rm_row(proto, NET, MASK, PEER);

    rm_set_rows(&t->rm, &row, 1);
}

void demand_outcome(struct demand_test *t, mpr_status outcome, msec delay)
{
    struct dial_entry entry;
    struct dial_plan plan;

    fake_dial_defaults(DIALER_SCRIPTED, delay, &entry, &plan);
    plan.outcome = outcome;
    plan.binding.host_index = LINK;
    assert_int_equal(router_interface_set_dial(t->rm.r, t->rm.dial, &entry, &plan), ST_OK);
}

void demand_without_device(struct demand_test *t)
{
    struct dial_entry entry;
    struct dial_plan plan;

    fake_dial_defaults(DIALER_NONE, 0, &entry, &plan);
    entry.device_count = 0;
    assert_int_equal(router_interface_set_dial(t->rm.r, t->rm.dial, &entry, &plan),
                     ST_INTERFACE_HAS_NO_DEVICES);
}

void demand_dial(struct demand_test *t)
{
    router_interface_connect(t->rm.r, t->rm.dial, NULL);
    fake_advance(&t->rm.f, 1);
}

void demand_open(struct demand_test *t)
{
    memset(t, 0, sizeof(*t));
    rm_open(&t->rm);
    assert_int_equal(router_interface_disconnect(t->rm.r, t->rm.dial), ST_OK);
    demand_outcome(t, ST_OK, 0);
    demand_dial(t);
    demand_rows(t, ROUTE_PROTO_NT_STATIC);
}

void demand_open_held(struct demand_test *t)
{
    demand_open(t);
    assert_int_equal(router_host_routes_begin(t->rm.r), ST_OK);
    assert_int_equal(router_interface_disconnect(t->rm.r, t->rm.dial), ST_OK);
    assert_int_equal(router_hold_set(t->rm.r, HOLD), ST_OK);
    assert_int_equal(demand_route(t, NET), HOLD);
}

void demand_close(struct demand_test *t)
{
    rm_close(&t->rm);
}

void demand_lan_route(struct demand_test *t)
{
    struct host_adapter a = fake_adapter(u"{LAN}", LAN_INDEX, 0xC0A80001u, MASK);
    struct route_row row = rm_row(ROUTE_PROTO_NT_STATIC_NON_DOD, NET, MASK, 0xC0A80002u);
    struct blob b = {NULL, 0};
    handle_t32 lan;

    router_adapters(t->rm.r, &a, 1);
    fake_flush(&t->rm.f);
    assert_int_equal(router_interface_find(t->rm.r, u"{LAN}", false, &lan), ST_OK);
    assert_int_equal(route_rows_store(&b, ROUTE_LAYOUT_2008, &row, 1), ST_OK);
    assert_int_equal(router_iftransport_set(t->rm.r, lan, TRANSPORT_IP, &b, NULL), ST_OK);
    blob_free(&b);
}

void demand_packet(struct demand_test *t, uint32_t to)
{
    struct host_demand d = {.transport = TRANSPORT_IP,
                            .packet = {.source = {10, 1, 2, 3},
                                       .protocol = FILTER_PROTOCOL_UDP,
                                       .has_ports = true,
                                       .source_port = 1024,
                                       .dest_port = 53}};
    struct rtm_address address = rtm_address_ipv4(to);

    memcpy(d.packet.dest, &address, sizeof(d.packet.dest));
    router_demand(t->rm.r, &d);
    fake_flush(&t->rm.f);
}

uint32_t demand_route(struct demand_test *t, uint32_t net)
{
    struct host_route route;

    while (router_host_routes_next(t->rm.r, &route, 1)) {
        uint32_t n = (rtm_ipv4(&route.prefix.address) - NET) >> 8;

        if (n < 4 && route.prefix.length == 24) t->routes[n] = route;
    }
    return t->routes[(net - NET) >> 8].host_index;
}

bool demand_is_bare(const struct demand_test *t)
{
    return !rtm_ipv4(&t->routes[0].next_hop) && !t->routes[0].on_link;
}
