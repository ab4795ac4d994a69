/* Each variable of the router manager: how many index DWORDs Get wants, which operations there are,
 * which table of the host it is made of, and where each row of that is found. */
#include "sim/mib/mib_test.h"
#include "sim/support/fail_alloc.h"

#include <string.h>
#include "sim/support/cmocka_all.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { ONE, ROWS, GET_ONLY }; /* a single value; rows to walk along; rows to ask for */

/* iprtrmib.h and MS-RRASM 2.2.1.2.51, by dwVarId. */
struct variable {
    uint32_t id;
    unsigned kind;
    uint8_t indices;
    enum mib_source source;
};

static const struct variable variables[] = {
    {0, ONE, 0, MIB_SOURCE_NONE},          {1, ONE, 0, MIB_SOURCE_IF},
    {2, ROWS, 1, MIB_SOURCE_IF},           {3, ONE, 0, MIB_SOURCE_IP_STATS},
    {4, ONE, 0, MIB_SOURCE_ADDRESS},       {5, ROWS, 1, MIB_SOURCE_ADDRESS},
    {6, ONE, 0, MIB_SOURCE_FORWARD},       {7, ONE, 0, MIB_SOURCE_FORWARD},
    {8, ROWS, 4, MIB_SOURCE_FORWARD},      {9, ONE, 0, MIB_SOURCE_NEIGHBOUR},
    {10, ROWS, 2, MIB_SOURCE_NEIGHBOUR},   {11, ONE, 0, MIB_SOURCE_ICMP_STATS},
    {12, ONE, 0, MIB_SOURCE_TCP_STATS},    {13, ONE, 0, MIB_SOURCE_TCP},
    {14, ROWS, 4, MIB_SOURCE_TCP},         {15, ONE, 0, MIB_SOURCE_UDP_STATS},
    {16, ONE, 0, MIB_SOURCE_UDP},          {17, ROWS, 2, MIB_SOURCE_UDP},
    {18, ONE, 3, MIB_SOURCE_NONE},         {19, ONE, 3, MIB_SOURCE_NONE},
    {20, GET_ONLY, 1, MIB_SOURCE_FORWARD}, {21, GET_ONLY, 1, MIB_SOURCE_FORWARD},
    {22, ROWS, 0, MIB_SOURCE_NONE},        {23, ROWS, 1, MIB_SOURCE_NONE},
    {24, ONE, 0, MIB_SOURCE_NONE},         {25, ROWS, 1, MIB_SOURCE_NONE},
    {26, ROWS, 3, MIB_SOURCE_NONE},        {27, ROWS, 2, MIB_SOURCE_NONE},
    {28, ROWS, 2, MIB_SOURCE_NONE},        {29, GET_ONLY, 2, MIB_SOURCE_NONE},
    {30, GET_ONLY, 2, MIB_SOURCE_NONE},    {31, ROWS, 2, MIB_SOURCE_NONE},
    {32, GET_ONLY, 2, MIB_SOURCE_NONE},    {33, GET_ONLY, 2, MIB_SOURCE_NONE},
    {34, ONE, 0, MIB_SOURCE_NONE},         {35, ONE, 2, MIB_SOURCE_NONE},
    {36, ONE, 0, MIB_SOURCE_IP6_STATS},    {37, ONE, 0, MIB_SOURCE_UDP6_STATS},
    {38, ONE, 0, MIB_SOURCE_TCP6_STATS},
};

static const struct variable ipv6_variables[] = {
    {1, GET_ONLY, 0, MIB_SOURCE_IF},     {8, ROWS, 1, MIB_SOURCE_NONE},
    {36, ONE, 0, MIB_SOURCE_IP6_STATS},  {37, ONE, 0, MIB_SOURCE_UDP6_STATS},
    {38, ONE, 0, MIB_SOURCE_TCP6_STATS},
};

static mpr_status put(struct mib_test *m, enum mib_op op, uint32_t transport, uint32_t id,
                      size_t indices)
{
    static uint8_t in[4 + 4 * 8]; /* m->ask refers to it afterwards */

    in[0] = (uint8_t)id;
    return mib_raw(m, op, transport, MIB_PID_MANAGER, in, 4 + 4 * indices);
}

/* An empty table of the host is enough to see what is asked for before it. */
static void check(struct mib_test *m, uint32_t transport, const struct variable *v)
{
    const enum mib_op walks[] = {MIB_GET_FIRST, MIB_GET_NEXT};

    print_message("variable %u\n", (unsigned)v->id);
    m->host.source = v->source;
    for (size_t n = 0; n < v->indices; n++) {
        assert_int_equal(put(m, MIB_GET, transport, v->id, n), ST_INVALID_PARAMETER);
        assert_int_equal(router_mib_source(&m->ask), v->source);
    }
    assert_int_not_equal(put(m, MIB_GET, transport, v->id, v->indices), ST_INVALID_PARAMETER);
    for (size_t n = 0; n < COUNT_OF(walks); n++) {
        mpr_status status = put(m, walks[n], transport, v->id, v->indices);

        assert_int_not_equal(status, ST_INVALID_PARAMETER);
        assert_int_equal(status == ST_NOT_SUPPORTED, v->kind == GET_ONLY);
        if (walks[n] == MIB_GET_NEXT && v->kind == ONE) {
            assert_int_equal(status, ST_NO_MORE_ITEMS);
        }
    }
}

