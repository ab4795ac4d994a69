/* Questions for hosted protocols: the built-in RIP, and testproto.dll, which answers, lies, hangs,
 * crashes and asks back. */
#include "api/mib/mib_fixture.h"

#include <string.h>

#include "testproto.h"

#define RIP_PID 8

enum { CALL_MS = 2000 };

/* Its global block: with size 0 it is stopped. */
static DWORD set_global(DWORD size)
{
    const struct testproto_global global = {0};
    MPR_SERVER_HANDLE server = fixture_connect();
    LPVOID header = fixture_header(), with = NULL;
    DWORD status;

    assert_int_equal(
        MprInfoBlockAdd(header, TESTPROTO_ID, size, size ? 1 : 0, (BYTE *)&global, &with),
        NO_ERROR);
    status = MprAdminTransportSetInfo(server, PID_IP, with, MprInfoBlockQuerySize(with), NULL, 0);
    MprInfoDelete(header);
    MprInfoDelete(with);
    MprAdminServerDisconnect(server);
    return status;
}

static DWORD ask(enum op op, DWORD what, DWORD *value)
{
    const struct testproto_mib in = {what, *value};
    DWORD size, status;
    void *out;

    status = mib_read(op, PID_IP, TESTPROTO_ID, &in, sizeof(in), &out, &size);
    if (status != NO_ERROR || !out) return status;
    assert_int_equal(size, sizeof(in));
    *value = ((struct testproto_mib *)out)->value;
    assert_int_equal(MprAdminMIBBufferFree(out), NO_ERROR);
    return status;
}

static DWORD tell(enum change op, DWORD what, DWORD value)
{
    const struct testproto_mib in = {what, value};

    return mib_write(op, PID_IP, TESTPROTO_ID, &in, sizeof(in));
}

static void before_it_is_there(void **state)
{
    DWORD value = 1;

    (void)state;
    assert_int_equal(ask(GET, TESTPROTO_MIB_ROW, &value), ERROR_CAN_NOT_COMPLETE);
    assert_int_equal(tell(SET, TESTPROTO_MIB_STATUS, 0), ERROR_CAN_NOT_COMPLETE);
    assert_int_equal(set_global(sizeof(struct testproto_global)), NO_ERROR);
}

static void a_walk(void **state)
{
    DWORD value = 0, rows = 1;

    (void)state;
    assert_int_equal(ask(GET_FIRST, TESTPROTO_MIB_ROW, &value), NO_ERROR);
    assert_int_equal(value, 1);
    for (;;) {
        DWORD status = ask(GET_NEXT, TESTPROTO_MIB_ROW, &value);

        if (status == ERROR_NO_MORE_ITEMS) break;
        assert_int_equal(status, NO_ERROR);
        assert_int_equal(value, ++rows);
    }
    assert_int_equal(rows, TESTPROTO_MIB_ROWS);
    assert_int_equal(ask(GET, TESTPROTO_MIB_ROW, &value), NO_ERROR);
    value = 99;
    assert_int_equal(ask(GET, TESTPROTO_MIB_ROW, &value), ERROR_INVALID_PARAMETER);
}

static void its_codes(void **state)
{
    static const DWORD said[] = {ERROR_NO_MORE_ITEMS,     ERROR_ACCESS_DENIED,
                                 ERROR_NOT_ENOUGH_MEMORY, ERROR_CAN_NOT_COMPLETE,
                                 ERROR_TIMEOUT,           4711};

    (void)state;
    for (size_t n = 0; n < sizeof(said) / sizeof(said[0]); n++) {
        for (enum op op = GET; op <= GET_NEXT; op++) {
            DWORD value = said[n];

            assert_int_equal(ask(op, TESTPROTO_MIB_STATUS, &value), said[n]);
        }
        assert_int_equal(tell(CREATE, TESTPROTO_MIB_STATUS, said[n]), said[n]);
        assert_int_equal(tell(SET, TESTPROTO_MIB_STATUS, said[n]), said[n]);
    }
    assert_int_equal(tell(SET, TESTPROTO_MIB_STATUS, NO_ERROR), NO_ERROR);
    assert_int_equal(tell(DELETE_ENTRY, TESTPROTO_MIB_STATUS, NO_ERROR), ERROR_NOT_SUPPORTED);
}

