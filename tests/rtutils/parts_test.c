/* Without memory nothing is half done, and nothing is left: neither memory nor handles. The
 * catalogue of protocols. Linked without the DLL. */
#include "rtutils_test.h"

#include <mprapi.h>
#include <mprerror.h>

#include "mprapi_ext.h"
#include "support/handles.h"
#include "unit/base/fail_alloc.h"

#define NAME      L"PartsTest"
#define CATALOGUE L"SOFTWARE\\Microsoft\\Router\\CurrentVersion\\RouterManagers\\"

/* ---- memory ---------------------------------------------------------------------------------- */

static void trace_everything(void)
{
    static BYTE octets[40];
    const DWORD id = TraceRegisterExW(NAME, 0);

    if (id == INVALID_TRACEID) {
        assert_int_equal(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
        return;
    }
    TracePrintfExA(id, 0, "%d", 1);
    TracePrintfExW(id, 0, L"%d", 2);
    TracePutsExA(id, 0, "text");
    TracePutsExW(id, 0, L"text");
    TraceDumpExA(id, 0, octets, sizeof(octets), 1, TRUE, "prefix");
    TraceDumpExW(id, 0, octets, sizeof(octets), 4, FALSE, L"prefix");
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

static void test_tracing_without_memory(void **state)
{
    size_t n = 1;

    (void)state;
    test_use_own_folder(NAME);
    test_set_number(NAME, L"EnableFileTracing", 1);
    do {
        fail_alloc_begin(n++);
        trace_everything();
    } while (fail_alloc_end());
    assert_true(n > 10);
}

/* What was not written is not said to be. */
static void test_no_memory_is_told(void **state)
{
    const DWORD id = TraceRegisterExW(NAME, 0);

    (void)state;
    test_delete_files(NAME);
    for (size_t n = 1; n < 100; n++) {
        DWORD written;
        bool failed;

        fail_alloc_begin(n);
        written = TracePrintfExA(id, TRACE_NO_STDINFO, "%s", "text");
        failed = fail_alloc_end();
        assert_int_equal(written, failed ? 0 : 4);
        if (!failed) break;
    }
    assert_string_equal(test_file(NAME, L"LOG"), "text\r\n");
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

static VOID WINAPI nothing(PVOID context)
{
    (void)context;
}

static void test_waits_without_memory(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        WT_EVENT_ENTRY *e;
        WT_WORK_ITEM *w;
        WT_TIMER_ENTRY *t;

        fail_alloc_begin(n);
        e = CreateWaitEvent(NULL, NULL, FALSE, FALSE, NULL, FALSE, nothing, NULL, 0, TRUE);
        w = e ? CreateWaitEventBinding(e, nothing, NULL, 0, TRUE) : NULL;
        t = CreateWaitTimer(nothing, NULL, 0, TRUE);
        WTFree(w);
        WTFreeEvent(e);
        WTFreeTimer(t);
        if (!fail_alloc_end()) break;
        assert_true(!e || !w || !t);
    }
    for (BOOL alertable = FALSE; alertable <= TRUE; alertable++) {
        fail_alloc_begin(1);
        assert_int_equal(QueueWorkItem(nothing, NULL, alertable), ERROR_NOT_ENOUGH_MEMORY);
        assert_true(fail_alloc_end());
    }
}

/* ---- handles --------------------------------------------------------------------------------- */

static void use_all(void)
{
    WT_EVENT_ENTRY *e =
        CreateWaitEvent(NULL, NULL, FALSE, FALSE, NULL, FALSE, nothing, NULL, 0, TRUE);
    LIST_ENTRY head = {&e->ee_Links, &e->ee_Links};

    e->ee_Links.Flink = e->ee_Links.Blink = &head;
    trace_everything();
    assert_int_equal(RegisterWaitEventsTimers(&head, NULL), NO_ERROR);
    assert_int_equal(DeRegisterWaitEventsTimers(&head, NULL), NO_ERROR);
    WTFreeEvent(e);
}

static void test_no_handle_is_left(void **state)
{
    size_t before;

    (void)state;
    use_all();
    before = handles_of_process();
    for (int n = 0; n < 20; n++) use_all();
    WAIT_UNTIL(handles_of_process() <= before); /* the wait thread has ended */
}

/* ---- the catalogue --------------------------------------------------------------------------- */

static void add_protocol(const WCHAR *transport, const WCHAR *name, DWORD id, const WCHAR *dll)
{
    WCHAR path[512];
    HKEY key;

    _snwprintf(path, ARRAYSIZE(path), CATALOGUE L"%ls\\%ls", transport, name);
    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0,
                                     KEY_ALL_ACCESS | KEY_WOW64_64KEY, NULL, &key, NULL),
                     0);
    if (id) RegSetValueExW(key, L"ProtocolId", 0, REG_DWORD, (const BYTE *)&id, sizeof(id));
    RegSetValueExW(key, L"DllName", 0, REG_SZ, (const BYTE *)dll,
                   (DWORD)((wcslen(dll) + 1) * sizeof(WCHAR)));
    RegCloseKey(key);
}

