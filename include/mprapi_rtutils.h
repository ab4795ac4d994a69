/* rtutils.h as Windows' and this rtutils.dll have it. mingw-w64's leaves the calling convention out
 * of some prototypes; without it they are cdecl on 32-bit x86, where the DLL's are stdcall. On
 * other machines this is <rtutils.h>. Include it instead, and link with librtutils.dll.a or
 * rtutils.lib of this project: mingw-w64's library has no wait functions for x86_64, and wrong
 * sizes for i686. */
#ifndef MPRAPI_RTUTILS_H
#define MPRAPI_RTUTILS_H

#include <stdarg.h>
#include <windows.h>

#if defined(__i386__) && defined(__ROUTING_RTUTILS_H__)
#error "include mprapi_rtutils.h instead of rtutils.h"
#endif

#define LogErrorW               mprapi_sdk_LogErrorW
#define LogEventW               mprapi_sdk_LogEventW
#define RouterLogRegisterA      mprapi_sdk_RouterLogRegisterA
#define RouterLogRegisterW      mprapi_sdk_RouterLogRegisterW
#define RouterLogDeregisterA    mprapi_sdk_RouterLogDeregisterA
#define RouterLogDeregisterW    mprapi_sdk_RouterLogDeregisterW
#define RouterLogEventA         mprapi_sdk_RouterLogEventA
#define RouterLogEventW         mprapi_sdk_RouterLogEventW
#define RouterLogEventDataA     mprapi_sdk_RouterLogEventDataA
#define RouterLogEventDataW     mprapi_sdk_RouterLogEventDataW
#define RouterLogEventStringA   mprapi_sdk_RouterLogEventStringA
#define RouterLogEventStringW   mprapi_sdk_RouterLogEventStringW
#define RouterLogEventValistExA mprapi_sdk_RouterLogEventValistExA
#define RouterLogEventValistExW mprapi_sdk_RouterLogEventValistExW
#define RouterGetErrorStringA   mprapi_sdk_RouterGetErrorStringA
#define RouterGetErrorStringW   mprapi_sdk_RouterGetErrorStringW
#define RouterAssert            mprapi_sdk_RouterAssert
#include <rtutils.h>
#undef LogErrorW
#undef LogEventW
#undef RouterLogRegisterA
#undef RouterLogRegisterW
#undef RouterLogDeregisterA
#undef RouterLogDeregisterW
#undef RouterLogEventA
#undef RouterLogEventW
#undef RouterLogEventDataA
#undef RouterLogEventDataW
#undef RouterLogEventStringA
#undef RouterLogEventStringW
#undef RouterLogEventValistExA
#undef RouterLogEventValistExW
#undef RouterGetErrorStringA
#undef RouterGetErrorStringW
#undef RouterAssert

#ifdef __cplusplus
extern "C" {
#endif

VOID WINAPI LogErrorW(DWORD message, DWORD count, LPWSTR *strings, DWORD error);
VOID WINAPI LogEventW(DWORD type, DWORD message, DWORD count, LPWSTR *strings);
HANDLE WINAPI RouterLogRegisterA(LPCSTR source);
HANDLE WINAPI RouterLogRegisterW(LPCWSTR source);
VOID WINAPI RouterLogDeregisterA(HANDLE log);
VOID WINAPI RouterLogDeregisterW(HANDLE log);
VOID WINAPI RouterLogEventA(HANDLE log, DWORD type, DWORD message, DWORD count, LPSTR *strings,
                            DWORD error);
VOID WINAPI RouterLogEventW(HANDLE log, DWORD type, DWORD message, DWORD count, LPWSTR *strings,
                            DWORD error);
VOID WINAPI RouterLogEventDataA(HANDLE log, DWORD type, DWORD message, DWORD count, LPSTR *strings,
                                DWORD size, LPBYTE data);
VOID WINAPI RouterLogEventDataW(HANDLE log, DWORD type, DWORD message, DWORD count, LPWSTR *strings,
                                DWORD size, LPBYTE data);
VOID WINAPI RouterLogEventStringA(HANDLE log, DWORD type, DWORD message, DWORD count,
                                  LPSTR *strings, DWORD error, DWORD index);
VOID WINAPI RouterLogEventStringW(HANDLE log, DWORD type, DWORD message, DWORD count,
                                  LPWSTR *strings, DWORD error, DWORD index);
VOID WINAPI RouterLogEventValistExA(HANDLE log, DWORD type, DWORD error, DWORD message,
                                    LPCSTR format, va_list arguments);
VOID WINAPI RouterLogEventValistExW(HANDLE log, DWORD type, DWORD error, DWORD message,
                                    LPCWSTR format, va_list arguments);
DWORD WINAPI RouterGetErrorStringA(DWORD error, LPSTR *text);
DWORD WINAPI RouterGetErrorStringW(DWORD error, LPWSTR *text);
VOID WINAPI RouterAssert(PSTR assertion, PSTR file, DWORD line, PSTR message);

#ifdef __cplusplus
}
#endif
#endif
