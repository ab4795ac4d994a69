/* MprAdminInterfaceGetCustomInfoEx, MprAdminInterfaceSetCustomInfoEx: custom IKEv2 settings of an
 * interface of the running router.
 *
 * An interface of the stored configuration has them in its key, and there they outlive the router.
 * One that only the running router knows has no key: its settings are kept here and end with it,
 * like everything else about it, until a program stores both with MprConfig functions.
 */
#include "api/tunnel/custom_info.h"

#include "win32/store/config_store.h"

struct kept {
    struct kept *next;
    handle_t32 handle; /* never used again for another interface */
    custom_info info;
};

static struct kept *kept_list; /* under the router's lock */

static struct kept *find_kept(handle_t32 handle)
{
    struct kept *k = kept_list;

    while (k && k->handle != handle) k = k->next;
    return k;
}

/* Frees the settings of that interface, and of those that are gone. */
static void drop_kept(struct router *r, handle_t32 handle)
{
    struct interface_info info;

    for (struct kept **at = &kept_list; *at;) {
        struct kept *k = *at;

        if (k->handle != handle && router_interface_info(r, k->handle, &info) == ST_OK) {
            at = &k->next;
            continue;
        }
        *at = k->next;
        custom_info_free(&k->info);
        mem_free(k);
    }
}

static mpr_status keep(struct router *r, handle_t32 handle, size_t size, const custom_info *info)
{
    struct kept *k = mem_alloc(sizeof(*k));
    mpr_status status = k ? custom_info_clone(info, size, &k->info) : ST_NOT_ENOUGH_MEMORY;

    if (status != ST_OK) {
        mem_free(k);
        return status;
    }
    drop_kept(r, handle);
    if (!info->dwFlags) {
        custom_info_free(&k->info);
        mem_free(k);
        return ST_OK;
    }
    k->handle = handle;
    k->next = kept_list;
    kept_list = k;
    return ST_OK;
}

/* The interface, which has to be a demand-dial one; the router is entered on ST_OK. */
static mpr_status enter_interface(struct api_call *call, HANDLE server, HANDLE router_interface,
                                  const void *object, struct interface_info *ret)
{
    mpr_status status = api_enter(call, server);

    if (status != ST_OK) return status;
    status = object ? router_interface_info(call->router, api_handle(router_interface), ret)
                    : ST_INVALID_PARAMETER;
    if (!status && (ret->type != IF_FULL_ROUTER || !custom_info_size(object)))
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

static mpr_status get_info(HANDLE server, HANDLE router_interface, void *object)
{
    size_t size = custom_info_size(object);
    struct interface_info found;
    struct config_interface row;
    struct api_call call;
    custom_info copy = {.dwFlags = 0};
    struct kept *kept;
    bool stored = false;
    mpr_status status = enter_interface(&call, server, router_interface, object, &found);

    if (status != ST_OK) return status;
    kept = find_kept(found.handle);
    if (kept) status = custom_info_clone(&kept->info, size, &copy);
    api_leave(&call);
    if (!status && !kept) status = find_stored(found.name, &row, &stored);
    if (!status && stored) return custom_info_stored(&row, size, object);
    if (status == ST_OK) custom_info_scatter(&copy, size, object);
    return status;
}

static mpr_status set_info(HANDLE server, HANDLE router_interface, const void *object)
{
    size_t size = custom_info_size(object);
    struct interface_info found;
    struct config_interface row;
    struct api_call call;
    custom_info info;
    bool stored;
    mpr_status status = enter_interface(&call, server, router_interface, object, &found);

    if (status != ST_OK) return status;
    api_leave(&call);
    custom_info_gather(object, size, &info);
    status = custom_info_check(&info);
    if (status != ST_OK) return status;
    status = find_stored(found.name, &row, &stored);
    if (status != ST_OK) return status;
    if (stored) status = custom_info_store(&row, size, &info);
    if (status == ST_OK) status = api_enter_again(&call, server);
    if (status != ST_OK) return status;
    if (stored)
        drop_kept(call.router, found.handle);
    else
        status = keep(call.router, found.handle, size, &info);
    api_leave(&call);
    return status;
}

DWORD APIENTRY MprAdminInterfaceGetCustomInfoEx(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                                PMPR_IF_CUSTOMINFOEX object)
{
    return API_TRACE(get_info(server, router_interface, object),
                     "MprAdminInterfaceGetCustomInfoEx(server=%h, interface=%h, info=%p)", server,
                     router_interface, object);
}

DWORD APIENTRY MprAdminInterfaceSetCustomInfoEx(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                                PMPR_IF_CUSTOMINFOEX object)
{
    return API_TRACE(set_info(server, router_interface, object),
                     "MprAdminInterfaceSetCustomInfoEx(server=%h, interface=%h, info=%p)", server,
                     router_interface, object);
}
