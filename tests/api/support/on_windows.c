#include "api/support/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static BOOL is_wine(void)
{
    HMODULE ntdll = GetModuleHandleA("ntdll.dll");

    return ntdll && GetProcAddress(ntdll, "wine_get_version") != NULL;
}

static BOOL has_leave(void)
{
    const char *leave = getenv("MPRAPI_TESTS_ON_WINDOWS");

    return leave && !strcmp(leave, "yes");
}

void on_windows_stop(const char *kind, const char *reason, const char *file, int line)
{
    if (is_wine() && !has_leave()) return;
    print_message("SKIP: %s: %s (%s:%d)\n", kind, reason, file, line);
    skip();
}

void on_windows_end(const char *what)
{
    if (is_wine() && !has_leave()) return;
    printf("SKIP: not on Windows: %s\n", what);
    exit(77);
}

void on_windows_ask_leave(void)
{
    if (is_wine() || has_leave()) return;
    puts("SKIP: this test replaces the machine's router configuration; on a Windows machine where "
         "that is welcome, set MPRAPI_TESTS_ON_WINDOWS=yes");
    exit(77);
}
