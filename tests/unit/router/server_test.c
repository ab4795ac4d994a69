/* What the router says of itself. */
#include "unit/router/fixture.h"

#define ETH0 u"{11111111-0000-0000-0000-000000000000}"

static handle_t32 make(struct fixture *f, bool stored)
{
    struct interface_spec spec = fixture_spec(f, stored ? u"Stored" : u"Branch");
    handle_t32 handle = 0;

    spec.stored = stored;
    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    return handle;
}

static void test_interfaces_that_would_be_lost(void **state)
{
    struct fixture *f = *state;
    handle_t32 branch;

    assert_false(router_would_lose(f->router));
    make(f, true);
    assert_false(router_would_lose(f->router));
    branch = make(f, false);
    assert_true(router_would_lose(f->router));
    assert_int_equal(router_interface_set_stored(f->router, branch, true), ST_OK);
    assert_false(router_would_lose(f->router));
    assert_int_equal(router_interface_set_stored(f->router, branch, false), ST_OK);
    assert_int_equal(router_interface_delete(f->router, branch), ST_OK);
    assert_false(router_would_lose(f->router));
}

/* What comes with an adapter comes again; what a program made of the same kind does not. */
static void test_adapters(void **state)
{
    struct fixture *f = *state;
    struct host_adapter eth0 = fake_adapter(ETH0, 2, 0xC0A80101, 0xFFFFFF00);
    struct interface_spec spec = {.name = u"Second", .type = IF_DEDICATED, .enabled = true};
    handle_t32 handle = 0;

    router_adapters(f->router, &eth0, 1);
    assert_false(router_would_lose(f->router));
    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    assert_true(router_would_lose(f->router));
}

static void test_a_link(void **state)
{
    struct fixture *f = *state;
    handle_t32 stored;

    f->plan.delay = 100;
    stored = make(f, true);
    assert_int_equal(router_interface_connect(f->router, stored, NULL), ST_PENDING);
    assert_int_equal(fake_info(&f->host, stored).state, IF_CONNECTING);
    assert_true(router_would_lose(f->router));
    fake_advance(&f->host, 1000);
    assert_int_equal(fake_info(&f->host, stored).state, IF_CONNECTED);
    assert_true(router_would_lose(f->router));
    assert_int_equal(router_interface_disconnect(f->router, stored), ST_OK);
    fake_advance(&f->host, 1000);
    assert_false(router_would_lose(f->router));
}

static void test_a_notification(void **state)
{
    struct fixture *f = *state;
    handle_t32 server = 0;

    assert_int_equal(router_server_open(f->router, HANDLE_SERVER, &server), ST_OK);
    assert_false(router_would_lose(f->router));
    assert_int_equal(router_notification_add(f->router, server, 1, 11), ST_OK);
    assert_true(router_would_lose(f->router));
    assert_int_equal(router_server_close(f->router, HANDLE_SERVER, server), ST_OK);
    assert_false(router_would_lose(f->router));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_interfaces_that_would_be_lost),
        TEST(test_adapters),
        TEST(test_a_link),
        TEST(test_a_notification),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
