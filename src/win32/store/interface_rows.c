#include "win32/store/interface_rows.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "router/router.h"
#include "win32/journal/entry_key.h"
#include "win32/journal/journal.h"
#include "win32/store/interface_names.h"
#include "win32/sys/registry.h"

#define INTERFACES_KEY L"Interfaces"

/* KB Q193834 names the first value; see "How an interface is dialled" in docs/COMPATIBILITY.md. */
static void read_unreachability(HKEY key, struct config_interface *ret)
{
    ret->unreachable_min = ret->unreachable_max = 0;
    if (ret->type != IF_FULL_ROUTER && ret->type != IF_HOME_ROUTER) return;
    registry_get_dword(key, L"MinUnreachabilityInterval", &ret->unreachable_min);
    registry_get_dword(key, L"MaxUnreachabilityInterval", &ret->unreachable_max);
}

/* A value that is missing or of the wrong type makes the interface one that is not there. */
mpr_status interface_row_read(HKEY key, DWORD number, struct config_interface *ret)
{
    WCHAR *name = NULL;
    DWORD enabled = 1;
    mpr_status status;
    bool fits;

    if (registry_get_dword(key, L"Type", &ret->type)) return ST_NO_SUCH_INTERFACE;
    status = registry_get_text(key, entry_mark(ENTRY_INTERFACE), &name);
    if (status != ST_OK) return status == ST_NOT_ENOUGH_MEMORY ? status : ST_NO_SUCH_INTERFACE;
    fits = name[0] && u16_copy(ret->name, CONFIG_INTERFACE_NAME_MAX + 1, name);
    mem_free(name);
    if (!fits) return ST_NO_SUCH_INTERFACE;
    registry_get_dword(key, L"Enabled", &enabled); /* missing: 1 (MS-RRASM 2.2.3) */
    ret->enabled = enabled != 0;
    ret->number = number;
    read_unreachability(key, ret);
    return ST_OK;
}

/* Going through the keys: each is found by trying its number, which saves listing them. */
struct walk {
    HKEY interfaces;
    struct registry_stamp begun;
    DWORD seen;    /* keys */
    DWORD missing; /* numbers that were none */
    struct interface_names names;
    config_interface_fn *visit;
    void *context;
};

static mpr_status visit_open(struct walk *w, HKEY key, DWORD number)
{
    struct config_interface row;
    mpr_status status = interface_row_read(key, number, &row);

    if (status == ST_NO_SUCH_INTERFACE) {
        if (entry_is_left(key, ENTRY_INTERFACE)) interface_names_left(&w->names, number);
        return w->visit(w->context, key, number, NULL);
    }
    if (status != ST_OK) return status;
    interface_names_add(&w->names, row.name, number);
    return w->visit(w->context, key, number, &row);
}

static mpr_status visit_number(struct walk *w, DWORD number)
{
    WCHAR name[16];
    mpr_status status;
    HKEY key;

    _snwprintf(name, ARRAYSIZE(name), L"%lu", number);
    status = registry_open_below(w->interfaces, name, KEY_READ, false, &key);
    if (status == ERROR_FILE_NOT_FOUND) {
        w->missing++;
        return ST_OK;
    }
    if (status != ST_OK) return status;
    w->seen++;
    interface_names_key(&w->names, number);
    status = visit_open(w, key, number);
    RegCloseKey(key);
    return status;
}

/* With gaps in the numbers, or keys that are none, the rest is listed after all. */
static mpr_status visit_listed(struct walk *w, DWORD first)
{
    DWORD *numbers, count;
    mpr_status status = registry_numbers(w->interfaces, &numbers, &count);

    if (status != ST_OK) return status;
    for (DWORD n = 0; n < count && status == ST_OK; n++) {
        if (numbers[n] >= first) status = visit_number(w, numbers[n]);
    }
    mem_free(numbers);
    return status;
}

