/* A router that is about to end: RIP tells its neighbours first, with links and sockets there, what
 * would notice that RIP goes ends before, and a router without RIP is left alone. */
#include "protocol/rip/config.h"
#include "protocol/rip/rip.h"
#include "sim/rm/rm_test.h"
#include "router/rm/rm.h"
#include "sim/support/fail_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define MANY         3000u /* several portions of RIP's */
#define ENTRY        20u
#define HEADER       4u
#define UNREACHABLE  16u
#define LAST_WORD_MS ((msec)2000)

static struct rm_test t;

/* RIP that announces on the dial interface, to which so many static routes lead. */
static void open_rip(uint32_t routes)
{
    struct route_row rows[MANY];
    struct rip_global_config global;
    struct rip_if_config config;
    void *block;
    size_t size;

    rm_open(&t);
    for (uint32_t n = 0; n < routes; n++)
        rows[n] = rm_row(ROUTE_PROTO_NT_STATIC, 0x14000000u + (n << 8), 0xFFFFFF00u, 0x0A090002u);
    rm_set_rows(&t, rows, routes);
    assert_int_equal(rip_global_decode(&global, NULL), ST_OK);
    assert_int_equal(rip_global_encode(&global, &block, &size), ST_OK);
    assert_int_equal(rm_set_global(&t, ROUTE_PROTO_RIP, block, (uint32_t)size, NULL), ST_OK);
    mem_free(block);
    assert_int_equal(rip_if_decode(&config, NET_DEMAND_DIAL, NULL), ST_OK);
    config.update_mode = RIP_PERIODIC;
    assert_int_equal(rip_if_encode(&config, 0, true, &block, &size), ST_OK);
    assert_int_equal(rm_set_info(&t, ROUTE_PROTO_RIP, block, (uint32_t)size, NULL), ST_OK);
    mem_free(block);
    fake_flush(&t.f);
    fake_advance(&t.f, 5000);
    fake_forget(&t.f);
}

static bool last_word(void)
{
    bool said = router_last_word(t.r);

    fake_flush(&t.f);
    return said;
}

/* Destinations that neighbours were told to be unreachable. */
static uint32_t told(void)
{
    const struct fake_record *record;
    uint32_t count = 0;

    for (size_t n = 0; (record = fake_nth(&t.f, FAKE_SEND, n)) != NULL; n++) {
        for (size_t at = HEADER; at + ENTRY <= record->size; at += ENTRY)
            count += record->data[at + ENTRY - 1] == UNREACHABLE;
    }
    return count;
}

static void a_small_table_is_told_at_once(void **state)
{
    (void)state;
    open_rip(100);
    assert_true(last_word());
    assert_int_equal(told(), 100);
    assert_true(last_word());
    assert_int_equal(told(), 100);
    assert_int_equal(fake_state(&t.f, t.dial), IF_CONNECTED);
    rm_close(&t);
}

/* By timers, while the table is as it was. */
static void a_large_table_takes_its_time(void **state)
{
    size_t routes;

    (void)state;
    open_rip(MANY);
    routes = rtm_route_count(router_rtm(t.r, TRANSPORT_IP));
    assert_false(last_word());
    assert_in_range(told(), 100, MANY - 1);
    fake_advance(&t.f, 10);
    assert_true(last_word());
    assert_int_equal(told(), MANY);
    assert_int_equal(rtm_route_count(router_rtm(t.r, TRANSPORT_IP)), routes);
    rm_close(&t);
}

static void nobody_waits_for_ever(void **state)
{
    (void)state;
    fail_alloc_begin();
    open_rip(MANY);
    assert_false(last_word());
    router_set_now(t.r, router_now(t.r) + LAST_WORD_MS - 1);
    assert_false(last_word());
    router_set_now(t.r, router_now(t.r) + 1);
    assert_true(last_word());
    assert_in_range(told(), 100, MANY - 1);
    rm_close(&t);
    fail_alloc_end();
}

/* A link goes when what is to be told there has been. */
static void links_stay_until_then(void **state)
{
    (void)state;
    open_rip(MANY);
    assert_false(router_wind_down(t.r));
    fake_flush(&t.f);
    assert_int_equal(fake_state(&t.f, t.dial), IF_CONNECTED);
    fake_advance(&t.f, 10);
    assert_true(router_wind_down(t.r));
    fake_flush(&t.f);
    assert_int_not_equal(fake_state(&t.f, t.dial), IF_CONNECTED);
    assert_int_equal(told(), MANY);
    rm_close(&t);
}

static void what_notices_rip_ends_before(void **state)
{
    struct request request = {0};
    struct host_route route;

    (void)state;
    open_rip(10);
    assert_int_equal(router_host_routes_begin(t.r), ST_OK);
    while (router_host_routes_next(t.r, &route, 1)) continue;
    assert_int_equal(router_update_routes(t.r, t.dial, TRANSPORT_IP, &request), ST_PENDING);
    rm_learn(&t, 0x15000000u, 0xFFFFFF00u, 1);
    assert_true(last_word());
    assert_true(request.completed);
    assert_int_equal(request.status, ST_ROUTER_STOPPED);
    assert_int_equal(router_host_routes_next(t.r, &route, 1), 0);
    assert_int_equal(router_host_routes_begin(t.r), ST_ROUTER_STOPPED);
    rm_close(&t);
}

static void a_router_without_rip_goes_on(void **state)
{
    struct request request = {0};
    struct host_route route;

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING | PROTOCOL_DEMAND_UPDATE_ROUTES);
    assert_int_equal(router_host_routes_begin(t.r), ST_OK);
    assert_int_equal(router_update_routes(t.r, t.dial, TRANSPORT_IP, &request), ST_PENDING);
    fake_flush(&t.f);
    assert_true(last_word());
    assert_false(request.completed);
    assert_int_equal(router_host_routes_next(t.r, &route, 1), 1);
    rm_update_complete(&t, t.index, PROTOCOL_DEMAND_UPDATE_ROUTES, ST_OK);
    assert_int_equal(request.status, ST_OK);
    rm_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_table_is_told_at_once),
        cmocka_unit_test(a_large_table_takes_its_time),
        cmocka_unit_test(nobody_waits_for_ever),
        cmocka_unit_test(links_stay_until_then),
        cmocka_unit_test(what_notices_rip_ends_before),
        cmocka_unit_test(a_router_without_rip_goes_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
