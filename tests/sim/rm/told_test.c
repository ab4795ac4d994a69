/* What protocols are told of their interfaces, built in or not, and when: addresses that change,
 * the end of a link, an update that is over before the call that began it returns. */
#include "sim/rm/rm_test.h"
#include "sim/support/fail_alloc.h"

#include "protocol/rip/config.h"
#include "protocol/rip/rip.h"
#include "router/rm/rm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

/* ---- a LAN interface and a foreign protocol on all interfaces -------------------------------- */

static size_t address_changes(const struct rm_test *t)
{
    size_t found = 0;

    for (size_t n = 0; n < t->logged; n++) {
        found += t->log[n].kind == CALL_INTERFACE_STATUS &&
                 t->log[n].status_type == RIS_ADDRESS_CHANGE && t->log[n].addresses;
    }
    return found;
}

static void report(struct rm_test *t, const struct host_adapter *adapter)
{
    t->logged = 0;
    router_adapters(t->r, adapter, 1);
    fake_flush(&t->f);
}

static void a_binding_that_differs_in_anything_but_speed_is_told(void **state)
{
    struct host_adapter a = fake_adapter(u"{eth0}", 2, 0x0A000001, 0xFFFFFF00);
    struct rm_test t;

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING | PROTOCOL_ADD_ALL_INTERFACES);
    report(&t, &a);
    assert_int_equal(address_changes(&t), 1);
    report(&t, &a);
    assert_int_equal(t.logged, 0);
    a.binding.speed++;
    report(&t, &a);
    assert_int_equal(t.logged, 0);
    a.binding.local[0].address++;
    report(&t, &a);
    assert_int_equal(address_changes(&t), 1);
    a.binding.local[0].mask = 0xFFFF0000;
    report(&t, &a);
    assert_int_equal(address_changes(&t), 1);
    a.binding.count = 2;
    a.binding.local[1].address = 0x0A010001;
    a.binding.local[1].mask = 0xFFFFFF00;
    report(&t, &a);
    assert_int_equal(address_changes(&t), 1);
    a.binding.local[1].address++;
    report(&t, &a);
    assert_int_equal(address_changes(&t), 1);
    a.binding.count = 1;
    report(&t, &a);
    assert_int_equal(address_changes(&t), 1);
    a.binding.remote = 0x0A000002;
    report(&t, &a);
    assert_int_equal(address_changes(&t), 1);
    a.binding.mtu = 1400;
    report(&t, &a);
    assert_int_equal(address_changes(&t), 1);
    a.binding.host_index = 7;
    report(&t, &a);
    assert_int_equal(address_changes(&t), 1);
    rm_close(&t);
}

/* Every state of an interface, and whether it is said to be active. */
static void states_come_in_order(void **state)
{
    static const struct {
        enum interface_status_type type;
        bool active, binding;
        uint32_t addresses;
    } expected[] = {
        {RIS_DISABLED, false, false, 0},     {RIS_ADDRESS_CHANGE, false, true, 0},
        {RIS_MEDIA_ABSENT, false, false, 0}, {RIS_MEDIA_PRESENT, true, false, 0},
        {RIS_ADDRESS_CHANGE, true, true, 1}, {RIS_ENABLED, true, false, 0},
    };
    struct host_adapter a = fake_adapter(u"{eth0}", 2, 0x0A000001, 0xFFFFFF00);
    struct rm_test t;

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING | PROTOCOL_ADD_ALL_INTERFACES);
    report(&t, &a);
    a.up = false;
    report(&t, &a);
    a.up = true;
    assert_int_equal(t.logged, 3);
    router_adapters(t.r, &a, 1);
    fake_flush(&t.f);
    assert_int_equal(t.logged, sizeof(expected) / sizeof(*expected));
    for (size_t n = 0; n < t.logged; n++) {
        assert_int_equal(t.log[n].kind, CALL_INTERFACE_STATUS);
        assert_int_equal(t.log[n].status_type, expected[n].type);
        assert_int_equal(t.log[n].active, expected[n].active);
        assert_int_equal(t.log[n].has_binding, expected[n].binding);
        assert_int_equal(t.log[n].addresses, expected[n].addresses);
    }
    rm_close(&t);
}

/* ---- a built-in protocol --------------------------------------------------------------------- */

/* RIP's table, with what is said to it written down, and something to announce after each call. */
static struct {
    struct routing_protocol table;
    struct hosted_protocol *hosted;
    struct told {
        enum interface_status_type type;
        bool active, has_binding;
    } told[8];
    size_t count;
    bool announces;   /* each call leads to an event */
    bool waiting;     /* one that the router has not asked for yet */
    size_t announced; /* and handed out */
    uint32_t updating;
} wrap;

static void announce(void)
{
    if (!wrap.announces && !wrap.updating) return;
    wrap.waiting = true;
    wrap.hosted->support.notify(wrap.hosted->support.context);
}

static mpr_status wrap_status(struct protocol_instance *p, uint32_t interface, bool active,
                              enum interface_status_type type, const struct ip_binding *binding)
{
    if (wrap.count < sizeof(wrap.told) / sizeof(wrap.told[0]))
        wrap.told[wrap.count++] = (struct told){type, active, binding != NULL};
    announce();
    return rip_protocol.interface_status(p, interface, active, type, binding);
}

