/* Demand updates: complete and exact, or an error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "protocol/rip/packet.h"
#include "sim/rip/update_support.h"

static void update_of(uint32_t count, uint32_t mask, msec limit)
{
    msec took;
    struct net_port *port = client(1, mask, NULL);

    peer_with(0, count, 1, IP(10, 0, 0, 2), mask, NULL);
    net_run(&n, 200000);                               /* the changes have been told */
    assert_int_equal(net_learned(port->router, 1), 0); /* nothing unasked */
    assert_int_equal(net_update(port, &took), ST_OK);
    expect_table(port, 0, count);
    print_message("%u routes: %u ms\n", (unsigned)count, (unsigned)took);

    assert_in_range(took, 0, limit);
    net_close(&n);
    net_open(&n, count);
}

static void one_neighbour_on_a_lan(void **state)
{
    const uint32_t counts[] = {1, 24, 25, 26, 50, 1000, 1024, 25000};

    (void)state;
    for (unsigned i = 0; i < sizeof(counts) / sizeof(*counts); i++)
        update_of(counts[i], MASK24, 2000);
}

static void one_neighbour_point_to_point(void **state)
{
    (void)state;
    update_of(1, MASK30, 2); /* a round trip: the short packet ends it */
    update_of(24, MASK30, 2);
    update_of(26, MASK30, 4); /* several datagrams: asked for twice */
    update_of(1024, MASK30, 4);
    update_of(25, MASK30, 250); /* full: only silence and asking again tell */
    update_of(50, MASK30, 250);
    update_of(1000, MASK30, 250);
    update_of(25000, MASK30, 250);
    update_of(25001, MASK30, 250);
}

static void a_host_that_can_take_it_is_not_asked_twice(void **state)
{
    struct net_port *port;
    msec took;
    uint64_t before;

    (void)state;
    port = client(1, MASK30, NULL);
    peer_with(0, 24999, 1, IP(10, 0, 0, 2), MASK30, NULL);
    port->router->system.receive_burst = 1000;
    net_run(&n, 60000);
    before = n.sent;
    assert_int_equal(net_update(port, &took), ST_OK);
    expect_table(port, 0, 24999);
    assert_int_equal(n.sent - before, 1001);
    assert_true(took <= 2);
}

static void slow_links_are_waited_for(void **state)
{
    struct net_port *port;

    (void)state;
    port = client(1, MASK24, NULL);
    peer_with(0, 1000, 1, IP(10, 0, 0, 2), MASK24, NULL);
    n.links[1].delay = 150; /* a modem: 300 ms round trip, 120 ms a packet */
    n.links[1].pace = 120;
    net_run(&n, 60000);
    assert_int_equal(net_update(port, NULL), ST_OK);
    expect_table(port, 0, 1000);
}

static void neighbours_are_merged(void **state)
{
    struct net_port *port;
    struct net_router *a;
    struct net_router *b;

    (void)state;
    port = client(1, MASK24, NULL);
    a = peer_with(0, 100, 1, IP(10, 0, 0, 2), MASK24, NULL);
    b = peer_with(60, 100, 1, IP(10, 0, 0, 3), MASK24, NULL);
    (void)b;
    for (uint32_t i = 60; i < 100; i++) { /* the other one is nearer here */
        net_static_delete(a, net_of(i), MASK24);
        net_static(a, net_of(i), MASK24, 9);
    }
    assert_int_equal(net_update(port, NULL), ST_OK);
    expect_table(port, 0, 160);
}

