/* DLLs that the configuration names are not taken from the current directory. */
#include "win32_test.h"

#include <stdbool.h>
#include <stdio.h>
#include <wchar.h>

#include "win32/sys/library.h"

static WCHAR folder[MAX_PATH], whole[MAX_PATH];

/* The example of a protocol under another name, in a folder that is the current one. */
static int plant(void **state)
{
    WCHAR source[MAX_PATH];
    WCHAR *end;

    (void)state;
    GetModuleFileNameW(NULL, source, MAX_PATH);
    end = wcsrchr(source, L'\\');
    assert_non_null(end);
    wcscpy(end + 1, L"testproto.dll");
    GetTempPathW(MAX_PATH, folder);
    wcscat(folder, L"planted");
    CreateDirectoryW(folder, NULL);
    _snwprintf(whole, MAX_PATH, L"%ls\\planted.dll", folder);
    assert_true(CopyFileW(source, whole, FALSE));
    assert_true(SetCurrentDirectoryW(folder));
    return 0;
}

static bool loads(const WCHAR *name)
{
    HMODULE module = library_load(name);

    if (module) FreeLibrary(module);
    return module != NULL;
}

static void not_from_the_current_directory(void **state)
{
    (void)state;
    assert_false(loads(L"planted.dll"));
    assert_false(loads(L".\\planted.dll"));
    assert_false(loads(L"..\\planted\\planted.dll"));
    assert_false(loads(L"C:planted.dll"));
}

static void by_its_whole_path(void **state)
{
    (void)state;
    assert_true(loads(whole));
}

static void beside_the_library(void **state)
{
    (void)state;
    assert_true(loads(L"testproto.dll"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(not_from_the_current_directory),
        cmocka_unit_test(by_its_whole_path),
        cmocka_unit_test(beside_the_library),
    };

    return cmocka_run_group_tests(tests, plant, NULL);
}
