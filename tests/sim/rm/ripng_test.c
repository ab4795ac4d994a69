/* The built-in RIPng below the IPv6 router manager, without Windows: a LAN and a demand-dial
 * interface with addresses of IPv6, neighbours that the test plays, and what comes of it in table,
 * rows, stored bytes and the host's routes. */
#include "protocol/ripng/ripng.h"
#include "sim/rm/rm_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define LAN_INDEX  7u
#define DIAL_INDEX 1000u

static const struct rtm_address us = {{0xFE, 0x80, [15] = 1}}, them = {{0xFE, 0x80, [15] = 2}},
                                ours = {{0x20, 1, 0x0D, 0xB8, 0, 1, [15] = 1}},
                                group = {{0xFF, 2, [15] = 9}};
static struct fake_host f;
static struct router *r;
static struct host_adapter adapter;
static unsigned requests, starts, stops;
static uint32_t answer_with; /* routes that the neighbour tells who asks */

static struct rtm_prefix network(uint32_t n)
{
    struct rtm_prefix prefix = {{{0x20, 1, 0x0D, 0xB8, 0xFF, (uint8_t)(n >> 8), (uint8_t)n}}, 56};

    return prefix;
}

static void put_entries(struct writer *w, uint32_t first, uint32_t count, uint8_t metric)
{
    wr_be32(w, 0x02010000); /* response, version 1 */
    for (uint32_t n = first; n < first + count; n++) {
        struct rtm_prefix prefix = network(n);

        wr_bytes(w, prefix.address.octets, 16);
        wr_be16(w, 0);
        wr_u8(w, prefix.length);
        wr_u8(w, metric);
    }
}

static void tell(uint32_t host_index, uint32_t first, uint32_t count, uint8_t metric)
{
    uint8_t data[1500];
    struct protocol_datagram d = {.host_index = host_index,
                                  .ipv6 = true,
                                  .source6 = them,
                                  .destination6 = us,
                                  .source_port = RIPNG_PORT,
                                  .destination_port = RIPNG_PORT,
                                  .ttl = 255,
                                  .data = data};
    struct writer w;

    writer_init(&w, data, sizeof(data));
    put_entries(&w, first, count, metric);
    d.size = w.used;
    router_datagram(r, &d);
}

static void on_action(struct fake_host *host, const struct fake_record *record)
{
    (void)host;
    if (record->action == FAKE_LISTEN && record->ipv6) {
        starts += record->start;
        stops += !record->start;
        assert_int_equal(record->port, RIPNG_PORT);
        assert_memory_equal(&record->group6, &group, sizeof(group));
    }
    if (record->action != FAKE_SEND || !record->datagram.ipv6 || record->data[0] != 1) return;
    requests++;
    if (record->datagram.host_index == DIAL_INDEX && answer_with)
        tell(DIAL_INDEX, 0, answer_with, 1);
}

static void set_addresses(struct ip_binding *b, bool global)
{
    b->count6 = global ? 2 : 1;
    b->local6[0].address = us;
    b->local6[0].length = 64;
    b->local6[1].address = ours;
    b->local6[1].length = 48;
}

static void refresh(void)
{
    router_adapters(r, &adapter, 1);
    fake_flush(&f);
}

static handle_t32 interface_of(const char16_t *name)
{
    handle_t32 handle = 0;

    assert_int_equal(router_interface_find(r, name, false, &handle), ST_OK);
    return handle;
}

static mpr_status set_block(handle_t32 interface, struct blob *block)
{
    mpr_status status = router_iftransport_set(r, interface, TRANSPORT_IPV6, block, NULL);

    blob_free(block);
    fake_flush(&f);
    return status;
}

/* An info block of no octets would remove it; one of the global part is always complete. */
static struct blob global_block(void)
{
    static const uint8_t data[24] = {1, [4] = 1, [8] = 1, [12] = 5};

    return rm_blob(RIPNG_PROTOCOL_ID, data, sizeof(data));
}

static struct blob interface_block(bool demand)
{
    uint8_t data[84] = {[4] = 1, [8] = demand, [12] = 1, [16] = 1, [20] = 0xB0, [21] = 2};

    data[24] = 180;
    data[28] = 120;
    data[32] = 30;
    data[36] = 1;
    return rm_blob(RIPNG_PROTOCOL_ID, data, sizeof(data));
}

