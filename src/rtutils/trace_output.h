/* Where a piece of trace goes, and how it looks there:
 *
 *     [<thread>] <MM-DD> <HH:MM:SS>:<mmm>: <text>
 *
 * in local time; the date with TRACE_USE_DATE, milliseconds with TRACE_USE_MSEC, only the text with
 * TRACE_NO_STDINFO. Each piece is a line, ended by CR LF: what ends its text already is not
 * doubled. Files are UTF-8.
 */
#ifndef MPR_RTUTILS_TRACE_OUTPUT_H
#define MPR_RTUTILS_TRACE_OUTPUT_H

#include "rtutils/trace_client.h"

/* One call of a component: begun, any number of lines, ended. It leaves the thread's last error as
 * it was, since callers trace between what has failed and their look at why. */
struct trace_output {
    struct trace_client *client;
    DWORD flags, last_error;
    struct trace_settings settings; /* file and console: of this call, with its mask */
};

/* False: it goes nowhere, for want of a component, an output or a bit of the mask. Else to be
 * ended. */
bool trace_output_begin(struct trace_output *o, DWORD id, DWORD flags);
/* False: it was written nowhere, or there was no memory. */
bool trace_output_line(const struct trace_output *o, const WCHAR *text, size_t units);
void trace_output_end(struct trace_output *o);

#endif
