/* MprInfo*: information headers in memory. */
#include "api/support/fixture.h"

#include <stdlib.h>
#include <string.h>

enum { ROUTES = 0xFFFF0005, STATUS = 0xFFFF0004, ABSENT = 0xFFFF0007 };

static void create(void **state)
{
    LPVOID header = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprInfoCreate(1, &header), NO_ERROR);
    assert_int_equal(MprInfoBlockQuerySize(header), 28);
    assert_int_equal(((DWORD *)header)[0], 1);
    assert_int_equal(((DWORD *)header)[1], 28);
    assert_int_equal(((DWORD *)header)[2], 0);
    assert_int_equal(MprInfoDelete(header), NO_ERROR);
    assert_int_equal(MprInfoCreate(1, NULL), ERROR_INVALID_PARAMETER);
    header = UNTOUCHED_PTR;
    assert_int_equal(MprInfoCreate(2, &header), ERROR_INVALID_PARAMETER);
    assert_null(header);
}

static void add_find_set_remove(void **state)
{
    LPVOID empty = fixture_header(), one = UNTOUCHED_PTR, two = UNTOUCHED_PTR;
    DWORD size = 0xdeadbeef, count = 0xdeadbeef;
    BYTE data[] = "twelve bytes", *found = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprInfoBlockAdd(empty, ROUTES, 4, 3, data, &one), NO_ERROR);
    assert_ptr_not_equal(one, empty);
    assert_int_equal(MprInfoBlockQuerySize(empty), 28);
    assert_int_equal(MprInfoBlockFind(one, ROUTES, &size, &count, &found), NO_ERROR);
    assert_int_equal(size, 4);
    assert_int_equal(count, 3);
    assert_memory_equal(found, data, 12);
    assert_true(found > (BYTE *)one && found < (BYTE *)one + MprInfoBlockQuerySize(one));
    assert_true(MprInfoBlockExists(one, ROUTES));
    assert_false(MprInfoBlockExists(one, STATUS));

    assert_int_equal(MprInfoBlockSet(one, ROUTES, 2, 1, data + 3, &two), NO_ERROR);
    assert_int_equal(MprInfoBlockFind(two, ROUTES, &size, &count, &found), NO_ERROR);
    assert_int_equal(size * count, 2);
    assert_memory_equal(found, data + 3, 2);
    assert_int_equal(MprInfoDelete(two), NO_ERROR);

    two = UNTOUCHED_PTR;
    assert_int_equal(MprInfoBlockRemove(one, ROUTES, &two), NO_ERROR);
    assert_false(MprInfoBlockExists(two, ROUTES));
    assert_int_equal(MprInfoBlockQuerySize(two), 28);
    assert_int_equal(MprInfoDelete(two), NO_ERROR);
    assert_int_equal(MprInfoDelete(one), NO_ERROR);
    assert_int_equal(MprInfoDelete(empty), NO_ERROR);
}

static void add_refusals(void **state)
{
    BYTE data[4] = {0};
    LPVOID header = fixture_header_with(ROUTES, data, sizeof(data)), ret = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprInfoBlockAdd(header, ROUTES, 4, 1, data, &ret), ERROR_INVALID_PARAMETER);
    assert_null(ret);
    ret = UNTOUCHED_PTR;
    assert_int_equal(MprInfoBlockAdd(NULL, STATUS, 4, 1, data, &ret), ERROR_INVALID_PARAMETER);
    assert_null(ret);
    assert_int_equal(MprInfoBlockAdd(header, STATUS, 4, 1, data, NULL), ERROR_INVALID_PARAMETER);
    ret = UNTOUCHED_PTR;
    assert_int_equal(MprInfoBlockAdd(header, STATUS, 4, 1, NULL, &ret), ERROR_INVALID_PARAMETER);
    assert_null(ret);
    ret = UNTOUCHED_PTR;
    assert_int_equal(MprInfoBlockAdd(header, STATUS, 0x10000, 0x10000, data, &ret),
                     ERROR_INVALID_PARAMETER);
    assert_null(ret);
    MprInfoDelete(header);
}

static void a_block_without_data(void **state)
{
    LPVOID empty = fixture_header(), one = UNTOUCHED_PTR;
    DWORD size = 0xdeadbeef, count = 0xdeadbeef;
    BYTE *found = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprInfoBlockAdd(empty, ROUTES, 0, 0, NULL, &one), NO_ERROR);
    assert_int_equal(MprInfoBlockFind(one, ROUTES, &size, &count, &found), NO_ERROR);
    assert_int_equal(size * count, 0);
    assert_null(found);
    MprInfoDelete(one);
    MprInfoDelete(empty);
}

static void find_refusals(void **state)
{
    LPVOID header = fixture_header();
    DWORD size = 0xdeadbeef, count = 0xdeadbeef;
    BYTE *found = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprInfoBlockFind(NULL, ROUTES, &size, &count, &found),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprInfoBlockFind(header, ABSENT, &size, &count, &found), ERROR_NOT_FOUND);
    assert_null(found);
    assert_int_equal(MprInfoBlockFind(header, ABSENT, NULL, NULL, NULL), ERROR_NOT_FOUND);
    MprInfoDelete(header);
}

