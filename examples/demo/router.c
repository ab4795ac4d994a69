/* Connecting to the router, events, and the router manager for IP. */
#include "demo.h"

#include <mprerror.h>

#include "names.h"
#include "report.h"

BOOL open_router(struct router *router)
{
    if (report_call(MprAdminServerConnect(NULL, &router->running), 0,
                    "MprAdminServerConnect(this machine)") ||
        report_call(MprConfigServerConnect(NULL, &router->stored), 0,
                    "MprConfigServerConnect(this machine)"))
        return FALSE;
    /* One event for each purpose: an asynchronous call signals its own when it is over; the other
     * one is signalled at each connect and disconnect of any interface, until deregistered. */
    router->done = CreateEventW(NULL, FALSE, FALSE, NULL);
    router->connection_event = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!router->done || !router->connection_event) return FALSE;
    return !report_call(
        MprAdminRegisterConnectionNotification(router->running, router->connection_event), 0,
        "MprAdminRegisterConnectionNotification(event)");
}

void close_router(struct router *router)
{
    if (router->running && router->connection_event)
        report_call(
            MprAdminDeregisterConnectionNotification(router->running, router->connection_event), 0,
            "MprAdminDeregisterConnectionNotification(event)");
    if (router->done) CloseHandle(router->done);
    if (router->connection_event) CloseHandle(router->connection_event);
    if (router->stored) MprConfigServerDisconnect(router->stored);
    if (router->running) MprAdminServerDisconnect(router->running);
}

/* The stored twin: without it the next start of the router has no router manager for IP. */
static BOOL store_ip(struct router *router, LPVOID block)
{
    HANDLE transport = NULL;

    return !report_call(MprConfigTransportCreate(router->stored, PID_IP, (LPWSTR)L"Ip", block,
                                                 MprInfoBlockQuerySize(block), NULL, 0,
                                                 (LPWSTR)L"iprtrmgr.dll", &transport),
                        0, "MprConfigTransportCreate(PID_IP, RIP)");
}

static BOOL create_ip(struct router *router)
{
    LPVOID block = NULL;

    if (report_call(make_global_block(&block), 0, "MprInfoCreate, MprInfoBlockAdd(MS_IP_RIP)"))
        return FALSE;
    BOOL ok = !report_call(MprAdminTransportCreate(router->running, PID_IP, (LPWSTR)L"Ip", block,
                                                   MprInfoBlockQuerySize(block), NULL, 0,
                                                   (LPWSTR)L"iprtrmgr.dll"),
                           0, "MprAdminTransportCreate(PID_IP, RIP)") &&
              store_ip(router, block);
    MprInfoDelete(block);
    return ok;
}

/* IP runs, but perhaps without RIP: then RIP's block is added to what there is. */
static BOOL add_rip(struct router *router, LPVOID present)
{
    LPVOID block = NULL;
    DWORD rc;

    if (MprInfoBlockExists(present, MS_IP_RIP)) return TRUE;
    if (report_call(make_global_block(&block), 0, "MprInfoCreate, MprInfoBlockAdd(MS_IP_RIP)"))
        return FALSE;
    /* A block that is not in what SetInfo gets stays as it is. */
    rc = report_call(MprAdminTransportSetInfo(router->running, PID_IP, block,
                                              MprInfoBlockQuerySize(block), NULL, 0),
                     0, "MprAdminTransportSetInfo(PID_IP, RIP)");
    BOOL ok = !rc && store_ip(router, block);
    MprInfoDelete(block);
    return ok;
}

BOOL install_ip(struct router *router)
{
    LPBYTE present = NULL;
    DWORD size = 0;
    DWORD rc =
        report_call(MprAdminTransportGetInfo(router->running, PID_IP, &present, &size, NULL, NULL),
                    ERROR_UNKNOWN_PROTOCOL_ID, "MprAdminTransportGetInfo(PID_IP)");

    if (rc == ERROR_UNKNOWN_PROTOCOL_ID) {
        report_note("no router manager for IP yet");
        return create_ip(router);
    }
    if (rc) return FALSE;
    BOOL ok = add_rip(router, present);
    MprAdminBufferFree(present);
    return ok;
}
