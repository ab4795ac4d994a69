/* Foreign protocols: order of calls, requests that wait, and protocols that misbehave. */
#include "sim/rm/rm_test.h"
#include "router/rm/rm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define TIMEOUT 30000

static void assert_kinds(const struct rm_test *t, const enum protocol_call_kind *kinds, size_t n)
{
    assert_int_equal(t->logged, n);
    for (size_t k = 0; k < n; k++) assert_int_equal(t->log[k].kind, kinds[k]);
}

static void catalogue(struct rm_test *t)
{
    assert_int_equal(router_catalogue_add(t->r, TRANSPORT_IP, FOREIGN_ID, u"p.dll"), ST_OK);
    assert_int_equal(router_catalogue_add(t->r, TRANSPORT_IP, FOREIGN_ID, u"q.dll"),
                     ST_ALREADY_EXISTS);
    assert_int_equal(router_catalogue_add(t->r, TRANSPORT_IPV6, FOREIGN_ID, u""),
                     ST_INVALID_PARAMETER);
}

/* The block is on the interface first; the order is that of the contract all the same. */
static void calls_come_in_order(void **state)
{
    static const enum protocol_call_kind kinds[] = {CALL_LOAD,
                                                    CALL_START,
                                                    CALL_ADD_INTERFACE,
                                                    CALL_START_COMPLETE,
                                                    CALL_INTERFACE_STATUS,
                                                    CALL_INTERFACE_STATUS};
    struct rm_test t;
    struct request request = {0};

    (void)state;
    rm_open(&t);
    catalogue(&t);
    t.functionality = PROTOCOL_ROUTING | PROTOCOL_DEMAND_UPDATE_ROUTES | 0x4000;
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, "I", 1, NULL), ST_OK);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "G", 1, &request), ST_PENDING);
    assert_false(request.completed);
    fake_flush(&t.f);
    assert_int_equal(fake_count(&t.f, FAKE_COMPLETE), 1);
    assert_int_equal(request.status, ST_OK);
    assert_kinds(&t, kinds, 6);
    assert_int_equal(t.log[1].first, 'G');
    assert_int_equal(t.log[2].first, 'I');
    assert_int_equal(t.log[2].interface, t.index);
    assert_int_equal(t.log[4].status_type, RIS_ADDRESS_CHANGE);
    assert_int_equal(t.log[4].addresses, 1);
    assert_int_equal(t.log[5].status_type, RIS_ENABLED);
    assert_true(t.log[4].active && t.log[5].active);

    t.logged = 0;
    router_interface_disconnect(t.r, t.dial);
    fake_flush(&t.f);
    assert_int_equal(t.logged, 2);
    assert_int_equal(t.log[0].status_type, RIS_DISABLED);
    assert_false(t.log[0].active || t.log[1].active);
    assert_true(t.log[1].has_binding);
    assert_int_equal(t.log[1].addresses, 0);
    assert_int_equal(router_interface_delete(t.r, t.dial), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(t.log[2].kind, CALL_DELETE_INTERFACE);
    rm_close(&t);
    assert_int_equal(t.log[t.logged - 1].kind, CALL_STOP);
}

static void one_call_at_a_time(void **state)
{
    struct rm_test t;
    struct request a = {0}, b = {0};

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING);
    t.logged = 0;
    t.hold[CALL_SET_INTERFACE_INFO] = true;
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, "1", 1, &a), ST_PENDING);
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, "2", 1, &b), ST_PENDING);
    fake_flush(&t.f);
    assert_int_equal(t.logged, 1);
    assert_int_equal(t.log[0].first, '1');
    rm_release(&t, ST_INVALID_PARAMETER);
    assert_true(a.completed);
    assert_int_equal(a.status, ST_INVALID_PARAMETER);
    assert_false(b.completed);
    assert_int_equal(t.log[1].first, '2');
    rm_release(&t, ST_OK);
    assert_int_equal(b.status, ST_OK);
    assert_int_equal(fake_count(&t.f, FAKE_COMPLETE), 2);
    rm_close(&t);
}

