/* Packet filters of interfaces: what the host is given of them, and when it is told to ask. */
#include "sim/rm/rm_test.h"
#include "router/dim/interface.h"
#include "sim/support/fail_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const struct host_filters_ask both = {"t", true, true};

/* ---- blocks ---------------------------------------------------------------------------------- */

/* TCP from 10.1.0.0/16 to port 80; echo requests. */
static const uint8_t two[68] = {1,  0, 0, 0, 2,   0,   0, 0, 1,  0, 0, 0, /* drop the rest */
                                10, 1, 9, 9, 255, 255, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, 6,   0, 0,
                                0,  0, 0, 0, 0,   0,   0, 0, 80, 0, 0, 0, 0, 0, 0, 0, 0,   0, 0,
                                0,  0, 0, 0, 0,   0,   1, 0, 0,  0, 0, 0, 0, 0, 8, 0, 255, 0};
/* From the interface's own address to the subnet of it. */
static const uint8_t late[40] = {
    1, 0, 0,  0, 1,   0,   0,    0,   0, 0, 0, 0, /* forward the rest */
    0, 0, 0,  0, 255, 255, 255,  255, 0, 0, 0, 0,  0, 0,
    0, 0, 17, 0, 0,   0,   0x25, 0,   0, 0, 0, 53, 0, 0};
static const uint8_t one6[64] = {1, 0, 0, 0, 1,  0, 0, 0, 1, 0, 0, 0, 0x20, 1, 0x0D, 0xB8,
                                 0, 0, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, 32,   0, 0,    0,
                                 0, 0, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, 0,    0, 0,    0,
                                 0, 0, 0, 0, 58, 0, 0, 0, 0, 0, 0, 0, 128,  0, 0,    0};

#define BASE                                                                                  \
    "add table inet t\ndelete table inet t\nadd table inet t\n"                               \
    "add chain inet t fragments { type filter hook prerouting priority -450; policy accept; " \
    "}\n"                                                                                     \
    "add chain inet t received { type filter hook prerouting priority -150; policy accept; "  \
    "}\n"                                                                                     \
    "add chain inet t sent { type filter hook postrouting priority -150; policy accept; }\n"

static void expect_of(struct rm_test *t, const struct host_filters_ask *ask, const char *expected)
{
    struct blob text;

    assert_int_equal(router_host_filters(t->r, ask, &text), ST_OK);
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.data ? (const char *)text.data : "", expected, text.size);
    blob_free(&text);
}

static void expect(struct rm_test *t, const char *expected)
{
    expect_of(t, &both, expected);
}

static uint32_t host_index(struct rm_test *t)
{
    return interface_by_index(t->r, t->index)->binding.host_index;
}

static void set(struct rm_test *t, uint32_t type, const void *data, uint32_t size)
{
    assert_int_equal(rm_set_info(t, type, data, size, NULL), ST_OK);
    fake_flush(&t->f);
}

/* How often the host was told since the last time. */
static size_t told(struct rm_test *t)
{
    size_t count;

    fake_flush(&t->f);
    count = fake_count(&t->f, FAKE_FILTERS_CHANGED);
    fake_forget(&t->f);
    return count;
}

/* ---- cases ----------------------------------------------------------------------------------- */

static void in_and_out(void **state)
{
    struct rm_test t;
    char expected[4096];
    unsigned n;

    (void)state;
    rm_open(&t);
    n = host_index(&t);
    expect(&t, "");
    set(&t, INFO_IP_IN_FILTER_INFO, two, sizeof(two));
    set(&t, INFO_IP_OUT_FILTER_INFO, late, sizeof(late));
    snprintf(expected, sizeof(expected),
             BASE "add chain inet t in4_33_%u\n"
                  "add rule inet t in4_33_%u ip saddr & 255.255.0.0 == 10.1.0.0 meta l4proto 6 th "
                  "dport 80 accept\n"
                  "add rule inet t in4_33_%u meta l4proto 1 icmp type 8 accept\n"
                  "add rule inet t in4_33_%u drop\n"
                  "add rule inet t received iif %u meta nfproto ipv4 jump in4_33_%u\n"
                  "add chain inet t out4_33_%u\n"
                  "add rule inet t out4_33_%u ip saddr & 255.255.255.255 == 10.9.0.1 ip daddr & "
                  "255.255.255.0 == 10.9.0.0 meta l4proto 17 th sport 53 drop\n"
                  "add rule inet t out4_33_%u accept\n"
                  "add rule inet t sent oif %u meta nfproto ipv4 jump out4_33_%u\n",
             n, n, n, n, n, n, n, n, n, n, n);
    expect(&t, expected);
    expect_of(&t, &(struct host_filters_ask){"t", false, true}, "");
    rm_close(&t);
}

