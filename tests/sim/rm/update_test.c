/* Autostatic updates through a foreign protocol: every code, every way for a protocol to misbehave
 * ((a) to (k) of the list of protocols worth testing against), and awkward moments. */
#include "sim/rm/rm_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define DEMAND        PROTOCOL_DEMAND_UPDATE_ROUTES
#define FUNCTIONALITY (PROTOCOL_ROUTING | DEMAND)
#define NET           0xC6336400u /* 198.51.100.0 */
#define MASK          0xFFFFFF00u
#define PEER          0x0A090002u
#define WATCHDOG      ((msec)90000)

/* A static route, two former autostatic ones, and a protocol that has learned one of these and one
 * that is new. */
static void open_updating(struct rm_test *t)
{
    struct route_row rows[3] = {rm_row(ROUTE_PROTO_NT_STATIC, NET, MASK, PEER),
                                rm_row(ROUTE_PROTO_NT_AUTOSTATIC, NET + 0x100, MASK, PEER),
                                rm_row(ROUTE_PROTO_NT_AUTOSTATIC, NET + 0x200, MASK, PEER)};

    rm_open(t);
    rm_foreign(t, FUNCTIONALITY);
    rm_set_rows(t, rows, 3);
    rm_learn(t, NET + 0x200, MASK, 7);
    rm_learn(t, NET + 0x300, MASK, 3);
    fake_forget(&t->f);
    t->logged = 0;
}

static mpr_status begin(struct rm_test *t, struct request *request)
{
    mpr_status status = router_update_routes(t->r, t->dial, TRANSPORT_IP, request);

    fake_flush(&t->f);
    return status;
}

static mpr_status result(struct rm_test *t)
{
    mpr_status status = 0xDEADBEEF, update = 0xDEADBEEF;

    status = router_update_result(t->r, t->dial, TRANSPORT_IP, &update);
    return status == ST_OK ? update : status;
}

static void assert_replaced(struct rm_test *t)
{
    struct route_row *rows;

    assert_int_equal(rm_rows(t, &rows), 3);
    assert_int_equal(rows[0].proto, ROUTE_PROTO_NT_STATIC);
    assert_int_equal(rows[0].dest, NET);
    assert_int_equal(rows[1].proto, ROUTE_PROTO_NT_AUTOSTATIC);
    assert_int_equal(rows[1].dest, NET + 0x200);
    assert_int_equal(rows[1].metric[0], 7);
    assert_int_equal(rows[2].proto, ROUTE_PROTO_NT_AUTOSTATIC);
    assert_int_equal(rows[2].dest, NET + 0x300);
    assert_int_equal(rows[2].mask, MASK);
    assert_int_equal(rows[2].next_hop, PEER);
    assert_int_equal(rows[2].metric[0], 3);
    assert_int_equal(rows[2].metric[1], ROUTE_METRIC_UNUSED);
    assert_int_equal(rows[2].type, ROUTE_TYPE_INDIRECT);
    assert_int_equal(rows[2].preference, 7);
    assert_int_equal(rows[2].if_index, t->index);
    mem_free(rows);
    assert_null(rm_best(t, NET + 0x100, MASK));
    assert_int_equal(rm_best(t, NET + 0x200, MASK)->protocol, ROUTE_PROTO_NT_AUTOSTATIC);
    assert_int_equal(rm_best(t, NET + 0x200, MASK)->metric, 7);
    assert_int_equal(rm_best(t, NET + 0x300, MASK)->preference, 7);
    assert_int_equal(rm_best(t, NET + 0x300, MASK)->tag, 0); /* a row has no place for it */
    assert_int_equal(rm_best(t, NET, MASK)->protocol, ROUTE_PROTO_NT_STATIC);
}

static void assert_completed(struct rm_test *t, const struct request *request, mpr_status status)
{
    assert_true(request->completed);
    assert_int_equal(request->status, status);
    assert_int_equal(fake_count(&t->f, FAKE_COMPLETE), 1);
}

