/* The program of the interop cases of RIPng.
 *
 *     interop_ripng OUT lan ADAPTER...
 *     interop_ripng OUT update ADAPTER COUNT
 *
 * lan: a router with RIPng on these adapters of the host, as Linux names them. Several times a
 * second OUT.now is written anew: a line for each best route of the IPv6 table, "prefix next-hop
 * metric protocol". update: a demand-dial interface whose link is the adapter, and COUNT route
 * updates of PID_IPV6; after the n-th OUT.n.block and OUT.n.registry have the routes of its
 * information block and OUT.n.result the result as a number. The next one waits for OUT.n.go.
 * It ends when there is a file OUT.end, or with the last update; with 0 if every call succeeded.
 */
#include <winsock2.h>
#include <windows.h>

#include <iphlpapi.h>
#include <iprtrmib.h>
#include <mprapi.h>
#include <mprerror.h>
#include <raserror.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ws2tcpip.h>

#include "mprapi_ripng.h"

#ifndef PID_IPV6
#define PID_IPV6 0x57
#endif
#define PARAMETERS      L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Parameters"
#define IP_ROUTES_BLOCK 0xFFFF0005u
#define BRANCH          L"interop"
enum { SECONDS = 140, PER_SECOND = 5, POLL_MS = 200, UPDATE_MS = 60000 };

/* INTERFACE_ROUTE_INFO in its form of IPv6. */
struct route {
    BYTE prefix[16];
    DWORD length;
    BYTE next_hop[16];
    DWORD lifetime, flags, metric, if_index, type, proto, preference, views, v4;
};
C_ASSERT(sizeof(struct route) == 72);

static DWORD call(const char *what, DWORD status)
{
    printf("%s: %lu\n", what, status);
    return status;
}

/* ---- configuration --------------------------------------------------------------------------- */

static BOOL set_value(const WCHAR *path, const char *name, DWORD type, const void *data, DWORD size)
{
    HKEY key;
    BOOL ok;

    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_SET_VALUE, NULL, &key, NULL))
        return FALSE;
    ok = !RegSetValueExA(key, name, 0, type, data, size);
    RegCloseKey(key);
    return ok;
}

static BOOL set_text(const WCHAR *path, const char *name, const char *text)
{
    return set_value(path, name, REG_SZ, text, (DWORD)strlen(text) + 1);
}

/* One block; *ret is freed with MprInfoDelete. */
static DWORD block_of(const void *data, DWORD size, LPVOID *ret)
{
    LPVOID empty;
    DWORD rc = MprInfoCreate(1, &empty);

    if (rc != NO_ERROR) return rc;
    rc = MprInfoBlockAdd(empty, MS_IPV6_RIPNG, size, 1, (LPBYTE)data, ret);
    MprInfoDelete(empty);
    return rc;
}

static DWORD start_manager(MPR_SERVER_HANDLE server)
{
    const RIPNG_GLOBAL_CONFIG global = {.GC_LoggingLevel = 1, .GC_MinTriggeredUpdateInterval = 1};
    LPVOID block;
    DWORD rc = block_of(&global, sizeof(global), &block);

    if (rc != NO_ERROR) return rc;
    rc = MprAdminTransportCreate(server, PID_IPV6, (LPWSTR)L"Ipv6", block,
                                 MprInfoBlockQuerySize(block), NULL, 0, (LPWSTR)L"iprtrmgr.dll");
    if (rc == ERROR_PROTOCOL_ALREADY_INSTALLED) /* it is there from the start */
        rc = MprAdminTransportSetInfo(server, PID_IPV6, block, MprInfoBlockQuerySize(block), NULL,
                                      0);
    MprInfoDelete(block);
    return rc;
}

