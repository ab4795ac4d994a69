/* Quantities with units, both ways, and their ranges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "mprctl/cli/quantity.h"

static void assert_value(enum quantity kind, const char *text, uint32_t expected)
{
    uint32_t value = ~expected;

    assert_true(quantity_parse(kind, text, &value));
    assert_int_equal(value, expected);
}

static void assert_text(enum quantity kind, uint32_t value, const char *expected)
{
    char *text = quantity_text(kind, value);

    assert_string_equal(text, expected);
    free(text);
}

static void lengths_of_time(void **state)
{
    static const char *const bad[] = {"",    "5",    "m",     "5 m", "-5m",    "5min",
                                      "1m1", "0x5m", "1h30m", "5MB", "49711d", "4294967296s"};
    uint32_t value = 0;

    (void)state;
    assert_value(QUANTITY_SECONDS, "90s", 90);
    assert_value(QUANTITY_SECONDS, "5M", 300);
    assert_value(QUANTITY_SECONDS, "8h", 28800);
    assert_value(QUANTITY_SECONDS, "49710d", 49710u * 86400u);
    assert_value(QUANTITY_SECONDS, "4294967295s", UINT32_MAX);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_false(quantity_parse(QUANTITY_SECONDS, bad[i], &value));
    assert_text(QUANTITY_SECONDS, 0, "0s");
    assert_text(QUANTITY_SECONDS, 90, "90s");
    assert_text(QUANTITY_SECONDS, 5400, "90m");
    assert_text(QUANTITY_SECONDS, 28800, "8h");
    assert_text(QUANTITY_SECONDS, 172800, "2d");
    assert_text(QUANTITY_SECONDS, UINT32_MAX, "4294967295s");
}

static void data(void **state)
{
    uint32_t value = 0;

    (void)state;
    assert_value(QUANTITY_KILOBYTES, "1024kb", 1024);
    assert_value(QUANTITY_KILOBYTES, "100MB", 102400);
    assert_value(QUANTITY_KILOBYTES, "4095GB", 4095u << 20);
    assert_false(quantity_parse(QUANTITY_KILOBYTES, "4096GB", &value));
    assert_false(quantity_parse(QUANTITY_KILOBYTES, "100", &value));
    assert_false(quantity_parse(QUANTITY_KILOBYTES, "100s", &value));
    assert_text(QUANTITY_KILOBYTES, 1025, "1025KB");
    assert_text(QUANTITY_KILOBYTES, 102400, "100MB");
    assert_text(QUANTITY_KILOBYTES, 1u << 20, "1GB");
}

static void numbers(void **state)
{
    uint32_t value = 0;

    (void)state;
    assert_value(QUANTITY_NUMBER, "15", 15);
    assert_value(QUANTITY_NUMBER, "0xF", 15);
    assert_false(quantity_parse(QUANTITY_NUMBER, "15s", &value));
    assert_text(QUANTITY_NUMBER, 3600, "3600");
}

static void ranges(void **state)
{
    static const char life[] = "5m-17279999s";
    uint32_t value = 7;

    (void)state;
    assert_true(quantity_take(QUANTITY_NUMBER, "1-15", "15", &value));
    assert_int_equal(value, 15);
    assert_false(quantity_take(QUANTITY_NUMBER, "1-15", "16", &value));
    assert_false(quantity_take(QUANTITY_NUMBER, "1-15", "0", &value));
    assert_int_equal(value, 15);
    assert_true(quantity_take(QUANTITY_SECONDS, life, "300s", &value));
    assert_true(quantity_take(QUANTITY_SECONDS, life, "17279999s", &value));
    assert_false(quantity_take(QUANTITY_SECONDS, life, "299s", &value));
    assert_false(quantity_take(QUANTITY_SECONDS, life, "200d", &value));
    assert_true(quantity_take(QUANTITY_KILOBYTES, "1MB-", "4095GB", &value));
    assert_false(quantity_take(QUANTITY_KILOBYTES, "1MB-", "1023KB", &value));
    assert_true(quantity_take(QUANTITY_SECONDS, NULL, "1s", &value));
}

static void defaults(void **state)
{
    static const char range[] = "default|5m-1d";
    uint32_t value = 7;
    char *text;

    (void)state;
    assert_true(quantity_take(QUANTITY_SECONDS, range, "Default", &value));
    assert_int_equal(value, 0);
    assert_true(quantity_take(QUANTITY_SECONDS, range, "1d", &value));
    assert_false(quantity_take(QUANTITY_SECONDS, range, "0s", &value));
    assert_false(quantity_take(QUANTITY_SECONDS, "5m-1d", "default", &value));
    text = quantity_show(QUANTITY_SECONDS, range, 0);
    assert_string_equal(text, "default");
    free(text);
    text = quantity_show(QUANTITY_SECONDS, "5m-1d", 300);
    assert_string_equal(text, "5m");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_of_time), cmocka_unit_test(data),     cmocka_unit_test(numbers),
        cmocka_unit_test(ranges),          cmocka_unit_test(defaults),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
