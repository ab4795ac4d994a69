#include "unit/base/fail_alloc.h"

#include "base/address_text.h"

#include <string.h>

static void test_ipv4(void **state)
{
    static const uint8_t small[4] = {0, 0, 0, 1}, large[4] = {255, 254, 253, 252};

    (void)state;
    assert_string_equal(address_text(small, 4).text, "0.0.0.1");
    assert_string_equal(address_text(large, 4).text, "255.254.253.252");
}

static void test_ipv6(void **state)
{
    static const uint8_t site[16] = {0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0x0A, [15] = 1};
    uint8_t longest[16];

    (void)state;
    memset(longest, 0xFF, sizeof(longest));
    assert_string_equal(address_text(site, 16).text, "2001:db8:0:a:0:0:0:1");
    assert_string_equal(address_text(longest, 16).text, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ipv4),
        cmocka_unit_test(test_ipv6),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
