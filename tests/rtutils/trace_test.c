/* Tracing: what the settings say, what a line looks like, and where it goes. */
#include "rtutils_test.h"

#define NAME L"TraceTest"

/* A component that traces to its own folder; masks and sizes are the defaults. */
static DWORD begin(void)
{
    DWORD id;

    test_use_own_folder(NAME);
    test_delete_files(NAME);
    test_set_number(NAME, L"EnableFileTracing", 1);
    test_set_number(NAME, L"EnableConsoleTracing", 0);
    test_set_number(NAME, L"FileTracingMask", 0xFFFF0000);
    test_set_number(NAME, L"MaxFileSize", 0x100000);
    id = TraceRegisterExW(NAME, 0);
    assert_int_not_equal(id, INVALID_TRACEID);
    return id;
}

static const char *log_text(void)
{
    return test_file(NAME, L"LOG");
}

/* ---- settings -------------------------------------------------------------------------------- */

static void test_defaults_are_made(void **state)
{
    WCHAR directory[64];
    DWORD size = sizeof(directory), type, id = TraceRegisterExA("FreshTest", 0);

    (void)state;
    assert_int_not_equal(id, INVALID_TRACEID);
    assert_int_equal(test_number(L"FreshTest", L"EnableFileTracing"), 0);
    assert_int_equal(test_number(L"FreshTest", L"EnableConsoleTracing"), 0);
    assert_int_equal(test_number(L"FreshTest", L"FileTracingMask"), 0xFFFF0000);
    assert_int_equal(test_number(L"FreshTest", L"ConsoleTracingMask"), 0xFFFF0000);
    assert_int_equal(test_number(L"FreshTest", L"MaxFileSize"), 0x100000);
    assert_int_equal(RegGetValueW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Tracing\\FreshTest",
                                  L"FileDirectory", RRF_RT_REG_EXPAND_SZ | RRF_NOEXPAND, &type,
                                  directory, &size),
                     ERROR_SUCCESS);
    assert_int_equal(type, REG_EXPAND_SZ);
    assert_int_equal(wcscmp(directory, L"%windir%\\tracing"), 0);
    assert_int_equal(TracePrintfA(id, "nowhere"), 0);
    assert_int_equal(TraceDeregisterA(id), NO_ERROR);
}

static void test_the_default_folder(void **state)
{
    WCHAR path[MAX_PATH];
    DWORD id;

    (void)state;
    test_set_number(L"FolderTest", L"EnableFileTracing", 1);
    id = TraceRegisterExA("FolderTest", 0);
    assert_int_equal(TracePutsExA(id, 0, "here"), 4);
    GetWindowsDirectoryW(path, MAX_PATH - 32);
    wcscat(path, L"\\tracing\\FolderTest.LOG");
    assert_int_not_equal(GetFileAttributesW(path), INVALID_FILE_ATTRIBUTES);
    assert_true(DeleteFileW(path)); /* no handle is kept */
    assert_int_equal(TraceDeregisterA(id), NO_ERROR);
}

static void test_values_of_another_type_are_none(void **state)
{
    HKEY key;
    DWORD id;

    (void)state;
    test_set_number(L"TypeTest", L"EnableFileTracing", 1);
    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Tracing\\TypeTest", 0,
                                   KEY_ALL_ACCESS, &key),
                     0);
    RegSetValueExW(key, L"EnableFileTracing", 0, REG_SZ, (const BYTE *)L"1", 4);
    RegCloseKey(key);
    id = TraceRegisterExA("TypeTest", 0);
    assert_int_equal(TracePutsExA(id, 0, "here"), 0);
    assert_int_equal(TraceDeregisterA(id), NO_ERROR);
    assert_int_equal(test_number(L"TypeTest", L"EnableFileTracing"), 0xDEAD); /* untouched */
}

