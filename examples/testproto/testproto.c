/* The protocol of testproto.h. One lock around a table of interfaces and a queue of events; what
 * is to happen later is done by a thread of the process' pool, which keeps this DLL loaded by a
 * reference of its own until the moment it returns. */
#include <winsock2.h>
#include <windows.h>

#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define INTERFACES_MAX 256
#define QUEUE_MAX      1024

struct queued {
    ROUTING_PROTOCOL_EVENTS event;
    MESSAGE message;
};

static SRWLOCK lock = SRWLOCK_INIT;
static BOOL running, ipv6;
static HANDLE notification;
static struct testproto_global global;
static struct {
    BOOL used;
    ULONG index;
    struct testproto_interface info;
} interfaces[INTERFACES_MAX];
static struct queued queue[QUEUE_MAX];
static unsigned queue_first, queue_count;

testproto_inside_fn *testproto_inside;
SUPPORT_FUNCTIONS support;

void enter(const char *entry, ULONG index)
{
    testproto_inside_fn *inside = testproto_inside;

    if (inside) inside(entry, index);
}

static void say(enum testproto_entry entry, ULONG index, DWORD type, BOOL active, const void *data,
                DWORD size)
{
    struct testproto_told record = {.protocol = TESTPROTO_ID,
                                    .entry = entry,
                                    .index = index,
                                    .type = type,
                                    .active = (DWORD)active};

    told(record, data, size);
}

/* ---- events --------------------------------------------------------------------------------- */

/* Lock held. */
static void enqueue(ROUTING_PROTOCOL_EVENTS event, ULONG index, ULONG type, ULONG status)
{
    struct queued *q;

    if (queue_count == QUEUE_MAX) return;
    q = &queue[(queue_first + queue_count++) % QUEUE_MAX];
    memset(q, 0, sizeof(*q));
    q->event = event;
    q->message.UpdateCompleteMessage.InterfaceIndex = index;
    q->message.UpdateCompleteMessage.UpdateType = type;
    q->message.UpdateCompleteMessage.UpdateStatus = status;
}

static DWORD WINAPI get_event_message(ROUTING_PROTOCOL_EVENTS *event, MESSAGE *result)
{
    DWORD rc = ERROR_NO_MORE_ITEMS;

    enter("GetEventMessage", 0);
    if (!event || !result) return ERROR_INVALID_PARAMETER;
    AcquireSRWLockExclusive(&lock);
    if (queue_count) {
        *event = queue[queue_first].event;
        *result = queue[queue_first].message;
        queue_first = (queue_first + 1) % QUEUE_MAX;
        queue_count--;
        rc = NO_ERROR;
    }
    ReleaseSRWLockExclusive(&lock);
    return rc;
}

/* ---- interfaces ----------------------------------------------------------------------------- */

/* Lock held; INTERFACES_MAX when there is none. */
static unsigned find(ULONG index)
{
    unsigned i = 0;

    while (i < INTERFACES_MAX && !(interfaces[i].used && interfaces[i].index == index)) i++;
    return i;
}

static void take_info(struct testproto_interface *target, const void *info, ULONG size, ULONG count)
{
    memset(target, 0, sizeof(*target));
    if (!info || !count) return;
    memcpy(target, info, size < sizeof(*target) ? size : sizeof(*target));
}

static DWORD WINAPI add_interface(LPWSTR name, ULONG index, NET_INTERFACE_TYPE type, DWORD media,
                                  WORD access, WORD connection, PVOID info, ULONG version,
                                  ULONG size, ULONG count)
{
    DWORD rc = ERROR_INVALID_PARAMETER;

    enter("AddInterface", index);
    say(TESTPROTO_TOLD_ADD, index, (DWORD)type, FALSE, info, info ? size * count : 0);
    (void)name, (void)media, (void)access, (void)connection, (void)version;
    AcquireSRWLockExclusive(&lock);
    if (find(index) == INTERFACES_MAX) {
        unsigned i = 0;
        while (i < INTERFACES_MAX && interfaces[i].used) i++;
        rc = i < INTERFACES_MAX ? NO_ERROR : ERROR_CAN_NOT_COMPLETE;
        if (rc == NO_ERROR) {
            interfaces[i].used = TRUE;
            interfaces[i].index = index;
            take_info(&interfaces[i].info, info, size, count);
        }
    }
    ReleaseSRWLockExclusive(&lock);
    return rc;
}

