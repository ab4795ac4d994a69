/* The exported Trace functions but for TraceDump (trace_dump.c). Each output function returns the
 * characters of its text, 0 when it went nowhere. */
#include <mprapi_rtutils.h>

#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "rtutils/trace_client.h"
#include "rtutils/trace_console.h"
#include "rtutils/trace_output.h"
#include "rtutils/trace_text.h"

/* ---- registration ---------------------------------------------------------------------------- */

DWORD WINAPI TraceRegisterExW(LPCWSTR name, DWORD flags)
{
    return trace_client_new(name, flags);
}

DWORD WINAPI TraceRegisterExA(LPCSTR name, DWORD flags)
{
    WCHAR wide[TRACE_NAME_UNITS];

    if (name && MultiByteToWideChar(CP_ACP, 0, name, -1, wide, TRACE_NAME_UNITS))
        return trace_client_new(wide, flags);
    SetLastError(ERROR_INVALID_PARAMETER);
    return INVALID_TRACEID;
}

DWORD WINAPI TraceDeregisterExW(DWORD id, DWORD flags)
{
    (void)flags; /* none is known */
    return trace_client_end(id);
}

DWORD WINAPI TraceDeregisterExA(DWORD id, DWORD flags)
{
    return TraceDeregisterExW(id, flags);
}

DWORD WINAPI TraceDeregisterW(DWORD id)
{
    return TraceDeregisterExW(id, 0);
}

DWORD WINAPI TraceDeregisterA(DWORD id)
{
    return TraceDeregisterExW(id, 0);
}

/* A console is made for nobody who does not trace to one. */
DWORD WINAPI TraceGetConsoleW(DWORD id, LPHANDLE ret)
{
    struct trace_client *c = trace_client_get(id);
    struct trace_settings settings;
    DWORD rc = NO_ERROR;

    if (ret) *ret = NULL;
    if (!c) return ERROR_INVALID_PARAMETER;
    trace_client_settings(c, &settings);
    if (!ret)
        rc = ERROR_INVALID_PARAMETER;
    else if (!settings.console)
        rc = ERROR_INVALID_HANDLE;
    else if ((*ret = trace_console_get()) == NULL)
        rc = GetLastError();
    trace_client_release(c);
    return rc;
}

DWORD WINAPI TraceGetConsoleA(DWORD id, LPHANDLE ret)
{
    return TraceGetConsoleW(id, ret);
}

/* ---- text ------------------------------------------------------------------------------------ */

DWORD WINAPI TraceVprintfExA(DWORD id, DWORD flags, LPCSTR format, va_list arguments)
{
    struct trace_output o;
    size_t units = 0, characters = 0;
    WCHAR *text;
    bool written;

    if (!trace_output_begin(&o, id, flags)) return 0;
    text = trace_text_format_a(format, arguments, &units, &characters);
    written = text && trace_output_line(&o, text, units);
    mem_free(text);
    trace_output_end(&o);
    return written ? (DWORD)characters : 0;
}

DWORD WINAPI TraceVprintfExW(DWORD id, DWORD flags, LPCWSTR format, va_list arguments)
{
    struct trace_output o;
    size_t units = 0;
    WCHAR *text;
    bool written;

    if (!trace_output_begin(&o, id, flags)) return 0;
    text = trace_text_format_w(format, arguments, &units);
    written = text && trace_output_line(&o, text, units);
    mem_free(text);
    trace_output_end(&o);
    return written ? (DWORD)units : 0;
}

#define PRINTF(name, parameters, flags, vprintf)       \
    DWORD __cdecl name parameters                      \
    {                                                  \
        va_list arguments;                             \
        DWORD count;                                   \
                                                       \
        va_start(arguments, format);                   \
        count = vprintf(id, flags, format, arguments); \
        va_end(arguments);                             \
        return count;                                  \
    }
PRINTF(TracePrintfA, (DWORD id, LPCSTR format, ...), 0, TraceVprintfExA)
PRINTF(TracePrintfW, (DWORD id, LPCWSTR format, ...), 0, TraceVprintfExW)
PRINTF(TracePrintfExA, (DWORD id, DWORD flags, LPCSTR format, ...), flags, TraceVprintfExA)
PRINTF(TracePrintfExW, (DWORD id, DWORD flags, LPCWSTR format, ...), flags, TraceVprintfExW)

DWORD WINAPI TracePutsExW(DWORD id, DWORD flags, LPCWSTR text)
{
    const size_t units = text ? wcslen(text) : 0;
    struct trace_output o;
    bool written;

    if (!text || !trace_output_begin(&o, id, flags)) return 0;
    written = trace_output_line(&o, text, units);
    trace_output_end(&o);
    return written ? (DWORD)units : 0;
}

DWORD WINAPI TracePutsExA(DWORD id, DWORD flags, LPCSTR text)
{
    const size_t size = text ? strlen(text) : 0;
    struct trace_output o;
    size_t units = 0;
    WCHAR *wide;
    bool written;

    if (!text || !trace_output_begin(&o, id, flags)) return 0;
    wide = trace_text_widen(text, size, &units);
    written = wide && trace_output_line(&o, wide, units);
    mem_free(wide);
    trace_output_end(&o);
    return written ? (DWORD)size : 0;
}
