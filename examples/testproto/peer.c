/* The second protocol: one DLL may have several, each with functions of its own, since no entry
 * point says which protocol is meant. It does as little as a protocol may. */
#include <string.h>

#include "internal.h"

static BOOL running, ipv6;

static void say(enum testproto_entry entry, ULONG index, DWORD type, BOOL active, const void *data,
                DWORD size)
{
    struct testproto_told record = {.protocol = TESTPROTO_PEER_ID,
                                    .entry = entry,
                                    .index = index,
                                    .type = type,
                                    .active = (DWORD)active};

    told(record, data, size);
}

static DWORD WINAPI start_protocol(HANDLE event, PSUPPORT_FUNCTIONS functions, LPVOID info,
                                   ULONG version, ULONG size, ULONG count)
{
    enter("PeerStartProtocol", 0);
    (void)info, (void)version, (void)size, (void)count;
    if (!event || !functions) return ERROR_INVALID_PARAMETER;
    if (running) return ERROR_CAN_NOT_COMPLETE;
    running = TRUE;
    say(TESTPROTO_TOLD_START, 0, 0, FALSE, NULL, 0);
    return NO_ERROR;
}

static DWORD WINAPI stop_protocol(void)
{
    enter("PeerStopProtocol", 0);
    running = FALSE;
    say(TESTPROTO_TOLD_STOP, 0, 0, FALSE, NULL, 0);
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
    enter("PeerAddInterface", index);
    (void)name, (void)media, (void)access, (void)connection, (void)version;
    say(TESTPROTO_TOLD_ADD, index, (DWORD)type, FALSE, info, info ? size * count : 0);
    return NO_ERROR;
}

static DWORD WINAPI delete_interface(ULONG index)
{
    enter("PeerDeleteInterface", index);
    say(TESTPROTO_TOLD_DELETE, index, 0, FALSE, NULL, 0);
    return NO_ERROR;
}

static DWORD WINAPI interface_status(ULONG index, BOOL active, DWORD type, PVOID info)
{
    enter("PeerInterfaceStatus", index);
    say(TESTPROTO_TOLD_STATUS, index, type, active, info, status_info_size(ipv6, type, info));
    return NO_ERROR;
}

/* ---- MIB ------------------------------------------------------------------------------------ */

static DWORD read_value(DWORD op, ULONG in_size, const void *in, ULONG *out_size, void *out)
{
    ULONG room;

    if (in_size < sizeof(DWORD) || !in || !out_size) return ERROR_INVALID_PARAMETER;
    room = *out_size;
    *out_size = sizeof(DWORD);
    if (!out || room < sizeof(DWORD)) return ERROR_INSUFFICIENT_BUFFER;
    say(TESTPROTO_TOLD_MIB, 0, op, FALSE, in, in_size);
    memcpy(out, in, sizeof(DWORD));
    return NO_ERROR;
}

static DWORD WINAPI mib_get(ULONG in_size, PVOID in, PULONG out_size, PVOID out)
{
    return read_value(0, in_size, in, out_size, out);
}

static DWORD WINAPI mib_get_first(ULONG in_size, PVOID in, PULONG out_size, PVOID out)
{
    return read_value(1, in_size, in, out_size, out);
}

static DWORD WINAPI mib_get_next(ULONG in_size, PVOID in, PULONG out_size, PVOID out)
{
    return read_value(2, in_size, in, out_size, out);
}

static DWORD WINAPI mib_create(ULONG in_size, PVOID in)
{
    say(TESTPROTO_TOLD_MIB, 0, 3, FALSE, in, in_size);
    return NO_ERROR;
}

static DWORD WINAPI mib_delete(ULONG in_size, PVOID in)
{
    say(TESTPROTO_TOLD_MIB, 0, 4, FALSE, in, in_size);
    return NO_ERROR;
}

static DWORD WINAPI mib_set(ULONG in_size, PVOID in)
{
    say(TESTPROTO_TOLD_MIB, 0, 5, FALSE, in, in_size);
    return NO_ERROR;
}

/* ---- RegisterProtocol ------------------------------------------------------------------------ */

DWORD peer_register(MPR_ROUTING_CHARACTERISTICS *c)
{
    const DWORD wanted = RF_ROUTING | RF_ADD_ALL_INTERFACES;

    if ((c->fSupportedFunctionality & wanted) != wanted) return ERROR_NOT_SUPPORTED;
    ipv6 = (c->fSupportedFunctionality & RF_ROUTINGV6_FLAG) != 0;
    c->fSupportedFunctionality = wanted;
    c->dwVersion = MS_ROUTER_VERSION;
    c->pfnStartProtocol = start_protocol;
    c->pfnStopProtocol = stop_protocol;
    c->pfnGetEventMessage = get_event_message;
    c->pfnAddInterface = add_interface;
    c->pfnDeleteInterface = delete_interface;
    c->pfnInterfaceStatus = interface_status;
    c->pfnMibGetEntry = mib_get;
    c->pfnMibGetFirstEntry = mib_get_first;
    c->pfnMibGetNextEntry = mib_get_next;
    c->pfnMibCreateEntry = mib_create;
    c->pfnMibDeleteEntry = mib_delete;
    c->pfnMibSetEntry = mib_set;
    return NO_ERROR;
}
