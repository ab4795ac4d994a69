/* The log: where MPRAPI_LOG says, one line per event and call.
 *
 *     12:03:44.120 4f4:4f8 call MprAdminInterfaceDelete(server=0x10100001, ...) = NO_ERROR
 *
 * The environment is read once, at the first call. Lines of base/trace.h (the core's and ours) go
 * through one sink, which appends each with one write, so that several threads and processes can
 * share a file.
 */
#include "api/api.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "api/exports/unbuilt.h"

bool api_trace_ready;

static const char *const level_names[] = {"none", "error", "warning", "info", "call", "debug"};
enum { LEVEL_COUNT = sizeof(level_names) / sizeof(level_names[0]) };

/* ---- where lines go ------------------------------------------------------------------------- */

static void write_line(void *context, enum trace_level level, const char *line)
{
    char text[1200];
    SYSTEMTIME now;
    DWORD written, last_error = GetLastError();
    int length;

    GetLocalTime(&now);
    length = snprintf(text, sizeof(text), "%02u:%02u:%02u.%03u %lx:%lx %s %s\r\n", now.wHour,
                      now.wMinute, now.wSecond, now.wMilliseconds, GetCurrentProcessId(),
                      GetCurrentThreadId(), level_names[level], line);
    if (length > 0 && (size_t)length < sizeof(text))
        WriteFile((HANDLE)context, text, (DWORD)length, &written, NULL);
    SetLastError(last_error);
}

static HANDLE open_log(void)
{
    WCHAR path[MAX_PATH * 2];
    const DWORD capacity = sizeof(path) / sizeof(path[0]);
    DWORD length = GetEnvironmentVariableW(L"MPRAPI_LOG", path, capacity);
    HANDLE file;

    if (length == 0 || length >= capacity) return NULL;
    if (u16_equal_nocase(path, L"stderr")) {
        file = GetStdHandle(STD_ERROR_HANDLE);
    } else {
        /* Append access makes each write go to the end, whoever else writes. */
        file = CreateFileW(path, FILE_APPEND_DATA,
                           FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                           OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    }
    return file == INVALID_HANDLE_VALUE ? NULL : file;
}

static enum trace_level wanted_level(void)
{
    char text[16];
    DWORD length = GetEnvironmentVariableA("MPRAPI_LOG_LEVEL", text, sizeof(text));

    if (length == 0 || length >= sizeof(text)) return TRACE_CALL;
    for (int i = 0; i < LEVEL_COUNT; i++) {
        if (!_stricmp(text, level_names[i]) || (text[0] == '0' + i && !text[1]))
            return (enum trace_level)i;
    }
    return TRACE_CALL;
}

static BOOL CALLBACK start_once(INIT_ONCE *once, void *parameter, void **context)
{
    HANDLE log = open_log();

    (void)once;
    (void)parameter;
    (void)context;
    if (log) trace_set_sink(write_line, log, wanted_level());
    __atomic_store_n(&api_trace_ready, true, __ATOMIC_RELEASE);
    return TRUE;
}

bool api_trace_start(void)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    DWORD last_error = GetLastError();

    InitOnceExecuteOnce(&once, start_once, NULL, NULL);
    SetLastError(last_error);
    return true;
}

/* ---- a call as text ------------------------------------------------------------------------- */

struct line {
    char text[960];
    size_t used;
};

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
add(struct line *l, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(l->text + l->used, sizeof(l->text) - l->used, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof(l->text) - l->used)
        l->used = sizeof(l->text) - 1; /* cut; trace_write marks what it cuts itself */
    else
        l->used += (size_t)length;
}

static void add_status(struct line *l, DWORD status)
{
    const char *name = status_name(status);

    if (strchr(name, '?'))
        add(l, "%lu", status);
    else
        add(l, "%s", name);
}

static void add_named(struct line *l, const char *const *names, size_t count, DWORD value)
{
    if (value < count)
        add(l, "%s", names[value]);
    else
        add(l, "%lu", value);
}

static void add_transport(struct line *l, DWORD id)
{
    switch (id) {
    case PID_IP:
        add(l, "PID_IP");
        break;
    case TRANSPORT_IPV6:
        add(l, "PID_IPV6");
        break;
    case PID_IPX:
        add(l, "PID_IPX");
        break;
    default:
        add(l, "0x%lx", id);
    }
}

static void add_text(struct line *l, const WCHAR *text)
{
    if (text)
        add(l, "\"%s\"", trace_u16(text).text);
    else
        add(l, "null");
}

/* Handles are shown as the numbers they are, NULL and INVALID_HANDLE_VALUE by name. */
static void add_handle(struct line *l, const void *handle)
{
    if (!handle)
        add(l, "NULL");
    else if (handle == INVALID_HANDLE_VALUE)
        add(l, "INVALID_HANDLE_VALUE");
    else
        add(l, "0x%llx", (unsigned long long)(ULONG_PTR)handle);
}

static const char *const type_names[] = {"CLIENT",   "HOME_ROUTER", "FULL_ROUTER", "DEDICATED",
                                         "INTERNAL", "LOOPBACK",    "TUNNEL1",     "DIALOUT"};
static const char *const state_names[] = {"UNREACHABLE", "DISCONNECTED", "CONNECTING", "CONNECTED"};

static void add_value(struct line *l, char kind, va_list *arguments)
{
    switch (kind) {
    case 'h':
        add_handle(l, va_arg(*arguments, const void *));
        break;
    case 'p':
        add(l, va_arg(*arguments, const void *) ? "set" : "null");
        break;
    case 'w':
        add_text(l, va_arg(*arguments, const WCHAR *));
        break;
    case 'u':
        add(l, "%lu", va_arg(*arguments, DWORD));
        break;
    case 'b':
        add(l, va_arg(*arguments, BOOL) ? "TRUE" : "FALSE");
        break;
    case 't':
        add_transport(l, va_arg(*arguments, DWORD));
        break;
    case 's':
        add_status(l, va_arg(*arguments, DWORD));
        break;
    case 'y':
        add_named(l, type_names, sizeof(type_names) / sizeof(type_names[0]),
                  va_arg(*arguments, DWORD));
        break;
    default: /* 'c' */
        add_named(l, state_names, sizeof(state_names) / sizeof(state_names[0]),
                  va_arg(*arguments, DWORD));
    }
}

static const char *add_part(struct line *l, const char *format, va_list *arguments)
{
    for (; *format && *format != '|'; format++) {
        if (*format == '%')
            add_value(l, *++format, arguments);
        else
            add(l, "%c", *format);
    }
    return format;
}

mpr_status api_trace(mpr_status status, const char *format, ...)
{
    struct line l = {.used = 0};
    va_list arguments;

    va_start(arguments, format);
    format = add_part(&l, format, &arguments);
    add(&l, " = ");
    add_status(&l, status);
    if (*format == '|' && status == ST_OK) {
        add(&l, " -> ");
        add_part(&l, format + 1, &arguments);
    }
    va_end(arguments);
    trace_write(TRACE_CALL, "%s", l.text);
    return status;
}

void api_note_unbuilt(const char *name)
{
    DWORD last_error = GetLastError();

    if (!api_trace_ready) api_trace_start();
    TRACE(WARNING, "%s is not built yet: it does nothing here", name);
    SetLastError(last_error);
}
