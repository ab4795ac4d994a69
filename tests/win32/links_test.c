#include "win32_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/trace.h"
#include "base/utf16.h"
#include "support/start_process.h"
#include "win32/net/adapters.h"
#include "win32/link/command.h"
#include "win32/link/command_run.h"
#include "win32/link/dial_credentials.h"
#include "win32/link/dialer.h"
#include "win32/link/links.h"
#include "win32/store/secret_store.h"
#include "win32/sys/wine_unix.h"

static struct {
    volatile LONG adapters, results, downs;
    mpr_status result, reason;
    uint32_t attempt, identified;
    char16_t user[LINK_USER_MAX + 1], domain[LINK_DOMAIN_MAX + 1];
    struct ip_binding binding;
} got;

static void on_adapters(void *context, const struct host_adapter *adapters, size_t count)
{
    (void)context, (void)adapters, (void)count;
    InterlockedIncrement(&got.adapters);
}

static void on_identity(void *context, handle_t32 interface, uint32_t attempt, const char16_t *user,
                        const char16_t *domain)
{
    (void)context, (void)interface;
    got.identified = attempt;
    u16_copy(got.user, LINK_USER_MAX + 1, user);
    u16_copy(got.domain, LINK_DOMAIN_MAX + 1, domain);
}

static void on_result(void *context, handle_t32 interface, uint32_t attempt, mpr_status result,
                      const struct ip_binding *binding)
{
    (void)context, (void)interface;
    got.result = result;
    got.attempt = attempt;
    if (binding) got.binding = *binding;
    InterlockedIncrement(&got.results);
}

static void on_down(void *context, handle_t32 interface, uint32_t attempt, mpr_status reason)
{
    (void)context, (void)interface, (void)attempt;
    got.reason = reason;
    InterlockedIncrement(&got.downs);
}

static char log_text[16384];
static SRWLOCK log_lock = SRWLOCK_INIT;

static void on_log(void *context, enum trace_level level, const char *line)
{
    (void)context, (void)level;
    AcquireSRWLockExclusive(&log_lock);
    if (strlen(log_text) + strlen(line) + 2 < sizeof(log_text))
        strcat(strcat(log_text, line), "\n");
    ReleaseSRWLockExclusive(&log_lock);
}

static bool log_has(const char *text)
{
    bool has;

    AcquireSRWLockExclusive(&log_lock);
    has = strstr(log_text, text) != NULL;
    ReleaseSRWLockExclusive(&log_lock);
    return has;
}

static int set_up(void **state)
{
    const struct links_sink sink = {NULL, on_adapters, on_identity, on_result, on_down};

    (void)state;
    memset(&got, 0, sizeof(got));
    log_text[0] = 0;
    trace_set_sink(on_log, NULL, TRACE_INFO);
    return (int)links_start(&sink, 200);
}

static int tear_down(void **state)
{
    (void)state;
    links_stop();
    trace_set_sink(NULL, NULL, TRACE_NONE);
    return 0;
}

static void dial(enum dialer_kind kind, const char16_t *adapter, const char16_t *command,
                 uint32_t timeout)
{
    struct dial_entry entry = {.device_count = 1};
    struct dial_plan plan = {.kind = kind, .timeout_seconds = timeout};
    const struct dial_attempt attempt = {1, 42, u"wan", &entry, &plan};

    u16_copy(plan.adapter, DIAL_TEXT_MAX, adapter);
    u16_copy(plan.command, ARRAYSIZE(plan.command), command);
    links_dial(&attempt);
}

/* Whether a file that a command was to make is there; Unix name below /tmp as Wine shows it. */
static bool file_exists(const WCHAR *name)
{
    return GetFileAttributesW(name) != INVALID_FILE_ATTRIBUTES;
}