static void all_interfaces(void **state)
{
    struct rm_test t;
    struct blob info = rm_blob(INFO_IP_INTERFACE_STATUS_INFO, "\1\0\0\0", 4);
    handle_t32 other;

    (void)state;
    rm_open(&t);
    catalogue(&t);
    t.functionality = PROTOCOL_ROUTING | PROTOCOL_ADD_ALL_INTERFACES;
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "G", 1, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(rm_calls(&t, CALL_ADD_INTERFACE), 1);
    assert_int_equal(t.log[2].size, 0);
    other = fake_demand_dial(&t.f, u"Other", DIALER_SCRIPTED, 0);
    assert_int_equal(router_iftransport_add(t.r, other, TRANSPORT_IP, &info, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(rm_calls(&t, CALL_ADD_INTERFACE), 2);
    rm_close(&t);
    blob_free(&info);
}

/* RF_ADD_ALL_INTERFACES holds without a block, so also when the block is taken away. */
static void all_interfaces_also_without_the_block(void **state)
{
    struct rm_test t;

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING | PROTOCOL_ADD_ALL_INTERFACES);
    t.logged = 0;
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(t.logged, 4);
    assert_int_equal(t.log[0].kind, CALL_DELETE_INTERFACE);
    assert_int_equal(t.log[1].kind, CALL_ADD_INTERFACE);
    assert_int_equal(t.log[1].size, 0);
    assert_int_equal(t.log[1].count, 0);
    assert_int_equal(t.log[2].status_type, RIS_ADDRESS_CHANGE);
    assert_int_equal(t.log[2].addresses, 1);
    assert_int_equal(t.log[3].status_type, RIS_ENABLED);

    /* Nothing to take away. */
    t.answer[CALL_ADD_INTERFACE] = ST_INVALID_PARAMETER;
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    t.logged = 0;
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(t.logged, 0);
    rm_close(&t);
}

/* It fails for itself alone: its block stays, and setting that again starts it afresh. */
static void a_failed_start_is_told_and_can_be_repeated(void **state)
{
    static const enum protocol_call_kind kinds[] = {CALL_LOAD, CALL_START, CALL_START_COMPLETE};
    struct rm_test t;
    const struct blob *global;

    (void)state;
    for (size_t n = 0; n < 3; n++) {
        struct request first = {0}, second = {0};

        rm_open(&t);
        catalogue(&t);
        t.answer[kinds[n]] = ST_MOD_NOT_FOUND;
        assert_int_equal(rm_set_global(&t, FOREIGN_ID, "G", 1, &first), ST_PENDING);
        fake_flush(&t.f);
        assert_int_equal(first.status, ST_MOD_NOT_FOUND);
        assert_int_equal(router_transport_get(t.r, TRANSPORT_IP, &global, NULL), ST_OK);
        assert_int_equal(info_blob_find(global, FOREIGN_ID, NULL), ST_OK);
        assert_int_equal(rm_set_info(&t, FOREIGN_ID, "I", 1, NULL), ST_OK);
        fake_flush(&t.f);
        assert_int_equal(rm_calls(&t, CALL_ADD_INTERFACE), 0);

        t.answer[kinds[n]] = ST_OK;
        assert_int_equal(rm_set_global(&t, FOREIGN_ID, "G", 1, &second), ST_PENDING);
        fake_flush(&t.f);
        assert_int_equal(second.status, ST_OK);
        assert_int_equal(rm_calls(&t, CALL_ADD_INTERFACE), 1);
        rm_close(&t);
    }
}

static void a_silent_protocol_times_out(void **state)
{
    struct rm_test t;
    struct request request = {0}, queued = {0}, removed = {0};

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING);
    t.hold[CALL_SET_GLOBAL_INFO] = true;
    t.logged = 0;
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "H", 1, &request), ST_PENDING);
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, "J", 1, &queued), ST_PENDING);
    fake_advance(&t.f, TIMEOUT - 1);
    assert_false(request.completed);
    fake_advance(&t.f, 1);
    assert_int_equal(request.status, ST_TIMEOUT);
    assert_int_equal(queued.status, ST_TIMEOUT);
    assert_int_equal(t.logged, 1);
    /* The rest of the router works, and the late answer means nothing. */
    rm_release(&t, ST_OK);
    assert_int_equal(t.logged, 1);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, NULL, 0, &removed), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(t.logged, 2);
    assert_int_equal(t.log[1].kind, CALL_STOP); /* which is owed still */
    rm_close(&t);
}

