/* Interfaces of the stored configuration.
 *
 * The registry knows interfaces by number, the API by name. Finding a name means looking at every
 * key, so the number at which a name was found is remembered; a remembered number is believed only
 * when its key still has that name. The memory is a table of a fixed size that forgets: nothing can
 * fail for it, and a wrong or missing memory costs time only.
 */
#include "win32/store/config_store.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "router/router.h"
#include "win32/journal/config_change.h"
#include "win32/sys/registry.h"

#define INTERFACES L"Interfaces"
#define REMEMBERED 8192u

static DWORD remembered[REMEMBERED]; /* number + 1 by hash of the folded name; 0: nothing */

static volatile LONG *remembered_slot(const WCHAR *name)
{
    DWORD hash = 2166136261u;

    for (; *name; name++) hash = (hash ^ u16_fold(*name)) * 16777619u;
    return (volatile LONG *)&remembered[hash % REMEMBERED];
}

static void remember(const struct config_interface *row)
{
    InterlockedExchange(remembered_slot(row->name), (LONG)(row->number + 1));
}

void config_interface_path(WCHAR *path, DWORD number)
{
    _snwprintf(path, CONFIG_PATH_MAX, INTERFACES L"\\%lu", number);
}

static mpr_status open_interface(DWORD number, REGSAM access, HKEY *ret)
{
    WCHAR path[CONFIG_PATH_MAX];

    config_interface_path(path, number);
    return registry_open(path, access, false, ret);
}

/* KB Q193834 names the first value; see "How an interface is dialled" in docs/COMPATIBILITY.md. */
static void read_unreachability(HKEY key, struct config_interface *ret)
{
    ret->unreachable_min = ret->unreachable_max = 0;
    if (ret->type != IF_FULL_ROUTER && ret->type != IF_HOME_ROUTER) return;
    registry_get_dword(key, L"MinUnreachabilityInterval", &ret->unreachable_min);
    registry_get_dword(key, L"MaxUnreachabilityInterval", &ret->unreachable_max);
}

/* A value that is missing or of the wrong type makes the interface one that is not there. */
static mpr_status read_row(HKEY key, DWORD number, struct config_interface *ret)
{
    WCHAR *name = NULL;
    DWORD enabled = 1;
    mpr_status status;
    bool fits;

    if (registry_get_dword(key, L"Type", &ret->type)) return ST_NO_SUCH_INTERFACE;
    status = registry_get_text(key, L"InterfaceName", &name);
    if (status) return status == ST_NOT_ENOUGH_MEMORY ? status : ST_NO_SUCH_INTERFACE;
    fits = name[0] && u16_copy(ret->name, CONFIG_INTERFACE_NAME_MAX + 1, name);
    mem_free(name);
    if (!fits) return ST_NO_SUCH_INTERFACE;
    registry_get_dword(key, L"Enabled", &enabled); /* missing: 1 (MS-RRASM 2.2.3) */
    ret->enabled = enabled != 0;
    ret->number = number;
    read_unreachability(key, ret);
    return ST_OK;
}

mpr_status config_interface_read(DWORD number, struct config_interface *ret)
{
    mpr_status status;
    HKEY key;

    status = open_interface(number, KEY_READ, &key);
    if (status == ERROR_FILE_NOT_FOUND) return ST_NO_SUCH_INTERFACE;
    if (status) return status;
    status = read_row(key, number, ret);
    RegCloseKey(key);
    return status;
}

/* The numbers that exist; none at all is no error. */
static mpr_status list_numbers(DWORD **ret, DWORD *ret_count)
{
    mpr_status status;
    HKEY key;

    *ret = NULL;
    *ret_count = 0;
    status = registry_open(INTERFACES, KEY_READ, false, &key);
    if (status == ERROR_FILE_NOT_FOUND) return ST_OK;
    if (status) return status;
    status = registry_numbers(key, ret, ret_count);
    RegCloseKey(key);
    return status;
}

/* Reads the rows of some numbers; those that are no interfaces are left out. */
static mpr_status read_rows(const DWORD *numbers, DWORD count, struct config_interface *rows,
                            DWORD *ret_used)
{
    for (DWORD n = 0; n < count; n++) {
        mpr_status status = config_interface_read(numbers[n], &rows[*ret_used]);

        if (status == ST_OK)
            remember(&rows[(*ret_used)++]);
        else if (status != ST_NO_SUCH_INTERFACE)
            return status;
    }
    return ST_OK;
}