static void test_adapters(void **state)
{
    struct adapter_list list, again;
    const struct host_adapter *lo;

    (void)state;
    assert_int_equal(got.adapters, 1);
    assert_int_equal(adapters_read(&list), ST_OK);
    assert_int_equal(adapters_read(&again), ST_OK);
    assert_true(adapters_equal(&list, &again));
    lo = adapters_find(&list, u"LO");
    assert_non_null(lo);
    assert_true(lo->loopback);
    assert_int_equal(lo->binding.local[0].address, 0x7F000001);
    assert_int_equal(lo->binding.local[0].mask, 0xFF000000);
    assert_int_equal(lo->name[0], u'{');
    assert_ptr_equal(adapters_find(&list, lo->name), lo);
    again.adapters[0].up = !again.adapters[0].up;
    assert_false(adapters_equal(&list, &again));
    adapters_free(&list);
    adapters_free(&again);
}

static void test_existing(void **state)
{
    (void)state;
    dial(DIALER_EXISTING, u"lo", u"", 0);
    WAIT_UNTIL(got.results == 1, 5000);
    assert_int_equal(got.result, ST_OK);
    assert_int_equal(got.attempt, 42);
    assert_int_equal(got.binding.local[0].address, 0x7F000001);
    assert_true(got.binding.host_index != 0);
    assert_int_equal(got.identified, 42);
    assert_int_equal(got.user[0], 0);
    links_hang_up(1, 42);
    dial(DIALER_EXISTING, u"no-such-adapter", u"", 0);
    WAIT_UNTIL(got.results == 2, 5000);
    assert_int_equal(got.result, ST_INTERFACE_HAS_NO_DEVICES);
    assert_int_equal(got.downs, 0);
}

static void test_command_exit_is_the_disconnect(void **state)
{
    (void)state;
    if (!wine_unix_here()) skip();
    dial(DIALER_COMMAND, u"lo", u"echo ready >&3; sleep 0.7", 0);
    WAIT_UNTIL(got.results == 1, 5000);
    assert_int_equal(got.result, ST_OK);
    WAIT_UNTIL(got.downs == 1, 5000);
    assert_int_equal(got.reason, ST_INTERFACE_DISCONNECTED);
}

static void test_command_that_fails(void **state)
{
    (void)state;
    if (!wine_unix_here()) skip();
    dial(DIALER_COMMAND, u"no-such-adapter", u"exit 3", 0);
    WAIT_UNTIL(got.results == 1, 5000);
    assert_int_equal(got.result, ST_CAN_NOT_COMPLETE);
    dial(DIALER_COMMAND, u"no-such-adapter", u"sleep 60", 1);
    WAIT_UNTIL(got.results == 2, 8000);
    assert_int_equal(got.result, ST_TIMEOUT);
    assert_int_equal(got.downs, 0);
}

/* A program that says when it ends, and a name for what it says. */
static void test_hang_up_ends_the_program(void **state)
{
    static const WCHAR mark[] = L"Z:\\tmp\\mpr-links-test-mark";

    (void)state;
    if (!wine_unix_here()) skip();
    DeleteFileW(mark);
    dial(DIALER_COMMAND, u"lo",
         u"trap 'touch /tmp/mpr-links-test-mark; exit' TERM; echo ready >&3; sleep 60 & wait", 0);
    WAIT_UNTIL(got.results == 1, 5000);
    Sleep(300);
    links_hang_up(1, 42);
    WAIT_UNTIL(file_exists(mark), 5000);
    DeleteFileW(mark);
    assert_int_equal(got.downs, 0);
}

/* What a program says while it cleans up after its router has died is read by nobody. */
#define MARK_AFTER_DEATH L"Z:\\tmp\\mpr-links-test-death"

static int die_with_program(void)
{
    if (set_up(NULL)) return 1;
    dial(DIALER_COMMAND, u"lo",
         u"trap 'sleep 0.5; echo gone; echo status >&3; touch /tmp/mpr-links-test-death; exit' "
         u"TERM; echo ready >&3; sleep 60 & wait",
         0);
    WAIT_UNTIL(got.results == 1, 20000);
    TerminateProcess(GetCurrentProcess(), 7);
    return 2;
}

static void test_program_cleans_up_after_the_router(void **state)
{
    DWORD code = 0;
    HANDLE router;

    (void)state;
    if (!wine_unix_here()) skip();
    DeleteFileW(MARK_AFTER_DEATH);
    router = start_self("die", FALSE);
    assert_non_null(router);
    assert_true(await_end(router, 60000, &code));
    assert_int_equal(code, 7);
    WAIT_UNTIL(file_exists(MARK_AFTER_DEATH), 20000);
    DeleteFileW(MARK_AFTER_DEATH);
}

