/* Every figure of RIP's MIB counts what was on the wire, of its interface and neighbour only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "protocol/rip/packet.h"
#include "sim/rip/net.h"

#define MASK24 0xFFFFFF00u
#define US     IP(10, 0, 0, 1)
#define THEM   IP(10, 0, 0, 9)
#define OTHER  IP(10, 0, 0, 8)

/* Types of IPRIP_MIB_GET_INPUT_DATA, and the DWORDs of the structures that answer them. */
enum type { GLOBAL_STATS = 0, IF_STATS = 2, PEER_STATS = 5 };
enum if_figure {
    STATE = 0,
    SEND_FAILURES = 4,
    RECEIVE_FAILURES = 8,
    REQUESTS_SENT = 12,
    REQUESTS_RECEIVED = 16,
    RESPONSES_SENT = 20,
    RESPONSES_RECEIVED = 24,
    BAD_PACKETS = 28,
    BAD_ENTRIES = 32,
    TRIGGERED = 36
};
enum peer_figure { TAG = 0, HEARD = 4, VERSION = 8, PEER_BAD_PACKETS = 12, PEER_BAD_ENTRIES = 16 };

static struct net n;
static struct net_router *r;
static struct net_port *port, *tap, *far_tap;
static const struct rip_auth none = {.type = RIP_AUTH_NONE};

static int setup(void **state)
{
    (void)state;
    net_open(&n, 5);
    r = net_router(&n, NULL);
    tap = net_tap(&n, 1, THEM, MASK24);
    far_tap = net_tap(&n, 2, IP(10, 1, 0, 9), MASK24);
    port = net_plug(r, 1, US, MASK24, NET_PERMANENT, NULL);
    net_plug(r, 2, IP(10, 1, 0, 1), MASK24, NET_PERMANENT, NULL);
    net_run(&n, 5000);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    net_close(&n);
    return 0;
}

static uint32_t figure(enum type type, const uint8_t key[4], size_t offset)
{
    uint8_t in[8] = {(uint8_t)type};
    struct reader rd;
    void *out = NULL;
    uint32_t ret;
    size_t size;

    memcpy(in + 4, key, 4);
    assert_int_equal(rip_protocol.mib_get(r->rip, 0, in, sizeof(in), &out, &size), ST_OK);
    assert_true(size >= 8 + offset + 4);
    reader_init(&rd, (uint8_t *)out + 8 + offset, 4);
    ret = rd_le32(&rd);
    mem_free(out);
    return ret;
}

static uint32_t of_interface(uint8_t index, enum if_figure offset)
{
    const uint8_t key[4] = {index};

    return figure(IF_STATS, key, (size_t)offset);
}

static uint32_t of_peer(uint8_t last, enum peer_figure offset)
{
    const uint8_t key[4] = {10, 0, 0, last};

    return figure(PEER_STATS, key, (size_t)offset);
}

static uint32_t kept(const struct net_port *at, uint8_t command)
{
    uint32_t count = 0;

    for (unsigned k = 0; k < at->kept_count; k++) count += net_kept(at, k)->data[0] == command;
    return count;
}

static void tell(uint32_t from, uint8_t version, uint32_t metric, uint16_t tag)
{
    struct rip_entry e = {.family = RIP_FAMILY_IPV4, .address = IP(192, 0, 2, 0)};
    struct rip_builder b;

    e.mask = version > 1 ? MASK24 : 0;
    e.metric = metric;
    e.tag = tag;
    rip_build(&b, RIP_RESPONSE, version, &none, 0);
    rip_build_entry(&b, &e);
    net_send_from(tap, from, RIP_PORT, US, b.data, rip_build_finish(&b));
    net_run(&n, 2);
}

static void requests_are_counted_on_the_way_out(void **state)
{
    (void)state;
    assert_int_equal(kept(tap, RIP_REQUEST), 1);
    assert_int_equal(of_interface(1, REQUESTS_SENT), 1);
    assert_int_equal(of_interface(2, REQUESTS_SENT), 1);
    assert_int_equal(rip_protocol.do_update_routes(r->rip, 1), ST_OK);
    net_run(&n, 60000);
    assert_int_equal(kept(tap, RIP_REQUEST), 4);
    assert_int_equal(of_interface(1, REQUESTS_SENT), 4);
    assert_int_equal(of_interface(2, REQUESTS_SENT), kept(far_tap, RIP_REQUEST));
    assert_int_equal(of_interface(1, REQUESTS_RECEIVED), 0);
}

static void responses_are_counted_by_packets(void **state)
{
    static const uint8_t request[24] = {1, 2, 0, 0, [23] = 16}, zero[4] = {0};
    uint32_t before, all, there;

    (void)state;
    for (uint32_t k = 0; k < 60; k++) net_static(r, IP(172, 16, k, 0), MASK24, 1);
    net_run(&n, 5000);
    before = of_interface(1, RESPONSES_SENT);
    there = of_interface(2, RESPONSES_SENT);
    all = figure(GLOBAL_STATS, zero, 4);
    net_forget(tap);
    net_send_from(tap, THEM, 4000, US, request, sizeof(request));
    net_run(&n, 5);
    assert_int_equal(kept(tap, RIP_RESPONSE), 3);
    assert_int_equal(of_interface(1, REQUESTS_RECEIVED), 1);
    assert_int_equal(of_interface(2, REQUESTS_RECEIVED), 0);
    assert_int_equal(of_interface(1, RESPONSES_SENT), before + 3);
    assert_int_equal(of_interface(2, RESPONSES_SENT), there);
    assert_int_equal(figure(GLOBAL_STATS, zero, 4), all + 3);
}

