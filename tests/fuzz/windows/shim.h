/* Included before everything else when a file of src/win32 or src/api is built natively, for
 * fuzzing under sanitizers: with this and -fshort-wchar, mingw-w64's headers work on Linux, whose
 * own C headers come first. What the files call of Windows is in shim.c and registry_shim.c. */
#ifndef TESTS_FUZZ_WINDOWS_SHIM_H
#define TESTS_FUZZ_WINDOWS_SHIM_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <wchar.h>

/* Types that both have are Linux'. */
#define _SIZE_T_DEFINED
#define _SSIZE_T_DEFINED
#define _WCHAR_T_DEFINED
#define _WCTYPE_T_DEFINED
#define _INTPTR_T_DEFINED
#define _UINTPTR_T_DEFINED
#define _PTRDIFF_T_DEFINED
#define _ERRNO_DEFINED
#define _TIME_T_DEFINED
#define _TIME64_T_DEFINED
#define _TIME32_T_DEFINED
#define timeval     shim_timeval
#define fd_set      shim_fd_set
#define select      shim_select
#define gethostname shim_gethostname

#define _WIN32
#define _WIN64
#define _INC_EXCPT
#define _X86INTRIN_INCLUDED
typedef int EXCEPTION_DISPOSITION;

#define __declspec(x)
#ifndef __clang__
#define __cdecl
#define __stdcall
#define __fastcall
#define __int64 long long
#define __int32 int
#define __int16 short
#define __int8 char
#define __MINGW_INTRIN_INLINE extern inline __attribute__((gnu_inline))
#endif

/* glibc's have four bytes a unit. */
#define wcslen     shim_wcslen
#define wcschr     shim_wcschr
#define _snwprintf shim_snwprintf
/* Named by an inline function of newer headers that nobody calls. */
int _wcsicmp(const wchar_t *a, const wchar_t *b);
size_t shim_wcslen(const wchar_t *s);
wchar_t *shim_wcschr(const wchar_t *s, wchar_t unit);
/* %ls, %lu (32 bits, as Windows has it) and %04lu; cuts and then returns -1. */
int shim_snwprintf(wchar_t *target, size_t capacity, const wchar_t *format, ...);

#endif
