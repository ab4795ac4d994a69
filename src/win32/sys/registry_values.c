/* What a registry call says of a value is not passed on: "missing" is told apart, a lack of memory
 * too, and the rest is a malformed value. */
#include "win32/sys/registry_values.h"

#include "base/mem.h"
#include "win32/sys/registry.h"

static mpr_status value_status(mpr_status status)
{
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_INVALID_DATA;
}

void registry_values_text(struct registry_values *v, const WCHAR *name, char16_t *target,
                          size_t capacity)
{
    WCHAR *text = NULL;
    mpr_status status;

    if (v->status) return;
    status = registry_get_text(v->key, name, &text);
    if (status == ERROR_FILE_NOT_FOUND) return;
    if (status != ST_OK)
        v->status = value_status(status);
    else if (!u16_copy(target, capacity, (const char16_t *)text))
        v->status = ST_INVALID_DATA;
    mem_free(text);
}

void registry_values_number(struct registry_values *v, const WCHAR *name, uint32_t *target)
{
    DWORD value;
    mpr_status status;

    if (v->status) return;
    status = registry_get_dword(v->key, name, &value);
    if (status == ST_OK)
        *target = value;
    else if (status != ERROR_FILE_NOT_FOUND)
        v->status = value_status(status);
}

static bool parse_address(const char16_t *text, uint32_t *ret)
{
    uint32_t address = 0;

    for (int octet = 0; octet < 4; octet++) {
        uint32_t value = 0;
        int digits = 0;

        for (; *text >= u'0' && *text <= u'9' && digits < 4; text++, digits++)
            value = value * 10 + (uint32_t)(*text - u'0');
        if (!digits || digits > 3 || value > 255) return false;
        if (octet < 3 && *text++ != u'.') return false;
        address = address << 8 | value;
    }
    *ret = address;
    return !*text;
}

void registry_values_address(struct registry_values *v, const WCHAR *name, uint32_t *target)
{
    char16_t text[17] = {0};

    registry_values_text(v, name, text, ARRAYSIZE(text));
    if (!v->status && *text && !parse_address(text, target)) v->status = ST_INVALID_DATA;
}

void registry_values_choice(struct registry_values *v, const WCHAR *name,
                            const char16_t *const *names, uint32_t count, uint32_t *target)
{
    char16_t text[17] = {0};

    registry_values_text(v, name, text, ARRAYSIZE(text));
    if (v->status || (!*text && *target < count)) return;
    for (*target = 0; *target < count; ++*target) {
        if (u16_equal_nocase(text, names[*target])) return;
    }
    v->status = ST_INVALID_DATA;
}
