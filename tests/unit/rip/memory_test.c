/* RIP without memory: each call all or nothing, and a packet that could not be taken is made good
 * by the next one. */
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
#include "sim/support/fail_alloc.h"

#define MASK24 0xFFFFFF00u
#define US     IP(10, 0, 0, 1)
#define THEM   IP(10, 0, 0, 9)
#define ROUTES 10u

static struct net n;
static struct net_router *r;
static struct net_port *port, *tap;

static int setup(void **state)
{
    (void)state;
    fail_alloc_begin();
    net_open(&n, 5);
    r = net_router(&n, NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    net_close(&n);
    fail_alloc_end();
    return 0;
}

static void plug(enum net_interface_type type)
{
    port = net_plug(r, 1, US, MASK24, type, NULL);
    tap = net_tap(&n, 1, THEM, MASK24);
}

/* ---- calls ----------------------------------------------------------------------------------- */

/* A call, until it has all the memory that it wants; status: what it says when it has not. How many
 * allocations it makes. */
static unsigned sweep(mpr_status (*call)(void), mpr_status status)
{
    for (unsigned k = 1;; k++) {
        size_t live = fail_alloc_live(), timers = n.timers.reserved;
        mpr_status answer;

        fail_alloc_at(k);
        answer = call();
        if (!fail_alloc_fired()) {
            assert_int_equal(answer, ST_OK);
            return k - 1;
        }
        assert_int_equal(answer, status);
        assert_int_equal(fail_alloc_live(), live); /* a table that has grown is one block, too */
        assert_int_equal(n.timers.reserved, timers);
    }
}

static mpr_status start(void)
{
    const struct protocol_info none = {NULL, 0, 0};

    return rip_protocol.start(&r->rip, &r->support, &r->system, &none);
}

static void starting(void **state)
{
    (void)state;
    assert_int_equal(rip_protocol.stop(r->rip), ST_OK);
    r->rip = NULL;
    assert_true(sweep(start, ST_NOT_ENOUGH_MEMORY) >= 3);
    assert_non_null(r->rip);
}

static uint32_t next_index;
static struct rip_range any = {0, UINT32_MAX};

static mpr_status add_interface(void)
{
    uint32_t peers[1] = {THEM};
    struct rip_if_config c = net_config(NET_PERMANENT);
    struct protocol_info info = {NULL, 0, 1};
    void *block;
    mpr_status status;

    c.peers = peers;
    c.accept = c.announce = &any;
    c.peer_count = c.accept_count = c.announce_count = 1;
    status = rip_if_encode(&c, 0, true, &block, &info.size);
    if (status != ST_OK) return status;
    info.data = block;
    status = rip_protocol.add_interface(r->rip, u"port", next_index, NET_PERMANENT, &info);
    mem_free(block);
    return status;
}

/* So many that room for timers is made in the middle of one. */
static void adding_interfaces(void **state)
{
    struct protocol_info none = {NULL, 0, 0};

    (void)state;
    for (next_index = 1; next_index <= 20; next_index++) {
        assert_true(sweep(add_interface, ST_NOT_ENOUGH_MEMORY) >= 5);
        assert_int_equal(
            rip_protocol.add_interface(r->rip, u"again", next_index, NET_PERMANENT, &none),
            ST_ALREADY_EXISTS);
    }
    for (next_index = 1; next_index <= 20; next_index++) {
        assert_int_equal(rip_protocol.delete_interface(r->rip, next_index), ST_OK);
    }
}

static mpr_status set_interface(void)
{
    struct rip_if_config c = net_config(NET_PERMANENT);
    struct protocol_info info = {NULL, 0, 1};
    void *block;
    mpr_status status;

    c.accept = &any;
    c.accept_count = 1;
    status = rip_if_encode(&c, 0, true, &block, &info.size);
    if (status != ST_OK) return status;
    info.data = block;
    status = rip_protocol.set_interface_info(r->rip, 1, &info);
    mem_free(block);
    return status;
}

static mpr_status get_both(void)
{
    void *data;
    size_t size;
    mpr_status status = rip_protocol.get_interface_info(r->rip, 1, &data, &size);

    if (status != ST_OK) return status;
    mem_free(data);
    status = rip_protocol.get_global_info(r->rip, &data, &size);
    if (status == ST_OK) mem_free(data);
    return status;
}

static void configuration(void **state)
{
    (void)state;
    plug(NET_PERMANENT);
    assert_int_equal(sweep(set_interface, ST_NOT_ENOUGH_MEMORY), 2);
    assert_int_equal(sweep(get_both, ST_NOT_ENOUGH_MEMORY), 2);
}

static uint8_t mib_type;

static mpr_status ask_mib(void)
{
    const uint8_t in[8] = {mib_type};
    void *out;
    size_t size;
    mpr_status status = rip_protocol.mib_get(r->rip, 1, in, sizeof(in), &out, &size);

    if (status == ST_OK) mem_free(out);
    return status;
}

static void put_routes(uint32_t metric)
{
    static const struct rip_auth none = {.type = RIP_AUTH_NONE};
    struct rip_builder b;

    rip_build(&b, RIP_RESPONSE, 2, &none, 0);
    for (uint32_t k = 0; k < ROUTES; k++) {
        struct rip_entry e = {
            .family = 2, .address = IP(100, 0, k, 0), .mask = MASK24, .metric = metric};

        rip_build_entry(&b, &e);
    }
    net_send(tap, IP(224, 0, 0, 9), b.data, rip_build_finish(&b));
}

static void the_mib(void **state)
{
    (void)state;
    plug(NET_PERMANENT);
    put_routes(1);
    net_run(&n, 1);
    for (mib_type = 0; mib_type < 6; mib_type++) {
        bool encoded = mib_type == 1 || mib_type == 3; /* a configuration, within the answer */

        assert_int_equal(sweep(ask_mib, ST_NOT_ENOUGH_MEMORY), encoded ? 2 : 1);
    }
}

/* ---- updates --------------------------------------------------------------------------------- */

static mpr_status update(void)
{
    return rip_protocol.do_update_routes(r->rip, 1);
}

/* One that did not begin sends nothing, and leaves nothing under way. */
static void an_update(void **state)
{
    (void)state;
    plug(NET_DEMAND_DIAL);
    fail_alloc_at(1);
    assert_int_equal(update(), ST_CAN_NOT_COMPLETE);
    assert_true(fail_alloc_fired());
    net_run(&n, 100);
    assert_int_equal(tap->count, 0);
    assert_int_equal(sweep(update, ST_CAN_NOT_COMPLETE), 1);
    net_run(&n, 100);
    assert_int_equal(tap->count, 1);
}

/* ---- packets --------------------------------------------------------------------------------- */

/* Whatever the n-th allocation of taking it was for: the next packet brings all of it. */
static void routes_are_learned_from_the_next_packet(void **state)
{
    bool fired = true;

    (void)state;
    plug(NET_PERMANENT);
    for (size_t k = 1; fired; k++) {
        put_routes(1);
        fail_alloc_at(k);
        net_run(&n, 1);
        fired = fail_alloc_fired();
        assert_true(net_learned(r, 1) >= (fired ? 0 : ROUTES));
        put_routes(1);
        net_run(&n, 1);
        assert_int_equal(net_learned(r, 1), ROUTES);
        for (uint32_t i = 0; i < ROUTES; i++)
            assert_int_equal(net_metric(r, IP(100, 0, i, 0), MASK24), 2);
        put_routes(16); /* unreachable: gone, and announced as such for a while */
        net_run(&n, 1);
        assert_int_equal(net_learned(r, 1), 0);
        net_run(&n, 130000);
    }
}

/* What goes needs no memory; it only is not announced. */
static void routes_go_without_memory(void **state)
{
    (void)state;
    plug(NET_PERMANENT);
    put_routes(1);
    net_run(&n, 1);
    put_routes(3); /* and what changes takes none, either */
    fail_alloc_always();
    net_run(&n, 1);
    assert_int_equal(net_metric(r, IP(100, 0, 0, 0), MASK24), 4);
    net_run(&n, 179000);
    assert_int_equal(net_learned(r, 1), ROUTES);
    net_run(&n, 1000);
    assert_int_equal(net_learned(r, 1), 0);
    fail_alloc_at(0);
}

/* A request that can't be answered is asked again by whoever wants to know. */
static void a_request(void **state)
{
    static const uint8_t whole[24] = {1, 2, 0, 0, [23] = 16};
    unsigned answers;

    (void)state;
    plug(NET_PERMANENT);
    net_run(&n, 2000);
    net_forget(tap);
    net_send(tap, US, whole, sizeof(whole));
    fail_alloc_always();
    net_run(&n, 10);
    answers = tap->count;
    fail_alloc_at(0);
    net_send(tap, US, whole, sizeof(whole));
    net_run(&n, 10);
    assert_int_equal(answers, 0);
    assert_int_equal(tap->count, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(starting),
        TEST(adding_interfaces),
        TEST(configuration),
        TEST(the_mib),
        TEST(an_update),
        TEST(routes_are_learned_from_the_next_packet),
        TEST(routes_go_without_memory),
        TEST(a_request),
    };

    return cmocka_run_group_tests_name("rip without memory", tests, NULL, NULL);
}
