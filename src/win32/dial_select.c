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

/* Reads values of one key and remembers the first failure, behind which nothing is read any more:
 * ST_INVALID_DATA for what is malformed, ST_NOT_ENOUGH_MEMORY. A missing value leaves its target.
 */
struct values {
    HKEY key;
    mpr_status status;
};

/* What a registry call says of a value, once "missing" has been told apart. */
static mpr_status value_status(mpr_status status)
{
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_INVALID_DATA;
}

static void read_text(struct values *v, const WCHAR *name, char16_t *target, size_t capacity)
{
    WCHAR *text = NULL;
    mpr_status status;

    if (v->status) return;
    status = registry_get_text(v->key, name, &text);
    if (status == ERROR_FILE_NOT_FOUND) return;
    if (status)
        v->status = value_status(status);
    else if (!u16_copy(target, capacity, (const char16_t *)text))
        v->status = ST_INVALID_DATA;
    mem_free(text);
}

static void read_number(struct values *v, const WCHAR *name, uint32_t *target)
{
    DWORD value;
    mpr_status status;

    if (v->status) return;
    status = registry_get_dword(v->key, name, &value);
    if (!status)
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

static void read_address(struct values *v, const WCHAR *name, uint32_t *target)
{
    char16_t text[17] = {0};

    read_text(v, name, text, ARRAYSIZE(text));
    if (!v->status && *text && !parse_address(text, target)) v->status = ST_INVALID_DATA;
}

static void read_kind(struct values *v, enum dialer_kind *ret)
{
    static const struct {
        const char16_t *name;
        enum dialer_kind kind;
    } kinds[] = {{u"existing", DIALER_EXISTING},
                 {u"command", DIALER_COMMAND},
                 {u"scripted", DIALER_SCRIPTED}};
    char16_t text[17] = {0};

    read_text(v, L"Kind", text, ARRAYSIZE(text));
    for (size_t i = 0; i < ARRAYSIZE(kinds) && !v->status; i++) {
        if (!u16_equal_nocase(text, kinds[i].name)) continue;
        *ret = kinds[i].kind;
        return;
    }
    if (!v->status) v->status = ST_INVALID_DATA;
}

static void read_scripted(struct values *v, struct dial_plan *p)
{
    uint32_t delay = 0, drop_after = 0, address = 0, mask = UINT32_MAX;

    p->outcome_failed = ST_CAN_NOT_COMPLETE;
    read_number(v, L"Outcome", &p->outcome);
    read_number(v, L"FailFirst", &p->fail_first);
    read_number(v, L"OutcomeFailed", &p->outcome_failed);
    read_number(v, L"Delay", &delay);
    read_number(v, L"DropAfter", &drop_after);
    read_address(v, L"Address", &address);
    read_address(v, L"Mask", &mask);
    p->delay = delay;
    p->drop_after = drop_after;
    p->binding.count = address != 0;
    p->binding.local[0].address = address;
    p->binding.local[0].mask = address ? mask : 0;
    p->binding.mtu = 1500;
}

static mpr_status read_plan(HKEY key, const struct phonebook_settings *s, struct dial_plan *p)
{
    struct values v = {key, ST_OK};

    read_kind(&v, &p->kind);
    u16_copy(p->adapter, DIAL_TEXT_MAX, s->device_name);
    read_text(&v, L"Adapter", p->adapter, DIAL_TEXT_MAX);
    read_text(&v, L"Command", p->command, ARRAYSIZE(p->command));
    read_number(&v, L"Timeout", &p->timeout_seconds);
    read_address(&v, L"Remote", &p->binding.remote);
    if (p->kind == DIALER_SCRIPTED)
        read_scripted(&v, p);
    else if (!v.status && (!*p->adapter || (p->kind == DIALER_COMMAND && !*p->command)))
        v.status = ST_INVALID_DATA;
    return v.status;
}

static mpr_status select_adapter(const struct phonebook_settings *s, struct dial_plan *p)
{
    const char16_t *const names[] = {s->device_name, s->port};
    struct adapter_list list;
    mpr_status status = adapters_read(&list);

    if (status) return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
    for (size_t i = 0; i < ARRAYSIZE(names) && p->kind == DIALER_NONE; i++) {
        if (!*names[i] || !adapters_find(&list, names[i])) continue;
        p->kind = DIALER_EXISTING;
        u16_copy(p->adapter, DIAL_TEXT_MAX, names[i]);
    }
    adapters_free(&list);
    return ST_OK;
}

mpr_status dial_select(const char16_t *interface, const struct phonebook_settings *s,
                       struct dial_plan *ret)
{
    const char16_t *const names[] = {interface, s->device_name, s->device_type};

    memset(ret, 0, sizeof(*ret));
    for (size_t i = 0; i < ARRAYSIZE(names); i++) {
        mpr_status status;
        HKEY key;

        if (open_dialer(names[i], &key)) continue;
        status = read_plan(key, s, ret);
        RegCloseKey(key);
        if (status) memset(ret, 0, sizeof(*ret));
        if (status != ST_INVALID_DATA) return status;
        TRACE(ERROR, "dialer: key Parameters\\Dialers\\%s is malformed", trace_u16(names[i]).text);
        return ST_OK;
    }
    return select_adapter(s, ret);
}