static DWORD WINAPI delete_interface(ULONG index)
{
    unsigned i;

    enter("DeleteInterface", index);
    say(TESTPROTO_TOLD_DELETE, index, 0, FALSE, NULL, 0);
    AcquireSRWLockExclusive(&lock);
    i = find(index);
    if (i < INTERFACES_MAX) interfaces[i].used = FALSE;
    ReleaseSRWLockExclusive(&lock);
    return i < INTERFACES_MAX ? NO_ERROR : ERROR_INVALID_PARAMETER;
}

static DWORD WINAPI interface_status(ULONG index, BOOL active, DWORD type, PVOID info)
{
    unsigned i;

    enter("InterfaceStatus", index);
    say(TESTPROTO_TOLD_STATUS, index, type, active, info, status_info_size(ipv6, type, info));
    AcquireSRWLockShared(&lock);
    i = find(index);
    ReleaseSRWLockShared(&lock);
    return i < INTERFACES_MAX ? NO_ERROR : ERROR_INVALID_PARAMETER;
}

static DWORD WINAPI set_interface_info(ULONG index, PVOID info, ULONG version, ULONG size,
                                       ULONG count)
{
    unsigned i;

    enter("SetInterfaceInfo", index);
    (void)version;
    AcquireSRWLockExclusive(&lock);
    i = find(index);
    if (i < INTERFACES_MAX) take_info(&interfaces[i].info, info, size, count);
    ReleaseSRWLockExclusive(&lock);
    return i < INTERFACES_MAX ? NO_ERROR : ERROR_INVALID_PARAMETER;
}

/* Both Get*Info: needed size first, then the data. */
static DWORD give(const void *data, ULONG size, void *target, ULONG *buffer_size, ULONG *version,
                  ULONG *item_size, ULONG *count)
{
    ULONG room;

    if (!buffer_size || !version || !item_size || !count) return ERROR_INVALID_PARAMETER;
    room = *buffer_size;
    *buffer_size = size;
    if (!target || room < size) return ERROR_INSUFFICIENT_BUFFER;
    memcpy(target, data, size);
    *version = 1;
    *item_size = size;
    *count = 1;
    return NO_ERROR;
}

static DWORD WINAPI get_interface_info(ULONG index, PVOID info, PULONG buffer_size, PULONG version,
                                       PULONG size, PULONG count)
{
    struct testproto_interface copy;
    unsigned i;

    enter("GetInterfaceInfo", index);
    AcquireSRWLockShared(&lock);
    i = find(index);
    if (i < INTERFACES_MAX) copy = interfaces[i].info;
    ReleaseSRWLockShared(&lock);
    if (i == INTERFACES_MAX) return ERROR_INVALID_PARAMETER;
    return give(&copy, sizeof(copy), info, buffer_size, version, size, count);
}

/* An IPv4 address is 4 octets, one of IPv6 16. */
static DWORD WINAPI connect_client(ULONG index, PVOID address)
{
    enter("ConnectClient", index);
    if (!address) return ERROR_INVALID_PARAMETER;
    say(TESTPROTO_TOLD_CONNECT, index, 0, FALSE, address, ipv6 ? 16 : 4);
    return NO_ERROR;
}

static DWORD WINAPI disconnect_client(ULONG index, PVOID address)
{
    enter("DisconnectClient", index);
    if (!address) return ERROR_INVALID_PARAMETER;
    say(TESTPROTO_TOLD_DISCONNECT, index, 0, FALSE, address, ipv6 ? 16 : 4);
    return NO_ERROR;
}

/* ---- the protocol --------------------------------------------------------------------------- */

static DWORD WINAPI start_protocol(HANDLE event, PSUPPORT_FUNCTIONS functions, LPVOID info,
                                   ULONG version, ULONG size, ULONG count)
{
    enter("StartProtocol", 0);
    (void)version;
    if (!event || !functions) return ERROR_INVALID_PARAMETER;
    if (running) return ERROR_CAN_NOT_COMPLETE;
    notification = event;
    support = *functions;
    memset(&global, 0, sizeof(global));
    if (info) memcpy(&global, info, size < sizeof(global) ? size : sizeof(global));
    memset(interfaces, 0, sizeof(interfaces));
    queue_count = 0;
    running = TRUE;
    say(TESTPROTO_TOLD_START, 0, 0, FALSE, info, info ? size * count : 0);
    return NO_ERROR;
}

static DWORD WINAPI start_complete(void)
{
    enter("StartComplete", 0);
    return NO_ERROR;
}

