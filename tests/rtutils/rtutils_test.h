/* What tests of rtutils.dll share: its functions as a program sees them, settings of a component,
 * and what is in its trace files. */
#ifndef TESTS_RTUTILS_TEST_H
#define TESTS_RTUTILS_TEST_H

#include "mprapi_rtutils.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#define PATIENCE 20000u /* ms */

#define WAIT_UNTIL(condition)                                       \
    do {                                                            \
        ULONGLONG until_ = GetTickCount64() + PATIENCE;             \
        while (!(condition) && GetTickCount64() < until_) Sleep(5); \
        assert_true(condition);                                     \
    } while (0)

/* A value of HKLM\Software\Microsoft\Tracing\<component>, which is made. */
void test_set_number(const WCHAR *component, const WCHAR *name, DWORD value);
void test_set_directory(const WCHAR *component, const WCHAR *directory);
/* 0xDEAD when there is none. */
DWORD test_number(const WCHAR *component, const WCHAR *name);
/* What is set makes a folder of the component's own; its path, valid until the next call. */
const WCHAR *test_use_own_folder(const WCHAR *component);

/* What is in <component>.LOG or .OLD of its own folder, as a string, valid until the next call; ""
 * when there is no such file. */
const char *test_file(const WCHAR *component, const WCHAR *extension);
void test_delete_files(const WCHAR *component);

#endif
