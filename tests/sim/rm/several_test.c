/* Several hosted protocols of one router manager: each gets its own block and every interface it
 * wants; and where one of several can't be had for lack of memory, none has changed. */
#include "sim/rm/rm_test.h"
#include "sim/support/fail_alloc.h"
#include "sweep/loop.h"

#include <string.h>

#define SECOND_ID (FOREIGN_ID + 1)
#define EVERY     (PROTOCOL_DEMAND_UPDATE_ROUTES | PROTOCOL_ADD_ALL_INTERFACES)

static struct blob both(const char *first, const char *second)
{
    struct blob b = rm_blob(FOREIGN_ID, first, (uint32_t)strlen(first));

    rm_add(&b, SECOND_ID, (uint32_t)strlen(second), 1, second);
    return b;
}

static void know_both(struct rm_test *t, uint32_t functionality)
{
    t->functionality = functionality;
    assert_int_equal(router_catalogue_add(t->r, TRANSPORT_IP, FOREIGN_ID, u"first.dll"), ST_OK);
    assert_int_equal(router_catalogue_add(t->r, TRANSPORT_IP, SECOND_ID, u"second.dll"), ST_OK);
}

static void start_both(struct rm_test *t, uint32_t functionality)
{
    struct blob global = both("G", "H");

    know_both(t, functionality);
    assert_int_equal(router_transport_set(t->r, TRANSPORT_IP, &global, NULL, NULL), ST_OK);
    fake_flush(&t->f);
    blob_free(&global);
    t->logged = 0;
}

/* Calls of that kind to a protocol. */
static size_t calls_to(const struct rm_test *t, uint32_t protocol_id, enum protocol_call_kind kind)
{
    size_t found = 0;

    for (size_t n = 0; n < t->logged; n++) {
        found += t->log[n].kind == kind && t->log[n].protocol_id == protocol_id;
    }
    return found;
}

