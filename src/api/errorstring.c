/* MprAdminGetErrorString: the text of a code, in a block that the caller frees with LocalFree.
 *
 * Router and RAS codes have our own words (base/error_text.h); others are asked of the system's
 * message table. Codes from 600 on that are in neither are unknown, also where a system message of
 * the same number exists, since in this API they mean something else.
 */
#include "api/api.h"

#include <string.h>

#include "base/error_text.h"

/* The system's text without its line end; "" when there is none. */
static void system_text(DWORD code, WCHAR *text, DWORD capacity)
{
    DWORD length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL,
                                  code, 0, text, capacity, NULL);

    while (length && text[length - 1] <= L' ') length--;
    text[length] = 0;
}

DWORD WINAPI MprAdminGetErrorString(DWORD code, LPWSTR *ret)
{
    WCHAR buffer[1024] = L"";
    const WCHAR *text = (const WCHAR *)error_text(code);
    mpr_status status = ST_INVALID_PARAMETER;

    if (ret) *ret = NULL;
    if (!text && !error_text_is_router(code)) {
        system_text(code, buffer, (DWORD)(sizeof(buffer) / sizeof(buffer[0])));
        text = buffer[0] ? buffer : NULL;
    }
    if (ret) status = text ? ST_OK : ST_MR_MID_NOT_FOUND;
    if (status == ST_OK) {
        size_t size = (u16_length(text, SIZE_MAX) + 1) * sizeof(WCHAR);

        *ret = api_buffer_new(size);
        if (*ret)
            memcpy(*ret, text, size);
        else
            status = ST_NOT_ENOUGH_MEMORY;
    }
    return API_TRACE(status, "MprAdminGetErrorString(error=%s, text=%p)", code, ret);
}
