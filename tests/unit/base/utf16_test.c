#include "unit/base/fail_alloc.h"

#include "base/utf16.h"

#include <string.h>

static void test_lengths_and_copies(void **state)
{
    char16_t target[4];

    (void)state;

    assert_int_equal(u16_length(u"abc", 10), 3);
    assert_int_equal(u16_length(u"abc", 2), 2);
    assert_true(u16_copy(target, 4, u"abc"));
    assert_true(u16_equal(target, u"abc"));
    assert_false(u16_copy(target, 4, u"abcd"));
    assert_true(u16_equal(target, u""));
    assert_false(u16_copy(target, 0, u""));
    u16_copy_cut(target, 4, u"ab");
    assert_true(u16_equal(target, u"ab"));
    u16_copy_cut(target, 4, u"abcd");
    assert_true(u16_equal(target, u"abc"));
    u16_copy_cut(target, 1, u"a");
    assert_true(u16_equal(target, u""));
    assert_false(u16_equal(u"a", u"ab"));
}

static void test_folding(void **state)
{
    (void)state;
    assert_true(u16_equal_nocase(u"Interface 1", u"iNTERFACE 1"));
    assert_true(u16_equal_nocase(u"stra\u00dfe \u00fc\u00ff\u017e\u0101",
                                 u"STRA\u00dfE \u00dc\u0178\u017d\u0100"));
    assert_true(u16_equal_nocase(u"\u03b1\u03ac\u03c2\u03ce", u"\u0391\u0386\u03a3\u038f"));
    assert_true(u16_equal_nocase(u"\u0436\u0451\u04cf", u"\u0416\u0401\u04c0"));
    assert_false(u16_equal_nocase(u"\u00f7", u"\u00d7"));
    assert_false(u16_equal_nocase(u"abc", u"abcd"));
    assert_int_equal(u16_fold(0x0131), 0x0131);
}

/* Folding twice is folding once, and what is upper case stays. */
static void test_folding_is_idempotent(void **state)
{
    (void)state;
    for (uint32_t unit = 0; unit <= 0xFFFF; unit++) {
        char16_t folded = u16_fold((char16_t)unit);

        assert_int_equal(u16_fold(folded), folded);
    }
}

/* A sum over what every unit folds to, made from Unicode's simple upper-case mappings
 * (UnicodeData.txt, as Python's str.upper has them): ASCII, U+00E0-U+017E without dotless i,
 * U+03AC-U+03CE and U+0430-U+052F; everything else stays. */
static void test_folding_is_that_of_unicode(void **state)
{
    uint32_t sum = 2166136261u, changed = 0;

    (void)state;

    for (uint32_t unit = 0; unit <= 0xFFFF; unit++) {
        char16_t folded = u16_fold((char16_t)unit);

        sum = (sum ^ folded) * 16777619u;
        changed += folded != unit;
    }
    assert_int_equal(changed, 300);
    assert_int_equal(sum, 0x723480edu);
}

static void test_fold_copy(void **state)
{
    char16_t target[4];

    (void)state;

    assert_int_equal(u16_fold_copy(target, 4, u"aB"), 2);
    assert_true(u16_equal(target, u"AB"));
    assert_int_equal(u16_fold_copy(target, 4, u"abcdef"), 3);
    assert_true(u16_equal(target, u"ABC"));
    assert_int_equal(u16_fold_copy(target, 0, u"a"), 0);
}

static void test_multi_strings(void **state)
{
    static const char16_t two[] = u"ab\0c\0";

    (void)state;

    assert_int_equal(u16_multi_units(two, 100), 6);
    assert_int_equal(u16_multi_units(u"\0", 100), 2);
    assert_int_equal(u16_multi_units(two, 4), 4);
    assert_int_equal(u16_multi_units(two, 2), 2);
    assert_int_equal(u16_multi_units(two, 0), 0);
}

static void test_every_code_point_survives(void **state)
{
    char16_t units[3];
    char bytes[5];

    (void)state;

    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        char16_t s[2] = {(char16_t)code, 0};
        size_t n = 1, size;

        if (code >= 0xD800 && code <= 0xDFFF) continue;
        if (code > 0xFFFF) {
            s[0] = (char16_t)(0xD7C0 + (code >> 10));
            s[1] = (char16_t)(0xDC00 + (code & 0x3FF));
            n = 2;
        }
        size = u16_to_utf8(bytes, sizeof(bytes), s, n);
        assert_int_equal(size, code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
        assert_int_equal(u16_from_utf8(units, 3, bytes, size), n);
        assert_memory_equal(units, s, n * sizeof(s[0]));
        assert_int_equal(u16_from_utf8(units, n, bytes, size), SIZE_MAX);
        assert_int_equal(u16_to_utf8(bytes, size, s, n), SIZE_MAX);
    }
}

static void test_invalid_utf8(void **state)
{
    static const char *const invalid[] = {
        "\x80",         "\xC0\x80",     "\xC1\xBF",         "\xC3",
        "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
        "\xF5\x80",     "\xFF",         "a\xE2\x82",        "\xE2\x28\xA1",
    };
    char16_t target[16];

    (void)state;

    for (size_t i = 0; i < sizeof(invalid) / sizeof(invalid[0]); i++) {
        assert_int_equal(u16_from_utf8(target, 16, invalid[i], strlen(invalid[i])), SIZE_MAX);
    }
}

static void test_lone_surrogates_are_replaced(void **state)
{
    static const char16_t lone[] = {0xD800, u'a', 0xDC00, 0xD800};
    static const char16_t pairs[][2] = {
        {0xD800, 0xDBFF}, {0xDC00, 0xDC00}, {0xDFFF, 0xDC00}, {0xDC00, 0xD800}};
    char bytes[16];

    (void)state;

    assert_int_equal(u16_to_utf8(bytes, sizeof(bytes), lone, 4), 10);
    assert_string_equal(bytes, "\xEF\xBF\xBD"
                               "a\xEF\xBF\xBD\xEF\xBF\xBD");
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        assert_int_equal(u16_to_utf8(bytes, sizeof(bytes), pairs[i], 2), 6);
        assert_string_equal(bytes, "\xEF\xBF\xBD\xEF\xBF\xBD");
    }
    assert_int_equal(u16_to_utf8(bytes, sizeof(bytes), u"\xDBFF\xE000", 2), 6);
    assert_string_equal(bytes, "\xEF\xBF\xBD\xEE\x80\x80");
}

static void test_dup(void **state)
{
    char16_t *copy;

    (void)state;

    fail_alloc_begin(2);
    copy = u16_dup(u"abc");
    assert_true(u16_equal(copy, u"abc"));
    mem_free(copy);
    assert_null(u16_dup(u"abc"));
    assert_true(fail_alloc_end());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lengths_and_copies),
        cmocka_unit_test(test_folding),
        cmocka_unit_test(test_folding_is_idempotent),
        cmocka_unit_test(test_folding_is_that_of_unicode),
        cmocka_unit_test(test_fold_copy),
        cmocka_unit_test(test_multi_strings),
        cmocka_unit_test(test_every_code_point_survives),
        cmocka_unit_test(test_invalid_utf8),
        cmocka_unit_test(test_lone_surrogates_are_replaced),
        cmocka_unit_test(test_dup),
    };

    return cmocka_run_group_tests_name("utf16", tests, NULL, NULL);
}
