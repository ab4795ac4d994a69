/* Questions passed on to hosted protocols: the built-in one, and a foreign one played here. */
#include "sim/mib/mib_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define TIMEOUT 30000
#define OTHER   (FOREIGN_ID + 1)

/* How MIB calls are answered; all others go to rm_test.c. */
static struct {
    void (*others)(struct fake_host *f, const struct fake_record *record);
    struct protocol_call *held[4];
    size_t count;
    handle_t32 last;
} calls;

static void on_action(struct fake_host *f, const struct fake_record *record)
{
    if (record->action != FAKE_PROTOCOL_CALL || record->call->kind != CALL_MIB) {
        calls.others(f, record);
        return;
    }
    assert_true(calls.count < 4);
    calls.last = record->call->protocol;
    calls.held[calls.count++] = record->call;
}

static void open(struct mib_test *m)
{
    mib_open(m);
    rm_foreign(&m->t, PROTOCOL_ROUTING);
    memset(&calls, 0, sizeof(calls));
    calls.others = m->t.f.on_action;
    m->t.f.on_action = on_action;
}

static struct mib_ask question(enum mib_op op, uint32_t pid, const char *in)
{
    return (struct mib_ask){.op = op,
                            .transport = TRANSPORT_IP,
                            .routing_pid = pid,
                            .in = in,
                            .in_size = in ? strlen(in) : 0};
}

/* The oldest call that is held, with that answer. */
static void reply(struct mib_test *m, mpr_status status, const char *data)
{
    struct protocol_call *call = calls.held[0];

    assert_true(calls.count > 0);
    memmove(calls.held, calls.held + 1, sizeof(calls.held) - sizeof(calls.held[0]));
    calls.count--;
    call->status = status;
    if (data) assert_true(blob_set(&call->result, data, strlen(data)));
    router_protocol_answer(m->t.r, call);
    fake_flush(&m->t.f);
}

static void a_foreign_protocol_is_asked(void **state)
{
    static const enum mib_op ops[] = {MIB_GET,    MIB_GET_FIRST, MIB_GET_NEXT,
                                      MIB_CREATE, MIB_DELETE,    MIB_SET};
    struct mib_test m;

    (void)state;
    open(&m);
    for (size_t n = 0; n < 6; n++) {
        struct mib_ask ask = question(ops[n], FOREIGN_ID, "What?");
        struct request request = {0};

        assert_int_equal(router_mib(m.t.r, &ask, &request), ST_PENDING);
        fake_flush(&m.t.f);
        assert_int_equal(calls.held[0]->mib_op, ops[n]);
        assert_memory_equal(calls.held[0]->info.data, "What?", 5);
        assert_int_equal(calls.held[0]->info.size, 5);
        reply(&m, ST_OK, n < 3 ? "That" : NULL);
        assert_true(request.completed);
        assert_int_equal(request.status, ST_OK);
        assert_true(ask.from_module);
        assert_int_equal(ask.out.size, n < 3 ? 4 : 0);
        if (n < 3) assert_memory_equal(ask.out.data, "That", 4);
        blob_free(&ask.out);
    }
    mib_close(&m);
}

static void what_it_says_comes_back(void **state)
{
    static const mpr_status said[] = {ST_NO_MORE_ITEMS, ST_CAN_NOT_COMPLETE, ST_INVALID_PARAMETER,
                                      ST_NOT_SUPPORTED, 4711};
    struct mib_test m;

    (void)state;
    open(&m);
    for (size_t n = 0; n < sizeof(said) / sizeof(said[0]); n++) {
        struct mib_ask ask = question(MIB_GET_NEXT, FOREIGN_ID, "x");
        struct request request = {0};

        assert_int_equal(router_mib(m.t.r, &ask, &request), ST_PENDING);
        fake_flush(&m.t.f);
        reply(&m, said[n], "an answer all the same");
        assert_int_equal(request.status, said[n]);
        assert_null(ask.out.data);
    }
    mib_close(&m);
}

static void bad_input(void **state)
{
    struct mib_test m;
    struct mib_ask ask = question(MIB_GET, FOREIGN_ID, NULL);
    struct request request = {0};

    (void)state;
    open(&m);
    assert_int_equal(router_mib(m.t.r, &ask, &request), ST_INVALID_PARAMETER);
    ask = question(MIB_GET, FOREIGN_ID, "");
    assert_int_equal(router_mib(m.t.r, &ask, &request), ST_INVALID_PARAMETER);
    ask.in_size = (size_t)MIB_IN_MAX + 1;
    assert_int_equal(router_mib(m.t.r, &ask, &request), ST_INVALID_PARAMETER);
    mib_close(&m);
}