static void nobody_answers(void **state)
{
    msec took;
    struct net_port *port;
    struct net_port *tap;
    static const uint8_t request[24] = {1, 2, 0, 0, [23] = 16};

    (void)state;
    port = client(1, MASK24, NULL);
    tap = net_tap(&n, 1, IP(10, 0, 0, 9), MASK24);
    assert_int_equal(net_update(port, &took), ST_CAN_NOT_COMPLETE);
    assert_int_equal(took, 30000);
    assert_int_equal(tap->count, 3); /* at 0, 5 and 10 s */
    assert_int_equal(net_kept(tap, 1)->when - net_kept(tap, 0)->when, 5000);
    assert_int_equal(net_kept(tap, 2)->when - net_kept(tap, 0)->when, 10000);
    assert_int_equal(net_kept(tap, 0)->size, sizeof(request));
    assert_memory_equal(net_kept(tap, 0)->data, request, sizeof(request));
    assert_int_equal(net_kept(tap, 0)->destination, IP(224, 0, 0, 9));
    assert_int_equal(net_update(port, &took), ST_CAN_NOT_COMPLETE); /* once more */
}

static void a_lost_request_is_repeated(void **state)
{
    msec took;
    struct net_port *port;
    enum protocol_event event;
    struct protocol_message m;

    (void)state;
    port = client(1, MASK30, NULL);
    peer_with(0, 30, 1, IP(10, 0, 0, 2), MASK30, NULL);
    net_run(&n, 60000);
    n.links[1].down = true;
    assert_int_equal(rip_protocol.do_update_routes(port->router->rip, 1), ST_OK);
    net_run(&n, 1000);
    n.links[1].down = false;
    net_run(&n, 5000);
    assert_true(net_message(port->router, &event, &m));
    assert_int_equal(m.update_status, ST_OK);
    expect_table(port, 0, 30);
    (void)took;
}

static void an_empty_answer_is_success(void **state)
{
    struct net_port *port;

    (void)state;
    port = client(1, MASK24, NULL);
    peer_with(0, 0, 1, IP(10, 0, 0, 2), MASK24, NULL);
    assert_int_equal(net_update(port, NULL), ST_OK);
    assert_int_equal(net_learned(port->router, 1), 0);
}

static void a_new_update_replaces_the_old_one(void **state)
{
    struct net_port *port;
    struct net_router *a;

    (void)state;
    port = client(1, MASK24, NULL);
    a = peer_with(0, 60, 1, IP(10, 0, 0, 2), MASK24, NULL);
    assert_int_equal(net_update(port, NULL), ST_OK);
    expect_table(port, 0, 60);
    for (uint32_t i = 0; i < 30; i++) net_static_delete(a, net_of(i), MASK24);
    assert_int_equal(net_update(port, NULL), ST_OK);
    expect_table(port, 30, 30);
    n.links[1].down = true;
    net_run(&n, 10000);
    assert_int_equal(net_update(port, NULL), ST_CAN_NOT_COMPLETE);
    expect_table(port, 30, 30); /* failure leaves them; they age like any other */
    net_run(&n, 180000);
    assert_int_equal(net_learned(port->router, 1), 0);
}

static void worse_news_from_another_neighbour_replace_leftovers(void **state)
{
    struct net_port *port;
    struct net_router *a;
    struct net_router *b;

    (void)state;
    port = client(1, MASK24, NULL);
    a = peer_with(0, 10, 1, IP(10, 0, 0, 2), MASK24, NULL);
    assert_int_equal(net_update(port, NULL), ST_OK);
    assert_int_equal(net_status(&a->ports[0], RIS_DISABLED), ST_OK);
    b = peer_with(0, 0, 1, IP(10, 0, 0, 3), MASK24, NULL);
    for (uint32_t i = 0; i < 10; i++) net_static(b, net_of(i), MASK24, 7);
    assert_int_equal(net_update(port, NULL), ST_OK);
    assert_int_equal(net_learned(port->router, 1), 10);
    assert_int_equal(net_metric(port->router, net_of(0), MASK24), 8);
}

static void lost_datagrams_are_noticed(void **state)
{
    (void)state;
    for (unsigned loss = 10; loss <= 200; loss += 95) {
        struct net_port *port = client(1, MASK30, NULL);
        msec took;
        peer_with(0, 5010, 1, IP(10, 0, 0, 2), MASK30, NULL);
        net_run(&n, 60000);
        n.links[1].loss = loss;
        assert_int_equal(net_update(port, &took), ST_OK);
        expect_table(port, 0, 5010);
        print_message("%u of 1000 lost: %u ms\n", loss, (unsigned)took);
        net_close(&n);
        net_open(&n, loss);
    }
}

