/* What a protocol DLL is called for, and what it may call itself from inside of that.
 *
 * testproto.dll calls back at each of its entry points (testproto_inside); from there the functions
 * that can wait for a protocol are called, on the very thread that they would wait for.
 */
#include "api/support/fixture.h"

#include <string.h>

#include "testproto.h"

enum { CALL_MS = 3000 };

static MPR_SERVER_HANDLE server;
static MIB_SERVER_HANDLE mib;
static HANDLE one, two;

/* What the router called since forget(). */
static struct {
    const char *armed; /* at this entry point the calls below are made, once */
    volatile LONG starts, stops, adds, sets, updates, events, inside;
    DWORD own, other, global, update, mib;
} seen;

static LPVOID block(DWORD mode, DWORD delay_ms)
{
    const struct testproto_interface info = {mode, delay_ms, 0};

    return fixture_header_with(TESTPROTO_ID, &info, sizeof(info));
}

static DWORD set_info(HANDLE handle, DWORD mode, DWORD delay_ms)
{
    LPVOID header = block(mode, delay_ms);
    DWORD status = MprAdminInterfaceTransportSetInfo(server, handle, PID_IP, header,
                                                     MprInfoBlockQuerySize(header));

    MprInfoDelete(header);
    return status;
}

static DWORD set_global(void)
{
    const struct testproto_global global = {0};
    LPVOID header = fixture_header_with(TESTPROTO_ID, &global, sizeof(global));
    DWORD status =
        MprAdminTransportSetInfo(server, PID_IP, header, MprInfoBlockQuerySize(header), NULL, 0);

    MprInfoDelete(header);
    return status;
}

static DWORD ask_mib(void)
{
    struct testproto_mib in = {TESTPROTO_MIB_ROW, 1};
    LPVOID out = NULL;
    DWORD size = 0, status;

    status = MprAdminMIBEntryGet(mib, PID_IP, TESTPROTO_ID, &in, sizeof(in), &out, &size);
    if (out) MprAdminMIBBufferFree(out);
    return status;
}

static void call_all(void)
{
    seen.own = set_info(one, TESTPROTO_INSIDE, 0);
    seen.other = set_info(two, TESTPROTO_INSIDE, 7);
    seen.global = set_global();
    seen.update = MprAdminInterfaceUpdateRoutes(server, two, PID_IP, NULL);
    seen.mib = ask_mib();
    InterlockedIncrement(&seen.inside);
}

static void count(const char *entry, const char *name, volatile LONG *counter)
{
    if (!strcmp(entry, name)) InterlockedIncrement(counter);
}

static void inside(const char *entry, ULONG index)
{
    (void)index;
    count(entry, "StartProtocol", &seen.starts);
    count(entry, "StopProtocol", &seen.stops);
    count(entry, "AddInterface", &seen.adds);
    count(entry, "SetInterfaceInfo", &seen.sets);
    count(entry, "DoUpdateRoutes", &seen.updates);
    count(entry, "GetEventMessage", &seen.events);
    if (!seen.armed || strcmp(entry, seen.armed)) return;
    seen.armed = NULL;
    call_all();
}

static void forget(const char *armed)
{
    memset(&seen, 0, sizeof(seen));
    seen.own = seen.other = seen.global = seen.update = seen.mib = 0xdeadbeef;
    seen.armed = armed;
}

static void wait_for(volatile LONG *counter, LONG least)
{
    for (int n = 0; n < 2000 && *counter < least; n++) Sleep(10);
    assert_in_range(*counter, least, 1000);
}

/* ---- set-up ---------------------------------------------------------------------------------- */

static void hook(void)
{
    HMODULE module = LoadLibraryW(L"testproto.dll");
    union {
        FARPROC address;
        testproto_inside_fn **variable;
    } found;

    assert_non_null(module);
    found.address = GetProcAddress(module, "testproto_inside");
    assert_non_null(found.address);
    *found.variable = inside;
}

static HANDLE interface_with(const char *name)
{
    const struct fixture_dialer dialer = {0};
    HANDLE handle = fixture_dial_interface(server, name, &dialer);
    LPVOID header = block(TESTPROTO_INSIDE, 0);

    assert_int_equal(MprAdminInterfaceTransportAdd(server, handle, PID_IP, header,
                                                   MprInfoBlockQuerySize(header)),
                     NO_ERROR);
    MprInfoDelete(header);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    return handle;
}

