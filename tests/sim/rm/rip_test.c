/* The whole slice without Windows: a demand-dial interface, the built-in RIP, a neighbour that is
 * played by the test, and what comes of an update: rows, table, stored bytes. */
#include "protocol/rip/config.h"
#include "protocol/rip/rip.h"
#include "sim/rm/rm_test.h"
#include "router/rm/rm.h"
#include "sim/support/fail_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define OWN        0x0A090001u
#define PEER       0x0A090002u
#define HOST_INDEX 1000u
#define ENTRIES    25u

struct neighbour {
    struct rm_test t; /* first */
    uint32_t routes;  /* how many it has: 20.n.n.0/24 */
    uint32_t requests, listens, stops;
    bool silent;
};

static void send_packet(struct neighbour *n, uint32_t first, uint32_t count)
{
    uint8_t data[4 + 20 * ENTRIES];
    struct protocol_datagram d = {.host_index = HOST_INDEX,
                                  .source = PEER,
                                  .destination = OWN,
                                  .source_port = RIP_PORT,
                                  .destination_port = RIP_PORT,
                                  .ttl = 64,
                                  .data = data};
    struct writer w;

    writer_init(&w, data, sizeof(data));
    wr_be32(&w, 0x02020000); /* response, version 2 */
    for (uint32_t k = first; k < first + count; k++) {
        wr_be16(&w, 2);
        wr_be16(&w, 0);
        wr_be32(&w, 0x14000000u + (k << 8));
        wr_be32(&w, 0xFFFFFF00u);
        wr_be32(&w, 0);
        wr_be32(&w, 1 + k % 3);
    }
    d.size = w.used;
    router_datagram(n->t.r, &d);
}

static void on_action(struct fake_host *f, const struct fake_record *record)
{
    struct neighbour *n = CONTAINER_OF(f, struct neighbour, t.f);

    if (record->action == FAKE_LISTEN) {
        n->listens += record->start;
        n->stops += !record->start;
    }
    if (record->action != FAKE_SEND || record->data[0] != 1) return;
    n->requests++;
    assert_int_equal(record->datagram.host_index, HOST_INDEX);
    assert_int_equal(record->datagram.destination_port, RIP_PORT);
    for (uint32_t k = 0; !n->silent && k < n->routes; k += ENTRIES) {
        send_packet(n, k, n->routes - k < ENTRIES ? n->routes - k : ENTRIES);
    }
}

static void global_block(void **ret, size_t *ret_size)
{
    struct rip_global_config config;

    assert_int_equal(rip_global_decode(&config, NULL), ST_OK);
    assert_int_equal(rip_global_encode(&config, ret, ret_size), ST_OK);
    rip_global_free(&config);
}

static void interface_block(uint32_t metric, void **ret, size_t *ret_size)
{
    struct rip_if_config config;

    assert_int_equal(rip_if_decode(&config, NET_DEMAND_DIAL, NULL), ST_OK);
    config.metric = metric;
    assert_int_equal(rip_if_encode(&config, 0, true, ret, ret_size), ST_OK);
    rip_if_free(&config);
}

static mpr_status set_rip(struct rm_test *t, bool global)
{
    void *block;
    size_t size;
    mpr_status status;

    if (global) {
        global_block(&block, &size);
        status = rm_set_global(t, ROUTE_PROTO_RIP, block, (uint32_t)size, NULL);
    } else {
        interface_block(1, &block, &size);
        status = rm_set_info(t, ROUTE_PROTO_RIP, block, (uint32_t)size, NULL);
    }
    mem_free(block);
    return status;
}

static void open_rip(struct neighbour *n, uint32_t routes)
{
    memset(n, 0, sizeof(*n));
    rm_open(&n->t);
    n->t.f.on_action = on_action;
    n->routes = routes;
    assert_int_equal(set_rip(&n->t, true), ST_OK);
    assert_int_equal(set_rip(&n->t, false), ST_OK);
    fake_flush(&n->t.f);
    fake_forget(&n->t.f);
    n->requests = 0;
}