static void sizes(void **state)
{
    const struct testproto_mib empty = {TESTPROTO_MIB_EMPTY, 0};
    DWORD value = 0, size = 1;
    void *out, *in = mib_at_the_edge(&empty, sizeof(empty));

    (void)state;
    assert_int_equal(mib_read(GET, PID_IP, TESTPROTO_ID, &empty, sizeof(empty), &out, &size),
                     NO_ERROR);
    assert_null(out);
    assert_int_equal(ask(GET, TESTPROTO_MIB_GROWS, &value), ERROR_INVALID_DATA);
    assert_int_equal(ask(GET, TESTPROTO_MIB_LIES, &value), ERROR_INVALID_DATA);
    assert_int_equal(mib_read(GET, PID_IP, TESTPROTO_ID, in, 7, &out, &size),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(mib_read(GET, PID_IP, TESTPROTO_ID, in, 9, &out, &size),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(mib_read(GET, PID_IP, TESTPROTO_ID, in, 0xffffffff, &out, &size),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(mib_read(GET, PID_IP, TESTPROTO_ID, NULL, 8, &out, &size),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(mib_read(GET, PID_IP, TESTPROTO_ID, in, 0, &out, &size),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(mib_read(GET, PID_IPV6, TESTPROTO_ID, in, 8, &out, &size),
                     ERROR_CAN_NOT_COMPLETE);
}

/* SUPPORT_FUNCTIONS: it asks from within its own entry point, on its own thread. */
static void it_asks_back(void **state)
{
    static const struct {
        enum op op;
        DWORD pid, code;
    } questions[] = {
        {GET, IPRTRMGR_PID, NO_ERROR},
        {GET_FIRST, IPRTRMGR_PID, NO_ERROR},
        {GET_NEXT, IPRTRMGR_PID, ERROR_NO_MORE_ITEMS},
        {GET, 77, ERROR_CAN_NOT_COMPLETE},
        {GET, TESTPROTO_ID, ERROR_CAN_NOT_COMPLETE}, /* itself, which is busy asking */
        {GET, RIP_PID, ERROR_INVALID_PARAMETER},     /* too short for RIP */
    };

    (void)state;
    for (size_t n = 0; n < sizeof(questions) / sizeof(questions[0]); n++) {
        DWORD value = questions[n].pid;

        assert_int_equal(ask(questions[n].op, TESTPROTO_MIB_ASKS, &value), NO_ERROR);
        assert_int_equal(value, questions[n].code);
    }
    assert_int_equal(tell(SET, TESTPROTO_MIB_ASKS, IPRTRMGR_PID), ERROR_NOT_SUPPORTED);
}

/* ---- RIP ------------------------------------------------------------------------------------ */

static void rip(void **state)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    LPVOID header = fixture_install_rip(server);
    HANDLE handle = fixture_rip_interface(server, header, "Rip");
    DWORD in[2] = {2, 0}, size; /* IPRIP_MIB_GET_INPUT_DATA: interface statistics */
    DWORD *out;

    (void)state;
    assert_int_equal(mib_read(GET_FIRST, PID_IP, RIP_PID, in, sizeof(in), (void **)&out, &size),
                     NO_ERROR);
    assert_int_equal(size, 8 + 40);
    assert_int_equal(out[0], 2);
    in[1] = out[1];
    MprAdminMIBBufferFree(out);
    assert_int_equal(mib_read(GET_NEXT, PID_IP, RIP_PID, in, sizeof(in), (void **)&out, &size),
                     ERROR_NO_MORE_ITEMS);
    in[0] = 0; /* global statistics */
    assert_int_equal(mib_read(GET, PID_IP, RIP_PID, in, sizeof(in), (void **)&out, &size),
                     NO_ERROR);
    assert_int_equal(size, 8 + 8);
    MprAdminMIBBufferFree(out);
    assert_int_equal(mib_read(GET, PID_IP, RIP_PID, in, 7, (void **)&out, &size),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(mib_write(SET, PID_IP, RIP_PID, in, sizeof(in)), ERROR_NOT_SUPPORTED);
    /* The index is that of the manager's table. */
    assert_int_equal(mib_query(GET, IF_STATUS, &in[1], 1, (MIB_OPAQUE_INFO **)&out, &size),
                     NO_ERROR);
    MprAdminMIBBufferFree(out);
    MprInfoDelete(header);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    MprAdminServerDisconnect(server);
}

/* ---- the end -------------------------------------------------------------------------------- */

static void it_is_slow(void **state)
{
    DWORD value = CALL_MS / 10;

    (void)state;
    assert_int_equal(ask(GET, TESTPROTO_MIB_HANGS, &value), NO_ERROR);
}

static void it_crashes(void **state)
{
    DWORD value = 0;

    (void)state;
    assert_int_equal(ask(GET, TESTPROTO_MIB_CRASHES, &value), ERROR_CAN_NOT_COMPLETE);
    value = 1;
    assert_int_equal(ask(GET, TESTPROTO_MIB_ROW, &value), ERROR_CAN_NOT_COMPLETE);
    assert_int_equal(set_global(0), NO_ERROR);
    assert_int_equal(ask(GET, TESTPROTO_MIB_ROW, &value), ERROR_CAN_NOT_COMPLETE);
    assert_int_equal(set_global(sizeof(struct testproto_global)), NO_ERROR);
    assert_int_equal(ask(GET, TESTPROTO_MIB_ROW, &value), NO_ERROR);
}

/* Others are answered meanwhile, and afterwards it counts as failed. */
static void it_hangs(void **state)
{
    DWORD value = CALL_MS * 2;
    MIB_IFNUMBER *number;

    (void)state;
    assert_int_equal(ask(GET, TESTPROTO_MIB_HANGS, &value), ERROR_CAN_NOT_COMPLETE);
    number = mib_table(IF_NUMBER, sizeof(*number));
    mib_free(number);
    value = 1;
    assert_int_equal(ask(GET, TESTPROTO_MIB_ROW, &value), ERROR_CAN_NOT_COMPLETE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_it_is_there),
        cmocka_unit_test(a_walk),
        cmocka_unit_test(its_codes),
        cmocka_unit_test(sizes),
        cmocka_unit_test(rip),
        cmocka_unit_test(it_asks_back),
        cmocka_unit_test(it_is_slow),
        cmocka_unit_test(it_crashes),
        cmocka_unit_test(it_hangs),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"CallTimeout", CALL_MS);
    fixture_set_dword(L"Parameters\\Ip", L"RipPort", 45521);
    fixture_catalogue(L"Ip", L"TESTPROTO", TESTPROTO_ID, L"testproto.dll");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
