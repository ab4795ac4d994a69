/* MprAdminInterfaceGetCustomInfoEx, MprAdminInterfaceSetCustomInfoEx: custom IKEv2 settings of an
 * interface of the running router.
 *
 * An interface of the stored configuration has them in its key, and there they outlive the router.
 * One that only the running router knows has no key: the router keeps its settings
 * (router_interface_set_custom), and they end with it like everything else about it, until a
 * program stores both with MprConfig functions.
 */
#include "api/tunnel/custom_info.h"

#include "api/remote/remote.h"
#include "win32/store/config_store.h"

/* The interface, which has to be a demand-dial one; the router is entered on ST_OK. */
static mpr_status enter_interface(struct api_call *call, HANDLE server, HANDLE router_interface,
                                  const void *object, struct interface_info *ret)
{
    mpr_status status = api_enter(call, server);

    if (status != ST_OK) return status;
    status = object ? router_interface_info(call->router, api_handle(router_interface), ret)
                    : ST_INVALID_PARAMETER;
    if (status == ST_OK && (ret->type != IF_FULL_ROUTER || !custom_info_size(object)))
        status = ST_INVALID_PARAMETER;
    if (status != ST_OK) api_leave(call);
    return status;
}

/* Whether it is stored. Not knowing for want of memory is not "no". */
static mpr_status find_stored(const char16_t *name, struct config_interface *row, bool *ret)
{
    mpr_status status = config_interface_find((const WCHAR *)name, row);

    *ret = status == ST_OK;
    return status == ST_NOT_ENOUGH_MEMORY ? status : ST_OK;
}

/* A copy of what the router keeps, as far as size goes; *ret_kept: there is something. Entered. */
static mpr_status clone_kept(const struct api_call *call, handle_t32 handle, size_t size,
                             custom_info *ret, bool *ret_kept)
{
    const struct blob *flat;
    custom_info kept;
    mpr_status status = router_interface_custom(call->router, handle, &flat);

    *ret_kept = status == ST_OK && flat->size;
    if (!*ret_kept) return status;
    custom_info_unflatten(flat, &kept);
    return custom_info_clone(&kept, size, ret);
}

static mpr_status get_info(HANDLE server, HANDLE router_interface, void *object)
{
    size_t size = custom_info_size(object);
    struct interface_info found;
    struct config_interface row;
    struct api_call call;
    custom_info copy = {.dwFlags = 0};
    bool kept = false, stored = false;
    mpr_status status = enter_interface(&call, server, router_interface, object, &found);

    if (status != ST_OK) return status;
    status = clone_kept(&call, found.handle, size, &copy, &kept);
    api_leave(&call);
    if (status == ST_OK && !kept) status = find_stored(found.name, &row, &stored);
    if (status == ST_OK && stored) return custom_info_stored(&row, size, object);
    if (status == ST_OK) custom_info_scatter(&copy, size, object);
    return status;
}

/* Into the router; flags 0: there are none any more. */
static mpr_status keep(HANDLE server, handle_t32 handle, size_t size, const custom_info *info)
{
    struct blob flat = {NULL, 0};
    struct api_call call;
    mpr_status status = info->dwFlags ? custom_info_flatten(info, size, &flat) : ST_OK;

    if (status == ST_OK) status = api_enter_again(&call, server);
    if (status == ST_OK) {
        status = router_interface_set_custom(call.router, handle, &flat);
        api_leave(&call);
    }
    blob_free(&flat);
    return status;
}

/* Into the key; the router forgets what it has kept. */
static mpr_status store(HANDLE server, handle_t32 handle, const struct config_interface *row,
                        size_t size, const custom_info *info)
{
    struct blob none = {NULL, 0};
    struct api_call call;
    mpr_status status = custom_info_store(row, size, info);

    if (status == ST_OK) status = api_enter_again(&call, server);
    if (status != ST_OK) return status;
    /* The key has them, even when the interface has ended meanwhile. */
    (void)router_interface_set_custom(call.router, handle, &none);
    api_leave(&call);
    return ST_OK;
}

static mpr_status set_custom_info(HANDLE server, HANDLE router_interface, const void *object)
{
    size_t size = custom_info_size(object);
    struct interface_info found;
    struct config_interface row;
    struct api_call call;
    custom_info info;
    bool stored = false;
    mpr_status status = enter_interface(&call, server, router_interface, object, &found);

    if (status != ST_OK) return status;
    api_leave(&call);
    custom_info_gather(object, size, &info);
    status = custom_info_check(&info);
    if (status == ST_OK) status = find_stored(found.name, &row, &stored);
    if (status != ST_OK) return status;
    return stored ? store(server, found.handle, &row, size, &info)
                  : keep(server, found.handle, size, &info);
}

DWORD APIENTRY MprAdminInterfaceGetCustomInfoEx(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                                PMPR_IF_CUSTOMINFOEX object)
{
    mpr_status status = remote_is(server)
                            ? remote_interface_get_custom_info(server, router_interface, object)
                            : get_info(server, router_interface, object);

    return API_TRACE(status, "MprAdminInterfaceGetCustomInfoEx(server=%h, interface=%h, info=%p)",
                     server, router_interface, object);
}

DWORD APIENTRY MprAdminInterfaceSetCustomInfoEx(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                                PMPR_IF_CUSTOMINFOEX object)
{
    mpr_status status = remote_is(server)
                            ? remote_interface_set_custom_info(server, router_interface, object)
                            : set_custom_info(server, router_interface, object);

    return API_TRACE(status, "MprAdminInterfaceSetCustomInfoEx(server=%h, interface=%h, info=%p)",
                     server, router_interface, object);
}
