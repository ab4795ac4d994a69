/* Reports as tables, records and JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mprctl/cli/json.h"
#include "mprctl/cli/report.h"
#include "mprctl/cli/width.h"

static const struct column columns[] = {
    {"name", "Name", CELL_TEXT, false},
    {"metric", "Metric", CELL_NUMBER, false},
    {"up", "Up", CELL_FLAG, false},
    {"note", "Note", CELL_TEXT, true},
};

static void add(struct report *r, const char *name, unsigned metric, const char *note)
{
    report_text(r, name);
    report_number(r, metric);
    report_flag(r, metric != 0);
    report_text(r, note);
}

static void expect_text(const struct report *r, size_t width, const char *expected)
{
    struct text out = {0};

    report_print_text(r, width, &out);
    assert_string_equal(text_of(&out), expected);
    text_free(&out);
}

static void expect_json(const struct report *r, const char *expected)
{
    struct text out = {0};

    report_print_json(r, &out);
    assert_string_equal(text_of(&out), expected);
    text_free(&out);
}

static void tables(void **state)
{
    struct report r = {0};

    (void)state;
    report_table(&r, "things", "Things", columns, 4);
    expect_text(&r, 0, "Name  Metric  Up\n----  ------  --\n(none)\n");
    expect_json(&r, "{\"things\":[]}\n");
    add(&r, "Branch", 5, NULL);
    add(&r, "Zweigstelle K\xC3\xB6ln", 0, "a\"b");
    assert_int_equal(report_rows(&r), 2);
    expect_text(&r, 0,
                "Name              Metric  Up\n"
                "----------------  ------  ---\n"
                "Branch                 5  yes\n"
                "Zweigstelle K\xC3\xB6ln       0  no\n");
    expect_text(&r, 23,
                "Name        Metric  Up\n"
                "----------  ------  ---\n"
                "Branch           5  yes\n"
                "Zweigstel\xE2\x80\xA6       0  no\n");
    expect_text(&r, 12,
                "Name    Branch\nMetric  5\nUp      yes\nNote    -\n\n"
                "Name    Zweigstelle K\xC3\xB6ln\nMetric  0\nUp      no\nNote    a\"b\n");
    expect_json(&r, "{\"things\":[{\"name\":\"Branch\",\"metric\":5,\"up\":true,\"note\":null},"
                    "{\"name\":\"Zweigstelle K\xC3\xB6ln\",\"metric\":0,\"up\":false,"
                    "\"note\":\"a\\\"b\"}]}\n");
    report_free(&r);
}

static void records_and_sentences(void **state)
{
    struct report r = {0};

    (void)state;
    report_record(&r, "thing", "Thing", columns, 4);
    expect_json(&r, "{\"thing\":null}\n");
    add(&r, "x", 1, "y");
    report_say(&r, "%s %d", "done", 1);
    expect_text(&r, 0, "Name    x\nMetric  1\nUp      yes\nNote    y\n\ndone 1\n");
    expect_json(&r, "{\"thing\":{\"name\":\"x\",\"metric\":1,\"up\":true,\"note\":\"y\"},"
                    "\"done\":\"done 1\"}\n");
    report_table(&r, "others", "Others", columns, 1);
    report_text(&r, "z");
    expect_text(
        &r, 0,
        "Thing\nName    x\nMetric  1\nUp      yes\nNote    y\n\nOthers\nName\n----\nz\n\ndone 1\n");
    report_free(&r);
    report_say(&r, "alone");
    expect_text(&r, 0, "alone\n");
    expect_json(&r, "{\"done\":\"alone\"}\n");
    report_free(&r);
}

static void expect_quoted(const char *value, const char *expected)
{
    struct text out = {0};

    json_add_string(&out, value);
    assert_string_equal(text_of(&out), expected);
    text_free(&out);
}

static void json_strings(void **state)
{
    (void)state;
    expect_quoted("", "\"\"");
    expect_quoted("a\\b\"c/", "\"a\\\\b\\\"c/\"");
    expect_quoted("\b\f\n\r\t\x01\x1f\x7f", "\"\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\"");
    expect_quoted("\xE2\x82\xAC \xF0\x9F\x98\x80", "\"\xE2\x82\xAC \xF0\x9F\x98\x80\"");
    /* Stray, overlong, surrogate, beyond the last, cut off. */
    expect_quoted("\x80|\xC0\x80|\xED\xA0\x80|\xF4\x90\x80\x80|\xE2\x82",
                  "\"\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD|"
                  "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

static void widths(void **state)
{
    struct text out = {0};

    (void)state;
    assert_int_equal(width_of("abc"), 3);
    assert_int_equal(width_of("\xE4\xB8\xAD\xE6\x96\x87"), 4); /* two wide ones */
    assert_int_equal(width_of("a\xCC\x88"), 1);                /* a combining one */
    width_add(&out, "\xE4\xB8\xAD\xE6\x96\x87", 4, false);
    text_add(&out, "|");
    width_add(&out, "\xE4\xB8\xAD\xE6\x96\x87", 3, false); /* half of one is none */
    text_add(&out, "|");
    width_add(&out, "a\x1b[2J", 8, true);
    assert_string_equal(text_of(&out),
                        "\xE4\xB8\xAD\xE6\x96\x87|\xE4\xB8\xAD\xE2\x80\xA6|   a?[2J");
    text_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables),
        cmocka_unit_test(records_and_sentences),
        cmocka_unit_test(json_strings),
        cmocka_unit_test(widths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