static void ipv6_and_fragments(void **state)
{
    struct rm_test t;
    char expected[4096];
    unsigned n;

    (void)state;
    rm_open(&t);
    n = host_index(&t);
    set(&t, INFO_IP_IN_FILTER_INFO_V6, one6, sizeof(one6));
    set(&t, INFO_IP_IFFILTER_INFO, "\1\0\0\0", 4);
    snprintf(expected, sizeof(expected),
             BASE "add rule inet t fragments iif %u ip frag-off & 0x3fff != 0 drop\n"
                  "add chain inet t in6_33_%u\n"
                  "add rule inet t in6_33_%u ip6 saddr & ffff:ffff:0:0:0:0:0:0 == "
                  "2001:db8:0:0:0:0:0:0 meta l4proto 58 icmpv6 type 128 icmpv6 code 0 accept\n"
                  "add rule inet t in6_33_%u drop\n"
                  "add rule inet t received iif %u meta nfproto ipv6 jump in6_33_%u\n",
             n, n, n, n, n, n);
    expect(&t, expected);
    set(&t, INFO_IP_FILTER_ENABLE_INFO_V6, "\0\0\0\0", 4);
    snprintf(expected, sizeof(expected),
             BASE "add rule inet t fragments iif %u ip frag-off & 0x3fff != 0 drop\n", n);
    expect(&t, expected);
    set(&t, INFO_IP_IFFILTER_INFO_V6, "\1\0\0\0", 4);
    expect(&t, expected);
    set(&t, INFO_IP_FILTER_ENABLE_INFO_V6, "\1\0\0\0", 4);
    set(&t, INFO_IP_IN_FILTER_INFO_V6, NULL, 0);
    set(&t, INFO_IP_IFFILTER_INFO, "\0\0\0\0", 4);
    snprintf(expected, sizeof(expected),
             BASE "add rule inet t fragments iif %u exthdr frag exists drop\n", n);
    expect(&t, expected);
    rm_close(&t);
}

/* Told when there is something to ask for, and when there no longer is. */
static void when_the_host_is_told(void **state)
{
    struct rm_test t;

    (void)state;
    rm_open(&t);
    assert_int_equal(told(&t), 0);
    assert_int_equal(rm_set_info(&t, INFO_IP_DEMAND_DIAL_FILTER_INFO, two, sizeof(two), NULL),
                     ST_OK);
    assert_int_equal(told(&t), 0);
    expect(&t, "");
    assert_int_equal(rm_set_info(&t, INFO_IP_IN_FILTER_INFO, two, sizeof(two), NULL), ST_OK);
    assert_int_equal(told(&t), 1);
    assert_int_equal(router_interface_disconnect(t.r, t.dial), ST_OK);
    assert_int_equal(told(&t), 1);
    expect(&t, "");
    assert_int_equal(rm_set_info(&t, INFO_IP_OUT_FILTER_INFO, two, sizeof(two), NULL), ST_OK);
    assert_int_equal(told(&t), 0); /* not while it is down */
    router_interface_connect(t.r, t.dial, NULL);
    fake_advance(&t.f, 1);
    assert_int_equal(told(&t), 1);
    assert_int_equal(rm_set_info(&t, INFO_IP_OUT_FILTER_INFO, NULL, 0, NULL), ST_OK);
    assert_int_equal(told(&t), 1);
    assert_int_equal(rm_set_info(&t, INFO_IP_FILTER_ENABLE_INFO, "\0\0\0\0", 4, NULL), ST_OK);
    assert_int_equal(told(&t), 1);
    expect(&t, "");
    assert_int_equal(rm_set_info(&t, INFO_IP_FILTER_ENABLE_INFO, NULL, 0, NULL), ST_OK);
    assert_int_equal(told(&t), 1);
    assert_int_equal(router_interface_disconnect(t.r, t.dial), ST_OK);
    assert_int_equal(told(&t), 1);
    assert_int_equal(router_iftransport_remove(t.r, t.dial, TRANSPORT_IP), ST_OK);
    assert_int_equal(told(&t), 0);
    rm_close(&t);
}

/* The block is the administrator's, and stays; the other one is applied. */
static void a_block_that_can_not_be_read(void **state)
{
    struct rm_test t;
    const struct blob *info;
    struct info_block block;
    struct blob text;

    (void)state;
    rm_open(&t);
    set(&t, INFO_IP_IN_FILTER_INFO, two, 67);
    assert_int_equal(router_iftransport_get(t.r, t.dial, TRANSPORT_IP, &info), ST_OK);
    assert_int_equal(info_blob_find(info, INFO_IP_IN_FILTER_INFO, &block), ST_OK);
    assert_int_equal(info_block_bytes(&block), 67);
    expect(&t, "");
    set(&t, INFO_IP_OUT_FILTER_INFO, two, sizeof(two));
    assert_int_equal(router_host_filters(t.r, &both, &text), ST_OK);
    assert_null(strstr((const char *)text.data, "in4_"));
    assert_non_null(strstr((const char *)text.data, "out4_"));
    blob_free(&text);
    rm_close(&t);
}

static void without_memory(void **state)
{
    struct rm_test t;
    struct blob text;
    mpr_status status;
    size_t n = 0;

    (void)state;
    rm_open(&t);
    set(&t, INFO_IP_IN_FILTER_INFO, two, sizeof(two));
    do {
        fail_alloc_at(++n);
        status = router_host_filters(t.r, &both, &text);
        if (status != ST_OK) {
            assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
            assert_null(text.data);
        }
    } while (fail_alloc_fired());
    assert_int_equal(status, ST_OK);
    assert_true(n > 1);
    blob_free(&text);
    rm_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_and_out),
        cmocka_unit_test(ipv6_and_fragments),
        cmocka_unit_test(when_the_host_is_told),
        cmocka_unit_test(a_block_that_can_not_be_read),
        cmocka_unit_test(without_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
