/* Demand updates of tables that are known already, or were: how much is asked for, what is
 * believed; and how long is waited. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "protocol/rip/packet.h"
#include "sim/rip/update_support.h"

/* The update takes so many packets, of all that send. */
static void expect_packets(struct net_port *port, unsigned packets, msec limit)
{
    msec took;
    uint64_t before = n.sent;

    assert_int_equal(net_update(port, &took), ST_OK);
    assert_int_equal(n.sent - before, packets);
    assert_in_range(took, 0, limit);
}

/* It asks for so many answers, each of so many packets. */
static void expect_update(struct net_port *port, unsigned answers, unsigned packets, msec limit)
{
    expect_packets(port, answers * (1 + packets), limit);
}

static void a_table_that_did_not_change_is_asked_for_once(void **state)
{
    struct net_port *port;
    struct net_router *peer;

    (void)state;
    port = client(1, MASK30, NULL);
    peer = peer_with(0, 24999, 1, IP(10, 0, 0, 2), MASK30, NULL);
    net_run(&n, 60000);
    expect_update(port, 2, 1000, 4);
    expect_update(port, 1, 1000, 2);
    expect_table(port, 0, 24999);

    net_static(peer, net_of(24999), MASK24, 1); /* grew; and no packet is short any more */
    peer->whole_only = true;
    net_run(&n, 60000);
    expect_packets(port, 4 * 1001 + 1, 250); /* and one question in vain */
    expect_update(port, 4, 1000, 250);
    expect_table(port, 0, 25000);

    net_static_delete(peer, net_of(24999), MASK24); /* shrank */
    net_run(&n, 60000);
    expect_update(port, 4, 1000, 250); /* it is told as unreachable still */
    expect_table(port, 0, 24999);
    net_run(&n, 120000);
    expect_update(port, 1, 1000, 2);
    expect_table(port, 0, 24999);
}

static void an_end_mark_spares_silence(void **state)
{
    struct net_port *port;
    struct net_router *peer;

    (void)state;
    port = client(1, MASK30, NULL);
    peer = peer_with(0, 25000, 1, IP(10, 0, 0, 2), MASK30, NULL);
    net_run(&n, 60000);
    expect_packets(port, 2 * 1001 + 2, 120); /* found out in the second round, and believed */
    expect_packets(port, 1001 + 2, 2);
    expect_packets(port, 1001 + 2, 2);
    expect_table(port, 0, 25000);

    for (uint32_t i = 0; i < 25; i++)
        net_static(peer, net_of(25000 + i), MASK24, 1 + (25000 + i) % 3);
    net_run(&n, 60000);
    expect_packets(port, 2 * (1002 + 2), 120); /* a packet more */
    expect_packets(port, 1002 + 2, 2);
    expect_table(port, 0, 25025);

    net_static(peer, net_of(0), MASK24, 9);
    net_run(&n, 60000);
    expect_packets(port, 2 * (1002 + 2), 120);
    assert_int_equal(net_metric(port->router, net_of(0), MASK24), 10);

    net_static(peer, net_of(25025), MASK24, 1); /* a short packet: the mark comes late */
    net_run(&n, 60000);
    expect_packets(port, 2 * (1002 + 1) + 2, 120);
    expect_update(port, 1, 1002, 120);
}

static void a_table_that_differs_is_asked_for_twice(void **state)
{
    struct net_port *port;
    struct net_router *peer;

    (void)state;
    port = client(1, MASK30, NULL);
    peer = peer_with(0, 999, 1, IP(10, 0, 0, 2), MASK30, NULL);
    net_run(&n, 60000);
    expect_update(port, 2, 40, 4);
    expect_update(port, 1, 40, 2);
    net_static(peer, net_of(7), MASK24, 9);
    net_run(&n, 60000);
    expect_update(port, 2, 40, 4);
    assert_int_equal(net_metric(port->router, net_of(7), MASK24), 10);
    expect_update(port, 1, 40, 2);
    net_run(&n, 200000); /* what is known has expired */
    expect_update(port, 2, 40, 4);
    /* One goes and one comes: as many as before. */
    net_static_delete(peer, net_of(7), MASK24);
    net_static(peer, net_of(1000), MASK24, 1);
    net_run(&n, 60000);
    expect_packets(port, 2 * 41 + 2,
                   120); /* with the one that went, as unreachable, 40 full packets */
    assert_int_equal(net_metric(port->router, net_of(7), MASK24), 0);
    assert_int_equal(net_metric(port->router, net_of(1000), MASK24), 2);
}

