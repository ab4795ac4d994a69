/* Random questions of random sizes, and questions while allocations fail: nothing but a documented
 * code, no octet read past the input (sanitizers see to it), nothing changed on failure. */
#include "sim/mib/mib_test.h"
#include "sim/support/fail_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define QUESTIONS 200000u

static uint32_t state_of_random = 1;

static uint32_t next_random(void)
{
    state_of_random = state_of_random * 1664525u + 1013904223u;
    return state_of_random >> 8;
}

static bool is_expected(mpr_status status)
{
    static const mpr_status expected[] = {ST_OK,
                                          ST_UNKNOWN_PROTOCOL_ID,
                                          ST_CAN_NOT_COMPLETE,
                                          ST_NOT_FOUND,
                                          ST_INVALID_PARAMETER,
                                          ST_NOT_SUPPORTED,
                                          ST_NO_MORE_ITEMS,
                                          ST_NO_SUCH_INTERFACE,
                                          ST_INTERFACE_NOT_CONNECTED,
                                          ST_ALREADY_EXISTS};

    for (size_t n = 0; n < sizeof(expected) / sizeof(expected[0]); n++) {
        if (expected[n] == status) return true;
    }
    return false;
}

/* An input on the heap of exactly its size. */
static uint8_t *random_input(const struct mib_test *m, size_t *ret_size)
{
    size_t size = next_random() % 4 ? next_random() % 40 : next_random() % 1200;
    uint8_t *in = malloc(size ? size : 1);

    assert_non_null(in);
    for (size_t n = 0; n < size; n++) {
        uint32_t r = next_random();

        in[n] = r % 3 == 0 ? 0 : r % 3 == 1 ? 0xFF : (uint8_t)(r >> 8);
    }
    if (size >= 4 && next_random() % 8) {
        memset(in, 0, 4);
        in[0] = (uint8_t)(next_random() % 40);
    }
    if (size >= 8 && next_random() % 2) {
        memset(in + 4, 0, 4);
        in[4] = (uint8_t)m->t.index;
    }
    *ret_size = size;
    return in;
}

static void random_questions(void **state)
{
    static const uint32_t transports[] = {TRANSPORT_IP,   TRANSPORT_IP,  TRANSPORT_IP,
                                          TRANSPORT_IPV6, TRANSPORT_IPX, 0};
    static const uint32_t pids[] = {MIB_PID_MANAGER, MIB_PID_MANAGER, MIB_PID_MANAGER,
                                    ROUTE_PROTO_RIP, 0};
    static const uint32_t rip[6] = {1, 1048576, 1048576, 5, 0, 0};
    struct blob global = rm_blob(INFO_IPV6_GLOBAL_INFO, "\0\0\0\0", 4);
    struct mib_test m;

    (void)state;
    mib_open(&m);
    assert_int_equal(router_transport_create(m.t.r, TRANSPORT_IPV6, &global, NULL, NULL), ST_OK);
    assert_int_equal(rm_set_global(&m.t, ROUTE_PROTO_RIP, rip, sizeof(rip), NULL), ST_OK);
    for (uint32_t n = 0; n < QUESTIONS; n++) {
        size_t size;
        uint8_t *in = random_input(&m, &size);
        mpr_status status =
            mib_raw(&m, (enum mib_op)(next_random() % 6), transports[next_random() % 6],
                    pids[next_random() % 5], in, size);

        if (!is_expected(status)) print_message("question %u: %u\n", n, status);
        assert_true(is_expected(status));
        free(in);
        if (n % 1000 == 0) fake_flush(&m.t.f);
    }
    mib_close(&m);
    blob_free(&global);
}

enum { CHANGES = 2, VARIABLES = 10 };

/* ---- without memory -------------------------------------------------------------------------- */

static mpr_status read_variable(struct mib_test *m, size_t n)
{
    static const uint32_t ids[VARIABLES] = {0, 1, 2, 18, 25, 28, 31, 32, 33, 34};
    const uint32_t index[4] = {net(0x0A090000), net(0xFFFFFF00), 0, 0};
    bool interface = ids[n] == 2 || ids[n] == 25;

    return mib_query(m, MIB_GET, ids[n], interface ? &m->t.index : index, interface ? 1 : 4);
}

static mpr_status put_route(struct mib_test *m)
{
    struct route_row row = rm_row(ROUTE_PROTO_NETMGMT, 0xC0A80000, 0xFFFF0000, 0);

    row.if_index = m->t.index;
    return mib_put_route(m, MIB_SET, &row);
}

static mpr_status switch_off(struct mib_test *m)
{
    uint32_t row[860 / 4] = {0};

    row[128] = m->t.index;
    row[135] = IF_ADMIN_STATUS_DOWN;
    return mib_change_raw(m, MIB_SET, 2, row, 860);
}

static mpr_status carry_out(struct mib_test *m, size_t n)
{
    switch (n) {
    case 0:
        return put_route(m);
    case 1:
        return switch_off(m);
    default:
        return read_variable(m, n - CHANGES);
    }
}

/* What may be lost without a failure: that the new status is stored (rm_interface.c). */
static bool may_succeed(size_t n)
{
    return n == 1;
}

/* The n-th allocation fails; whatever it was for, nothing has changed. */
static void without_memory(void **state)
{
    (void)state;
    fail_alloc_begin();
    for (size_t what = 0; what < CHANGES + VARIABLES; what++) {
        bool fired = true;

        for (size_t n = 1; fired; n++) {
            struct mib_test m;
            uint32_t before;
            mpr_status status;

            mib_open(&m);
            before = rm_fingerprint(&m.t);
            fail_alloc_at(n);
            status = carry_out(&m, what);
            fired = fail_alloc_fired();
            if (!fired || !may_succeed(what) || status != ST_OK)
                assert_int_equal(status, fired ? ST_NOT_ENOUGH_MEMORY : ST_OK);
            if (status != ST_OK) assert_int_equal(rm_fingerprint(&m.t), before);
            mib_close(&m);
        }
    }
    fail_alloc_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_questions),
        cmocka_unit_test(without_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
