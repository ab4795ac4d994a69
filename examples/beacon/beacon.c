/* The entry points, the interfaces and the one thread that speaks for all of them. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>

#include <mprerror.h>
#include <routprot.h>
#include <stdlib.h>
#include <string.h>

#include "beacon.h"
#include "routes.h"
#include "trace.h"

#define INTERFACES_MAX 32
#define QUEUE_MAX      64
#define LIVES          3u /* intervals */
#define DEFAULT_MS     5000u
#define UPDATE_MS      2000u /* for an answer to the question of DoUpdateRoutes */
#define TICK_MS        50
#define HEAD           6u
#define ENTRY          5u
#define QUESTION       1
#define ANNOUNCEMENT   2

struct link {
    BOOL used, active;
    ULONG index;
    struct beacon_interface info;
    DWORD local; /* own address, network order; 0: it has none yet */
    SOCKET socket;
    ULONGLONG next, update_until; /* ms; update_until 0: no update is under way */
};

static SRWLOCK lock = SRWLOCK_INIT; /* of all below */
static struct link links[INTERFACES_MAX];
static UPDATE_COMPLETE_MESSAGE queue[QUEUE_MAX];
static unsigned queue_first, queue_count;
static HANDLE notification, thread;
static volatile LONG stopping;
static SUPPORT_FUNCTIONS support;
DWORD trace_id = INVALID_TRACEID;

/* ---- datagrams ------------------------------------------------------------------------------- */

static void send_to_neighbour(const struct link *l, BYTE what)
{
    BYTE data[HEAD + ENTRY * BEACON_PREFIXES] = {'B', 'C', 'N', '1', what, 0};
    const DWORD port = l->info.neighbour_port ? l->info.neighbour_port : l->info.port;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((USHORT)port)};
    DWORD count = what == ANNOUNCEMENT ? min(l->info.count, (DWORD)BEACON_PREFIXES) : 0;

    if (l->socket == INVALID_SOCKET) return;
    data[5] = (BYTE)count;
    for (DWORD n = 0; n < count; n++) {
        memcpy(data + HEAD + (size_t)ENTRY * n, &l->info.prefix[n].address, 4);
        data[HEAD + (size_t)ENTRY * n + 4] = (BYTE)l->info.prefix[n].length;
    }
    to.sin_addr.s_addr = l->info.neighbour;
    sendto(l->socket, (const char *)data, (int)(HEAD + ENTRY * count), 0, (struct sockaddr *)&to,
           sizeof(to));
}

static DWORD interval_of(const struct link *l)
{
    return l->info.interval ? l->info.interval : DEFAULT_MS;
}

static void learn(const struct link *l, const BYTE *data)
{
    for (BYTE n = 0; n < data[5]; n++) {
        const BYTE *entry = data + HEAD + (size_t)ENTRY * n;
        DWORD address;

        memcpy(&address, entry, 4);
        if (entry[4] > 32) continue;
        if (entry[4] < 32) address &= htonl(~(0xFFFFFFFFu >> entry[4]));
        routes_learn(l->index, l->info.neighbour, address, entry[4], LIVES * interval_of(l));
    }
}

static void complete(struct link *l, DWORD status)
{
    UPDATE_COMPLETE_MESSAGE *m;

    if (!l->update_until) return;
    l->update_until = 0;
    if (queue_count == QUEUE_MAX) return;
    m = &queue[(queue_first + queue_count++) % QUEUE_MAX];
    m->InterfaceIndex = l->index;
    m->UpdateType = RF_DEMAND_UPDATE_ROUTES;
    m->UpdateStatus = status;
    SetEvent(notification);
}

static void take(struct link *l, const BYTE *data, int size)
{
    if (size < (int)HEAD || memcmp(data, "BCN1", 4) != 0 || size != (int)(HEAD + ENTRY * data[5]))
        return;
    if (data[4] == QUESTION) send_to_neighbour(l, ANNOUNCEMENT);
    if (data[4] != ANNOUNCEMENT) return;
    learn(l, data);
    complete(l, NO_ERROR);
}

/* Only the neighbour is believed. */
static void receive(struct link *l)
{
    struct sockaddr_in from;
    BYTE data[HEAD + ENTRY * 255];

    for (;;) {
        int from_size = sizeof(from);
        int size = recvfrom(l->socket, (char *)data, sizeof(data), 0, (struct sockaddr *)&from,
                            &from_size);

        if (size < 0) return;
        if (from.sin_addr.s_addr == l->info.neighbour) take(l, data, size);
    }
}

