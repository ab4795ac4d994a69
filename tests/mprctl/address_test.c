/* Addresses, prefixes and numbers, both ways. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mprctl/cli/address.h"

static void numbers(void **state)
{
    static const char *const bad[] = {"", "x", "1x", "-1", " 1", "0x", "4294967296", "0x100000000"};
    uint32_t n = 7;

    (void)state;
    assert_true(number_parse("4294967295", &n));
    assert_int_equal(n, 0xFFFFFFFFu);
    assert_true(number_parse("0xFf", &n));
    assert_int_equal(n, 255);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) assert_false(number_parse(bad[i], &n));
}

static void addresses4(void **state)
{
    static const char *const bad[] = {"",          "1.2.3",    "1.2.3.4.5",
                                      "1.2.3.256", "01.2.3.4", "1.2.3.4 "};
    char buffer[ADDRESS_TEXT];
    uint32_t address = 0, mask = 0;

    (void)state;
    assert_true(address4_parse("192.0.2.255", &address));
    assert_int_equal(address, 0xC00002FFu);
    assert_string_equal(address4_text(address, buffer), "192.0.2.255");
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_false(address4_parse(bad[i], &address));
    assert_true(prefix4_parse("10.0.0.0/8", &address, &mask));
    assert_int_equal(mask, 0xFF000000u);
    assert_string_equal(prefix4_text(address, mask, buffer), "10.0.0.0/8");
    assert_true(prefix4_parse("0.0.0.0", &address, &mask));
    assert_int_equal(mask, 0);
    assert_true(prefix4_parse("10.0.0.1", &address, &mask));
    assert_int_equal(mask, 0xFFFFFFFFu);
    assert_false(prefix4_parse("10.0.0.0/33", &address, &mask));
    assert_false(prefix4_parse("10.0.0.0/", &address, &mask));
    assert_string_equal(prefix4_text(0x0A000000, 0xFF00FF00, buffer), "10.0.0.0 mask 255.0.255.0");
    for (unsigned length = 0; length <= 32; length++) assert_true(mask_is_whole(mask_of(length)));
    assert_false(mask_is_whole(0xFF00FF00u));
}

static void addresses6(void **state)
{
    /* RFC 5952 4: as typed, as written. */
    static const char *const pairs[][2] = {
        {"::", "::"},
        {"::1", "::1"},
        {"1::", "1::"},
        {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"::ffff:192.0.2.1", "::ffff:c000:201"},
        {"fe80::1:0", "fe80::1:0"},
        {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
    };
    static const char *const bad[] = {"",
                                      ":",
                                      ":::",
                                      "1",
                                      "1:2:3:4:5:6:7",
                                      "1::2::3",
                                      "12345::",
                                      "1:2:3:4:5:6:7:8:9",
                                      "::g",
                                      "1:",
                                      ":1",
                                      "1::2:3:4:5:6:7:8",
                                      "::1.2.3",
                                      "1:2:3:4:5:6:7:1.2.3.4"};
    char buffer[ADDRESS_TEXT];
    uint8_t address[16];
    uint32_t length = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        assert_true(address6_parse(pairs[i][0], address));
        assert_string_equal(address6_text(address, buffer), pairs[i][1]);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_false(address6_parse(bad[i], address));
    assert_true(prefix6_parse("2001:db8::/32", address, &length));
    assert_int_equal(length, 32);
    assert_true(prefix6_parse("::", address, &length));
    assert_int_equal(length, 0);
    assert_true(prefix6_parse("::1", address, &length));
    assert_int_equal(length, 128);
    assert_false(prefix6_parse("::/129", address, &length));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(addresses4),
        cmocka_unit_test(addresses6),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