static mpr_status wrap_global(struct protocol_instance *p, const struct protocol_info *info)
{
    announce();
    return rip_protocol.set_global_info(p, info);
}

static mpr_status wrap_info(struct protocol_instance *p, uint32_t interface,
                            const struct protocol_info *info)
{
    announce();
    return rip_protocol.set_interface_info(p, interface, info);
}

static mpr_status wrap_delete(struct protocol_instance *p, uint32_t interface)
{
    announce();
    return rip_protocol.delete_interface(p, interface);
}

static void wrap_datagram(struct protocol_instance *p, const struct protocol_datagram *d)
{
    announce();
    rip_protocol.datagram(p, d);
}

/* Over at once. */
static mpr_status wrap_update(struct protocol_instance *p, uint32_t interface)
{
    (void)p;
    wrap.updating = interface;
    announce();
    return ST_OK;
}

/* The end of an update; of one that nobody waits for, when none runs. */
static mpr_status wrap_message(struct protocol_instance *p, enum protocol_event *ret_event,
                               struct protocol_message *ret_message)
{
    if (!wrap.waiting) return rip_protocol.get_event_message(p, ret_event, ret_message);
    *ret_event = PROTOCOL_UPDATE_COMPLETE;
    *ret_message = (struct protocol_message){wrap.updating, PROTOCOL_DEMAND_UPDATE_ROUTES, ST_OK};
    wrap.waiting = false;
    wrap.updating = 0;
    wrap.announced++;
    return ST_OK;
}

static mpr_status set_rip(struct rm_test *t, handle_t32 interface)
{
    struct rip_global_config all;
    struct rip_if_config one;
    mpr_status status;
    void *block;
    struct blob b;
    size_t size;

    if (!interface) {
        assert_int_equal(rip_global_decode(&all, NULL), ST_OK);
        assert_int_equal(rip_global_encode(&all, &block, &size), ST_OK);
        rip_global_free(&all);
        status = rm_set_global(t, ROUTE_PROTO_RIP, block, (uint32_t)size, NULL);
    } else {
        assert_int_equal(rip_if_decode(&one, NET_DEMAND_DIAL, NULL), ST_OK);
        assert_int_equal(rip_if_encode(&one, 0, true, &block, &size), ST_OK);
        rip_if_free(&one);
        b = rm_blob(ROUTE_PROTO_RIP, block, (uint32_t)size);
        status = router_iftransport_set(t->r, interface, TRANSPORT_IP, &b, NULL);
        blob_free(&b);
    }
    mem_free(block);
    return status;
}

/* Puts the table between the router and its RIP, which is on the dial interface. */
static void open_wrapped(struct rm_test *t)
{
    memset(&wrap, 0, sizeof(wrap));
    rm_open(t);
    assert_int_equal(set_rip(t, 0), ST_OK);
    assert_int_equal(set_rip(t, t->dial), ST_OK);
    fake_flush(&t->f);
    wrap.table = rip_protocol;
    wrap.table.interface_status = wrap_status;
    wrap.table.set_global_info = wrap_global;
    wrap.table.set_interface_info = wrap_info;
    wrap.table.delete_interface = wrap_delete;
    wrap.table.datagram = wrap_datagram;
    wrap.table.do_update_routes = wrap_update;
    wrap.table.get_event_message = wrap_message;
    wrap.hosted = rm_find(t->r, TRANSPORT_IP)->protocols;
    assert_ptr_equal(wrap.hosted->builtin, &rip_protocol);
    wrap.hosted->builtin = &wrap.table;
}

static void a_built_in_protocol_hears_what_a_foreign_one_does(void **state)
{
    struct rm_test t;

    (void)state;
    open_wrapped(&t);
    router_interface_disconnect(t.r, t.dial);
    assert_int_equal(wrap.count, 2);
    assert_int_equal(wrap.told[0].type, RIS_DISABLED);
    assert_false(wrap.told[0].active);
    assert_false(wrap.told[0].has_binding);
    assert_int_equal(wrap.told[1].type, RIS_ADDRESS_CHANGE);
    assert_false(wrap.told[1].active);
    assert_true(wrap.told[1].has_binding);

    wrap.count = 0;
    router_interface_connect(t.r, t.dial, NULL);
    fake_advance(&t.f, 1);
    assert_int_equal(wrap.count, 2);
    assert_int_equal(wrap.told[0].type, RIS_ADDRESS_CHANGE);
    assert_true(wrap.told[0].active && wrap.told[0].has_binding);
    assert_int_equal(wrap.told[1].type, RIS_ENABLED);
    assert_true(wrap.told[1].active && !wrap.told[1].has_binding);
    wrap.hosted->builtin = &rip_protocol;
    rm_close(&t);
}

