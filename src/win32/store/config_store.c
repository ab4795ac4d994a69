/* Interfaces of the stored configuration. */
#include "win32/store/config_store.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "win32/journal/config_change.h"
#include "win32/journal/entry_key.h"
#include "win32/store/interface_names.h"
#include "win32/store/interface_rows.h"
#include "win32/sys/registry.h"

#define INTERFACES L"Interfaces"

static mpr_status open_interface(DWORD number, REGSAM access, HKEY *ret)
{
    WCHAR path[CONFIG_PATH_MAX];

    config_interface_path(path, number);
    return registry_open(path, access, false, ret);
}

mpr_status config_interface_read(DWORD number, struct config_interface *ret)
{
    mpr_status status;
    HKEY key;

    status = open_interface(number, KEY_READ, &key);
    if (status == ERROR_FILE_NOT_FOUND) return ST_NO_SUCH_INTERFACE;
    if (status != ST_OK) return status;
    status = interface_row_read(key, number, ret);
    RegCloseKey(key);
    return status;
}

struct row_list {
    struct config_interface *rows;
    DWORD count, capacity;
};

static mpr_status append_row(void *context, HKEY key, DWORD number,
                             const struct config_interface *row)
{
    struct row_list *list = context;

    (void)key, (void)number;
    if (!row) return ST_OK;
    if (list->count == list->capacity) {
        DWORD more = list->capacity ? list->capacity * 2 : 16;
        struct config_interface *bigger =
            mem_grow(list->rows, list->capacity, more, sizeof(*bigger));

        if (!bigger) return ST_NOT_ENOUGH_MEMORY;
        list->rows = bigger;
        list->capacity = more;
    }
    list->rows[list->count++] = *row;
    return ST_OK;
}

mpr_status config_interface_list(struct config_interface **ret, DWORD *ret_count)
{
    struct row_list list = {NULL, 0, 0};
    mpr_status status = config_interface_each(append_row, &list);

    *ret = NULL;
    *ret_count = 0;
    if (status != ST_OK) {
        mem_free(list.rows);
        return status;
    }
    *ret = list.rows;
    *ret_count = list.count;
    return ST_OK;
}

struct search {
    const WCHAR *name;
    struct config_interface *ret;
    bool found;
};

/* The first of that name; the others are gone through for interface_names. */
static mpr_status compare_row(void *context, HKEY key, DWORD number,
                              const struct config_interface *row)
{
    struct search *s = context;

    (void)key, (void)number;
    if (s->found || !row || !u16_equal_nocase(row->name, s->name)) return ST_OK;
    s->found = true;
    *s->ret = *row;
    return ST_OK;
}

mpr_status config_interface_find(const WCHAR *name, struct config_interface *ret)
{
    struct search s = {name, ret, false};
    uint32_t number;
    mpr_status status;

    if (interface_names_recall(name, &number) && !config_interface_read(number, ret) &&
        u16_equal_nocase(ret->name, name))
        return ST_OK;
    if (interface_names_lack(name)) return ST_NO_SUCH_INTERFACE;
    status = config_interface_each(compare_row, &s);
    if (status != ST_OK) return status;
    return s.found ? ST_OK : ST_NO_SUCH_INTERFACE;
}

static mpr_status write_row(HKEY key, const struct config_interface *row, bool keep_hours,
                            const WCHAR *hours)
{
    mpr_status status = registry_set_dword(key, L"Enabled", row->enabled);

    if (!status && !keep_hours)
        status = registry_set_text(key, L"DialOutHours", REG_MULTI_SZ, hours);
    return status;
}

/* The numbers that exist, where they are not known; none at all is no error. */
static mpr_status list_numbers(DWORD **ret, DWORD *ret_count)
{
    mpr_status status;
    HKEY key;

    *ret = NULL;
    *ret_count = 0;
    status = registry_open(INTERFACES, KEY_READ, false, &key);
    if (status == ERROR_FILE_NOT_FOUND) return ST_OK;
    if (status != ST_OK) return status;
    status = registry_numbers(key, ret, ret_count);
    RegCloseKey(key);
    return status;
}

/* A key that a killed program left makes room for the next one. */
static void remove_left_key(DWORD number)
{
    WCHAR name[16];
    HKEY key;

    _snwprintf(name, 16, L"%lu", number);
    if (registry_open(INTERFACES, KEY_ALL_ACCESS, false, &key) != ST_OK) return;
    if (entry_is_left_below(key, name, ENTRY_INTERFACE))
        entry_delete(key, name, ENTRY_INTERFACE, NULL);
    RegCloseKey(key);
}