static void test_the_catalogue(void **state)
{
    MPR_PROTOCOL_0 *rows = NULL;
    LPBYTE buffer = (LPBYTE)1;
    DWORD count = 7;

    (void)state;
    assert_int_equal(MprSetupProtocolEnum(PID_IPV6, &buffer, &count), NO_ERROR);
    assert_int_equal(count, 0);
    assert_null(buffer);
    assert_int_equal(MprSetupProtocolFree(buffer), NO_ERROR);

    add_protocol(L"Ip", L"ALPHA", 42, L"alpha.dll");
    add_protocol(L"Ip", L"BETA", 43, L"beta.dll");
    add_protocol(L"Ip", L"NOID", 0, L"noid.dll");
    add_protocol(L"Ip", L"LONG", 44,
                 L"a name of a DLL that is longer than what there is room for.dll");
    add_protocol(L"Ipv6", L"GAMMA", 45, L"gamma.dll");
    assert_int_equal(MprSetupProtocolEnum(PID_IP, (LPBYTE *)&rows, &count), NO_ERROR);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].dwProtocolId, 42);
    assert_int_equal(wcscmp(rows[0].wszProtocol, L"ALPHA"), 0);
    assert_int_equal(wcscmp(rows[0].wszDLLName, L"alpha.dll"), 0);
    assert_int_equal(rows[1].dwProtocolId, 43);
    assert_int_equal(MprSetupProtocolFree(rows), NO_ERROR);
    assert_int_equal(MprSetupProtocolEnum(PID_IPV6, (LPBYTE *)&rows, &count), NO_ERROR);
    assert_int_equal(count, 1);
    assert_int_equal(MprSetupProtocolFree(rows), NO_ERROR);
}

static void test_errors_of_the_catalogue(void **state)
{
    LPBYTE buffer = (LPBYTE)1;
    DWORD count = 7;
    size_t n = 1;

    (void)state;
    assert_int_equal(MprSetupProtocolEnum(PID_IP, NULL, &count), ERROR_INVALID_PARAMETER);
    assert_int_equal(count, 0);
    assert_int_equal(MprSetupProtocolEnum(PID_IP, &buffer, NULL), ERROR_INVALID_PARAMETER);
    assert_null(buffer);
    assert_int_equal(MprSetupProtocolEnum(99, &buffer, &count), ERROR_UNKNOWN_PROTOCOL_ID);
    for (;; n++) {
        DWORD rc;

        fail_alloc_begin(n);
        rc = MprSetupProtocolEnum(PID_IP, &buffer, &count);
        if (rc == NO_ERROR) MprSetupProtocolFree(buffer);
        if (!fail_alloc_end()) break;
        assert_int_equal(rc, ERROR_NOT_ENOUGH_MEMORY);
        assert_null(buffer);
        assert_int_equal(count, 0);
    }
    assert_int_equal(n, 3); /* one for each row */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tracing_without_memory),
        cmocka_unit_test(test_no_memory_is_told),
        cmocka_unit_test(test_waits_without_memory),
        cmocka_unit_test(test_no_handle_is_left),
        cmocka_unit_test(test_the_catalogue),
        cmocka_unit_test(test_errors_of_the_catalogue),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