/* Whatever is lost: the whole table, or an error, but never a part of it. */
static void heavy_loss_gives_everything_or_an_error(void **state)
{
    unsigned complete = 0;

    (void)state;
    for (unsigned k = 0; k < 24; k++) {
        struct rip_if_config quiet = net_config(NET_DEMAND_DIAL); /* no multicasts in between */
        struct net_port *port = client(1, k % 2 ? MASK24 : MASK30, NULL);
        mpr_status status;
        peer_with(0, k % 3 ? 5000 : 5007, 1, IP(10, 0, 0, 2), k % 2 ? MASK24 : MASK30, &quiet);
        net_run(&n, 60000);
        n.links[1].loss = 300 + 100 * (k % 7);
        status = net_update(port, NULL);
        if (status == ST_OK) {
            expect_table(port, 0, k % 3 ? 5000 : 5007);
            complete++;
        }
        net_close(&n);
        net_open(&n, 100 + k);
    }
    print_message("%u of 24 complete, the others failed\n", complete);
    assert_true(complete >= 6);
}

static struct rip_if_config with_auth(enum net_interface_type type, uint32_t auth, const char *key)
{
    struct rip_if_config c = net_config(type);

    c.auth_type = auth;
    memcpy(c.key, key, strlen(key));
    return c;
}

static void authentication_works_and_wrong_keys_fail(void **state)
{
    (void)state;
    for (uint32_t auth = RIP_AUTH_PASSWORD; auth <= RIP_AUTH_MD5; auth++) {
        struct rip_if_config ours = with_auth(NET_DEMAND_DIAL, auth, "s3cret");
        struct rip_if_config theirs = with_auth(NET_PERMANENT, auth, "s3cret");
        struct net_port *port = client(1, MASK24, &ours);
        struct net_router *a = peer_with(0, 1000, 1, IP(10, 0, 0, 2), MASK24, &theirs);
        msec took;
        assert_int_equal(net_update(port, NULL), ST_OK);
        expect_table(port, 0, 1000);
        theirs.key[0] = 'S';
        assert_int_equal(net_configure(&a->ports[0], &theirs), ST_OK);
        assert_int_equal(net_update(port, &took), ST_CAN_NOT_COMPLETE);
        assert_int_equal(took, 50000);
        net_close(&n);
        net_open(&n, 3);
    }
}

/* FRR with authentication: no answer, but the table every 30 s. */
static void multicasts_alone_are_collected_for_50_seconds(void **state)
{
    struct rip_if_config c;
    struct net_port *port;
    msec took;

    (void)state;
    c = net_config(NET_PERMANENT);
    port = client(1, MASK24, NULL);
    c.announce_mode = RIP_V2;
    c.accept_mode = RIP_V1; /* takes no version 2 request */
    peer_with(0, 70, 1, IP(10, 0, 0, 2), MASK24, &c);
    net_run(&n, 60000);
    assert_int_equal(net_update(port, &took), ST_OK);
    assert_int_equal(took, 50000);
    expect_table(port, 0, 70);
}

/* A triggered update in the middle is data, but no end. */
static void a_stray_multicast_does_not_end_it(void **state)
{
    struct net_port *port;
    struct net_port *tap;
    enum protocol_event event;
    struct protocol_message m;

    (void)state;
    port = client(1, MASK30, NULL);
    tap = net_tap(&n, 1, IP(10, 0, 0, 2), MASK30);
    assert_int_equal(rip_protocol.do_update_routes(port->router->rip, 1), ST_OK);
    put_response(tap, IP(224, 0, 0, 9), 3, 1);
    net_run(&n, 3000);
    assert_false(net_message(port->router, &event, &m));
    put_response(tap, IP(10, 0, 0, 1), 0, 7);
    net_run(&n, 2);
    assert_true(net_message(port->router, &event, &m));
    assert_int_equal(m.update_status, ST_OK);
    expect_table(port, 0, 7);
    put_response(tap, IP(10, 0, 0, 1), 10, 7); /* afterwards nothing is taken */
    net_run(&n, 2);
    expect_table(port, 0, 7);
    assert_true(rip_drop_count(port->router->rip, RIP_DROP_NOT_ASKED) == 1);
}

