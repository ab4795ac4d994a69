/* Every reason to ignore a packet or an entry, once each: it is counted, and nothing is learned. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "protocol/rip/packet.h"
#include "sim/rip/md5.h"
#include "sim/rip/net.h"

#define MASK24 0xFFFFFF00u
#define US     IP(10, 0, 0, 1)
#define THEM   IP(10, 0, 0, 9)

static struct net n;
static struct net_router *r;
static struct net_port *port, *tap;
static struct rip_if_config config;

static int setup(void **state)
{
    (void)state;
    net_open(&n, 1);
    r = net_router(&n, NULL);
    port = net_plug(r, 1, US, MASK24, NET_PERMANENT, NULL);
    tap = net_tap(&n, 1, THEM, MASK24);
    config = net_config(NET_PERMANENT);
    config.key[0] = 'k';
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    net_close(&n);
    return 0;
}

static uint64_t all_drops(void)
{
    uint64_t sum = 0;

    for (int k = 0; k < RIP_DROP_COUNT; k++) sum += rip_drop_count(r->rip, (enum rip_drop)k);
    return sum;
}

static void expect(enum rip_drop reason)
{
    net_run(&n, 2);
    assert_int_equal(rip_drop_count(r->rip, reason), 1);
    assert_int_equal(all_drops(), 1);
    assert_int_equal(net_learned(r, 1), 0);
}

static void send_raw(const void *data, size_t size)
{
    net_send(tap, US, data, size);
}

static struct rip_entry good_entry(void)
{
    return (struct rip_entry){
        .family = 2, .address = IP(192, 0, 2, 0), .mask = MASK24, .metric = 1};
}

static size_t response(struct rip_builder *b, uint8_t version, struct rip_entry e, uint32_t auth,
                       uint32_t sequence)
{
    static struct rip_auth a;

    a = (struct rip_auth){.type = auth, .key = "k", .md5 = test_md5};
    rip_build(b, RIP_RESPONSE, version, &a, sequence);
    rip_build_entry(b, &e);
    return rip_build_finish(b);
}

static void send_good(uint32_t auth)
{
    struct rip_builder b;
    size_t size = response(&b, 2, good_entry(), auth, 1000);

    send_raw(b.data, size);
}

static void entry_is(struct rip_entry e, enum rip_drop reason)
{
    struct rip_builder b;
    size_t size = response(&b, 2, e, RIP_AUTH_NONE, 0);

    send_raw(b.data, size);
    expect(reason);
}

static void a_good_packet_is_taken(void **state)
{
    (void)state;
    send_good(RIP_AUTH_NONE);
    net_run(&n, 2);
    assert_int_equal(all_drops(), 0);
    assert_int_equal(net_learned(r, 1), 1);
}

/* The first and the last networks that a route may lead to, the shortest masks and metrics. */
static void destinations_at_the_edges(void **state)
{
    static const struct rip_entry entries[] = {
        {.family = 2, .address = IP(1, 0, 0, 0), .mask = MASK24, .metric = 1},
        {.family = 2, .address = IP(126, 0, 0, 0), .mask = 0xFF000000, .metric = 1},
        {.family = 2, .address = IP(128, 0, 0, 0), .mask = 0x80000000, .metric = 1},
        {.family = 2, .address = IP(223, 255, 255, 254), .mask = 0xFFFFFFFE, .metric = 14},
    };

    (void)state;
    for (size_t k = 0; k < sizeof(entries) / sizeof(entries[0]); k++) {
        struct rip_builder b;
        size_t size = response(&b, 2, entries[k], RIP_AUTH_NONE, 0);

        send_raw(b.data, size);
        net_run(&n, 2);
        assert_int_equal(net_metric(r, entries[k].address, entries[k].mask), entries[k].metric + 1);
    }
    assert_int_equal(all_drops(), 0);
}

static void no_interface(void **state)
{
    struct protocol_datagram d = {.interface = 5, .source = THEM, .data = "", .size = 0};

    (void)state;
    rip_protocol.datagram(r->rip, &d);
    expect(RIP_DROP_NO_INTERFACE);
}

static void inactive(void **state)
{
    struct protocol_datagram d = {.interface = 1, .source = THEM, .data = "", .size = 0};

    (void)state;
    net_status(port, RIS_DISABLED);
    rip_protocol.datagram(r->rip, &d);
    expect(RIP_DROP_INACTIVE);
}

static void from_elsewhere(uint32_t source, uint16_t source_port, enum rip_drop reason)
{
    struct rip_builder b;
    size_t size = response(&b, 2, good_entry(), RIP_AUTH_NONE, 0);

    net_send_from(tap, source, source_port, US, b.data, size);
    expect(reason);
}

