/* Starting programs in tests: Wine 8 now and then fails to (ERROR_INTERNAL_ERROR, once in
 * thousands), whatever the program, and another attempt succeeds. */
#ifndef TESTS_SUPPORT_START_PROCESS_H
#define TESTS_SUPPORT_START_PROCESS_H

#include <windows.h>

#include <stdio.h>

enum { START_TRIES = 4, START_PAUSE_MS = 200 };

/* As CreateProcess, without what no test needs. */
static inline BOOL start_process(char *command, BOOL inherit, DWORD flags, PROCESS_INFORMATION *ret)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};

    for (unsigned attempt = 1;; attempt++) {
        if (CreateProcessA(NULL, command, NULL, NULL, inherit, flags, NULL, NULL, &startup, ret))
            return TRUE;
        if (GetLastError() != ERROR_INTERNAL_ERROR || attempt == START_TRIES) return FALSE;
        printf("a program was not started (error %lu), once more\n", GetLastError());
        Sleep(START_PAUSE_MS);
    }
}

/* The process, to be closed, of the program at that path; NULL: the error is the thread's. */
static inline HANDLE start_program(const char *path, const char *arguments, BOOL inherit)
{
    char command[3 * MAX_PATH];
    PROCESS_INFORMATION process;

    snprintf(command, sizeof(command), "\"%s\" %s", path, arguments);
    if (!start_process(command, inherit, 0, &process)) return NULL;
    CloseHandle(process.hThread);
    return process.hProcess;
}

/* This program once more. */
static inline HANDLE start_self(const char *arguments, BOOL inherit)
{
    char path[MAX_PATH];

    GetModuleFileNameA(NULL, path, sizeof(path));
    return start_program(path, arguments, inherit);
}

/* Waits for its end, and closes it. FALSE: it has not ended in that time. */
static inline BOOL await_end(HANDLE process, DWORD patience_ms, DWORD *ret_code)
{
    BOOL ended = WaitForSingleObject(process, patience_ms) == WAIT_OBJECT_0 &&
                 GetExitCodeProcess(process, ret_code);

    CloseHandle(process);
    return ended;
}

#endif
