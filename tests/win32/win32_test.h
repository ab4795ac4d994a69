/* cmocka's header with what it wants before it, for tests of the Windows side. */
#ifndef MPR_TESTS_WIN32_TEST_H
#define MPR_TESTS_WIN32_TEST_H

#include "win32/sys/windows_api.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Waits up to timeout_ms for a condition that another thread makes true. */
#define WAIT_UNTIL(condition, timeout_ms)                           \
    do {                                                            \
        ULONGLONG until_ = GetTickCount64() + (timeout_ms);         \
        while (!(condition) && GetTickCount64() < until_) Sleep(5); \
        assert_true(condition);                                     \
    } while (0)

#endif
