/* What the script of host_ip.h is told; tests/interop runs it. */
#include "win32_test.h"

#include <stdlib.h>
#include <string.h>

#include "win32/net/host_ip.h"

static char text[HOST_IP_SIZE + 1];

static const char *text_of(const struct hr_change *c)
{
    struct host_ip_text t;
    size_t size;

    host_ip_begin(&t, text);
    host_ip_add(&t, c);
    size = host_ip_end(&t);
    text[size] = 0;
    return text;
}

static void test_ipv4(void **state)
{
    struct hr_change c = {HR_PUT,
                          {.family = HR_IPV4,
                           .length = 12,
                           .interface = 7,
                           .metric = 3,
                           .destination = {172, 16},
                           .next_hop = {10, 0, 0, 2}}};

    (void)state;
    assert_string_equal(
        text_of(&c), "     118\nroute del 172.16.0.0/12 table main proto 77\n"
                     "route add 172.16.0.0/12 table main proto 77 via 10.0.0.2 dev if7 metric 3\n");
    c.route.flags = HR_ROUTE_ON_LINK;
    assert_non_null(strstr(text_of(&c), " via 10.0.0.2 dev if7 metric 3 onlink\n"));
    memset(c.route.next_hop, 0, sizeof(c.route.next_hop));
    c.route.flags = 0;
    assert_non_null(strstr(text_of(&c), "/12 table main proto 77 dev if7 metric 3\n"));
    c.operation = HR_DELETE;
    assert_string_equal(text_of(&c), "      44\nroute del 172.16.0.0/12 table main proto 77\n");
}

static void test_ipv6(void **state)
{
    struct hr_change c = {HR_PUT,
                          {.family = HR_IPV6,
                           .length = 32,
                           .interface = 7,
                           .metric = 1024,
                           .destination = {0x20, 1, 0x0d, 0xb8},
                           .next_hop = {0xfe, 0x80, [15] = 2}}};

    (void)state;
    assert_non_null(strstr(text_of(&c), "route add 2001:db8:0:0:0:0:0:0/32 table main proto 77 via "
                                        "fe80:0:0:0:0:0:0:2 dev if7 metric 1024\n"));
}

/* A whole portion of the longest lines. */
static void test_fits(void **state)
{
    struct hr_change c = {HR_PUT,
                          {.family = HR_IPV6,
                           .length = 128,
                           .flags = HR_ROUTE_ON_LINK,
                           .interface = UINT32_MAX,
                           .metric = UINT32_MAX}};
    struct host_ip_text t;
    size_t size;

    (void)state;
    memset(c.route.destination, 0xff, sizeof(c.route.destination));
    memset(c.route.next_hop, 0xff, sizeof(c.route.next_hop));
    host_ip_begin(&t, text);
    for (unsigned n = 0; n < HOST_IP_CHANGES; n++) host_ip_add(&t, &c);
    size = host_ip_end(&t);
    assert_true(size < HOST_IP_SIZE);
    assert_memory_equal(text + size - 8, " onlink\n", 8);
    assert_int_equal(strtoul(text, NULL, 10), size - 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ipv4), cmocka_unit_test(test_ipv6),
                                       cmocka_unit_test(test_fits)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
