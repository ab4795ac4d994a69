/* RIPng without memory: each call all or nothing, and what a packet lost the next one brings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "protocol/ripng/config.h"
#include "sim/support/fail_alloc.h"
#include "unit/ripng/neighbour.h"

#define FIRST  0x140000u
#define ROUTES 10u

static int setup(void **state)
{
    (void)state;
    fail_alloc_begin();
    net_open6(&n, 5);
    r = net_router(&n, NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    net_close(&n);
    fail_alloc_end();
    return 0;
}

static void plug(enum net_interface_type type)
{
    port = net_plug(r, 1, US, MASK24, type, NULL);
    tap = net_tap(&n, 1, THEM, MASK24);
}

/* A call, until it has all the memory that it wants; status: what it says when it has not. How many
 * allocations it makes. */
static unsigned sweep(mpr_status (*call)(void), mpr_status status)
{
    for (unsigned k = 1;; k++) {
        size_t live = fail_alloc_live(), timers = n.timers.reserved;
        mpr_status answer_status;

        fail_alloc_at(k);
        answer_status = call();
        if (!fail_alloc_fired()) {
            assert_int_equal(answer_status, ST_OK);
            return k - 1;
        }
        assert_int_equal(answer_status, status);
        assert_int_equal(fail_alloc_live(), live);
        assert_int_equal(n.timers.reserved, timers);
    }
}

static mpr_status start(void)
{
    return ripng_protocol.start(&r->rip, &r->support, &r->system, NULL);
}

static void starting(void **state)
{
    (void)state;
    assert_int_equal(ripng_protocol.stop(r->rip), ST_OK);
    r->rip = NULL;
    assert_true(sweep(start, ST_NOT_ENOUGH_MEMORY) >= 3);
    assert_non_null(r->rip);
}

static struct rip_range6 any = {{{0}}, {{0xFF}}};

static mpr_status with_lists(mpr_status (*call)(const struct protocol_info *info))
{
    struct rip_if_config c = net_config6(NET_PERMANENT);
    struct protocol_info info = {NULL, 0, 1};
    void *block;
    mpr_status status;

    c.accept6 = c.announce6 = &any;
    c.accept_count = c.announce_count = 1;
    status = rip_form_if_encode(&ripng_form, &c, 0, true, &block, &info.size);
    if (status != ST_OK) return status;
    info.data = block;
    status = call(&info);
    mem_free(block);
    return status;
}

static mpr_status add_it(const struct protocol_info *info)
{
    return ripng_protocol.add_interface(r->rip, u"port", 1, NET_PERMANENT, info);
}

static mpr_status add(void)
{
    return with_lists(add_it);
}

static mpr_status set_it(const struct protocol_info *info)
{
    return ripng_protocol.set_interface_info(r->rip, 1, info);
}

static mpr_status set(void)
{
    return with_lists(set_it);
}

static void interfaces(void **state)
{
    (void)state;
    assert_true(sweep(add, ST_NOT_ENOUGH_MEMORY) >= 4);
    assert_int_equal(sweep(set, ST_NOT_ENOUGH_MEMORY), 3);
}

static uint8_t mib_type;

static mpr_status ask_mib(void)
{
    const uint8_t in[24] = {mib_type};
    void *out;
    size_t size;
    mpr_status status = ripng_protocol.mib_get(r->rip, 1, in, sizeof(in), &out, &size);

    if (status == ST_OK) mem_free(out);
    return status;
}

static void put_routes(uint8_t metric)
{
    answer(FIRST, ROUTES, metric);
    net_run(&n, 1);
}

static void the_mib(void **state)
{
    (void)state;
    plug(NET_PERMANENT);
    put_routes(1);
    for (mib_type = 0; mib_type < 6; mib_type++)
        assert_int_equal(sweep(ask_mib, ST_NOT_ENOUGH_MEMORY),
                         mib_type == 1 || mib_type == 3 ? 2 : 1);
}

static mpr_status update(void)
{
    return ripng_protocol.do_update_routes(r->rip, 1);
}

static void an_update(void **state)
{
    (void)state;
    plug(NET_DEMAND_DIAL);
    assert_int_equal(sweep(update, ST_CAN_NOT_COMPLETE), 1);
    net_run(&n, 100);
    assert_int_equal(tap->count, 1);
}

static void routes_are_learned_from_the_next_packet(void **state)
{
    bool fired = true;

    (void)state;
    plug(NET_PERMANENT);
    for (size_t k = 1; fired; k++) {
        fail_alloc_at(k);
        put_routes(1);
        fired = fail_alloc_fired();
        put_routes(1);
        assert_int_equal(net_learned(r, 1), ROUTES);
        for (uint32_t i = 0; i < ROUTES; i++)
            assert_int_equal(net_metric(r, (FIRST + i) << 8, MASK24), 2);
        put_routes(16);
        assert_int_equal(net_learned(r, 1), 0);
        net_run(&n, 130000);
    }
}

/* What goes needs no memory; it only is not announced. */
static void routes_go_without_memory(void **state)
{
    (void)state;
    plug(NET_PERMANENT);
    put_routes(1);
    fail_alloc_always();
    net_run(&n, 179000);
    assert_int_equal(net_learned(r, 1), ROUTES);
    net_run(&n, 1100);
    assert_int_equal(net_learned(r, 1), 0);
    fail_alloc_at(0);
}

/* Going down with a large table: what there is no memory for is told at once, or timed out. */
static void a_farewell(void **state)
{
    (void)state;
    plug(NET_PERMANENT);
    for (uint32_t k = 0; k < 2000; k++) net_static(r, (FIRST + k) << 8, MASK24, 2);
    net_run(&n, 35000);
    for (unsigned k = 1; k < 6; k++) {
        fail_alloc_at(k);
        assert_int_equal(net_status(port, RIS_DISABLED), ST_OK);
        fail_alloc_at(0);
        net_run(&n, 1000);
        assert_int_equal(net_status(port, RIS_ENABLED), ST_OK);
        net_run(&n, 1000);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(starting),
        TEST(interfaces),
        TEST(the_mib),
        TEST(an_update),
        TEST(routes_are_learned_from_the_next_packet),
        TEST(routes_go_without_memory),
        TEST(a_farewell),
    };

    return cmocka_run_group_tests_name("ripng without memory", tests, NULL, NULL);
}
