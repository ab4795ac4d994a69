/* The asserts of layout.tsv and constants.tsv hold where this program could be compiled; here it
 * says how many there were, so that an empty list can't pass for a good one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "layout_counts.h"

static void report(const char *what, const struct layout_counts *counts)
{
    printf("%s: %d sizes, %d offsets, %d constants asserted for %d-bit\n", what, counts->sizes,
           counts->offsets, counts->constants, (int)(sizeof(void *) * 8));
}

static void test_mingw_layouts(void **state)
{
    (void)state;
    report("mingw-w64 headers", &layout_mingw);
    assert_true(layout_mingw.sizes >= 100);
    assert_true(layout_mingw.offsets >= 640);
    assert_true(layout_mingw.constants >= 200);
}

static void test_wine_layouts(void **state)
{
    (void)state;
#ifdef ABI_WINE_HEADERS
    report("Wine headers", &layout_wine);
    assert_true(layout_wine.sizes >= 40);
    assert_true(layout_wine.constants >= 40);
#else
    printf("SKIP: Wine's headers (package libwine-dev) are not installed\n");
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mingw_layouts),
        cmocka_unit_test(test_wine_layouts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
