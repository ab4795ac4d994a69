/* What IPRIP_IF_CONFIG and IPRIP_GLOBAL_CONFIG switch: to whom and how RIP speaks, from whom and
 * what it takes, tags, default and host routes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "protocol/rip/internal.h"
#include "sim/rip/net.h"

#define MASK24 0xFFFFFF00u
#define US     IP(10, 0, 0, 1)
#define THEM   IP(10, 0, 0, 9)
#define OTHER  IP(10, 0, 0, 8)
#define GROUP  IP(224, 0, 0, 9)

static struct net n;
static struct net_router *r;
static struct net_port *port, *tap, *other;
static struct rip_if_config config;
static const struct rip_auth none = {.type = RIP_AUTH_NONE};
static const uint32_t far_net = IP(198, 51, 100, 0);

static int setup(void **state)
{
    (void)state;
    net_open(&n, 99);
    r = net_router(&n, NULL);
    tap = net_tap(&n, 1, THEM, MASK24);
    other = net_tap(&n, 1, OTHER, MASK24);
    config = net_config(NET_PERMANENT);
    port = net_plug(r, 1, US, MASK24, NET_PERMANENT, &config);
    net_run(&n, 5000);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    net_close(&n);
    return 0;
}

/* Gives the configuration, and forgets what was said before. */
static void configure(void)
{
    assert_int_equal(net_configure(port, &config), ST_OK);
    net_forget(tap);
    net_forget(other);
}

static void tell(struct net_port *from, uint8_t version, struct rip_entry e)
{
    struct rip_builder b;

    if (version == 1) e.mask = e.next_hop = e.tag = 0;
    e.family = RIP_FAMILY_IPV4;
    rip_build(&b, RIP_RESPONSE, version, &none, 0);
    rip_build_entry(&b, &e);
    net_send(from, US, b.data, rip_build_finish(&b));
    net_run(&n, 10);
}

/* The newest announcement of a destination that the neighbour has heard; false: none. */
static bool heard(const struct net_port *by, uint32_t address, uint32_t mask, struct rip_entry *ret)
{
    bool found = false;

    for (unsigned k = 0; k < by->kept_count; k++) {
        const struct net_kept *packet = net_kept(by, k);
        struct rip_packet p;

        assert_int_equal(rip_packet_parse(&p, packet->data, packet->size, &none), RIP_KEEP);
        for (unsigned left = p.command == RIP_RESPONSE ? p.count : 0; left > 0; left--) {
            struct rip_entry e = rip_entry_read(&p);
            if (e.address != address || (p.version > 1 && e.mask != mask)) continue;
            *ret = e;
            found = true;
        }
    }
    return found;
}

static void speaks_as(uint32_t mode, uint32_t destination, uint8_t version)
{
    config.announce_mode = mode;
    configure();
    net_run(&n, 40000);
    assert_in_range(tap->kept_count, 1, 3);
    for (unsigned k = 0; k < tap->kept_count; k++) {
        assert_int_equal(net_kept(tap, k)->destination, destination);
        assert_int_equal(net_kept(tap, k)->source, US);
        assert_int_equal(net_kept(tap, k)->data[0], RIP_RESPONSE);
        assert_int_equal(net_kept(tap, k)->data[1], version);
    }
}

static void announce_modes(void **state)
{
    (void)state;
    net_static(r, IP(192, 0, 2, 0), MASK24, 1);
    net_run(&n, 10000);
    speaks_as(RIP_V1, IP(10, 0, 0, 255), 1);
    speaks_as(RIP_COMPATIBLE, IP(10, 0, 0, 255), 2);
    speaks_as(RIP_V2, GROUP, 2);
    config.announce_mode = RIP_OFF;
    configure();
    net_static(r, far_net, MASK24, 1);
    net_run(&n, 100000);
    assert_int_equal(tap->count, 0);
}

static void accept_modes(void **state)
{
    static const bool taken[4][3] = {{false, false, false}, /* off; versions from 1 on */
                                     {true, false, false},
                                     {true, true, true},
                                     {false, true, true}};

    (void)state;
    for (uint32_t mode = RIP_OFF; mode <= RIP_V2; mode++) {
        config.accept_mode = mode;
        configure();
        for (uint8_t version = 1; version <= 3; version++) {
            uint32_t address = IP(192, mode, version, 0);

            tell(tap, version, (struct rip_entry){.address = address, .mask = MASK24, .metric = 1});
            assert_int_equal(net_metric(r, address, MASK24), taken[mode][version - 1] ? 2 : 0);
        }
    }
}

