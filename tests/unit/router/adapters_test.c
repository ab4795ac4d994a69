/* LAN adapters: how they become interfaces, go, come back, and are lent to demand-dial links. */
#include "unit/router/fixture.h"

#include "base/utf16.h"
#include "router/state.h"
#include "router/dim/interface.h"

#define ETH0 u"{11111111-0000-0000-0000-000000000000}"
#define ETH1 u"{22222222-0000-0000-0000-000000000000}"

static struct interface *find(struct fixture *f, const char16_t *name)
{
    handle_t32 handle = 0;

    if (router_interface_find(f->router, name, false, &handle) != ST_OK) return NULL;
    return interface_get(f->router, handle);
}

static void expect(struct fixture *f, const char16_t *name, enum connection_state state,
                   uint32_t reasons)
{
    const struct interface *i = find(f, name);
    struct interface_info info;

    assert_non_null(i);
    info = fake_info(&f->host, i->handle);
    assert_int_equal(info.state, state);
    assert_int_equal(info.reasons, reasons);
}

static struct host_adapter eth0(void)
{
    return fake_adapter(ETH0, 2, 0xC0A80101, 0xFFFFFF00);
}

static struct host_adapter eth1(void)
{
    return fake_adapter(ETH1, 3, 0x0A000001, 0xFF000000);
}

static struct host_adapter loopback(void)
{
    struct host_adapter a = fake_adapter(u"lo", 1, 0x7F000001, 0xFF000000);

    a.loopback = true;
    return a;
}

static void test_kinds(void **state)
{
    struct fixture *f = *state;
    struct host_adapter adapters[] = {loopback(), eth0()};

    router_adapters(f->router, NULL, 0);
    assert_int_equal(router_interface_count(f->router), 1);
    expect(f, u"Internal", IF_CONNECTED, 0);
    assert_int_equal(find(f, u"internal")->type, IF_INTERNAL);
    router_adapters(f->router, adapters, 2);
    assert_int_equal(router_interface_count(f->router), 3);
    expect(f, u"Loopback", IF_CONNECTED, 0);
    assert_int_equal(find(f, u"Loopback")->type, IF_LOOPBACK);
    expect(f, ETH0, IF_CONNECTED, 0);
    assert_int_equal(find(f, ETH0)->type, IF_DEDICATED);
    assert_true(find(f, ETH0)->has_binding);
    assert_int_equal(find(f, ETH0)->binding.local[0].address, 0xC0A80101);
    router_adapters(f->router, adapters, 2);
    assert_int_equal(router_interface_count(f->router), 3);
}

/* Stored configuration comes first: interfaces are there before their adapters. */
static void test_stored_interfaces_wait(void **state)
{
    struct fixture *f = *state;
    struct interface_spec spec = {.name = ETH0, .type = IF_DEDICATED, .enabled = true};
    struct host_adapter adapters[] = {eth0(), loopback()};
    handle_t32 handle = 0;

    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    spec.name = u"My own loopback";
    spec.type = IF_LOOPBACK;
    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    spec.name = u"All clients";
    spec.type = IF_INTERNAL;
    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    expect(f, ETH0, IF_UNREACHABLE, REASON_NO_DEVICE);
    router_adapters(f->router, adapters, 2);
    assert_int_equal(router_interface_count(f->router), 3);
    expect(f, ETH0, IF_CONNECTED, 0);
    expect(f, u"My own loopback", IF_CONNECTED, 0);
    expect(f, u"All clients", IF_CONNECTED, 0);
}

static void test_media_and_removal(void **state)
{
    struct fixture *f = *state;
    struct host_adapter adapters[] = {eth0(), eth1()};

    router_adapters(f->router, adapters, 2);
    adapters[0].up = false;
    router_adapters(f->router, adapters, 2);
    expect(f, ETH0, IF_UNREACHABLE, REASON_NO_MEDIA_SENSE);
    assert_false(find(f, ETH0)->has_binding);
    expect(f, ETH1, IF_CONNECTED, 0);
    router_adapters(f->router, adapters + 1, 1);
    assert_null(find(f, ETH0));
    assert_int_equal(router_interface_set_stored(f->router, find(f, ETH1)->handle, true), ST_OK);
    router_adapters(f->router, NULL, 0);
    expect(f, ETH1, IF_UNREACHABLE, REASON_NO_DEVICE);
    expect(f, u"Internal", IF_CONNECTED, 0);
    adapters[0].up = true;
    router_adapters(f->router, adapters, 2);
    expect(f, ETH0, IF_CONNECTED, 0);
    assert_true(find(f, ETH0)->has_binding);
    assert_int_equal(router_interface_count(f->router), 3);
}

