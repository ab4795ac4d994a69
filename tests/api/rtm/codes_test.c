/* Every function of rtm.dll with every code that its page lists, called by a protocol in a DLL
 * (caller.h), which says what they gave. */
#include "api/mib/mib_fixture.h"

#include "caller.h"

#define CALLS_MIN 57u

static void start_it(void)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    LPVOID header = fixture_header(), with = NULL;
    DWORD nothing = 0;

    assert_int_equal(
        MprInfoBlockAdd(header, CALLER_ID, sizeof(nothing), 1, (LPBYTE)&nothing, &with), NO_ERROR);
    assert_int_equal(
        MprAdminTransportSetInfo(server, PID_IP, with, MprInfoBlockQuerySize(with), NULL, 0),
        NO_ERROR);
    MprInfoDelete(header);
    MprInfoDelete(with);
    MprAdminServerDisconnect(server);
}

static DWORD ask(DWORD number, struct caller_row *ret)
{
    void *out = NULL;
    DWORD size = 0, status;

    status = mib_read(GET, PID_IP, CALLER_ID, &number, sizeof(number), &out, &size);
    if (status != NO_ERROR) return status;
    assert_int_equal(size, sizeof(*ret));
    *ret = *(const struct caller_row *)out;
    assert_int_equal(MprAdminMIBBufferFree(out), NO_ERROR);
    return NO_ERROR;
}

static void every_call_gives_what_its_page_says(void **state)
{
    struct caller_row row;
    DWORD count = 0, wrong = 0, status;

    (void)state;
    start_it();
    for (; (status = ask(count, &row)) == NO_ERROR; count++) {
        if (row.got == row.want) continue;
        print_error("%s, line %lu: %lu, not %lu\n", row.function, row.line, row.got, row.want);
        wrong++;
    }
    assert_int_equal(status, ERROR_NO_MORE_ITEMS);
    assert_true(count > CALLS_MIN);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_call_gives_what_its_page_says),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_catalogue(L"Ip", L"RTMCALLER", CALLER_ID, L"rtmcaller.dll");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
