/* See caller.h: the entry points, and the answers. */
#include <winsock2.h>
#include <windows.h>

#include <mprerror.h>
#include <routprot.h>
#include <string.h>

#include "rows.h"

#define ROWS_MAX 400u

static struct caller_row rows[ROWS_MAX];
static DWORD row_count;

void rows_note(const char *function, DWORD line, DWORD want, DWORD got)
{
    struct caller_row *row = &rows[row_count];

    if (row_count == ROWS_MAX) return;
    lstrcpynA(row->function, function, sizeof(row->function));
    row->line = line;
    row->want = want;
    row->got = got;
    row_count++;
}

RTM_NET_ADDRESS rows_net(BYTE a, BYTE b, USHORT length)
{
    RTM_NET_ADDRESS net;

    memset(&net, 0, sizeof(net));
    net.AddressFamily = AF_INET;
    net.NumBits = length;
    net.AddrBits[0] = a;
    net.AddrBits[1] = b;
    return net;
}

static void run(void)
{
    struct scene s;

    memset(&s, 0, sizeof(s));
    rows_registration(&s);
    rows_methods(&s);
    rows_next_hops(&s);
    rows_routes(&s);
    rows_locks(&s);
    rows_destinations(&s);
    rows_enumerations(&s);
    rows_changes(&s);
    rows_lists(&s);
    rows_end(&s);
    rows_refused();
}

/* ---- the protocol ---------------------------------------------------------------------------- */

static DWORD WINAPI start_protocol(HANDLE event, PSUPPORT_FUNCTIONS functions, LPVOID info,
                                   ULONG version, ULONG size, ULONG count)
{
    (void)event, (void)functions, (void)info, (void)version, (void)size, (void)count;
    return NO_ERROR;
}

static DWORD WINAPI stop_protocol(void)
{
    return NO_ERROR;
}

static DWORD WINAPI get_event_message(ROUTING_PROTOCOL_EVENTS *event, MESSAGE *result)
{
    (void)event, (void)result;
    return ERROR_NO_MORE_ITEMS;
}

static DWORD WINAPI add_interface(LPWSTR name, ULONG index, NET_INTERFACE_TYPE type, DWORD media,
                                  WORD access, WORD connection, PVOID info, ULONG version,
                                  ULONG size, ULONG count)
{
    (void)name, (void)index, (void)type, (void)media, (void)access, (void)connection;
    (void)info, (void)version, (void)size, (void)count;
    return NO_ERROR;
}

static DWORD WINAPI delete_interface(ULONG index)
{
    (void)index;
    return NO_ERROR;
}

static DWORD WINAPI interface_status(ULONG index, BOOL active, DWORD type, PVOID info)
{
    (void)index, (void)active, (void)type, (void)info;
    return NO_ERROR;
}

static DWORD WINAPI mib_get(ULONG in_size, PVOID in, PULONG out_size, PVOID out)
{
    DWORD number;
    ULONG room;

    if (in_size < sizeof(number) || !in || !out_size) return ERROR_INVALID_PARAMETER;
    memcpy(&number, in, sizeof(number));
    if (!row_count) run();
    if (number >= row_count) return ERROR_NO_MORE_ITEMS;
    room = *out_size;
    *out_size = sizeof(rows[0]);
    if (!out || room < sizeof(rows[0])) return ERROR_INSUFFICIENT_BUFFER;
    memcpy(out, &rows[number], sizeof(rows[0]));
    return NO_ERROR;
}

DWORD WINAPI RegisterProtocol(MPR_ROUTING_CHARACTERISTICS *c,
                              MPR_SERVICE_CHARACTERISTICS *services);

DWORD WINAPI RegisterProtocol(MPR_ROUTING_CHARACTERISTICS *c, MPR_SERVICE_CHARACTERISTICS *services)
{
    if (c->dwProtocolId != CALLER_ID) return ERROR_NOT_SUPPORTED;
    services->fSupportedFunctionality = 0;
    c->dwVersion = MS_ROUTER_VERSION;
    c->fSupportedFunctionality = RF_ROUTING;
    c->pfnStartProtocol = start_protocol;
    c->pfnStopProtocol = stop_protocol;
    c->pfnGetEventMessage = get_event_message;
    c->pfnAddInterface = add_interface;
    c->pfnDeleteInterface = delete_interface;
    c->pfnInterfaceStatus = interface_status;
    c->pfnMibGetEntry = mib_get;
    c->pfnMibGetFirstEntry = mib_get;
    c->pfnMibGetNextEntry = mib_get;
    return NO_ERROR;
}