static volatile LONG exited_code = -1;

static void on_exited(void *context, uint32_t code)
{
    (void)context;
    InterlockedExchange(&exited_code, (LONG)code);
}

static const struct command_watcher watcher = {NULL, on_exited, NULL};

static void test_command_stopped_at_once(void **state)
{
    struct command *c = NULL;

    (void)state;
    if (!wine_unix_here()) skip();
    for (int i = 0; i < 5; i++) {
        exited_code = -1;
        assert_int_equal(command_start(u"exec sleep 60", NULL, &watcher, &c), ST_OK);
        command_stop(c);
        command_stop(c);
        command_free(c);
        assert_true(exited_code > 0);
    }
    assert_int_equal(command_start(u"exit 7", NULL, &watcher, &c), ST_OK);
    WAIT_UNTIL(exited_code == 7, 5000);
    command_free(c);
}

/* ---- credentials ---------------------------------------------------------------------------- */

/* Text of a file; "" until it is there. */
static const char *text_of(const WCHAR *name)
{
    static char text[1 << 20];
    HANDLE file = CreateFileW(name, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    DWORD got_bytes = 0;

    if (file != INVALID_HANDLE_VALUE) {
        ReadFile(file, text, sizeof(text) - 1, &got_bytes, NULL);
        CloseHandle(file);
    }
    for (DWORD i = 0; i < got_bytes; i++) {
        if (!text[i]) text[i] = ' '; /* as arguments and environments are separated */
    }
    text[got_bytes] = 0;
    return text;
}

static bool fifo_is_left(void)
{
    WCHAR pattern[MAX_PATH + 32];
    WIN32_FIND_DATAW found;
    HANDLE search;

    GetTempPathW(MAX_PATH, pattern);
    wcscat(pattern, L"mprapi-*");
    search = FindFirstFileW(pattern, &found);
    if (search == INVALID_HANDLE_VALUE) return false;
    FindClose(search);
    return true;
}

static void store_credentials(const WCHAR *password)
{
    struct dial_credentials c = {L"J\u00fcrgen", L"BRANCH", L""};

    wcscpy(c.password, password);
    assert_int_equal(dial_credentials_save(L"wan", &c), ST_OK);
}

/* What the program reads, and what else of the machine shows the password meanwhile: nothing. */
static void test_command_reads_credentials(void **state)
{
    static const WCHAR read_file[] = L"Z:\\tmp\\mpr-links-test-read",
                       seen_file[] = L"Z:\\tmp\\mpr-links-test-seen";

    (void)state;
    if (!wine_unix_here()) skip();
    store_credentials(L"open sesame 4711");
    DeleteFileW(read_file);
    DeleteFileW(seen_file);
    dial(DIALER_COMMAND, u"lo",
         u"cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ >/tmp/mpr-links-test-part;"
         u"mv /tmp/mpr-links-test-part /tmp/mpr-links-test-seen;"
         u"cat >/tmp/mpr-links-test-part && mv /tmp/mpr-links-test-part /tmp/mpr-links-test-read;"
         u"exec sleep 30",
         0);
    WAIT_UNTIL(file_exists(read_file), 10000);
    assert_string_equal(text_of(read_file),
                        "username=J\xc3\xbcrgen\ndomain=BRANCH\npassword=open sesame 4711\n\n");
    assert_non_null(strstr(text_of(seen_file), "mprapi-link"));
    assert_null(strstr(text_of(seen_file), "open sesame"));
    assert_int_equal(got.identified, 42);
    assert_int_equal(u16_equal(got.user, u"J\u00fcrgen"), true);
    assert_int_equal(u16_equal(got.domain, u"BRANCH"), true);
    assert_false(fifo_is_left());
    links_hang_up(1, 42);
    DeleteFileW(read_file);
    DeleteFileW(seen_file);
}

/* One that does not want them works as before. */
static void test_command_leaves_credentials(void **state)
{
    (void)state;
    if (!wine_unix_here()) skip();
    store_credentials(L"x");
    dial(DIALER_COMMAND, u"lo", u"exec 0<&-; echo ready >&3; sleep 0.7", 0);
    WAIT_UNTIL(got.results == 1, 5000);
    assert_int_equal(got.result, ST_OK);
    WAIT_UNTIL(got.downs == 1, 5000);
    store_credentials(L"two\nlines");
    dial(DIALER_COMMAND, u"lo", u"sleep 30", 0);
    WAIT_UNTIL(got.results == 2, 5000);
    assert_int_equal(got.result, ST_CAN_NOT_COMPLETE);
    assert_int_equal(secret_store_remove(SECRET_DIAL, L"wan"), ST_OK);
}

static void test_credentials_as_text(void **state)
{
    struct dial_credentials c = {L"", L"", L""}, empty = c, read;
    struct blob text;

    (void)state;
    assert_int_equal(dial_credentials_text(&c, &text), ST_OK);
    assert_int_equal(text.size, 0);
    for (int i = 0; i < LINK_USER_MAX; i++) c.user[i] = c.password[i] = 0xFFFD;
    for (int i = 0; i < LINK_DOMAIN_MAX; i++) c.domain[i] = 0xFFFD;
    assert_int_equal(dial_credentials_text(&c, &text), ST_OK);
    assert_int_equal(text.size, 3 * (2 * 256 + 15) + strlen("username=domain=password=\n\n\n\n"));
    assert_true(text.size <= COMMAND_INPUT_MAX);
    secret_free(&text);
    assert_int_equal(dial_credentials_save(L"wan", &c), ST_OK);
    assert_int_equal(dial_credentials_load(L"WAN", &read), ST_OK);
    assert_memory_equal(&read, &c, sizeof(c));
    assert_int_equal(secret_store_set(SECRET_DIAL, L"wan", "\x05\x00", 2), ST_OK);
    assert_int_equal(dial_credentials_load(L"wan", &read), ST_INVALID_DATA);
    assert_memory_equal(&read, &empty, sizeof(c));
    assert_int_equal(secret_store_remove(SECRET_DIAL, L"wan"), ST_OK);
}

/* ---- what the program says ------------------------------------------------------------------ */

/* Somebody else keeps it up, so it says nothing of our program. */
static void test_adapter_that_is_up_already(void **state)
{
    (void)state;
    if (!wine_unix_here()) skip();
    dial(DIALER_COMMAND, u"lo", u"sleep 60", 1);
    WAIT_UNTIL(got.results == 1, 8000);
    assert_int_equal(got.result, ST_TIMEOUT);
    assert_true(log_has("was up before the program began"));
    dial(DIALER_COMMAND, u"lo", u"sleep 0.5; echo Device busy; exit 1", 0);
    WAIT_UNTIL(got.results == 2, 8000);
    assert_int_equal(got.result, ST_CAN_NOT_COMPLETE);
    assert_true(log_has("Device busy"));
}

static void test_program_reports_ready(void **state)
{
    (void)state;
    if (!wine_unix_here()) skip();
    dial(DIALER_COMMAND, u"no-such-adapter",
         u"echo ready adapter=lo address=10.8.0.2/24 peer=10.8.0.1 dns=10.8.0.1 "
         u">&$MPRAPI_STATUS_FD; sleep 0.5",
         0);
    WAIT_UNTIL(got.results == 1, 8000);
    assert_int_equal(got.result, ST_OK);
    assert_int_equal(got.binding.count, 1);
    assert_int_equal(got.binding.local[0].address, 0x0A080002);
    assert_int_equal(got.binding.local[0].mask, 0xFFFFFF00);
    assert_int_equal(got.binding.remote, 0x0A080001);
    WAIT_UNTIL(got.downs == 1, 8000);
}

static void test_program_reports_failure(void **state)
{
    (void)state;
    if (!wine_unix_here()) skip();
    dial(DIALER_COMMAND, u"lo", u"echo failed 691 >&3; sleep 60", 0);
    WAIT_UNTIL(got.results == 1, 8000);
    assert_int_equal(got.result, ST_AUTHENTICATION_FAILURE);
    dial(DIALER_COMMAND, u"lo", u"echo failed 676 >&3; exit 77", 0);
    WAIT_UNTIL(got.results == 2, 8000);
    assert_int_equal(got.result, ST_LINE_BUSY);
    dial(DIALER_COMMAND, u"lo", u"exit 77", 0);
    WAIT_UNTIL(got.results == 3, 8000);
    assert_int_equal(got.result, ST_AUTHENTICATION_FAILURE);
    dial(DIALER_COMMAND, u"lo", u"echo ready address=10.8.0 >&3; sleep 60", 0);
    WAIT_UNTIL(got.results == 4, 8000);
    assert_int_equal(got.result, ST_CAN_NOT_COMPLETE);
    assert_true(log_has("address= is no address"));
    dial(DIALER_COMMAND, u"lo", u"echo ready >&3; sleep 0.3; echo failed 678 >&3; sleep 60", 0);
    WAIT_UNTIL(got.results == 5, 8000);
    assert_int_equal(got.result, ST_OK);
    WAIT_UNTIL(got.downs == 1, 8000);
    assert_int_equal(got.reason, ST_NO_ANSWER);
}

static void test_a_program_that_is_not_there(void **state)
{
    (void)state;
    if (!wine_unix_here()) skip();
    dial(DIALER_COMMAND, u"lo", u"opnvpn --config x", 0);
    WAIT_UNTIL(got.results == 1, 8000);
    assert_int_equal(got.result, ST_CAN_NOT_COMPLETE);
    assert_true(log_has("opnvpn: not found"));
    assert_true(log_has("does not find the program that Command names"));
}

/* Its own words, but no secret: not when it repeats its input, not on either descriptor. */
static void test_output_is_in_the_log(void **state)
{
    (void)state;
    if (!wine_unix_here()) skip();
    store_credentials(L"open sesame 4711");
    dial(DIALER_COMMAND, u"lo",
         u"cat; echo out; echo err >&2; printf 'no end'; echo note open sesame 4711 >&3;"
         u" head -c 5000 /dev/zero | tr '\\0' x; exit 3",
         0);
    WAIT_UNTIL(got.results == 1, 8000);
    assert_true(log_has("\"wan\" says: password=***"));
    assert_true(log_has("says: out"));
    assert_true(log_has("says: err"));
    assert_true(log_has("says: no end"));
    assert_true(log_has("reports: note ***"));
    assert_true(log_has("ended with status 3"));
    assert_false(log_has("sesame"));
    assert_int_equal(secret_store_remove(SECRET_DIAL, L"wan"), ST_OK);
}

/* ---- adapters of one name ------------------------------------------------------------------- */

static struct host_adapter adapter(const char16_t *name, const char16_t *alias, uint32_t index)
{
    struct host_adapter a = {.up = true, .binding = {.host_index = index}};

    u16_copy(a.name, INTERFACE_NAME_MAX + 1, name);
    u16_copy(a.alias, INTERFACE_NAME_MAX + 1, alias);
    return a;
}

/* As Wine 8 lists a tun that was made three times: the addresses are the oldest one's. */
static void test_newest_of_one_name(void **state)
{
    struct host_adapter all[] = {adapter(u"{1}", u"lo", 1), adapter(u"{2}", u"tun9", 2),
                                 adapter(u"{3}", u"eth0", 3), adapter(u"{5}", u"tun9", 5),
                                 adapter(u"{4}", u"tun9", 4)};
    struct adapter_list list = {all, 5};

    (void)state;
    all[1].binding.count = 1;
    all[1].binding.local[0].address = 0x0A090001;
    adapters_keep_newest(&list);
    assert_int_equal(list.count, 3);
    assert_true(u16_equal(all[1].name, u"{5}"));
    assert_int_equal(all[1].binding.host_index, 5);
    assert_int_equal(all[1].binding.local[0].address, 0x0A090001);
    assert_true(u16_equal(all[2].alias, u"eth0"));
    assert_int_equal(adapters_index_now(2), 5);
    assert_int_equal(adapters_index_now(4), 5);
    assert_int_equal(adapters_index_now(5), 5);
    assert_int_equal(adapters_index_now(3), 3);
    list.count = 1;
    adapters_keep_newest(&list);
    assert_int_equal(adapters_index_now(2), 2);
}

/* The way of Windows, which Wine's processes can go, too. */
static char said[COMMAND_STREAMS][64];

static void on_said(void *context, enum command_stream stream, char *text, size_t size)
{
    (void)context;
    assert_true(size < sizeof(said[0]));
    memcpy(said[stream], text, size);
    said[stream][size] = 0;
}

static void test_windows_program_reads_input(void **state)
{
    static const struct blob input = {(uint8_t *)(uintptr_t) "one\ntwo\n\n\n", 10};
    const struct command_watcher listener = {NULL, on_exited, on_said};
    static const WCHAR copy[] = L"mpr-links-test-copy";
    struct command_run run = {NULL};
    WCHAR line[MAX_PATH + 64] = L"\"";

    (void)state;
    GetModuleFileNameW(NULL, line + 1, MAX_PATH);
    wcscat(line, L"\" copy");
    DeleteFileW(copy);
    for (int n = 0; n < COMMAND_STREAMS; n++) {
        run.readers[n].stream = (enum command_stream)n;
        run.readers[n].watcher = &listener;
    }
    assert_int_equal(command_windows_start(line, &input, &run), ST_OK);
    for (int n = 0; n < COMMAND_STREAMS; n++) assert_true(command_reader_start(&run.readers[n]));
    assert_int_equal(command_windows_run(&run), 0);
    for (int n = 0; n < COMMAND_STREAMS; n++) command_reader_finish(&run.readers[n]);
    assert_string_equal(said[COMMAND_OUTPUT], "copying");
    assert_string_equal(said[COMMAND_STATUS], "ready");
    assert_string_equal(text_of(copy), "one\ntwo\n\n\n");
    CloseHandle(run.process);
    CloseHandle(run.leash);
    DeleteFileW(copy);
}

/* The program of the test above. */
static int copy_input(void)
{
    HANDLE file =
        CreateFileA("mpr-links-test-copy", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD size, written;
    char bytes[64];

    printf("copying\n");
    fflush(stdout);
    WriteFile((HANDLE)(ULONG_PTR)strtoul(getenv("MPRAPI_STATUS_HANDLE"), NULL, 10), "ready\n", 6,
              &written, NULL);
    while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), bytes, sizeof(bytes), &size, NULL) && size)
        WriteFile(file, bytes, size, &written, NULL);
    return !CloseHandle(file);
}