static void a_refused_interface_is_forgotten(void **state)
{
    struct rm_test t;
    struct request request = {0};

    (void)state;
    rm_open(&t);
    catalogue(&t);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "G", 1, NULL), ST_OK);
    fake_flush(&t.f);
    t.logged = 0;
    t.answer[CALL_ADD_INTERFACE] = ST_INVALID_PARAMETER;
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, "I", 1, &request), ST_PENDING);
    fake_flush(&t.f);
    assert_int_equal(request.status, ST_INVALID_PARAMETER);
    assert_int_equal(t.logged, 1); /* no status calls for it */
    t.answer[CALL_ADD_INTERFACE] = ST_OK;
    request = (struct request){0};
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, "I", 1, &request), ST_PENDING);
    fake_flush(&t.f);
    assert_int_equal(request.status, ST_OK);
    assert_int_equal(rm_calls(&t, CALL_ADD_INTERFACE), 2);
    assert_int_equal(rm_calls(&t, CALL_INTERFACE_STATUS), 2);
    rm_close(&t);
}

static void an_empty_block_takes_it_out(void **state)
{
    struct rm_test t;
    struct request request = {0};

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING);
    t.logged = 0;
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(t.log[0].kind, CALL_DELETE_INTERFACE);
    assert_int_equal(t.logged, 1);

    /* Stop pending: it is started again only after ROUTER_STOPPED. */
    t.answer[CALL_STOP] = ST_PROTOCOL_STOP_PENDING;
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(t.log[1].kind, CALL_STOP);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "G", 1, &request), ST_PENDING);
    fake_flush(&t.f);
    assert_int_equal(t.logged, 2);
    router_protocol_event(t.r, t.ref, PROTOCOL_ROUTER_STOPPED, NULL);
    fake_flush(&t.f);
    assert_int_equal(t.log[2].kind, CALL_LOAD);
    assert_int_equal(request.status, ST_OK);
    assert_true(request.completed);

    /* And one that never says that it has stopped is let go. */
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    fake_advance(&t.f, TIMEOUT);
    assert_null(rm_find(t.r, TRANSPORT_IP)->protocols);
    router_protocol_event(t.r, t.ref, PROTOCOL_ROUTER_STOPPED, NULL);
    rm_close(&t);
}

static void removal_while_it_loads(void **state)
{
    static const enum protocol_call_kind kinds[] = {CALL_LOAD, CALL_START};
    struct rm_test t;

    (void)state;
    for (size_t n = 0; n < 4; n++) {
        struct request request = {0};
        bool fails = n % 2;

        rm_open(&t);
        catalogue(&t);
        t.hold[kinds[n / 2]] = true;
        assert_int_equal(rm_set_global(&t, FOREIGN_ID, "G", 1, &request), ST_PENDING);
        fake_flush(&t.f);
        assert_int_equal(rm_set_global(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
        fake_flush(&t.f);
        assert_int_equal(request.status, ST_OPERATION_ABORTED);
        rm_release(&t, fails ? ST_CAN_NOT_COMPLETE : ST_OK);
        assert_null(rm_find(t.r, TRANSPORT_IP)->protocols);
        assert_int_equal(rm_calls(&t, CALL_STOP), kinds[n / 2] == CALL_START && !fails);
        rm_close(&t);
    }
}

static void changes_during_the_start_arrive_after_it(void **state)
{
    struct rm_test t;

    (void)state;
    rm_open(&t);
    catalogue(&t);
    t.hold[CALL_START] = true;
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "G", 1, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "H", 1, NULL), ST_OK);
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, "I", 1, NULL), ST_OK);
    rm_release(&t, ST_OK);
    assert_int_equal(t.log[2].kind, CALL_ADD_INTERFACE);
    assert_int_equal(t.log[3].kind, CALL_START_COMPLETE);
    assert_int_equal(t.log[4].kind, CALL_SET_GLOBAL_INFO);
    assert_int_equal(t.log[4].first, 'H');
    rm_close(&t);
}

