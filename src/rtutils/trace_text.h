/* Text of callers, formatted as the C library of Windows does (in the W functions %s is wide), as
 * UTF-16. What is returned is mem_alloc'd; NULL: no memory, or the format can't be followed. */
#ifndef MPR_RTUTILS_TRACE_TEXT_H
#define MPR_RTUTILS_TRACE_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <windows.h>

/* *units: without the terminator; *characters: the caller's, in octets of the ANSI code page. */
WCHAR *trace_text_format_a(const char *format, va_list arguments, size_t *units,
                           size_t *characters);
WCHAR *trace_text_format_w(const WCHAR *format, va_list arguments, size_t *units);
/* Of the ANSI code page, size octets and a terminator. */
WCHAR *trace_text_widen(const char *text, size_t size, size_t *units);
/* The other way, as a string. */
char *trace_text_narrow(const WCHAR *text);

#endif
