/* What the functions for the event log ask of the system, and the words for codes. Linked without
 * the DLL, so that the system's functions can be ours: Wine's log keeps nothing that could be read.
 */
#include "rtutils_test.h"

#include "unit/base/fail_alloc.h"

static struct report {
    HANDLE log;
    WORD type;
    DWORD message;
    WORD count;
    WCHAR string[4][256];
    DWORD size;
    BYTE data[16];
    unsigned reports;
} seen;
static char opened[64], debug_text[512];
static unsigned closed;

static BOOL take(HANDLE log, WORD type, DWORD message, WORD count, DWORD size, const void *data)
{
    seen.log = log;
    seen.type = type;
    seen.message = message;
    seen.count = count;
    seen.size = size;
    assert_true(count <= ARRAYSIZE(seen.string) && size <= sizeof(seen.data));
    if (size) memcpy(seen.data, data, size);
    seen.reports++;
    return TRUE;
}

static BOOL WINAPI report_w(HANDLE log, WORD type, WORD category, DWORD message, PSID user,
                            WORD count, DWORD size, LPCWSTR *strings, LPVOID data)
{
    assert_int_equal(category, 0);
    assert_null(user);
    for (WORD n = 0; n < count; n++) _snwprintf(seen.string[n], 255, L"%ls", strings[n]);
    return take(log, type, message, count, size, data);
}

static BOOL WINAPI report_a(HANDLE log, WORD type, WORD category, DWORD message, PSID user,
                            WORD count, DWORD size, LPCSTR *strings, LPVOID data)
{
    assert_int_equal(category, 0);
    assert_null(user);
    for (WORD n = 0; n < count; n++) _snwprintf(seen.string[n], 255, L"%hs", strings[n]);
    return take(log, type, message, count, size, data);
}

static HANDLE WINAPI open_a(LPCSTR server, LPCSTR source)
{
    assert_null(server);
    snprintf(opened, sizeof(opened), "%s", source ? source : "(none)");
    return source ? &opened : NULL;
}

static HANDLE WINAPI open_w(LPCWSTR server, LPCWSTR source)
{
    assert_null(server);
    snprintf(opened, sizeof(opened), "%ls", source);
    return &opened;
}

static BOOL WINAPI close_log(HANDLE log)
{
    assert_ptr_equal(log, &opened);
    closed++;
    return TRUE;
}

static void WINAPI debug_a(LPCSTR text)
{
    snprintf(debug_text, sizeof(debug_text), "%s", text);
}

/* The names by which calls go through the import table. */
#ifdef __i386__
#define IMPORT(name, bytes) __asm__("__imp__" #name "@" #bytes)
#else
#define IMPORT(name, bytes) __asm__("__imp_" #name)
#endif
extern void *const import_report_w IMPORT(ReportEventW, 36);
extern void *const import_report_a IMPORT(ReportEventA, 36);
extern void *const import_open_a IMPORT(RegisterEventSourceA, 8);
extern void *const import_open_w IMPORT(RegisterEventSourceW, 8);
extern void *const import_close IMPORT(DeregisterEventSource, 4);
extern void *const import_debug IMPORT(OutputDebugStringA, 4);
void *const import_report_w = (void *)report_w;
void *const import_report_a = (void *)report_a;
void *const import_open_a = (void *)open_a;
void *const import_open_w = (void *)open_w;
void *const import_close = (void *)close_log;
void *const import_debug = (void *)debug_a;

static int begin(void **state)
{
    (void)state;
    memset(&seen, 0, sizeof(seen));
    closed = 0;
    opened[0] = debug_text[0] = 0;
    return 0;
}

static HANDLE log_handle(void)
{
    return RouterLogRegisterA("Source");
}

static void assert_error(DWORD error)
{
    assert_int_equal(seen.size, error ? sizeof(error) : 0);
    if (error) assert_memory_equal(seen.data, &error, sizeof(error));
}

static void assert_string(int n, const WCHAR *text)
{
    if (wcscmp(seen.string[n], text) != 0) fail_msg("%d: \"%ls\"", n, seen.string[n]);
}