/* One packet that is known says nothing about the next one. */
static void few_packets_are_asked_for_twice(void **state)
{
    struct net_port *port;

    (void)state;
    port = client(1, MASK30, NULL);
    peer_with(0, 974, 1, IP(10, 0, 0, 2), MASK30, NULL);
    net_run(&n, 60000);
    expect_update(port, 2, 39, 4);
    expect_update(port, 2, 39, 4);
}

/* Of several neighbours one may be new, and its answer lost. */
static void several_neighbours_are_asked_twice(void **state)
{
    struct net_port *port;

    (void)state;
    port = client(1, MASK24, NULL);
    peer_with(0, 999, 1, IP(10, 0, 0, 2), MASK24, NULL);
    net_run(&n, 60000);
    expect_update(port, 2, 40, 600);
    expect_update(port, 2, 40, 600);
}

static uint32_t next_random(uint32_t *random)
{
    return (*random = *random * 1664525u + 1013904223u) >> 8;
}

/* Routes come, go and change, one or many, anywhere. */
static void change_some(struct net_router *peer, uint32_t *metrics, uint32_t room, uint32_t *random)
{
    uint32_t at = next_random(random) % room, many = 1u << next_random(random) % 7;
    uint32_t metric = next_random(random) % 3;

    for (uint32_t i = at; i < at + many && i < room; i++) {
        if (metrics[i]) net_static_delete(peer, net_of(i), MASK24);
        if (metric) net_static(peer, net_of(i), MASK24, metric);
        metrics[i] = metric;
    }
}

/* Makes it a multiple of 25, so that no packet is short. */
static void fill_up(struct net_router *peer, uint32_t *metrics, uint32_t room)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < room; i++) count += metrics[i] != 0;
    for (uint32_t i = 0; i < room && count % RIP_ENTRIES_MAX; i++) {
        if (metrics[i]) continue;
        net_static(peer, net_of(i), MASK24, metrics[i] = 1);
        count++;
    }
}

static void expect_metrics(struct net_port *port, const uint32_t *metrics, uint32_t room)
{
    for (uint32_t i = 0; i < room; i++)
        assert_int_equal(net_metric(port->router, net_of(i), MASK24),
                         metrics[i] ? metrics[i] + 1 : 0);
}

/* Whatever the neighbour changed in between, or nothing; and whatever is lost. */
static void changes_are_followed_in_spite_of_loss(void **state)
{
    static uint32_t metrics[2500];
    uint32_t room;
    uint32_t random = 7;
    struct net_port *port;
    struct net_router *peer;
    uint64_t before;

    (void)state;
    room = sizeof(metrics) / sizeof(*metrics);
    port = client(1, MASK30, NULL);
    peer = peer_with(0, 0, 1, IP(10, 0, 0, 2), MASK30, NULL);
    for (uint32_t i = 0; i < room; i++) metrics[i] = i % 5 ? 1 : 0;
    for (uint32_t i = 0; i < room; i++)
        if (metrics[i]) net_static(peer, net_of(i), MASK24, 1);
    before = n.sent;
    for (unsigned k = 0; k < 100; k++) {
        n.links[1].loss = k % 4 * 10; /* none to 3 % */
        if (k % 3) change_some(peer, metrics, room, &random);
        if (k % 8 > 3) fill_up(peer, metrics, room);
        net_run(&n, k % 2 ? 150000 : 5000);
        assert_int_equal(net_update(port, NULL), ST_OK);
        expect_metrics(port, metrics, room);
    }
    print_message("%u packets for 100 updates\n", (unsigned)(n.sent - before));
}

/* ---- end marks ------------------------------------------------------------------------------- */

static void put_packets(struct net_port *tap, unsigned first, unsigned count)
{
    for (unsigned i = first; i < first + count; i++)
        put_response(tap, IP(10, 0, 0, 1), i * RIP_ENTRIES_MAX, RIP_ENTRIES_MAX);
}

