#include "base/error_text.h"

#include <stddef.h>

struct error_row {
    uint16_t code;
    const char16_t *text;
};

#define TEXT_ROW(code, text) {code, u##text},
static const struct error_row error_rows[] = {
#include "base/error_text_table.h"
};
#undef TEXT_ROW

const char16_t *error_text(uint32_t code)
{
    size_t low = 0, high = sizeof(error_rows) / sizeof(error_rows[0]);

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (error_rows[middle].code == code) return error_rows[middle].text;
        if (error_rows[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool error_text_is_router(uint32_t code)
{
    return (code >= 600 && code <= 878) || (code >= 900 && code <= 957);
}
