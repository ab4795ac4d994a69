/* Transports of the stored configuration, below an interface or the router managers' key. */
#include "win32/store/config_store.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "router/router.h"
#include "win32/journal/entry_key.h"
#include "win32/store/config_defaults.h"
#include "win32/store/transport_rows.h"
#include "win32/sys/registry.h"

static void usual_name(DWORD id, WCHAR name[CONFIG_TRANSPORT_NAME_MAX + 1])
{
    const WCHAR *known = id == TRANSPORT_IP     ? L"Ip"
                         : id == TRANSPORT_IPV6 ? L"Ipv6"
                         : id == TRANSPORT_IPX  ? L"Ipx"
                                                : NULL;

    if (known)
        u16_copy(name, CONFIG_TRANSPORT_NAME_MAX + 1, known);
    else
        _snwprintf(name, CONFIG_TRANSPORT_NAME_MAX, L"%lu", id);
}

/* ---- a machine that was never configured ----------------------------------------------------- */

/* It has the default router managers, which stand nowhere: programs see them as the router does. */
static bool is_default(const WCHAR *container)
{
    return wcscmp(container, CONFIG_ROUTER_MANAGERS) == 0 && config_is_fresh();
}

/* Before something is written below RouterManagers: with the key there are no defaults any more. */
static mpr_status settle_defaults(const WCHAR *container)
{
    return is_default(container) ? config_defaults_write() : ST_OK;
}

static mpr_status list_defaults(struct config_transport **ret, DWORD *ret_count)
{
    static const DWORD ids[] = {TRANSPORT_IP, TRANSPORT_IPV6}; /* ascending */
    struct config_transport *rows = mem_alloc_array(2, sizeof(*rows));

    if (!rows) return ST_NOT_ENOUGH_MEMORY;
    for (DWORD i = 0; i < 2; i++) {
        rows[i].id = ids[i];
        usual_name(ids[i], rows[i].name);
    }
    *ret = rows;
    *ret_count = 2;
    return ST_OK;
}

static mpr_status get_default(const struct config_transport *row, const WCHAR *value,
                              struct blob *ret)
{
    blob_free(ret);
    return wcscmp(value, L"GlobalInfo") == 0 ? config_default_global(row->id, ret) : ST_OK;
}

/* ---- finding --------------------------------------------------------------------------------- */

mpr_status config_transport_list(const WCHAR *container, struct config_transport **ret,
                                 DWORD *ret_count)
{
    mpr_status status;
    HKEY key;

    *ret = NULL;
    *ret_count = 0;
    status = registry_open(container, KEY_READ, false, &key);
    if (status == ERROR_FILE_NOT_FOUND)
        return is_default(container) ? list_defaults(ret, ret_count) : ST_OK;
    if (status != ST_OK) return status;
    status = transport_rows_list(key, ret, ret_count);
    RegCloseKey(key);
    return status;
}

static mpr_status find_default(DWORD id, struct config_transport *ret)
{
    if (id != TRANSPORT_IP && id != TRANSPORT_IPV6) return ST_NOT_FOUND;
    ret->id = id;
    usual_name(id, ret->name);
    return ST_OK;
}

mpr_status config_transport_find(const WCHAR *container, DWORD id, struct config_transport *ret)
{
    mpr_status status;
    bool others;
    HKEY key;

    status = registry_open(container, KEY_READ, false, &key);
    if (status == ERROR_FILE_NOT_FOUND)
        return is_default(container) ? find_default(id, ret) : ST_NOT_FOUND;
    if (status != ST_OK) return status;
    status = transport_rows_find(key, id, ret, &others);
    RegCloseKey(key);
    return status;
}

/* Opens a transport's key below its container. */
static mpr_status open_transport(const WCHAR *container, const WCHAR *name, REGSAM access,
                                 HKEY *ret)
{
    WCHAR path[CONFIG_PATH_MAX + CONFIG_TRANSPORT_NAME_MAX + 2];

    _snwprintf(path, sizeof(path) / sizeof(*path), L"%ls\\%ls", container, name);
    return registry_open(path, access, false, ret);
}

/* ---- storing --------------------------------------------------------------------------------- */

static mpr_status set_value(HKEY key, const struct config_transport_value *v)
{
    if (v->text) return registry_set_text(key, v->name, REG_EXPAND_SZ, v->text);
    return v->data ? registry_set_blob(key, v->name, v->data, v->size) : ST_OK;
}

/* In this order, and the first failure ends it. */
static mpr_status set_values(HKEY key, const struct config_transport_value *values, size_t count)
{
    mpr_status status = ST_OK;

    for (size_t i = 0; i < count && status == ST_OK; i++) status = set_value(key, &values[i]);
    return status;
}

/* Whether it was left by a killed program, and is gone now. */
static bool is_left_and_goes(HKEY container, const WCHAR *name)
{
    bool stays = true;

    return entry_is_left_below(container, name, ENTRY_TRANSPORT) &&
           entry_delete(container, name, ENTRY_TRANSPORT, &stays) == ST_OK && !stays;
}

static void remove_left(HKEY container)
{
    DWORD n = 0;

    for (;;) {
        WCHAR name[CONFIG_TRANSPORT_NAME_MAX + 1];
        DWORD units = ARRAYSIZE(name);
        LSTATUS rc = RegEnumKeyExW(container, n, name, &units, NULL, NULL, NULL, NULL);

        if (rc != ERROR_SUCCESS && rc != ERROR_MORE_DATA) return;
        if (rc != ERROR_SUCCESS || !is_left_and_goes(container, name)) n++;
    }
}

