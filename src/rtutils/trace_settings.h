/* What the administrator has set for a component that traces:
 * HKLM\Software\Microsoft\Tracing\<component>, in Windows' names.
 *
 *   EnableFileTracing, EnableConsoleTracing  REG_DWORD, 0
 *   FileTracingMask, ConsoleTracingMask      REG_DWORD, 0xFFFF0000
 *   MaxFileSize                              REG_DWORD, octets, 0x100000
 *   FileDirectory                            REG_EXPAND_SZ, %windir%\tracing
 *
 * A value that is missing is made with its default, if the process may; one of another type counts
 * as missing, and stays. 32-bit programs have their own, as on Windows (Wow6432Node).
 */
#ifndef MPR_RTUTILS_TRACE_SETTINGS_H
#define MPR_RTUTILS_TRACE_SETTINGS_H

#include <stdbool.h>
#include <windows.h>

#define TRACE_NAME_UNITS 64u /* of a component, with its terminator */

struct trace_settings {
    bool file, console;
    DWORD file_mask,
        console_mask; /* which bits of the upper half of a call's flags are let through */
    DWORD max_file_size;
    WCHAR directory[MAX_PATH]; /* with its variables expanded, without a backslash at the end */
};

/* Never fails: what can't be read is its default. */
void trace_settings_read(const WCHAR *name, struct trace_settings *ret);

/* Changes below Tracing are noticed between these two, which may be nested. */
void trace_settings_watch(void);
void trace_settings_unwatch(void);
/* Another number when something may have changed since it was given; looks at most so often that
 * it costs a caller nothing (20 times a second). */
LONG trace_settings_version(void);

#endif