static DWORD WINAPI stop_protocol(void)
{
    BOOL pending = global.stop_pending != 0;

    enter("StopProtocol", 0);
    say(TESTPROTO_TOLD_STOP, 0, 0, FALSE, NULL, 0);
    AcquireSRWLockExclusive(&lock);
    running = FALSE;
    if (pending) enqueue(ROUTER_STOPPED, 0, 0, 0);
    ReleaseSRWLockExclusive(&lock);
    if (!pending) return NO_ERROR;
    SetEvent(notification);
    return ERROR_PROTOCOL_STOP_PENDING;
}

static DWORD WINAPI set_global_info(PVOID info, ULONG version, ULONG size, ULONG count)
{
    enter("SetGlobalInfo", 0);
    (void)version, (void)count;
    memset(&global, 0, sizeof(global));
    if (info) memcpy(&global, info, size < sizeof(global) ? size : sizeof(global));
    return NO_ERROR;
}

static DWORD WINAPI get_global_info(PVOID info, PULONG buffer_size, PULONG version, PULONG size,
                                    PULONG count)
{
    enter("GetGlobalInfo", 0);
    return give(&global, sizeof(global), info, buffer_size, version, size, count);
}

/* ---- updates -------------------------------------------------------------------------------- */

struct update {
    ULONG index;
    struct testproto_interface info;
};

static void complete(const struct update *u)
{
    AcquireSRWLockExclusive(&lock);
    switch (u->info.mode) {
    case TESTPROTO_WRONG_INTERFACE:
        enqueue(UPDATE_COMPLETE, u->index + 1000, RF_DEMAND_UPDATE_ROUTES, u->info.status);
        break;
    case TESTPROTO_WRONG_TYPE:
        enqueue(UPDATE_COMPLETE, u->index, DEMAND_UPDATE_SERVICES, u->info.status);
        break;
    case TESTPROTO_STOPS:
        running = FALSE;
        enqueue(ROUTER_STOPPED, 0, 0, 0);
        break;
    case TESTPROTO_TWO_MESSAGES:
        enqueue(SAVE_INTERFACE_CONFIG_INFO, u->index, 0, 0);
        enqueue(UPDATE_COMPLETE, u->index, RF_DEMAND_UPDATE_ROUTES, u->info.status);
        break;
    case TESTPROTO_TWICE:
        enqueue(UPDATE_COMPLETE, u->index, RF_DEMAND_UPDATE_ROUTES, u->info.status);
        enqueue(UPDATE_COMPLETE, u->index, RF_DEMAND_UPDATE_ROUTES, u->info.status);
        break;
    default:
        enqueue(UPDATE_COMPLETE, u->index, RF_DEMAND_UPDATE_ROUTES, u->info.status);
        break;
    }
    ReleaseSRWLockExclusive(&lock);
    SetEvent(notification);
}

static void CALLBACK complete_later(PTP_CALLBACK_INSTANCE instance, void *context)
{
    struct update *u = context;
    HMODULE self;

    /* The pool releases this reference after we have left our code. */
    if (GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)(void *)&lock,
                           &self))
        FreeLibraryWhenCallbackReturns(instance, self);
    Sleep(u->info.delay_ms);
    complete(u);
    free(u);
}

static DWORD start_later(const struct update *u)
{
    struct update *copy = malloc(sizeof(*copy));

    if (!copy) return ERROR_CAN_NOT_COMPLETE;
    *copy = *u;
    if (TrySubmitThreadpoolCallback(complete_later, copy, NULL)) return NO_ERROR;
    free(copy);
    return ERROR_CAN_NOT_COMPLETE;
}

static void crash(void)
{
    volatile ULONG_PTR nowhere = 16; /* hidden from the compiler, which would object */

    *(volatile DWORD *)nowhere = 0;
}

static DWORD update(const struct update *u)
{
    switch (u->info.mode) {
    case TESTPROTO_FAIL_AT_ONCE:
        return u->info.status ? u->info.status : ERROR_CAN_NOT_COMPLETE;
    case TESTPROTO_NEVER:
        return NO_ERROR;
    case TESTPROTO_CRASH:
        die();
        return NO_ERROR;
    case TESTPROTO_EMPTY_EVENT:
        SetEvent(notification);
        return start_later(u);
    case TESTPROTO_HANG:
        Sleep(u->info.delay_ms);
        complete(u);
        return NO_ERROR;
    case TESTPROTO_INSIDE:
        complete(u);
        return NO_ERROR;
    default:
        return start_later(u);
    }
}