static void test_addresses_change(void **state)
{
    struct fixture *f = *state;
    struct host_adapter a = eth0();

    a.binding.count = 0;
    router_adapters(f->router, &a, 1);
    expect(f, ETH0, IF_CONNECTED, 0);
    assert_false(find(f, ETH0)->has_binding);
    a = eth0();
    router_adapters(f->router, &a, 1);
    assert_true(find(f, ETH0)->has_binding);
    a.binding.count = 2;
    a.binding.local[1].address = 0xC0A80201;
    a.binding.local[1].mask = 0xFFFFFF00;
    a.binding.speed = 5;
    router_adapters(f->router, &a, 1);
    assert_int_equal(find(f, ETH0)->binding.count, 2);
    assert_int_equal(find(f, ETH0)->binding.speed, 5);
    a.binding.count = BINDING_MAX_ADDRESSES + 1; /* a host that counts wrongly */
    router_adapters(f->router, &a, 1);
    assert_int_equal(find(f, ETH0)->binding.count, BINDING_MAX_ADDRESSES);
    a.binding.count = 0;
    router_adapters(f->router, &a, 1);
    assert_false(find(f, ETH0)->has_binding);
    expect(f, ETH0, IF_CONNECTED, 0);
}

/* Names that are taken, and an adapter that the host reports twice. */
static void test_conflicts(void **state)
{
    struct fixture *f = *state;
    struct host_adapter adapters[] = {eth0(), eth0()};
    struct host_adapter foreign = fake_adapter(u"Branch", 9, 0x0B000001, 0xFF000000);

    adapters[1].binding.local[0].address = 1;
    router_adapters(f->router, adapters, 2);
    assert_int_equal(find(f, ETH0)->binding.local[0].address, 0xC0A80101);
    fake_demand_dial(&f->host, u"Branch", DIALER_SCRIPTED, 0);
    router_adapters(f->router, &foreign, 1);
    assert_int_equal(find(f, u"Branch")->type, IF_FULL_ROUTER);
    assert_false(find(f, u"Branch")->has_binding);
}

/* A host adapter that is the link of a demand-dial connection is no LAN interface meanwhile. */
static void test_lent_adapter(void **state)
{
    struct fixture *f = *state;
    struct host_adapter adapters[] = {eth0(), eth1()};
    struct interface_spec spec = fixture_spec(f, u"Branch");
    handle_t32 handle = 0;

    f->plan.binding.host_index = 3;
    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    router_adapters(f->router, adapters, 2);
    expect(f, ETH1, IF_CONNECTED, 0);
    assert_int_equal(router_interface_connect(f->router, handle, NULL), ST_PENDING);
    fake_advance(&f->host, 0);
    expect(f, u"Branch", IF_CONNECTED, 0);
    expect(f, ETH1, IF_UNREACHABLE, REASON_NO_DEVICE);
    assert_false(find(f, ETH1)->has_binding);
    router_adapters(f->router, adapters, 2);
    expect(f, ETH1, IF_UNREACHABLE, REASON_NO_DEVICE);
    expect(f, ETH0, IF_CONNECTED, 0);
    assert_int_equal(router_interface_disconnect(f->router, handle), ST_OK);
    expect(f, ETH1, IF_CONNECTED, 0);
    assert_true(find(f, ETH1)->has_binding);
}