static void a_protocol_saves_its_configuration(void **state)
{
    struct rm_test t;
    struct protocol_message message = {0};
    const struct blob *info;
    struct info_block block;

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING);
    memcpy(t.info, "CHANGED", 8);
    message.interface = t.index;
    router_protocol_event(t.r, t.ref, PROTOCOL_SAVE_INTERFACE_CONFIG_INFO, &message);
    fake_flush(&t.f);
    assert_int_equal(router_iftransport_get(t.r, t.dial, TRANSPORT_IP, &info), ST_OK);
    assert_int_equal(info_blob_find(info, FOREIGN_ID, &block), ST_OK);
    assert_memory_equal(block.data, "CHANGED", 8);
    assert_int_equal(fake_count(&t.f, FAKE_STORE), 1);
    assert_memory_equal(fake_last(&t.f, FAKE_STORE)->data, info->data, info->size);

    router_protocol_event(t.r, t.ref, PROTOCOL_SAVE_GLOBAL_CONFIG_INFO, NULL);
    fake_flush(&t.f);
    assert_int_equal(fake_count(&t.f, FAKE_STORE), 2);
    assert_int_equal(fake_last(&t.f, FAKE_STORE)->store, STORE_GLOBAL_INFO);

    /* Nothing new, an interface that it is not on, an error, an event that does not exist. */
    router_protocol_event(t.r, t.ref, PROTOCOL_SAVE_INTERFACE_CONFIG_INFO, &message);
    message.interface = 4711;
    router_protocol_event(t.r, t.ref, PROTOCOL_SAVE_INTERFACE_CONFIG_INFO, &message);
    memcpy(t.info, "REFUSED", 8);
    t.answer[CALL_GET_GLOBAL_INFO] = t.answer[CALL_GET_INTERFACE_INFO] = ST_NOT_SUPPORTED;
    message.interface = t.index;
    router_protocol_event(t.r, t.ref, PROTOCOL_SAVE_INTERFACE_CONFIG_INFO, &message);
    fake_flush(&t.f);
    router_protocol_event(t.r, t.ref, PROTOCOL_SAVE_GLOBAL_CONFIG_INFO, NULL);
    router_protocol_event(t.r, t.ref, (enum protocol_event)99, NULL);
    router_protocol_event(t.r, 0x12345678, PROTOCOL_SAVE_GLOBAL_CONFIG_INFO, NULL);
    fake_flush(&t.f);
    assert_int_equal(fake_count(&t.f, FAKE_STORE), 2);
    rm_close(&t);
}

/* What an administrator has set meanwhile is newer than what the protocol saves. */
static void a_newer_block_is_not_overwritten(void **state)
{
    struct rm_test t;
    struct protocol_message message = {0};
    const struct blob *info, *global;
    struct info_block block;

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING);
    memcpy(t.info, "CHANGED", 8);
    message.interface = t.index;
    t.hold[CALL_GET_INTERFACE_INFO] = t.hold[CALL_GET_GLOBAL_INFO] = true;
    router_protocol_event(t.r, t.ref, PROTOCOL_SAVE_INTERFACE_CONFIG_INFO, &message);
    fake_flush(&t.f);
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, "J", 1, NULL), ST_OK);
    rm_release(&t, ST_OK);
    assert_int_equal(router_iftransport_get(t.r, t.dial, TRANSPORT_IP, &info), ST_OK);
    assert_int_equal(info_blob_find(info, FOREIGN_ID, &block), ST_OK);
    assert_int_equal(info_block_bytes(&block), 1);

    router_protocol_event(t.r, t.ref, PROTOCOL_SAVE_GLOBAL_CONFIG_INFO, NULL);
    fake_flush(&t.f);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "H", 1, NULL), ST_OK);
    rm_release(&t, ST_OK);
    assert_int_equal(router_transport_get(t.r, TRANSPORT_IP, &global, NULL), ST_OK);
    assert_int_equal(info_blob_find(global, FOREIGN_ID, &block), ST_OK);
    assert_int_equal(info_block_bytes(&block), 1);

    /* The block of another interface, or that of all, is not in the way. */
    router_protocol_event(t.r, t.ref, PROTOCOL_SAVE_INTERFACE_CONFIG_INFO, &message);
    fake_flush(&t.f);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "I", 1, NULL), ST_OK);
    rm_release(&t, ST_OK);
    assert_int_equal(router_iftransport_get(t.r, t.dial, TRANSPORT_IP, &info), ST_OK);
    assert_int_equal(info_blob_find(info, FOREIGN_ID, &block), ST_OK);
    assert_int_equal(info_block_bytes(&block), 8);
    rm_close(&t);
}