/* ---- the thread ------------------------------------------------------------------------------ */

static void look_after(struct link *l, ULONGLONG now)
{
    if (!l->used || l->socket == INVALID_SOCKET) return;
    receive(l);
    if (now >= l->next) {
        send_to_neighbour(l, ANNOUNCEMENT);
        l->next = now + interval_of(l);
    }
    if (l->update_until && now >= l->update_until) complete(l, ERROR_CAN_NOT_COMPLETE);
}

static DWORD WINAPI speak(void *parameter)
{
    (void)parameter;
    while (!stopping) {
        AcquireSRWLockExclusive(&lock);
        for (unsigned n = 0; n < INTERFACES_MAX; n++) look_after(&links[n], GetTickCount64());
        ReleaseSRWLockExclusive(&lock);
        Sleep(TICK_MS);
    }
    return 0;
}

/* ---- interfaces ------------------------------------------------------------------------------ */

static struct link *find(ULONG index)
{
    for (unsigned n = 0; n < INTERFACES_MAX; n++)
        if (links[n].used && links[n].index == index) return &links[n];
    return NULL;
}

static void silence(struct link *l)
{
    if (l->socket != INVALID_SOCKET) closesocket(l->socket);
    l->socket = INVALID_SOCKET;
    complete(l, ERROR_CAN_NOT_COMPLETE);
    routes_forget(l->index);
}

/* Where it is up, has an address and somebody to speak to. */
static void listen_or_not(struct link *l)
{
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons((USHORT)l->info.port)};
    u_long nonblocking = 1;

    silence(l);
    if (!l->active || !l->local || !l->info.neighbour) return;
    own.sin_addr.s_addr = l->local;
    l->socket = socket(AF_INET, SOCK_DGRAM, 0);
    if (l->socket == INVALID_SOCKET) return;
    ioctlsocket(l->socket, (long)FIONBIO, &nonblocking);
    if (bind(l->socket, (struct sockaddr *)&own, sizeof(own))) silence(l);
    l->next = 0;
}

static void take_info(struct link *l, const void *info, ULONG size, ULONG count)
{
    memset(&l->info, 0, sizeof(l->info));
    if (info && count) memcpy(&l->info, info, min((size_t)size, sizeof(l->info)));
}

static struct link *free_link(void)
{
    for (unsigned n = 0; n < INTERFACES_MAX; n++)
        if (!links[n].used) return &links[n];
    return NULL;
}

static DWORD WINAPI add_interface(LPWSTR name, ULONG index, NET_INTERFACE_TYPE type, DWORD media,
                                  WORD access, WORD connection, PVOID info, ULONG version,
                                  ULONG size, ULONG count)
{
    struct link *l;

    (void)type, (void)media, (void)access, (void)connection, (void)version;
    AcquireSRWLockExclusive(&lock);
    l = find(index) ? NULL : free_link();
    if (l) {
        *l = (struct link){.used = TRUE, .index = index, .socket = INVALID_SOCKET};
        take_info(l, info, size, count);
    }
    ReleaseSRWLockExclusive(&lock);
    TRACE(TRACE_INTERFACE, "interface %lu \"%S\" %s", index, name, l ? "is added" : "is refused");
    return l ? NO_ERROR : ERROR_INVALID_PARAMETER;
}

static DWORD WINAPI delete_interface(ULONG index)
{
    struct link *l;

    AcquireSRWLockExclusive(&lock);
    l = find(index);
    if (l) {
        silence(l);
        l->used = FALSE;
    }
    ReleaseSRWLockExclusive(&lock);
    return l ? NO_ERROR : ERROR_INVALID_PARAMETER;
}

static DWORD WINAPI interface_status(ULONG index, BOOL active, DWORD type, PVOID info)
{
    const IP_ADAPTER_BINDING_INFO *binding = info;
    struct link *l;

    AcquireSRWLockExclusive(&lock);
    l = find(index);
    if (l) {
        l->active = active;
        if (type == RIS_INTERFACE_ADDRESS_CHANGE && binding)
            l->local = binding->AddressCount ? binding->Address[0].Address : 0;
        listen_or_not(l);
    }
    ReleaseSRWLockExclusive(&lock);
    return l ? NO_ERROR : ERROR_INVALID_PARAMETER;
}