static void own_packet(void **state)
{
    (void)state;
    from_elsewhere(US, RIP_PORT, RIP_DROP_OWN_PACKET);
}

static void off_link(void **state)
{
    (void)state;
    from_elsewhere(IP(10, 0, 1, 9), RIP_PORT, RIP_DROP_OFF_LINK);
}

static void source_port(void **state)
{
    (void)state;
    from_elsewhere(THEM, 1024, RIP_DROP_SOURCE_PORT);
}

static void raw_is(const void *data, size_t size, enum rip_drop reason)
{
    send_raw(data, size);
    expect(reason);
}

static void too_short(void **state)
{
    (void)state;
    raw_is("\2\2\0", 3, RIP_DROP_TOO_SHORT);
}

static void too_long(void **state)
{
    static const uint8_t long_one[4 + 26 * 20] = {2, 2};
    struct protocol_datagram d;

    (void)state;
    d = (struct protocol_datagram){.interface = 1,
                                   .source = THEM,
                                   .destination = US,
                                   .source_port = RIP_PORT,
                                   .data = long_one,
                                   .size = sizeof(long_one)};
    rip_protocol.datagram(r->rip, &d);
    expect(RIP_DROP_TOO_LONG);
}

static void length(void **state)
{
    static const uint8_t odd[23] = {2, 2};

    (void)state;
    raw_is(odd, sizeof(odd), RIP_DROP_LENGTH);
}

static void version_0(void **state)
{
    (void)state;
    raw_is("\2\0\0\0", 4, RIP_DROP_VERSION_0);
}

static void version(void **state)
{
    (void)state;
    config.accept_mode = RIP_V2;
    net_configure(port, &config);
    raw_is("\2\1\0\0", 4, RIP_DROP_VERSION);
}

static void version_too_new(void **state)
{
    (void)state;
    config.accept_mode = RIP_V1;
    net_configure(port, &config);
    raw_is("\2\2\0\0", 4, RIP_DROP_VERSION);
}

static void command(void **state)
{
    (void)state;
    raw_is("\5\2\0\0", 4, RIP_DROP_COMMAND);
}

static void must_be_zero(void **state)
{
    (void)state;
    raw_is("\2\1\0\1", 4, RIP_DROP_MUST_BE_ZERO);
}

static void must_be_zero_in_entries(void **state)
{
    struct rip_builder b;
    size_t size;

    (void)state;
    size = response(&b, 1, good_entry(), RIP_AUTH_NONE, 0); /* with a mask */
    raw_is(b.data, size, RIP_DROP_MUST_BE_ZERO);
}

static void authenticate(uint32_t type)
{
    config.auth_type = type;
    assert_int_equal(net_configure(port, &config), ST_OK);
}

static void auth_missing(void **state)
{
    (void)state;
    authenticate(RIP_AUTH_PASSWORD);
    send_good(RIP_AUTH_NONE);
    expect(RIP_DROP_AUTH_MISSING);
}

static void auth_unexpected(void **state)
{
    (void)state;
    send_good(RIP_AUTH_MD5);
    expect(RIP_DROP_AUTH_UNEXPECTED);
}

static void auth_type(void **state)
{
    (void)state;
    authenticate(RIP_AUTH_MD5);
    send_good(RIP_AUTH_PASSWORD);
    expect(RIP_DROP_AUTH_TYPE);
}

static void auth_password(void **state)
{
    (void)state;
    config.key[0] = 'K';
    authenticate(RIP_AUTH_PASSWORD);
    send_good(RIP_AUTH_PASSWORD);
    expect(RIP_DROP_AUTH_PASSWORD);
}

static void auth_form(void **state)
{
    struct rip_builder b;
    size_t size;

    (void)state;
    authenticate(RIP_AUTH_MD5);
    size = response(&b, 2, good_entry(), RIP_AUTH_MD5, 1000);
    b.data[9]++; /* the length of what is signed */
    raw_is(b.data, size, RIP_DROP_AUTH_FORM);
}

static void auth_digest(void **state)
{
    (void)state;
    config.key[0] = 'K';
    authenticate(RIP_AUTH_MD5);
    send_good(RIP_AUTH_MD5);
    expect(RIP_DROP_AUTH_DIGEST);
}