static DWORD WINAPI do_update_routes(ULONG index)
{
    struct update u = {.index = index};
    unsigned i;

    enter("DoUpdateRoutes", index);
    AcquireSRWLockShared(&lock);
    i = find(index);
    if (i < INTERFACES_MAX) u.info = interfaces[i].info;
    ReleaseSRWLockShared(&lock);
    return i < INTERFACES_MAX ? update(&u) : ERROR_INVALID_PARAMETER;
}

/* ---- for the MIB ---------------------------------------------------------------------------- */

/* What an administrator has changed through the MIB is the router's to store. */
DWORD save(const struct testproto_mib *m)
{
    BOOL whole = m->what == TESTPROTO_MIB_SAVES_GLOBAL;
    unsigned i;

    AcquireSRWLockExclusive(&lock);
    i = find(m->value);
    if (whole) {
        global.stop_pending = m->value;
        enqueue(SAVE_GLOBAL_CONFIG_INFO, 0, 0, 0);
    } else if (i < INTERFACES_MAX) {
        interfaces[i].info.delay_ms++;
        enqueue(SAVE_INTERFACE_CONFIG_INFO, m->value, 0, 0);
    }
    ReleaseSRWLockExclusive(&lock);
    SetEvent(notification);
    return whole || i < INTERFACES_MAX ? NO_ERROR : ERROR_INVALID_PARAMETER;
}

void die(void)
{
    running = FALSE; /* so that this image can be started again */
    crash();
}

/* ---- the export ----------------------------------------------------------------------------- */

static DWORD register_mode(void)
{
    char text[16] = "0";

    GetEnvironmentVariableA("TESTPROTO_REGISTER", text, sizeof(text));
    return strtoul(text, NULL, 10);
}

static void fill(MPR_ROUTING_CHARACTERISTICS *c, BOOL optional)
{
    c->pfnStartProtocol = start_protocol;
    c->pfnStopProtocol = stop_protocol;
    c->pfnGetEventMessage = get_event_message;
    c->pfnAddInterface = add_interface;
    c->pfnDeleteInterface = delete_interface;
    c->pfnInterfaceStatus = interface_status;
    if (!optional) return;
    c->pfnStartComplete = start_complete;
    c->pfnGetGlobalInfo = get_global_info;
    c->pfnSetGlobalInfo = set_global_info;
    c->pfnGetInterfaceInfo = get_interface_info;
    c->pfnSetInterfaceInfo = set_interface_info;
    c->pfnUpdateRoutes = do_update_routes;
    if (register_mode() == TESTPROTO_REGISTER_SHORT) return;
    c->pfnConnectClient = connect_client;
    c->pfnDisconnectClient = disconnect_client;
}

DWORD WINAPI RegisterProtocol(MPR_ROUTING_CHARACTERISTICS *c,
                              MPR_SERVICE_CHARACTERISTICS *services);

DWORD WINAPI RegisterProtocol(MPR_ROUTING_CHARACTERISTICS *c, MPR_SERVICE_CHARACTERISTICS *services)
{
    DWORD mode = register_mode();

    if (mode == TESTPROTO_REGISTER_CRASH) crash();
    services->fSupportedFunctionality = 0;
    if (c->dwProtocolId == TESTPROTO_PEER_ID) return peer_register(c);
    if (c->dwProtocolId != TESTPROTO_ID || mode == TESTPROTO_REGISTER_FAIL)
        return ERROR_NOT_SUPPORTED;
    if ((c->fSupportedFunctionality & RF_ROUTING) == 0) return ERROR_NOT_SUPPORTED;
    ipv6 = (c->fSupportedFunctionality & RF_ROUTINGV6_FLAG) != 0;
    c->fSupportedFunctionality = (ipv6 ? RF_ROUTINGV6_FLAG : RF_ROUTING) | RF_DEMAND_UPDATE_ROUTES;
    /* The older structure ended with pfnUpdateRoutes; nothing behind it was ever written here. */
    c->dwVersion = mode == TESTPROTO_REGISTER_SHORT ? 0x400 : MS_ROUTER_VERSION;
    fill(c, mode != TESTPROTO_REGISTER_NULLS);
    if (mode == TESTPROTO_REGISTER_NORMAL) fill_mib(c);
    return NO_ERROR;
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved);

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved)
{
    (void)module, (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        if (register_mode() == TESTPROTO_REGISTER_LOAD_CRASHES) crash();
        if (register_mode() == TESTPROTO_REGISTER_LOAD_FAILS) return FALSE;
    }
    return TRUE;
}
