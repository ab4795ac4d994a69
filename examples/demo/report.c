#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <raserror.h>

#include "names.h"

#define CALL_COLUMNS 76

static unsigned failures;

DWORD report_call(DWORD status, DWORD also_fine, const char *format, ...)
{
    char call[160];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(call, sizeof(call), format, arguments);
    va_end(arguments);
    printf("  %-*s %s\n", CALL_COLUMNS, call, status_name(status));
    if (status != NO_ERROR && status != PENDING && status != also_fine) failures++;
    fflush(stdout);
    return status;
}

void report_note(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    printf("      ");
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
    fflush(stdout);
}

void report_wrong(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    printf("    ! ");
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
    failures++;
}

unsigned report_failures(void)
{
    return failures;
}

void report_heading(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    printf("\n");
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
}

BOOL report_wait(HANDLE event, DWORD seconds, const char *what)
{
    ULONGLONG started = GetTickCount64();

    if (WaitForSingleObject(event, seconds * 1000) != WAIT_OBJECT_0) {
        report_wrong("%s: not within %lu s", what, seconds);
        return FALSE;
    }
    report_note("%s, after %lu ms", what, (DWORD)(GetTickCount64() - started));
    return TRUE;
}

void report_routes(const WCHAR *interface_name, const struct routes *routes, size_t at_most)
{
    char prefix[ADDRESS_TEXT], next_hop[ADDRESS_TEXT];

    for (size_t i = 0; i < routes->count && i < at_most; i++) {
        const struct route *r = &routes->list[i];
        printf("  %-18s %-16s %6lu  %-11s %ls\n", prefix_text(r, prefix),
               address_text(r->next_hop, next_hop), r->metric, route_protocol_name(r->protocol),
               interface_name);
    }
    if (routes->count > at_most)
        printf("  ... and %lu more by \"%ls\"\n", (DWORD)(routes->count - at_most), interface_name);
}