/* ---- events ---------------------------------------------------------------------------------- */

static void test_sources(void **state)
{
    (void)state;
    assert_ptr_equal(RouterLogRegisterA("Narrow"), &opened);
    assert_string_equal(opened, "Narrow");
    assert_ptr_equal(RouterLogRegisterW(L"Wide"), &opened);
    assert_string_equal(opened, "Wide");
    assert_null(RouterLogRegisterA(NULL));
    RouterLogDeregisterA(&opened);
    RouterLogDeregisterW(&opened);
    RouterLogDeregisterA(NULL);
    assert_int_equal(closed, 2);
}

static void test_events(void **state)
{
    LPSTR narrow[] = {(char[]){"one"}, (char[]){"two"}};
    LPWSTR wide[] = {(WCHAR[]){L"three"}};

    (void)state;
    RouterLogEventA(log_handle(), EVENTLOG_WARNING_TYPE, 1234, 2, narrow, 5);
    assert_ptr_equal(seen.log, &opened);
    assert_int_equal(seen.type, EVENTLOG_WARNING_TYPE);
    assert_int_equal(seen.message, 1234);
    assert_int_equal(seen.count, 2);
    assert_string(0, L"one");
    assert_string(1, L"two");
    assert_error(5);
    RouterLogErrorW(log_handle(), 77, 1, wide, NO_ERROR);
    assert_int_equal(seen.type, EVENTLOG_ERROR_TYPE);
    assert_int_equal(seen.message, 77);
    assert_string(0, L"three");
    assert_error(NO_ERROR);
    RouterLogEventW(log_handle(), EVENTLOG_ERROR_TYPE, 1, 1, NULL, 0); /* no strings after all */
    assert_int_equal(seen.count, 0);
}

static void test_data(void **state)
{
    BYTE data[] = {1, 2, 3};
    LPWSTR wide[] = {(WCHAR[]){L"text"}};

    (void)state;
    RouterLogEventDataW(log_handle(), EVENTLOG_INFORMATION_TYPE, 9, 1, wide, sizeof(data), data);
    assert_int_equal(seen.size, 3);
    assert_memory_equal(seen.data, data, 3);
    assert_string(0, L"text");
    RouterLogEventDataA(log_handle(), EVENTLOG_INFORMATION_TYPE, 9, 0, NULL, 3, NULL);
    assert_int_equal(seen.size, 0);
}

static void test_the_words_of_a_code(void **state)
{
    LPSTR narrow[] = {(char[]){"first"}, (char[]){"second"}};
    LPWSTR wide[] = {(WCHAR[]){L"first"}, (WCHAR[]){L"second"}};

    (void)state;
    RouterLogEventStringA(log_handle(), EVENTLOG_ERROR_TYPE, 5, 2, narrow, 623, 1);
    assert_int_equal(seen.count, 3);
    assert_string(0, L"first");
    assert_string(1, L"The phone book has no such entry.");
    assert_string(2, L"second");
    assert_error(623);
    RouterLogEventStringW(log_handle(), EVENTLOG_ERROR_TYPE, 5, 2, wide, 623, 0);
    assert_string(0, L"The phone book has no such entry.");
    assert_string(2, L"second");
    RouterLogEventStringW(log_handle(), EVENTLOG_ERROR_TYPE, 5, 2, wide, 623, 99); /* behind all */
    assert_string(2, L"The phone book has no such entry.");
    RouterLogEventStringW(log_handle(), EVENTLOG_ERROR_TYPE, 5, 0, NULL, 623, 0);
    assert_int_equal(seen.count, 1);
}

static void test_formatted(void **state)
{
    (void)state;
    RouterLogEventExA(log_handle(), EVENTLOG_ERROR_TYPE, 5, 6, "%s=%d", "a", 7);
    assert_int_equal(seen.message, 6);
    assert_int_equal(seen.count, 1);
    assert_string(0, L"a=7");
    assert_error(5);
    RouterLogEventExW(log_handle(), EVENTLOG_ERROR_TYPE, 0, 8, L"%s=%d", L"b", 9);
    assert_int_equal(seen.message, 8);
    assert_string(0, L"b=9");
    assert_error(0);
}

