/* Linked three times, with our two import libraries and with mingw-w64's libmprapi.a: each import
 * must arrive at the DLL's export of the same, undecorated name. With ABI_KNOWN_ONLY, the names
 * are those that mingw-w64's library has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <windows.h>

#ifdef __i386__
#define SLOT(name, bytes) "__imp__" #name "@" #bytes
#else
#define SLOT(name, bytes) "__imp_" #name
#endif

#ifdef ABI_KNOWN_ONLY
#define EXPORT(name, bytes, known) EXPORT_##known(name, bytes)
#define EXPORT_0(name, bytes)
#else
#define EXPORT(name, bytes, known) EXPORT_1(name, bytes)
#endif
#define NOT_EXPORTED(name)

/* The cells that the loader fills in, by the linker's names for them. */
#define EXPORT_1(name, bytes) extern const FARPROC slot_##name __asm__(SLOT(name, bytes));
#include "mprapi_exports.h"
#undef EXPORT_1

static const struct {
    const char *name;
    const FARPROC *slot;
} imports[] = {
#define EXPORT_1(name, bytes) {#name, &slot_##name},
#include "mprapi_exports.h"
#undef EXPORT_1
};

static void test_imports_arrive(void **state)
{
    HMODULE library = GetModuleHandleA("mprapi.dll");
    size_t count = sizeof(imports) / sizeof(imports[0]);

    (void)state;
    assert_non_null(library);
    for (size_t i = 0; i < count; i++) {
        FARPROC function = GetProcAddress(library, imports[i].name);

        if (!function || *imports[i].slot != function)
            fail_msg("%s is imported from elsewhere", imports[i].name);
    }
    printf("%d imports arrive at their exports\n", (int)count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_imports_arrive)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
