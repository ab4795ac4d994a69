/* Router managers, and transports on interfaces: every code, and what blocks do. */
#include "sim/rm/rm_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define NET  0xC6336400u /* 198.51.100.0 */
#define MASK 0xFFFFFF00u
#define PEER 0x0A090002u

static void create_codes(void **state)
{
    struct fake_host f;
    struct router *r = fake_open(&f, ROUTER_LAN | ROUTER_WAN);
    struct blob good = rm_blob(INFO_IP_GLOBAL_INFO, "\0\0\0\0\0\0\0\0", 8);
    struct blob empty = {good.data, 0}, cut = {good.data, 20}, longer = good;
    uint8_t padded[200] = {0};
    const struct blob *global, *client;

    (void)state;
    memcpy(padded, good.data, good.size);
    longer.data = padded;
    longer.size = sizeof(padded);
    assert_int_equal(router_transport_create(r, TRANSPORT_IP, NULL, NULL, NULL),
                     ST_INVALID_PARAMETER);
    assert_int_equal(router_transport_create(r, TRANSPORT_IP, &empty, NULL, NULL),
                     ST_INVALID_PARAMETER);
    assert_int_equal(router_transport_create(r, TRANSPORT_IP, &cut, NULL, NULL), ST_INVALID_DATA);
    assert_int_equal(router_transport_create(r, TRANSPORT_IP, &good, &cut, NULL), ST_INVALID_DATA);
    assert_int_equal(router_transport_create(r, TRANSPORT_IPX, &good, NULL, NULL),
                     ST_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(router_transport_set(r, TRANSPORT_IP, &good, NULL, NULL),
                     ST_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(router_transport_get(r, TRANSPORT_IP, &global, &client),
                     ST_UNKNOWN_PROTOCOL_ID);
    assert_false(router_transport_installed(r, TRANSPORT_IP));
    assert_null(router_rtm(r, TRANSPORT_IP));

    assert_int_equal(router_transport_create(r, TRANSPORT_IP, &longer, NULL, NULL), ST_OK);
    assert_int_equal(router_transport_create(r, TRANSPORT_IP, &good, NULL, NULL),
                     ST_PROTOCOL_ALREADY_INSTALLED);
    assert_int_equal(router_transport_create(r, TRANSPORT_IPV6, NULL, &good, NULL), ST_OK);
    assert_int_equal(router_transport_get(r, TRANSPORT_IP, &global, &client), ST_OK);
    assert_int_equal(global->size, good.size); /* what the header says, not what was passed */
    assert_memory_equal(global->data, good.data, good.size);
    assert_int_equal(client->size, 0);
    assert_int_equal(router_transport_set(r, TRANSPORT_IP, NULL, NULL, NULL), ST_INVALID_PARAMETER);
    assert_int_equal(router_transport_set(r, TRANSPORT_IP, &cut, NULL, NULL), ST_INVALID_DATA);
    assert_int_equal(router_transport_set(r, TRANSPORT_IP, NULL, &good, NULL), ST_OK);
    assert_int_equal(client->size, good.size);
    blob_free(&good);
    fake_close(&f);
}

static void iftransport_codes(void **state)
{
    struct rm_test t;
    struct blob good = rm_blob(INFO_IP_INTERFACE_STATUS_INFO, "\1\0\0\0", 4);
    struct blob rows = rm_blob(INFO_IP_ROUTE_INFO, "123456", 6), cut = {good.data, 20};
    const struct blob *info;
    handle_t32 other;

    (void)state;
    rm_open(&t);
    other = fake_demand_dial(&t.f, u"Other", DIALER_SCRIPTED, 0);
    assert_int_equal(router_iftransport_add(t.r, 0, TRANSPORT_IP, &good, NULL), ST_INVALID_HANDLE);
    assert_int_equal(router_iftransport_add(t.r, other, TRANSPORT_IPV6, &good, NULL),
                     ST_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(router_iftransport_add(t.r, other, TRANSPORT_IP, NULL, NULL),
                     ST_INVALID_PARAMETER);
    assert_int_equal(router_iftransport_add(t.r, other, TRANSPORT_IP, &cut, NULL), ST_INVALID_DATA);
    assert_int_equal(router_iftransport_add(t.r, other, TRANSPORT_IP, &rows, NULL),
                     ST_INVALID_DATA);
    assert_int_equal(router_iftransport_get(t.r, other, TRANSPORT_IP, &info), ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_iftransport_set(t.r, other, TRANSPORT_IP, &good, NULL),
                     ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_iftransport_remove(t.r, other, TRANSPORT_IP), ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_iftransport_add(t.r, other, TRANSPORT_IP, &good, NULL), ST_OK);
    assert_int_equal(router_iftransport_add(t.r, other, TRANSPORT_IP, &good, NULL),
                     ST_PROTOCOL_ALREADY_INSTALLED);

    assert_int_equal(router_iftransport_set(t.r, 0, TRANSPORT_IP, &good, NULL), ST_INVALID_HANDLE);
    assert_int_equal(router_iftransport_set(t.r, other, TRANSPORT_IPV6, &good, NULL),
                     ST_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(router_iftransport_set(t.r, other, TRANSPORT_IP, NULL, NULL),
                     ST_INVALID_PARAMETER);
    assert_int_equal(router_iftransport_set(t.r, other, TRANSPORT_IP, &rows, NULL),
                     ST_INVALID_DATA);
    assert_int_equal(router_iftransport_get(t.r, 0, TRANSPORT_IP, &info), ST_INVALID_HANDLE);
    assert_int_equal(router_iftransport_get(t.r, other, TRANSPORT_IPV6, &info),
                     ST_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(router_iftransport_get(t.r, other, TRANSPORT_IP, &info), ST_OK);
    assert_memory_equal(info->data, good.data, good.size);

    assert_int_equal(router_iftransport_remove(t.r, 0, TRANSPORT_IP), ST_INVALID_HANDLE);
    assert_int_equal(router_iftransport_remove(t.r, t.dial, TRANSPORT_IPV6),
                     ST_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(router_iftransport_remove(t.r, t.dial, TRANSPORT_IP), ST_INTERFACE_CONNECTED);
    assert_int_equal(router_iftransport_remove(t.r, other, TRANSPORT_IP), ST_OK);
    assert_int_equal(router_iftransport_remove(t.r, other, TRANSPORT_IP), ST_NO_SUCH_INTERFACE);
    rm_close(&t);
    blob_free(&good);
    blob_free(&rows);
}

static void info_of_a_disabled_interface_is_refused(void **state)
{
    struct rm_test t;
    const struct blob *info;

    (void)state;
    rm_open(&t);
    assert_int_equal(router_interface_set(t.r, t.dial, false, true, NULL), ST_OK);
    assert_int_equal(router_iftransport_get(t.r, t.dial, TRANSPORT_IP, &info), ST_INVALID_HANDLE);
    assert_int_equal(router_interface_set(t.r, t.dial, true, true, NULL), ST_OK);
    assert_int_equal(router_iftransport_get(t.r, t.dial, TRANSPORT_IP, &info), ST_OK);
    rm_close(&t);
}

/* Blocks that nobody here knows are kept as they are; a zero-length one takes its block away. */
static void set_is_block_by_block(void **state)
{
    struct rm_test t;
    const struct blob *info;
    struct info_block block;

    (void)state;
    rm_open(&t);
    assert_int_equal(rm_set_info(&t, 0x0137000E, "bgp", 3, NULL), ST_OK);
    assert_int_equal(router_iftransport_get(t.r, t.dial, TRANSPORT_IP, &info), ST_OK);
    assert_int_equal(info_blob_find(info, INFO_IP_INTERFACE_STATUS_INFO, &block), ST_OK);
    assert_int_equal(info_blob_find(info, 0x0137000E, &block), ST_OK);
    assert_memory_equal(block.data, "bgp", 3);
    fake_flush(&t.f);
    assert_int_equal(fake_count(&t.f, FAKE_STORE), 1);
    assert_int_equal(fake_last(&t.f, FAKE_STORE)->size, info->size);

    /* No change here, but who knows what MprConfig has stored since. */
    assert_int_equal(rm_set_info(&t, 0x0137000E, "bgp", 3, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(fake_count(&t.f, FAKE_STORE), 2);
    assert_int_equal(rm_set_info(&t, 0x0137000E, NULL, 0, NULL), ST_OK);
    assert_int_equal(info_blob_find(info, 0x0137000E, &block), ST_NOT_FOUND);
    assert_int_equal(info_blob_find(info, INFO_IP_INTERFACE_STATUS_INFO, &block), ST_OK);
    rm_close(&t);
}

static void static_routes_follow_the_connection(void **state)
{
    struct rm_test t;
    struct route_row rows[3], *read;

    (void)state;
    rm_open(&t);
    rows[0] = rm_row(ROUTE_PROTO_NT_STATIC, NET, MASK, PEER);
    rows[1] = rm_row(ROUTE_PROTO_NT_STATIC_NON_DOD, NET + 256, MASK, PEER);
    rows[1].if_index = 777; /* of another interface */
    rows[2] = rm_row(ROUTE_PROTO_NT_STATIC, NET + 512, 0xFF00FF00u, PEER); /* no such mask */
    rm_set_rows(&t, rows, 3);
    assert_int_equal(rm_rows(&t, &read), 3);
    assert_int_equal(read[1].if_index, t.index);
    assert_int_equal(read[2].mask, 0xFF00FF00u);
    mem_free(read);
    assert_int_equal(rm_best(&t, NET, MASK)->preference, 3);
    assert_int_equal(rm_best(&t, NET, MASK)->protocol, ROUTE_PROTO_NT_STATIC);
    assert_int_equal(rm_best(&t, NET + 256, MASK)->preference, 5);
    assert_int_equal(rm_best(&t, 0x0A090000, MASK)->protocol, ROUTE_PROTO_LOCAL);
    assert_int_equal(rm_best(&t, 0x0A090000, MASK)->metric, 1);
    assert_int_equal(rm_best(&t, 0x0A090000, MASK)->preference, 1);
    assert_int_equal(rm_best(&t, 0x0A090000, MASK)->interface, t.index);
    assert_int_equal(rm_best(&t, PEER, UINT32_MAX)->protocol, ROUTE_PROTO_LOCAL);

    assert_int_equal(router_interface_disconnect(t.r, t.dial), ST_OK);
    assert_int_equal(rtm_route_count(router_rtm(t.r, TRANSPORT_IP)), 0);
    assert_int_equal(rm_count_rows(&t, ROUTE_PROTO_NT_STATIC), 2);
    router_interface_connect(t.r, t.dial, NULL);
    fake_advance(&t.f, 1);
    assert_int_equal(rtm_route_count(router_rtm(t.r, TRANSPORT_IP)), 4);

    rm_set_rows(&t, rows, 1); /* the second is gone from the block */
    assert_null(rm_best(&t, NET + 256, MASK));
    rows[0].metric[0] = 9;
    rm_set_rows(&t, rows, 1);
    assert_int_equal(rm_best(&t, NET, MASK)->metric, 9);
    assert_int_equal(rm_set_info(&t, INFO_IP_ROUTE_INFO, NULL, 0, NULL), ST_OK);
    assert_null(rm_best(&t, NET, MASK));
    rm_close(&t);
}

static void admin_status_switches_the_transport_off(void **state)
{
    struct rm_test t;
    struct route_row row = rm_row(ROUTE_PROTO_NT_STATIC, NET, MASK, PEER);

    (void)state;
    rm_open(&t);
    rm_set_rows(&t, &row, 1);
    assert_int_equal(rm_set_info(&t, INFO_IP_INTERFACE_STATUS_INFO, "\2\0\0\0", 4, NULL), ST_OK);
    assert_null(rm_best(&t, NET, MASK));
    assert_int_equal(router_update_routes(t.r, t.dial, TRANSPORT_IP, NULL),
                     ST_INTERFACE_NOT_CONNECTED);
    assert_int_equal(rm_set_info(&t, INFO_IP_INTERFACE_STATUS_INFO, "\1\0\0\0", 4, NULL), ST_OK);
    assert_non_null(rm_best(&t, NET, MASK));
    rm_close(&t);
}

static uint32_t preference(struct rm_test *t, uint32_t protocol_id)
{
    uint32_t ret = 0;

    assert_int_equal(router_protocol_validate(t->r, TRANSPORT_IP, protocol_id, NULL, &ret), ST_OK);
    return ret;
}

static void priorities_apply_to_routes_that_are_there(void **state)
{
    static const uint8_t list[12] = {1, 0, 0, 0, 0x16, 0x27, 0, 0, 42, 0, 0, 0}; /* 10006: 42 */
    struct rm_test t;
    struct route_row row = rm_row(ROUTE_PROTO_NT_STATIC, NET, MASK, PEER);

    (void)state;
    rm_open(&t);
    rm_set_rows(&t, &row, 1);
    fake_forget(&t.f);
    assert_int_equal(rm_set_global(&t, INFO_IP_PROT_PRIORITY_INFO, list, sizeof(list), NULL),
                     ST_OK);
    assert_int_equal(rm_best(&t, NET, MASK)->preference, 42);
    assert_int_equal(preference(&t, 10006), 42);
    assert_int_equal(preference(&t, 8), 127);
    fake_flush(&t.f);
    assert_int_equal(fake_count(&t.f, FAKE_STORE), 1);
    assert_int_equal(fake_last(&t.f, FAKE_STORE)->store, STORE_GLOBAL_INFO);
    /* A list that is shorter than it says changes nothing. */
    assert_int_equal(rm_set_global(&t, INFO_IP_PROT_PRIORITY_INFO, list, 8, NULL), ST_INVALID_DATA);
    assert_int_equal(rm_best(&t, NET, MASK)->preference, 42);
    assert_int_equal(rm_set_global(&t, INFO_IP_PROT_PRIORITY_INFO, NULL, 0, NULL), ST_OK);
    assert_int_equal(rm_best(&t, NET, MASK)->preference, 3);
    assert_int_equal(router_id(t.r), 0x0A090001);
    rm_close(&t);
}

static void lan_interfaces_get_the_transport(void **state)
{
    struct rm_test t;
    struct host_adapter a = fake_adapter(u"{LAN}", 3, 0xC0A80001, MASK);
    const struct blob *info;
    struct info_block block;
    handle_t32 lan;

    (void)state;
    rm_open(&t);
    router_adapters(t.r, &a, 1);
    fake_flush(&t.f);
    assert_int_equal(router_interface_find(t.r, u"{LAN}", false, &lan), ST_OK);
    assert_int_equal(router_iftransport_get(t.r, lan, TRANSPORT_IP, &info), ST_OK);
    assert_int_equal(info_blob_find(info, INFO_IP_INTERFACE_STATUS_INFO, &block), ST_OK);
    assert_memory_equal(block.data, "\1\0\0\0", 4);
    assert_int_equal(rm_best(&t, 0xC0A80000, MASK)->protocol, ROUTE_PROTO_LOCAL);
    a.up = false;
    router_adapters(t.r, &a, 1);
    assert_null(rm_best(&t, 0xC0A80000, MASK));
    a.up = true;
    a.binding.local[0].address = 0xC0A80101;
    router_adapters(t.r, &a, 1);
    assert_null(rm_best(&t, 0xC0A80000, MASK));
    assert_non_null(rm_best(&t, 0xC0A80100, MASK));
    rm_close(&t);
}

static void ipv6_rows_are_routes_of_the_ipv6_manager(void **state)
{
    struct rm_test t;
    struct blob b = {NULL, 0};
    struct route_row row = route_row_default(), rows[2];
    struct rtm_prefix prefix = {.length = 32};
    const struct rtm_route *route;

    (void)state;
    rm_open(&t);
    row.v4 = 0;
    row.proto = ROUTE_PROTO_NT_STATIC;
    row.prefix6[0] = 0x20;
    row.prefix6[1] = 1;
    row.prefix6[9] = 0xFF; /* past the length */
    row.prefix6_length = 32;
    row.next_hop6[0] = 0xFE;
    row.metric6 = 4;
    rows[0] = rows[1] = row;
    rows[1].prefix6_length = 80; /* longer than IPv4 has */
    rows[1].next_hop6[15] = 7;
    rows[1].metric6 = 5;
    assert_int_equal(route_rows_store(&b, ROUTE_LAYOUT_2008, rows, 2), ST_OK);
    assert_int_equal(router_transport_create(t.r, TRANSPORT_IPV6, &b, NULL, NULL), ST_OK);
    assert_int_equal(router_iftransport_add(t.r, t.dial, TRANSPORT_IPV6, &b, NULL), ST_OK);
    prefix.address.octets[0] = 0x20;
    prefix.address.octets[1] = 1;
    route = rtm_best_exact(router_rtm(t.r, TRANSPORT_IPV6), &prefix);
    assert_int_equal(route->metric, 4);
    assert_memory_equal(route->next_hop.octets, rows[0].next_hop6, 16);
    prefix.length = 80;
    prefix.address.octets[9] = 0xFF;
    route = rtm_best_exact(router_rtm(t.r, TRANSPORT_IPV6), &prefix);
    assert_non_null(route);
    assert_int_equal(route->metric, 5);
    assert_memory_equal(route->next_hop.octets, rows[1].next_hop6, 16);
    /* In the IPv4 manager the row is kept and means nothing. */
    assert_int_equal(router_iftransport_set(t.r, t.dial, TRANSPORT_IP, &b, NULL), ST_OK);
    assert_int_equal(rm_count_rows(&t, ROUTE_PROTO_NT_STATIC), 2);
    blob_free(&b);
    rm_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(create_codes),
        cmocka_unit_test(iftransport_codes),
        cmocka_unit_test(info_of_a_disabled_interface_is_refused),
        cmocka_unit_test(set_is_block_by_block),
        cmocka_unit_test(static_routes_follow_the_connection),
        cmocka_unit_test(admin_status_switches_the_transport_off),
        cmocka_unit_test(priorities_apply_to_routes_that_are_there),
        cmocka_unit_test(lan_interfaces_get_the_transport),
        cmocka_unit_test(ipv6_rows_are_routes_of_the_ipv6_manager),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
