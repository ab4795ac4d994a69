#include "win32_test.h"

#include <stdio.h>
#include <string.h>

#include "base/utf16.h"
#include "win32/adapters.h"
#include "win32/command.h"
#include "win32/command_run.h"
#include "win32/links.h"

static struct {
    volatile LONG adapters, results, downs;
    mpr_status result, reason;
    uint32_t attempt;
    struct ip_binding binding;
} got;

static void on_adapters(void *context, const struct host_adapter *adapters, size_t count)
{
    (void)context, (void)adapters, (void)count;
    InterlockedIncrement(&got.adapters);
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

static int set_up(void **state)
{
    const struct links_sink sink = {NULL, on_adapters, on_result, on_down};

    (void)state;
    memset(&got, 0, sizeof(got));
    return (int)links_start(&sink, 200);
}

static int tear_down(void **state)
{
    (void)state;
    links_stop();
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
    links_hang_up(1, 42);
    dial(DIALER_EXISTING, u"no-such-adapter", u"", 0);
    WAIT_UNTIL(got.results == 2, 5000);
    assert_int_equal(got.result, ST_INTERFACE_HAS_NO_DEVICES);
    assert_int_equal(got.downs, 0);
}

static void test_command_exit_is_the_disconnect(void **state)
{
    (void)state;
    if (!command_on_wine()) skip();
    dial(DIALER_COMMAND, u"lo", u"sleep 0.7", 0);
    WAIT_UNTIL(got.results == 1, 5000);
    assert_int_equal(got.result, ST_OK);
    WAIT_UNTIL(got.downs == 1, 5000);
    assert_int_equal(got.reason, ST_INTERFACE_DISCONNECTED);
}

static void test_command_that_fails(void **state)
{
    (void)state;
    if (!command_on_wine()) skip();
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
    if (!command_on_wine()) skip();
    DeleteFileW(mark);
    dial(DIALER_COMMAND, u"lo",
         u"trap 'touch /tmp/mpr-links-test-mark; exit' TERM; sleep 60 & wait", 0);
    WAIT_UNTIL(got.results == 1, 5000);
    Sleep(300);
    links_hang_up(1, 42);
    WAIT_UNTIL(file_exists(mark), 5000);
    DeleteFileW(mark);
    assert_int_equal(got.downs, 0);
}

static volatile LONG exited_code = -1;

static void on_exited(void *context, struct command *command, uint32_t code)
{
    (void)context, (void)command;
    InterlockedExchange(&exited_code, (LONG)code);
}

static void test_command_stopped_at_once(void **state)
{
    struct command *c = NULL;

    (void)state;
    if (!command_on_wine()) skip();
    for (int i = 0; i < 5; i++) {
        exited_code = -1;
        assert_int_equal(command_start(u"exec sleep 60", on_exited, NULL, &c), ST_OK);
        command_stop(c);
        command_stop(c);
        command_free(c);
        assert_true(exited_code > 0);
    }
    assert_int_equal(command_start(u"exit 7", on_exited, NULL, &c), ST_OK);
    WAIT_UNTIL(exited_code == 7, 5000);
    command_free(c);
}

/* Ends within the time that a stubborn program is given. */
static void test_stop_with_stubborn_program(void **state)
{
    ULONGLONG start = GetTickCount64();

    if (!command_on_wine()) skip();
    dial(DIALER_COMMAND, u"lo", u"trap '' TERM; sleep 30; sleep 30", 0);
    WAIT_UNTIL(got.results == 1, 5000);
    Sleep(200);
    links_stop();
    assert_true(GetTickCount64() - start < 9000);
    assert_int_equal(set_up(state), 0);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(test_adapters),
        WITH(test_existing),
        WITH(test_command_exit_is_the_disconnect),
        WITH(test_command_that_fails),
        WITH(test_hang_up_ends_the_program),
        WITH(test_command_stopped_at_once),
        WITH(test_stop_with_stubborn_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