static int setup(void **state)
{
    struct blob global = global_block(),
                none = rm_blob(INFO_IP_INTERFACE_STATUS_INFO, "\1\0\0\0", 4);

    (void)state;
    requests = starts = stops = 0;
    answer_with = 0;
    fake_init(&f);
    f.on_action = on_action;
    r = fake_start(&f, &(struct router_config){.router_type = ROUTER_LAN | ROUTER_WAN});
    assert_int_equal(router_transport_create(r, TRANSPORT_IP, &none, NULL, NULL), ST_OK);
    assert_int_equal(router_transport_create(r, TRANSPORT_IPV6, &global, NULL, NULL), ST_OK);
    blob_free(&global);
    blob_free(&none);
    adapter = fake_adapter(u"lan", LAN_INDEX, 0x0A000001, 0xFFFFFF00);
    set_addresses(&adapter.binding, true);
    refresh();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fake_close(&f);
    return 0;
}

static void run_ripng(void)
{
    struct blob block = interface_block(false);

    assert_int_equal(set_block(interface_of(u"lan"), &block), ST_OK);
}

static const struct rtm_route *best(const struct rtm_prefix *prefix)
{
    return rtm_best_exact(router_rtm(r, TRANSPORT_IPV6), prefix);
}

static void subnets_are_local_routes(void **state)
{
    struct rtm_prefix subnet = rtm_prefix_ipv6(&ours, 48), link = rtm_prefix_ipv6(&us, 64);

    (void)state;
    assert_non_null(best(&subnet));
    assert_int_equal(best(&subnet)->protocol, ROUTE_PROTO_LOCAL);
    assert_null(best(&link));
    adapter.up = false;
    refresh();
    assert_null(best(&subnet));
}

static void it_listens_asks_and_learns(void **state)
{
    struct rtm_prefix far = network(3);

    (void)state;
    run_ripng();
    fake_advance(&f, 100);
    assert_int_equal(starts, 1);
    assert_int_equal(requests, 1);
    tell(LAN_INDEX, 3, 1, 4);
    assert_non_null(best(&far));
    assert_int_equal(best(&far)->metric, 5);
    assert_int_equal(best(&far)->preference, 120);
    assert_memory_equal(&best(&far)->next_hop, &them, sizeof(them));
    fake_advance(&f, 181000);
    assert_null(best(&far));
}

/* Of one number, but of another family: nothing to the IPv6 router manager, nor the other way. */
static void families_are_kept_apart(void **state)
{
    static const uint8_t data[4] = {2, 1};
    struct protocol_datagram d = {.host_index = LAN_INDEX,
                                  .source = 0x0A000009,
                                  .destination = 0x0A000001,
                                  .source_port = RIPNG_PORT,
                                  .destination_port = RIPNG_PORT,
                                  .ttl = 255,
                                  .data = data,
                                  .size = sizeof(data)};

    (void)state;
    run_ripng();
    router_datagram(r, &d);
    assert_int_equal(rtm_destination_count(router_rtm(r, TRANSPORT_IP)), 1);
    assert_int_equal(rtm_destination_count(router_rtm(r, TRANSPORT_IPV6)), 1);
}

/* A temporary address comes and goes: RIPng starts anew with it, and IP goes on. */
static void addresses_of_ipv6_change(void **state)
{
    struct rtm_prefix subnet = rtm_prefix_ipv6(&ours, 48), far = network(1);
    uint64_t serial;

    (void)state;
    run_ripng();
    tell(LAN_INDEX, 1, 1, 1);
    serial = rtm_serial(router_rtm(r, TRANSPORT_IP));
    set_addresses(&adapter.binding, false);
    refresh();
    assert_null(best(&subnet));
    fake_advance(&f, 100);
    assert_null(best(&far));
    assert_int_equal(starts, 2);
    assert_int_equal(stops, 1);
    assert_int_equal(requests, 2);
    assert_true(serial == rtm_serial(router_rtm(r, TRANSPORT_IP)));
    refresh(); /* as before */
    assert_int_equal(starts, 2);
}

static void a_lan_without_ipv4(void **state)
{
    (void)state;
    run_ripng();
    adapter.binding.count = 0;
    refresh();
    tell(LAN_INDEX, 1, 1, 1);
    fake_advance(&f, 100);
    assert_int_equal(rtm_destination_count(router_rtm(r, TRANSPORT_IP)), 0);
    assert_int_equal(rtm_destination_count(router_rtm(r, TRANSPORT_IPV6)), 2);
    adapter.binding.count6 = 0;
    refresh();
    fake_advance(&f, 100);
    assert_int_equal(rtm_destination_count(router_rtm(r, TRANSPORT_IPV6)), 0);
    assert_int_equal(starts, stops);
}

