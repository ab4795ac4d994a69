/* MprConfigInterfaceGetCustomInfoEx, MprConfigInterfaceSetCustomInfoEx: custom IKEv2 settings of a
 * stored interface. A get of an interface that is no demand-dial one says that there are none: its
 * page, other than that of the set, does not make it an error.
 */
#include "api/config/config.h"
#include "api/tunnel/custom_info.h"

#include "win32/journal/journal.h"
#include "win32/sys/registry.h"

static mpr_status open_row(const struct config_interface *row, REGSAM access, HKEY *ret)
{
    WCHAR path[CONFIG_PATH_MAX];
    mpr_status status;

    config_interface_path(path, row->number);
    status = registry_open(path, access, false, ret);
    return status == ERROR_FILE_NOT_FOUND ? ST_NO_SUCH_INTERFACE : status;
}

mpr_status custom_info_stored(const struct config_interface *row, size_t size, void *object)
{
    custom_info info;
    mpr_status status;
    HKEY key;

    status = open_row(row, KEY_READ, &key);
    if (status != ST_OK) return status;
    status = custom_info_read(row->type == ROUTER_IF_TYPE_FULL_ROUTER ? key : NULL, size, &info);
    RegCloseKey(key);
    if (status == ST_OK) custom_info_scatter(&info, size, object);
    return status;
}

static mpr_status write_row(const struct config_interface *row, size_t size,
                            const custom_info *info)
{
    mpr_status status;
    HKEY key;

    status = open_row(row, KEY_ALL_ACCESS, &key);
    if (status != ST_OK) return status;
    status = custom_info_write(key, size, info);
    RegCloseKey(key);
    return status;
}

static mpr_status change_row(struct config_change *change, const struct config_interface *row)
{
    WCHAR full[CONFIG_PATH_MAX + sizeof(REGISTRY_ROOT) / sizeof(WCHAR)] = REGISTRY_ROOT L"\\";

    config_interface_path(full + wcslen(full), row->number);
    return custom_info_change(change, full);
}

mpr_status custom_info_store(const struct config_interface *row, size_t size,
                             const custom_info *info)
{
    struct config_change *change;
    mpr_status status;

    if (row->type != ROUTER_IF_TYPE_FULL_ROUTER) return ST_INVALID_PARAMETER;
    status = config_change_open(&change);
    if (status != ST_OK) return status;
    status = change_row(change, row);
    if (status == ST_OK) status = config_change_begin(change);
    if (status == ST_OK) status = write_row(row, size, info);
    return config_change_close(change, status);
}

DWORD APIENTRY MprConfigInterfaceGetCustomInfoEx(HANDLE config, HANDLE router_interface,
                                                 PMPR_IF_CUSTOMINFOEX object)
{
    size_t size = custom_info_size(object);
    struct config_interface row;
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = size ? config_interface_get(&call, router_interface, &row) : ST_INVALID_PARAMETER;
        if (status == ST_OK) status = custom_info_stored(&row, size, object);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigInterfaceGetCustomInfoEx(config=%h, interface=%h, info=%p)",
                     config, router_interface, object);
}

static mpr_status store_alone(struct config_call *call, HANDLE router_interface, size_t size,
                              const MPR_IF_CUSTOMINFOEX *object)
{
    struct config_interface row;
    custom_info info;
    mpr_status status = config_interface_get(call, router_interface, &row);

    if (status == ST_OK) {
        custom_info_gather(object, size, &info);
        status = custom_info_check(&info);
    }
    return status == ST_OK ? custom_info_store(&row, size, &info) : status;
}

DWORD APIENTRY MprConfigInterfaceSetCustomInfoEx(HANDLE config, HANDLE router_interface,
                                                 PMPR_IF_CUSTOMINFOEX object)
{
    size_t size = custom_info_size(object);
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = size ? journal_enter() : ST_INVALID_PARAMETER;
        if (status == ST_OK) {
            status = store_alone(&call, router_interface, size, object);
            journal_leave();
        }
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigInterfaceSetCustomInfoEx(config=%h, interface=%h, info=%p)",
                     config, router_interface, object);
}
