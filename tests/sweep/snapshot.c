/* The running router, as text. Handles are left out: a call that failed may have used up numbers.
 */
#include "sweep/sweep.h"

#include "api/support/fixture.h"
#include "sweep/snapshot.h"

#include <iphlpapi.h>
#include <iprtrmib.h>
#include <lmcons.h>
#include <mprapi_ext.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "win32/store/secret_store.h"

static HANDLE server;
static const WCHAR *folder;

void snapshot_server(HANDLE handle)
{
    server = handle;
}

void snapshot_folder(const WCHAR *path)
{
    folder = path;
}

/* ---- text ------------------------------------------------------------------------------------ */

void text_add(struct text *t, const char *format, ...)
{
    va_list arguments;

    if (t->room - t->used < 4096) {
        t->room = t->room * 2 + 16384;
        t->data = realloc(t->data, t->room);
        assert_non_null(t->data);
    }
    va_start(arguments, format);
    t->used += (size_t)vsnprintf(t->data + t->used, t->room - t->used, format, arguments);
    va_end(arguments);
}

void text_add_bytes(struct text *t, const char *name, const void *data, DWORD size)
{
    text_add(t, "  %s: %lu bytes, sum %08lx\n", name, size, sweep_sum(0, data, size));
}

/* ---- interfaces ------------------------------------------------------------------------------ */

static void add_settings(struct text *t, HANDLE handle)
{
    MPR_INTERFACE_2 *dial = NULL;
    DWORD status = MprAdminInterfaceGetInfo(server, handle, 2, (BYTE **)&dial);

    text_add(t, "  settings: %lu\n", status);
    if (!dial) return;
    text_add(t, "  %ls %ls %ls %lx %lu %lu %lx %lu %lu devices %lu\n", dial->szLocalPhoneNumber,
             dial->szDeviceType, dial->szDeviceName, dial->dwfOptions, dial->dwType,
             dial->dwEncryptionType, dial->dwfNetProtocols, dial->dwIdleDisconnectSeconds,
             dial->dwVpnStrategy, dial->dwSubEntries);
    if (dial->lpbCustomAuthData)
        text_add_bytes(t, "EAP", dial->lpbCustomAuthData, dial->dwCustomAuthDataSize);
    MprAdminBufferFree(dial);
}

static void add_devices(struct text *t, HANDLE handle)
{
    MPR_DEVICE_1 *device = NULL;

    for (DWORD n = 1; n < 10; n++) {
        if (MprAdminInterfaceDeviceGetInfo(server, handle, n, 1, (BYTE **)&device)) break;
        text_add(t, "  device %lu: %ls %ls %ls %ls\n", n, device->szDeviceType,
                 device->szDeviceName, device->szLocalPhoneNumber,
                 device->szAlternates ? device->szAlternates : L"-");
        MprAdminBufferFree(device);
    }
}

/* Settings that may be nowhere but in the router. */
static void add_custom(struct text *t, HANDLE handle)
{
    MPR_IF_CUSTOMINFOEX2 info;
    ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &info.customIkev2Config;

    memset(&info, 0, sizeof(info));
    info.Header = (MPRAPI_OBJECT_HEADER){MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_3,
                                         MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, sizeof(info)};
    if (MprAdminInterfaceGetCustomInfoEx(server, handle, (void *)&info)) return;
    text_add(t, "  custom: %lx %lu %lu %lu %d %lu %lu\n", info.dwFlags, c->dwSaLifeTime,
             c->dwSaDataSize, c->dwMmSaLifeTime, c->customPolicy != NULL,
             c->vpnTrafficSelectors.numTsi, c->vpnTrafficSelectors.numTsr);
    text_add_bytes(t, "certificate", c->certificateName.pbData, c->certificateName.cbData);
    MprAdminBufferFree(c->certificateName.pbData);
    MprAdminBufferFree(c->certificateHash.pbData);
    MprAdminBufferFree(c->customPolicy);
    MprAdminBufferFree(c->vpnTrafficSelectors.tsI);
    MprAdminBufferFree(c->vpnTrafficSelectors.tsR);
}

/* A key comes back sealed, differently each time: what is in it counts. */
static void add_secret(struct text *t, const char *name, const MPR_CREDENTIALSEX_1 *info)
{
    struct blob opened = {NULL, 0};

    if (!info) return;
    if (secret_open(info->lpbCredentialsInfo, info->dwSize, &opened) == ST_OK)
        text_add_bytes(t, name, opened.data, (DWORD)opened.size);
    else
        text_add_bytes(t, name, info->lpbCredentialsInfo, info->dwSize);
    secret_free(&opened);
}

static void add_secrets(struct text *t, HANDLE handle, WCHAR *name)
{
    static const char *const names[] = {"EAP data", "key"};
    WCHAR user[UNLEN + 1] = L"", password[PWLEN + 1] = L"", domain[DNLEN + 1] = L"";

    for (DWORD level = 0; level < 2; level++) {
        MPR_CREDENTIALSEX_1 *info = NULL;

        MprAdminInterfaceGetCredentialsEx(server, handle, level, (BYTE **)&info);
        add_secret(t, names[level], info);
        MprAdminBufferFree(info);
    }
    MprAdminInterfaceGetCredentials(NULL, name, user, password, domain);
    text_add(t, "  credentials %ls %ls %ls\n", user, password, domain);
}