static void auth_sequence(void **state)
{
    struct rip_builder b;
    struct rip_entry e;
    size_t size;

    (void)state;
    e = good_entry();
    authenticate(RIP_AUTH_MD5);
    send_good(RIP_AUTH_MD5);
    send_good(RIP_AUTH_MD5); /* equal is fine */
    net_run(&n, 2);
    assert_int_equal(net_learned(r, 1), 1);
    e.metric = 16;
    size = response(&b, 2, e, RIP_AUTH_MD5, 999);
    send_raw(b.data, size);
    net_run(&n, 2);
    assert_int_equal(net_learned(r, 1), 1);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_AUTH_SEQUENCE), 1);
    net_run(&n, 181000); /* a neighbour that was away may start over */
    size = response(&b, 2, good_entry(), RIP_AUTH_MD5, 1);
    send_raw(b.data, size);
    net_run(&n, 2);
    assert_int_equal(net_learned(r, 1), 1);
    assert_int_equal(all_drops(), 1);
}

static void accept_off(void **state)
{
    (void)state;
    config.accept_mode = RIP_OFF;
    net_configure(port, &config);
    send_good(RIP_AUTH_NONE);
    expect(RIP_DROP_ACCEPT_OFF);
}

static void peer_filter(void **state)
{
    uint32_t list[1] = {THEM};
    struct rip_global_config g;
    void *block;
    struct protocol_info info = {NULL, 0, 1};

    (void)state;
    g = (struct rip_global_config){.triggered_interval = 5,
                                   .filter_mode = RIP_LIST_EXCLUDE,
                                   .filter_count = 1,
                                   .filter = list};
    assert_int_equal(rip_global_encode(&g, &block, &info.size), ST_OK);
    info.data = block;
    assert_int_equal(rip_protocol.set_global_info(r->rip, &info), ST_OK);
    mem_free(block);
    send_good(RIP_AUTH_NONE);
    expect(RIP_DROP_PEER_FILTER);
}

static void not_asked(void **state)
{
    (void)state;
    config.update_mode = RIP_DEMAND;
    net_configure(port, &config);
    send_good(RIP_AUTH_NONE);
    expect(RIP_DROP_NOT_ASKED);
}

static void announce_off(void **state)
{
    static const uint8_t request[24] = {1, 2, 0, 0, [23] = 16};

    (void)state;
    config.announce_mode = RIP_OFF;
    net_configure(port, &config);
    raw_is(request, sizeof(request), RIP_DROP_ANNOUNCE_OFF);
}

static void request_empty(void **state)
{
    (void)state;
    raw_is("\1\2\0\0", 4, RIP_DROP_REQUEST_EMPTY);
}

static void *no_alloc(void *context, size_t size)
{
    (void)context, (void)size;
    return NULL;
}

static void plain_free(void *context, void *memory)
{
    (void)context;
    free(memory);
}

/* Straight into RIP: the network of the test would want memory itself. (The hooks free as the
 * default does, so that memory may cross the change.) */
static void without_memory(uint32_t auth)
{
    static const struct mem_hooks hooks = {no_alloc, plain_free, NULL};
    struct rip_builder b;
    struct protocol_datagram d = {
        .interface = 1, .source = THEM, .destination = US, .source_port = RIP_PORT, .data = b.data};

    authenticate(auth);
    d.size = response(&b, 2, good_entry(), auth, 1);
    mem_set_hooks(&hooks);
    rip_protocol.datagram(r->rip, &d);
    mem_set_hooks(NULL);
}

static void no_memory(void **state)
{
    (void)state;
    without_memory(RIP_AUTH_MD5);
    expect(RIP_DROP_NO_MEMORY);
}

static void entry_no_memory(void **state)
{
    (void)state;
    without_memory(RIP_AUTH_NONE);
    expect(RIP_DROP_ENTRY_NO_MEMORY);
}

#define ENTRY_TEST(name, change, reason)   \
    static void name(void **state)         \
    {                                      \
        struct rip_entry e = good_entry(); \
        (void)state;                       \
        change;                            \
        entry_is(e, reason);               \
    }

