/* What the running router has to store, found and written between journal_enter and journal_leave,
 * since other processes have routers of their own. */
#include "win32/store/config_save.h"

#include "win32/sys/windows_api.h"

#include "base/trace.h"
#include "win32/journal/journal.h"
#include "win32/store/config_defaults.h"
#include "win32/store/config_store.h"

static mpr_status store_value(const WCHAR *container, const struct store_item *item,
                              const WCHAR *name)
{
    const struct config_transport_value value = {name, item->data ? (const void *)item->data : L"",
                                                 item->size, NULL};

    return config_transport_store(container, item->transport, NULL, &value, 1);
}

static mpr_status store_interface(const struct store_item *item)
{
    struct config_interface row;
    WCHAR path[CONFIG_PATH_MAX];
    mpr_status status = config_interface_find((const WCHAR *)item->interface_name, &row);

    if (status != ST_OK) return status;
    config_interface_path(path, row.number);
    return store_value(path, item, L"InterfaceInfo");
}

void config_save(const struct store_item *item)
{
    bool global = item->kind == STORE_GLOBAL_INFO;
    mpr_status status = journal_enter();

    if (status == ST_OK) {
        status = global ? store_value(CONFIG_ROUTER_MANAGERS, item, L"GlobalInfo")
                        : store_interface(item);
        journal_leave();
    }
    if (status != ST_OK)
        TRACE(ERROR,
              "configuration: information of transport 0x%x, interface \"%s\", was not "
              "stored (error %u)",
              item->transport, global ? "" : trace_u16(item->interface_name).text, status);
}
