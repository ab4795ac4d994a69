/* One demand-dial interface: create, configure, connect, update, disconnect. */
#include "demo.h"

#include <mprerror.h>
#include <raserror.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "report.h"

#define CONNECT_SECONDS 60
#define UPDATE_SECONDS  120

/* Level 0, since the phone-book entry is there already: the interface takes device and all dial
 * settings from it. (Level 2 has these settings itself and writes the entry, which would replace
 * what the administrator put into the phone book.) */
static MPR_INTERFACE_0 describe(const WCHAR *name)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

    lstrcpynW(info.wszInterfaceName, name, MAX_INTERFACE_NAME_LEN + 1);
    return info;
}

BOOL create_branch(struct router *router, struct branch *branch)
{
    MPR_INTERFACE_0 info = describe(branch->name);
    HANDLE stored = NULL;
    DWORD rc =
        report_call(MprAdminInterfaceCreate(router->running, 0, (LPBYTE)&info, &branch->handle),
                    ERROR_INTERFACE_ALREADY_EXISTS, "MprAdminInterfaceCreate(\"%ls\", FULL_ROUTER)",
                    branch->name);

    if (rc == ERROR_INTERFACE_ALREADY_EXISTS) /* from the stored configuration of an earlier run */
        rc = report_call(MprAdminInterfaceGetHandle(router->running, (LPWSTR)branch->name,
                                                    &branch->handle, FALSE),
                         0, "MprAdminInterfaceGetHandle(\"%ls\")", branch->name);
    if (rc) return FALSE;
    if (MprConfigInterfaceGetHandle(router->stored, (LPWSTR)branch->name, &stored) == NO_ERROR)
        return TRUE;
    return !report_call(MprConfigInterfaceCreate(router->stored, 0, (LPBYTE)&info, &stored), 0,
                        "MprConfigInterfaceCreate(\"%ls\")", branch->name);
}

/* The stored twin of IP on the interface; learned routes are kept there too. */
static DWORD store_ip(struct router *router, struct branch *branch, LPVOID block)
{
    HANDLE parent = NULL, transport = NULL;
    DWORD rc = MprConfigInterfaceGetHandle(router->stored, (LPWSTR)branch->name, &parent);

    if (rc) return rc;
    return MprConfigInterfaceTransportAdd(router->stored, parent, PID_IP, (LPWSTR)L"Ip", block,
                                          MprInfoBlockQuerySize(block), &transport);
}

static DWORD add_ip(struct router *router, struct branch *branch, LPVOID block)
{
    LPBYTE present = NULL;
    DWORD size = 0, length = MprInfoBlockQuerySize(block);

    if (MprAdminInterfaceTransportGetInfo(router->running, branch->handle, PID_IP, &present,
                                          &size)) {
        return report_call(
            MprAdminInterfaceTransportAdd(router->running, branch->handle, PID_IP, block, length),
            0, "MprAdminInterfaceTransportAdd(PID_IP, RIP on demand)");
    }
    MprAdminBufferFree(present);
    return report_call(
        MprAdminInterfaceTransportSetInfo(router->running, branch->handle, PID_IP, block, length),
        0, "MprAdminInterfaceTransportSetInfo(PID_IP, RIP on demand)");
}

BOOL configure_branch(struct router *router, struct branch *branch, const IPRIP_IF_CONFIG *rip,
                      DWORD peer)
{
    LPVOID block = NULL;

    if (report_call(make_interface_block(rip, peer, &block), 0,
                    "MprInfoCreate, MprInfoBlockAdd(MS_IP_RIP)"))
        return FALSE;
    BOOL ok =
        !add_ip(router, branch, block) &&
        !report_call(store_ip(router, branch, block), 0, "MprConfigInterfaceTransportAdd(PID_IP)");
    MprInfoDelete(block);
    return ok;
}

