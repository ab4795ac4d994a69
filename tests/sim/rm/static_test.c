/* Static routes: which of several wins, what the priorities do to routes that are there, and that a
 * route comes and goes with its interface in the table and in what the host is told. */
#include "sim/rm/rm_test.h"
#include "infoblock/priority.h"
#include "router/dim/interface.h"
#include "sim/support/fail_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define NET    0xC6336400u /* 198.51.100.0 */
#define MASK   0xFFFFFF00u
#define PEER   0x0A090002u /* of the dial interface */
#define LAN    0xC0A80001u
#define BY_LAN 0xC0A80002u
#define MINUTE ((msec)60 * 1000)

static struct host_route taken[16];

/* A second interface, for a route beside that of the dial interface. */
static handle_t32 lan_open(struct rm_test *t)
{
    struct host_adapter a = fake_adapter(u"{LAN}", 3, LAN, MASK);
    handle_t32 lan;

    router_adapters(t->r, &a, 1);
    fake_flush(&t->f);
    assert_int_equal(router_interface_find(t->r, u"{LAN}", false, &lan), ST_OK);
    return lan;
}

static void lan_rows(struct rm_test *t, handle_t32 lan, const struct route_row *row)
{
    struct blob b = {NULL, 0};

    assert_int_equal(route_rows_store(&b, ROUTE_LAYOUT_2008, row, 1), ST_OK);
    assert_int_equal(router_iftransport_set(t->r, lan, TRANSPORT_IP, &b, NULL), ST_OK);
    blob_free(&b);
}

static uint32_t index_of(struct rm_test *t, handle_t32 interface)
{
    return fake_info(&t->f, interface).index;
}

static mpr_status set_priorities(struct rm_test *t, const struct protocol_priority *list,
                                 size_t count)
{
    uint8_t data[64];

    assert_true(priority_encoded_size(count) <= sizeof(data));
    priority_encode(list, count, data);
    return rm_set_global(t, INFO_IP_PROT_PRIORITY_INFO, data,
                         (uint32_t)priority_encoded_size(count), NULL);
}

/* From the next dialling on. */
static void set_outcome(struct rm_test *t, mpr_status outcome)
{
    struct dial_entry entry;
    struct dial_plan plan;

    fake_dial_defaults(DIALER_SCRIPTED, 0, &entry, &plan);
    plan.outcome = outcome;
    assert_int_equal(router_interface_set_dial(t->r, t->dial, &entry, &plan), ST_OK);
}

static void dial(struct rm_test *t)
{
    router_interface_connect(t->r, t->dial, NULL);
    fake_advance(&t->f, 1);
}

/* ---- which one wins -------------------------------------------------------------------------- */

static void preference_before_metric(void **state)
{
    static const struct protocol_priority equal[] = {{ROUTE_PROTO_NT_STATIC, 5},
                                                     {ROUTE_PROTO_NT_STATIC_NON_DOD, 5}};
    struct rm_test t;
    struct route_row far = rm_row(ROUTE_PROTO_NT_STATIC, NET, MASK, PEER);
    struct route_row near = rm_row(ROUTE_PROTO_NT_STATIC_NON_DOD, NET, MASK, BY_LAN);
    handle_t32 lan;

    (void)state;
    rm_open(&t);
    lan = lan_open(&t);
    far.metric[0] = 50;
    near.metric[0] = 2;
    far.preference = near.preference = 1; /* of the rows: means nothing */
    rm_set_rows(&t, &far, 1);
    lan_rows(&t, lan, &near);
    assert_int_equal(rm_best(&t, NET, MASK)->interface, t.index); /* 3 before 5 */
    assert_int_equal(set_priorities(&t, equal, 2), ST_OK);
    assert_int_equal(rm_best(&t, NET, MASK)->interface, index_of(&t, lan)); /* 2 before 50 */
    far.metric[0] = 1;
    rm_set_rows(&t, &far, 1);
    assert_int_equal(rm_best(&t, NET, MASK)->interface, t.index);
    rm_close(&t);
}

