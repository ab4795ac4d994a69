/* MprAdminBufferFree, MprConfigBufferFree, MprAdminMIBBufferFree, MprInfoDelete, LocalFree, and
 * MprAdminGetErrorString, whose result programs free in each of these ways. */
#include "api/support/fixture.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

typedef DWORD WINAPI free_fn(LPVOID);
static free_fn *const frees[] = {MprAdminBufferFree, MprConfigBufferFree, MprAdminMIBBufferFree,
                                 MprInfoDelete};
enum { FREES = sizeof(frees) / sizeof(frees[0]) };

static void null_is_refused(void **state)
{
    (void)state;
    for (int i = 0; i < FREES; i++) assert_int_equal(frees[i](NULL), ERROR_INVALID_PARAMETER);
}

static void what_is_not_ours_is_refused_and_left_alone(void **state)
{
    ULONG_PTR on_stack[64];
    static ULONG_PTR in_data[64];
    char *on_heap = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, 128);
    char *elsewhere = VirtualAlloc(NULL, 65536, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    void *pointers[] = {on_stack,
                        on_stack + 1,
                        (char *)on_stack + 3,
                        in_data,
                        on_heap,
                        on_heap + 16,
                        elsewhere,
                        elsewhere + 4096,
                        (void *)8,
                        (void *)0x12345678,
                        (void *)(ULONG_PTR)-16,
                        UNTOUCHED_PTR};

    (void)state;
    OURS_ALONE("a guard before the heap: there a wrong pointer reaches it");
    memset(on_stack, 0x5a, sizeof(on_stack));
    for (int i = 0; i < FREES; i++) {
        for (size_t p = 0; p < sizeof(pointers) / sizeof(pointers[0]); p++)
            assert_int_equal(frees[i](pointers[p]), ERROR_INVALID_PARAMETER);
    }
    for (size_t i = 0; i < sizeof(on_stack); i++)
        assert_int_equal(((unsigned char *)on_stack)[i], 0x5a);
    assert_int_equal(HeapSize(GetProcessHeap(), 0, on_heap), 128);
    HeapFree(GetProcessHeap(), 0, on_heap);
    VirtualFree(elsewhere, 0, MEM_RELEASE);
}

static void every_function_frees_every_result(void **state)
{
    (void)state;
    for (int i = 0; i < FREES; i++) {
        LPVOID header = fixture_header();
        WCHAR *text = UNTOUCHED_PTR;

        assert_int_equal(frees[i](header), NO_ERROR);
        assert_int_equal(MprAdminGetErrorString(ERROR_NO_SUCH_INTERFACE, &text), NO_ERROR);
        assert_int_equal(frees[i](text), NO_ERROR);
    }
}

static void local_free_frees_every_result(void **state)
{
    WCHAR *text = UNTOUCHED_PTR;

    (void)state;
    assert_null(LocalFree(fixture_header()));
    assert_int_equal(MprAdminGetErrorString(ERROR_NO_SUCH_INTERFACE, &text), NO_ERROR);
    assert_null(LocalFree(text));
}

static void a_second_free_is_refused(void **state)
{
    LPVOID header = fixture_header();

    (void)state;
    OURS_ALONE("a guard before the heap: there a wrong pointer reaches it");
    assert_int_equal(MprInfoDelete(header), NO_ERROR);
    for (int i = 0; i < FREES; i++) assert_int_equal(frees[i](header), ERROR_INVALID_PARAMETER);
}

static void an_inner_pointer_is_refused(void **state)
{
    BYTE data[200] = {1};
    LPVOID header = fixture_header_with(0xFFFF0005, data, sizeof(data));
    BYTE *inside = NULL;

    (void)state;
    OURS_ALONE("a guard before the heap: there a wrong pointer reaches it");
    assert_int_equal(MprInfoBlockFind(header, 0xFFFF0005, NULL, NULL, &inside), NO_ERROR);
    assert_int_equal(MprAdminBufferFree(inside), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprInfoDelete(header), NO_ERROR);
}

static void error_texts(void **state)
{
    /* No code of these ranges is silent but those that no page or header names. */
    const DWORD unnamed[] = {871, 872, 873, 874, 875, 876, 877, 878, 947, 957, 899, 958};

    (void)state;
    for (DWORD code = 600; code <= 956; code++) {
        WCHAR *text = UNTOUCHED_PTR;
        DWORD status = MprAdminGetErrorString(code, &text);

        if (code <= 870 || (code >= 900 && code != 947)) {
            assert_int_equal(status, NO_ERROR);
            assert_true(wcslen(text) > 10);
            assert_null(LocalFree(text));
        }
    }
    OURS_ALONE("texts of our own: which codes have none is not documented");
    for (size_t i = 0; i < sizeof(unnamed) / sizeof(unnamed[0]); i++) {
        WCHAR *text = UNTOUCHED_PTR;

        assert_int_equal(MprAdminGetErrorString(unnamed[i], &text), ERROR_MR_MID_NOT_FOUND);
        assert_null(text);
    }
}

static void error_texts_of_the_system(void **state)
{
    WCHAR *text = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprAdminGetErrorString(ERROR_ACCESS_DENIED, &text), NO_ERROR);
    assert_true(wcslen(text) > 3);
    assert_int_not_equal(text[wcslen(text) - 1], L'\n');
    LocalFree(text);
    text = UNTOUCHED_PTR;
    assert_int_equal(MprAdminGetErrorString(0x7fffffff, &text), ERROR_MR_MID_NOT_FOUND);
    assert_null(text);
    assert_int_equal(MprAdminGetErrorString(900, NULL), ERROR_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_is_refused),
        cmocka_unit_test(what_is_not_ours_is_refused_and_left_alone),
        cmocka_unit_test(every_function_frees_every_result),
        cmocka_unit_test(local_free_frees_every_result),
        cmocka_unit_test(a_second_free_is_refused),
        cmocka_unit_test(an_inner_pointer_is_refused),
        cmocka_unit_test(error_texts),
        cmocka_unit_test(error_texts_of_the_system),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
