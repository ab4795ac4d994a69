/* The exported functions for the event log, over the system's (ReportEvent). A code that is not
 * NO_ERROR is the event's data, four octets, as everywhere in the log of RemoteAccess. They return
 * nothing: what the system's log does not take is lost. */
#include <mprapi_rtutils.h>

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "rtutils/log_text.h"
#include "rtutils/trace_text.h"

#define SOURCE      "RemoteAccess"
#define STRINGS_MAX 255u /* "several hundred" is beyond what a message can name, %1 to %99 */

static DWORD count_of(DWORD count, const void *strings)
{
    return strings && count <= STRINGS_MAX ? count : 0;
}

/* ---- logs ------------------------------------------------------------------------------------ */

HANDLE WINAPI RouterLogRegisterA(LPCSTR source)
{
    return RegisterEventSourceA(NULL, source);
}

HANDLE WINAPI RouterLogRegisterW(LPCWSTR source)
{
    return RegisterEventSourceW(NULL, source);
}

VOID WINAPI RouterLogDeregisterA(HANDLE log)
{
    if (log) DeregisterEventSource(log);
}

VOID WINAPI RouterLogDeregisterW(HANDLE log)
{
    RouterLogDeregisterA(log);
}

/* ---- with data, with a code ------------------------------------------------------------------ */

VOID WINAPI RouterLogEventDataA(HANDLE log, DWORD type, DWORD message, DWORD count, LPSTR *strings,
                                DWORD size, LPBYTE data)
{
    ReportEventA(log, (WORD)type, 0, message, NULL, (WORD)count_of(count, strings), data ? size : 0,
                 (LPCSTR *)strings, data);
}

VOID WINAPI RouterLogEventDataW(HANDLE log, DWORD type, DWORD message, DWORD count, LPWSTR *strings,
                                DWORD size, LPBYTE data)
{
    ReportEventW(log, (WORD)type, 0, message, NULL, (WORD)count_of(count, strings), data ? size : 0,
                 (LPCWSTR *)strings, data);
}

VOID WINAPI RouterLogEventA(HANDLE log, DWORD type, DWORD message, DWORD count, LPSTR *strings,
                            DWORD error)
{
    RouterLogEventDataA(log, type, message, count, strings, sizeof(error),
                        error ? (LPBYTE)&error : NULL);
}

VOID WINAPI RouterLogEventW(HANDLE log, DWORD type, DWORD message, DWORD count, LPWSTR *strings,
                            DWORD error)
{
    RouterLogEventDataW(log, type, message, count, strings, sizeof(error),
                        error ? (LPBYTE)&error : NULL);
}

/* ---- with the words of a code among the strings ---------------------------------------------- */

/* Pointers of one size: the text comes in at index, or behind the last. */
static DWORD insert(void **target, void **strings, DWORD count, void *text, DWORD index)
{
    const DWORD before = index < count ? index : count;

    if (before) memcpy(target, strings, before * sizeof(*target));
    target[before] = text;
    if (count > before)
        memcpy(target + before + 1, strings + before, (count - before) * sizeof(*target));
    return count + 1;
}

VOID WINAPI RouterLogEventStringW(HANDLE log, DWORD type, DWORD message, DWORD count,
                                  LPWSTR *strings, DWORD error, DWORD index)
{
    WCHAR text[LOG_TEXT_UNITS];
    void *all[STRINGS_MAX + 1];

    log_text_of(error, text);
    count = insert(all, (void **)strings, count_of(count, strings), text, index);
    ReportEventW(log, (WORD)type, 0, message, NULL, (WORD)count, sizeof(error), (LPCWSTR *)all,
                 &error);
}

