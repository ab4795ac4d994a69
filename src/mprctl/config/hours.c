#include "mprctl/config/hours.h"

#include <stdlib.h>
#include <string.h>

char *hours_text(const WCHAR *list)
{
    struct text t = {0};

    for (; list && *list; list += wcslen(list) + 1) {
        char *day = utf8_of(list);

        text_addf(&t, "%s%s", t.length ? ";" : "", day);
        free(day);
    }
    return t.data;
}

WCHAR *hours_list(const char *text)
{
    WCHAR *wide, *list, *to;
    bool blank = true; /* at the beginning of a day's text */

    if (!*text || text_same(text, "none")) return NULL;
    wide = wide_of(text);
    list = to = text_alloc((wcslen(wide) + 2) * sizeof(*list));
    for (const WCHAR *at = wide; *at; at++) {
        if (*at == L';') {
            if (!blank) *to++ = 0;
            blank = true;
        } else if (!blank || *at != L' ') {
            *to++ = *at;
            blank = false;
        }
    }
    free(wide);
    return list;
}
