#include "unit/base/fail_alloc.h"

#include "base/mem.h"
#include "phonebook/netaddr.h"

#include <string.h>

static void test_ipv4(void **state)
{
    static const char *const bad[] = {"",       "1",      "1.2.3",    "1.2.3.4.",   "1.2.3.256",
                                      ".1.2.3", "1..2.3", "1.2.3.4x", "0001.2.3.4", " 1.2.3.4"};
    uint32_t address = 7;
    char text[16];

    (void)state;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(ipv4_parse(slice_of(bad[i]), &address));
    }
    assert_int_equal(address, 7);
    assert_true(ipv4_parse(slice_of("192.0.2.255"), &address));
    assert_true(address == 0xC00002FF);
    ipv4_format(address, text);
    assert_string_equal(text, "192.0.2.255");
    ipv4_format(0xFFFFFFFF, text);
    assert_string_equal(text, "255.255.255.255");
}

static void test_ipv6_text(void **state)
{
    static const struct {
        const char *in, *out;
    } good[] = {
        {"::", "::"},
        {"::1", "::1"},
        {"1::", "1::"},
        {"FE80::0001", "fe80::1"},
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
        {"::ffff:192.0.2.1", "::ffff:c000:201"},
        {"1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"},
        {"1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"},
        {"0:0:3::", "0:0:3::"},
        {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
    };
    static const char *const bad[] = {"",
                                      ":",
                                      ":::",
                                      "1:2:3:4:5:6:7",
                                      "1:2:3:4:5:6:7:8:9",
                                      "1::2::3",
                                      "12345::",
                                      "g::",
                                      "1:",
                                      ":1",
                                      "1:2:3:4:5:6:7:1.2.3.4",
                                      "::1%eth0",
                                      "1:2:3:4::5:6:7:8",
                                      "1.2.3.4"};
    uint8_t address[16];
    char text[40];

    (void)state;

    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(ipv6_parse(slice_of(good[i].in), address));
        ipv6_format(address, text);
        assert_string_equal(text, good[i].out);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(ipv6_parse(slice_of(bad[i]), address));
    }
}

/* A slice is part of a longer line: its size counts, not what stands behind it. */
static void test_nothing_is_read_behind_the_end(void **state)
{
    uint8_t address[16];
    uint32_t v4;

    (void)state;

    /* In blocks of just their size, where a sanitizer sees what reads on. */
    for (size_t size = 1; size <= 15; size++) {
        char *text = mem_dup("1:2:3:4:5:6:7::", size);

        assert_int_equal(ipv6_parse((struct slice){text, size}, address), size == 15);
        mem_free(text);
    }
    assert_false(ipv6_parse((struct slice){"1::2", 2}, address));
    assert_false(ipv6_parse((struct slice){"::1", 1}, address));
    assert_false(ipv6_parse((struct slice){"1:2:3:4:5:6:7:8", 13}, address));
    assert_false(ipv6_parse((struct slice){"1:2:3:4:5:6:7:8", 14}, address));
    assert_true(ipv6_parse((struct slice){"1:2:3:4:5:6:7:89", 15}, address));
    assert_int_equal(address[15], 8);
    assert_true(ipv6_parse((struct slice){"1::2", 3}, address));
    assert_int_equal(address[15], 0);
    assert_false(ipv4_parse((struct slice){"1.2.3.4", 6}, &v4));
    assert_true(ipv4_parse((struct slice){"1.2.3.45", 7}, &v4));
    assert_int_equal(v4, 0x01020304);
}

static void test_ipv6_round_trip(void **state)
{
    uint32_t random = 123456789u;
    uint8_t address[16], again[16];
    char text[40];

    (void)state;

    for (int step = 0; step < 20000; step++) {
        for (size_t i = 0; i < 16; i++) {
            uint32_t r = test_random(&random);

            address[i] = r & 0x300 ? 0 : (uint8_t)r;
        }
        ipv6_format(address, text);
        assert_true(strlen(text) < sizeof(text));
        assert_true(ipv6_parse(slice_of(text), again));
        assert_memory_equal(again, address, 16);
    }
}

static void test_decimal_numbers(void **state)
{
    static const struct {
        const char *text;
        bool good;
        uint32_t value;
    } rows[] = {
        {"0", true, 0},
        {"7", true, 7},
        {"4294967295", true, UINT32_MAX},
        {"-1", true, UINT32_MAX},
        {"-2147483648", true, 0x80000000u},
        {"4294967296", false, 0},
        {"-2147483649", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"1x", false, 0},
        {"x1", false, 0},
        {"1/", false, 0},
        {"1:", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"--1", false, 0},
        {"+1", false, 0},
        {"000000000001", false, 0},
        {"00000000001", true, 1},
    };

    (void)state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        unsigned long value = 99;

        assert_int_equal(slice_number(slice_of(rows[i].text), &value), rows[i].good);
        assert_true(value == rows[i].value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ipv4),
        cmocka_unit_test(test_ipv6_text),
        cmocka_unit_test(test_nothing_is_read_behind_the_end),
        cmocka_unit_test(test_ipv6_round_trip),
        cmocka_unit_test(test_decimal_numbers),
    };

    return cmocka_run_group_tests_name("phonebook_netaddr", tests, NULL, NULL);
}
