/* Scripts: words, quotes, lines that commands read; quoting and reading are the same both ways. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "mprctl/cli/script.h"

static void expect_words(struct script *s, size_t count, const char *const *expected)
{
    size_t got = 0;
    char **words = NULL;

    assert_int_equal(script_next(s, &words, &got), SCRIPT_COMMAND);
    assert_int_equal(got, count);
    for (size_t i = 0; i < count; i++) assert_string_equal(words[i], expected[i]);
    words_free(words, got);
}

static void commands(void **state)
{
    static const char *const first[] = {"a", "name=Head office", "c#d"};
    static const char *const second[] = {"two\nlines", "say \"x\"", "", "C:\\dir\\"};
    static const char *const third[] = {"last"};
    struct script s;
    char **words = NULL;
    size_t count = 0;

    (void)state;
    script_begin(&s, "\xEF\xBB\xBF# a remark\r\n\n  a\tname=\"Head office\" c#d \r\n"
                     "\"two\nlines\" \"say \"\"x\"\"\" \"\" C:\\dir\\\n  # another\nlast");
    expect_words(&s, 3, first);
    assert_int_equal(s.began, 3);
    expect_words(&s, 4, second);
    assert_int_equal(s.began, 4);
    expect_words(&s, 1, third);
    assert_int_equal(s.began, 7);
    assert_int_equal(script_next(&s, &words, &count), SCRIPT_END);
    assert_null(words);
    assert_int_equal(count, 0);
}

static void lines_for_commands(void **state)
{
    static const char *const first[] = {"set"}, *const second[] = {"get"};
    struct script s;
    char *line;

    (void)state;
    script_begin(&s, "set\n# no \"remark\"\r\nget\n\n");
    expect_words(&s, 1, first);
    line = script_line(&s);
    assert_string_equal(line, "# no \"remark\"");
    text_wipe(line);
    expect_words(&s, 1, second);
    line = script_line(&s);
    assert_string_equal(line, "");
    text_wipe(line);
    assert_null(script_line(&s));
}

static void open_quotes(void **state)
{
    struct script s;
    char **words = NULL;
    size_t count = 0;

    (void)state;
    script_begin(&s, "a \"b\nc");
    assert_int_equal(script_next(&s, &words, &count), SCRIPT_OPEN_QUOTE);
    assert_null(words);
}

static void quoting_is_undone(void **state)
{
    static const char *const values[] = {"",  "a",    "a b",    "\"",    "\"\"",
                                         "#", "a\nb", "x\ty\r", "\\\"\\"};

    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
        struct text t = {0};
        struct script s;

        script_quote(&t, values[i]);
        script_begin(&s, text_of(&t));
        expect_words(&s, 1, &values[i]);
        text_free(&t);
    }
}

/* Any octets: words or an end, and never beyond it. */
static void any_text(void **state)
{
    uint32_t seed = 7;

    (void)state;
    for (int n = 0; n < 20000; n++) {
        char text[24] = {0};
        struct script s;
        size_t count = 0;
        char **words = NULL;
        int steps = 0;

        for (size_t i = 0; i + 1 < sizeof(text); i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = "a \"#\n\r="[seed >> 16 & 7];
        }
        script_begin(&s, text);
        while (script_next(&s, &words, &count) == SCRIPT_COMMAND) {
            assert_true(count > 0);
            words_free(words, count);
            assert_true(steps++ < 24);
        }
        assert_null(words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands),    cmocka_unit_test(lines_for_commands),
        cmocka_unit_test(open_quotes), cmocka_unit_test(quoting_is_undone),
        cmocka_unit_test(any_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
