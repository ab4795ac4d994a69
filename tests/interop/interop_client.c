/* The client of the interop tests: configures RIP as a case wants it, asks for route updates, and
 * writes what was learned as text for case.sh to compare.
 *
 * usage: interop_client ADAPTER OUT [SETTING...]
 *   ADAPTER        the host adapter that is the link
 *   OUT            path of the results: after the n-th update OUT.n.block has the routes of the
 *                  interface's information block, OUT.n.registry those of the registry and
 *                  OUT.n.table the best routes of the router's own table that lead over the
 *                  interface, one "address/length next-hop metric kind" a line, sorted;
 *                  OUT.n.host has what GetIpForwardTable says, for other interfaces too; then
 *                  OUT.n.result has the update's result by name. The next update waits for a file
 *                  OUT.n.go.
 *   updates=N      how many updates; default 1; 0: only look at what is there
 *   version=V      1, compat or 2; default 2
 *   password=TEXT  simple authentication      md5=TEXT  keyed MD5
 *   peer=ADDRESS   ask this neighbour by unicast
 *
 * Exit code 0 means that every call but the updates went as it should.
 */
#include "demo.h"

#include <iphlpapi.h>
#include <iprtrmib.h>
#include <mprerror.h>
#include <raserror.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "existing_dialer.h"
#include "names.h"
#include "report.h"

#define UPDATE_SECONDS 120
#define GATE_SECONDS   60

struct settings {
    int updates;
    DWORD peer;
    IPRIP_IF_CONFIG rip;
};

static BOOL set_key(IPRIP_IF_CONFIG *rip, DWORD type, const char *key)
{
    if (strlen(key) > sizeof(rip->IC_AuthenticationKey)) return FALSE;
    rip->IC_AuthenticationType = type;
    memcpy(rip->IC_AuthenticationKey, key, strlen(key));
    return TRUE;
}

static BOOL set_version(IPRIP_IF_CONFIG *rip, const char *version)
{
    rip->IC_AcceptMode = !strcmp(version, "1")        ? IPRIP_RIP1
                         : !strcmp(version, "compat") ? IPRIP_RIP1_COMPAT
                                                      : IPRIP_RIP2;
    rip->IC_AnnounceMode = rip->IC_AcceptMode;
    return TRUE;
}

static BOOL parse_setting(struct settings *s, const char *text)
{
    const char *value = strchr(text, '=');

    if (!value) return FALSE;
    value++;
    if (!strncmp(text, "updates=", 8)) return s->updates = (int)strtol(value, NULL, 10), TRUE;
    if (!strncmp(text, "version=", 8)) return set_version(&s->rip, value);
    if (!strncmp(text, "password=", 9))
        return set_key(&s->rip, IPRIP_AUTHTYPE_SIMPLE_PASSWORD, value);
    if (!strncmp(text, "md5=", 4)) return set_key(&s->rip, IPRIP_AUTHTYPE_MD5, value);
    if (!strncmp(text, "peer=", 5)) return s->peer = inet_addr(value), TRUE;
    return FALSE;
}

static FILE *open_result(const char *out, int update, const char *what)
{
    char path[MAX_PATH];

    snprintf(path, sizeof(path), "%s.%d.%s", out, update, what);
    return fopen(path, "wb");
}

static BOOL write_routes(const char *out, int update, const char *what, struct routes *routes)
{
    char prefix[ADDRESS_TEXT], next_hop[ADDRESS_TEXT];
    FILE *file = open_result(out, update, what);

    if (!file) return FALSE;
    sort_routes(routes);
    for (size_t i = 0; i < routes->count; i++) {
        const struct route *r = &routes->list[i];
        fprintf(file, "%s %s %lu %s\n", prefix_text(r, prefix), address_text(r->next_hop, next_hop),
                r->metric, route_protocol_name(r->protocol));
    }
    free(routes->list);
    return fclose(file) == 0;
}