static void half_a_table_is_not_believed(void **state)
{
    struct net_port *port;
    struct net_port *tap;
    enum protocol_event event;
    struct protocol_message m;

    (void)state;
    port = client(1, MASK30, NULL);
    tap = net_tap(&n, 1, IP(10, 0, 0, 2), MASK30);
    assert_int_equal(rip_protocol.do_update_routes(port->router->rip, 1), ST_OK);
    put_response(tap, IP(10, 0, 0, 1), 0, 25); /* full, and never anything again */
    net_run(&n, 29000);
    assert_false(net_message(port->router, &event, &m));
    net_run(&n, 1000);
    assert_true(net_message(port->router, &event, &m));
    assert_int_equal(m.update_status, ST_CAN_NOT_COMPLETE);
}

/* The clock jumps while the process stands still, with datagrams unread. */
static void a_late_timer_grants_another_wait(void **state)
{
    struct net_port *port;
    struct net_port *tap;
    enum protocol_event event;
    struct protocol_message m;

    (void)state;
    port = client(1, MASK24, NULL);
    tap = net_tap(&n, 1, IP(10, 0, 0, 2), MASK24);
    assert_int_equal(rip_protocol.do_update_routes(port->router->rip, 1), ST_OK);
    put_response(tap, IP(10, 0, 0, 1), 0, 25);
    net_run(&n, 1);
    n.now += 3000;
    timer_run(&n.timers, n.now);
    put_response(tap, IP(10, 0, 0, 1), 25, 5);
    net_run(&n, 100);
    assert_int_equal(tap->count, 1);
    assert_false(net_message(port->router, &event, &m));
    net_run(&n, 300); /* that was the first round: 30 routes in two datagrams */
    assert_int_equal(tap->count, 2);
    put_response(tap, IP(10, 0, 0, 1), 0, 25);
    put_response(tap, IP(10, 0, 0, 1), 25, 5);
    net_run(&n, 3000);
    assert_true(net_message(port->router, &event, &m));
    assert_int_equal(m.update_status, ST_OK);
    expect_table(port, 0, 30);
}

static void refusals(void **state)
{
    struct net_port *port;
    struct protocol_instance *rip;
    enum protocol_event event;
    struct protocol_message m;
    struct rip_if_config c;

    (void)state;
    port = client(1, MASK24, NULL);
    rip = port->router->rip;
    assert_int_equal(rip_protocol.do_update_routes(rip, 2), ST_INVALID_PARAMETER);
    assert_int_equal(rip_protocol.do_update_routes(rip, 1), ST_OK);
    assert_int_equal(rip_protocol.do_update_routes(rip, 1), ST_CAN_NOT_COMPLETE);
    net_run(&n, 31000);
    assert_true(net_message(port->router, &event, &m));
    assert_false(net_message(port->router, &event, &m));
    assert_int_equal(net_status(port, RIS_DISABLED), ST_OK);
    assert_int_equal(rip_protocol.do_update_routes(rip, 1), ST_CAN_NOT_COMPLETE);
    assert_int_equal(net_status(port, RIS_ENABLED), ST_OK);
    c = net_config(NET_DEMAND_DIAL);
    c.accept_mode = RIP_OFF;
    assert_int_equal(net_configure(port, &c), ST_OK);
    assert_int_equal(rip_protocol.do_update_routes(rip, 1), ST_CAN_NOT_COMPLETE);
}

enum end { DISABLE, UNBIND, REBIND, MEDIA, ACCEPT_OFF, DELETE, STOP, ENDS };