/* Where packets went since the configuration. */
static void count_packets(unsigned *ret_theirs, unsigned *ret_others, unsigned *ret_groups)
{
    *ret_theirs = *ret_others = *ret_groups = 0;
    for (unsigned k = 0; k < tap->kept_count; k++) {
        *ret_theirs += net_kept(tap, k)->destination == THEM;
        *ret_groups += net_kept(tap, k)->destination == GROUP;
    }
    for (unsigned k = 0; k < other->kept_count; k++)
        *ret_others += net_kept(other, k)->destination == OTHER;
}

static void unicast_neighbours(void **state)
{
    uint32_t both[2] = {THEM, OTHER};
    unsigned theirs, others, groups;

    (void)state;
    net_static(r, far_net, MASK24, 1);
    net_run(&n, 10000);
    config.announce_mode = RIP_V2;
    config.peers = both;
    config.peer_count = 2;
    config.peer_mode = RIP_PEERS_ONLY;
    configure();
    net_run(&n, 100000);
    count_packets(&theirs, &others, &groups);
    assert_in_range(theirs, 2, 5);
    assert_int_equal(others, theirs);
    assert_int_equal(groups, 0);

    config.peer_count = 1;
    config.peer_mode = RIP_PEERS_ALSO;
    configure();
    net_run(&n, 100000);
    count_packets(&theirs, &others, &groups);
    assert_in_range(theirs, 2, 5);
    assert_int_equal(groups, theirs);
    assert_int_equal(others, 0);

    config.peer_mode = RIP_PEERS_OFF;
    configure();
    net_run(&n, 100000);
    count_packets(&theirs, &others, &groups);
    assert_int_equal(theirs + others, 0);
    assert_in_range(groups, 2, 5);
}

static void filter_neighbours(uint32_t mode, uint32_t *list, uint32_t count)
{
    struct rip_global_config g;
    struct protocol_info info = {NULL, 0, 1};
    void *block;

    assert_int_equal(rip_global_decode(&g, NULL), ST_OK);
    g.filter_mode = mode;
    g.filter = list;
    g.filter_count = count;
    assert_int_equal(rip_global_encode(&g, &block, &info.size), ST_OK);
    info.data = block;
    assert_int_equal(rip_protocol.set_global_info(r->rip, &info), ST_OK);
    mem_free(block);
}

/* Whether each of the two is heard, about a destination that is new. */
static void hears(bool them, bool others)
{
    static uint8_t k;
    uint32_t a = IP(172, 20, ++k, 0), b = IP(172, 21, k, 0);

    tell(tap, 2, (struct rip_entry){.address = a, .mask = MASK24, .metric = 1});
    tell(other, 2, (struct rip_entry){.address = b, .mask = MASK24, .metric = 1});
    assert_int_equal(net_metric(r, a, MASK24), them ? 2 : 0);
    assert_int_equal(net_metric(r, b, MASK24), others ? 2 : 0);
}

static void peer_filters(void **state)
{
    uint32_t list[1] = {OTHER};

    (void)state;
    hears(true, true);
    filter_neighbours(RIP_LIST_INCLUDE, list, 1);
    hears(false, true);
    filter_neighbours(RIP_LIST_EXCLUDE, list, 1);
    hears(true, false);
    filter_neighbours(RIP_LIST_INCLUDE, NULL, 0);
    hears(false, false);
    filter_neighbours(RIP_LIST_EXCLUDE, NULL, 0);
    hears(true, true);
    filter_neighbours(RIP_LIST_OFF, list, 1);
    hears(true, true);
}

