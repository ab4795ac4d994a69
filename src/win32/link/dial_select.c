/* The rule of dial_select.h. */
#include "win32/link/dial_select.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/link/dialer.h"
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

static mpr_status read_plan(HKEY key, const struct phonebook_settings *s, struct dial_plan *p)
{
    struct registry_values v = {key, ST_OK};

    u16_copy(p->adapter, DIAL_TEXT_MAX, s->device_name);
    dialer_read(&v, p);
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