mpr_status config_interface_list(struct config_interface **ret, DWORD *ret_count)
{
    struct config_interface *rows;
    DWORD *numbers, count, used = 0;
    mpr_status status;

    *ret = NULL;
    *ret_count = 0;
    status = list_numbers(&numbers, &count);
    if (status || !count) {
        mem_free(numbers);
        return status;
    }
    rows = mem_alloc_array(count, sizeof(*rows));
    status = rows ? read_rows(numbers, count, rows, &used) : ST_NOT_ENOUGH_MEMORY;
    mem_free(numbers);
    if (status) {
        mem_free(rows);
        return status;
    }
    *ret = rows;
    *ret_count = used;
    return ST_OK;
}

/* The row of that name among some numbers. */
static mpr_status find_row(const DWORD *numbers, DWORD count, const WCHAR *name,
                           struct config_interface *ret)
{
    for (DWORD n = 0; n < count; n++) {
        mpr_status status = config_interface_read(numbers[n], ret);

        if (status == ST_OK && u16_equal_nocase(ret->name, name)) return ST_OK;
        if (status != ST_OK && status != ST_NO_SUCH_INTERFACE) return status;
    }
    return ST_NO_SUCH_INTERFACE;
}

mpr_status config_interface_find(const WCHAR *name, struct config_interface *ret)
{
    DWORD *numbers, count, number = (DWORD)*remembered_slot(name);
    mpr_status status;

    if (number && !config_interface_read(number - 1, ret) && u16_equal_nocase(ret->name, name))
        return ST_OK;
    status = list_numbers(&numbers, &count);
    if (status) return status;
    status = find_row(numbers, count, name, ret);
    mem_free(numbers);
    if (!status) remember(ret);
    return status;
}

static mpr_status write_row(HKEY key, const struct config_interface *row, bool keep_hours,
                            const WCHAR *hours)
{
    mpr_status status = registry_set_dword(key, L"Enabled", row->enabled);

    if (!status && !keep_hours)
        status = registry_set_text(key, L"DialOutHours", REG_MULTI_SZ, hours);
    return status;
}

static mpr_status lowest_free_number(DWORD *ret)
{
    DWORD *numbers, count, n = 0;
    mpr_status status = list_numbers(&numbers, &count);

    if (status) return status;
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
    if (status) return status;
    /* The name comes last: until then the key counts as none. */
    status = write_row(key, row, false, hours);
    if (!status) status = registry_set_dword(key, L"Type", row->type);
    if (!status) status = registry_set_text(key, L"InterfaceName", REG_SZ, row->name);
    RegCloseKey(key);
    if (status)
        config_interface_delete(row->number);
    else
        remember(row);
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
    if (status) return status == ERROR_FILE_NOT_FOUND ? ST_NO_SUCH_INTERFACE : status;
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

mpr_status config_interface_delete(DWORD number)
{
    WCHAR name[16];
    mpr_status status;
    HKEY key;

    status = registry_open(INTERFACES, KEY_ALL_ACCESS, false, &key);
    if (status) return status == ERROR_FILE_NOT_FOUND ? ST_NO_SUCH_INTERFACE : status;
    _snwprintf(name, 16, L"%lu", number);
    status = (mpr_status)RegDeleteTreeW(key, name);
    RegCloseKey(key);
    return status == ERROR_FILE_NOT_FOUND ? ST_NO_SUCH_INTERFACE : status;
}

mpr_status config_interface_hours(DWORD number, WCHAR **ret)
{
    mpr_status status;
    HKEY key;

    *ret = NULL;
    status = open_interface(number, KEY_READ, &key);
    if (status) return status == ERROR_FILE_NOT_FOUND ? ST_NO_SUCH_INTERFACE : status;
    status = registry_get_text(key, L"DialOutHours", ret);
    RegCloseKey(key);
    return status == ERROR_FILE_NOT_FOUND || status == ST_INVALID_DATA ? ST_OK : status;
}
