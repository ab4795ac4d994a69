/* The protocol's trace, HKLM\Software\Microsoft\Tracing\BEACON: EnableFileTracing 1 writes it to
 * %windir%\tracing\BEACON.LOG. FileTracingMask chooses among these: */
#ifndef BEACON_TRACE_H
#define BEACON_TRACE_H

#include <windows.h>

#include <rtutils.h>

#define TRACE_PROTOCOL  0x00010000u /* it starts and stops */
#define TRACE_INTERFACE 0x00020000u
#define TRACE_ROUTE     0x00040000u

extern DWORD trace_id;

/* TRACE(mask, format, ...) */
#define TRACE(mask, ...) \
    TracePrintfExA(trace_id, TRACE_USE_MASK | TRACE_USE_MSEC | (mask), __VA_ARGS__)

#endif