static void what_each_variable_wants(void **state)
{
    struct blob global = rm_blob(INFO_IPV6_GLOBAL_INFO, "\0\0\0\0", 4);
    struct mib_test m;

    (void)state;
    mib_open(&m);
    assert_int_equal(router_transport_create(m.t.r, TRANSPORT_IPV6, &global, NULL, NULL), ST_OK);
    for (size_t n = 0; n < COUNT_OF(variables); n++) check(&m, TRANSPORT_IP, &variables[n]);
    for (size_t n = 0; n < COUNT_OF(ipv6_variables); n++) {
        check(&m, TRANSPORT_IPV6, &ipv6_variables[n]);
    }
    mib_close(&m);
    blob_free(&global);
}

/* Operations that change something have no table of the host; nor has what is no question. */
static void only_questions_have_a_table(void **state)
{
    struct mib_ask ask = {.op = MIB_GET_NEXT,
                          .transport = TRANSPORT_IP,
                          .routing_pid = MIB_PID_MANAGER,
                          .in = "\3\0\0\0",
                          .in_size = 4};

    (void)state;
    assert_int_equal(router_mib_source(&ask), MIB_SOURCE_IP_STATS);
    ask.op = MIB_CREATE;
    assert_int_equal(router_mib_source(&ask), MIB_SOURCE_NONE);
    ask.op = MIB_GET;
    ask.in_size = 3;
    assert_int_equal(router_mib_source(&ask), MIB_SOURCE_NONE);
    ask.in_size = 4;
    ask.routing_pid = ROUTE_PROTO_RIP;
    assert_int_equal(router_mib_source(&ask), MIB_SOURCE_NONE);
}

/* ---- the place of a row ---------------------------------------------------------------------- */

/* The columns that make a row distinct, in the order in which they are compared: the DWORD of the
 * structure, and whether it is a number, an address or a port. */
struct table {
    uint32_t row_id;
    enum mib_source source;
    size_t dwords, columns, indices;
    struct {
        size_t dword;
        char form;
    } column[6];
};

static const struct table tables[] = {
    {5, MIB_SOURCE_ADDRESS, 6, 2, 1, {{0, 'a'}, {1, 'i'}}},
    {8, MIB_SOURCE_FORWARD, 14, 6, 4, {{0, 'a'}, {6, 'n'}, {2, 'n'}, {3, 'a'}, {1, 'a'}, {4, 'i'}}},
    {10, MIB_SOURCE_NEIGHBOUR, 6, 2, 2, {{0, 'i'}, {4, 'a'}}},
    {14, MIB_SOURCE_TCP, 5, 4, 4, {{1, 'a'}, {2, 'p'}, {3, 'a'}, {4, 'p'}}},
    {17, MIB_SOURCE_UDP, 2, 2, 2, {{0, 'a'}, {1, 'p'}}},
};

/* A value that compares as `small` does, in the form that the column has. */
static uint32_t in_form(char form, uint32_t small)
{
    if (form == 'a') return net(small);
    return form == 'p' ? net(small << 16) : small;
}

/* Two rows that differ in nothing but one column; its other columns are as they are by default. */
static void two_rows(struct mib_test *m, const struct table *t, size_t column, uint32_t ret[2])
{
    bool interface = t->column[column].form == 'i';

    for (size_t n = 0; n < 2; n++) {
        uint32_t row[14] = {0};

        for (size_t k = 0; k < t->columns; k++) {
            /* 255 and 256: not the same order when octets are compared from the wrong end. */
            row[t->column[k].dword] = in_form(t->column[k].form, 256);
        }
        ret[1 - n] = interface ? 1000 + !n : in_form(t->column[column].form, 256 - (uint32_t)n);
        row[t->column[column].dword] = ret[1 - n];
        if (interface) ret[1 - n] = n == 0 ? 0 : m->t.index;
        mib_host_add(m, t->source, row, t->dwords);
    }
    if (interface) {
        ret[0] = 0; /* an adapter that the router does not know is the interface 0 */
        ret[1] = m->t.index;
    }
    mib_host_ready(m);
}

