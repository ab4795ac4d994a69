/* Transports of the stored configuration, below an interface or the router managers' key. */
#include "win32/store/config_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "router/router.h"
#include "win32/store/config_defaults.h"
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

/* The n-th subkey of a container that is a transport, open; keys without ProtocolId are none. */
static mpr_status read_transport(HKEY container, DWORD n, struct config_transport *ret,
                                 HKEY *ret_key)
{
    DWORD length = CONFIG_TRANSPORT_NAME_MAX + 1;
    mpr_status status;

    *ret_key = NULL;
    memset(ret, 0, sizeof(*ret));
    status = (mpr_status)RegEnumKeyExW(container, n, ret->name, &length, NULL, NULL, NULL, NULL);
    if (status == ERROR_MORE_DATA) return ST_NOT_FOUND;
    if (status != ST_OK) return status;
    status = registry_open_below(container, ret->name, KEY_READ, false, ret_key);
    if (status != ST_OK) return ST_NOT_FOUND;
    status = registry_get_dword(*ret_key, L"ProtocolId", &ret->id);
    return status || !ret->id ? ST_NOT_FOUND : ST_OK;
}

mpr_status config_transport_each(HKEY container, config_transport_fn *visit, void *context)
{
    mpr_status status = ST_OK;

    for (DWORD n = 0; status == ST_OK; n++) {
        struct config_transport row;
        HKEY key = NULL;
        mpr_status found = read_transport(container, n, &row, &key);

        if (found == ERROR_NO_MORE_ITEMS) break;
        if (found == ST_OK)
            status = visit(context, key, &row);
        else if (found != ST_NOT_FOUND)
            status = found;
        if (key) RegCloseKey(key);
    }
    return status;
}

static int by_id(const void *a, const void *b)
{
    DWORD one = ((const struct config_transport *)a)->id;
    DWORD other = ((const struct config_transport *)b)->id;

    return one < other ? -1 : one > other;
}

static mpr_status list_open(HKEY container, struct config_transport **ret, DWORD *ret_count)
{
    DWORD keys = 0, used = 0;
    struct config_transport *rows;
    mpr_status status = (mpr_status)RegQueryInfoKeyW(container, NULL, NULL, NULL, &keys, NULL, NULL,
                                                     NULL, NULL, NULL, NULL, NULL);

    if (status || !keys) return status;
    rows = mem_alloc_array(keys, sizeof(*rows));
    if (!rows) return ST_NOT_ENOUGH_MEMORY;
    for (DWORD n = 0; n < keys; n++) {
        HKEY key;

        if (read_transport(container, n, &rows[used], &key) == ST_OK) used++;
        if (key) RegCloseKey(key);
    }
    qsort(rows, used, sizeof(*rows), by_id);
    *ret = rows;
    *ret_count = used;
    return ST_OK;
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
    status = list_open(key, ret, ret_count);
    RegCloseKey(key);
    return status;
}

mpr_status config_transport_find(const WCHAR *container, DWORD id, struct config_transport *ret)
{
    struct config_transport *rows;
    DWORD count;
    mpr_status status = config_transport_list(container, &rows, &count);

    if (status != ST_OK) return status;
    status = ST_NOT_FOUND;
    for (DWORD n = 0; n < count && status; n++) {
        if (rows[n].id == id) {
            *ret = rows[n];
            status = ST_OK;
        }
    }
    mem_free(rows);
    return status;
}

/* Opens a transport's key below its container. */
static mpr_status open_transport(const WCHAR *container, const WCHAR *name, REGSAM access,
                                 bool create, HKEY *ret)
{
    WCHAR path[CONFIG_PATH_MAX + CONFIG_TRANSPORT_NAME_MAX + 2];

    _snwprintf(path, sizeof(path) / sizeof(*path), L"%ls\\%ls", container, name);
    return registry_open(path, access, create, ret);
}

mpr_status config_transport_create(const WCHAR *container, DWORD id, const WCHAR *name,
                                   struct config_transport *ret)
{
    DWORD taken;
    mpr_status status;
    HKEY key;

    memset(ret, 0, sizeof(*ret));
    ret->id = id;
    if (!name || !name[0])
        usual_name(id, ret->name);
    else if (wcschr(name, L'\\') || !u16_copy(ret->name, CONFIG_TRANSPORT_NAME_MAX + 1, name))
        return ST_INVALID_PARAMETER;
    status = settle_defaults(container);
    if (status == ST_OK) status = open_transport(container, ret->name, KEY_ALL_ACCESS, true, &key);
    if (status != ST_OK) return status;
    if (!registry_get_dword(key, L"ProtocolId", &taken) && taken != id)
        status = ST_INVALID_PARAMETER;
    else
        status = registry_set_dword(key, L"ProtocolId", id);
    RegCloseKey(key);
    return status;
}

mpr_status config_transport_delete(const WCHAR *container, const struct config_transport *row)
{
    mpr_status status = settle_defaults(container);
    HKEY key;

    if (status == ST_OK) status = registry_open(container, KEY_ALL_ACCESS, false, &key);
    if (status != ST_OK) return status;
    status = (mpr_status)RegDeleteTreeW(key, row->name);
    RegCloseKey(key);
    return status;
}

mpr_status config_transport_get(const WCHAR *container, const struct config_transport *row,
                                const WCHAR *value, struct blob *ret)
{
    mpr_status status;
    HKEY key;

    status = open_transport(container, row->name, KEY_READ, false, &key);
    if (status == ERROR_FILE_NOT_FOUND && is_default(container))
        return get_default(row, value, ret);
    if (status != ST_OK) return status;
    status = registry_get_blob(key, value, ret);
    RegCloseKey(key);
    if (status != ERROR_FILE_NOT_FOUND) return status;
    blob_free(ret);
    return ST_OK;
}

mpr_status config_transport_set(const WCHAR *container, const struct config_transport *row,
                                const WCHAR *value, const void *data, size_t size)
{
    mpr_status status = settle_defaults(container);
    HKEY key;

    if (status == ST_OK) status = open_transport(container, row->name, KEY_ALL_ACCESS, false, &key);
    if (status != ST_OK) return status;
    status = registry_set_blob(key, value, data, size);
    RegCloseKey(key);
    return status;
}

mpr_status config_transport_get_dll(const struct config_transport *row, WCHAR **ret)
{
    mpr_status status;
    HKEY key;

    *ret = NULL;
    status = open_transport(CONFIG_ROUTER_MANAGERS, row->name, KEY_READ, false, &key);
    if (status == ERROR_FILE_NOT_FOUND && is_default(CONFIG_ROUTER_MANAGERS)) return ST_OK;
    if (status != ST_OK) return status;
    status = registry_get_text(key, L"DLLPath", ret);
    RegCloseKey(key);
    return status == ERROR_FILE_NOT_FOUND || status == ST_INVALID_DATA ? ST_OK : status;
}

mpr_status config_transport_set_dll(const struct config_transport *row, const WCHAR *path)
{
    mpr_status status = settle_defaults(CONFIG_ROUTER_MANAGERS);
    HKEY key;

    if (status == ST_OK)
        status = open_transport(CONFIG_ROUTER_MANAGERS, row->name, KEY_ALL_ACCESS, false, &key);
    if (status != ST_OK) return status;
    status = registry_set_text(key, L"DLLPath", REG_EXPAND_SZ, path);
    RegCloseKey(key);
    return status;
}
