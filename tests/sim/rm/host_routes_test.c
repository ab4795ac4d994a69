/* What the host's own table is to have: all best routes when it begins, then what changes, each
 * destination as it is when it is asked for. */
#include "sim/rm/rm_test.h"
#include "router/dim/interface.h"
#include "sim/support/fail_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define BRANCH 0x0A140000u /* 10.20.0.0 */
#define PEER   0x0A090002u /* within the dial interface's subnet, 10.9.0.0/24 */

static struct host_route taken[64];

/* All that there is, in portions of two. */
static size_t take_all(struct rm_test *t)
{
    size_t count = 0, n;

    do {
        n = router_host_routes_next(t->r, taken + count, 2);
        count += n;
    } while (n == 2);
    return count;
}

/* The last word on a prefix. */
static const struct host_route *find(size_t count, uint32_t address, uint8_t length)
{
    struct rtm_prefix prefix = rtm_prefix_ipv4(address, rtm_length_mask(length));

    while (count-- > 0) {
        if (taken[count].prefix.length == length &&
            !memcmp(&taken[count].prefix.address, &prefix.address, sizeof(prefix.address)))
            return &taken[count];
    }
    return NULL;
}

static void set_static(struct rm_test *t, uint32_t count, uint32_t next_hop)
{
    struct route_row rows[16];

    for (uint32_t n = 0; n < count; n++)
        rows[n] = rm_row(ROUTE_PROTO_NT_STATIC, BRANCH + (n << 8), 0xFFFFFF00u, next_hop);
    rm_set_rows(t, rows, count);
}

static uint32_t host_index_of(struct rm_test *t)
{
    return interface_by_index(t->r, t->index)->binding.host_index;
}

static void test_nothing_without_a_host(void **state)
{
    struct rm_test t;

    (void)state;
    rm_open(&t);
    set_static(&t, 3, PEER);
    assert_int_equal(fake_count(&t.f, FAKE_ROUTES_CHANGED), 0);
    assert_int_equal(take_all(&t), 0);
    rm_close(&t);
}

static void test_all_then_changes(void **state)
{
    const struct host_route *found;
    struct rm_test t;
    size_t count;

    (void)state;
    rm_open(&t);
    set_static(&t, 5, PEER);
    assert_int_equal(router_host_routes_begin(t.r), ST_OK);
    count = take_all(&t);
    for (uint32_t n = 0; n < 5; n++) {
        found = find(count, BRANCH + (n << 8), 24);
        assert_non_null(found);
        assert_true(found->wanted && !found->on_link && found->transport == TRANSPORT_IP);
        assert_int_equal(rtm_ipv4(&found->next_hop), PEER);
        assert_int_equal(found->host_index, host_index_of(&t));
        assert_int_equal(found->metric, 1);
    }
    /* The subnet of the link is the host's own matter. */
    found = find(count, 0x0A090000u, 24);
    assert_true(!found || !found->wanted);
    assert_int_equal(fake_count(&t.f, FAKE_ROUTES_CHANGED), 0);

    set_static(&t, 4, PEER);
    assert_int_equal(fake_count(&t.f, FAKE_ROUTES_CHANGED), 1);
    count = take_all(&t);
    assert_int_equal(count, 1);
    found = find(count, BRANCH + (4u << 8), 24);
    assert_false(found->wanted);
    assert_int_equal(take_all(&t), 0);
    rm_close(&t);
}

static void test_interface_goes(void **state)
{
    struct rm_test t;
    size_t count;

    (void)state;
    rm_open(&t);
    set_static(&t, 3, PEER);
    assert_int_equal(router_host_routes_begin(t.r), ST_OK);
    (void)take_all(&t);
    assert_int_equal(router_interface_disconnect(t.r, t.dial), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(fake_count(&t.f, FAKE_ROUTES_CHANGED), 1);
    count = take_all(&t);
    for (uint32_t n = 0; n < 3; n++) assert_false(find(count, BRANCH + (n << 8), 24)->wanted);
    router_interface_connect(t.r, t.dial, NULL);
    fake_advance(&t.f, 1);
    count = take_all(&t);
    for (uint32_t n = 0; n < 3; n++) assert_true(find(count, BRANCH + (n << 8), 24)->wanted);
    rm_close(&t);
}

/* Beyond the subnet, the interface's own address, and none. */
static void test_next_hops(void **state)
{
    static const struct {
        uint32_t given, taken;
        bool on_link;
    } rows[] = {{PEER, PEER, false},
                {0x0A630001u, 0x0A630001u, true},
                {0x0A090001u, 0, false},
                {0, 0, false}};
    struct rm_test t;

    (void)state;
    rm_open(&t);
    assert_int_equal(router_host_routes_begin(t.r), ST_OK);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const struct host_route *found;
        size_t count;

        set_static(&t, 1, rows[i].given);
        count = take_all(&t);
        found = find(count, BRANCH, 24);
        assert_true(found && found->wanted);
        assert_int_equal(rtm_ipv4(&found->next_hop), rows[i].taken);
        assert_int_equal(found->on_link, rows[i].on_link);
    }
    rm_close(&t);
}

