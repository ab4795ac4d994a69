/* MprConfigInterfaceGetCustomInfoEx, MprConfigInterfaceSetCustomInfoEx: custom IKEv2 settings of a
 * stored interface. A get of an interface that is no demand-dial one says that there are none: its
 * page, other than that of the set, does not make it an error.
 */
#include "api/config/config.h"
#include "api/tunnel/custom_info.h"

#include "win32/journal/journal.h"

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
