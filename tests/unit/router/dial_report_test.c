/* What a dialer's program says: lines, exit statuses, and what the log shows of it. */
#include "sim/support/cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "base/utf16.h"
#include "router/ddm/dial_report.h"

static const char *parse(const char *line, struct dial_report *ret)
{
    return dial_report_parse(line, strlen(line), ret);
}

static void ready(void **state)
{
    struct dial_report r;

    (void)state;
    assert_null(parse("ready", &r));
    assert_int_equal(r.kind, DIAL_REPORT_READY);
    assert_int_equal(r.adapter[0], 0);
    assert_false(r.has_address);
    assert_null(parse(" ready\tadapter=tun9 address=10.8.0.2/24  peer=10.8.0.1 "
                      "dns=10.8.0.1,9.9.9.9 \r",
                      &r));
    assert_int_equal(r.kind, DIAL_REPORT_READY);
    assert_true(u16_equal(r.adapter, u"tun9"));
    assert_true(r.has_address);
    assert_int_equal(r.address, 0x0A080002);
    assert_int_equal(r.mask, 0xFFFFFF00);
    assert_int_equal(r.peer, 0x0A080001);
    assert_int_equal(r.dns_count, 2);
    assert_int_equal(r.dns[1], 0x09090909);
    assert_null(parse("ready address=192.0.2.255", &r));
    assert_int_equal(r.mask, 0xFFFFFFFF);
    assert_null(parse("ready address=192.0.2.1/32 mtu=1400", &r)); /* of a later version */
    assert_int_equal(r.mask, 0xFFFFFFFF);
    assert_null(parse("ready dns=1.1.1.1,2.2.2.2,3.3.3.3,4.4.4.4,5.5.5.5", &r));
    assert_int_equal(r.dns_count, DIAL_REPORT_DNS_MAX);
}

static void malformed_ready(void **state)
{
    static const char *const lines[] = {"ready tun9",
                                        "ready adapter=",
                                        "ready adapter=\xff",
                                        "ready address=",
                                        "ready address=10.8.0",
                                        "ready address=10.8.0.256",
                                        "ready address=1.2.3.4/",
                                        "ready address=1.2.3.4/0",
                                        "ready address=1.2.3.4/33",
                                        "ready address=1.2.3.4.5",
                                        "ready address=1.2.3.",
                                        "ready address=0.0.0.0",
                                        "ready peer=here",
                                        "ready peer=1.2.3.4/24",
                                        "ready dns=",
                                        "ready dns=1.2.3.4,,1.2.3.5",
                                        "ready dns=,1.2.3.4"};
    struct dial_report r;
    char longest[400];

    (void)state;
    for (size_t n = 0; n < sizeof(lines) / sizeof(lines[0]); n++) {
        assert_non_null(parse(lines[n], &r));
        assert_int_equal(r.kind, DIAL_REPORT_READY);
    }
    memset(longest, 'x', sizeof(longest));
    snprintf(longest, sizeof(longest), "ready adapter=");
    longest[14] = 'x';
    assert_non_null(dial_report_parse(longest, sizeof(longest), &r));
    assert_null(dial_report_parse(longest, 14 + DIAL_TEXT_MAX - 1, &r));
}

static void failed(void **state)
{
    static const char *const malformed[] = {"failed",     "failed x",           "failed 0",
                                            "failed 600", "failed 99999999999", "failed -1",
                                            "failed 691x"};
    struct dial_report r;

    (void)state;
    assert_null(parse("failed 691 the server said no", &r));
    assert_int_equal(r.kind, DIAL_REPORT_FAILED);
    assert_int_equal(r.error, ST_AUTHENTICATION_FAILURE);
    assert_null(parse("failed 4294967295", &r));
    assert_int_equal(r.error, 0xFFFFFFFF);
    for (size_t n = 0; n < sizeof(malformed) / sizeof(malformed[0]); n++) {
        assert_non_null(parse(malformed[n], &r));
        assert_int_equal(r.kind, DIAL_REPORT_FAILED);
        assert_int_equal(r.error, ST_CAN_NOT_COMPLETE);
    }
}

static void something_else(void **state)
{
    static const char *const lines[] = {"",      "  ",         "\r",      "readyx",
                                        "READY", "progress 5", "\xff\xfe"};
    struct dial_report r;

    (void)state;
    for (size_t n = 0; n < sizeof(lines) / sizeof(lines[0]); n++) {
        assert_null(parse(lines[n], &r));
        assert_int_equal(r.kind, DIAL_REPORT_NONE);
    }
}

static void exit_statuses(void **state)
{
    (void)state;
    assert_int_equal(dial_report_exit(77), ST_AUTHENTICATION_FAILURE);
    assert_int_equal(dial_report_exit(19), ST_AUTHENTICATION_FAILURE);
    assert_int_equal(dial_report_exit(68), ST_NO_ANSWER);
    assert_int_equal(dial_report_exit(69), ST_NO_ANSWER);
    assert_int_equal(dial_report_exit(75), ST_LINE_BUSY);
    assert_int_equal(dial_report_exit(127), ST_CAN_NOT_COMPLETE);
    assert_int_equal(dial_report_exit(0), ST_CAN_NOT_COMPLETE);
    assert_int_equal(dial_report_exit(3), ST_CAN_NOT_COMPLETE);
    assert_non_null(strstr(dial_report_exit_text(127), "does not find the program"));
}

static void expect_clean(const char *line, const char *secret, const char *expected)
{
    char text[64];
    size_t size;

    snprintf(text, sizeof(text), "%s", line);
    size = dial_report_clean(text, strlen(text), secret, strlen(secret));
    assert_int_equal(size, strlen(expected));
    assert_memory_equal(text, expected, size);
}

static void secrets_leave_the_log(void **state)
{
    (void)state;
    expect_clean("pass sesame, sesame!", "sesame", "pass ***, ***!");
    expect_clean("sesamesesam", "sesame", "***sesam");
    expect_clean("aaab", "aa", "**ab");
    expect_clean("xaxa", "x", "*a*a");
    expect_clean("nothing", "", "nothing");
    expect_clean("one\ttwo\x1b[31m\x7f", "sesame", "one two [31m ");
    expect_clean("J\xc3\xbcrgen", "sesame", "J\xc3\xbcrgen");
    expect_clean("", "sesame", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ready),         cmocka_unit_test(malformed_ready),
        cmocka_unit_test(failed),        cmocka_unit_test(something_else),
        cmocka_unit_test(exit_statuses), cmocka_unit_test(secrets_leave_the_log),
    };

    return cmocka_run_group_tests_name("dial report", tests, NULL, NULL);
}