static void found_at(const struct table *t, size_t column)
{
    struct mib_test m;
    uint32_t value[2], index[6];

    print_message("variable %u, column %u\n", (unsigned)t->row_id, (unsigned)column);
    mib_open(&m);
    two_rows(&m, t, column, value);
    assert_int_equal(mib_query(&m, MIB_GET_FIRST, t->row_id, NULL, 0), ST_OK);
    for (size_t n = 0; n < 2; n++) {
        assert_int_equal(mib_size(&m), 4 * t->dwords);
        assert_int_equal(mib_dword(&m, 4 * t->column[column].dword), value[n]);
        for (size_t k = 0; k < t->columns; k++) {
            index[k] = mib_dword(&m, 4 * t->column[k].dword);
        }
        if (column < t->indices) {
            assert_int_equal(mib_query(&m, MIB_GET, t->row_id, index, t->indices), ST_OK);
            assert_int_equal(mib_dword(&m, 4 * t->column[column].dword), value[n]);
        }
        assert_int_equal(mib_query(&m, MIB_GET_NEXT, t->row_id, index, t->columns),
                         n == 0 ? ST_OK : ST_NO_MORE_ITEMS);
    }
    mib_close(&m);
}

static void each_column_counts(void **state)
{
    (void)state;
    for (size_t n = 0; n < COUNT_OF(tables); n++) {
        for (size_t k = 0; k < tables[n].columns; k++) found_at(&tables[n], k);
    }
}

/* An interface is found however many there are: the first, the last, and none beside them. */
static void interfaces_are_renamed(void **state)
{
    uint32_t row[6] = {0, 0, 0, 0, net(0x0A090002), 0};
    struct mib_test m;
    char16_t name[] = u"Dial a";

    (void)state;
    mib_open(&m);
    for (uint32_t n = 0; n < 4; n++) {
        handle_t32 i;

        name[5] = (char16_t)(u'a' + n);
        i = fake_demand_dial(&m.t.f, name, DIALER_SCRIPTED, 0);
        assert_int_equal(router_interface_connect(m.t.r, i, NULL), ST_PENDING);
    }
    fake_advance(&m.t.f, 1);
    for (row[0] = 999; row[0] <= 1006; row[0]++) mib_host_add(&m, MIB_SOURCE_NEIGHBOUR, row, 6);
    mib_host_ready(&m);
    assert_int_equal(mib_query(&m, MIB_GET, 9, NULL, 0), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 8);
    for (size_t n = 0; n < 3; n++) assert_int_equal(mib_dword(&m, 4 + 24 * n), 0);
    for (size_t n = 3; n < 8; n++) {
        assert_true(mib_dword(&m, 4 + 24 * n) > mib_dword(&m, 4 + 24 * (n - 1)));
    }
    mib_close(&m);
}

/* ---- without memory -------------------------------------------------------------------------- */

static bool answer_fails(struct mib_test *m, const struct variable *v, size_t n)
{
    mpr_status status;

    fail_alloc_at(n);
    status = put(m, v->kind == ROWS ? MIB_GET_FIRST : MIB_GET, TRANSPORT_IP, v->id, v->indices);
    if (!fail_alloc_fired()) return false;
    assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
    return true;
}

/* An answer for which there is no memory; of one row of the host where it is made of that. */
static void an_answer_without_memory(void **state)
{
    static const uint32_t row[860 / 4] = {0};

    (void)state;
    fail_alloc_begin();
    for (size_t n = 0; n < COUNT_OF(variables); n++) {
        struct mib_test m;

        mib_open(&m);
        if (variables[n].source != MIB_SOURCE_NONE) {
            mib_host_add(&m, variables[n].source, row, mib_row_size(variables[n].source) / 4);
            mib_host_ready(&m);
        }
        for (size_t k = 1; answer_fails(&m, &variables[n], k);) k++;
        mib_close(&m);
    }
    fail_alloc_end();
}

/* Rows that can't be sorted are as the host gave them, and a map that can't be had is empty. */
static void a_table_without_memory(void **state)
{
    struct mib_test m;
    struct mib_map map;
    uint32_t row[5] = {0};

    (void)state;
    fail_alloc_begin();
    mib_open(&m);
    fail_alloc_at(1);
    assert_int_equal(router_mib_map(m.t.r, &map), ST_NOT_ENOUGH_MEMORY);
    assert_true(fail_alloc_fired());
    fail_alloc_at(0);
    assert_int_equal(router_mib_map(m.t.r, &map), ST_OK);
    row[1] = net(2);
    mib_host_add(&m, MIB_SOURCE_TCP, row, 5);
    row[1] = net(1);
    mib_host_add(&m, MIB_SOURCE_TCP, row, 5);
    for (size_t n = 1; n <= 2; n++) {
        fail_alloc_at(n);
        assert_int_equal(mib_rows_prepare(&m.host, &map), ST_NOT_ENOUGH_MEMORY);
        assert_true(fail_alloc_fired());
        assert_int_equal(m.host.count, 2);
        assert_int_equal(m.host.data[7], 2);
    }
    fail_alloc_at(0);
    assert_int_equal(mib_rows_prepare(&m.host, &map), ST_OK);
    assert_int_equal(m.host.data[7], 1);
    mib_map_free(&map);
    mib_close(&m);
    fail_alloc_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_each_variable_wants), cmocka_unit_test(only_questions_have_a_table),
        cmocka_unit_test(each_column_counts),       cmocka_unit_test(interfaces_are_renamed),
        cmocka_unit_test(an_answer_without_memory), cmocka_unit_test(a_table_without_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