/* The key is there, maybe with something in it that is not ours. */
static mpr_status fill_key(HKEY key, DWORD id, const struct config_transport_value *values,
                           size_t count)
{
    const WCHAR *mark = entry_mark(ENTRY_TRANSPORT);
    DWORD taken;
    mpr_status status;

    if (!registry_get_dword(key, mark, &taken) && taken) return ST_INVALID_PARAMETER;
    status = set_values(key, values, count);
    return status == ST_OK ? registry_set_dword(key, mark, id) : status;
}

static mpr_status create_below(HKEY container, const struct config_transport *row,
                               const struct config_transport_value *values, size_t count)
{
    DWORD disposition = 0;
    mpr_status status;
    HKEY key;

    status = (mpr_status)RegCreateKeyExW(container, row->name, 0, NULL, REG_OPTION_NON_VOLATILE,
                                         KEY_ALL_ACCESS, NULL, &key, &disposition);
    if (status != ST_OK) return status;
    status = fill_key(key, row->id, values, count);
    RegCloseKey(key);
    if (status != ST_OK && disposition == REG_CREATED_NEW_KEY) RegDeleteKeyW(container, row->name);
    return status;
}

static mpr_status change_below(HKEY container, const struct config_transport *row,
                               const struct config_transport_value *values, size_t count)
{
    mpr_status status;
    HKEY key;

    status = registry_open_below(container, row->name, KEY_ALL_ACCESS, false, &key);
    if (status != ST_OK) return status;
    status = set_values(key, values, count);
    RegCloseKey(key);
    return status;
}

static mpr_status store_below(HKEY container, const struct config_transport *wanted,
                              const struct config_transport_value *values, size_t count)
{
    struct config_transport row;
    bool others;
    mpr_status status = transport_rows_find(container, wanted->id, &row, &others);

    if (status == ST_OK) return change_below(container, &row, values, count);
    if (status != ST_NOT_FOUND) return status;
    if (!wanted->name[0]) return ST_INVALID_PARAMETER;
    if (others) remove_left(container);
    return create_below(container, wanted, values, count);
}

/* Name "": it is none that a key can have. */
static void name_wanted(struct config_transport *row, const WCHAR *name)
{
    if (!name || !name[0])
        usual_name(row->id, row->name);
    else if (wcschr(name, L'\\') || !u16_copy(row->name, CONFIG_TRANSPORT_NAME_MAX + 1, name))
        row->name[0] = 0;
}

mpr_status config_transport_store(const WCHAR *container, DWORD id, const WCHAR *name,
                                  const struct config_transport_value *values, size_t count)
{
    struct config_transport wanted = {.id = id};
    mpr_status status = settle_defaults(container);
    HKEY key;

    name_wanted(&wanted, name);
    if (status == ST_OK) status = registry_open(container, KEY_ALL_ACCESS, false, &key);
    if (status != ST_OK) return status;
    status = store_below(key, &wanted, values, count);
    RegCloseKey(key);
    return status;
}

mpr_status config_transport_change(const WCHAR *container, const struct config_transport *row,
                                   const struct config_transport_value *values, size_t count)
{
    mpr_status status = settle_defaults(container);
    HKEY key;

    if (status == ST_OK) status = open_transport(container, row->name, KEY_ALL_ACCESS, &key);
    if (status != ST_OK) return status;
    status = set_values(key, values, count);
    RegCloseKey(key);
    return status;
}

mpr_status config_transport_delete(const WCHAR *container, const struct config_transport *row)
{
    mpr_status status = settle_defaults(container);
    HKEY key;

    if (status == ST_OK) status = registry_open(container, KEY_ALL_ACCESS, false, &key);
    if (status != ST_OK) return status;
    status = entry_delete(key, row->name, ENTRY_TRANSPORT, NULL);
    RegCloseKey(key);
    return status;
}

/* ---- values ---------------------------------------------------------------------------------- */

mpr_status config_transport_get(const WCHAR *container, const struct config_transport *row,
                                const WCHAR *value, struct blob *ret)
{
    mpr_status status;
    HKEY key;

    status = open_transport(container, row->name, KEY_READ, &key);
    if (status == ERROR_FILE_NOT_FOUND && is_default(container))
        return get_default(row, value, ret);
    if (status != ST_OK) return status;
    status = registry_get_blob(key, value, ret);
    RegCloseKey(key);
    if (status != ERROR_FILE_NOT_FOUND) return status;
    blob_free(ret);
    return ST_OK;
}

mpr_status config_transport_get_dll(const struct config_transport *row, WCHAR **ret)
{
    mpr_status status;
    HKEY key;

    *ret = NULL;
    status = open_transport(CONFIG_ROUTER_MANAGERS, row->name, KEY_READ, &key);
    if (status == ERROR_FILE_NOT_FOUND && is_default(CONFIG_ROUTER_MANAGERS)) return ST_OK;
    if (status != ST_OK) return status;
    status = registry_get_text(key, L"DLLPath", ret);
    RegCloseKey(key);
    return status == ERROR_FILE_NOT_FOUND || status == ST_INVALID_DATA ? ST_OK : status;
}