/* A protocol asks for its preference when it learns a route; what it has learned follows. */
static void learned_routes_follow_the_priorities(void **state)
{
    static const struct protocol_priority first[] = {{FOREIGN_ID, 2}, {ROUTE_PROTO_NT_STATIC, 3}};
    static const struct protocol_priority last[] = {{FOREIGN_ID, 4}, {ROUTE_PROTO_NT_STATIC, 3}};
    struct rm_test t;
    struct route_row row = rm_row(ROUTE_PROTO_NT_STATIC, NET, MASK, 0x0A090003);
    size_t count;

    (void)state;
    rm_open(&t);
    rm_foreign(&t, 0);
    rm_set_rows(&t, &row, 1);
    rm_learn(&t, NET, MASK, 7);
    assert_int_equal(router_host_routes_begin(t.r), ST_OK);
    while (router_host_routes_next(t.r, taken, 2) == 2) continue;
    assert_int_equal(set_priorities(&t, last, 2), ST_OK);
    assert_int_equal(rm_best(&t, NET, MASK)->protocol, ROUTE_PROTO_NT_STATIC);
    assert_int_equal(set_priorities(&t, first, 2), ST_OK);
    assert_int_equal(rm_best(&t, NET, MASK)->protocol, FOREIGN_ID);
    assert_int_equal(rm_best(&t, NET, MASK)->preference, 2);
    count = router_host_routes_next(t.r, taken, 16); /* also the subnets, which stay the host's */
    for (size_t n = 0; n < count; n++) assert_int_equal(taken[n].wanted, taken[n].metric == 7);
    assert_true(count >= 1);
    assert_int_equal(set_priorities(&t, last, 2), ST_OK);
    assert_int_equal(rm_best(&t, NET, MASK)->protocol, ROUTE_PROTO_NT_STATIC);
    rm_close(&t);
}

/* ---- with the interface ---------------------------------------------------------------------- */

/* A route of worse preference stands in while the interface is unreachable (KB Q193834), switched
 * off or disconnected. */
static void withdrawn_and_restored(void **state)
{
    struct rm_test t;
    struct route_row by_dial = rm_row(ROUTE_PROTO_NT_STATIC, NET, MASK, PEER);
    struct route_row by_lan = rm_row(ROUTE_PROTO_NT_STATIC_NON_DOD, NET, MASK, BY_LAN);
    handle_t32 lan;

    (void)state;
    rm_open(&t);
    lan = lan_open(&t);
    rm_set_rows(&t, &by_dial, 1);
    lan_rows(&t, lan, &by_lan);
    assert_int_equal(rm_best(&t, NET, MASK)->interface, t.index);

    assert_int_equal(router_interface_disconnect(t.r, t.dial), ST_OK);
    set_outcome(&t, ST_TIMEOUT);
    dial(&t);
    assert_int_equal(fake_state(&t.f, t.dial), IF_UNREACHABLE);
    assert_int_equal(rm_best(&t, NET, MASK)->interface, index_of(&t, lan));
    set_outcome(&t, ST_OK);
    fake_advance(&t.f, 10 * MINUTE);
    assert_int_equal(fake_state(&t.f, t.dial), IF_DISCONNECTED);
    assert_int_equal(rm_best(&t, NET, MASK)->interface, index_of(&t, lan));
    dial(&t);
    assert_int_equal(rm_best(&t, NET, MASK)->interface, t.index);

    assert_int_equal(router_interface_set(t.r, t.dial, false, true, NULL), ST_OK);
    assert_int_equal(rm_best(&t, NET, MASK)->interface, index_of(&t, lan));
    assert_int_equal(router_interface_set(t.r, t.dial, true, true, NULL), ST_OK);
    dial(&t);
    assert_int_equal(rm_best(&t, NET, MASK)->interface, t.index);

    assert_int_equal(rm_set_info(&t, INFO_IP_INTERFACE_STATUS_INFO, "\2\0\0\0", 4, NULL), ST_OK);
    assert_int_equal(rm_best(&t, NET, MASK)->interface, index_of(&t, lan));
    assert_int_equal(rm_set_info(&t, INFO_IP_INTERFACE_STATUS_INFO, "\1\0\0\0", 4, NULL), ST_OK);
    assert_int_equal(rm_best(&t, NET, MASK)->interface, t.index);
    rm_close(&t);
}

/* Rows of the view for multicast alone are the administrator's, but forward nothing. */
static void views(void **state)
{
    static const struct {
        uint32_t view_set;
        bool there;
    } rows[] = {{ROUTE_VIEW_ANY, true},
                {ROUTE_VIEW_UNICAST, true},
                {ROUTE_VIEW_MULTICAST, false},
                {ROUTE_VIEW_UNICAST | ROUTE_VIEW_MULTICAST, true},
                {ROUTE_VIEW_ALL, true}};
    struct rm_test t;
    struct route_row row = rm_row(ROUTE_PROTO_NT_STATIC, NET, MASK, PEER), *read;

    (void)state;
    rm_open(&t);
    for (size_t n = 0; n < sizeof(rows) / sizeof(*rows); n++) {
        row.view_set = rows[n].view_set;
        rm_set_rows(&t, &row, 1);
        assert_int_equal(rm_best(&t, NET, MASK) != NULL, rows[n].there);
        assert_int_equal(rm_rows(&t, &read), 1);
        assert_int_equal(read[0].view_set, rows[n].view_set);
        mem_free(read);
    }
    rm_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(preference_before_metric),
        cmocka_unit_test(learned_routes_follow_the_priorities),
        cmocka_unit_test(withdrawn_and_restored),
        cmocka_unit_test(views),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