static DWORD WINAPI set_interface_info(ULONG index, PVOID info, ULONG version, ULONG size,
                                       ULONG count)
{
    struct link *l;

    (void)version;
    AcquireSRWLockExclusive(&lock);
    l = find(index);
    if (l) {
        take_info(l, info, size, count);
        listen_or_not(l);
    }
    ReleaseSRWLockExclusive(&lock);
    return l ? NO_ERROR : ERROR_INVALID_PARAMETER;
}

/* ---- the protocol ---------------------------------------------------------------------------- */

static DWORD WINAPI start_protocol(HANDLE event, PSUPPORT_FUNCTIONS functions, LPVOID info,
                                   ULONG version, ULONG size, ULONG count)
{
    WSADATA data;
    DWORD rc;

    (void)info, (void)version, (void)size, (void)count;
    if (thread) return ERROR_CAN_NOT_COMPLETE;
    WSAStartup(MAKEWORD(2, 2), &data);
    notification = event;
    support = *functions;
    memset(links, 0, sizeof(links));
    queue_count = 0;
    stopping = 0;
    rc = routes_start(&support);
    TRACE(TRACE_PROTOCOL, "start: %lu", rc);
    if (rc) return rc;
    thread = CreateThread(NULL, 0, speak, NULL, 0, NULL);
    if (thread) return NO_ERROR;
    routes_stop();
    return ERROR_NOT_ENOUGH_MEMORY;
}

static DWORD WINAPI stop_protocol(void)
{
    InterlockedExchange(&stopping, 1);
    if (thread) {
        WaitForSingleObject(thread, INFINITE);
        CloseHandle(thread);
        thread = NULL;
    }
    AcquireSRWLockExclusive(&lock);
    for (unsigned n = 0; n < INTERFACES_MAX; n++)
        if (links[n].used) silence(&links[n]);
    routes_stop();
    ReleaseSRWLockExclusive(&lock);
    TRACE(TRACE_PROTOCOL, "stopped");
    return NO_ERROR;
}

static DWORD WINAPI do_update_routes(ULONG index)
{
    DWORD rc = ERROR_INVALID_PARAMETER;
    struct link *l;

    AcquireSRWLockExclusive(&lock);
    l = find(index);
    if (l && l->socket == INVALID_SOCKET) rc = ERROR_CAN_NOT_COMPLETE;
    if (l && l->socket != INVALID_SOCKET) {
        l->update_until = GetTickCount64() + UPDATE_MS;
        send_to_neighbour(l, QUESTION);
        rc = NO_ERROR;
    }
    ReleaseSRWLockExclusive(&lock);
    return rc;
}

static DWORD WINAPI get_event_message(ROUTING_PROTOCOL_EVENTS *event, MESSAGE *result)
{
    DWORD rc = ERROR_NO_MORE_ITEMS;

    AcquireSRWLockExclusive(&lock);
    if (queue_count) {
        *event = UPDATE_COMPLETE;
        result->UpdateCompleteMessage = queue[queue_first];
        queue_first = (queue_first + 1) % QUEUE_MAX;
        queue_count--;
        rc = NO_ERROR;
    }
    ReleaseSRWLockExclusive(&lock);
    return rc;
}

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *process_ends);

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *process_ends)
{
    (void)instance;
    if (reason == DLL_PROCESS_ATTACH) trace_id = TraceRegisterA("BEACON");
    if (reason == DLL_PROCESS_DETACH && !process_ends) TraceDeregisterA(trace_id);
    return TRUE;
}

DWORD WINAPI RegisterProtocol(MPR_ROUTING_CHARACTERISTICS *c,
                              MPR_SERVICE_CHARACTERISTICS *services);

DWORD WINAPI RegisterProtocol(MPR_ROUTING_CHARACTERISTICS *c, MPR_SERVICE_CHARACTERISTICS *services)
{
    if (c->dwProtocolId != BEACON_ID || !(c->fSupportedFunctionality & RF_ROUTING))
        return ERROR_NOT_SUPPORTED;
    services->fSupportedFunctionality = 0;
    c->dwVersion = MS_ROUTER_VERSION;
    c->fSupportedFunctionality = RF_ROUTING | RF_DEMAND_UPDATE_ROUTES;
    c->pfnStartProtocol = start_protocol;
    c->pfnStopProtocol = stop_protocol;
    c->pfnGetEventMessage = get_event_message;
    c->pfnAddInterface = add_interface;
    c->pfnDeleteInterface = delete_interface;
    c->pfnInterfaceStatus = interface_status;
    c->pfnSetInterfaceInfo = set_interface_info;
    c->pfnUpdateRoutes = do_update_routes;
    return NO_ERROR;
}