static void unknown_protocols_are_kept(void **state)
{
    struct rm_test t;
    const struct blob *global;

    (void)state;
    rm_open(&t);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "G", 1, NULL), ST_OK);
    assert_int_equal(router_transport_get(t.r, TRANSPORT_IP, &global, NULL), ST_OK);
    assert_int_equal(info_blob_find(global, FOREIGN_ID, NULL), ST_OK);
    assert_null(rm_find(t.r, TRANSPORT_IP)->protocols);
    rm_close(&t);
}

/* DemandDialRequest, ValidateRoute and GetRouterId of a DLL come down to these. */
static void support_functions(void **state)
{
    struct rm_test t;

    (void)state;
    rm_open(&t);
    assert_int_equal(router_protocol_dial(t.r, 4711), ST_INVALID_PARAMETER);
    assert_int_equal(router_protocol_dial(t.r, t.index), ST_OK); /* connected already */
    assert_int_equal(router_interface_disconnect(t.r, t.dial), ST_OK);
    assert_int_equal(router_id(t.r), 0);
    assert_int_equal(router_protocol_dial(t.r, t.index), ST_PENDING);
    fake_advance(&t.f, 1);
    assert_int_equal(fake_state(&t.f, t.dial), IF_CONNECTED);
    assert_int_equal(router_id(t.r), 0x0A090001);
    rm_close(&t);
}

static mpr_status validate(struct rm_test *t, uint32_t transport, const uint8_t octets[4],
                           unsigned length, uint32_t *ret_preference)
{
    struct rtm_prefix to = {.length = (uint8_t)length};

    memcpy(to.address.octets, octets, 4);
    return router_protocol_validate(t->r, transport, 8, &to, ret_preference);
}

/* ValidateRoute: the preference, and what no packet is forwarded to. */
static void routes_are_validated(void **state)
{
    static const struct {
        uint8_t octets[4], length;
        mpr_status status;
    } cases[] = {
        {{0, 0, 0, 0}, 0, ST_OK},
        {{0, 0, 0, 0}, 7, ST_OK}, /* more than the range */
        {{0, 0, 0, 0}, 8, ST_INVALID_PARAMETER},
        {{0, 1, 0, 0}, 16, ST_INVALID_PARAMETER},
        {{126, 0, 0, 0}, 7, ST_OK},
        {{127, 0, 0, 0}, 8, ST_INVALID_PARAMETER},
        {{127, 0, 0, 1}, 32, ST_INVALID_PARAMETER},
        {{192, 0, 2, 0}, 24, ST_OK},
        {{192, 0, 2, 1}, 32, ST_OK},
        {{192, 0, 2, 1}, 33, ST_INVALID_PARAMETER},
        {{192, 0, 0, 0}, 2, ST_OK},
        {{223, 255, 255, 255}, 32, ST_OK},
        {{224, 0, 0, 0}, 3, ST_OK},
        {{224, 0, 0, 0}, 4, ST_INVALID_PARAMETER},
        {{239, 1, 2, 3}, 32, ST_INVALID_PARAMETER},
        {{240, 0, 0, 0}, 4, ST_OK},
        {{255, 255, 255, 255}, 32, ST_INVALID_PARAMETER},
        {{255, 255, 255, 254}, 31, ST_OK},
    };
    struct rm_test t;
    uint32_t preference = 0;

    (void)state;
    rm_open(&t);
    for (size_t n = 0; n < sizeof(cases) / sizeof(*cases); n++) {
        preference = 4711;
        assert_int_equal(validate(&t, TRANSPORT_IP, cases[n].octets, cases[n].length, &preference),
                         cases[n].status);
        assert_int_equal(preference, cases[n].status == ST_OK ? 120 : 4711);
    }
    assert_int_equal(router_protocol_validate(t.r, TRANSPORT_IP, FOREIGN_ID, NULL, &preference),
                     ST_OK);
    assert_int_equal(preference, 127);
    assert_int_equal(router_protocol_validate(t.r, TRANSPORT_IPX, 8, NULL, &preference),
                     ST_CAN_NOT_COMPLETE);
    rm_close(&t);
}