/* The answer comes when nobody waits any more, and must not touch the question. */
static void silence(void **state)
{
    struct mib_test m;
    struct mib_ask ask = question(MIB_GET, FOREIGN_ID, "x");
    struct request request = {0}, second = {0};

    (void)state;
    open(&m);
    assert_int_equal(router_mib(m.t.r, &ask, &request), ST_PENDING);
    assert_int_equal(router_mib(m.t.r, &ask, &second), ST_PENDING); /* queued behind */
    fake_advance(&m.t.f, TIMEOUT);
    assert_int_equal(request.status, ST_TIMEOUT);
    assert_int_equal(second.status, ST_TIMEOUT);
    assert_true(request.completed && second.completed);
    assert_false(ask.from_module);
    memset(&ask, 0x5A, sizeof(ask));
    reply(&m, ST_OK, "late");
    assert_int_equal(((uint8_t *)&ask)[0], 0x5A);
    ask = question(MIB_GET, FOREIGN_ID, "x");
    assert_int_equal(router_mib(m.t.r, &ask, &request), ST_CAN_NOT_COMPLETE);
    mib_close(&m);
}

static void removed_meanwhile(void **state)
{
    struct mib_test m;
    struct mib_ask ask = question(MIB_GET, FOREIGN_ID, "x");
    struct request request = {0};

    (void)state;
    open(&m);
    assert_int_equal(router_mib(m.t.r, &ask, &request), ST_PENDING);
    fake_flush(&m.t.f);
    assert_int_equal(rm_set_global(&m.t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&m.t.f);
    assert_true(request.completed);
    assert_int_equal(request.status, ST_OPERATION_ABORTED);
    reply(&m, ST_OK, "late");
    assert_null(ask.out.data);
    assert_int_equal(router_mib(m.t.r, &ask, &request), ST_CAN_NOT_COMPLETE);
    mib_close(&m);
}

static void the_router_ends(void **state)
{
    struct mib_test m;
    struct mib_ask ask = question(MIB_GET, FOREIGN_ID, "x");
    struct request request = {0};

    (void)state;
    open(&m);
    assert_int_equal(router_mib(m.t.r, &ask, &request), ST_PENDING);
    fake_flush(&m.t.f);
    m.t.live += 2; /* the call and its input: the host has them */
    mib_close(&m);
    assert_true(request.completed);
    assert_int_equal(request.status, ST_ROUTER_STOPPED);
    protocol_call_free(calls.held[0]);
}

/* Two protocols that ask each other from within their entry points, and one that asks itself. */
static void no_circles(void **state)
{
    struct mib_test m;
    struct mib_ask a = question(MIB_GET, OTHER, "x"), b = question(MIB_GET, FOREIGN_ID, "x");
    struct request request = {0}, second = {0};
    handle_t32 first;

    (void)state;
    open(&m);
    first = m.t.ref;
    assert_int_equal(router_catalogue_add(m.t.r, TRANSPORT_IP, OTHER, u"o.dll"), ST_OK);
    assert_int_equal(rm_set_global(&m.t, OTHER, "G", 1, NULL), ST_OK);
    fake_flush(&m.t.f);
    b.caller = first;
    assert_int_equal(router_mib(m.t.r, &b, &request), ST_CAN_NOT_COMPLETE); /* itself */
    a.caller = first;
    assert_int_equal(router_mib(m.t.r, &a, &request), ST_PENDING);
    fake_flush(&m.t.f);
    b.caller = calls.last;
    assert_int_equal(router_mib(m.t.r, &b, &second), ST_CAN_NOT_COMPLETE);
    b.caller = 0;
    assert_int_equal(router_mib(m.t.r, &b, &second), ST_PENDING);
    fake_flush(&m.t.f);
    reply(&m, ST_OK, "y");
    reply(&m, ST_OK, "z");
    assert_int_equal(a.out.data[0], 'y');
    assert_int_equal(b.out.data[0], 'z');
    blob_free(&a.out);
    blob_free(&b.out);
    mib_close(&m);
}

/* One that is silent is given up alone, not with those that wait for it. */
static void whoever_waits_gets_more_time(void **state)
{
    struct mib_test m;
    struct mib_ask outer = question(MIB_GET, FOREIGN_ID, "x"),
                   inner = question(MIB_GET, OTHER, "x");
    struct request waits = {0}, nested = {0}, again = {0};

    (void)state;
    open(&m);
    assert_int_equal(router_catalogue_add(m.t.r, TRANSPORT_IP, OTHER, u"o.dll"), ST_OK);
    assert_int_equal(rm_set_global(&m.t, OTHER, "G", 1, NULL), ST_OK);
    fake_flush(&m.t.f);
    assert_int_equal(router_mib(m.t.r, &outer, &waits), ST_PENDING);
    fake_flush(&m.t.f);
    inner.caller = calls.last;
    fake_advance(&m.t.f, TIMEOUT - 1);
    assert_int_equal(router_mib(m.t.r, &inner, &nested), ST_PENDING);
    fake_flush(&m.t.f);
    fake_advance(&m.t.f, TIMEOUT);
    assert_true(nested.completed);
    assert_int_equal(nested.status, ST_TIMEOUT);
    assert_false(waits.completed);
    reply(&m, ST_OK, "y");
    assert_int_equal(waits.status, ST_OK);
    blob_free(&outer.out);
    assert_int_equal(router_mib(m.t.r, &outer, &again), ST_PENDING); /* it is in use */
    fake_flush(&m.t.f);
    m.t.live += 4; /* two calls and their inputs */
    mib_close(&m);
    while (calls.count) protocol_call_free(calls.held[--calls.count]);
}

static void the_built_in_rip(void **state)
{
    static const uint32_t global[6] = {1, 1048576, 1048576, 5, 0, 0};
    static const uint32_t interface[21] = {0, 1, 1, 3, 3, 0, 180, 120, 30, 1};
    uint8_t in[8] = {2}; /* IPRIP_MIB_GET_INPUT_DATA: interface statistics */
    struct mib_test m;

    (void)state;
    mib_open(&m);
    assert_int_equal(mib_raw(&m, MIB_GET, TRANSPORT_IP, ROUTE_PROTO_RIP, in, 8),
                     ST_CAN_NOT_COMPLETE);
    assert_int_equal(rm_set_global(&m.t, ROUTE_PROTO_RIP, global, sizeof(global), NULL), ST_OK);
    assert_int_equal(rm_set_info(&m.t, ROUTE_PROTO_RIP, interface, sizeof(interface), NULL), ST_OK);
    assert_int_equal(mib_raw(&m, MIB_GET_FIRST, TRANSPORT_IP, ROUTE_PROTO_RIP, in, 8), ST_OK);
    assert_int_equal(m.ask.out.data[0], 2);
    assert_int_equal(m.ask.out.data[4], m.t.index);
    in[4] = (uint8_t)m.t.index;
    assert_int_equal(mib_raw(&m, MIB_GET, TRANSPORT_IP, ROUTE_PROTO_RIP, in, 8), ST_OK);
    assert_int_equal(m.ask.out.size, 8 + 40);
    assert_int_equal(mib_raw(&m, MIB_GET_NEXT, TRANSPORT_IP, ROUTE_PROTO_RIP, in, 8),
                     ST_NO_MORE_ITEMS);
    assert_int_equal(mib_raw(&m, MIB_GET, TRANSPORT_IP, ROUTE_PROTO_RIP, in, 7),
                     ST_INVALID_PARAMETER);
    assert_int_equal(mib_raw(&m, MIB_GET, TRANSPORT_IP, ROUTE_PROTO_RIP, NULL, 8),
                     ST_INVALID_PARAMETER);
    assert_int_equal(mib_raw(&m, MIB_SET, TRANSPORT_IP, ROUTE_PROTO_RIP, in, 8), ST_NOT_SUPPORTED);
    assert_int_equal(mib_raw(&m, MIB_GET, TRANSPORT_IPV6, ROUTE_PROTO_RIP, in, 8),
                     ST_UNKNOWN_PROTOCOL_ID);
    mib_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_foreign_protocol_is_asked),
        cmocka_unit_test(what_it_says_comes_back),
        cmocka_unit_test(bad_input),
        cmocka_unit_test(silence),
        cmocka_unit_test(removed_meanwhile),
        cmocka_unit_test(the_router_ends),
        cmocka_unit_test(whoever_waits_gets_more_time),
        cmocka_unit_test(no_circles),
        cmocka_unit_test(the_built_in_rip),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