ENTRY_TEST(entry_family, e.family = 3, RIP_DROP_ENTRY_FAMILY)
ENTRY_TEST(entry_metric_0, e.metric = 0, RIP_DROP_ENTRY_METRIC)
ENTRY_TEST(entry_metric_17, e.metric = 17, RIP_DROP_ENTRY_METRIC)
ENTRY_TEST(entry_loopback, e.address = IP(127, 0, 1, 0), RIP_DROP_ENTRY_ADDRESS)
ENTRY_TEST(entry_net_0, e.address = IP(0, 1, 1, 0), RIP_DROP_ENTRY_ADDRESS)
ENTRY_TEST(entry_class_d, e.address = IP(224, 1, 1, 0), RIP_DROP_ENTRY_ADDRESS)
ENTRY_TEST(entry_class_e, e.address = IP(240, 1, 1, 0), RIP_DROP_ENTRY_ADDRESS)
ENTRY_TEST(entry_mask, e.mask = 0xFF00FF00, RIP_DROP_ENTRY_MASK)
ENTRY_TEST(entry_host_bits, e.address |= 1, RIP_DROP_ENTRY_HOST_BITS)
ENTRY_TEST(entry_own_network, e.address = IP(10, 0, 0, 0), RIP_DROP_ENTRY_OWN_NETWORK)
ENTRY_TEST(entry_own_address, (e.address = US, e.mask = UINT32_MAX), RIP_DROP_ENTRY_OWN_NETWORK)
ENTRY_TEST(entry_next_hop, e.next_hop = US, RIP_DROP_ENTRY_NEXT_HOP)
ENTRY_TEST(entry_host_route, e.mask = UINT32_MAX, RIP_DROP_ENTRY_HOST_ROUTE)
ENTRY_TEST(entry_default_route, (e.address = 0, e.mask = 0), RIP_DROP_ENTRY_DEFAULT_ROUTE)
ENTRY_TEST(entry_unreachable, e.metric = 16, RIP_DROP_ENTRY_UNREACHABLE)
ENTRY_TEST(entry_too_far, e.metric = 15, RIP_DROP_ENTRY_UNREACHABLE)
ENTRY_TEST(entry_refused, r->refuse_routes = true, RIP_DROP_ENTRY_REFUSED)

static void entry_of_another_interface(void **state)
{
    struct rip_entry e;

    (void)state;
    e = good_entry();
    net_plug(r, 2, IP(192, 0, 2, 1), MASK24, NET_PERMANENT, NULL);
    entry_is(e, RIP_DROP_ENTRY_OWN_NETWORK);
}

static void entry_filter(void **state)
{
    struct rip_range range;

    (void)state;
    range = (struct rip_range){IP(10, 0, 0, 0), IP(10, 255, 255, 255)};
    config.accept_filter_mode = RIP_LIST_INCLUDE;
    config.accept_count = 1;
    config.accept = &range;
    net_configure(port, &config);
    entry_is(good_entry(), RIP_DROP_ENTRY_FILTER);
}

static void one_bad_entry_does_not_cost_the_others(void **state)
{
    static const struct rip_auth none = {.type = RIP_AUTH_NONE};
    struct rip_entry good = good_entry(), bad = good_entry();
    struct rip_builder b;

    (void)state;
    bad.metric = 99;
    rip_build(&b, RIP_RESPONSE, 2, &none, 0);
    rip_build_entry(&b, &bad);
    rip_build_entry(&b, &good);
    send_raw(b.data, rip_build_finish(&b));
    net_run(&n, 2);
    assert_int_equal(net_learned(r, 1), 1);
    assert_int_equal(all_drops(), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_good_packet_is_taken),
        TEST(destinations_at_the_edges),
        TEST(no_interface),
        TEST(inactive),
        TEST(own_packet),
        TEST(off_link),
        TEST(source_port),
        TEST(too_short),
        TEST(too_long),
        TEST(length),
        TEST(version_0),
        TEST(version),
        TEST(version_too_new),
        TEST(command),
        TEST(must_be_zero),
        TEST(must_be_zero_in_entries),
        TEST(auth_missing),
        TEST(auth_unexpected),
        TEST(auth_type),
        TEST(auth_password),
        TEST(auth_form),
        TEST(auth_digest),
        TEST(auth_sequence),
        TEST(accept_off),
        TEST(peer_filter),
        TEST(not_asked),
        TEST(announce_off),
        TEST(request_empty),
        TEST(no_memory),
        TEST(entry_no_memory),
        TEST(entry_family),
        TEST(entry_metric_0),
        TEST(entry_metric_17),
        TEST(entry_loopback),
        TEST(entry_net_0),
        TEST(entry_class_d),
        TEST(entry_class_e),
        TEST(entry_mask),
        TEST(entry_host_bits),
        TEST(entry_own_network),
        TEST(entry_own_address),
        TEST(entry_of_another_interface),
        TEST(entry_next_hop),
        TEST(entry_host_route),
        TEST(entry_default_route),
        TEST(entry_unreachable),
        TEST(entry_too_far),
        TEST(entry_refused),
        TEST(entry_filter),
        TEST(one_bad_entry_does_not_cost_the_others),
    };

    return cmocka_run_group_tests_name("rip drops", tests, NULL, NULL);
}