static void routes_of_ipv6_are_validated(void **state)
{
    static const struct {
        uint8_t octets[4], length;
        mpr_status status;
    } cases[] = {
        {{0}, 0, ST_OK},
        {{0}, 127, ST_OK},
        {{0}, 128, ST_INVALID_PARAMETER}, /* :: */
        {{0}, 129, ST_INVALID_PARAMETER},
        {{0x7f}, 8, ST_OK},
        {{0xe0}, 4, ST_OK},
        {{0x20, 1, 0x0d, 0xb8}, 32, ST_OK},
        {{0x20, 1, 0x0d, 0xb8}, 128, ST_OK},
        {{0xfe, 0x80}, 9, ST_OK},
        {{0xfe, 0x80}, 10, ST_INVALID_PARAMETER},
        {{0xfe, 0xbf}, 16, ST_INVALID_PARAMETER},
        {{0xfe, 0xc0}, 10, ST_OK},
        {{0xff}, 7, ST_OK},
        {{0xff, 2}, 16, ST_INVALID_PARAMETER},
    };
    struct rtm_prefix loopback = {.address.octets[15] = 1, .length = 128};
    struct blob empty = rm_blob(INFO_IP_GLOBAL_INFO, "\0\0\0\0\1\0\0\0", 8);
    struct rm_test t;
    uint32_t preference;

    (void)state;
    rm_open(&t);
    assert_int_equal(router_transport_create(t.r, TRANSPORT_IPV6, &empty, NULL, NULL), ST_OK);
    for (size_t n = 0; n < sizeof(cases) / sizeof(*cases); n++) {
        assert_int_equal(
            validate(&t, TRANSPORT_IPV6, cases[n].octets, cases[n].length, &preference),
            cases[n].status);
    }
    assert_int_equal(router_protocol_validate(t.r, TRANSPORT_IPV6, 8, &loopback, &preference),
                     ST_INVALID_PARAMETER);
    loopback.address.octets[15] = 2;
    assert_int_equal(router_protocol_validate(t.r, TRANSPORT_IPV6, 8, &loopback, &preference),
                     ST_OK);
    rm_close(&t);
    blob_free(&empty);
}

static void requests_end_with_the_router(void **state)
{
    struct rm_test t;
    struct request out = {0}, queued = {0};

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING);
    t.hold[CALL_SET_GLOBAL_INFO] = true;
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "H", 1, &out), ST_PENDING);
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, "J", 1, &queued), ST_PENDING);
    fake_flush(&t.f);
    rm_close(&t);
    assert_int_equal(out.status, ST_ROUTER_STOPPED);
    assert_int_equal(queued.status, ST_ROUTER_STOPPED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_come_in_order),
        cmocka_unit_test(one_call_at_a_time),
        cmocka_unit_test(all_interfaces),
        cmocka_unit_test(all_interfaces_also_without_the_block),
        cmocka_unit_test(a_failed_start_is_told_and_can_be_repeated),
        cmocka_unit_test(a_silent_protocol_times_out),
        cmocka_unit_test(a_refused_interface_is_forgotten),
        cmocka_unit_test(an_empty_block_takes_it_out),
        cmocka_unit_test(removal_while_it_loads),
        cmocka_unit_test(changes_during_the_start_arrive_after_it),
        cmocka_unit_test(a_protocol_saves_its_configuration),
        cmocka_unit_test(a_newer_block_is_not_overwritten),
        cmocka_unit_test(unknown_protocols_are_kept),
        cmocka_unit_test(support_functions),
        cmocka_unit_test(routes_are_validated),
        cmocka_unit_test(routes_of_ipv6_are_validated),
        cmocka_unit_test(requests_end_with_the_router),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
