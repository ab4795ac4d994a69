/* Every allocation fails once, in every function of the router managers: an error comes back and
 * nothing has changed, or what was accepted ends with an error; and what takes something away needs
 * no memory at all. */
#include "protocol/rip/config.h"
#include "sim/rm/rm_test.h"
#include "sim/support/fail_alloc.h"
#include "sweep/loop.h"

#include <string.h>

#define DEMAND PROTOCOL_DEMAND_UPDATE_ROUTES
#define NET    0xC6336400u
#define MASK   0xFFFFFF00u
#define PEER   0x0A090002u

static struct blob rip_global, rip_info, rows, foreign;

static void prepare_blobs(void)
{
    struct rip_global_config global;
    struct rip_if_config info;
    struct route_row row[2] = {rm_row(ROUTE_PROTO_NT_STATIC, NET, MASK, PEER),
                               rm_row(ROUTE_PROTO_NT_AUTOSTATIC, NET + 256, MASK, PEER)};
    void *data;
    size_t size;

    assert_int_equal(rip_global_decode(&global, NULL), ST_OK);
    assert_int_equal(rip_global_encode(&global, &data, &size), ST_OK);
    rm_add(&rip_global, ROUTE_PROTO_RIP, (uint32_t)size, 1, data);
    mem_free(data);
    assert_int_equal(rip_if_decode(&info, NET_DEMAND_DIAL, NULL), ST_OK);
    assert_int_equal(rip_if_encode(&info, 0, true, &data, &size), ST_OK);
    rm_add(&rip_info, ROUTE_PROTO_RIP, (uint32_t)size, 1, data);
    mem_free(data);
    assert_int_equal(route_rows_store(&rows, ROUTE_LAYOUT_2008, row, 2), ST_OK);
    rm_add(&foreign, FOREIGN_ID, 1, 1, "F");
}

static void free_blobs(void)
{
    blob_free(&rip_global);
    blob_free(&rip_info);
    blob_free(&rows);
    blob_free(&foreign);
}

/* The whole sweep of an attempt, which makes a router of its own each time. */
static unsigned sweep(bool (*attempt)(void *context, unsigned n), const void *context)
{
    unsigned count;

    fail_alloc_begin();
    prepare_blobs();
    count = sweep_loop(attempt, (void *)(uintptr_t)context);
    free_blobs();
    fail_alloc_end();
    return count;
}

/* A function under test. It is given a router in the state that `enter` made. */
struct step {
    const char *name;
    void (*enter)(struct rm_test *t);
    mpr_status (*run)(struct rm_test *t);
};

static void nothing(struct rm_test *t)
{
    (void)t;
}

static void with_catalogue(struct rm_test *t)
{
    t->functionality = DEMAND | PROTOCOL_ADD_ALL_INTERFACES;
    assert_int_equal(router_catalogue_add(t->r, TRANSPORT_IP, FOREIGN_ID, u"p.dll"), ST_OK);
}

static void with_rip(struct rm_test *t)
{
    assert_int_equal(router_transport_set(t->r, TRANSPORT_IP, &rip_global, NULL, NULL), ST_OK);
    assert_int_equal(router_iftransport_set(t->r, t->dial, TRANSPORT_IP, &rows, NULL), ST_OK);
    fake_flush(&t->f);
}

static void with_rip_block(struct rm_test *t)
{
    assert_int_equal(router_iftransport_set(t->r, t->dial, TRANSPORT_IP, &rip_info, NULL), ST_OK);
    fake_flush(&t->f);
}

static void with_foreign(struct rm_test *t)
{
    rm_foreign(t, DEMAND);
    assert_int_equal(router_iftransport_set(t->r, t->dial, TRANSPORT_IP, &rows, NULL), ST_OK);
    fake_flush(&t->f);
}

static mpr_status create_ipv6(struct rm_test *t)
{
    return router_transport_create(t->r, TRANSPORT_IPV6, &rip_global, &rip_info, NULL);
}