/* ---- the router's own table, through the MIB ------------------------------------------------- */

/* The row as its page has it; in C, iprtrmib.h makes a union of what comes before the preference.
 */
struct dest_row {
    MIB_IPFORWARDROW route;
    DWORD preference, view_set;
};

struct dest_table {
    DWORD count;
    struct dest_row rows[1];
};

/* *ret is freed with MprAdminMIBBufferFree. */
static DWORD ask_manager(DWORD variable, DWORD index_count, MIB_OPAQUE_INFO **ret)
{
    DWORD query[3] = {variable, 0, 0}, size = 0, rc;
    MIB_SERVER_HANDLE mib;

    rc = MprAdminMIBServerConnect(NULL, &mib);
    if (rc != NO_ERROR) return rc;
    rc = MprAdminMIBEntryGet(mib, PID_IP, IPRTRMGR_PID, query,
                             (DWORD)((1 + index_count) * sizeof(DWORD)), (LPVOID *)ret, &size);
    MprAdminMIBServerDisconnect(mib);
    return rc;
}

/* By the interface's name; 0: it is not there. */
static DWORD interface_index(void)
{
    MIB_OPAQUE_INFO *info;
    DWORD index = 0;
    const MIB_IFTABLE *table;

    if (report_call(ask_manager(IF_TABLE, 0, &info), 0, "MprAdminMIBEntryGet(IF_TABLE)")) return 0;
    table = (const MIB_IFTABLE *)(const void *)info->rgbyData;
    for (DWORD i = 0; i < table->dwNumEntries; i++) {
        if (!_wcsicmp(table->table[i].wszName, INTEROP_INTERFACE)) index = table->table[i].dwIndex;
    }
    MprAdminMIBBufferFree(info);
    return index;
}

static DWORD table_routes(struct routes *ret)
{
    DWORD index = interface_index();
    MIB_OPAQUE_INFO *info;
    DWORD rc = index ? ask_manager(DEST_LONGER, 2, &info) : ERROR_NO_SUCH_INTERFACE;
    const struct dest_table *table;

    if (rc != NO_ERROR) return rc;
    table = (const struct dest_table *)(const void *)info->rgbyData;
    ret->list = calloc(table->count + 1, sizeof(*ret->list));
    for (DWORD i = 0; ret->list && i < table->count; i++) {
        const MIB_IPFORWARDROW *row = &table->rows[i].route;

        if (row->dwForwardIfIndex != index) continue;
        ret->list[ret->count++] =
            (struct route){row->dwForwardDest, row->dwForwardMask, row->dwForwardNextHop,
                           row->dwForwardMetric1, row->dwForwardProto};
    }
    MprAdminMIBBufferFree(info);
    return ret->list ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}

/* ---- the host's table, as Windows programs see it ---------------------------------------------
 */

static DWORD host_routes(struct routes *ret)
{
    ULONG size = 16 << 20;
    MIB_IPFORWARDTABLE *table = malloc(size);
    DWORD rc = table ? GetIpForwardTable(table, &size, FALSE) : ERROR_NOT_ENOUGH_MEMORY;

    if (rc == NO_ERROR) ret->list = calloc(table->dwNumEntries + 1, sizeof(*ret->list));
    for (DWORD i = 0; ret->list && i < table->dwNumEntries; i++) {
        const MIB_IPFORWARDROW *row = &table->table[i];

        ret->list[ret->count++] =
            (struct route){row->dwForwardDest, row->dwForwardMask, row->dwForwardNextHop,
                           row->dwForwardMetric1, row->dwForwardProto};
    }
    free(table);
    if (rc != NO_ERROR) return rc;
    return ret->list ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}

/* ---- what there is after an update ----------------------------------------------------------- */

