/* The rule of dial_select.h: find the key, read its values by a table. */
#include "win32/link/dial_select.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/net/adapters.h"
#include "win32/sys/registry.h"
#include "win32/sys/registry_values.h"

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

/* The names are in the order of enum dialer_kind, without DIALER_NONE. */
static void read_kind(struct registry_values *v, enum dialer_kind *ret)
{
    static const char16_t *const names[] = {u"existing", u"command", u"scripted"};
    uint32_t place = ARRAYSIZE(names);

    registry_values_choice(v, L"Kind", names, ARRAYSIZE(names), &place);
    if (!v->status) *ret = (enum dialer_kind)(DIALER_EXISTING + place);
}

static void read_scripted(struct registry_values *v, struct dial_plan *p)
{
    uint32_t delay = 0, drop_after = 0, address = 0, mask = UINT32_MAX;

    p->outcome_failed = ST_CAN_NOT_COMPLETE;
    registry_values_number(v, L"Outcome", &p->outcome);
    registry_values_number(v, L"FailFirst", &p->fail_first);
    registry_values_number(v, L"OutcomeFailed", &p->outcome_failed);
    registry_values_number(v, L"Delay", &delay);
    registry_values_number(v, L"DropAfter", &drop_after);
    registry_values_address(v, L"Address", &address);
    registry_values_address(v, L"Mask", &mask);
    p->delay = delay;
    p->drop_after = drop_after;
    p->binding.count = address != 0;
    p->binding.local[0].address = address;
    p->binding.local[0].mask = address ? mask : 0;
    p->binding.mtu = 1500;
}

static mpr_status read_plan(HKEY key, const struct phonebook_settings *s, struct dial_plan *p)
{
    struct registry_values v = {key, ST_OK};

    read_kind(&v, &p->kind);
    u16_copy(p->adapter, DIAL_TEXT_MAX, s->device_name);
    registry_values_text(&v, L"Adapter", p->adapter, DIAL_TEXT_MAX);
    registry_values_text(&v, L"Command", p->command, ARRAYSIZE(p->command));
    registry_values_number(&v, L"Timeout", &p->timeout_seconds);
    registry_values_address(&v, L"Remote", &p->binding.remote);
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