/* A change behind the walk comes again, and the last word is right. */
static void test_change_while_walking(void **state)
{
    struct rm_test t;
    size_t count;

    (void)state;
    rm_open(&t);
    set_static(&t, 8, PEER);
    assert_int_equal(router_host_routes_begin(t.r), ST_OK);
    count = router_host_routes_next(t.r, taken, 4);
    assert_int_equal(count, 4);
    set_static(&t, 2, 0x0A090009u);
    do {
        size_t n = router_host_routes_next(t.r, taken + count, 1);
        if (!n) break;
        count += n;
    } while (count < 64);
    for (uint32_t n = 0; n < 8; n++) {
        const struct host_route *found = find(count, BRANCH + (n << 8), 24);
        assert_true(n < 2 ? found && found->wanted : !found || !found->wanted);
        if (n < 2) assert_int_equal(rtm_ipv4(&found->next_hop), 0x0A090009u);
    }
    rm_close(&t);
}

/* The host begins again; and goes while it has been told of a change. */
static void test_again_and_end(void **state)
{
    struct rm_test t;
    size_t first;

    (void)state;
    rm_open(&t);
    set_static(&t, 3, PEER);
    assert_int_equal(router_host_routes_begin(t.r), ST_OK);
    first = take_all(&t);
    assert_int_equal(router_host_routes_begin(t.r), ST_OK);
    assert_int_equal(take_all(&t), first);
    router_host_routes_end(t.r);
    set_static(&t, 1, PEER);
    assert_int_equal(fake_count(&t.f, FAKE_ROUTES_CHANGED), 0);
    assert_int_equal(take_all(&t), 0);
    rm_close(&t);
}

/* A router manager that comes later is given as well. */
static void test_later_manager(void **state)
{
    struct blob empty;
    struct rm_test t;
    struct rtm_route route = {.protocol = ROUTE_PROTO_NETMGMT, .metric = 7};
    struct rtm_prefix prefix = {.address = {{0x20, 1, 0xD, 0xB8}}, .length = 32};
    size_t count;

    (void)state;
    rm_open(&t);
    empty = rm_blob(INFO_IP_GLOBAL_INFO, "\0\0\0\0\1\0\0\0", 8);
    assert_int_equal(router_host_routes_begin(t.r), ST_OK);
    (void)take_all(&t);
    assert_int_equal(router_transport_create(t.r, TRANSPORT_IPV6, &empty, NULL, NULL), ST_OK);
    (void)take_all(&t);
    route.interface = t.index;
    route.next_hop.octets[0] = 0xFE;
    route.next_hop.octets[1] = 0x80;
    assert_int_equal(rtm_register(router_rtm(t.r, TRANSPORT_IPV6), 1, &t.entity), ST_OK);
    assert_int_equal(rtm_route_add(t.entity, &prefix, &route, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(fake_count(&t.f, FAKE_ROUTES_CHANGED), 1);
    count = take_all(&t);
    assert_int_equal(count, 1);
    assert_true(taken[0].wanted && taken[0].transport == TRANSPORT_IPV6 && !taken[0].on_link);
    assert_int_equal(taken[0].metric, 7);
    assert_int_equal(taken[0].next_hop.octets[0], 0xFE);
    blob_free(&empty);
    rm_close(&t);
}

static void test_no_memory(void **state)
{
    struct rm_test t;

    (void)state;
    rm_open(&t);
    set_static(&t, 3, PEER);
    for (size_t n = 1;; n++) {
        mpr_status status;

        fail_alloc_at(n);
        status = router_host_routes_begin(t.r);
        if (!fail_alloc_fired()) break;
        assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
        assert_int_equal(take_all(&t), 0);
    }
    assert_true(take_all(&t) >= 3);
    rm_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_without_a_host), cmocka_unit_test(test_all_then_changes),
        cmocka_unit_test(test_interface_goes),         cmocka_unit_test(test_next_hops),
        cmocka_unit_test(test_change_while_walking),   cmocka_unit_test(test_again_and_end),
        cmocka_unit_test(test_later_manager),          cmocka_unit_test(test_no_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
