/* Starting programs in tests: Wine 8 now and then fails to (ERROR_INTERNAL_ERROR, once in
 * thousands), whatever the program, and another attempt succeeds. */
#ifndef TESTS_SUPPORT_START_PROCESS_H
#define TESTS_SUPPORT_START_PROCESS_H

#include <windows.h>

#include <stdio.h>

enum { START_TRIES = 4, START_PAUSE_MS = 200 };

/* After an attempt that failed, with its error: whether to make another. */
static inline BOOL start_once_more(unsigned attempt)
{
    if (GetLastError() != ERROR_INTERNAL_ERROR || attempt + 1 >= START_TRIES) return FALSE;
    printf("a program was not started (error %lu), once more\n", GetLastError());
    Sleep(START_PAUSE_MS);
    return TRUE;
}

/* As CreateProcess, without what no test needs. */
static inline BOOL start_process(const char *program, char *command, BOOL inherit, DWORD flags,
                                 STARTUPINFOA *startup, PROCESS_INFORMATION *ret)
{
    unsigned attempt = 0;

    do {
        if (CreateProcessA(program, command, NULL, NULL, inherit, flags, NULL, NULL, startup, ret))
            return TRUE;
    } while (start_once_more(attempt++));
    return FALSE;
}

static inline BOOL start_process_wide(const WCHAR *program, WCHAR *command, BOOL inherit,
                                      DWORD flags, STARTUPINFOW *startup, PROCESS_INFORMATION *ret)
{
    unsigned attempt = 0;

    do {
        if (CreateProcessW(program, command, NULL, NULL, inherit, flags, NULL, NULL, startup, ret))
            return TRUE;
    } while (start_once_more(attempt++));
    return FALSE;
}

#endif
