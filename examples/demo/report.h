/* What the demo prints. */
#ifndef DEMO_REPORT_H
#define DEMO_REPORT_H

#include <windows.h>

#include "blocks.h"

/* A call and its result by name; returns status. Unless that is NO_ERROR or PENDING, or the one
 * other value that this call may give here (0: none), the demo counts it as a failure. */
DWORD report_call(DWORD status, DWORD also_fine, const char *format, ...)
    __attribute__((format(gnu_printf, 3, 4)));

/* Something that is not a call; indented under the last one. */
void report_note(const char *format, ...) __attribute__((format(gnu_printf, 1, 2)));

/* A note about something that should not be so, which counts as a failure. */
void report_wrong(const char *format, ...) __attribute__((format(gnu_printf, 1, 2)));
unsigned report_failures(void);

void report_heading(const char *format, ...) __attribute__((format(gnu_printf, 1, 2)));

/* Waits for an event and tells how long it took. FALSE when it did not come. */
BOOL report_wait(HANDLE event, DWORD seconds, const char *what);

/* One line per route; of a long list the beginning and how many follow. */
void report_routes(const WCHAR *interface_name, const struct routes *routes, size_t at_most);

#endif
