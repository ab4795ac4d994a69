/* The outbox, its entries of their own, requests, and the packed dial configuration. */
#include "unit/router/fixture.h"

#include "base/utf16.h"
#include "protocol/builtin/builtin_protocols.h"
#include "router/ddm/dial_config.h"
#include "router/state.h"
#include "router/post.h"
#include "router/request.h"
#include "router/rm/builtin.h"

static void act_nothing(const struct router_host *host, struct outbox_entry *entry, uintptr_t value)
{
    (void)host;
    (void)entry;
    (void)value;
}

static void test_order_and_numbers(void **state)
{
    struct outbox o = {0};
    struct outbox_entry a = {.act = act_nothing, .value = 1}, b = {.act = act_nothing, .value = 2};
    outbox_fn *act = NULL;
    uintptr_t value = 0;

    (void)state;
    assert_true(outbox_empty(&o));
    assert_null(outbox_pop(&o, &act, &value));
    assert_true(outbox_oldest(&o) == UINT64_MAX);
    outbox_put(&o, &a);
    outbox_put(&o, &b);
    outbox_put(&o, &a); /* stays where it is */
    assert_true(outbox_oldest(&o) == 1);
    assert_true(o.put == 2);
    assert_true(outbox_take_back(&o, &a));
    assert_false(outbox_take_back(&o, &a));
    assert_true(outbox_oldest(&o) == 2);
    outbox_put(&o, &a);
    assert_ptr_equal(outbox_pop(&o, &act, &value), &b);
    assert_int_equal(value, 2);
    assert_ptr_equal((void *)(uintptr_t)act, (void *)(uintptr_t)act_nothing);
    assert_true(outbox_oldest(&o) == 3);
    assert_ptr_equal(outbox_pop(&o, &act, &value), &a);
    assert_true(outbox_empty(&o));
    assert_true(o.popped == 2);
}

/* Who leaves waits for his own, or for all that is there. */
static void test_wanted(void **state)
{
    struct outbox o = {0};
    struct outbox_entry a = {.act = act_nothing}, b = {.act = act_nothing};

    (void)state;
    outbox_begin(&o);
    outbox_want_all(&o);
    assert_true(o.wanted == 0);
    outbox_put(&o, &a);
    outbox_put(&o, &b);
    outbox_begin(&o);
    assert_true(o.wanted == 0);
    outbox_put(&o, &a);
    assert_true(o.wanted == 1);
    outbox_want_all(&o);
    assert_true(o.wanted == 2);
}

/* What is posted is copied: the caller's may change at once. */
static void test_posts_copy(void **state)
{
    struct fixture *f = *state;
    char16_t name[] = u"Branch";
    uint8_t bytes[] = {1, 2, 3};
    struct store_item item = {STORE_INTERFACE_INFO, name, TRANSPORT_IP, bytes, 3};
    struct protocol_datagram datagram = {.interface = 4, .data = bytes, .size = 3};
    struct port_listen listen = {
        .binding = {.count = 1, .host_index = 5}, .port = 4711, .group = 0xE0000009, .start = true};

    assert_true(post_store(f->router, &item));
    assert_true(post_send(f->router, &datagram));
    assert_true(post_listen(f->router, &listen));
    item = (struct store_item){STORE_GLOBAL_INFO, NULL, TRANSPORT_IPV6, NULL, 0};
    assert_true(post_store(f->router, &item));
    memset(name, 0, sizeof(name));
    memset(bytes, 0, sizeof(bytes));
    listen.binding.host_index = 0;
    fake_flush(&f->host);
    assert_int_equal(f->host.count, 4);
    assert_memory_equal(f->host.records[0].data, "\1\2\3", 3);
    assert_memory_equal(f->host.records[0].name, u"Branch", 14);
    assert_int_equal(f->host.records[0].transport, TRANSPORT_IP);
    assert_memory_equal(f->host.records[1].data, "\1\2\3", 3);
    assert_int_equal(f->host.records[1].datagram.interface, 4);
    assert_int_equal(f->host.records[2].binding.host_index, 5);
    assert_int_equal(f->host.records[2].port, 4711);
    assert_int_equal(f->host.records[2].group, 0xE0000009);
    assert_true(f->host.records[2].start);
    assert_int_equal(f->host.records[3].store, STORE_GLOBAL_INFO);
    assert_int_equal(f->host.records[3].size, 0);
}

static void test_posts_without_memory(void **state)
{
    struct fixture *f = *state;
    struct store_item item = {STORE_GLOBAL_INFO, NULL, TRANSPORT_IP, "x", 1};
    struct protocol_datagram datagram = {.data = "x", .size = 1};
    struct port_listen listen = {.port = 4711};

    fail_alloc_always();
    assert_false(post_store(f->router, &item));
    assert_false(post_send(f->router, &datagram));
    assert_false(post_listen(f->router, &listen));
    assert_true(fail_alloc_fired());
    fake_flush(&f->host);
    assert_int_equal(f->host.count, 0);
}

static void test_requests(void **state)
{
    struct fixture *f = *state;
    struct request request = {.event = 9};

    request_complete(f->router, NULL, ST_OK);
    request_complete(f->router, &request, ST_TIMEOUT);
    assert_int_equal(f->host.count, 0);
    fake_flush(&f->host);
    assert_int_equal(fake_count(&f->host, FAKE_COMPLETE), 1);
    assert_ptr_equal(f->host.records[0].request, &request);
    assert_int_equal(request.status, ST_TIMEOUT);
}

