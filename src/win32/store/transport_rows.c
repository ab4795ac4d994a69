#include "win32/store/transport_rows.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "win32/journal/entry_key.h"
#include "win32/journal/journal.h"
#include "win32/sys/registry.h"

/* ---- going through a container --------------------------------------------------------------- */

/* Nearly always these are all there are; found by trying, they need not be listed. */
static const WCHAR *const usual_names[] = {L"Ip", L"Ipv6"};

struct transport_walk {
    HKEY container;
    config_transport_fn *visit;
    void *context;
    DWORD seen;      /* keys */
    bool has_others; /* keys without ProtocolId, which are no transports */
};

/* One that is gone, or that nobody may read, is none. */
static mpr_status visit_key(struct transport_walk *w, const WCHAR *name)
{
    struct config_transport row = {0};
    mpr_status status = ST_OK;
    HKEY key;

    if (!u16_copy(row.name, CONFIG_TRANSPORT_NAME_MAX + 1, name) ||
        registry_open_below(w->container, name, KEY_READ, false, &key) != ST_OK)
        return ST_OK;
    w->seen++;
    if (registry_get_dword(key, entry_mark(ENTRY_TRANSPORT), &row.id) || !row.id)
        w->has_others = true;
    else
        status = w->visit(w->context, key, &row);
    RegCloseKey(key);
    return status;
}

static bool is_usual(const WCHAR *name)
{
    bool usual = false;

    for (size_t i = 0; i < ARRAYSIZE(usual_names); i++)
        usual = usual || u16_equal_nocase(name, usual_names[i]);
    return usual;
}

static mpr_status visit_unusual(struct transport_walk *w, DWORD keys)
{
    mpr_status status = ST_OK;

    for (DWORD n = 0; status == ST_OK && w->seen < keys; n++) {
        WCHAR name[CONFIG_TRANSPORT_NAME_MAX + 1];
        DWORD units = ARRAYSIZE(name);
        LSTATUS rc = RegEnumKeyExW(w->container, n, name, &units, NULL, NULL, NULL, NULL);

        if (rc == ERROR_NO_MORE_ITEMS) break;
        if (rc == ERROR_MORE_DATA) continue; /* longer than any transport's */
        status = rc ? (mpr_status)rc : is_usual(name) ? ST_OK : visit_key(w, name);
    }
    return status;
}

static mpr_status visit_keys(struct transport_walk *w, DWORD keys)
{
    mpr_status status = ST_OK;

    w->seen = 0;
    for (size_t i = 0; i < ARRAYSIZE(usual_names) && status == ST_OK && w->seen < keys; i++)
        status = visit_key(w, usual_names[i]);
    return status == ST_OK ? visit_unusual(w, keys) : status;
}

/* Others made or deleted some, and what is listed moved up: once more, when nobody does. */
static mpr_status visit_again(struct transport_walk *w)
{
    mpr_status status = journal_enter();

    if (status != ST_OK) return status;
    status = visit_keys(w, MAXDWORD);
    journal_leave();
    return status;
}

static mpr_status visit_transports(struct transport_walk *w)
{
    struct registry_stamp begun;
    mpr_status status = registry_stamp(w->container, &begun);

    if (status != ST_OK || begun.keys == 0) return status;
    status = visit_keys(w, begun.keys);
    if (status != ST_OK || registry_stamp_is(w->container, &begun)) return status;
    return visit_again(w);
}

mpr_status config_transport_each(HKEY container, config_transport_fn *visit, void *context)
{
    struct transport_walk w = {.container = container, .visit = visit, .context = context};

    return visit_transports(&w);
}

/* ---- all of them, and one -------------------------------------------------------------------- */

struct transport_rows {
    struct config_transport *rows;
    DWORD count, capacity;
};

static bool has_row(const struct transport_rows *list, const struct config_transport *row)
{
    for (DWORD n = 0; n < list->count; n++) {
        if (u16_equal_nocase(list->rows[n].name, row->name)) return true;
    }
    return false;
}

/* config_transport_fn. */
static mpr_status append_transport(void *context, HKEY key, const struct config_transport *row)
{
    struct transport_rows *list = context;

    (void)key;
    if (has_row(list, row)) return ST_OK;
    if (list->count == list->capacity) {
        DWORD more = list->capacity ? list->capacity * 2 : 4;
        struct config_transport *bigger =
            mem_grow(list->rows, list->capacity, more, sizeof(*bigger));

        if (!bigger) return ST_NOT_ENOUGH_MEMORY;
        list->rows = bigger;
        list->capacity = more;
    }
    list->rows[list->count++] = *row;
    return ST_OK;
}

static int by_id(const void *a, const void *b)
{
    DWORD one = ((const struct config_transport *)a)->id;
    DWORD other = ((const struct config_transport *)b)->id;

    return one < other ? -1 : one > other;
}

mpr_status transport_rows_list(HKEY container, struct config_transport **ret, DWORD *ret_count)
{
    struct transport_rows list = {NULL, 0, 0};
    mpr_status status = config_transport_each(container, append_transport, &list);

    if (status != ST_OK) {
        mem_free(list.rows);
        return status;
    }
    if (list.count) qsort(list.rows, list.count, sizeof(*list.rows), by_id);
    *ret = list.rows;
    *ret_count = list.count;
    return ST_OK;
}

struct transport_search {
    DWORD id;
    struct config_transport *ret;
    bool found;
};

/* config_transport_fn: it is ended where the searched one is. */
static mpr_status compare_transport(void *context, HKEY key, const struct config_transport *row)
{
    struct transport_search *s = context;

    (void)key;
    if (row->id != s->id) return ST_OK;
    *s->ret = *row;
    s->found = true;
    return ST_ALREADY_EXISTS;
}

mpr_status transport_rows_find(HKEY container, DWORD id, struct config_transport *ret,
                               bool *ret_others)
{
    struct transport_search s = {id, ret, false};
    struct transport_walk w = {.container = container, .visit = compare_transport, .context = &s};
    mpr_status status = visit_transports(&w);

    *ret_others = w.has_others;
    if (s.found) return ST_OK;
    return status == ST_OK ? ST_NOT_FOUND : status;
}