static BOOL is_connected(struct router *router, struct branch *branch)
{
    MPR_INTERFACE_0 *info = NULL;

    if (report_call(MprAdminInterfaceGetInfo(router->running, branch->handle, 0, (LPBYTE *)&info),
                    0, "MprAdminInterfaceGetInfo(\"%ls\")", branch->name))
        return FALSE;
    BOOL connected = info->dwConnectionState == ROUTER_IF_STATE_CONNECTED;
    if (connected)
        report_note("%s", state_name(info->dwConnectionState));
    else
        report_wrong("%s: %s, reasons 0x%lx", state_name(info->dwConnectionState),
                     status_name(info->dwLastError), info->fUnReachabilityReasons);
    MprAdminBufferFree(info);
    return connected;
}

BOOL connect_branch(struct router *router, struct branch *branch)
{
    DWORD rc =
        report_call(MprAdminInterfaceConnect(router->running, branch->handle, router->done, FALSE),
                    0, "MprAdminInterfaceConnect(\"%ls\", event)", branch->name);

    if (rc == PENDING) report_wait(router->done, CONNECT_SECONDS, "the event was signalled");
    if (!is_connected(router, branch)) return FALSE;
    return report_wait(router->connection_event, 5, "connection event");
}

static BOOL read_branch(struct router *router, struct branch *branch)
{
    LPBYTE block = NULL;
    DWORD size = 0;

    if (report_call(MprAdminInterfaceTransportGetInfo(router->running, branch->handle, PID_IP,
                                                      &block, &size),
                    0, "MprAdminInterfaceTransportGetInfo(PID_IP)"))
        return FALSE;
    DWORD rc =
        report_call(read_routes(block, &branch->routes), 0, "MprInfoBlockFind(IP_ROUTE_INFO)");
    MprAdminBufferFree(block);
    report_note("%lu routes in %lu bytes", (DWORD)branch->routes.count, size);
    return rc == NO_ERROR;
}

/* The registry has the same routes, for the next start. */
static BOOL compare_registry(struct branch *branch)
{
    struct routes stored;

    if (report_call(registry_routes(branch->name, &stored), 0,
                    "RegQueryValueEx(...\\RemoteAccess\\Interfaces\\n\\Ip InterfaceInfo)"))
        return FALSE;
    sort_routes(&stored);
    sort_routes(&branch->routes);
    BOOL same = stored.count == branch->routes.count &&
                !memcmp(stored.list, branch->routes.list, stored.count * sizeof(*stored.list));
    if (same)
        report_note("the same %lu routes", (DWORD)stored.count);
    else
        report_wrong("%lu routes, and not the same", (DWORD)stored.count);
    free(stored.list);
    return same;
}

BOOL update_branch(struct router *router, struct branch *branch)
{
    DWORD result = NO_ERROR;
    DWORD rc = report_call(
        MprAdminInterfaceUpdateRoutes(router->running, branch->handle, PID_IP, router->done), 0,
        "MprAdminInterfaceUpdateRoutes(PID_IP, event)");

    if (rc == PENDING) report_wait(router->done, UPDATE_SECONDS, "the event was signalled");
    if (report_call(
            MprAdminInterfaceQueryUpdateResult(router->running, branch->handle, PID_IP, &result), 0,
            "MprAdminInterfaceQueryUpdateResult(PID_IP)"))
        return FALSE;
    if (result) {
        report_wrong("result of the update: %s", status_name(result));
        return FALSE;
    }
    report_note("result of the update: %s", status_name(result));
    return read_branch(router, branch) && compare_registry(branch);
}

void disconnect_branch(struct router *router, struct branch *branch)
{
    if (!branch->handle) return;
    if (!report_call(MprAdminInterfaceDisconnect(router->running, branch->handle),
                     ERROR_INTERFACE_NOT_CONNECTED, "MprAdminInterfaceDisconnect(\"%ls\")",
                     branch->name))
        report_wait(router->connection_event, 5, "connection event");
}