static void cut_short(struct net_port *port, enum end end)
{
    struct rip_if_config c = net_config(NET_DEMAND_DIAL);

    switch (end) {
    case DISABLE:
        assert_int_equal(net_status(port, RIS_DISABLED), ST_OK);
        break;
    case MEDIA:
        assert_int_equal(net_status(port, RIS_MEDIA_ABSENT), ST_OK);
        break;
    case UNBIND:
        assert_int_equal(net_rebind(port, 0, 0, 0), ST_OK);
        break;
    case REBIND:
        assert_int_equal(net_rebind(port, IP(10, 0, 0, 7), MASK24, 0), ST_OK);
        break;
    case ACCEPT_OFF:
        c.accept_mode = RIP_OFF;
        assert_int_equal(net_configure(port, &c), ST_OK);
        break;
    case DELETE:
        assert_int_equal(rip_protocol.delete_interface(port->router->rip, 1), ST_OK);
        break;
    default:
        assert_int_equal(rip_protocol.stop(port->router->rip), ST_PROTOCOL_STOP_PENDING);
        break;
    }
}

static void whatever_ends_it_is_told(void **state)
{
    (void)state;
    for (unsigned end = 0; end < ENDS; end++) {
        struct net_port *port = client(1, MASK24, NULL);
        enum protocol_event event;
        struct protocol_message m;
        assert_int_equal(rip_protocol.do_update_routes(port->router->rip, 1), ST_OK);
        cut_short(port, (enum end)end);
        assert_true(port->router->notified >= 1);
        assert_true(net_message(port->router, &event, &m));
        assert_int_equal(event, PROTOCOL_UPDATE_COMPLETE);
        assert_int_equal(m.interface, 1);
        assert_int_equal(m.update_status, ST_CAN_NOT_COMPLETE);
        if (end == STOP) {
            assert_true(net_message(port->router, &event, &m));
            assert_int_equal(event, PROTOCOL_ROUTER_STOPPED);
            assert_null(port->router->rip);
        } else {
            assert_false(net_message(port->router, &event, &m));
        }
        net_close(&n);
        net_open(&n, end + 1);
    }
}

static void periodic_interfaces_can_be_updated_too(void **state)
{
    struct net_router *r;
    struct net_port *port;

    (void)state;
    r = net_router(&n, NULL);
    port = net_plug(r, 1, IP(10, 0, 0, 1), MASK24, NET_PERMANENT, NULL);
    peer_with(0, 60, 1, IP(10, 0, 0, 2), MASK24, NULL);
    assert_int_equal(net_update(port, NULL), ST_OK);
    expect_table(port, 0, 60);
}

static void unicast_peers_are_asked(void **state)
{
    uint32_t peers[1] = {IP(10, 0, 0, 2)};
    struct rip_if_config c;
    struct net_port *port;
    struct net_port *tap;
    msec took;

    (void)state;
    c = net_config(NET_DEMAND_DIAL);
    c.peer_mode = RIP_PEERS_ONLY;
    c.peer_count = 1;
    c.peers = peers;
    port = client(1, MASK24, &c);
    peer_with(0, 30, 1, IP(10, 0, 0, 2), MASK24, NULL);
    net_run(&n, 60000);
    tap = net_tap(&n, 1, IP(10, 0, 0, 9), MASK24);
    assert_int_equal(net_update(port, &took), ST_OK);
    expect_table(port, 0, 30);
    assert_true(took <= 4); /* one neighbour is all there is */
    assert_int_equal(tap->count, 0);
}

static void many_updates_at_once(void **state)
{
    struct net_router *r;
    enum protocol_event event;
    struct protocol_message m;

    (void)state;
    r = net_router(&n, NULL);
    for (unsigned k = 0; k < NET_PORTS; k++) {
        uint32_t address = IP(10, k, 0, 1);
        struct net_router *peer;
        net_plug(r, k + 1, address, MASK24, NET_DEMAND_DIAL, NULL);
        peer = net_router(&n, NULL);
        net_plug(peer, k + 1, address + 1, MASK24, NET_PERMANENT, NULL);
        for (uint32_t i = 0; i < 10 * (k + 1); i++) /* the same networks everywhere */
            net_static(peer, net_of(i), MASK24, 1 + i % 3);
    }
    for (unsigned k = 1; k <= NET_PORTS; k++)
        assert_int_equal(rip_protocol.do_update_routes(r->rip, k), ST_OK);
    net_run(&n, 5000);
    for (unsigned k = 1; k <= NET_PORTS; k++) {
        assert_true(net_message(r, &event, &m));
        assert_int_equal(m.update_status, ST_OK);
        assert_int_equal(net_learned(r, m.interface), 10 * m.interface);
    }
    assert_false(net_message(r, &event, &m));
}