static void an_update_that_ends_at_once_has_its_result_when_the_call_returns(void **state)
{
    struct request request = {0};
    mpr_status result = ST_PENDING;
    struct rm_test t;

    (void)state;
    open_wrapped(&t);
    assert_int_equal(router_update_routes(t.r, t.dial, TRANSPORT_IP, &request), ST_PENDING);
    assert_int_equal(router_update_result(t.r, t.dial, TRANSPORT_IP, &result), ST_OK);
    assert_int_equal(result, ST_OK);
    fake_flush(&t.f);
    assert_true(request.completed);
    wrap.hosted->builtin = &rip_protocol;
    rm_close(&t);
}

/* One function of the router that leads to at least one call of the protocol. */
#define HEARD(call)                      \
    do {                                 \
        wrap.announced = 0;              \
        call;                            \
        assert_true(wrap.announced > 0); \
        assert_false(wrap.waiting);      \
    } while (0)

static void what_a_protocol_announces_is_heard_before_the_call_returns(void **state)
{
    struct host_adapter a = fake_adapter(u"{eth0}", 2, 0x0A000001, 0xFFFFFF00);
    struct protocol_datagram d = {
        .host_index = 2, .destination_port = RIP_PORT, .data = "", .size = 0};
    handle_t32 lan;
    struct rm_test t;

    (void)state;
    open_wrapped(&t);
    router_adapters(t.r, &a, 1);
    assert_int_equal(router_interface_find(t.r, u"{eth0}", false, &lan), ST_OK);
    assert_int_equal(set_rip(&t, lan), ST_OK);
    wrap.announces = true;
    HEARD(set_rip(&t, 0));
    HEARD(set_rip(&t, lan));
    a.binding.mtu++;
    HEARD(router_adapters(t.r, &a, 1));
    a.up = false;
    HEARD(router_adapters(t.r, &a, 1));
    a.up = true;
    HEARD(router_adapters(t.r, &a, 1));
    HEARD(router_datagram(t.r, &d));
    HEARD(router_interface_disconnect(t.r, t.dial));
    router_interface_connect(t.r, t.dial, NULL);
    HEARD(fake_advance(&t.f, 1));
    HEARD(router_interface_set(t.r, t.dial, false, true, NULL));
    HEARD(router_iftransport_remove(t.r, lan, TRANSPORT_IP));
    HEARD(router_interface_delete(t.r, t.dial));
    wrap.announces = false;
    wrap.hosted->builtin = &rip_protocol;
    rm_close(&t);
}

/* A foreign protocol that is on the interface, or is not, but was not asked. */
static void only_who_was_asked_ends_an_update(void **state)
{
    struct request request = {0};
    mpr_status result;
    struct rm_test t;

    (void)state;
    for (int on = 0; on < 2; on++) {
        rm_open(&t);
        rm_foreign(&t, PROTOCOL_ROUTING);
        if (!on) assert_int_equal(rm_set_info(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
        assert_int_equal(set_rip(&t, 0), ST_OK);
        assert_int_equal(set_rip(&t, t.dial), ST_OK);
        fake_flush(&t.f);
        memset(&request, 0, sizeof(request));
        assert_int_equal(router_update_routes(t.r, t.dial, TRANSPORT_IP, &request), ST_PENDING);
        rm_update_complete(&t, t.index, PROTOCOL_DEMAND_UPDATE_ROUTES, ST_OK);
        assert_false(request.completed);
        assert_int_equal(router_update_result(t.r, t.dial, TRANSPORT_IP, &result),
                         ST_UPDATE_IN_PROGRESS);
        rm_close(&t);
    }
}

/* What was made ready for the others goes with the refusal. */
static void a_block_that_is_refused_changes_nothing_for_the_others(void **state)
{
    struct blob b;
    uint32_t before;
    struct rm_test t;
    size_t live;

    (void)state;
    fail_alloc_begin();
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING);
    assert_int_equal(set_rip(&t, 0), ST_OK);
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    before = rm_fingerprint(&t);
    live = fail_alloc_live();
    for (int foreign_first = 0; foreign_first < 2; foreign_first++) {
        b = rm_blob(foreign_first ? FOREIGN_ID : ROUTE_PROTO_RIP, "x", 1);
        rm_add(&b, foreign_first ? ROUTE_PROTO_RIP : FOREIGN_ID, 1, 1, "x");
        assert_int_equal(router_iftransport_set(t.r, t.dial, TRANSPORT_IP, &b, NULL),
                         ST_INVALID_PARAMETER);
        blob_free(&b);
        assert_int_equal(fail_alloc_live(), live);
        assert_int_equal(rm_fingerprint(&t), before);
    }
    rm_close(&t);
    fail_alloc_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_binding_that_differs_in_anything_but_speed_is_told),
        cmocka_unit_test(states_come_in_order),
        cmocka_unit_test(a_built_in_protocol_hears_what_a_foreign_one_does),
        cmocka_unit_test(what_a_protocol_announces_is_heard_before_the_call_returns),
        cmocka_unit_test(only_who_was_asked_ends_an_update),
        cmocka_unit_test(a_block_that_is_refused_changes_nothing_for_the_others),
        cmocka_unit_test(an_update_that_ends_at_once_has_its_result_when_the_call_returns),
    };

    return cmocka_run_group_tests_name("told", tests, NULL, NULL);
}