static mpr_status add_catalogue(struct rm_test *t)
{
    return router_catalogue_add(t->r, TRANSPORT_IP, 99, u"other.dll");
}

static mpr_status set_global_rip(struct rm_test *t)
{
    return router_transport_set(t->r, TRANSPORT_IP, &rip_global, &rip_info, NULL);
}

static mpr_status set_rows(struct rm_test *t)
{
    return router_iftransport_set(t->r, t->dial, TRANSPORT_IP, &rows, NULL);
}

static mpr_status set_rip(struct rm_test *t)
{
    return router_iftransport_set(t->r, t->dial, TRANSPORT_IP, &rip_info, NULL);
}

static mpr_status set_foreign(struct rm_test *t)
{
    return router_iftransport_set(t->r, t->dial, TRANSPORT_IP, &foreign, NULL);
}

static mpr_status set_global_foreign(struct rm_test *t)
{
    return router_transport_set(t->r, TRANSPORT_IP, &foreign, NULL, NULL);
}

static const struct step steps[] = {
    {"create", nothing, create_ipv6},
    {"catalogue", nothing, add_catalogue},
    {"start RIP", nothing, set_global_rip},
    {"start RIP with an interface", with_rip_block, set_global_rip},
    {"set RIP", with_rip, set_global_rip},
    {"rows", nothing, set_rows},
    {"the same rows", with_rip, set_rows},
    {"RIP on an interface", with_rip, set_rip},
    {"start a foreign protocol", with_catalogue, set_global_foreign},
    {"set a foreign protocol", with_foreign, set_global_foreign},
    {"a foreign block", with_foreign, set_foreign},
};

/* RIP may report the lack of memory as ST_CAN_NOT_COMPLETE, as the page of its entry point has it.
 */
static bool step_fails(void *context, unsigned n)
{
    const struct step *s = context;
    struct rm_test t;
    uint32_t before;
    mpr_status status;
    bool fired;

    rm_open(&t);
    s->enter(&t);
    before = rm_fingerprint(&t);
    fail_alloc_at(n);
    status = s->run(&t);
    fired = fail_alloc_fired();
    if (!fired) {
        assert_int_equal(status, ST_OK);
    } else if (status != ST_OK) {
        assert_true(status == ST_NOT_ENOUGH_MEMORY || status == ST_CAN_NOT_COMPLETE);
        assert_int_equal(rm_fingerprint(&t), before);
        assert_int_equal(s->run(&t), ST_OK);
    }
    fake_flush(&t.f);
    rm_close(&t);
    return fired;
}

static void each_function(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof(steps) / sizeof(steps[0]); k++)
        print_message("%s: %u allocations\n", steps[k].name, sweep(step_fails, &steps[k]));
}

static mpr_status add_and_remove(struct rm_test *t)
{
    handle_t32 other = fake_demand_dial(&t->f, u"Other", DIALER_SCRIPTED, 0);
    mpr_status status = router_iftransport_add(t->r, other, TRANSPORT_IP, &rows, NULL);

    if (status == ST_OK) status = router_iftransport_remove(t->r, other, TRANSPORT_IP);
    return status;
}

/* Adding: the interface is without the transport afterwards. */
static bool adding_fails(void *context, unsigned n)
{
    struct rm_test t;
    handle_t32 other;
    const struct blob *info;
    mpr_status status;
    bool fired;

    (void)context;
    rm_open(&t);
    with_rip(&t);
    assert_int_equal(add_and_remove(&t), ST_OK);
    assert_int_equal(router_interface_find(t.r, u"Other", false, &other), ST_OK);
    fail_alloc_at(n);
    status = router_iftransport_add(t.r, other, TRANSPORT_IP, &rip_info, NULL);
    fired = fail_alloc_fired();
    if (status != ST_OK) {
        assert_int_equal(router_iftransport_get(t.r, other, TRANSPORT_IP, &info),
                         ST_NO_SUCH_INTERFACE);
    }
    assert_true(fired || status == ST_OK);
    rm_close(&t);
    return fired;
}

