/* What the running router has to store, found and written between journal_enter and journal_leave,
 * since other processes have routers of their own. */
#include "win32/store/config_save.h"

#include "win32/sys/windows_api.h"

#include "base/trace.h"
#include "win32/journal/journal.h"
#include "win32/store/config_defaults.h"
#include "win32/store/config_store.h"

static mpr_status store_global(const struct store_item *item)
{
    struct config_transport row;
    mpr_status status = config_transport_find(CONFIG_ROUTER_MANAGERS, item->transport, &row);

    if (status == ST_NOT_FOUND)
        status = config_transport_create(CONFIG_ROUTER_MANAGERS, item->transport, NULL, &row);
    if (status != ST_OK) return status;
    return config_transport_set(CONFIG_ROUTER_MANAGERS, &row, L"GlobalInfo", item->data,
                                item->size);
}

static mpr_status store_interface(const struct store_item *item)
{
    struct config_interface row;
    struct config_transport key;
    WCHAR path[CONFIG_PATH_MAX];
    mpr_status status = config_interface_find((const WCHAR *)item->interface_name, &row);

    if (status != ST_OK) return status;
    config_interface_path(path, row.number);
    status = config_transport_find(path, item->transport, &key);
    if (status == ST_NOT_FOUND) status = config_transport_create(path, item->transport, NULL, &key);
    if (status != ST_OK) return status;
    return config_transport_set(path, &key, L"InterfaceInfo", item->data, item->size);
}

void config_save(const struct store_item *item)
{
    bool global = item->kind == STORE_GLOBAL_INFO;
    mpr_status status = journal_enter();

    if (status == ST_OK) {
        status = global ? store_global(item) : store_interface(item);
        journal_leave();
    }
    if (status != ST_OK)
        TRACE(ERROR,
              "configuration: information of transport 0x%x, interface \"%s\", was not "
              "stored (error %u)",
              item->transport, global ? "" : trace_u16(item->interface_name).text, status);
}