static mpr_status lowest_free_number(DWORD *ret)
{
    DWORD *numbers, count, n = 0;
    uint32_t lowest, left;
    mpr_status status;

    if (interface_names_free(&lowest, &left)) {
        if (left != INTERFACE_GONE) remove_left_key(left);
        *ret = lowest < left ? lowest : left;
        return ST_OK;
    }
    status = list_numbers(&numbers, &count);
    if (status != ST_OK) return status;
    while (n < count && numbers[n] == n) n++;
    mem_free(numbers);
    *ret = n;
    return ST_OK;
}

/* A key that is there already is somebody's, even if it was made only since the list was read. */
static mpr_status create_key(DWORD *ret_number, HKEY *ret)
{
    WCHAR path[CONFIG_PATH_MAX];
    mpr_status status = lowest_free_number(ret_number);

    if (status != ST_OK) return status;
    config_interface_path(path, *ret_number);
    status = registry_create_new(path, ret);
    while (status == ST_ALREADY_EXISTS && ++*ret_number) {
        config_interface_path(path, *ret_number);
        status = registry_create_new(path, ret);
    }
    return status;
}

mpr_status config_interface_create(struct config_interface *row, const WCHAR *hours)
{
    mpr_status status;
    HKEY key;

    status = create_key(&row->number, &key);
    if (status != ST_OK) return status;
    /* The name comes last: until then the key counts as none. */
    status = write_row(key, row, false, hours);
    if (status == ST_OK) status = registry_set_dword(key, L"Type", row->type);
    if (status == ST_OK)
        status = registry_set_text(key, entry_mark(ENTRY_INTERFACE), REG_SZ, row->name);
    RegCloseKey(key);
    if (status != ST_OK)
        config_interface_delete(row);
    else
        interface_names_made(row->name, row->number);
    return status;
}

struct row_change {
    const struct config_interface *row;
    bool keep_hours;
    const WCHAR *hours;
};

static mpr_status write_existing(void *context)
{
    const struct row_change *change = context;
    mpr_status status;
    HKEY key;

    status = open_interface(change->row->number, KEY_ALL_ACCESS, &key);
    if (status != ST_OK) return status == ERROR_FILE_NOT_FOUND ? ST_NO_SUCH_INTERFACE : status;
    status = write_row(key, change->row, change->keep_hours, change->hours);
    RegCloseKey(key);
    return status;
}

mpr_status config_interface_write(const struct config_interface *row, bool keep_hours,
                                  const WCHAR *hours)
{
    static const WCHAR *const names[] = {L"Enabled", L"DialOutHours"};
    struct row_change change = {row, keep_hours, hours};
    WCHAR path[CONFIG_PATH_MAX];

    if (keep_hours) return write_existing(&change); /* one value is whole by itself */
    config_interface_path(path, row->number);
    return config_change_run(path, names, ARRAYSIZE(names), write_existing, &change);
}

mpr_status config_interface_delete(const struct config_interface *row)
{
    bool left = false;
    WCHAR name[16];
    mpr_status status;
    HKEY key;

    status = registry_open(INTERFACES, KEY_ALL_ACCESS, false, &key);
    if (status != ST_OK) return status == ERROR_FILE_NOT_FOUND ? ST_NO_SUCH_INTERFACE : status;
    _snwprintf(name, 16, L"%lu", row->number);
    status = entry_delete(key, name, ENTRY_INTERFACE, &left);
    RegCloseKey(key);
    if (status == ST_OK) interface_names_gone(row->name, row->number);
    if (status == ST_OK && left) interface_names_forget(); /* it is found again */
    return status == ERROR_FILE_NOT_FOUND ? ST_NO_SUCH_INTERFACE : status;
}

mpr_status config_interface_hours(DWORD number, WCHAR **ret)
{
    mpr_status status;
    HKEY key;

    *ret = NULL;
    status = open_interface(number, KEY_READ, &key);
    if (status != ST_OK) return status == ERROR_FILE_NOT_FOUND ? ST_NO_SUCH_INTERFACE : status;
    status = registry_get_text(key, L"DialOutHours", ret);
    RegCloseKey(key);
    return status == ERROR_FILE_NOT_FOUND || status == ST_INVALID_DATA ? ST_OK : status;
}