/* The shortest times that RIP knows; the peers have some like these. */
static DWORD add_ripng(MPR_SERVER_HANDLE server, HANDLE interface_, BOOL demand)
{
    const RIPNG_IF_CONFIG config = {
        .IC_Metric = 1,
        .IC_UpdateMode = demand ? RIPNG_UPDATE_DEMAND : RIPNG_UPDATE_PERIODIC,
        .IC_AcceptMode = RIPNG_ON,
        .IC_AnnounceMode = RIPNG_ON,
        .IC_ProtocolFlags = RIPNG_FLAG_ACCEPT_HOST_ROUTES | RIPNG_FLAG_ANNOUNCE_HOST_ROUTES |
                            RIPNG_FLAG_SPLIT_HORIZON | RIPNG_FLAG_POISON_REVERSE |
                            RIPNG_FLAG_GRACEFUL_SHUTDOWN | RIPNG_FLAG_TRIGGERED_UPDATES,
        .IC_RouteExpirationInterval = 18,
        .IC_RouteRemovalInterval = 15,
        .IC_FullUpdateInterval = 15,
        .IC_Reserved1 = 1};
    LPVOID block;
    DWORD rc = block_of(&config, sizeof(config), &block);

    if (rc != NO_ERROR) return rc;
    rc = MprAdminInterfaceTransportAdd(server, interface_, PID_IPV6, block,
                                       MprInfoBlockQuerySize(block));
    if (rc == ERROR_PROTOCOL_ALREADY_INSTALLED)
        rc = MprAdminInterfaceTransportSetInfo(server, interface_, PID_IPV6, block,
                                               MprInfoBlockQuerySize(block));
    MprInfoDelete(block);
    return rc;
}

/* {GUID} of an adapter, by which the router knows a LAN interface. */
static BOOL name_of(const char *alias, WCHAR *ret, size_t capacity)
{
    ULONG size = 1 << 18;
    IP_ADAPTER_ADDRESSES *list = malloc(size);
    WCHAR wide[64] = {0};
    BOOL found = FALSE;

    for (size_t i = 0; alias[i] && i + 1 < sizeof(wide) / sizeof(*wide); i++)
        wide[i] = (WCHAR)alias[i];
    if (list && GetAdaptersAddresses(AF_UNSPEC, 0, NULL, list, &size) == NO_ERROR) {
        for (IP_ADAPTER_ADDRESSES *a = list; a && !found; a = a->Next) {
            found = !wcscmp(a->FriendlyName, wide);
            if (found) _snwprintf(ret, capacity, L"%hs", a->AdapterName);
        }
    }
    free(list);
    return found;
}

static BOOL configure_lan(MPR_SERVER_HANDLE server, const char *alias)
{
    WCHAR name[128] = {0};
    HANDLE interface_ = NULL;
    DWORD rc = ERROR_NO_SUCH_INTERFACE;

    if (!name_of(alias, name, 127)) return call(alias, ERROR_FILE_NOT_FOUND), FALSE;
    for (int n = 0; n < 50 && rc == ERROR_NO_SUCH_INTERFACE; n++, Sleep(100))
        rc = MprAdminInterfaceGetHandle(server, name, &interface_, FALSE);
    if (call("MprAdminInterfaceGetHandle", rc)) return FALSE;
    return !call("MprAdminInterfaceTransportAdd", add_ripng(server, interface_, FALSE));
}

/* ---- routes ---------------------------------------------------------------------------------- */

static void print_route(FILE *file, const struct route *r)
{
    char prefix[64], next_hop[64];

    inet_ntop(AF_INET6, (void *)r->prefix, prefix, sizeof(prefix));
    inet_ntop(AF_INET6, (void *)r->next_hop, next_hop, sizeof(next_hop));
    fprintf(file, "%s/%lu %s %lu %lu\n", prefix, r->length, next_hop, r->metric, r->proto);
}

static BOOL write_table(MIB_SERVER_HANDLE mib, const char *out)
{
    DWORD query[2] = {IP_FORWARDROW, 0}, size;
    char now[MAX_PATH], next[MAX_PATH];
    MIB_OPAQUE_INFO *info;
    FILE *file;
    DWORD rc;

    snprintf(now, sizeof(now), "%s.now", out);
    snprintf(next, sizeof(next), "%s.next", out);
    file = fopen(next, "wb");
    if (!file) return FALSE;
    rc = MprAdminMIBEntryGetFirst(mib, PID_IPV6, IPRTRMGR_PID, query, sizeof(DWORD),
                                  (LPVOID *)&info, &size);
    while (rc == NO_ERROR) {
        struct route r;

        memcpy(&query[1], info->rgbyData, sizeof(DWORD));
        memcpy(&r, info->rgbyData + sizeof(DWORD), sizeof(r));
        print_route(file, &r);
        MprAdminMIBBufferFree(info);
        rc = MprAdminMIBEntryGetNext(mib, PID_IPV6, IPRTRMGR_PID, query, sizeof(query),
                                     (LPVOID *)&info, &size);
    }
    if (rc != ERROR_NO_MORE_ITEMS) call("MprAdminMIBEntryGetNext", rc);
    return fclose(file) == 0 && rc == ERROR_NO_MORE_ITEMS &&
           MoveFileExA(next, now, MOVEFILE_REPLACE_EXISTING);
}