static mpr_status update(struct neighbour *n, struct request *request)
{
    mpr_status status = router_update_routes(n->t.r, n->t.dial, TRANSPORT_IP, request);

    fake_flush(&n->t.f);
    return status;
}

static void assert_table(struct neighbour *n, uint32_t routes)
{
    struct route_row *rows;

    assert_int_equal(rm_rows(&n->t, &rows), routes);
    for (uint32_t k = 0; k < routes; k++) {
        const struct rtm_route *best = rm_best(&n->t, 0x14000000u + (k << 8), 0xFFFFFF00u);

        assert_int_equal(rows[k].proto, ROUTE_PROTO_NT_AUTOSTATIC);
        assert_int_equal(rows[k].dest, 0x14000000u + (k << 8));
        assert_int_equal(rows[k].next_hop, PEER);
        assert_int_equal(rows[k].metric[0], 2 + k % 3);
        assert_int_equal(rows[k].if_index, n->t.index);
        assert_int_equal(best->protocol, ROUTE_PROTO_NT_AUTOSTATIC);
        assert_int_equal(best->metric, 2 + k % 3);
        assert_int_equal(best->preference, 7);
        assert_int_equal(rtm_ipv4(&best->next_hop), PEER);
    }
    mem_free(rows);
}

static void routes_of_a_neighbour_become_autostatic(void **state)
{
    static const uint32_t sizes[] = {1, 24, 25, 60, 1000};
    struct neighbour n;

    (void)state;
    for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
        struct request request = {0};
        const struct blob *info;

        open_rip(&n, sizes[k]);
        assert_int_equal(n.listens, 1);
        assert_int_equal(update(&n, &request), ST_PENDING);
        fake_advance(&n.t.f, 30000);
        assert_true(request.completed);
        assert_int_equal(request.status, ST_OK);
        assert_true(n.requests >= 1);
        assert_table(&n, sizes[k]);
        assert_int_equal(router_iftransport_get(n.t.r, n.t.dial, TRANSPORT_IP, &info), ST_OK);
        assert_int_equal(fake_count(&n.t.f, FAKE_STORE), 1);
        assert_int_equal(fake_last(&n.t.f, FAKE_STORE)->size, info->size);
        assert_memory_equal(fake_last(&n.t.f, FAKE_STORE)->data, info->data, info->size);
        /* What RIP learned ages; what the router manager made of it stays. */
        fake_advance(&n.t.f, (msec)3600 * 1000);
        assert_table(&n, sizes[k]);
        rm_close(&n.t);
    }
}

static void a_silent_neighbour_costs_nothing(void **state)
{
    struct neighbour n;
    struct request request = {0};

    (void)state;
    open_rip(&n, 30);
    assert_int_equal(update(&n, NULL), ST_PENDING);
    fake_advance(&n.t.f, 30000);
    assert_table(&n, 30);
    n.silent = true;
    assert_int_equal(update(&n, &request), ST_PENDING);
    fake_advance(&n.t.f, 60000);
    assert_true(request.completed);
    assert_int_equal(request.status, ST_CAN_NOT_COMPLETE);
    assert_table(&n, 30);
    rm_close(&n.t);
}

static void fewer_routes_replace_more(void **state)
{
    struct neighbour n;

    (void)state;
    open_rip(&n, 60);
    assert_int_equal(update(&n, NULL), ST_PENDING);
    fake_advance(&n.t.f, 30000);
    n.routes = 12;
    assert_int_equal(update(&n, NULL), ST_PENDING);
    fake_advance(&n.t.f, 30000);
    assert_table(&n, 12);
    assert_null(rm_best(&n.t, 0x14000000u + (40 << 8), 0xFFFFFF00u));
    rm_close(&n.t);
}