static void codes_before_it_begins(void **state)
{
    struct rm_test t;
    struct request request = {0};
    mpr_status update = 77;

    (void)state;
    open_updating(&t);
    assert_int_equal(router_update_routes(t.r, 0, TRANSPORT_IP, &request), ST_INVALID_HANDLE);
    assert_int_equal(router_update_routes(t.r, 0xFFFFFFFF, TRANSPORT_IP, &request),
                     ST_INVALID_HANDLE);
    assert_int_equal(router_update_routes(t.r, t.dial, TRANSPORT_IPV6, &request),
                     ST_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(router_update_routes(t.r, t.dial, 8, &request), ST_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(router_update_result(t.r, 0, TRANSPORT_IP, &update), ST_INVALID_HANDLE);
    assert_int_equal(router_update_result(t.r, t.dial, 8, &update), ST_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(result(&t), ST_CAN_NOT_COMPLETE); /* none yet */

    t.hold[CALL_DO_UPDATE_ROUTES] = true;
    assert_int_equal(begin(&t, NULL), ST_PENDING);
    assert_int_equal(begin(&t, &request), ST_UPDATE_IN_PROGRESS);
    assert_int_equal(result(&t), ST_UPDATE_IN_PROGRESS);
    assert_int_equal(router_interface_disconnect(t.r, t.dial), ST_OK);
    assert_int_equal(begin(&t, &request), ST_INTERFACE_NOT_CONNECTED);
    assert_int_equal(result(&t), ST_INTERFACE_NOT_CONNECTED);
    assert_int_equal(router_iftransport_remove(t.r, t.dial, TRANSPORT_IP), ST_OK);
    assert_int_equal(begin(&t, &request), ST_NO_SUCH_INTERFACE);
    assert_int_equal(result(&t), ST_NO_SUCH_INTERFACE);
    assert_false(request.completed);
    assert_int_equal(update, 77);
    rm_close(&t);
}

static void nobody_can(void **state)
{
    struct rm_test t;
    struct request request = {0};

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING);
    t.logged = 0;
    assert_int_equal(begin(&t, &request), ST_PENDING);
    assert_completed(&t, &request, ST_NOT_SUPPORTED);
    assert_int_equal(result(&t), ST_NOT_SUPPORTED);
    assert_int_equal(t.logged, 0); /* one without the flag is not asked */
    rm_close(&t);
}

/* (b) later; the store is on its way before the event. */
static void success(void **state)
{
    struct rm_test t;
    struct request request = {0};
    const struct blob *info;

    (void)state;
    open_updating(&t);
    assert_int_equal(begin(&t, &request), ST_PENDING);
    assert_int_equal(t.log[0].kind, CALL_DO_UPDATE_ROUTES);
    assert_int_equal(t.log[0].interface, t.index);
    assert_false(request.completed);
    fake_advance(&t.f, 20000);
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    assert_completed(&t, &request, ST_OK);
    assert_int_equal(result(&t), ST_OK);
    assert_int_equal(result(&t), ST_OK);
    assert_replaced(&t);

    assert_int_equal(fake_count(&t.f, FAKE_STORE), 1);
    assert_true(fake_last(&t.f, FAKE_STORE) < fake_last(&t.f, FAKE_COMPLETE));
    router_iftransport_get(t.r, t.dial, TRANSPORT_IP, &info);
    assert_int_equal(fake_last(&t.f, FAKE_STORE)->size, info->size);
    assert_memory_equal(fake_last(&t.f, FAKE_STORE)->data, info->data, info->size);
    assert_memory_equal(fake_last(&t.f, FAKE_STORE)->name, u"Branch", 14);
    fake_advance(&t.f, WATCHDOG * 2);
    assert_int_equal(fake_count(&t.f, FAKE_COMPLETE), 1);

    /* Once more, with the same routes; the number of rows does not grow. */
    request = (struct request){0};
    fake_forget(&t.f);
    assert_int_equal(begin(&t, &request), ST_PENDING);
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    assert_completed(&t, &request, ST_OK);
    assert_replaced(&t);

    /* And with none: an answer without routes is an answer. */
    rtm_route_delete_all(t.entity, 0);
    assert_int_equal(begin(&t, NULL), ST_PENDING);
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    assert_int_equal(rm_count_rows(&t, ROUTE_PROTO_NT_AUTOSTATIC), 0);
    assert_int_equal(rm_count_rows(&t, ROUTE_PROTO_NT_STATIC), 1);
    assert_null(rm_best(&t, NET + 0x300, MASK));
    rm_close(&t);
}

static void without_a_key_nothing_is_stored(void **state)
{
    struct rm_test t;

    (void)state;
    open_updating(&t);
    router_interface_set_stored(t.r, t.dial, false);
    assert_int_equal(begin(&t, NULL), ST_PENDING);
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    assert_int_equal(fake_count(&t.f, FAKE_STORE), 0);
    assert_replaced(&t);
    rm_close(&t);
}

/* (a) the message comes before the call has returned. */
static void message_before_the_answer(void **state)
{
    struct rm_test t;
    struct request request = {0}, second = {0};

    (void)state;
    open_updating(&t);
    t.hold[CALL_DO_UPDATE_ROUTES] = true;
    assert_int_equal(begin(&t, &request), ST_PENDING);
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    assert_completed(&t, &request, ST_OK);
    assert_replaced(&t);
    /* A second update has begun when the first call fails after all: that is not its failure. */
    assert_int_equal(begin(&t, &second), ST_PENDING);
    rm_release(&t, ST_CAN_NOT_COMPLETE);
    assert_false(second.completed);
    rm_release(&t, ST_OK);
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    assert_true(second.completed);
    assert_int_equal(second.status, ST_OK);
    rm_close(&t);
}

/* (c) failure in the message, (d) in the call, (k) a callback that is NULL. */
static void failures_leave_the_former_routes(void **state)
{
    static const mpr_status told[] = {ST_CAN_NOT_COMPLETE, ST_INVALID_PARAMETER, ST_NOT_SUPPORTED,
                                      ST_PENDING};
    static const mpr_status seen[] = {ST_CAN_NOT_COMPLETE, ST_INVALID_PARAMETER, ST_NOT_SUPPORTED,
                                      ST_CAN_NOT_COMPLETE};
    struct rm_test t;

    (void)state;
    open_updating(&t);
    for (size_t n = 0; n < 8; n++) {
        struct request request = {0};
        uint32_t before = rm_fingerprint(&t);
        bool in_call = n % 2;

        fake_forget(&t.f);
        t.answer[CALL_DO_UPDATE_ROUTES] = in_call ? told[n / 2] : ST_OK;
        assert_int_equal(begin(&t, &request), ST_PENDING);
        if (!in_call) rm_update_complete(&t, t.index, DEMAND, told[n / 2]);
        assert_completed(&t, &request, seen[n / 2]);
        assert_int_equal(result(&t), seen[n / 2]);
        assert_int_equal(rm_fingerprint(&t), before);
        assert_int_equal(fake_count(&t.f, FAKE_STORE), 0);
    }
    rm_close(&t);
}

/* (e) */
static void a_protocol_never_reports(void **state)
{
    struct rm_test t;
    struct request request = {0};
    uint32_t before;

    (void)state;
    open_updating(&t);
    before = rm_fingerprint(&t);
    assert_int_equal(begin(&t, &request), ST_PENDING);
    fake_advance(&t.f, WATCHDOG - 1);
    assert_false(request.completed);
    fake_advance(&t.f, 1);
    assert_completed(&t, &request, ST_CAN_NOT_COMPLETE);
    assert_int_equal(rm_fingerprint(&t), before);
    rm_update_complete(&t, t.index, DEMAND, ST_OK); /* too late */
    assert_int_equal(rm_fingerprint(&t), before);
    assert_int_equal(fake_count(&t.f, FAKE_COMPLETE), 1);
    rm_close(&t);
}

/* Its DoUpdateRoutes never returns: the protocol is lost, the update gets a documented code. */
static void a_call_never_returns(void **state)
{
    struct rm_test t;
    struct request request = {0};

    (void)state;
    open_updating(&t);
    t.hold[CALL_DO_UPDATE_ROUTES] = true;
    assert_int_equal(begin(&t, &request), ST_PENDING);
    fake_advance(&t.f, 30000);
    assert_completed(&t, &request, ST_CAN_NOT_COMPLETE);
    assert_int_equal(begin(&t, NULL), ST_PENDING);
    assert_int_equal(result(&t), ST_NOT_SUPPORTED);
    rm_release(&t, ST_OK);
    rm_close(&t);
}

/* (f) wrong interface or type, (g) two messages, (h) none asked for. */
static void messages_that_are_ignored(void **state)
{
    struct rm_test t;
    struct request request = {0};
    uint32_t before;

    (void)state;
    open_updating(&t);
    before = rm_fingerprint(&t);
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    assert_int_equal(begin(&t, &request), ST_PENDING);
    rm_update_complete(&t, t.index + 1, DEMAND, ST_OK);
    rm_update_complete(&t, 0, DEMAND, ST_OK);
    rm_update_complete(&t, 0xFFFFFFFF, DEMAND, ST_OK);
    rm_update_complete(&t, t.index, 8, ST_OK);
    router_protocol_event(t.r, t.ref + 1, PROTOCOL_UPDATE_COMPLETE,
                          &(struct protocol_message){t.index, DEMAND, ST_OK});
    assert_false(request.completed);
    rm_update_complete(&t, t.index, DEMAND, ST_CAN_NOT_COMPLETE);
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    assert_completed(&t, &request, ST_CAN_NOT_COMPLETE);
    router_protocol_event(t.r, t.ref, PROTOCOL_UPDATE_COMPLETE, NULL);
    assert_int_equal(rm_fingerprint(&t) != before, false);
    rm_close(&t);
}

/* (i) */
static void it_stops_during_an_update(void **state)
{
    struct rm_test t;
    struct request request = {0}, second = {0};

    (void)state;
    open_updating(&t);
    assert_int_equal(begin(&t, &request), ST_PENDING);
    router_protocol_event(t.r, t.ref, PROTOCOL_ROUTER_STOPPED, NULL);
    fake_flush(&t.f);
    assert_completed(&t, &request, ST_CAN_NOT_COMPLETE);
    rm_close(&t);

    open_updating(&t); /* and when an administrator stops it */
    assert_int_equal(begin(&t, &second), ST_PENDING);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    assert_completed(&t, &second, ST_CAN_NOT_COMPLETE);
    rm_close(&t);
}

static void disconnect(struct rm_test *t)
{
    assert_int_equal(router_interface_disconnect(t->r, t->dial), ST_OK);
}

static void disable(struct rm_test *t)
{
    assert_int_equal(router_interface_set(t->r, t->dial, false, true, NULL), ST_OK);
}

static void disconnect_and_delete(struct rm_test *t)
{
    disconnect(t);
    assert_int_equal(router_interface_delete(t->r, t->dial), ST_OK);
}

static void switch_off(struct rm_test *t)
{
    assert_int_equal(rm_set_info(t, INFO_IP_INTERFACE_STATUS_INFO, "\2\0\0\0", 4, NULL), ST_OK);
}

static void take_protocol_off(struct rm_test *t)
{
    assert_int_equal(rm_set_info(t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
}

static void awkward_moments(void **state)
{
    static const struct {
        void (*act)(struct rm_test *t);
        mpr_status request, result;
    } moments[] = {
        {disconnect, ST_INTERFACE_NOT_CONNECTED, ST_INTERFACE_NOT_CONNECTED},
        {disable, ST_INTERFACE_NOT_CONNECTED, ST_INTERFACE_NOT_CONNECTED},
        {disconnect_and_delete, ST_INTERFACE_NOT_CONNECTED, ST_INVALID_HANDLE},
        {switch_off, ST_INTERFACE_NOT_CONNECTED, ST_INTERFACE_NOT_CONNECTED},
        {take_protocol_off, ST_CAN_NOT_COMPLETE, ST_CAN_NOT_COMPLETE},
    };
    struct rm_test t;

    (void)state;
    for (size_t n = 0; n < 2 * sizeof(moments) / sizeof(moments[0]); n++) {
        struct request request = {0};

        open_updating(&t);
        t.hold[CALL_DO_UPDATE_ROUTES] = n % 2;
        assert_int_equal(begin(&t, &request), ST_PENDING);
        moments[n / 2].act(&t);
        fake_flush(&t.f);
        assert_completed(&t, &request, moments[n / 2].request);
        assert_int_equal(result(&t), moments[n / 2].result);
        rm_update_complete(&t, t.index, DEMAND, ST_OK);
        rm_release(&t, ST_OK);
        assert_int_equal(fake_count(&t.f, FAKE_COMPLETE), 1);
        assert_int_equal(fake_count(&t.f, FAKE_STORE), moments[n / 2].act == switch_off ||
                                                           moments[n / 2].act == take_protocol_off);
        rm_close(&t);
    }
}

/* A LAN interface can lose its transport and its medium while connected. */
static void lan_moments(void **state)
{
    struct rm_test t;
    struct host_adapter a = fake_adapter(u"{LAN}", 3, 0xC0A80001, MASK);

    (void)state;
    for (int n = 0; n < 3; n++) {
        struct request request = {0};
        struct blob info = rm_blob(FOREIGN_ID, "L", 1);
        handle_t32 lan;

        open_updating(&t);
        a.up = true;
        router_adapters(t.r, &a, 1);
        assert_int_equal(router_interface_find(t.r, u"{LAN}", false, &lan), ST_OK);
        assert_int_equal(router_iftransport_set(t.r, lan, TRANSPORT_IP, &info, NULL), ST_OK);
        fake_flush(&t.f);
        assert_int_equal(router_update_routes(t.r, lan, TRANSPORT_IP, &request), ST_PENDING);
        if (n == 0) assert_int_equal(router_iftransport_remove(t.r, lan, TRANSPORT_IP), ST_OK);
        a.up = n != 1;
        if (n == 1) router_adapters(t.r, &a, 1);
        if (n == 2) router_adapters(t.r, NULL, 0);
        fake_flush(&t.f);
        assert_completed(&t, &request, n ? ST_INTERFACE_NOT_CONNECTED : ST_NO_SUCH_INTERFACE);
        rm_close(&t);
        blob_free(&info);
    }
}

static void the_server_handle_closes(void **state)
{
    struct rm_test t;
    struct request request = {0}, other = {0};
    handle_t32 server, second;

    (void)state;
    open_updating(&t);
    assert_int_equal(router_server_open(t.r, HANDLE_SERVER, &server), ST_OK);
    assert_int_equal(router_server_open(t.r, HANDLE_SERVER, &second), ST_OK);
    request.server = server;
    assert_int_equal(begin(&t, &request), ST_PENDING);
    assert_int_equal(router_server_close(t.r, HANDLE_SERVER, second), ST_OK);
    fake_flush(&t.f);
    assert_false(request.completed);
    assert_int_equal(router_server_close(t.r, HANDLE_SERVER, server), ST_OK);
    fake_flush(&t.f);
    assert_completed(&t, &request, ST_OPERATION_ABORTED);
    assert_int_equal(begin(&t, &other), ST_UPDATE_IN_PROGRESS);
    rm_update_complete(&t, t.index, DEMAND, ST_OK); /* for its own sake */
    assert_int_equal(result(&t), ST_OK);
    assert_replaced(&t);
    assert_int_equal(fake_count(&t.f, FAKE_COMPLETE), 1);
    rm_close(&t);
}

static void the_router_stops(void **state)
{
    struct rm_test t;
    struct request request = {0};

    (void)state;
    for (int n = 0; n < 2; n++) {
        request = (struct request){0};
        open_updating(&t);
        t.hold[CALL_DO_UPDATE_ROUTES] = n;
        assert_int_equal(begin(&t, &request), ST_PENDING);
        rm_close(&t);
        assert_true(request.completed);
        assert_int_equal(request.status, ST_ROUTER_STOPPED);
    }
}

static void the_result_goes_with_the_connection(void **state)
{
    struct rm_test t;

    (void)state;
    open_updating(&t);
    assert_int_equal(begin(&t, NULL), ST_PENDING);
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    assert_int_equal(result(&t), ST_OK);
    disconnect(&t);
    fake_flush(&t.f);
    assert_int_equal(result(&t), ST_INTERFACE_NOT_CONNECTED);
    router_interface_connect(t.r, t.dial, NULL);
    fake_advance(&t.f, 1);
    assert_int_equal(result(&t), ST_CAN_NOT_COMPLETE);
    assert_int_equal(rm_best(&t, NET + 0x300, MASK)->protocol, ROUTE_PROTO_NT_AUTOSTATIC);
    rm_close(&t);
}

/* A static route of the administrator's prevails over a learned one; the older layout is kept. */
static void static_rows_and_layout_stay(void **state)
{
    struct rm_test t;
    struct route_row rows[2] = {rm_row(ROUTE_PROTO_NT_STATIC, NET + 0x300, MASK, PEER),
                                rm_row(ROUTE_PROTO_NT_AUTOSTATIC, NET, MASK, PEER)};
    struct blob b = {NULL, 0};
    const struct blob *info;
    struct info_block block;

    (void)state;
    rm_open(&t);
    rm_foreign(&t, FUNCTIONALITY);
    assert_int_equal(route_rows_store(&b, ROUTE_LAYOUT_2003, rows, 2), ST_OK);
    assert_int_equal(router_iftransport_set(t.r, t.dial, TRANSPORT_IP, &b, NULL), ST_OK);
    fake_flush(&t.f);
    rm_learn(&t, NET + 0x300, MASK, 3);
    rm_learn(&t, NET + 0x400, MASK, 4);
    assert_int_equal(begin(&t, NULL), ST_PENDING);
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    router_iftransport_get(t.r, t.dial, TRANSPORT_IP, &info);
    assert_int_equal(info_blob_find(info, INFO_IP_ROUTE_INFO, &block), ST_OK);
    assert_int_equal(block.item_size, ROUTE_LAYOUT_2003);
    assert_int_equal(block.count, 2);
    assert_int_equal(rm_best(&t, NET + 0x300, MASK)->protocol, ROUTE_PROTO_NT_STATIC);
    assert_int_equal(rm_best(&t, NET + 0x400, MASK)->protocol, ROUTE_PROTO_NT_AUTOSTATIC);
    assert_null(rm_best(&t, NET, MASK));
    blob_free(&b);
    rm_close(&t);
}

static void a_thousand_at_once(void **state)
{
    enum { COUNT = 1000 };
    static struct request requests[COUNT];
    static handle_t32 handles[COUNT];
    struct rm_test t;
    struct blob info = rm_blob(FOREIGN_ID, "I", 1);
    char16_t name[] = u"Site 000";

    (void)state;
    rm_open(&t);
    rm_foreign(&t, FUNCTIONALITY);
    memset(requests, 0, sizeof(requests));
    for (unsigned n = 0; n < COUNT; n++) {
        name[5] = (char16_t)(u'0' + n / 100);
        name[6] = (char16_t)(u'0' + n / 10 % 10);
        name[7] = (char16_t)(u'0' + n % 10);
        handles[n] = fake_demand_dial(&t.f, name, DIALER_SCRIPTED, 0);
        assert_int_equal(router_iftransport_add(t.r, handles[n], TRANSPORT_IP, &info, NULL), ST_OK);
        router_interface_connect(t.r, handles[n], NULL);
    }
    fake_advance(&t.f, 1);
    fake_forget(&t.f);
    for (unsigned n = 0; n < COUNT; n++) {
        assert_int_equal(router_update_routes(t.r, handles[n], TRANSPORT_IP, &requests[n]),
                         ST_PENDING);
    }
    fake_flush(&t.f);
    for (unsigned n = 0; n < COUNT; n++) {
        rm_update_complete(&t, fake_info(&t.f, handles[n]).index, DEMAND, ST_OK);
    }
    assert_int_equal(fake_count(&t.f, FAKE_COMPLETE), COUNT);
    for (unsigned n = 0; n < COUNT; n++) assert_int_equal(requests[n].status, ST_OK);
    rm_close(&t);
    blob_free(&info);
}

/* A large table, converted and converted again. */
static void a_large_table(void **state)
{
    enum { COUNT = 25000 };
    struct rm_test t;

    (void)state;
    rm_open(&t);
    rm_foreign(&t, FUNCTIONALITY);
    for (uint32_t n = 0; n < COUNT; n++) rm_learn(&t, 0x14000000u + (n << 8), MASK, 2);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(begin(&t, NULL), ST_PENDING);
        rm_update_complete(&t, t.index, DEMAND, ST_OK);
        assert_int_equal(rm_count_rows(&t, ROUTE_PROTO_NT_AUTOSTATIC), COUNT);
    }
    assert_int_equal(rm_best(&t, 0x14000000u + ((COUNT - 1) << 8), MASK)->protocol,
                     ROUTE_PROTO_NT_AUTOSTATIC);
    rm_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_before_it_begins),
        cmocka_unit_test(nobody_can),
        cmocka_unit_test(success),
        cmocka_unit_test(without_a_key_nothing_is_stored),
        cmocka_unit_test(message_before_the_answer),
        cmocka_unit_test(failures_leave_the_former_routes),
        cmocka_unit_test(a_protocol_never_reports),
        cmocka_unit_test(a_call_never_returns),
        cmocka_unit_test(messages_that_are_ignored),
        cmocka_unit_test(it_stops_during_an_update),
        cmocka_unit_test(awkward_moments),
        cmocka_unit_test(lan_moments),
        cmocka_unit_test(the_server_handle_closes),
        cmocka_unit_test(the_router_stops),
        cmocka_unit_test(the_result_goes_with_the_connection),
        cmocka_unit_test(static_rows_and_layout_stay),
        cmocka_unit_test(a_thousand_at_once),
        cmocka_unit_test(a_large_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
