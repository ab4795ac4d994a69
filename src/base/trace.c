/* Log lines: formatted into a buffer on the stack and handed to the sink, one call per line.
 *
 * A sink is set at start-up and only read afterwards. Control characters are replaced, because
 * names in a line come from files and from the network and must not forge further lines.
 */
#include "base/trace.h"

#include "base/utf16.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum trace_level trace_current_level = TRACE_NONE;

static trace_sink_fn *current_sink;
static void *current_context;

void trace_set_sink(trace_sink_fn *sink, void *context, enum trace_level level)
{
    trace_current_level = TRACE_NONE;
    current_sink = sink;
    current_context = context;
    if (sink) trace_current_level = level;
}

void trace_write(enum trace_level level, const char *format, ...)
{
    char line[1024];
    va_list arguments;
    int length;

    if (!current_sink || level == TRACE_NONE) return;
    va_start(arguments, format);
    length = vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    /* Some C libraries report truncation as -1 and leave the line unterminated. */
    line[sizeof(line) - 1] = '\0';
    if (length < 0 || (size_t)length >= sizeof(line)) memcpy(line + sizeof(line) - 4, "...", 4);
    for (char *p = line; *p; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7F) *p = '?';
    }
    current_sink(current_context, level, line);
}

struct trace_text trace_u16(const char16_t *s)
{
    struct trace_text out = {"(null)"};
    size_t units, size;
    /* 3 bytes per unit at most, the dots, the terminator. */
    const size_t fits = (sizeof(out.text) - 4) / 3;

    if (!s) return out;
    units = u16_length(s, fits + 1);
    size = u16_to_utf8(out.text, sizeof(out.text), s, units > fits ? fits : units);
    if (units > fits) memcpy(out.text + size, "...", 4);
    return out;
}