static void a_disconnect_ends_the_update(void **state)
{
    struct neighbour n;
    struct request request = {0};

    (void)state;
    open_rip(&n, 5);
    n.silent = true;
    assert_int_equal(update(&n, &request), ST_PENDING);
    assert_int_equal(router_interface_disconnect(n.t.r, n.t.dial), ST_OK);
    fake_flush(&n.t.f);
    assert_true(request.completed);
    assert_int_equal(request.status, ST_INTERFACE_NOT_CONNECTED);
    assert_int_equal(n.stops, 1);
    fake_advance(&n.t.f, 120000);
    assert_int_equal(fake_count(&n.t.f, FAKE_COMPLETE), 1);
    /* RIP's own end of the first update is not taken for that of the next. */
    n.silent = false;
    router_interface_connect(n.t.r, n.t.dial, NULL);
    fake_advance(&n.t.f, 1);
    assert_int_equal(update(&n, NULL), ST_PENDING);
    fake_advance(&n.t.f, 30000);
    assert_table(&n, 5);
    rm_close(&n.t);
}

static void a_bad_block_changes_nothing(void **state)
{
    struct neighbour n;
    uint32_t before;
    void *block;
    size_t size;

    (void)state;
    open_rip(&n, 5);
    before = rm_fingerprint(&n.t);
    assert_int_equal(rm_set_info(&n.t, ROUTE_PROTO_RIP, "bad", 3, NULL), ST_INVALID_PARAMETER);
    assert_int_equal(rm_set_global(&n.t, ROUTE_PROTO_RIP, "bad", 3, NULL), ST_INVALID_PARAMETER);
    assert_int_equal(rm_fingerprint(&n.t), before);
    interface_block(3, &block, &size);
    assert_int_equal(rm_set_info(&n.t, ROUTE_PROTO_RIP, block, (uint32_t)size, NULL), ST_OK);
    mem_free(block);
    assert_int_not_equal(rm_fingerprint(&n.t), before);
    assert_int_equal(rm_set_info(&n.t, ROUTE_PROTO_RIP, NULL, 0, NULL), ST_OK);
    assert_int_equal(update(&n, NULL), ST_PENDING);
    assert_int_equal(rm_set_global(&n.t, ROUTE_PROTO_RIP, NULL, 0, NULL), ST_OK);
    assert_null(rm_find(n.t.r, TRANSPORT_IP)->protocols);
    rm_close(&n.t);
}

/* RIP that is started last finds the interfaces that have a block for it. */
static void started_last(void **state)
{
    struct neighbour n;

    (void)state;
    memset(&n, 0, sizeof(n));
    rm_open(&n.t);
    n.t.f.on_action = on_action;
    n.routes = 7;
    assert_int_equal(set_rip(&n.t, false), ST_OK);
    assert_int_equal(set_rip(&n.t, true), ST_OK);
    fake_flush(&n.t.f);
    assert_int_equal(n.listens, 1);
    assert_int_equal(update(&n, NULL), ST_PENDING);
    fake_advance(&n.t.f, 30000);
    assert_table(&n, 7);
    rm_close(&n.t);
}

/* A datagram on an adapter that no interface uses goes nowhere. */
static void stray_datagrams(void **state)
{
    struct neighbour n;
    struct protocol_datagram d = {
        .host_index = 4711, .source = PEER, .destination_port = RIP_PORT, .data = "x", .size = 1};

    (void)state;
    open_rip(&n, 1);
    router_datagram(n.t.r, &d);
    d.host_index = HOST_INDEX;
    router_datagram(n.t.r, &d);
    assert_int_equal(rm_count_rows(&n.t, ROUTE_PROTO_NT_AUTOSTATIC), 0);
    rm_close(&n.t);
}