static void test_adapter_of_a_link_appears(void **state)
{
    struct fixture *f = *state;
    struct host_adapter a = eth1();
    struct interface_spec spec = fixture_spec(f, u"Branch");
    handle_t32 handle = 0;

    f->plan.binding.host_index = 3;
    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    assert_int_equal(router_interface_connect(f->router, handle, NULL), ST_PENDING);
    fake_advance(&f->host, 0);
    router_adapters(f->router, &a, 1);
    assert_null(find(f, ETH1));
    assert_int_equal(router_interface_disconnect(f->router, handle), ST_OK);
    router_adapters(f->router, &a, 1);
    expect(f, ETH1, IF_CONNECTED, 0);
}

/* What a program made, or the stored configuration has, outlives its adapter. */
static void test_who_goes_with_the_adapter(void **state)
{
    struct fixture *f = *state;
    struct interface_spec spec = {.name = ETH0, .type = IF_DEDICATED, .enabled = true};
    struct host_adapter adapters[] = {eth0(), eth1(), loopback()};
    handle_t32 handle = 0;

    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    router_adapters(f->router, adapters, 3);
    assert_int_equal(router_interface_count(f->router), 4);
    router_adapters(f->router, NULL, 0);
    assert_int_equal(router_interface_count(f->router), 3);
    expect(f, ETH0, IF_UNREACHABLE, REASON_NO_DEVICE);
    expect(f, u"Loopback", IF_UNREACHABLE, REASON_NO_DEVICE);
    assert_null(find(f, ETH1));
    router_adapters(f->router, adapters, 3);
    expect(f, ETH1, IF_CONNECTED, 0);
}

/* One that a dialer's program makes is that interface's at all times. */
static void test_one_owner(void **state)
{
    struct fixture *f = *state;
    struct host_adapter adapters[] = {eth0(), eth1()};
    struct interface_spec spec = fixture_spec(f, u"Branch");
    handle_t32 handle = 0;

    router_adapters(f->router, adapters + 1, 1); /* before anybody speaks for it */
    expect(f, ETH1, IF_CONNECTED, 0);
    f->plan.makes_adapter = true;
    u16_copy(f->plan.adapter, DIAL_TEXT_MAX, ETH1);
    f->plan.binding.host_index = 3;
    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    router_adapters(f->router, adapters, 2);
    expect(f, ETH0, IF_CONNECTED, 0);
    expect(f, ETH1, IF_UNREACHABLE, REASON_NO_DEVICE);
    router_adapters(f->router, adapters, 1);
    router_adapters(f->router, adapters, 2);
    assert_null(find(f, ETH1));
    assert_int_equal(router_interface_connect(f->router, handle, NULL), ST_PENDING);
    fake_advance(&f->host, 0);
    router_adapters(f->router, adapters, 2);
    assert_null(find(f, ETH1));
    assert_int_equal(router_interface_disconnect(f->router, handle), ST_OK);
    router_adapters(f->router, adapters, 2);
    assert_null(find(f, ETH1));
}

/* Any interface that connects or disconnects is news. */
static void test_notifies(void **state)
{
    struct fixture *f = *state;
    struct host_adapter a = eth0();
    handle_t32 server = 0;

    assert_int_equal(router_server_open(f->router, HANDLE_SERVER, &server), ST_OK);
    assert_int_equal(router_notification_add(f->router, server, 1, 11), ST_OK);
    router_adapters(f->router, &a, 1);
    fake_flush(&f->host);
    assert_int_equal(fake_count(&f->host, FAKE_SIGNAL), 1);
    a.binding.local[0].address++;
    router_adapters(f->router, &a, 1);
    fake_flush(&f->host);
    assert_int_equal(fake_count(&f->host, FAKE_SIGNAL), 1);
    router_adapters(f->router, NULL, 0);
    fake_flush(&f->host);
    assert_int_equal(fake_count(&f->host, FAKE_SIGNAL), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_kinds),
        TEST(test_stored_interfaces_wait),
        TEST(test_media_and_removal),
        TEST(test_addresses_change),
        TEST(test_conflicts),
        TEST(test_lent_adapter),
        TEST(test_adapter_of_a_link_appears),
        TEST(test_who_goes_with_the_adapter),
        TEST(test_one_owner),
        TEST(test_notifies),
    };

    return cmocka_run_group_tests_name("adapters", tests, NULL, NULL);
}