static void test_the_routers_own_source(void **state)
{
    LPSTR narrow[] = {(char[]){"one"}};
    LPWSTR wide[] = {(WCHAR[]){L"two"}};

    (void)state;
    LogErrorA(10, 1, narrow, 5);
    assert_string_equal(opened, "RemoteAccess");
    assert_int_equal(seen.type, EVENTLOG_ERROR_TYPE);
    assert_string(0, L"one");
    assert_error(5);
    LogErrorW(10, 1, wide, 5);
    assert_string(0, L"two");
    LogEventA(EVENTLOG_WARNING_TYPE, 11, 1, narrow);
    assert_int_equal(seen.type, EVENTLOG_WARNING_TYPE);
    assert_int_equal(seen.message, 11);
    assert_error(0);
    LogEventW(EVENTLOG_INFORMATION_TYPE, 12, 1, wide);
    assert_int_equal(seen.message, 12);
    assert_string(0, L"two");
    assert_int_equal(seen.reports, 4);
    assert_int_equal(closed, 4);
}

static void test_assertions(void **state)
{
    (void)state;
    RouterAssert((char[]){"x == 1"}, (char[]){"file.c"}, 42, (char[]){"why"});
    assert_non_null(strstr(debug_text, "x == 1"));
    assert_non_null(strstr(debug_text, "file.c line 42: why"));
    RouterAssert(NULL, NULL, 0, NULL);
}

/* ---- words ----------------------------------------------------------------------------------- */

static void test_error_strings(void **state)
{
    WCHAR *wide = NULL;
    char *narrow = NULL;

    (void)state;
    assert_int_equal(RouterGetErrorStringW(623, &wide), NO_ERROR);
    assert_int_equal(wcscmp(wide, L"The phone book has no such entry."), 0);
    assert_null(LocalFree(wide));
    assert_int_equal(RouterGetErrorStringA(623, &narrow), NO_ERROR);
    assert_string_equal(narrow, "The phone book has no such entry.");
    assert_null(LocalFree(narrow));
    assert_int_equal(RouterGetErrorStringW(ERROR_ACCESS_DENIED, &wide), NO_ERROR);
    assert_true(wcslen(wide) > 5);
    LocalFree(wide);
    assert_int_equal(RouterGetErrorStringW(0x7FFF1234, &wide), ERROR_MR_MID_NOT_FOUND);
    assert_null(wide);
    assert_int_equal(RouterGetErrorStringA(878, &narrow), ERROR_MR_MID_NOT_FOUND);
    assert_null(narrow);
    assert_int_equal(RouterGetErrorStringA(5, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(RouterGetErrorStringW(5, NULL), ERROR_INVALID_PARAMETER);
}

/* What can't be formatted is told without its words. */
static void test_without_memory(void **state)
{
    LPSTR narrow[] = {(char[]){"first"}};

    (void)state;
    for (size_t n = 1;; n++) {
        char *text = NULL;

        fail_alloc_begin(n);
        RouterLogEventExA(&opened, EVENTLOG_ERROR_TYPE, 5, 6, "%d", 7);
        RouterLogEventExW(&opened, EVENTLOG_ERROR_TYPE, 5, 6, L"%d", 7);
        RouterLogEventStringA(&opened, EVENTLOG_ERROR_TYPE, 5, 1, narrow, 623, 0);
        if (RouterGetErrorStringA(623, &text) == NO_ERROR) LocalFree(text);
        if (!fail_alloc_end()) break;
    }
    assert_int_equal(seen.reports % 3, 0);
    assert_error(623);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_sources, begin),
        cmocka_unit_test_setup(test_events, begin),
        cmocka_unit_test_setup(test_data, begin),
        cmocka_unit_test_setup(test_the_words_of_a_code, begin),
        cmocka_unit_test_setup(test_formatted, begin),
        cmocka_unit_test_setup(test_the_routers_own_source, begin),
        cmocka_unit_test_setup(test_assertions, begin),
        cmocka_unit_test_setup(test_error_strings, begin),
        cmocka_unit_test_setup(test_without_memory, begin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