static void each_gets_its_own_block(void **state)
{
    struct rm_test t;
    struct blob info = both("1", "2");

    (void)state;
    rm_open(&t);
    start_both(&t, PROTOCOL_DEMAND_UPDATE_ROUTES);
    assert_int_equal(router_iftransport_set(t.r, t.dial, TRANSPORT_IP, &info, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(rm_calls(&t, CALL_ADD_INTERFACE), 2);
    for (size_t n = 0; n < t.logged; n++) {
        if (t.log[n].kind != CALL_ADD_INTERFACE) continue;
        assert_int_equal(t.log[n].first, t.log[n].protocol_id == SECOND_ID ? '2' : '1');
    }
    rm_close(&t);
    blob_free(&info);
}

/* An interface without a block of theirs, for protocols that want every one. */
static void all_that_want_every_interface_get_it(void **state)
{
    struct rm_test t;
    struct blob info = rm_blob(INFO_IP_INTERFACE_STATUS_INFO, "\1\0\0\0", 4);
    struct blob second = rm_blob(SECOND_ID, "2", 1);
    handle_t32 other;

    (void)state;
    rm_open(&t);
    start_both(&t, EVERY);
    other = fake_demand_dial(&t.f, u"Other", DIALER_SCRIPTED, 0);
    assert_int_equal(router_iftransport_add(t.r, other, TRANSPORT_IP, &info, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(calls_to(&t, FOREIGN_ID, CALL_ADD_INTERFACE), 1);
    assert_int_equal(calls_to(&t, SECOND_ID, CALL_ADD_INTERFACE), 1);
    /* One with a block is not given it twice. */
    t.logged = 0;
    other = fake_demand_dial(&t.f, u"Third", DIALER_SCRIPTED, 0);
    assert_int_equal(router_iftransport_add(t.r, other, TRANSPORT_IP, &second, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(calls_to(&t, FOREIGN_ID, CALL_ADD_INTERFACE), 1);
    assert_int_equal(calls_to(&t, SECOND_ID, CALL_ADD_INTERFACE), 1);
    rm_close(&t);
    blob_free(&info);
    blob_free(&second);
}

/* Without a wish for every interface nothing is given without a block. */
static void who_does_not_want_every_interface_gets_none(void **state)
{
    struct rm_test t;
    struct blob info = rm_blob(INFO_IP_INTERFACE_STATUS_INFO, "\1\0\0\0", 4);
    handle_t32 other;

    (void)state;
    rm_open(&t);
    start_both(&t, PROTOCOL_DEMAND_UPDATE_ROUTES);
    other = fake_demand_dial(&t.f, u"Other", DIALER_SCRIPTED, 0);
    assert_int_equal(router_iftransport_add(t.r, other, TRANSPORT_IP, &info, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(rm_calls(&t, CALL_ADD_INTERFACE), 0);
    rm_close(&t);
    blob_free(&info);
}

/* ---- without memory -------------------------------------------------------------------------- */

/* Two blocks that are set at once, in a state that `enter` made. */
struct step {
    const char *name;
    void (*enter)(struct rm_test *t);
    mpr_status (*set)(struct rm_test *t, const struct blob *blocks);
};

static void known(struct rm_test *t)
{
    know_both(t, PROTOCOL_DEMAND_UPDATE_ROUTES);
}

static void started(struct rm_test *t)
{
    start_both(t, PROTOCOL_DEMAND_UPDATE_ROUTES);
}

static void on_the_interface(struct rm_test *t)
{
    struct blob info = both("1", "2");

    started(t);
    assert_int_equal(router_iftransport_set(t->r, t->dial, TRANSPORT_IP, &info, NULL), ST_OK);
    fake_flush(&t->f);
    blob_free(&info);
}

/* Both ran, and then refused to go on. */
static void failed(struct rm_test *t)
{
    struct blob info = both("1", "2");

    on_the_interface(t);
    t->hold[CALL_SET_INTERFACE_INFO] = true;
    assert_int_equal(router_iftransport_set(t->r, t->dial, TRANSPORT_IP, &info, NULL), ST_OK);
    fake_advance(&t->f, 60000);
    t->hold[CALL_SET_INTERFACE_INFO] = false;
    rm_release(t, ST_OK);
    blob_free(&info);
}

static mpr_status set_global(struct rm_test *t, const struct blob *blocks)
{
    return router_transport_set(t->r, TRANSPORT_IP, blocks, NULL, NULL);
}

static mpr_status set_interface(struct rm_test *t, const struct blob *blocks)
{
    return router_iftransport_set(t->r, t->dial, TRANSPORT_IP, blocks, NULL);
}

static const struct step steps[] = {
    {"start", known, set_global},    {"set", started, set_global},
    {"add", started, set_interface}, {"set an interface", on_the_interface, set_interface},
    {"revive", failed, set_global},  {"revive by an interface", failed, set_interface},
};

/* All or nothing; afterwards there is memory again, and it can be repeated. */
static bool step_fails(void *context, unsigned n)
{
    const struct step *s = context;
    struct rm_test t;
    struct blob blocks = both("3", "4");
    uint32_t before;
    mpr_status status;
    bool fired;

    rm_open(&t);
    s->enter(&t);
    before = rm_fingerprint(&t);
    fail_alloc_at(n);
    status = s->set(&t, &blocks);
    fired = fail_alloc_fired();
    /* What may be lost without a failure: that the blocks are stored (rm_interface.c). */
    if (!fired) assert_int_equal(status, ST_OK);
    if (status != ST_OK) {
        assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
        assert_int_equal(rm_fingerprint(&t), before);
        assert_int_equal(s->set(&t, &blocks), ST_OK);
    }
    fake_flush(&t.f);
    rm_close(&t);
    blob_free(&blocks);
    return fired;
}

static void all_or_none(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof(steps) / sizeof(steps[0]); n++) {
        fail_alloc_begin();
        print_message("%s: %u allocations\n", steps[n].name,
                      sweep_loop(step_fails, (void *)(uintptr_t)&steps[n]));
        fail_alloc_end();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_gets_its_own_block),
        cmocka_unit_test(all_that_want_every_interface_get_it),
        cmocka_unit_test(who_does_not_want_every_interface_gets_none),
        cmocka_unit_test(all_or_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
