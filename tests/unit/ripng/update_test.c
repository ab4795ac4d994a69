/* Demand updates of RIPng: ask, collect, know the end. How completeness is judged is RIP's (its own
 * tests in tests/sim/rip); here is what RIPng's packets make of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/ripng/neighbour.h"

#define FIRST 0x140000u /* network 20.0.0.0 */

static bool done;
static unsigned requests;
static struct protocol_message message;

static int setup(void **state)
{
    (void)state;
    neighbour_begin(NET_DEMAND_DIAL, NULL);
    done = false;
    requests = 0;
    return 0;
}

static void start(void)
{
    assert_int_equal(ripng_protocol.do_update_routes(r->rip, 1), ST_OK);
}

static bool over(void)
{
    enum protocol_event event;

    done = done || net_message(r, &event, &message);
    return done;
}

/* Until the update is over: each request is answered with that many networks, soon. */
static void serve(uint32_t count)
{
    msec end = n.now + 40000;

    while (!over()) {
        assert_true(n.now < end);
        if (tap->count) {
            net_forget(tap);
            answer(FIRST, count, 1);
            requests++;
        }
        net_run(&n, 5);
    }
}

/* An interface in demand mode says nothing of its own, and believes nothing unasked. */
static void it_is_quiet(void **state)
{
    (void)state;
    net_run(&n, 60000);
    assert_int_equal(tap->count, 0);
    tell_one(FIRST << 8, 1);
    assert_int_equal(net_learned(r, 1), 0);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_NOT_ASKED), 1);
}

static void an_answer_is_taken(void **state)
{
    (void)state;
    start();
    net_run(&n, 5);
    assert_int_equal(told(0).command, RIP_REQUEST);
    answer(FIRST, 20, 1);
    net_run(&n, 400);
    assert_true(over());
    assert_int_equal(message.update_status, ST_OK);
    assert_int_equal(message.interface, 1);
    assert_int_equal(net_learned(r, 1), 20);
}

/* On a link with two ends a packet that is not full is the last one: no need to wait. */
static void a_short_packet_ends_it(void **state)
{
    (void)state;
    port->binding.local6[1].length = 127;
    port->binding.local6[1].address.octets[15] = 0;
    assert_int_equal(
        ripng_protocol.interface_status(r->rip, 1, true, RIS_ADDRESS_CHANGE, &port->binding),
        ST_OK);
    start();
    net_run(&n, 5);
    answer(FIRST, 20, 1);
    net_run(&n, 2);
    assert_true(over());
    assert_int_equal(net_learned(r, 1), 20);
}

/* One that could have had room for one entry more may have had none for a next hop with it. */
static void a_packet_with_room_for_one_is_full(void **state)
{
    (void)state;
    port->binding.local6[1].length = 127;
    port->binding.local6[1].address.octets[15] = 0;
    assert_int_equal(
        ripng_protocol.interface_status(r->rip, 1, true, RIS_ADDRESS_CHANGE, &port->binding),
        ST_OK);
    start();
    serve(RIPNG_ENTRIES_MAX - 1);
    assert_int_equal(requests, 2);
    assert_int_equal(message.update_status, ST_OK);
    assert_int_equal(net_learned(r, 1), RIPNG_ENTRIES_MAX - 1);
}

/* The end of a long one is believed when it has come a second time, without loss. */
static void a_long_answer_is_verified(void **state)
{
    (void)state;
    start();
    serve(500);
    assert_int_equal(message.update_status, ST_OK);
    assert_int_equal(net_learned(r, 1), 500);
    assert_int_equal(requests, 2);
}

static void what_is_gone_goes(void **state)
{
    (void)state;
    start();
    net_run(&n, 5);
    answer(FIRST, 20, 1);
    net_run(&n, 400);
    assert_true(over());
    done = false;
    start();
    net_run(&n, 5);
    answer(FIRST, 5, 1);
    net_run(&n, 400);
    assert_true(over());
    assert_int_equal(net_learned(r, 1), 5);
}

static void without_an_answer_it_fails(void **state)
{
    (void)state;
    start();
    net_run(&n, 29000);
    assert_false(over());
    net_run(&n, 2000);
    assert_true(over());
    assert_int_equal(message.update_status, ST_CAN_NOT_COMPLETE);
    assert_int_equal(tap->count, 3);
}

/* Between two of ours. */
static void two_routers(void **state)
{
    struct net_router *other = net_router(&n, NULL);
    msec took;

    (void)state;
    net_plug(other, 1, IP(10, 0, 0, 2), MASK24, NET_PERMANENT, NULL);
    for (uint32_t k = 0; k < 1000; k++) net_static(other, (FIRST + k) << 8, MASK24, 1 + k % 14);
    net_run(&n, 5000);
    assert_int_equal(net_update(port, &took), ST_OK);
    assert_int_equal(net_learned(r, 1), 1000);
    assert_int_equal(net_metric(r, FIRST << 8, MASK24), 2);
    assert_int_equal(net_metric(r, (FIRST + 13) << 8, MASK24), 15);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, neighbour_teardown)
    const struct CMUnitTest tests[] = {
        TEST(it_is_quiet),
        TEST(an_answer_is_taken),
        TEST(a_short_packet_ends_it),
        TEST(a_packet_with_room_for_one_is_full),
        TEST(a_long_answer_is_verified),
        TEST(what_is_gone_goes),
        TEST(without_an_answer_it_fails),
        TEST(two_routers),
    };

    return cmocka_run_group_tests_name("ripng updates", tests, NULL, NULL);
}