static int set_up(void **state)
{
    (void)state;
    server = fixture_connect();
    assert_int_equal(MprAdminMIBServerConnect(NULL, &mib), NO_ERROR);
    hook();
    forget(NULL);
    assert_int_equal(set_global(), NO_ERROR);
    one = interface_with("One");
    two = interface_with("Two");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    forget(NULL);
    MprAdminMIBServerDisconnect(mib);
    MprAdminServerDisconnect(server);
    return 0;
}

/* ---- from inside ------------------------------------------------------------------------------
 */

static void remove_from(HANDLE handle)
{
    LPVOID header = fixture_header(), with = NULL;

    assert_int_equal(MprInfoBlockAdd(header, TESTPROTO_ID, 0, 0, NULL, &with), NO_ERROR);
    assert_int_equal(MprAdminInterfaceTransportSetInfo(server, handle, PID_IP, with,
                                                       MprInfoBlockQuerySize(with)),
                     NO_ERROR);
    MprInfoDelete(header);
    MprInfoDelete(with);
}

/* Makes the router call that entry point. */
static void provoke(const char *entry)
{
    if (!strcmp(entry, "AddInterface") || !strcmp(entry, "InterfaceStatus") ||
        !strcmp(entry, "DeleteInterface")) {
        remove_from(one);
        set_info(one, TESTPROTO_INSIDE, 0);
    } else if (!strcmp(entry, "SetInterfaceInfo")) {
        set_info(one, TESTPROTO_INSIDE, 0);
    } else if (!strcmp(entry, "SetGlobalInfo")) {
        set_global();
    } else if (!strcmp(entry, "MibGet")) {
        ask_mib();
    } else {
        MprAdminInterfaceUpdateRoutes(server, one, PID_IP, NULL);
    }
}

static void nobody_waits_for_himself(void **state)
{
    static const char *const entries[] = {"DoUpdateRoutes",  "GetEventMessage", "SetInterfaceInfo",
                                          "SetGlobalInfo",   "MibGet",          "AddInterface",
                                          "DeleteInterface", "InterfaceStatus"};

    (void)state;
    for (size_t n = 0; n < ARRAYSIZE(entries); n++) {
        forget(entries[n]);
        provoke(entries[n]);
        wait_for(&seen.inside, 1);
        assert_int_equal(seen.own, NO_ERROR);
        assert_int_equal(seen.other, NO_ERROR);
        assert_int_equal(seen.global, NO_ERROR);
        assert_int_equal(seen.update, PENDING);
        assert_int_equal(seen.mib, ERROR_CAN_NOT_COMPLETE);
        /* All of it is done when the entry point has returned, and the protocol is in use. */
        wait_for(&seen.sets, 1);
        wait_for(&seen.updates, 1);
        assert_int_equal(ask_mib(), NO_ERROR);
        assert_int_equal(MprAdminInterfaceDisconnect(server, two), NO_ERROR);
        assert_int_equal(MprAdminInterfaceConnect(server, two, NULL, TRUE), NO_ERROR);
        assert_int_equal(seen.starts | seen.stops, 0);
    }
}

/* ---- too late ---------------------------------------------------------------------------------
 */

static void one_that_was_late_is_revived(void **state)
{
    LONG events;

    (void)state;
    for (int global = 0; global < 2; global++) {
        assert_int_equal(set_info(one, TESTPROTO_HANG, CALL_MS + 1000), NO_ERROR);
        forget(NULL);
        assert_int_equal(MprAdminInterfaceUpdateRoutes(server, one, PID_IP, NULL),
                         ERROR_CAN_NOT_COMPLETE);
        assert_int_equal(ask_mib(), ERROR_CAN_NOT_COMPLETE);
        events = seen.events;
        wait_for(&seen.events, events + 1); /* it has come back */
        if (global) {
            assert_int_equal(set_info(one, TESTPROTO_INSIDE, 0), NO_ERROR);
            assert_int_equal(set_global(), NO_ERROR);
        } else {
            assert_int_equal(set_info(one, TESTPROTO_INSIDE, 0), NO_ERROR);
        }
        assert_int_equal(ask_mib(), NO_ERROR);
        assert_int_equal(seen.stops, 1);
        assert_int_equal(seen.starts, 1);
        assert_int_equal(seen.adds, 2);
        assert_int_equal(MprAdminInterfaceUpdateRoutes(server, one, PID_IP, NULL), NO_ERROR);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_waits_for_himself),
        cmocka_unit_test(one_that_was_late_is_revived),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"CallTimeout", CALL_MS);
    fixture_catalogue(L"Ip", L"TESTPROTO", TESTPROTO_ID, L"testproto.dll");
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