/* Each owner of timers gives back the room for them: interfaces, transports and protocols. */
static void what_is_gone_has_no_room_for_timers(void **state)
{
    struct blob info = rm_blob(INFO_IP_INTERFACE_STATUS_INFO, "\1\0\0\0", 4);
    struct neighbour n;
    const struct timer_heap *timers;
    size_t with_rip, without;
    handle_t32 other;

    (void)state;
    open_rip(&n, 0);
    timers = &n.t.r->timers;
    with_rip = timers->reserved;
    other = fake_demand_dial(&n.t.f, u"Other", DIALER_SCRIPTED, 0);
    assert_int_equal(router_iftransport_add(n.t.r, other, TRANSPORT_IP, &info, NULL), ST_OK);
    assert_int_equal(timers->reserved, with_rip + 2);
    assert_int_equal(router_iftransport_remove(n.t.r, other, TRANSPORT_IP), ST_OK);
    assert_int_equal(router_interface_delete(n.t.r, other), ST_OK);
    assert_int_equal(timers->reserved, with_rip);

    assert_int_equal(rm_set_info(&n.t, ROUTE_PROTO_RIP, NULL, 0, NULL), ST_OK);
    without = timers->reserved;
    assert_true(without < with_rip);
    assert_int_equal(set_rip(&n.t, false), ST_OK);
    assert_int_equal(timers->reserved, with_rip);
    assert_int_equal(rm_set_info(&n.t, ROUTE_PROTO_RIP, NULL, 0, NULL), ST_OK);
    assert_int_equal(rm_set_global(&n.t, ROUTE_PROTO_RIP, NULL, 0, NULL), ST_OK);
    fake_flush(&n.t.f);
    assert_int_equal(timers->reserved, 2); /* of the interface, and of its transport */
    assert_int_equal(set_rip(&n.t, true), ST_OK);
    fake_flush(&n.t.f);
    assert_int_equal(timers->reserved, without);
    rm_close(&n.t);
    blob_free(&info);
}

/* An update that runs ends with the router, and what RIP had to say of it goes, too. */
static void nothing_is_left_of_a_router_that_ends_during_an_update(void **state)
{
    struct neighbour n;
    struct request request = {0};

    (void)state;
    fail_alloc_begin();
    open_rip(&n, 3);
    n.silent = true;
    assert_int_equal(update(&n, &request), ST_PENDING);
    rm_close(&n.t);
    assert_true(request.completed);
    assert_int_equal(request.status, ST_ROUTER_STOPPED);
    fail_alloc_end();
}

/* With more routes than are deleted at once. */
static void open_large(struct neighbour *n)
{
    open_rip(n, 3000);
    assert_int_equal(update(n, NULL), ST_PENDING);
    fake_advance(&n->t.f, 30000);
    assert_table(n, 3000);
}

static mpr_status remove_rip(struct neighbour *n)
{
    return rm_set_global(&n->t, ROUTE_PROTO_RIP, NULL, 0, NULL);
}

static void rip_may_start_again_while_it_stops(void **state)
{
    struct neighbour n;
    size_t reserved;

    (void)state;
    open_large(&n);
    reserved = n.t.r->timers.reserved;
    assert_int_equal(remove_rip(&n), ST_OK);
    assert_int_equal(set_rip(&n.t, true), ST_OK);
    fake_flush(&n.t.f);
    assert_true(n.t.r->timers.reserved > reserved); /* the one that stops has some yet */
    n.routes = 12;
    assert_int_equal(update(&n, NULL), ST_PENDING);
    fake_advance(&n.t.f, 30000);
    assert_table(&n, 12);
    assert_int_equal(n.t.r->timers.reserved, reserved);
    rm_close(&n.t);
}

/* Whether RIP has to do yet, or has done it. */
static void nothing_is_left_of_a_router_that_ends_while_rip_stops(void **state)
{
    struct neighbour n;

    (void)state;
    for (msec wait = 0; wait < 2; wait++) {
        fail_alloc_begin();
        open_large(&n);
        assert_int_equal(remove_rip(&n), ST_OK);
        fake_advance(&n.t.f, wait);
        rm_close(&n.t);
        fail_alloc_end();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_gone_has_no_room_for_timers),
        cmocka_unit_test(nothing_is_left_of_a_router_that_ends_during_an_update),
        cmocka_unit_test(rip_may_start_again_while_it_stops),
        cmocka_unit_test(nothing_is_left_of_a_router_that_ends_while_rip_stops),
        cmocka_unit_test(routes_of_a_neighbour_become_autostatic),
        cmocka_unit_test(a_silent_neighbour_costs_nothing),
        cmocka_unit_test(fewer_routes_replace_more),
        cmocka_unit_test(a_disconnect_ends_the_update),
        cmocka_unit_test(a_bad_block_changes_nothing),
        cmocka_unit_test(started_last),
        cmocka_unit_test(stray_datagrams),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
