#include "base/error_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/utf16.h"

static void test_each_row_is_found(void **state)
{
    (void)state;
#define TEXT_ROW(code, text) assert_true(u16_equal(error_text(code), u##text));
#include "base/error_text_table.h"
#undef TEXT_ROW
}

static void test_others_have_none(void **state)
{
    (void)state;
    assert_null(error_text(0));
    assert_null(error_text(599));
    assert_null(error_text(958));
    assert_null(error_text(0x10258)); /* the first of them in its lower half */
}

static void test_ranges(void **state)
{
    static const uint32_t in[] = {600, 878, 900, 957}, out[] = {0, 599, 879, 899, 958, UINT32_MAX};

    (void)state;
    for (size_t n = 0; n < sizeof(in) / sizeof(in[0]); n++)
        assert_true(error_text_is_router(in[n]));
    for (size_t n = 0; n < sizeof(out) / sizeof(out[0]); n++)
        assert_false(error_text_is_router(out[n]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_row_is_found),
        cmocka_unit_test(test_others_have_none),
        cmocka_unit_test(test_ranges),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