/* One for each time that something was told, of however many packets. */
static void triggered_updates_are_counted(void **state)
{
    struct rip_if_config quiet = net_config(NET_PERMANENT);
    uint32_t before, there;

    (void)state;
    quiet.flags &= ~(uint32_t)RIP_TRIGGERED;
    net_run(&n, 30000);
    before = of_interface(1, TRIGGERED);
    there = of_interface(2, TRIGGERED);
    net_static(r, IP(192, 0, 2, 0), MASK24, 1);
    net_run(&n, 6000);
    assert_int_equal(of_interface(1, TRIGGERED), before + 1);
    assert_int_equal(of_interface(2, TRIGGERED), there + 1);
    for (uint32_t k = 0; k < 60; k++) net_static(r, IP(172, 16, k, 0), MASK24, 1);
    net_run(&n, 6000);
    assert_int_equal(of_interface(1, TRIGGERED), before + 2);
    net_static(r, IP(127, 0, 0, 0), 0xFF000000, 1); /* nobody is told of that */
    net_run(&n, 6000);
    assert_int_equal(of_interface(1, TRIGGERED), before + 2);
    assert_int_equal(net_configure(port, &quiet), ST_OK);
    net_static(r, IP(198, 51, 100, 0), MASK24, 1);
    net_run(&n, 6000);
    assert_int_equal(of_interface(1, TRIGGERED), before + 2);
    assert_int_equal(of_interface(2, TRIGGERED), there + 3);
}

static void what_neighbours_say_is_counted_for_each(void **state)
{
    static const uint8_t junk[24] = {2, 2};

    (void)state;
    tell(THEM, 2, 3, 77);
    tell(OTHER, 1, 4, 0);
    assert_int_equal(of_peer(9, TAG), 77);
    assert_int_equal(of_peer(9, VERSION), 2);
    assert_int_equal(of_peer(8, VERSION), 1);
    assert_int_equal(of_peer(9, HEARD), (uint32_t)n.now - 4 + 1);
    tell(THEM, 2, 99, 78);
    net_send(tap, US, junk, sizeof(junk));     /* a family that is none */
    net_send(tap, US, junk, sizeof(junk) - 1); /* half an entry */
    net_run(&n, 2);
    assert_int_equal(of_peer(9, PEER_BAD_ENTRIES), 2);
    assert_int_equal(of_peer(9, PEER_BAD_PACKETS), 1);
    assert_int_equal(of_peer(8, PEER_BAD_ENTRIES), 0);
    assert_int_equal(of_peer(8, PEER_BAD_PACKETS), 0);
    assert_int_equal(of_interface(1, RESPONSES_RECEIVED), 4);
    assert_int_equal(of_interface(1, BAD_ENTRIES), 2);
    assert_int_equal(of_interface(1, BAD_PACKETS), 1);
    assert_int_equal(of_interface(2, RESPONSES_RECEIVED), 0);
}

static void failures_are_counted_for_each_packet(void **state)
{
    uint32_t before = of_interface(1, SEND_FAILURES);

    (void)state;
    r->fail_send = true;
    assert_int_equal(rip_protocol.do_update_routes(r->rip, 1), ST_OK);
    assert_int_equal(of_interface(1, SEND_FAILURES), before + 1);
    assert_int_equal(of_interface(1, RECEIVE_FAILURES), 0);
    assert_int_equal(of_interface(2, SEND_FAILURES), 0);
}

/* What RIP changes in the table, and not what others do. */
static void changes_of_the_table_are_counted(void **state)
{
    static const uint8_t zero[4] = {0};
    uint32_t before;

    (void)state;
    net_static(r, IP(198, 51, 100, 0), MASK24, 1);
    net_run(&n, 1000);
    before = figure(GLOBAL_STATS, zero, 0);
    tell(THEM, 2, 3, 0);
    assert_int_equal(figure(GLOBAL_STATS, zero, 0), before + 1);
    tell(THEM, 2, 3, 0);
    assert_int_equal(figure(GLOBAL_STATS, zero, 0), before + 1);
    tell(THEM, 2, 5, 0);
    assert_int_equal(figure(GLOBAL_STATS, zero, 0), before + 2);
    tell(THEM, 2, 16, 0);
    assert_int_equal(figure(GLOBAL_STATS, zero, 0), before + 3);
}

/* What was set comes back, its key, too, which the MIB does not tell. */
static void the_configuration_comes_back(void **state)
{
    struct rip_if_config c = net_config(NET_PERMANENT), back;
    struct protocol_info info = {NULL, 0, 1};
    void *data;

    (void)state;
    c.metric = 7;
    memcpy(c.key, "secret", 6);
    assert_int_equal(net_configure(port, &c), ST_OK);
    assert_int_equal(rip_protocol.get_interface_info(r->rip, port->interface, &data, &info.size),
                     ST_OK);
    info.data = data;
    assert_int_equal(rip_if_decode(&back, NET_PERMANENT, &info), ST_OK);
    assert_int_equal(back.metric, 7);
    assert_memory_equal(back.key, "secret", 6);
    mem_free(data);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(requests_are_counted_on_the_way_out),  TEST(responses_are_counted_by_packets),
        TEST(triggered_updates_are_counted),        TEST(what_neighbours_say_is_counted_for_each),
        TEST(failures_are_counted_for_each_packet), TEST(changes_of_the_table_are_counted),
        TEST(the_configuration_comes_back),
    };

    return cmocka_run_group_tests_name("rip statistics", tests, NULL, NULL);
}
