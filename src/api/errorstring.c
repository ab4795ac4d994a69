/* MprAdminGetErrorString: the text of a code, in a block that the caller frees with LocalFree.
 *
 * Router and RAS codes have our own words (errorstring_table.h); others are asked of the system's
 * message table. Codes from 600 on that are in neither are unknown, also where a system message of
 * the same number exists, since in this API they mean something else.
 */
#include "api/api.h"

#include <string.h>

struct error_text {
    WORD code;
    const WCHAR *text;
};

#define TEXT_ROW(code, text) {code, L##text},
static const struct error_text error_texts[] = {
#include "api/errorstring_table.h"
};
#undef TEXT_ROW

static const WCHAR *own_text(DWORD code)
{
    size_t low = 0, high = sizeof(error_texts) / sizeof(error_texts[0]);

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (error_texts[middle].code == code) return error_texts[middle].text;
        if (error_texts[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool is_router_code(DWORD code)
{
    return (code >= 600 && code <= 878) || (code >= 900 && code <= 957);
}

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
    const WCHAR *text = own_text(code);
    mpr_status status = ST_INVALID_PARAMETER;

    if (ret) *ret = NULL;
    if (!text && !is_router_code(code)) {
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
