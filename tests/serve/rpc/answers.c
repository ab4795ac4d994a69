#include "serve/rpc/answers.h"

#include <iprtrmib.h>
#include <wchar.h>

#include <mprapi_ext.h>

static FILE *out;

/* ---- JSON ------------------------------------------------------------------------------------ */

static void number(const char *name, DWORD value)
{
    fprintf(out, "\"%s\": %lu,\n", name, value);
}

static void handle(const char *name, HANDLE value)
{
    number(name, HandleToUlong(value));
}

/* Names here are ASCII. */
static void text(const char *name, const WCHAR *value)
{
    fprintf(out, "\"%s\": \"%ls\",\n", name, value);
}

static void octets(const char *name, const void *value, DWORD size)
{
    fprintf(out, "\"%s\": \"", name);
    for (DWORD i = 0; i < size && value; i++) fprintf(out, "%02x", ((const BYTE *)value)[i]);
    fprintf(out, "\",\n");
}

/* ---- what is asked --------------------------------------------------------------------------- */

static void server_info(MPR_SERVER_HANDLE server)
{
    MPR_SERVER_0 *zero = NULL;
    MPR_SERVER_2 *two = NULL;

    number("ServerGetInfo", MprAdminServerGetInfo(server, 0, (BYTE **)&zero));
    number("fLanOnlyMode", (DWORD)zero->fLanOnlyMode);
    number("dwTotalPorts", zero->dwTotalPorts);
    number("dwPortsInUse", zero->dwPortsInUse);
    MprAdminBufferFree(zero);
    number("ServerGetInfo2", MprAdminServerGetInfo(server, 2, (BYTE **)&two));
    number("dwNumPptpPorts", two->dwNumPptpPorts);
    number("dwNumL2tpPorts", two->dwNumL2tpPorts);
    number("dwNumSstpPorts", two->dwNumSstpPorts);
    MprAdminBufferFree(two);
}

static HANDLE interface_info(MPR_SERVER_HANDLE server)
{
    WCHAR name[] = L"Swept", none[] = L"None";
    HANDLE found = NULL, other = NULL;
    MPR_INTERFACE_0 *zero = NULL;

    number("InterfaceGetHandle", MprAdminInterfaceGetHandle(server, name, &found, FALSE));
    handle("hInterface", found);
    number("InterfaceGetHandleNone", MprAdminInterfaceGetHandle(server, none, &other, FALSE));
    number("InterfaceGetInfo", MprAdminInterfaceGetInfo(server, found, 0, (BYTE **)&zero));
    text("wszInterfaceName", zero->wszInterfaceName);
    number("fEnabled", (DWORD)zero->fEnabled);
    number("dwIfType", zero->dwIfType);
    number("dwConnectionState", zero->dwConnectionState);
    MprAdminBufferFree(zero);
    return found;
}

static void interfaces(MPR_SERVER_HANDLE server)
{
    MPR_INTERFACE_0 *all = NULL;
    DWORD count = 0, total = 0;

    number("InterfaceEnum",
           MprAdminInterfaceEnum(server, 0, (BYTE **)&all, MAXDWORD, &count, &total, NULL));
    number("interfaces", count);
    for (DWORD i = 0; i < count; i++) {
        char name[32];

        snprintf(name, sizeof(name), "interface %lu", i);
        text(name, all[i].wszInterfaceName);
    }
    MprAdminBufferFree(all);
}

static HANDLE connections(MPR_SERVER_HANDLE server)
{
    RAS_CONNECTION_0 *all = NULL;
    DWORD count = 0, total = 0;
    HANDLE found;

    number("ConnectionEnum",
           MprAdminConnectionEnum(server, 0, (BYTE **)&all, MAXDWORD, &count, &total, NULL));
    number("connections", count);
    found = count ? all->hConnection : NULL;
    handle("hConnection", found);
    if (count) handle("connection's interface", all->hInterface);
    if (count) text("connection", all->wszInterfaceName);
    MprAdminBufferFree(all);
    return found;
}

static void ports(MPR_SERVER_HANDLE server, HANDLE connection)
{
    RAS_PORT_0 *all = NULL;
    DWORD count = 0, total = 0;

    number("PortEnum",
           MprAdminPortEnum(server, 0, connection, (BYTE **)&all, MAXDWORD, &count, &total, NULL));
    number("ports", count);
    if (count) handle("hPort", all->hPort);
    if (count) text("wszPortName", all->wszPortName);
    if (count) text("wszDeviceName", all->wszDeviceName);
    MprAdminBufferFree(all);
    all = NULL;
    number("PortEnumAll", MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, (BYTE **)&all, MAXDWORD,
                                           &count, &total, NULL));
    number("all ports", count);
    MprAdminBufferFree(all);
}

static void transports(MPR_SERVER_HANDLE server, HANDLE router_interface)
{
    BYTE *global = NULL, *client = NULL, *info = NULL;
    DWORD global_size = 0, client_size = 0, size = 0;

    number("TransportGetInfo",
           MprAdminTransportGetInfo(server, PID_IP, &global, &global_size, &client, &client_size));
    octets("global", global, global_size);
    octets("client", client, client_size);
    number("InterfaceTransportGetInfo",
           MprAdminInterfaceTransportGetInfo(server, router_interface, PID_IP, &info, &size));
    octets("interface", info, size);
    MprAdminBufferFree(global);
    MprAdminBufferFree(client);
    MprAdminBufferFree(info);
}

static void mib_entry(MIB_SERVER_HANDLE mib)
{
    DWORD in[2] = {IP_ADDRTABLE}, size = 0;
    void *found = NULL;

    number("MIBEntryGet",
           MprAdminMIBEntryGet(mib, PID_IP, 10000, in, sizeof(DWORD), &found, &size));
    octets("MIB entry", found, size);
    MprAdminMIBBufferFree(found);
}

/* How much is waited for, without events. */
static void promises(MPR_SERVER_HANDLE server, HANDLE router_interface)
{
    DWORD result = 0;

    number("InterfaceQueryUpdateResult",
           MprAdminInterfaceQueryUpdateResult(server, router_interface, PID_IP, &result));
    number("InterfaceConnect", MprAdminInterfaceConnect(server, router_interface, NULL, TRUE));
}

void answers_print(FILE *f, MPR_SERVER_HANDLE server, MIB_SERVER_HANDLE mib)
{
    HANDLE router_interface;

    out = f;
    fprintf(out, "{\n");
    server_info(server);
    router_interface = interface_info(server);
    interfaces(server);
    ports(server, connections(server));
    transports(server, router_interface);
    mib_entry(mib);
    promises(server, router_interface);
    fprintf(out, "\"end\": 0\n}\n");
}