static BOOL exists(const char *out, const char *what)
{
    char path[MAX_PATH];

    snprintf(path, sizeof(path), "%s.%s", out, what);
    return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

static BOOL run_lan(MPR_SERVER_HANDLE server, const char *out, int count, char **adapters)
{
    MIB_SERVER_HANDLE mib;
    BOOL ok = TRUE;

    for (int i = 0; ok && i < count; i++) ok = configure_lan(server, adapters[i]);
    if (!ok || call("MprAdminMIBServerConnect", MprAdminMIBServerConnect(NULL, &mib))) return FALSE;
    for (int n = 0; ok && n < SECONDS * PER_SECOND && !exists(out, "end");
         n++, Sleep(1000 / PER_SECOND))
        ok = write_table(mib, out);
    MprAdminMIBServerDisconnect(mib);
    return ok;
}

/* ---- updates --------------------------------------------------------------------------------- */

/* Routes of an information block; a block without any is one with none. */
static BOOL write_block(const char *out, int update, const char *what, LPVOID info)
{
    DWORD size = 0, count = 0;
    LPBYTE rows = NULL;
    char path[MAX_PATH];
    FILE *file;
    DWORD rc = MprInfoBlockFind(info, IP_ROUTES_BLOCK, &size, &count, &rows);

    snprintf(path, sizeof(path), "%s.%d.%s", out, update, what);
    file = fopen(path, "wb");
    if (!file) return FALSE;
    for (DWORD i = 0; rc == NO_ERROR && size == sizeof(struct route) && i < count; i++) {
        struct route r;

        memcpy(&r, rows + (size_t)i * size, sizeof(r));
        if (!r.v4) print_route(file, &r);
    }
    return fclose(file) == 0;
}

static BOOL write_result(const char *out, int update, DWORD result)
{
    char path[MAX_PATH];
    FILE *file;

    snprintf(path, sizeof(path), "%s.%d.result", out, update);
    file = fopen(path, "wb");
    if (!file) return FALSE;
    fprintf(file, "%lu\n", result);
    return fclose(file) == 0;
}

static BOOL write_stored(MPR_SERVER_HANDLE server, HANDLE branch, const char *out, int update)
{
    HANDLE config, stored, transport;
    LPBYTE info = NULL;
    DWORD size = 0;
    BOOL ok;

    if (MprAdminInterfaceTransportGetInfo(server, branch, PID_IPV6, &info, &size)) return FALSE;
    ok = write_block(out, update, "block", info);
    MprAdminBufferFree(info);
    if (!ok || MprConfigServerConnect(NULL, &config)) return FALSE;
    ok = !MprConfigInterfaceGetHandle(config, (LPWSTR)BRANCH, &stored) &&
         !MprConfigInterfaceTransportGetHandle(config, stored, PID_IPV6, &transport) &&
         !MprConfigInterfaceTransportGetInfo(config, stored, transport, &info, &size) &&
         write_block(out, update, "registry", info);
    MprConfigBufferFree(info);
    MprConfigServerDisconnect(config);
    return ok;
}

/* Running, and stored, so that what updates learn is kept. */
static BOOL create_branch(MPR_SERVER_HANDLE server, HANDLE *ret)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    HANDLE config, stored, transport;
    LPBYTE block;
    DWORD size;
    BOOL ok;

    wcscpy(info.wszInterfaceName, BRANCH);
    if (call("MprConfigServerConnect", MprConfigServerConnect(NULL, &config))) return FALSE;
    ok = !call("MprAdminInterfaceCreate", MprAdminInterfaceCreate(server, 0, (LPBYTE)&info, ret)) &&
         !call("MprConfigInterfaceCreate",
               MprConfigInterfaceCreate(config, 0, (LPBYTE)&info, &stored)) &&
         !call("MprAdminInterfaceTransportAdd", add_ripng(server, *ret, TRUE)) &&
         !MprAdminInterfaceTransportGetInfo(server, *ret, PID_IPV6, &block, &size) &&
         !call("MprConfigInterfaceTransportAdd",
               MprConfigInterfaceTransportAdd(config, stored, PID_IPV6, (LPWSTR)L"Ipv6", block,
                                              size, &transport));
    MprConfigServerDisconnect(config);
    return ok;
}

