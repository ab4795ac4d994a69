/* The rule of dial_select.h. */
#include "win32/link/dial_select.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/link/dialer.h"
#include "win32/link/dialer_keys.h"
#include "win32/net/adapters.h"
#include "win32/sys/registry_values.h"

/* Stands for the entry's device: no adapter has that name. */
static const char16_t the_entrys[] = u"\x1";

/* Without what an entry adds to it. */
static mpr_status read_plan(HKEY key, struct dial_plan *p)
{
    struct registry_values v = {key, ST_OK};

    u16_copy(p->adapter, DIAL_TEXT_MAX, the_entrys);
    dialer_read(&v, p);
    return v.status;
}

static mpr_status complete_plan(const struct phonebook_settings *s, struct dial_plan *p)
{
    if (!u16_equal(p->adapter, the_entrys)) return ST_OK;
    u16_copy(p->adapter, DIAL_TEXT_MAX, s->device_name);
    return *p->adapter || p->kind == DIALER_SCRIPTED ? ST_OK : ST_INVALID_DATA;
}

static mpr_status select_adapter(const struct phonebook_settings *s, struct dial_plan *p)
{
    const char16_t *const names[] = {s->device_name, s->port};

    for (size_t i = 0; i < ARRAYSIZE(names) && p->kind == DIALER_NONE; i++) {
        bool there;
        mpr_status status = *names[i] ? adapters_have(names[i], &there) : ST_NOT_FOUND;

        if (status == ST_NOT_ENOUGH_MEMORY) return status;
        if (status != ST_OK || !there) continue;
        p->kind = DIALER_EXISTING;
        u16_copy(p->adapter, DIAL_TEXT_MAX, names[i]);
    }
    return ST_OK;
}

mpr_status dial_select(const char16_t *interface, const struct phonebook_settings *s,
                       struct dial_plan *ret)
{
    const char16_t *const names[] = {interface, s->device_name, s->device_type};
    size_t which = 0;
    mpr_status status = dialer_keys_find(names, ARRAYSIZE(names), read_plan, ret, &which);

    if (status == ST_OK) status = complete_plan(s, ret);
    if (status == ST_OK) return ST_OK;
    memset(ret, 0, sizeof(*ret));
    if (status == ST_NOT_FOUND) return select_adapter(s, ret);
    if (status != ST_INVALID_DATA) return status;
    TRACE(ERROR, "dialer: key Parameters\\Dialers\\%s is malformed", trace_u16(names[which]).text);
    return ST_OK;
}
