/* What else the fuzzed files call of Windows. */
#include "win32/sys/windows_api.h"

#include <sddl.h>
#include <wincrypt.h>
#include <lmaccess.h>
#include <lmjoin.h>
#include <dsgetdc.h>
#include <stdarg.h>
#include <stdbool.h>

#include "win32/sys/no_interface_macro.h"

/* ---- texts ---------------------------------------------------------------------------------- */

size_t shim_wcslen(const wchar_t *s)
{
    size_t units = 0;

    while (s[units]) units++;
    return units;
}

wchar_t *shim_wcschr(const wchar_t *s, wchar_t unit)
{
    for (; *s; s++) {
        if (*s == unit) return (wchar_t *)(uintptr_t)s;
    }
    return NULL;
}

struct text {
    wchar_t *next, *end;
    bool cut;
};

static void put(struct text *t, wchar_t unit)
{
    if (t->next < t->end)
        *t->next++ = unit;
    else
        t->cut = true;
}

static void put_number(struct text *t, unsigned value, unsigned width)
{
    char digits[16];
    int count = snprintf(digits, sizeof(digits), "%0*u", (int)width, value);

    for (int i = 0; i < count; i++) put(t, (wchar_t)digits[i]);
}

static void put_list(struct text *t, const wchar_t *format, va_list arguments)
{
    for (; *format; format++) {
        unsigned width = 0;

        if (*format != L'%') {
            put(t, *format);
            continue;
        }
        while (format[1] >= L'0' && format[1] <= L'9')
            width = width * 10 + (unsigned)(*++format - L'0');
        if (*++format != L'l') abort();
        if (*++format == L'u')
            put_number(t, va_arg(arguments, unsigned), width);
        else if (*format == L's')
            for (const wchar_t *s = va_arg(arguments, const wchar_t *); *s; s++) put(t, *s);
        else
            abort();
    }
}

int shim_snwprintf(wchar_t *target, size_t capacity, const wchar_t *format, ...)
{
    struct text t = {target, target + capacity - 1, false};
    va_list arguments;

    va_start(arguments, format);
    put_list(&t, format, arguments);
    va_end(arguments);
    *t.next = 0;
    return t.cut ? -1 : (int)(t.next - target);
}

/* ---- locks and errors; one thread ------------------------------------------------------------ */

VOID WINAPI AcquireSRWLockExclusive(PSRWLOCK lock)
{
    (void)lock;
}

VOID WINAPI ReleaseSRWLockExclusive(PSRWLOCK lock)
{
    (void)lock;
}

VOID WINAPI InitializeSRWLock(PSRWLOCK lock)
{
    (void)lock;
}

ULONGLONG WINAPI GetTickCount64(void)
{
    return 0;
}

VOID WINAPI AcquireSRWLockShared(PSRWLOCK lock)
{
    (void)lock;
}

VOID WINAPI ReleaseSRWLockShared(PSRWLOCK lock)
{
    (void)lock;
}

BOOL WINAPI InitOnceExecuteOnce(PINIT_ONCE once, PINIT_ONCE_FN function, PVOID parameter,
                                LPVOID *context)
{
    if (once->Ptr) return TRUE;
    once->Ptr = once;
    return function(once, parameter, context);
}

LONG WINAPI CompareFileTime(const FILETIME *one, const FILETIME *two)
{
    if (one->dwHighDateTime != two->dwHighDateTime)
        return one->dwHighDateTime < two->dwHighDateTime ? -1 : 1;
    if (one->dwLowDateTime == two->dwLowDateTime) return 0;
    return one->dwLowDateTime < two->dwLowDateTime ? -1 : 1;
}

DWORD WINAPI GetLastError(VOID)
{
    return ERROR_INVALID_DATA;
}

PVOID WINAPI RtlSecureZeroMemory(PVOID memory, SIZE_T size)
{
    return memset(memory, 0, size);
}

/* ---- protection: a mark, the binding's size, and the octets turned over ---------------------- */

HLOCAL WINAPI LocalFree(HLOCAL memory)
{
    free(memory);
    return NULL;
}

static BOOL turn(const DATA_BLOB *in, size_t skip, size_t ahead, DATA_BLOB *out)
{
    out->cbData = (DWORD)(in->cbData - skip + ahead);
    out->pbData = malloc(out->cbData ? out->cbData : 1);
    if (!out->pbData) abort();
    for (size_t i = 0; i < in->cbData - skip; i++)
        out->pbData[ahead + i] = (BYTE)~in->pbData[skip + i];
    return TRUE;
}

static BOOL WINAPI protect(DATA_BLOB *in, LPCWSTR text, DATA_BLOB *binding, PVOID reserved,
                           CRYPTPROTECT_PROMPTSTRUCT *prompt, DWORD flags, DATA_BLOB *out)
{
    (void)text, (void)reserved, (void)prompt, (void)flags;
    turn(in, 0, 1, out);
    out->pbData[0] = (BYTE)binding->cbData;
    return TRUE;
}

static BOOL WINAPI unprotect(DATA_BLOB *in, LPWSTR *text, DATA_BLOB *binding, PVOID reserved,
                             CRYPTPROTECT_PROMPTSTRUCT *prompt, DWORD flags, DATA_BLOB *out)
{
    (void)text, (void)reserved, (void)prompt, (void)flags;
    return in->cbData && in->pbData[0] == (BYTE)binding->cbData && turn(in, 1, 0, out);
}

/* ---- accounts: every one is there ------------------------------------------------------------ */

static NET_API_STATUS WINAPI user_info(LPCWSTR server, LPCWSTR user, DWORD level, LPBYTE *ret)
{
    (void)server, (void)user, (void)level;
    *ret = malloc(1);
    return 0;
}

static NET_API_STATUS WINAPI release(LPVOID memory)
{
    free(memory);
    return 0;
}

BOOL WINAPI GetComputerNameW(LPWSTR name, LPDWORD units)
{
    name[0] = L'X';
    name[1] = 0;
    *units = 1;
    return TRUE;
}

HMODULE WINAPI LoadLibraryExW(LPCWSTR name, HANDLE file, DWORD flags)
{
    (void)name, (void)file, (void)flags;
    return (HMODULE)(uintptr_t)1;
}

FARPROC WINAPI GetProcAddress(HMODULE module, LPCSTR name)
{
    (void)module;
    if (!strcmp(name, "CryptProtectData")) return (FARPROC)(void *)protect;
    if (!strcmp(name, "CryptUnprotectData")) return (FARPROC)(void *)unprotect;
    if (!strcmp(name, "NetUserGetInfo")) return (FARPROC)(void *)user_info;
    if (!strcmp(name, "NetApiBufferFree")) return (FARPROC)(void *)release;
    return (FARPROC)(void *)abort; /* domains: not called */
}

/* ---- security descriptors: none -------------------------------------------------------------- */

BOOL WINAPI ConvertStringSecurityDescriptorToSecurityDescriptorW(LPCWSTR text, DWORD revision,
                                                                 PSECURITY_DESCRIPTOR *ret,
                                                                 PULONG size)
{
    (void)text, (void)revision, (void)size;
    *ret = malloc(1);
    return *ret != NULL;
}

/* ---- files: the folder of a backup is there -------------------------------------------------- */

DWORD WINAPI GetFileAttributesW(LPCWSTR path)
{
    (void)path;
    return FILE_ATTRIBUTE_DIRECTORY;
}
