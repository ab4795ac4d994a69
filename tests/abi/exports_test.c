/* The export table as a program sees it: every name of mprapi.def resolves, nothing that Windows
 * doesn't export does, and the functions that are not built yet answer as unbuilt_list.h says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <windows.h>

#include "call_stdcall.h"

#define POISON ((ULONG_PTR)0xdeadbeef)

struct name_size {
    const char *name;
    int bytes;
};

static const struct name_size exported[] = {
#define EXPORT(name, bytes, known) {#name, bytes},
#define NOT_EXPORTED(name)
#include "mprapi_exports.h"
#undef EXPORT
#undef NOT_EXPORTED
};

/* What only other architectures export, what is documented but in no import library, and what RAS
 * administration DLLs export for Windows to call. */
static const char *const absent[] = {
#define EXPORT(name, bytes, known)
#define NOT_EXPORTED(name) #name,
#include "mprapi_exports.h"
#undef EXPORT
#undef NOT_EXPORTED
    "MprAdminMIBGetTrapInfo", "MprAdminMIBSetTrapInfo", "MprAdminAcceptNewConnection",
    "MprAdminAcceptNewLink",  "MprAdminInitializeDll",  "MprAdminTerminateDll",
};

struct unbuilt {
    const char *name;
    int bytes;
    DWORD code;
    unsigned pointers, numbers, texts;
};

#define NO_OUT
#define OUT_PTR(index)   +(1u << (index))
#define OUT_DWORD(index) +(1u << (8 + (index)))
#define OUT_TEXT(index)  +(1u << (16 + (index)))
#define UNBUILT(name, bytes, code, outs) \
    {#name, bytes, code, (0 outs) & 0xff, ((0 outs) >> 8) & 0xff, ((0 outs) >> 16) & 0xff},
#ifdef _WIN64
#define UNBUILT_X64(name, code) {#name, 0, code, 0, 0, 0},
#else
#define UNBUILT_X64(name, code)
#endif
static const struct unbuilt unbuilt[] = {
#include "unbuilt_list.h"
    {NULL, 0, 0, 0, 0, 0},
};

static HMODULE library;

static void test_names_resolve(void **state)
{
    size_t count = sizeof(exported) / sizeof(exported[0]);
    int missing = 0;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (GetProcAddress(library, exported[i].name)) continue;
        print_error("%s is not exported\n", exported[i].name);
        missing++;
    }
    assert_int_equal(missing, 0);
    printf("%d exported names resolve\n", (int)count);
}

static void test_absent_names(void **state)
{
    size_t count = sizeof(absent) / sizeof(absent[0]);

    (void)state;
    for (size_t i = 0; i < count; i++)
        if (GetProcAddress(library, absent[i])) fail_msg("%s is exported", absent[i]);
    printf("%d names are absent\n", (int)count);
}

/* What an argument points to must be after the call. */
static ULONG_PTR expected(const struct unbuilt *row, int index)
{
    ULONG_PTR value = POISON;

    if (row->pointers & (1u << index)) value = 0;
    if (row->numbers & (1u << index)) value &= ~(ULONG_PTR)0xffffffff;
    if (row->texts & (1u << index)) value &= ~(ULONG_PTR)0xffff;
    return value;
}

static void check_call(const struct unbuilt *row)
{
    FARPROC function = GetProcAddress(library, row->name);
    ULONG_PTR targets[CALL_SLOTS], slots[CALL_SLOTS];
    int unpopped;
    DWORD code;

    if (!function) fail_msg("%s is not exported", row->name);
    for (int i = 0; i < CALL_SLOTS; i++) {
        targets[i] = POISON;
        slots[i] = (ULONG_PTR)&targets[i];
    }
    SetLastError(0xdeadbeef);
    code = call_stdcall(function, slots, (unsigned)row->bytes / 4, &unpopped);

    if (unpopped) fail_msg("%s leaves %d bytes on the stack", row->name, unpopped);
    if (code != row->code) fail_msg("%s returns %lu instead of %lu", row->name, code, row->code);
    if (GetLastError() != 0xdeadbeef) fail_msg("%s changes the last error", row->name);
    for (int i = 0; i < CALL_SLOTS; i++)
        if (targets[i] != expected(row, i))
            fail_msg("%s: argument %d is %#lx after the call", row->name, i, (DWORD)targets[i]);
}

static void test_unbuilt_functions_answer(void **state)
{
    int count = 0;

    (void)state;
    for (const struct unbuilt *row = unbuilt; row->name; row++, count++) check_call(row);
    printf("%d functions that are not built answer their code%s\n", count,
           sizeof(void *) == 4 ? " and pop their arguments" : "");
}

/* NULL where a result is expected must not crash either. */
static void test_unbuilt_functions_take_null(void **state)
{
    const ULONG_PTR slots[CALL_SLOTS] = {0};
    int unpopped;

    (void)state;
    for (const struct unbuilt *row = unbuilt; row->name; row++) {
        FARPROC function = GetProcAddress(library, row->name);
        DWORD code = call_stdcall(function, slots, (unsigned)row->bytes / 4, &unpopped);

        assert_int_equal(code, row->code);
        assert_int_equal(unpopped, 0);
    }
}

static int load_library(void **state)
{
    (void)state;
    library = LoadLibraryA("mprapi.dll");
    return library ? 0 : -1;
}

static int free_library(void **state)
{
    (void)state;
    return FreeLibrary(library) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_resolve),
        cmocka_unit_test(test_absent_names),
        cmocka_unit_test(test_unbuilt_functions_answer),
        cmocka_unit_test(test_unbuilt_functions_take_null),
    };

    return cmocka_run_group_tests(tests, load_library, free_library);
}