VOID WINAPI RouterLogEventStringA(HANDLE log, DWORD type, DWORD message, DWORD count,
                                  LPSTR *strings, DWORD error, DWORD index)
{
    WCHAR text[LOG_TEXT_UNITS];
    void *all[STRINGS_MAX + 1];
    char *narrow;

    log_text_of(error, text);
    narrow = trace_text_narrow(text);
    count = insert(all, (void **)strings, count_of(count, strings), narrow ? narrow : (char[]){0},
                   index);
    ReportEventA(log, (WORD)type, 0, message, NULL, (WORD)count, sizeof(error), (LPCSTR *)all,
                 &error);
    mem_free(narrow);
}

/* ---- formatted: the text is the event's one string ------------------------------------------- */

VOID WINAPI RouterLogEventValistExW(HANDLE log, DWORD type, DWORD error, DWORD message,
                                    LPCWSTR format, va_list arguments)
{
    size_t units = 0;
    WCHAR *text = trace_text_format_w(format, arguments, &units);

    RouterLogEventW(log, type, message, text ? 1 : 0, &text, error);
    mem_free(text);
}

VOID WINAPI RouterLogEventValistExA(HANDLE log, DWORD type, DWORD error, DWORD message,
                                    LPCSTR format, va_list arguments)
{
    size_t units = 0, characters = 0;
    WCHAR *text = trace_text_format_a(format, arguments, &units, &characters);

    RouterLogEventW(log, type, message, text ? 1 : 0, &text, error);
    mem_free(text);
}

VOID __cdecl RouterLogEventExW(HANDLE log, DWORD type, DWORD error, DWORD message, LPCWSTR format,
                               ...)
{
    va_list arguments;

    va_start(arguments, format);
    RouterLogEventValistExW(log, type, error, message, format, arguments);
    va_end(arguments);
}

VOID __cdecl RouterLogEventExA(HANDLE log, DWORD type, DWORD error, DWORD message, LPCSTR format,
                               ...)
{
    va_list arguments;

    va_start(arguments, format);
    RouterLogEventValistExA(log, type, error, message, format, arguments);
    va_end(arguments);
}

/* ---- the router's own source ----------------------------------------------------------------- */

static void log_a(DWORD type, DWORD message, DWORD count, LPSTR *strings, DWORD error)
{
    HANDLE log = RouterLogRegisterA(SOURCE);

    if (log) RouterLogEventA(log, type, message, count, strings, error);
    RouterLogDeregisterA(log);
}

static void log_w(DWORD type, DWORD message, DWORD count, LPWSTR *strings, DWORD error)
{
    HANDLE log = RouterLogRegisterA(SOURCE);

    if (log) RouterLogEventW(log, type, message, count, strings, error);
    RouterLogDeregisterA(log);
}

VOID WINAPI LogErrorA(DWORD message, DWORD count, LPSTR *strings, DWORD error)
{
    log_a(EVENTLOG_ERROR_TYPE, message, count, strings, error);
}

VOID WINAPI LogErrorW(DWORD message, DWORD count, LPWSTR *strings, DWORD error)
{
    log_w(EVENTLOG_ERROR_TYPE, message, count, strings, error);
}

VOID WINAPI LogEventA(DWORD type, DWORD message, DWORD count, LPSTR *strings)
{
    log_a(type, message, count, strings, NO_ERROR);
}

VOID WINAPI LogEventW(DWORD type, DWORD message, DWORD count, LPWSTR *strings)
{
    log_w(type, message, count, strings, NO_ERROR);
}

/* ---- assertions ------------------------------------------------------------------------------ */

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

/* Goes to the debugger; without one the program goes on, as it does where assertions are compiled
 * out. */
VOID WINAPI RouterAssert(PSTR assertion, PSTR file, DWORD line, PSTR message)
{
    char text[512] = {0};

    _snprintf(text, sizeof(text) - 1, "assertion failed: %s, %s line %lu: %s\n",
              or_nothing(assertion), or_nothing(file), line, or_nothing(message));
    OutputDebugStringA(text);
    if (IsDebuggerPresent()) DebugBreak();
}