static void add_server_key(struct text *t)
{
    MPR_CREDENTIALSEX_1 *info = NULL;

    MprAdminServerGetCredentials(server, 0, (BYTE **)&info);
    add_secret(t, "the server's key", info);
    MprAdminBufferFree(info);
}

static void add_interface(struct text *t, MPR_INTERFACE_0 *row)
{
    MPR_INTERFACE_1 *hours = NULL;
    BYTE *info = NULL;
    DWORD size = 0;

    text_add(t, "%ls type %d enabled %d state %d reasons %lx error %lu\n", row->wszInterfaceName,
             row->dwIfType, row->fEnabled, row->dwConnectionState, row->fUnReachabilityReasons,
             row->dwLastError);
    if (row->dwIfType == ROUTER_IF_TYPE_FULL_ROUTER) {
        add_settings(t, row->hInterface);
        add_devices(t, row->hInterface);
        add_custom(t, row->hInterface);
        add_secrets(t, row->hInterface, row->wszInterfaceName);
    }
    MprAdminInterfaceGetInfo(server, row->hInterface, 1, (BYTE **)&hours);
    if (hours && hours->lpwsDialoutHoursRestriction)
        text_add(t, "  hours %ls\n", hours->lpwsDialoutHoursRestriction);
    MprAdminBufferFree(hours);
    MprAdminInterfaceTransportGetInfo(server, row->hInterface, PID_IP, &info, &size);
    if (info) text_add_bytes(t, "ip", info, size);
    MprAdminBufferFree(info);
}

static void add_interfaces(struct text *t)
{
    MPR_INTERFACE_0 *all = NULL;
    DWORD read = 0, total = 0;

    assert_int_equal(
        MprAdminInterfaceEnum(server, 0, (BYTE **)&all, (DWORD)-1, &read, &total, NULL), NO_ERROR);
    for (DWORD i = 0; i < read; i++) add_interface(t, &all[i]);
    MprAdminBufferFree(all);
}

/* ---- the rest -------------------------------------------------------------------------------- */

static void add_transports(struct text *t)
{
    const DWORD ids[] = {PID_IP, PID_IPV6};

    for (int i = 0; i < 2; i++) {
        BYTE *global = NULL, *client = NULL;
        DWORD global_size = 0, client_size = 0;
        DWORD status =
            MprAdminTransportGetInfo(server, ids[i], &global, &global_size, &client, &client_size);

        text_add(t, "transport %lx: %lu\n", ids[i], status);
        if (global) text_add_bytes(t, "global", global, global_size);
        if (client) text_add_bytes(t, "client", client, client_size);
        MprAdminBufferFree(global);
        MprAdminBufferFree(client);
    }
}

static void add_ports(struct text *t)
{
    RAS_PORT_0 *ports = NULL;
    RAS_CONNECTION_0 *connections = NULL;
    DWORD count = 0, total = 0;

    MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, (BYTE **)&ports, (DWORD)-1, &count, &total,
                     NULL);
    text_add(t, "%lu ports\n", count);
    for (DWORD n = 0; n < count; n++) {
        if (ports[n].dwPortCondition != RAS_PORT_LISTENING)
            text_add(t, "  port %ls: %d\n", ports[n].wszPortName, ports[n].dwPortCondition);
    }
    MprAdminConnectionEnum(server, 0, (BYTE **)&connections, (DWORD)-1, &count, &total, NULL);
    for (DWORD n = 0; n < count; n++)
        text_add(t, "connection %ls\n", connections[n].wszInterfaceName);
    MprAdminBufferFree(ports);
    MprAdminBufferFree(connections);
}

static void add_routes(struct text *t)
{
    DWORD in[] = {IP_FORWARDTABLE}, size = 0;
    void *out = NULL;
    static MIB_SERVER_HANDLE mib;

    if (!mib) assert_int_equal(MprAdminMIBServerConnect(NULL, &mib), NO_ERROR);
    text_add(t, "routes: %lu\n",
             MprAdminMIBEntryGet(mib, PID_IP, IPRTRMGR_PID, in, sizeof(in), &out, &size));
    if (out) {
        const MIB_IPFORWARDTABLE *table = (const void *)((MIB_OPAQUE_INFO *)out)->rgbyData;

        for (DWORD n = 0; n < table->dwNumEntries; n++) {
            const MIB_IPFORWARDROW *row = &table->table[n];

            text_add(t, "  %lx/%lx by %lx metric %lu\n", row->dwForwardDest, row->dwForwardMask,
                     row->dwForwardNextHop, row->dwForwardMetric1);
        }
    }
    MprAdminMIBBufferFree(out);
}

char *snapshot_take(void)
{
    struct text t = {NULL, 0, 0};

    if (server) {
        add_interfaces(&t);
        add_transports(&t);
        add_ports(&t);
        add_routes(&t);
        add_server_key(&t);
    }
    snapshot_stores(&t, folder);
    return t.data;
}