/* Answers the last question with what was asked for. */
static void put_mark(struct net_port *tap)
{
    const struct net_kept *question = net_kept(tap, tap->kept_count - 1);
    uint8_t answer[24];

    assert_int_equal(question->size, sizeof(answer));
    memcpy(answer, question->data, sizeof(answer));
    assert_int_equal(answer[5], RIP_FAMILY_IPV4);
    assert_int_equal(answer[8], 127);
    answer[0] = RIP_RESPONSE;
    net_send(tap, IP(10, 0, 0, 1), answer, sizeof(answer));
}

/* Starts an update and expects so many packets to the neighbour: the request, and a question. */
static void ask(struct net_port *port, struct net_port *tap, unsigned packets)
{
    net_forget(tap);
    assert_int_equal(rip_protocol.do_update_routes(port->router->rip, 1), ST_OK);
    net_run(&n, 1);
    assert_int_equal(tap->count, packets);
}

static void expect_round(struct net_port *tap, unsigned packets)
{
    net_forget(tap);
    net_run(&n, 60); /* the silence, and little more: how long answers take is measured */
    assert_int_equal(tap->count, packets);
}

static bool is_over(struct net_port *port)
{
    enum protocol_event event;
    struct protocol_message m;

    if (!net_message(port->router, &event, &m)) return false;
    assert_int_equal(m.update_status, ST_OK);
    return true;
}

/* An update over two rounds, the second with a mark behind so many of its 40 packets. */
static void try_mark(struct net_port *port, struct net_port *tap, unsigned before)
{
    ask(port, tap, 1);
    put_packets(tap, 0, 40);
    expect_round(tap, 2);
    put_packets(tap, 0, before);
    put_mark(tap);
    put_packets(tap, before, 40 - before);
    assert_false(is_over(port));
    net_run(&n, 200);
    assert_true(is_over(port));
    expect_table(port, 0, 1000);
}

static void a_mark_amid_the_answer_is_not_believed(void **state)
{
    struct net_port *port;
    struct net_port *tap;

    (void)state;
    port = client(1, MASK30, NULL);
    tap = net_tap(&n, 1, IP(10, 0, 0, 2), MASK30);
    try_mark(port, tap, 39);
    ask(port, tap, 1);
    put_packets(tap, 0, 40);
    expect_round(tap, 1); /* nor is it asked for another */
    put_packets(tap, 0, 40);
    net_run(&n, 200);
    assert_true(is_over(port));
}

static void a_mark_before_the_answer_is_none(void **state)
{
    struct net_port *port;
    struct net_port *tap;

    (void)state;
    port = client(1, MASK30, NULL);
    tap = net_tap(&n, 1, IP(10, 0, 0, 2), MASK30);
    try_mark(port, tap, 0);
    ask(port, tap, 1);
}

static void a_trusted_mark_confirms_only(void **state)
{
    struct net_port *port;
    struct net_port *tap;

    (void)state;
    port = client(1, MASK30, NULL);
    tap = net_tap(&n, 1, IP(10, 0, 0, 2), MASK30);
    try_mark(port, tap, 40);
    ask(port, tap, 2);
    put_packets(tap, 0, 40);
    net_run(&n, 1);
    assert_false(is_over(port));
    put_mark(tap);
    net_run(&n, 1);
    assert_true(is_over(port));

    /* A part of the table, and the mark: not what is known, so it is waited for more. */
    ask(port, tap, 2);
    put_packets(tap, 0, 39);
    put_mark(tap);
    net_run(&n, 2);
    assert_false(is_over(port));
    put_packets(tap, 39, 2);
    expect_round(tap, 1); /* and something behind the mark: it is trusted no longer */
    put_packets(tap, 0, 41);
    net_run(&n, 200);
    assert_true(is_over(port));
    expect_table(port, 0, 1025);
}

/* The request is lost, and what is asked behind it is not. */
static void a_lost_request_costs_no_trust(void **state)
{
    struct net_port *port;
    struct net_port *tap;

    (void)state;
    port = client(1, MASK30, NULL);
    tap = net_tap(&n, 1, IP(10, 0, 0, 2), MASK30);
    try_mark(port, tap, 40);
    ask(port, tap, 2);
    put_mark(tap);
    net_run(&n, 4000);
    assert_int_equal(tap->count, 2);
    net_run(&n, 1010); /* it is asked again */
    assert_int_equal(tap->count, 4);
    put_packets(tap, 0, 40);
    put_mark(tap);
    net_run(&n, 1);
    assert_true(is_over(port));
    ask(port, tap, 2);
}