static void test_built_in_protocols_system(void **state)
{
    struct fixture *f = *state;
    const struct protocol_system *s;
    struct protocol_datagram datagram = {.data = "x", .size = 1};
    struct ip_binding binding = {0};
    const struct rtm_address group = {{0xFF, 2, [15] = 9}};
    struct router_manager manager = {.router = f->router};
    struct hosted_protocol h = {.manager = &manager};

    builtin_prepare(&h, &builtin_protocols[0]);
    s = &h.system;
    fake_advance(&f->host, 5000);
    assert_int_equal(s->now(s->context), 5000);
    assert_int_equal(s->unix_time(s->context), f->host.unix_time + 5);
    assert_int_not_equal(s->random(s->context), s->random(s->context));
    assert_int_equal(s->port, 520);
    assert_non_null(s->md5);
    assert_int_equal(s->send(s->context, &datagram), ST_OK);
    assert_int_equal(s->listen(s->context, &binding, 1, true), ST_OK);
    fail_alloc_always();
    assert_int_equal(s->send(s->context, &datagram), ST_NOT_ENOUGH_MEMORY);
    assert_int_equal(s->listen(s->context, &binding, 1, true), ST_NOT_ENOUGH_MEMORY);
    assert_int_equal(s->listen6(s->context, &binding, &group, true), ST_NOT_ENOUGH_MEMORY);
    fail_alloc_at(0);
    fake_flush(&f->host);
    assert_int_equal(fake_last(&f->host, FAKE_SEND)->datagram.source_port, 520);
    assert_int_equal(fake_last(&f->host, FAKE_LISTEN)->port, 520);
    assert_int_equal(fake_last(&f->host, FAKE_LISTEN)->group, 1);
    assert_false(fake_last(&f->host, FAKE_LISTEN)->ipv6);
    assert_int_equal(s->listen6(s->context, &binding, &group, true), ST_OK);
    fake_flush(&f->host);
    assert_true(fake_last(&f->host, FAKE_LISTEN)->ipv6);
    assert_memory_equal(&fake_last(&f->host, FAKE_LISTEN)->group6, &group, sizeof(group));
    h.system.port = 0;
    assert_int_equal(s->send(s->context, &datagram), ST_NOT_SUPPORTED);
    assert_int_equal(s->listen(s->context, &binding, 1, true), ST_NOT_SUPPORTED);
    assert_int_equal(s->listen6(s->context, &binding, &group, true), ST_NOT_SUPPORTED);
}

/* Time never goes back. */
static void test_time(void **state)
{
    struct fixture *f = *state;

    router_set_now(f->router, 100);
    router_set_now(f->router, 50);
    assert_int_equal(router_now(f->router), 100);
    assert_true(router_next_due(f->router) == MSEC_NEVER);
    router_run_timers(f->router);
    assert_ptr_equal(router_host_of(f->router), &f->host.host);
    router_destroy(NULL);
}

static void fill(char16_t *text, size_t capacity, bool terminate)
{
    for (size_t n = 0; n < capacity; n++) text[n] = (char16_t)(u'a' + n % 26);
    if (terminate) text[capacity - 1] = 0;
}

static void test_dial_config(void **state)
{
    struct fixture *f = *state;
    struct dial_entry entry;
    struct dial_plan plan;
    struct dial_config *c;

    fill(f->plan.command, 1024, true);
    fill(f->entry.device_type, 17, true);
    f->plan.timeout_seconds = 17;
    f->plan.drop_after = 18;
    c = dial_config_new(&f->entry, &f->plan);
    assert_non_null(c);
    assert_true(dial_config_usable(c));
    dial_config_expand(c, &entry, &plan);
    assert_memory_equal(entry.device_type, f->entry.device_type, sizeof(entry.device_type));
    assert_memory_equal(entry.device_name, f->entry.device_name, sizeof(entry.device_name));
    assert_memory_equal(entry.phone_number, f->entry.phone_number, sizeof(entry.phone_number));
    assert_memory_equal(plan.command, f->plan.command, sizeof(plan.command));
    assert_memory_equal(plan.adapter, f->plan.adapter, sizeof(plan.adapter));
    assert_memory_equal(&plan.binding, &f->plan.binding, sizeof(plan.binding));
    assert_int_equal(plan.timeout_seconds, 17);
    assert_int_equal(plan.drop_after, 18);
    assert_int_equal(entry.redial_seconds, 60);
    mem_free(c);

    fill(f->entry.phone_number, 129, false); /* not terminated: cut */
    c = dial_config_new(&f->entry, NULL);
    assert_non_null(c);
    assert_false(dial_config_usable(c));
    dial_config_expand(c, &entry, &plan);
    assert_int_equal(u16_length(entry.phone_number, 129), 128);
    assert_int_equal(plan.kind, DIALER_NONE);
    mem_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_order_and_numbers),
        TEST(test_wanted),
        TEST(test_posts_copy),
        TEST(test_posts_without_memory),
        TEST(test_requests),
        TEST(test_built_in_protocols_system),
        TEST(test_time),
        TEST(test_dial_config),
    };

    return cmocka_run_group_tests_name("outbox", tests, NULL, NULL);
}