static void route_filters(void **state)
{
    struct rip_range ranges[2] = {{IP(172, 16, 0, 0), IP(172, 16, 255, 255)},
                                  {IP(192, 0, 2, 0), IP(192, 0, 2, 0)}};
    struct rip_entry e = {0};

    (void)state;
    config.announce = ranges;
    config.announce_count = 2;
    config.announce_filter_mode = RIP_LIST_INCLUDE;
    config.accept = ranges;
    config.accept_count = 1;
    config.accept_filter_mode = RIP_LIST_EXCLUDE;
    configure();
    net_static(r, IP(172, 16, 3, 0), MASK24, 1);
    net_static(r, IP(172, 17, 0, 0), MASK24, 1);
    net_static(r, IP(192, 0, 2, 0), MASK24, 1);
    net_static(r, IP(192, 0, 3, 0), MASK24, 1);
    net_run(&n, 40000);
    assert_true(heard(tap, IP(172, 16, 3, 0), MASK24, &e));
    assert_false(heard(tap, IP(172, 17, 0, 0), MASK24, &e));
    assert_true(heard(tap, IP(192, 0, 2, 0), MASK24, &e));
    assert_false(heard(tap, IP(192, 0, 3, 0), MASK24, &e));
    tell(tap, 2, (struct rip_entry){.address = IP(172, 16, 9, 0), .mask = MASK24, .metric = 1});
    tell(tap, 2, (struct rip_entry){.address = IP(172, 17, 9, 0), .mask = MASK24, .metric = 1});
    assert_int_equal(net_metric(r, IP(172, 16, 9, 0), MASK24), 0);
    assert_int_equal(net_metric(r, IP(172, 17, 9, 0), MASK24), 2);
}

/* Ours have that of the interface they leave by; those of others keep theirs (RFC 2453 4.2). */
static void tags(void **state)
{
    struct net_port *second = net_tap(&n, 2, IP(10, 0, 2, 9), MASK24);
    struct rip_entry e = {0};

    (void)state;
    config.tag = 0x1234;
    net_plug(r, 2, IP(10, 0, 2, 1), MASK24, NET_PERMANENT, &config);
    net_static(r, IP(192, 0, 2, 0), MASK24, 1);
    tell(tap, 2,
         (struct rip_entry){.address = far_net, .mask = MASK24, .metric = 3, .tag = 0x5678});
    net_run(&n, 40000);
    assert_true(heard(second, IP(192, 0, 2, 0), MASK24, &e));
    assert_int_equal(e.tag, 0x1234);
    assert_true(heard(second, far_net, MASK24, &e));
    assert_int_equal(e.tag, 0x5678);
    assert_int_equal(e.metric, 4);
    assert_true(heard(tap, IP(192, 0, 2, 0), MASK24, &e));
    assert_int_equal(e.tag, 0);
    /* Another tag is news. */
    net_forget(second);
    tell(tap, 2, (struct rip_entry){.address = far_net, .mask = MASK24, .metric = 3, .tag = 7});
    net_run(&n, 6000);
    assert_true(heard(second, far_net, MASK24, &e));
    assert_int_equal(e.tag, 7);
}

static void default_and_host_routes(void **state)
{
    const uint32_t host = IP(203, 0, 113, 7), all = UINT32_MAX;
    struct rip_entry e = {0};

    (void)state;
    net_static(r, 0, 0, 2);
    net_static(r, host, all, 2);
    net_run(&n, 40000);
    assert_false(heard(tap, 0, 0, &e));
    assert_false(heard(tap, host, all, &e));
    config.flags |= RIP_ANNOUNCE_DEFAULT;
    configure();
    net_run(&n, 40000);
    assert_true(heard(tap, 0, 0, &e));
    assert_int_equal(e.metric, 2);
    assert_false(heard(tap, host, all, &e));
    config.flags = (config.flags & ~(uint32_t)RIP_ANNOUNCE_DEFAULT) | RIP_ANNOUNCE_HOST;
    configure();
    net_run(&n, 40000);
    assert_false(heard(tap, 0, 0, &e));
    assert_true(heard(tap, host, all, &e));
    net_static_delete(r, 0, 0);
    net_static_delete(r, host, all);
    config.flags |= RIP_ACCEPT_DEFAULT;
    configure();
    tell(tap, 2, (struct rip_entry){.metric = 3});
    tell(tap, 2, (struct rip_entry){.address = host + 1, .mask = all, .metric = 3});
    assert_int_equal(net_metric(r, 0, 0), 4);
    assert_int_equal(net_metric(r, host + 1, all), 0);
    config.flags |= RIP_ACCEPT_HOST;
    configure();
    tell(tap, 2, (struct rip_entry){.address = host + 1, .mask = all, .metric = 3});
    assert_int_equal(net_metric(r, host + 1, all), 4);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(announce_modes), TEST(accept_modes), TEST(unicast_neighbours),      TEST(peer_filters),
        TEST(route_filters),  TEST(tags),         TEST(default_and_host_routes),
    };

    return cmocka_run_group_tests_name("rip, what is switched", tests, NULL, NULL);
}
