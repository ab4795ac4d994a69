/* A change of the key: one that the block of an interface has room for, at once; routes are not
 * lost when neighbours follow within the time that routes live. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "protocol/rip/internal.h"
#include "sim/rip/md5.h"
#include "sim/rip/net.h"

#define MASK24 0xFFFFFF00u
#define US     IP(10, 0, 0, 1)
#define THEM   IP(10, 0, 0, 9)

static struct net n;
static struct net_router *r;
static struct net_port *port, *tap;
static const uint32_t far_net = IP(198, 51, 100, 0);

static struct rip_if_config config_with(uint32_t auth_type, const char *key)
{
    struct rip_if_config c = net_config(NET_PERMANENT);

    c.auth_type = auth_type;
    memcpy(c.key, key, strlen(key));
    return c;
}

static int setup(void **state)
{
    struct rip_if_config c = config_with(RIP_AUTH_MD5, "the first");

    (void)state;
    net_open(&n, 77);
    r = net_router(&n, NULL);
    port = net_plug(r, 1, US, MASK24, NET_PERMANENT, &c);
    tap = net_tap(&n, 1, THEM, MASK24);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    net_close(&n);
    return 0;
}

/* A response with one route, as of a neighbour with that key and number. */
static void tell(const char *key, uint32_t sequence, uint32_t metric)
{
    struct rip_auth auth = {.type = RIP_AUTH_MD5, .md5 = test_md5};
    struct rip_entry e = {
        .family = RIP_FAMILY_IPV4, .address = far_net, .mask = MASK24, .metric = metric};
    struct rip_builder b;

    memcpy(auth.key, key, strlen(key));
    rip_build(&b, RIP_RESPONSE, 2, &auth, sequence);
    rip_build_entry(&b, &e);
    net_send(tap, US, b.data, rip_build_finish(&b));
    net_run(&n, 10);
}

/* Sequence numbers belong to a key: a neighbour may begin anew with a new one. */
static void numbers_begin_anew_with_a_new_key(void **state)
{
    struct rip_if_config c = config_with(RIP_AUTH_MD5, "the second");

    (void)state;
    tell("the first", 2000000000, 3);
    tell("the first", 5, 4);
    assert_int_equal(net_metric(r, far_net, MASK24), 4);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_AUTH_SEQUENCE), 1);
    assert_int_equal(net_configure(port, &c), ST_OK);
    tell("the second", 5, 6);
    assert_int_equal(net_metric(r, far_net, MASK24), 7);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_AUTH_SEQUENCE), 1);
    tell("the second", 4, 8);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_AUTH_SEQUENCE), 2);
}

/* ... and not with any other change of the block, or a replay would be taken after each. */
static void numbers_go_on_with_the_same_key(void **state)
{
    struct rip_if_config c = config_with(RIP_AUTH_MD5, "the first");

    (void)state;
    tell("the first", 2000000000, 3);
    c.metric = 2;
    assert_int_equal(net_configure(port, &c), ST_OK);
    tell("the first", 5, 4);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_AUTH_SEQUENCE), 1);
}

static void the_former_key_ends_at_once(void **state)
{
    struct rip_if_config c = config_with(RIP_AUTH_MD5, "the second");

    (void)state;
    tell("the first", 10, 3);
    assert_int_equal(net_configure(port, &c), ST_OK);
    tell("the first", 11, 5);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_AUTH_DIGEST), 1);
    assert_int_equal(net_metric(r, far_net, MASK24), 4); /* what it told lives as long as any */
    net_run(&n, 181000);
    assert_int_equal(net_metric(r, far_net, MASK24), 0);
}

/* The last of routers in a line has far_net. */
static void line(unsigned count, const struct rip_if_config *c)
{
    for (unsigned k = 0; k < count; k++) {
        struct net_router *q = net_router(&n, NULL);
        if (k > 0) net_plug(q, 10 + k, IP(10, 1, k, 2), MASK24, NET_PERMANENT, c);
        if (k + 1 < count) net_plug(q, 11 + k, IP(10, 1, k + 1, 1), MASK24, NET_PERMANENT, c);
    }
    net_static(&n.routers[count], far_net, MASK24, 1);
}

/* Lets time pass, while the first of the line always knows the way. */
static void run_and_watch(msec duration, uint32_t metric)
{
    for (msec t = 0; t < duration; t += 1000) {
        net_run(&n, 1000);
        assert_int_equal(net_metric(&n.routers[1], far_net, MASK24), metric);
    }
}

static void change_one_after_the_other(uint32_t auth_type)
{
    struct rip_if_config before = config_with(auth_type, "old");
    struct rip_if_config after = config_with(auth_type, "new");

    line(4, &before);
    net_run(&n, 60000);
    for (unsigned k = 1; k <= 4; k++) {
        struct net_router *q = &n.routers[k];
        for (unsigned p = 0; p < q->port_count; p++)
            assert_int_equal(net_configure(&q->ports[p], &after), ST_OK);
        run_and_watch(35000, 4);
    }
    run_and_watch(300000, 4);
    assert_true(rip_drop_count(n.routers[1].rip, RIP_DROP_AUTH_PASSWORD) +
                    rip_drop_count(n.routers[1].rip, RIP_DROP_AUTH_DIGEST) >
                0);
}

static void passwords_change_without_loss_of_routes(void **state)
{
    (void)state;
    change_one_after_the_other(RIP_AUTH_PASSWORD);
}

static void md5_keys_change_without_loss_of_routes(void **state)
{
    (void)state;
    change_one_after_the_other(RIP_AUTH_MD5);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(numbers_begin_anew_with_a_new_key),
        TEST(numbers_go_on_with_the_same_key),
        TEST(the_former_key_ends_at_once),
        TEST(passwords_change_without_loss_of_routes),
        TEST(md5_keys_change_without_loss_of_routes),
    };

    return cmocka_run_group_tests_name("rip, a change of the key", tests, NULL, NULL);
}