static mpr_status visit_all(struct walk *w)
{
    const DWORD keys = w->begun.keys;
    DWORD number = 0;
    mpr_status status = ST_OK;

    for (; status == ST_OK && w->seen < keys && w->missing <= 16 + keys / 16; number++)
        status = visit_number(w, number);
    if (status != ST_OK || w->seen >= keys) return status;
    return visit_listed(w, number);
}

/* ---- what others did meanwhile --------------------------------------------------------------- */

/* Interfaces that were not come to, for the numbers of others moved up. */
struct missed {
    struct config_interface *rows;
    DWORD count;
};

static void note_missed(const struct walk *w, DWORD number, struct missed *m)
{
    struct config_interface *row = &m->rows[m->count];
    WCHAR name[16];
    HKEY key;

    _snwprintf(name, ARRAYSIZE(name), L"%lu", number);
    if (registry_open_below(w->interfaces, name, KEY_READ, false, &key) != ST_OK) return;
    if (interface_row_read(key, number, row) == ST_OK && !interface_names_has(&w->names, row->name))
        m->count++;
    RegCloseKey(key);
}

static mpr_status list_missed(const struct walk *w, struct missed *ret)
{
    DWORD *numbers, count;
    mpr_status status = registry_numbers(w->interfaces, &numbers, &count);

    *ret = (struct missed){NULL, 0};
    if (status != ST_OK || count == 0) return status;
    ret->rows = mem_alloc_array(count, sizeof(*ret->rows));
    for (DWORD n = 0; n < count && ret->rows; n++) note_missed(w, numbers[n], ret);
    mem_free(numbers);
    return ret->rows ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

/* Another one may have it again by now, which then was not there all the time. */
static mpr_status visit_missed(const struct walk *w, const struct config_interface *missed)
{
    struct config_interface row;
    mpr_status status = ST_OK;
    WCHAR name[16];
    HKEY key;

    _snwprintf(name, ARRAYSIZE(name), L"%lu", missed->number);
    if (registry_open_below(w->interfaces, name, KEY_READ, false, &key) != ST_OK) return ST_OK;
    if (interface_row_read(key, missed->number, &row) == ST_OK &&
        u16_equal_nocase(row.name, missed->name))
        status = w->visit(w->context, key, missed->number, &row);
    RegCloseKey(key);
    return status;
}

/* Nobody makes or deletes one while they are listed; visits are outside of that lock, since they
 * may enter the engine. */
static mpr_status visit_all_missed(const struct walk *w)
{
    struct missed missed;
    mpr_status status = w->names.failed ? ST_NOT_ENOUGH_MEMORY : journal_enter();

    if (status != ST_OK) return status;
    status = list_missed(w, &missed);
    journal_leave();
    for (DWORD n = 0; n < missed.count && status == ST_OK; n++)
        status = visit_missed(w, &missed.rows[n]);
    mem_free(missed.rows);
    return status;
}

static mpr_status walk(struct walk *w)
{
    mpr_status status = visit_all(w);

    if (status == ST_OK && !registry_stamp_is(w->interfaces, &w->begun)) {
        status = visit_all_missed(w);
        w->names.failed = true;
    }
    return status;
}

mpr_status config_interface_each(config_interface_fn *visit_one, void *context)
{
    struct walk w = {.visit = visit_one, .context = context};
    mpr_status status = registry_open(INTERFACES_KEY, KEY_READ, false, &w.interfaces);

    if (status != ST_OK && status != ERROR_FILE_NOT_FOUND) return status;
    status = w.interfaces ? registry_stamp(w.interfaces, &w.begun) : ST_OK; /* none */
    interface_names_begin(&w.names, w.begun.keys);
    if (status == ST_OK && w.interfaces) status = walk(&w);
    if (status == ST_OK)
        interface_names_keep(&w.names);
    else
        interface_names_drop(&w.names);
    if (w.interfaces) RegCloseKey(w.interfaces);
    return status;
}