static void test_changes_are_noticed(void **state)
{
    const DWORD id = begin();

    (void)state;
    assert_int_equal(TracePutsExA(id, 0, "first"), 5);
    test_set_number(NAME, L"EnableFileTracing", 0);
    WAIT_UNTIL(TracePutsExA(id, 0, "off?") == 0);
    test_set_number(NAME, L"EnableFileTracing", 1);
    WAIT_UNTIL(TracePutsExA(id, 0, "on again") == 8);
    assert_non_null(strstr(log_text(), "on again"));
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

static void test_a_component_may_turn_it_on(void **state)
{
    DWORD id = begin();

    (void)state;
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
    test_set_number(NAME, L"EnableFileTracing", 0);
    id = TraceRegisterExW(NAME, TRACE_USE_FILE);
    assert_int_equal(TracePutsExW(id, 0, L"mine"), 4);
    assert_non_null(strstr(log_text(), "mine"));
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

static void test_masks(void **state)
{
    const DWORD id = begin();

    (void)state;
    test_set_number(NAME, L"FileTracingMask", 0x00020000);
    WAIT_UNTIL(TracePutsExA(id, TRACE_USE_MASK | 0x00010000, "closed") == 0);
    test_delete_files(NAME);
    assert_int_equal(TracePutsExA(id, TRACE_USE_MASK | 0x00010000, "closed"), 0);
    assert_int_equal(TracePutsExA(id, TRACE_USE_MASK | 0x00030000, "open"), 4);
    assert_int_equal(TracePutsExA(id, TRACE_USE_MASK, "none"), 0);
    assert_int_equal(TracePutsExA(id, 0x00010000, "no mask"), 7);
    assert_null(strstr(log_text(), "closed"));
    assert_non_null(strstr(log_text(), "open"));
    assert_null(strstr(log_text(), "none"));
    assert_non_null(strstr(log_text(), "no mask"));
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

/* ---- lines ----------------------------------------------------------------------------------- */

/* # stands for a digit. */
static void assert_line(const char *pattern)
{
    const char *text = log_text();
    char rest[512];

    for (; *pattern && *text; pattern++, text++)
        if (*pattern == '#' ? *text < '0' || *text > '9' : *text != *pattern) break;
    snprintf(rest, sizeof(rest), "%s", text);
    if (*pattern || strcmp(rest, "\r\n") != 0) fail_msg("at \"%s\": \"%s\"", pattern, rest);
    test_delete_files(NAME);
}

static void test_what_a_line_begins_with(void **state)
{
    const DWORD id = begin();
    char expected[128];

    (void)state;
    TracePutsExA(id, 0, "text");
    snprintf(expected, sizeof(expected), "[%lu] ##:##:##: text", GetCurrentThreadId());
    assert_line(expected);
    TracePutsExA(id, TRACE_USE_MSEC, "text");
    snprintf(expected, sizeof(expected), "[%lu] ##:##:##:###: text", GetCurrentThreadId());
    assert_line(expected);
    TracePutsExA(id, TRACE_USE_DATE, "text");
    snprintf(expected, sizeof(expected), "[%lu] ##-## ##:##:##: text", GetCurrentThreadId());
    assert_line(expected);
    TracePutsExA(id, TRACE_USE_DATE | TRACE_USE_MSEC, "text");
    snprintf(expected, sizeof(expected), "[%lu] ##-## ##:##:##:###: text", GetCurrentThreadId());
    assert_line(expected);
    TracePutsExA(id, TRACE_NO_STDINFO | TRACE_USE_DATE, "text");
    assert_line("text");
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

static void test_ends_are_not_doubled(void **state)
{
    const DWORD id = begin();

    (void)state;
    assert_int_equal(TracePutsExA(id, TRACE_NO_STDINFO, "text\n"), 5);
    assert_line("text");
    assert_int_equal(TracePutsExW(id, TRACE_NO_STDINFO, L"text\r\n"), 6);
    assert_line("text");
    assert_int_equal(TracePutsExW(id, TRACE_NO_STDINFO, L""), 0);
    assert_line("");
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

static DWORD print_list_a(DWORD id, const char *format, ...)
{
    va_list arguments;
    DWORD count;

    va_start(arguments, format);
    count = TraceVprintfExA(id, TRACE_NO_STDINFO, format, arguments);
    va_end(arguments);
    return count;
}

static DWORD print_list_w(DWORD id, const WCHAR *format, ...)
{
    va_list arguments;
    DWORD count;

    va_start(arguments, format);
    count = TraceVprintfExW(id, TRACE_NO_STDINFO, format, arguments);
    va_end(arguments);
    return count;
}

/* %s is as wide as the function; %S, %hs and %ls are what they are on Windows. */
static void test_formats(void **state)
{
    const char *const format = "%s|%S|%ls|%05d|%I64x|%c"; /* hidden from the compiler */
    const DWORD id = begin();

    (void)state;
    assert_int_equal(
        TracePrintfExA(id, TRACE_NO_STDINFO, format, "a", L"bc", L"de", 42, 0x123456789AULL, 'f'),
        26);
    assert_line("a|bc|de|00042|123456789a|f");
    assert_int_equal(TracePrintfExW(id, TRACE_NO_STDINFO, L"%s|%S|%hs|%x", L"a", "bc", "de", 255),
                     10);
    assert_line("a|bc|de|ff");
    assert_int_equal(print_list_a(id, "%d and %s", 1, "two"), 9);
    assert_line("1 and two");
    assert_int_equal(print_list_w(id, L"%d and %s", 1, L"two"), 9);
    assert_line("1 and two");
    assert_int_equal(TracePrintfA(id, "%d", 12345), 5);
    assert_non_null(strstr(log_text(), ": 12345\r\n"));
    assert_int_equal(TracePrintfW(id, L"%s", L"wide"), 4);
    assert_non_null(strstr(log_text(), ": wide\r\n"));
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

static void test_characters(void **state)
{
    const DWORD id = begin();

    (void)state;
    TracePutsExW(id, TRACE_NO_STDINFO, L"\u00fc\u20ac\u4e2d");
    assert_line("\xC3\xBC\xE2\x82\xAC\xE4\xB8\xAD");
    if (GetACP() == 1252) {
        assert_int_equal(TracePutsExA(id, TRACE_NO_STDINFO, "\xFC\x80"), 2);
        assert_line("\xC3\xBC\xE2\x82\xAC");
    }
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

static void test_the_last_error_stays(void **state)
{
    DWORD id = begin();

    (void)state;
    SetLastError(1234);
    TracePrintfA(id, "%d", 5);
    TracePrintfW(id, L"%d", 5);
    TracePutsExA(id, 0, "text");
    TraceDumpExA(id, 0, (LPBYTE)&id, sizeof(id), 1, FALSE, "prefix");
    assert_int_equal(GetLastError(), 1234);
    test_set_directory(NAME, L"Q:\\nowhere"); /* what fails inside */
    WAIT_UNTIL(TracePutsExW(id, 0, L"text") == 0);
    SetLastError(1234);
    TracePutsExW(id, 0, L"text");
    TracePutsExW(INVALID_TRACEID, 0, L"text");
    assert_int_equal(GetLastError(), 1234);
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

static void test_long_texts(void **state)
{
    static char text[100001];
    const DWORD id = begin();

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    assert_int_equal(TracePrintfExA(id, TRACE_NO_STDINFO, "%s", text), sizeof(text) - 1);
    assert_line(text);
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

static void test_dumps(void **state)
{
    BYTE octets[20];
    const DWORD id = begin();
    char expected[256];

    (void)state;
    for (BYTE n = 0; n < sizeof(octets); n++) octets[n] = (BYTE)(n + 0x3A);
    assert_int_equal(TraceDumpExA(id, TRACE_NO_STDINFO, octets, 4, 1, FALSE, NULL), 4);
    assert_line("3a 3b 3c 3d                                      :;<=");
    assert_int_equal(TraceDumpExA(id, TRACE_NO_STDINFO, octets, 20, 4, FALSE, "in "), 20);
    assert_line("in 3d3c3b3a 41403f3e 45444342 49484746  :;<=>?@ABCDEFGHI\r\n"
                "in 4d4c4b4a                             JKLM");
    assert_int_equal(TraceDumpExW(id, TRACE_NO_STDINFO, octets, 3, 2, TRUE, L"at "), 3);
    snprintf(expected, sizeof(expected), "at %0*llx: 3b3a   3c                                :;<",
             (int)(2 * sizeof(void *)), (unsigned long long)(ULONG_PTR)octets);
    assert_line(expected);
    assert_int_equal(TraceDumpExA(id, 0, octets, 4, 3, FALSE, NULL), 0);
    assert_int_equal(TraceDumpExA(id, 0, NULL, 4, 1, FALSE, NULL), 0);
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

/* ---- files ----------------------------------------------------------------------------------- */

static void test_a_full_file_becomes_the_old_one(void **state)
{
    static const char twenty[] = "0123456789abcdef012"; /* with its line end 21 */
    DWORD id = begin();

    (void)state;
    TraceDeregisterW(id);
    test_set_number(NAME, L"MaxFileSize", 40);
    id = TraceRegisterExW(NAME, 0);
    TracePutsExA(id, TRACE_NO_STDINFO, twenty);
    TracePutsExA(id, TRACE_NO_STDINFO, twenty);
    assert_int_equal(strlen(log_text()), 42);
    assert_string_equal(test_file(NAME, L"OLD"), "");
    TracePutsExA(id, TRACE_NO_STDINFO, "third");
    assert_string_equal(log_text(), "third\r\n");
    assert_int_equal(strlen(test_file(NAME, L"OLD")), 42);
    TracePutsExA(id, TRACE_NO_STDINFO, twenty);
    TracePutsExA(id, TRACE_NO_STDINFO, twenty);
    TracePutsExA(id, TRACE_NO_STDINFO, "last"); /* in place of the former old one */
    assert_string_equal(log_text(), "last\r\n");
    assert_non_null(strstr(test_file(NAME, L"OLD"), "third"));
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

static void test_a_deleted_file_is_begun_again(void **state)
{
    const DWORD id = begin();

    (void)state;
    TracePutsExA(id, TRACE_NO_STDINFO, "one");
    test_delete_files(NAME);
    TracePutsExA(id, TRACE_NO_STDINFO, "two");
    assert_string_equal(log_text(), "two\r\n");
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

static void test_a_folder_that_cannot_be(void **state)
{
    DWORD id = begin();

    (void)state;
    TraceDeregisterW(id);
    test_set_directory(NAME, L"Q:\\nowhere");
    id = TraceRegisterExW(NAME, 0);
    assert_int_equal(TracePutsExA(id, 0, "lost"), 0);
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

/* ---- ids and names --------------------------------------------------------------------------- */

static void test_garbage_ids(void **state)
{
    static const DWORD garbage[] = {0, 1, 0x12345678, 0x10000001, INVALID_TRACEID};
    BYTE octet = 0;
    HANDLE console = &octet;
    const DWORD id = begin();

    (void)state;
    for (size_t n = 0; n < ARRAYSIZE(garbage); n++) {
        if (garbage[n] == id) continue;
        assert_int_equal(TracePrintfA(garbage[n], "%s", "text"), 0);
        assert_int_equal(TracePrintfW(garbage[n], L"%s", L"text"), 0);
        assert_int_equal(TracePutsExA(garbage[n], 0, "text"), 0);
        assert_int_equal(TracePutsExW(garbage[n], 0, L"text"), 0);
        assert_int_equal(TraceDumpExA(garbage[n], 0, &octet, 1, 1, FALSE, "text"), 0);
        assert_int_equal(TraceGetConsoleA(garbage[n], &console), ERROR_INVALID_PARAMETER);
        assert_null(console);
        assert_int_equal(TraceDeregisterExA(garbage[n], 0), ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(TracePutsExA(id, 0, NULL), 0);
    assert_int_equal(TracePutsExW(id, 0, NULL), 0);
    assert_int_equal(TraceDeregisterExW(id, 0), NO_ERROR);
    assert_int_equal(TracePutsExA(id, 0, "late"), 0);
    assert_int_equal(TraceDeregisterW(id), ERROR_INVALID_PARAMETER);
    assert_int_not_equal(begin(), id); /* another one */
}

static void test_names(void **state)
{
    static const WCHAR *const bad[] = {L"", L".", L"..", L"a\\b", L"..\\x", L"a/b", L"C:", L"a*"};
    WCHAR longest[65] = L"";

    (void)state;
    for (size_t n = 0; n < ARRAYSIZE(bad); n++) {
        SetLastError(0);
        assert_int_equal(TraceRegisterExW(bad[n], 0), INVALID_TRACEID);
        assert_int_equal(GetLastError(), ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(TraceRegisterExW(NULL, 0), INVALID_TRACEID);
    assert_int_equal(TraceRegisterExA(NULL, 0), INVALID_TRACEID);
    for (size_t n = 0; n < 64; n++) longest[n] = L'n';
    assert_int_equal(TraceRegisterExW(longest, 0), INVALID_TRACEID);
    longest[63] = 0;
    assert_int_equal(TraceDeregisterW(TraceRegisterExW(longest, 0)), NO_ERROR);
}

/* Two that have the same name are two, with one file. */
static void test_the_same_name_twice(void **state)
{
    const DWORD a = begin(), b = TraceRegisterExA("TraceTest", 0);

    (void)state;
    assert_int_not_equal(a, b);
    TracePutsExA(a, TRACE_NO_STDINFO, "a");
    TracePutsExA(b, TRACE_NO_STDINFO, "b");
    assert_string_equal(log_text(), "a\r\nb\r\n");
    assert_int_equal(TraceDeregisterW(a), NO_ERROR);
    assert_int_equal(TracePutsExA(b, TRACE_NO_STDINFO, "c"), 1);
    assert_int_equal(TraceDeregisterW(b), NO_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults_are_made),
        cmocka_unit_test(test_the_default_folder),
        cmocka_unit_test(test_values_of_another_type_are_none),
        cmocka_unit_test(test_changes_are_noticed),
        cmocka_unit_test(test_a_component_may_turn_it_on),
        cmocka_unit_test(test_masks),
        cmocka_unit_test(test_what_a_line_begins_with),
        cmocka_unit_test(test_ends_are_not_doubled),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_the_last_error_stays),
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_dumps),
        cmocka_unit_test(test_a_full_file_becomes_the_old_one),
        cmocka_unit_test(test_a_deleted_file_is_begun_again),
        cmocka_unit_test(test_a_folder_that_cannot_be),
        cmocka_unit_test(test_garbage_ids),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_the_same_name_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