static void adding_a_transport(void **state)
{
    (void)state;
    sweep(adding_fails, NULL);
}

/* A request that was accepted ends in any case; a foreign protocol's start can run out of memory at
 * any of its answers. */
static bool starting_fails(void *context, unsigned n)
{
    struct rm_test t;
    struct request request = {0};
    mpr_status status;
    bool fired;

    (void)context;
    rm_open(&t);
    with_catalogue(&t);
    assert_int_equal(set_foreign(&t), ST_OK);
    fail_alloc_at(n);
    status = router_transport_set(t.r, TRANSPORT_IP, &foreign, NULL, &request);
    fake_flush(&t.f);
    fired = fail_alloc_fired();
    assert_int_equal(request.completed, status == ST_PENDING);
    assert_true(status == ST_PENDING || status == ST_NOT_ENOUGH_MEMORY);
    if (!fired) assert_int_equal(request.status, ST_OK);
    rm_close(&t);
    return fired;
}

static void starting_a_foreign_protocol(void **state)
{
    (void)state;
    sweep(starting_fails, NULL);
}

/* An update: the request completes; with an error everything is as it was. */
static bool updating_fails(void *context, unsigned n)
{
    struct rm_test t;
    struct request request = {0};
    uint32_t before;
    bool fired;

    (void)context;
    rm_open(&t);
    with_foreign(&t);
    for (uint32_t k = 1; k < 20; k++) rm_learn(&t, NET + (k << 8), MASK, k % 15 + 1);
    before = rm_fingerprint(&t);
    fake_forget(&t.f);
    fail_alloc_at(n);
    assert_int_equal(router_update_routes(t.r, t.dial, TRANSPORT_IP, &request), ST_PENDING);
    fake_flush(&t.f);
    if (!request.completed) rm_update_complete(&t, t.index, DEMAND, ST_OK);
    fired = fail_alloc_fired();
    assert_true(request.completed);
    assert_int_equal(request.status, fired ? ST_NOT_ENOUGH_MEMORY : ST_OK);
    assert_int_equal(fake_count(&t.f, FAKE_STORE), !fired);
    if (fired) assert_int_equal(rm_fingerprint(&t), before);
    if (!fired) assert_int_equal(rm_count_rows(&t, ROUTE_PROTO_NT_AUTOSTATIC), 19);
    rm_close(&t);
    return fired;
}

static void updating(void **state)
{
    (void)state;
    sweep(updating_fails, NULL);
}

/* Without any memory left: what was bound is unbound, and everything can be taken away. */
static void going_needs_no_memory(void **state)
{
    struct rm_test t;
    struct request request = {0};

    (void)state;
    fail_alloc_begin();
    prepare_blobs();
    rm_open(&t);
    with_rip(&t);
    with_rip_block(&t);
    with_foreign(&t);
    assert_int_equal(router_update_routes(t.r, t.dial, TRANSPORT_IP, &request), ST_PENDING);
    fake_flush(&t.f);
    t.logged = 0;
    fail_alloc_always();
    assert_int_equal(router_interface_disconnect(t.r, t.dial), ST_OK);
    assert_int_equal(router_interface_delete(t.r, t.dial), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(request.status, ST_INTERFACE_NOT_CONNECTED);
    assert_int_equal(t.logged, 3);
    assert_int_equal(t.log[0].status_type, RIS_DISABLED);
    assert_int_equal(t.log[1].status_type, RIS_ADDRESS_CHANGE);
    assert_int_equal(t.log[2].kind, CALL_DELETE_INTERFACE);
    rm_close(&t);
    assert_int_equal(t.log[3].kind, CALL_STOP);
    fail_alloc_at(0);
    free_blobs();
    fail_alloc_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_function),
        cmocka_unit_test(adding_a_transport),
        cmocka_unit_test(starting_a_foreign_protocol),
        cmocka_unit_test(updating),
        cmocka_unit_test(going_needs_no_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
