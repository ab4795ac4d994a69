#include "rtutils/trace_output.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf16.h"
#include <mprapi_rtutils.h>
#include "rtutils/trace_console.h"
#include "rtutils/trace_file.h"

#define MASK       0xFFFF0000u
#define HEAD_UNITS 64u
#define UTF8_MOST  3u /* octets a unit */

static bool passes(DWORD flags, DWORD mask)
{
    return !(flags & TRACE_USE_MASK) || (flags & mask & MASK);
}

bool trace_output_begin(struct trace_output *o, DWORD id, DWORD flags)
{
    o->last_error = GetLastError();
    o->client = trace_client_get(id);
    o->flags = flags;
    if (!o->client) return false;
    trace_client_settings(o->client, &o->settings);
    o->settings.file = o->settings.file && passes(flags, o->settings.file_mask);
    o->settings.console = o->settings.console && passes(flags, o->settings.console_mask);
    if (o->settings.file || o->settings.console) return true;
    trace_output_end(o);
    return false;
}

void trace_output_end(struct trace_output *o)
{
    trace_client_release(o->client);
    o->client = NULL;
    SetLastError(o->last_error);
}

/* ---- a line ---------------------------------------------------------------------------------- */

static size_t print_head(WCHAR *target, DWORD flags)
{
    SYSTEMTIME now;
    int units;

    if (flags & TRACE_NO_STDINFO) return 0;
    GetLocalTime(&now);
    units = _snwprintf(target, HEAD_UNITS, L"[%lu] ", GetCurrentThreadId());
    if (flags & TRACE_USE_DATE)
        units += _snwprintf(target + units, HEAD_UNITS - (size_t)units, L"%02u-%02u ", now.wMonth,
                            now.wDay);
    units += _snwprintf(target + units, HEAD_UNITS - (size_t)units, L"%02u:%02u:%02u", now.wHour,
                        now.wMinute, now.wSecond);
    if (flags & TRACE_USE_MSEC)
        units +=
            _snwprintf(target + units, HEAD_UNITS - (size_t)units, L":%03u", now.wMilliseconds);
    units += _snwprintf(target + units, HEAD_UNITS - (size_t)units, L": ");
    return (size_t)units;
}

static size_t print_line(WCHAR *target, DWORD flags, const WCHAR *text, size_t units)
{
    size_t count = print_head(target, flags);

    if (units && text[units - 1] == L'\n') units--;
    if (units && text[units - 1] == L'\r') units--;
    if (units) memcpy(target + count, text, units * sizeof(WCHAR));
    count += units;
    target[count++] = L'\r';
    target[count++] = L'\n';
    return count;
}

static bool write_file(const struct trace_output *o, const WCHAR *line, size_t units)
{
    const size_t capacity = units * UTF8_MOST + 1;
    char *octets = mem_alloc_unset(capacity);
    size_t size;
    bool written;

    if (!octets) return false;
    size = u16_to_utf8(octets, capacity, (const char16_t *)line, units);
    written = trace_file_append(&o->settings, trace_client_name(o->client), octets, size);
    mem_free(octets);
    return written;
}

bool trace_output_line(const struct trace_output *o, const WCHAR *text, size_t units)
{
    WCHAR *line = mem_alloc_array(HEAD_UNITS + units + 2, sizeof(*line));
    bool file = false, console = false;
    size_t count;

    if (!line) return false;
    count = print_line(line, o->flags, text, units);
    if (o->settings.file) file = write_file(o, line, count);
    if (o->settings.console) console = trace_console_write(line, count);
    mem_free(line);
    return file || console;
}