static void a_straggler_ends_the_trust(void **state)
{
    struct net_port *port;
    struct net_port *tap;

    (void)state;
    port = client(1, MASK30, NULL);
    tap = net_tap(&n, 1, IP(10, 0, 0, 2), MASK30);
    try_mark(port, tap, 40);
    ask(port, tap, 2);
    put_packets(tap, 0, 40);
    put_mark(tap);
    net_run(&n, 1);
    assert_true(is_over(port));
    put_mark(tap); /* a late mark is nothing */
    net_run(&n, 1);
    ask(port, tap, 2);
    put_packets(tap, 0, 40);
    put_mark(tap);
    put_packets(tap, 40, 1);
    net_run(&n, 1);
    assert_true(is_over(port));
    ask(port, tap, 1);
    put_packets(tap, 0, 41);
    expect_round(tap, 1);
    put_packets(tap, 0, 41);
    net_run(&n, 200);
    assert_true(is_over(port));
    expect_table(port, 0, 1025); /* one update later */
}

/* Of a table without room for all of it nothing is called complete; neither answer is asked for
 * again, nor is the time waited out. */
static void a_table_without_room_fails_at_once(void **state)
{
    struct net_port *port;
    msec took;

    (void)state;
    port = client(1, MASK30, NULL);
    peer_with(0, 30, 1, IP(10, 0, 0, 2), MASK30, NULL);
    net_run(&n, 60000);
    port->router->system.route_limit = 29;
    assert_int_equal(net_update(port, &took), ST_CAN_NOT_COMPLETE);
    assert_in_range(took, 0, 2);
    port->router->system.route_limit = 30;
    assert_int_equal(net_update(port, &took), ST_OK);
    expect_table(port, 0, 30);
}

/* A late timer grants one more wait, not two in a row, or a busy machine would never be done. */
static void a_timer_that_is_late_again_ends_the_wait(void **state)
{
    struct net_port *port;
    struct net_port *tap;

    (void)state;
    port = client(1, MASK24, NULL);
    tap = net_tap(&n, 1, IP(10, 0, 0, 2), MASK24);
    assert_int_equal(rip_protocol.do_update_routes(port->router->rip, 1), ST_OK);
    put_response(tap, IP(10, 0, 0, 1), 0, 25);
    net_run(&n, 1);
    net_forget(tap);
    for (unsigned jump = 0; jump < 2; jump++) {
        n.now += 3000;
        timer_run(&n.timers, n.now);
        net_run(&n, 1);
        assert_int_equal(tap->count, jump); /* the round is over: it asks again */
    }
}

/* With these numbers one datagram of 80 got lost each time, while the others came often enough to
 * be certain of any one of them. */
static void every_datagram_counts_for_certainty(void **state)
{
    unsigned complete = 0;

    (void)state;
    for (unsigned seed = 101090; seed < 101105; seed++) {
        struct rip_if_config quiet = net_config(NET_DEMAND_DIAL);
        struct net_port *port;

        net_close(&n);
        net_open(&n, seed);
        port = client(1, MASK30, NULL);
        peer_with(0, 2000, 1, IP(10, 0, 0, 2), MASK30, &quiet);
        net_run(&n, 60000);
        n.links[1].loss = 200;
        if (net_update(port, NULL) != ST_OK) continue;
        expect_table(port, 0, 2000);
        complete++;
    }
    assert_true(complete >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_table_that_did_not_change_is_asked_for_once),
        TEST(an_end_mark_spares_silence),
        TEST(a_table_that_differs_is_asked_for_twice),
        TEST(few_packets_are_asked_for_twice),
        TEST(several_neighbours_are_asked_twice),
        TEST(changes_are_followed_in_spite_of_loss),
        TEST(a_mark_amid_the_answer_is_not_believed),
        TEST(a_mark_before_the_answer_is_none),
        TEST(a_trusted_mark_confirms_only),
        TEST(a_lost_request_costs_no_trust),
        TEST(a_straggler_ends_the_trust),
        TEST(every_datagram_counts_for_certainty),
        TEST(a_table_without_room_fails_at_once),
        TEST(a_timer_that_is_late_again_ends_the_wait),
    };

    return cmocka_run_group_tests_name("rip updates again", tests, NULL, NULL);
}
