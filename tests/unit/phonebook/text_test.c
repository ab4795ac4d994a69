/* Pieces of text of a phone book: lines at their limits, encodings, numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf16.h"
#include "phonebook/scan.h"

/* ---- encodings ------------------------------------------------------------------------------- */

/* Every octet from 0x80 on as Windows-1252 has it; five of them have no character there. */
static void windows_1252(void **state)
{
    static const char16_t high[] = u"\u20AC\x81\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030"
                                   u"\u0160\u2039\u0152\x8D\u017D\x8F"
                                   u"\x90\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122"
                                   u"\u0161\u203A\u0153\x9D\u017E\u0178";

    (void)state;
    for (unsigned octet = 0x80; octet < 0x100; octet++) {
        const char text[] = {'a', (char)octet, 'b'};
        char16_t units[4];

        assert_int_equal(slice_decode((struct slice){text, 3}, units, 4), 3);
        assert_int_equal(units[0], 'a');
        assert_int_equal(units[1], octet < 0xA0 ? high[octet - 0x80] : octet);
        assert_int_equal(units[2], 'b');
        assert_int_equal(units[3], 0);
    }
}

/* A character of UTF-8 lies anywhere in a long text. */
static void utf8_at_any_place(void **state)
{
    static const struct {
        const char *bytes;
        size_t units;
        char16_t first;
    } rows[] = {
        {"\xC3\xA9", 1, 0xE9}, {"\xE2\x82\xAC", 1, 0x20AC}, {"\xF0\x9F\x98\x80", 2, 0xD83D}};
    char text[200];
    char16_t units[200];

    (void)state;
    for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        for (size_t at = 0; at < 130; at++) {
            size_t size = strlen(rows[n].bytes);

            memset(text, 'x', sizeof(text));
            memcpy(text + at, rows[n].bytes, size);
            assert_int_equal(slice_decode((struct slice){text, 140}, units, 200),
                             140 - size + rows[n].units);
            assert_int_equal(units[at], rows[n].first);
            assert_int_equal(units[at + rows[n].units], 'x');
            text[at + size - 1] = 'x'; /* broken off: the text is no UTF-8, so all of it is 1252 */
            assert_int_equal(slice_decode((struct slice){text, 140}, units, 200), 140);
            assert_int_equal(units[at + size - 1], 'x');
        }
    }
}

/* The terminator needs room; without it there is an empty text. */
static void room_for_text(void **state)
{
    const struct slice texts[] = {slice_of("abcd"), slice_of("ab\x80\x81")};
    char16_t units[5];

    (void)state;
    for (size_t n = 0; n < 2; n++) {
        assert_int_equal(slice_decode(texts[n], units, 5), 4);
        assert_int_equal(units[4], 0);
        units[0] = 7;
        assert_int_equal(slice_decode(texts[n], units, 4), SIZE_MAX);
        assert_int_equal(units[0], 0);
        units[0] = 7;
        assert_int_equal(slice_decode(texts[n], units, 0), SIZE_MAX);
        assert_int_equal(units[0], 7);
    }
}

static void marks(void **state)
{
    const struct slice marked = slice_of("\xEF\xBB\xBFx"), bare = slice_of("\xEF\xBB");

    (void)state;
    assert_int_equal(slice_mark(marked).size, 3);
    assert_int_equal(slice_mark((struct slice){marked.at, 3}).size, 3);
    assert_int_equal(slice_mark(bare).size, 0);
    assert_int_equal(slice_mark(slice_of("abc")).size, 0);
}

/* ---- comparison ------------------------------------------------------------------------------ */

static void comparison(void **state)
{
    (void)state;
    assert_true(slice_equal(slice_of("Key"), slice_of("Key")));
    assert_false(slice_equal(slice_of("Key"), slice_of("key")));
    assert_false(slice_equal(slice_of("Key"), slice_of("Keys")));
    assert_true(slice_equal((struct slice){NULL, 0}, slice_of("")));
    assert_true(slice_equal_nocase(slice_of("azAZ09"), slice_of("AZaz09")));
    assert_false(slice_equal_nocase(slice_of("Key"), slice_of("Keys")));
    /* What lies beside the letters has no case. */
    assert_false(slice_equal_nocase(slice_of("@"), slice_of("`")));
    assert_false(slice_equal_nocase(slice_of("["), slice_of("{")));
    assert_false(slice_equal_nocase(slice_of("\xC4"), slice_of("\xE4")));
}

/* ---- numbers --------------------------------------------------------------------------------- */