static void learned_routes_are_the_hosts(void **state)
{
    struct host_route routes[8];
    struct rtm_prefix far = network(3);

    (void)state;
    run_ripng();
    assert_int_equal(router_host_routes_begin(r), ST_OK);
    while (router_host_routes_next(r, routes, 8)) continue;
    tell(LAN_INDEX, 3, 1, 4);
    assert_int_equal(router_host_routes_next(r, routes, 8), 1);
    assert_int_equal(routes[0].transport, TRANSPORT_IPV6);
    assert_true(routes[0].wanted);
    assert_int_equal(routes[0].host_index, LAN_INDEX);
    assert_memory_equal(&routes[0].prefix.address, &far.address, sizeof(far.address));
    assert_memory_equal(&routes[0].next_hop, &them, sizeof(them));
    router_host_routes_end(r);
}

/* ---- autostatic updates ---------------------------------------------------------------------- */

static handle_t32 dial(void)
{
    struct ip_binding b = {.mtu = 1400, .host_index = DIAL_INDEX};
    struct blob block = interface_block(true);
    handle_t32 handle = fake_demand_dial(&f, u"branch", DIALER_HOST, 0);

    set_addresses(&b, false);
    assert_int_equal(router_iftransport_add(r, handle, TRANSPORT_IPV6, &block, NULL), ST_OK);
    blob_free(&block);
    assert_int_equal(router_interface_set_stored(r, handle, true), ST_OK);
    assert_int_equal(router_interface_connect(r, handle, NULL), ST_PENDING);
    fake_flush(&f);
    fake_answer_dial(&f, ST_OK, &b);
    fake_forget(&f);
    return handle;
}

static size_t rows_of(handle_t32 handle, struct route_row **ret)
{
    const struct blob *info;
    struct info_view view;
    size_t count;

    assert_int_equal(router_iftransport_get(r, handle, TRANSPORT_IPV6, &info), ST_OK);
    assert_int_equal(info_open(&view, info->data, info->size), ST_OK);
    assert_int_equal(route_rows_read(&view, ret, &count), ST_OK);
    return count;
}

static void an_update_makes_rows_of_ipv6(void **state)
{
    static const uint32_t sizes[] = {1, 70, 71, 72, 0};
    handle_t32 handle = dial();

    (void)state;
    for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
        struct request request = {0};
        struct route_row *rows;

        answer_with = sizes[k];
        if (!answer_with) continue;
        assert_int_equal(router_update_routes(r, handle, TRANSPORT_IPV6, &request), ST_PENDING);
        fake_advance(&f, 30000);
        assert_true(request.completed);
        assert_int_equal(request.status, ST_OK);
        assert_int_equal(rows_of(handle, &rows), sizes[k]);
        for (uint32_t n = 0; n < sizes[k]; n++) {
            struct rtm_prefix prefix = network(n);

            assert_int_equal(rows[n].v4, 0);
            assert_int_equal(rows[n].proto, ROUTE_PROTO_NT_AUTOSTATIC);
            assert_int_equal(rows[n].prefix6_length, 56);
            assert_memory_equal(rows[n].prefix6, prefix.address.octets, 16);
            assert_memory_equal(rows[n].next_hop6, them.octets, 16);
            assert_int_equal(rows[n].metric6, 2);
            assert_int_equal(best(&prefix)->protocol, ROUTE_PROTO_NT_AUTOSTATIC);
        }
        mem_free(rows);
    }
    assert_int_equal(fake_last(&f, FAKE_STORE)->transport, TRANSPORT_IPV6);
}

static void a_silent_neighbour(void **state)
{
    handle_t32 handle = dial();
    struct request request = {0};
    struct route_row *rows;

    (void)state;
    answer_with = 9;
    assert_int_equal(router_update_routes(r, handle, TRANSPORT_IPV6, NULL), ST_PENDING);
    fake_advance(&f, 30000);
    answer_with = 0;
    assert_int_equal(router_update_routes(r, handle, TRANSPORT_IPV6, &request), ST_PENDING);
    fake_advance(&f, 60000);
    assert_true(request.completed);
    assert_int_equal(request.status, ST_CAN_NOT_COMPLETE);
    assert_int_equal(rows_of(handle, &rows), 9);
    mem_free(rows);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(subnets_are_local_routes),     TEST(it_listens_asks_and_learns),
        TEST(families_are_kept_apart),      TEST(addresses_of_ipv6_change),
        TEST(a_lan_without_ipv4),           TEST(learned_routes_are_the_hosts),
        TEST(an_update_makes_rows_of_ipv6), TEST(a_silent_neighbour),
    };

    return cmocka_run_group_tests_name("ripng below the router", tests, NULL, NULL);
}
