#include "rtutils/trace_console.h"

static struct {
    SRWLOCK lock;
    unsigned users;
    HANDLE output;
    DWORD error; /* why there is none */
} console = {.lock = SRWLOCK_INIT};

void trace_console_use(void)
{
    AcquireSRWLockExclusive(&console.lock);
    console.users++;
    ReleaseSRWLockExclusive(&console.lock);
}

void trace_console_unuse(void)
{
    AcquireSRWLockExclusive(&console.lock);
    if (!--console.users) {
        if (console.output) CloseHandle(console.output);
        console.output = NULL;
        console.error = NO_ERROR;
    }
    ReleaseSRWLockExclusive(&console.lock);
}

static HANDLE open_output(void)
{
    return CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                       NULL, OPEN_EXISTING, 0, NULL);
}

static void open_console(void)
{
    HANDLE output = open_output();

    if (output == INVALID_HANDLE_VALUE && AllocConsole()) output = open_output();
    if (output == INVALID_HANDLE_VALUE)
        console.error = GetLastError() ? GetLastError() : ERROR_INVALID_HANDLE;
    else
        console.output = output;
}

HANDLE trace_console_get(void)
{
    HANDLE output;

    AcquireSRWLockExclusive(&console.lock);
    if (!console.output && !console.error) open_console();
    output = console.output;
    if (!output) SetLastError(console.error);
    ReleaseSRWLockExclusive(&console.lock);
    return output;
}

bool trace_console_write(const WCHAR *text, size_t units)
{
    HANDLE output = trace_console_get();
    DWORD written;

    return output && WriteConsoleW(output, text, (DWORD)units, &written, NULL);
}