static void numbers(void **state)
{
    static const struct {
        const char *text;
        bool valid;
        unsigned long value;
    } rows[] = {{"0", true, 0},
                {"9", true, 9},
                {"10", true, 10},
                {"00000000012", true, 12},
                {"000000000012", false, 0}, /* twelve characters */
                {"4294967295", true, 0xFFFFFFFF},
                {"4294967296", false, 0},
                {"-1", true, 0xFFFFFFFF},
                {"-0", true, 0},
                {"-2147483648", true, 0x80000000},
                {"-2147483649", false, 0},
                {"", false, 0},
                {"-", false, 0},
                {"--1", false, 0},
                {"1-", false, 0},
                {"+1", false, 0},
                {"1/", false, 0},
                {"1:", false, 0},
                {" 1", false, 0}};

    (void)state;
    for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        unsigned long value = 7;

        assert_int_equal(slice_number(slice_of(rows[n].text), &value), rows[n].valid);
        assert_int_equal(value, rows[n].value);
    }
}

/* ---- lines ----------------------------------------------------------------------------------- */

static struct line only_line(const char *text, size_t size)
{
    struct slice rest = {text, size};
    struct line line;

    assert_true(line_next(&rest, &line));
    assert_int_equal(rest.size, 0);
    assert_int_equal(line.raw.size, size);
    assert_false(line_next(&rest, &line) && rest.size);
    return line;
}

static void kinds_of_line(void **state)
{
    static const struct {
        const char *text, *key, *value;
        enum line_kind kind;
        bool fault;
    } rows[] = {{"\n", "", "", LINE_BLANK, false},
                {" \t\r\n", "", "", LINE_BLANK, false},
                {"[a]\n", "a", "", LINE_SECTION, false},
                {" [ a ] \r\n", " a ", "", LINE_SECTION, false},
                {"[]", "", "", LINE_SECTION, true},
                {"[ \t]", " \t", "", LINE_SECTION, true},
                {"[", "", "", LINE_SECTION, true},
                {"[a", "a", "", LINE_SECTION, true},
                {"k=v", "k", "v", LINE_KEY, false},
                {"\t k = v=w \r\n", "k", "v=w", LINE_KEY, false},
                {"k=", "k", "", LINE_KEY, false},
                {"=v", "", "v", LINE_FAULTY, true},
                {" =", "", "", LINE_FAULTY, true},
                {"k", "", "", LINE_FAULTY, true},
                {"\xEF\xBB\xBF[a]", "a", "", LINE_SECTION, false},
                {"\xEF\xBB\xBF", "", "", LINE_BLANK, false},
                {"\xEF=1", "\xEF", "1", LINE_KEY, false}};

    (void)state;
    for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        struct line line = only_line(rows[n].text, strlen(rows[n].text));

        assert_int_equal(line.kind, rows[n].kind);
        assert_true(slice_equal(line.key, slice_of(rows[n].key)));
        assert_true(slice_equal(line.value, slice_of(rows[n].value)));
        assert_int_equal(line.fault != NULL, rows[n].fault);
    }
}

/* A line of the longest size, then one more octet: it is faulty, but a section begins all the same.
 */
static void longest_line(void **state)
{
    char *text = malloc(LINE_SIZE_MAX + 2);

    (void)state;
    assert_non_null(text);
    memset(text, ' ', LINE_SIZE_MAX + 2);
    text[0] = 'k';
    text[1] = '=';
    assert_int_equal(only_line(text, LINE_SIZE_MAX).kind, LINE_KEY);
    assert_int_equal(only_line(text, LINE_SIZE_MAX + 1).kind, LINE_FAULTY);
    text[LINE_SIZE_MAX] = '\n'; /* the line end does not count */
    assert_int_equal(only_line(text, LINE_SIZE_MAX + 1).kind, LINE_KEY);
    text[0] = '[';
    text[1] = 'k';
    text[2] = ']';
    assert_null(only_line(text, LINE_SIZE_MAX).fault);
    text[LINE_SIZE_MAX] = ' ';
    assert_int_equal(only_line(text, LINE_SIZE_MAX + 1).kind, LINE_SECTION);
    assert_non_null(only_line(text, LINE_SIZE_MAX + 1).fault);
    free(text);
}

static void longest_name(void **state)
{
    char text[ENTRY_NAME_BYTES_MAX + 3];

    (void)state;
    memset(text, 'n', sizeof(text));
    text[0] = '[';
    text[ENTRY_NAME_BYTES_MAX + 1] = ']';
    assert_null(only_line(text, ENTRY_NAME_BYTES_MAX + 2).fault);
    text[ENTRY_NAME_BYTES_MAX + 1] = 'n';
    text[ENTRY_NAME_BYTES_MAX + 2] = ']';
    assert_non_null(only_line(text, ENTRY_NAME_BYTES_MAX + 3).fault);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_1252),  cmocka_unit_test(utf8_at_any_place),
        cmocka_unit_test(room_for_text), cmocka_unit_test(marks),
        cmocka_unit_test(comparison),    cmocka_unit_test(numbers),
        cmocka_unit_test(kinds_of_line), cmocka_unit_test(longest_line),
        cmocka_unit_test(longest_name),
    };

    return cmocka_run_group_tests_name("text of phone books", tests, NULL, NULL);
}