static void set_and_remove_refusals(void **state)
{
    LPVOID header = fixture_header(), ret = UNTOUCHED_PTR;
    BYTE data[4] = {0};

    (void)state;
    assert_int_equal(MprInfoBlockSet(header, ABSENT, 4, 1, data, &ret), ERROR_INVALID_PARAMETER);
    assert_null(ret);
    ret = UNTOUCHED_PTR;
    assert_int_equal(MprInfoBlockSet(NULL, ABSENT, 4, 1, data, &ret), ERROR_INVALID_PARAMETER);
    assert_null(ret);
    assert_int_equal(MprInfoBlockSet(header, ABSENT, 4, 1, data, NULL), ERROR_INVALID_PARAMETER);
    ret = UNTOUCHED_PTR;
    assert_int_equal(MprInfoBlockRemove(header, ABSENT, &ret), ERROR_INVALID_PARAMETER);
    assert_null(ret);
    ret = UNTOUCHED_PTR;
    assert_int_equal(MprInfoBlockRemove(NULL, ABSENT, &ret), ERROR_INVALID_PARAMETER);
    assert_null(ret);
    assert_int_equal(MprInfoBlockRemove(header, ABSENT, NULL), ERROR_INVALID_PARAMETER);
    MprInfoDelete(header);
}

static void duplicate_and_remove_all(void **state)
{
    BYTE data[20] = "twenty bytes of data";
    LPVOID header = fixture_header_with(ROUTES, data, sizeof(data)), ret = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprInfoDuplicate(header, &ret), NO_ERROR);
    assert_int_equal(MprInfoBlockQuerySize(ret), MprInfoBlockQuerySize(header));
    assert_memory_equal(ret, header, MprInfoBlockQuerySize(header));
    MprInfoDelete(ret);
    ret = UNTOUCHED_PTR;
    assert_int_equal(MprInfoRemoveAll(header, &ret), NO_ERROR);
    assert_int_equal(MprInfoBlockQuerySize(ret), 28);
    assert_true(MprInfoBlockExists(header, ROUTES));
    MprInfoDelete(ret);
    ret = UNTOUCHED_PTR;
    assert_int_equal(MprInfoDuplicate(NULL, &ret), ERROR_INVALID_PARAMETER);
    assert_null(ret);
    ret = UNTOUCHED_PTR;
    assert_int_equal(MprInfoRemoveAll(NULL, &ret), ERROR_INVALID_PARAMETER);
    assert_null(ret);
    assert_int_equal(MprInfoDuplicate(header, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprInfoRemoveAll(header, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprInfoBlockQuerySize(NULL), 0);
    MprInfoDelete(header);
}

/* Headers whose numbers lie: no read beyond Size, ERROR_INVALID_DATA. */
static void malformed_headers(void **state)
{
    DWORD block[16] = {1, 64, 1, ROUTES, 4, 1, 56};
    const struct {
        int index;
        DWORD value;
    } lies[] = {{0, 7},  {1, 8},          {2, 100}, {2, 0x10000000}, {4, 400},
                {5, 99}, {5, 0xffffffff}, {6, 65},  {6, 4},          {6, 0xfffffff0}};

    (void)state;
    assert_int_equal(MprInfoBlockFind(block, ROUTES, NULL, NULL, NULL), NO_ERROR);
    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        DWORD bad[16];
        LPVOID ret = UNTOUCHED_PTR;

        memcpy(bad, block, sizeof(bad));
        bad[lies[i].index] = lies[i].value;
        assert_int_equal(MprInfoBlockFind(bad, ROUTES, NULL, NULL, NULL), ERROR_INVALID_DATA);
        assert_int_equal(MprInfoBlockAdd(bad, STATUS, 0, 0, NULL, &ret), ERROR_INVALID_DATA);
        assert_null(ret);
        ret = UNTOUCHED_PTR;
        assert_int_equal(MprInfoDuplicate(bad, &ret), ERROR_INVALID_DATA);
        assert_null(ret);
    }
}

static void an_unaligned_header(void **state)
{
    BYTE data[8] = "aligned", *found = NULL;
    LPVOID header = fixture_header_with(ROUTES, data, sizeof(data));
    DWORD size = MprInfoBlockQuerySize(header);
    BYTE *odd = malloc(size + 1);

    (void)state;
    memcpy(odd + 1, header, size);
    assert_int_equal(MprInfoBlockFind(odd + 1, ROUTES, NULL, NULL, &found), NO_ERROR);
    assert_memory_equal(found, data, sizeof(data));
    free(odd);
    MprInfoDelete(header);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(create),
        cmocka_unit_test(add_find_set_remove),
        cmocka_unit_test(add_refusals),
        cmocka_unit_test(a_block_without_data),
        cmocka_unit_test(find_refusals),
        cmocka_unit_test(set_and_remove_refusals),
        cmocka_unit_test(duplicate_and_remove_all),
        cmocka_unit_test(malformed_headers),
        cmocka_unit_test(an_unaligned_header),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
