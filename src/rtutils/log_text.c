#include "rtutils/log_text.h"

#include <string.h>
#include <wchar.h>

#include "base/error_text.h"
#include "base/mem.h"
#include "base/utf16.h"
#include <mprapi_rtutils.h>
#include "rtutils/trace_text.h"

static void system_text(DWORD error, WCHAR target[LOG_TEXT_UNITS])
{
    DWORD units = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL,
                                 error, 0, target, LOG_TEXT_UNITS, NULL);

    while (units && target[units - 1] <= L' ') units--;
    target[units] = 0;
}

void log_text_of(DWORD error, WCHAR target[LOG_TEXT_UNITS])
{
    const char16_t *text = error_text(error);

    target[0] = 0;
    if (text)
        u16_copy_cut((char16_t *)target, LOG_TEXT_UNITS, text);
    else if (!error_text_is_router(error))
        system_text(error, target);
}

static void *local_copy(const void *text, size_t size)
{
    void *copy = LocalAlloc(LMEM_FIXED, size);

    if (copy) memcpy(copy, text, size);
    return copy;
}

/* ERROR_MR_MID_NOT_FOUND: nobody knows the code. */
DWORD WINAPI RouterGetErrorStringW(DWORD error, LPWSTR *ret)
{
    WCHAR text[LOG_TEXT_UNITS];

    if (!ret) return ERROR_INVALID_PARAMETER;
    *ret = NULL;
    log_text_of(error, text);
    if (!text[0]) return ERROR_MR_MID_NOT_FOUND;
    *ret = local_copy(text, (wcslen(text) + 1) * sizeof(WCHAR));
    return *ret ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}

DWORD WINAPI RouterGetErrorStringA(DWORD error, LPSTR *ret)
{
    WCHAR text[LOG_TEXT_UNITS];
    char *narrow;

    if (!ret) return ERROR_INVALID_PARAMETER;
    *ret = NULL;
    log_text_of(error, text);
    if (!text[0]) return ERROR_MR_MID_NOT_FOUND;
    narrow = trace_text_narrow(text);
    if (narrow) *ret = local_copy(narrow, strlen(narrow) + 1);
    mem_free(narrow);
    return *ret ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}