/* Read apart: that the first three are the same is what is tested. */
static BOOL write_state(struct router *router, struct branch *branch, const char *out, int update)
{
    struct routes running = {0}, stored = {0}, table = {0}, host = {0};
    LPBYTE block = NULL;
    DWORD size = 0;
    DWORD rc;

    if (report_call(MprAdminInterfaceTransportGetInfo(router->running, branch->handle, PID_IP,
                                                      &block, &size),
                    0, "MprAdminInterfaceTransportGetInfo(PID_IP)"))
        return FALSE;
    rc = report_call(read_routes(block, &running), 0, "MprInfoBlockFind(IP_ROUTE_INFO)");
    MprAdminBufferFree(block);
    if (rc || report_call(registry_routes(branch->name, &stored), 0, "InterfaceInfo, registry") ||
        report_call(table_routes(&table), 0, "MprAdminMIBEntryGet(DEST_LONGER)") ||
        report_call(host_routes(&host), 0, "GetIpForwardTable"))
        return FALSE;
    report_note("%lu routes in the block, %lu in the registry, %lu in the table",
                (DWORD)running.count, (DWORD)stored.count, (DWORD)table.count);
    return write_routes(out, update, "block", &running) &&
           write_routes(out, update, "registry", &stored) &&
           write_routes(out, update, "table", &table) && write_routes(out, update, "host", &host);
}

static BOOL write_result(const char *out, int update, DWORD result)
{
    FILE *file = open_result(out, update, "result");

    if (!file) return FALSE;
    fprintf(file, "%s\n", status_name(result));
    return fclose(file) == 0;
}

static BOOL update_once(struct router *router, struct branch *branch, const char *out, int update)
{
    DWORD result = ERROR_CAN_NOT_COMPLETE;
    DWORD rc = report_call(
        MprAdminInterfaceUpdateRoutes(router->running, branch->handle, PID_IP, router->done), 0,
        "MprAdminInterfaceUpdateRoutes(PID_IP, event)");

    if (rc != PENDING || !report_wait(router->done, UPDATE_SECONDS, "event") ||
        report_call(
            MprAdminInterfaceQueryUpdateResult(router->running, branch->handle, PID_IP, &result), 0,
            "MprAdminInterfaceQueryUpdateResult(PID_IP)"))
        return FALSE;
    report_note("result: %s", status_name(result));
    return write_state(router, branch, out, update) && write_result(out, update, result);
}

static BOOL wait_for_gate(const char *out, int update)
{
    char path[MAX_PATH];

    snprintf(path, sizeof(path), "%s.%d.go", out, update);
    for (int i = 0; i < GATE_SECONDS * 20; i++) {
        if (GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES) return TRUE;
        Sleep(50);
    }
    report_wrong("nobody made %s", path);
    return FALSE;
}

static BOOL run(struct router *router, struct branch *branch, const struct settings *s,
                const char *out)
{
    if (!open_router(router) || !install_ip(router) || !create_branch(router, branch)) return FALSE;
    if (!s->updates) return write_state(router, branch, out, 0) && write_result(out, 0, NO_ERROR);
    if (!configure_branch(router, branch, &s->rip, s->peer) || !connect_branch(router, branch))
        return FALSE;
    for (int i = 1; i <= s->updates; i++) {
        if (i > 1 && !wait_for_gate(out, i - 1)) return FALSE;
        if (!update_once(router, branch, out, i)) return FALSE;
    }
    disconnect_branch(router, branch);
    return TRUE;
}

int main(int argc, char **argv)
{
    struct settings settings = {.updates = 1, .rip = rip_on_demand()};
    struct branch branch = {.name = INTEROP_INTERFACE};
    struct router router = {0};
    BOOL ok = argc >= 3 && existing_dialer_set(argv[1]);

    for (int i = 3; ok && i < argc; i++) ok = parse_setting(&settings, argv[i]);
    if (!ok) {
        fprintf(stderr, "usage: interop_client ADAPTER OUT [SETTING...]\n");
        return 2;
    }
    ok = run(&router, &branch, &settings, argv[2]);
    close_router(&router);
    return ok && !report_failures() ? 0 : 1;
}
