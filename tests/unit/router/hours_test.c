/* Dial-out hours: form and meaning. */
#include "sim/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "router/ddm/dialout_hours.h"

#define AT(day, hour, minute) ((uint32_t)(((day)*24 + (hour)) * 60 + (minute)))

/* Texts are literals, whose own terminator ends the list. */
static const char16_t *const well_formed[] = {
    u"",
    u"0 00:00-24:00\0",
    u"6 23:59-24:00\0",
    u"2 09:00-12:00 13:00-17:30\0004 09:00-12:00 13:00-17:30\0",
    u"1 00:00-00:01\0001 08:00-09:00\0",
    u"3 10:00-12:00 11:00-13:00\0",
};

static const char16_t *const malformed[] = {
    u"7 09:00-12:00\0",
    u"x 09:00-12:00\0",
    u"-1 09:00-12:00\0",
    u"12 09:00-12:00\0",
    u"1\0",
    u"1 \0",
    u" 1 09:00-12:00\0",
    u"1  09:00-12:00\0",
    u"1 09:00-12:00 \0",
    u"1 9:00-12:00\0",
    u"1 09:00-12\0",
    u"1 09:00\0",
    u"1 09:00-\0",
    u"1 09.00-12.00\0",
    u"1 09:0a-12:00\0",
    u"1 09:60-12:00\0",
    u"1 25:00-26:00\0",
    u"1 09:00-24:01\0",
    u"1 12:00-12:00\0",
    u"1 22:00-02:00\0",
    u"1 09:00-12:00,13:00-14:00\0",
    u"1 09:00-12:00\0002 bad\0",
    u"1 \u0661\u0662:00-13:00\0",
};

static void test_form(void **state)
{
    (void)state;
    assert_true(dialout_hours_valid(NULL));
    for (size_t n = 0; n < sizeof(well_formed) / sizeof(well_formed[0]); n++) {
        assert_true(dialout_hours_valid(well_formed[n]));
    }
    for (size_t n = 0; n < sizeof(malformed) / sizeof(malformed[0]); n++) {
        if (dialout_hours_valid(malformed[n])) fail_msg("row %d was accepted", (int)n);
    }
}

/* Each prefix of a list, on a heap block of its exact size: the sanitizer sees a read too far. */
static void test_cut_short(void **state)
{
    static const char16_t whole[] = u"2 09:00-12:00 13:00-17:30";
    size_t units = sizeof(whole) / sizeof(whole[0]) - 1;

    (void)state;
    for (size_t length = 1; length <= units; length++) {
        char16_t *copy = calloc(length + 2, sizeof(*copy));

        assert_non_null(copy);
        memcpy(copy, whole, length * sizeof(*copy));
        assert_int_equal(dialout_hours_valid(copy), length == 13 || length == 25);
        free(copy);
    }
}

static void test_too_long(void **state)
{
    static char16_t list[DIALOUT_HOURS_MAX + 32];
    static const char16_t one[] = u"1 09:00-12:00";
    size_t used = 0;

    (void)state;
    while (used + 14 < DIALOUT_HOURS_MAX) {
        memcpy(list + used, one, sizeof(one));
        used += 14;
        assert_int_equal(dialout_hours_units(list),
                         used + 1 < DIALOUT_HOURS_MAX ? used + 1 : DIALOUT_HOURS_MAX);
    }
    memset(list, 0, sizeof(list));
    for (used = 0; used < DIALOUT_HOURS_MAX; used += 14) memcpy(list + used, one, sizeof(one));
    assert_false(dialout_hours_valid(list));
}

static void test_absent_allows_always(void **state)
{
    (void)state;
    for (uint32_t minute = 0; minute < MINUTES_A_WEEK; minute++) {
        assert_true(dialout_hours_allow(NULL, minute));
        assert_true(dialout_hours_allow(u"", minute));
    }
}

static void test_ranges(void **state)
{
    static const char16_t hours[] = u"2 09:00-12:00 13:00-17:30\0006 00:00-24:00\0";
    uint32_t allowed = 0;

    (void)state;
    assert_false(dialout_hours_allow(hours, AT(2, 8, 59)));
    assert_true(dialout_hours_allow(hours, AT(2, 9, 0)));
    assert_true(dialout_hours_allow(hours, AT(2, 11, 59)));
    assert_false(dialout_hours_allow(hours, AT(2, 12, 0)));
    assert_true(dialout_hours_allow(hours, AT(2, 17, 29)));
    assert_false(dialout_hours_allow(hours, AT(2, 17, 30)));
    assert_false(dialout_hours_allow(hours, AT(5, 23, 59)));
    assert_true(dialout_hours_allow(hours, AT(6, 0, 0)));
    assert_true(dialout_hours_allow(hours, AT(6, 23, 59)));
    assert_false(dialout_hours_allow(hours, AT(0, 0, 0)));
    for (uint32_t m = 0; m < MINUTES_A_WEEK; m++) allowed += dialout_hours_allow(hours, m);
    assert_int_equal(allowed, 3 * 60 + 4 * 60 + 30 + MINUTES_A_DAY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form),     cmocka_unit_test(test_cut_short),
        cmocka_unit_test(test_too_long), cmocka_unit_test(test_absent_allows_always),
        cmocka_unit_test(test_ranges),
    };

    return cmocka_run_group_tests_name("dial-out hours", tests, NULL, NULL);
}