/* Ends within the time that a stubborn program is given. */
static void test_stop_with_stubborn_program(void **state)
{
    ULONGLONG start = GetTickCount64();

    if (!wine_unix_here()) skip();
    dial(DIALER_COMMAND, u"lo", u"trap '' TERM; echo ready >&3; sleep 300; sleep 300", 0);
    WAIT_UNTIL(got.results == 1, 5000);
    Sleep(200);
    links_stop();
    assert_true(GetTickCount64() - start < 25000);
    assert_int_equal(set_up(state), 0);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH(test_adapters),
        WITH(test_existing),
        WITH(test_command_exit_is_the_disconnect),
        WITH(test_command_that_fails),
        WITH(test_hang_up_ends_the_program),
        WITH(test_program_cleans_up_after_the_router),
        WITH(test_command_stopped_at_once),
        WITH(test_command_reads_credentials),
        WITH(test_command_leaves_credentials),
        WITH(test_credentials_as_text),
        WITH(test_windows_program_reads_input),
        WITH(test_adapter_that_is_up_already),
        WITH(test_program_reports_ready),
        WITH(test_program_reports_failure),
        WITH(test_a_program_that_is_not_there),
        WITH(test_output_is_in_the_log),
        WITH(test_newest_of_one_name),
        WITH(test_stop_with_stubborn_program),
    };

    if (argc > 1 && !strcmp(argv[1], "copy")) return copy_input();
    if (argc > 1 && !strcmp(argv[1], "die")) return die_with_program();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