/* Whether a packet of seven routes ends an update over a link of that MTU at once. */
static bool ends_at_once(uint32_t mtu)
{
    struct net_port *port = client(1, MASK30, NULL);
    struct net_port *tap = net_tap(&n, 1, IP(10, 0, 0, 2), MASK30);
    enum protocol_event event;
    struct protocol_message m;
    bool ended;

    port->binding.mtu = mtu;
    assert_int_equal(rip_protocol.interface_status(port->router->rip, 1, true, RIS_ADDRESS_CHANGE,
                                                   &port->binding),
                     ST_OK);
    assert_int_equal(rip_protocol.do_update_routes(port->router->rip, 1), ST_OK);
    put_response(tap, IP(10, 0, 0, 1), 0, 7);
    net_run(&n, 2);
    ended = net_message(port->router, &event, &m);
    net_close(&n);
    net_open(&n, mtu);
    return ended;
}

/* Where 25 entries don't fit, a packet of fewer may be one of many. */
static void a_small_mtu_leaves_the_end_open(void **state)
{
    (void)state;
    assert_true(ends_at_once(0)); /* not known */
    assert_true(ends_at_once(1500));
    assert_true(ends_at_once(532));
    assert_false(ends_at_once(531));
    assert_false(ends_at_once(1));
}

/* A socket holds 64 datagrams, so that more may be lost in the same place each time. */
static void a_flood_is_asked_for_more_often(void **state)
{
    static const unsigned packets[] = {64, 65}, rounds[] = {2, 4};

    (void)state;
    for (unsigned k = 0; k < 2; k++) {
        struct net_port *port = client(1, MASK24, NULL);
        uint64_t before;

        peer_with(0, packets[k] * 25, 1, IP(10, 0, 0, 2), MASK24, NULL);
        net_run(&n, 60000);
        before = n.sent;
        assert_int_equal(net_update(port, NULL), ST_OK);
        assert_int_equal(n.sent - before, (uint64_t)rounds[k] * (1 + packets[k]));
        expect_table(port, 0, packets[k] * 25);
        net_close(&n);
        net_open(&n, k);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_neighbour_on_a_lan),
        TEST(one_neighbour_point_to_point),
        TEST(a_host_that_can_take_it_is_not_asked_twice),
        TEST(slow_links_are_waited_for),
        TEST(neighbours_are_merged),
        TEST(nobody_answers),
        TEST(a_lost_request_is_repeated),
        TEST(an_empty_answer_is_success),
        TEST(a_new_update_replaces_the_old_one),
        TEST(worse_news_from_another_neighbour_replace_leftovers),
        TEST(lost_datagrams_are_noticed),
        TEST(heavy_loss_gives_everything_or_an_error),
        TEST(authentication_works_and_wrong_keys_fail),
        TEST(multicasts_alone_are_collected_for_50_seconds),
        TEST(a_stray_multicast_does_not_end_it),
        TEST(half_a_table_is_not_believed),
        TEST(a_late_timer_grants_another_wait),
        TEST(refusals),
        TEST(whatever_ends_it_is_told),
        TEST(periodic_interfaces_can_be_updated_too),
        TEST(unicast_peers_are_asked),
        TEST(many_updates_at_once),
        TEST(a_small_mtu_leaves_the_end_open),
        TEST(a_flood_is_asked_for_more_often),
    };

    return cmocka_run_group_tests_name("rip updates", tests, NULL, NULL);
}