static BOOL connect_branch(MPR_SERVER_HANDLE server, HANDLE branch, HANDLE event)
{
    DWORD rc = MprAdminInterfaceConnect(server, branch, event, FALSE);

    if (call("MprAdminInterfaceConnect", rc) == NO_ERROR) return TRUE;
    return rc == PENDING && WaitForSingleObject(event, UPDATE_MS) == WAIT_OBJECT_0;
}

static BOOL update_once(MPR_SERVER_HANDLE server, HANDLE branch, HANDLE event, const char *out,
                        int number)
{
    DWORD result = ERROR_CAN_NOT_COMPLETE;

    if (call("MprAdminInterfaceUpdateRoutes(PID_IPV6)",
             MprAdminInterfaceUpdateRoutes(server, branch, PID_IPV6, event)) != PENDING)
        return FALSE;
    if (WaitForSingleObject(event, UPDATE_MS) != WAIT_OBJECT_0) return FALSE;
    if (call("MprAdminInterfaceQueryUpdateResult",
             MprAdminInterfaceQueryUpdateResult(server, branch, PID_IPV6, &result)))
        return FALSE;
    call("result", result);
    return write_stored(server, branch, out, number) && write_result(out, number, result);
}

static BOOL wait_for_gate(const char *out, int update)
{
    char gate[32];

    snprintf(gate, sizeof(gate), "%d.go", update);
    for (int n = 0; n < SECONDS * PER_SECOND; n++, Sleep(1000 / PER_SECOND)) {
        if (exists(out, gate)) return TRUE;
    }
    return FALSE;
}

static BOOL run_updates(MPR_SERVER_HANDLE server, const char *out, int count)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL), branch = NULL;
    BOOL ok = event && create_branch(server, &branch) && connect_branch(server, branch, event);

    for (int i = 1; ok && i <= count; i++)
        ok = (i == 1 || wait_for_gate(out, i - 1)) && update_once(server, branch, event, out, i);
    CloseHandle(event);
    return ok;
}

static BOOL prepare(int argc, char **argv)
{
    const WCHAR *dialer = PARAMETERS L"\\Dialers\\" BRANCH;
    const DWORD poll = POLL_MS;

    if (argc < 4) return FALSE;
    if (!strcmp(argv[2], "lan"))
        return set_value(PARAMETERS, "AdapterPoll", REG_DWORD, &poll, sizeof(poll));
    return !strcmp(argv[2], "update") && argc == 5 && set_text(dialer, "Kind", "existing") &&
           set_text(dialer, "Adapter", argv[3]);
}

int main(int argc, char **argv)
{
    MPR_SERVER_HANDLE server;
    WSADATA winsock;
    BOOL ok;

    setvbuf(stdout, NULL, _IONBF, 0);
    if (!prepare(argc, argv) || WSAStartup(MAKEWORD(2, 2), &winsock)) return 2;
    if (call("MprAdminServerConnect", MprAdminServerConnect(NULL, &server))) return 1;
    ok = !call("MprAdminTransportCreate(PID_IPV6)", start_manager(server));
    if (ok)
        ok = !strcmp(argv[2], "lan") ? run_lan(server, argv[1], argc - 3, argv + 3)
                                     : run_updates(server, argv[1], (int)strtol(argv[4], NULL, 10));
    MprAdminServerDisconnect(server);
    return ok ? 0 : 1;
}
