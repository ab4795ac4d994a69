/* The rule of dial_select.h: find the key, read its values by a table. */
#include "win32/dial_select.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/adapters.h"
#include "win32/registry.h"

static mpr_status open_dialer(const char16_t *name, HKEY *ret)
{
    static const WCHAR parent_path[] = L"Parameters\\Dialers";
    HKEY parent;
    mpr_status status;

    /* A backslash would lead to a key below. */
    if (!*name || wcschr((const WCHAR *)name, L'\\')) return ST_NOT_FOUND;
    status = registry_open(parent_path, KEY_READ, false, &parent);
    if (status) return status;
    status = registry_open_below(parent, (const WCHAR *)name, KEY_READ, false, ret);
    RegCloseKey(parent);
    return status;
}

/* Missing: target stays. False when the value is of another type or too long. */
static bool read_text(HKEY key, const WCHAR *name, char16_t *target, size_t capacity)
{
    WCHAR *text = NULL;
    mpr_status status = registry_get_text(key, name, &text);
    bool fits;

    if (status == ERROR_FILE_NOT_FOUND) return true;
    if (status) return false;
    fits = u16_copy(target, capacity, (const char16_t *)text);
    mem_free(text);
    return fits;
}

static bool read_number(HKEY key, const WCHAR *name, uint32_t *target)
{
    DWORD value;
    mpr_status status = registry_get_dword(key, name, &value);

    if (!status) *target = value;
    return !status || status == ERROR_FILE_NOT_FOUND;
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

static bool read_address(HKEY key, const WCHAR *name, uint32_t *target)
{
    char16_t text[17] = {0};

    if (!read_text(key, name, text, ARRAYSIZE(text))) return false;
    return !*text || parse_address(text, target);
}

static bool read_kind(HKEY key, enum dialer_kind *ret)
{
    static const struct {
        const char16_t *name;
        enum dialer_kind kind;
    } kinds[] = {{u"existing", DIALER_EXISTING},
                 {u"command", DIALER_COMMAND},
                 {u"scripted", DIALER_SCRIPTED}};
    char16_t text[17] = {0};

    if (!read_text(key, L"Kind", text, ARRAYSIZE(text))) return false;
    for (size_t i = 0; i < ARRAYSIZE(kinds); i++) {
        if (!u16_equal_nocase(text, kinds[i].name)) continue;
        *ret = kinds[i].kind;
        return true;
    }
    return false;
}

static bool read_scripted(HKEY key, struct dial_plan *p)
{
    uint32_t delay = 0, drop_after = 0, address = 0, mask = UINT32_MAX;

    p->outcome_failed = ST_CAN_NOT_COMPLETE;
    if (!read_number(key, L"Outcome", &p->outcome) ||
        !read_number(key, L"FailFirst", &p->fail_first) ||
        !read_number(key, L"OutcomeFailed", &p->outcome_failed) ||
        !read_number(key, L"Delay", &delay) || !read_number(key, L"DropAfter", &drop_after) ||
        !read_address(key, L"Address", &address) || !read_address(key, L"Mask", &mask))
        return false;
    p->delay = delay;
    p->drop_after = drop_after;
    p->binding.count = address != 0;
    p->binding.local[0].address = address;
    p->binding.local[0].mask = address ? mask : 0;
    p->binding.mtu = 1500;
    return true;
}

/* False: malformed. */
static bool read_plan(HKEY key, const struct phonebook_settings *s, struct dial_plan *p)
{
    if (!read_kind(key, &p->kind)) return false;
    u16_copy(p->adapter, DIAL_TEXT_MAX, s->device_name);
    if (!read_text(key, L"Adapter", p->adapter, DIAL_TEXT_MAX) ||
        !read_text(key, L"Command", p->command, ARRAYSIZE(p->command)) ||
        !read_number(key, L"Timeout", &p->timeout_seconds) ||
        !read_address(key, L"Remote", &p->binding.remote))
        return false;
    if (p->kind == DIALER_SCRIPTED) return read_scripted(key, p);
    return *p->adapter && (p->kind == DIALER_EXISTING || *p->command);
}

static void select_adapter(const struct phonebook_settings *s, struct dial_plan *p)
{
    const char16_t *const names[] = {s->device_name, s->port};
    struct adapter_list list;

    if (adapters_read(&list)) return;
    for (size_t i = 0; i < ARRAYSIZE(names) && p->kind == DIALER_NONE; i++) {
        if (!*names[i] || !adapters_find(&list, names[i])) continue;
        p->kind = DIALER_EXISTING;
        u16_copy(p->adapter, DIAL_TEXT_MAX, names[i]);
    }
    adapters_free(&list);
}

void dial_select(const char16_t *interface, const struct phonebook_settings *s,
                 struct dial_plan *ret)
{
    const char16_t *const names[] = {interface, s->device_name, s->device_type};

    memset(ret, 0, sizeof(*ret));
    for (size_t i = 0; i < ARRAYSIZE(names); i++) {
        HKEY key;

        if (open_dialer(names[i], &key)) continue;
        if (!read_plan(key, s, ret)) {
            TRACE(ERROR, "dialer: key Parameters\\Dialers\\%s is malformed",
                  trace_u16(names[i]).text);
            memset(ret, 0, sizeof(*ret));
        }
        RegCloseKey(key);
        return;
    }
    select_adapter(s, ret);
}
