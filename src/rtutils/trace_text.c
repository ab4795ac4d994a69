#include "rtutils/trace_text.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"

#define LENGTH_MAX 0x1000000

WCHAR *trace_text_widen(const char *text, size_t size, size_t *units)
{
    WCHAR *wide = size < LENGTH_MAX ? mem_alloc_array(size + 1, sizeof(*wide)) : NULL;

    *units = 0;
    if (wide && size)
        *units = (size_t)MultiByteToWideChar(CP_ACP, 0, text, (int)size, wide, (int)size);
    return wide;
}

char *trace_text_narrow(const WCHAR *text)
{
    const int size = WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    char *narrow = size > 0 ? mem_alloc((size_t)size) : NULL;

    if (narrow) WideCharToMultiByte(CP_ACP, 0, text, -1, narrow, size, NULL, NULL);
    return narrow;
}

/* The C library's own, since mingw-w64's has other ideas of %s and %S. */
static char *format_narrow(const char *format, va_list arguments, size_t *size)
{
    va_list copy;
    int length;
    char *text;

    va_copy(copy, arguments);
    length = _vscprintf(format, copy);
    va_end(copy);
    text = length >= 0 && length < LENGTH_MAX ? mem_alloc((size_t)length + 1) : NULL;
    if (text) _vsnprintf(text, (size_t)length + 1, format, arguments);
    *size = text ? (size_t)length : 0;
    return text;
}

WCHAR *trace_text_format_a(const char *format, va_list arguments, size_t *units, size_t *characters)
{
    char *narrow = format ? format_narrow(format, arguments, characters) : NULL;
    WCHAR *wide = narrow ? trace_text_widen(narrow, *characters, units) : NULL;

    mem_free(narrow);
    return wide;
}

WCHAR *trace_text_format_w(const WCHAR *format, va_list arguments, size_t *units)
{
    va_list copy;
    int length;
    WCHAR *text;

    if (!format) return NULL;
    va_copy(copy, arguments);
    length = _vscwprintf(format, copy);
    va_end(copy);
    text = length >= 0 && length < LENGTH_MAX ? mem_alloc_array((size_t)length + 1, sizeof(*text))
                                              : NULL;
    if (text) _vsnwprintf(text, (size_t)length + 1, format, arguments);
    *units = text ? (size_t)length : 0;
    return text;
}
