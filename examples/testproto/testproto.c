/* The protocol of testproto.h. One lock around a table of interfaces and a queue of events; what
 * is to happen later is done by a thread of the process' pool, which keeps this DLL loaded by a
 * reference of its own until the moment it returns. */
#include <winsock2.h>
#include <windows.h>

#include <mprerror.h>
#include <routprot.h>
#include <stdlib.h>
#include <string.h>

#include "testproto.h"

#define INTERFACES_MAX 256
#define QUEUE_MAX      1024

struct queued {
    ROUTING_PROTOCOL_EVENTS event;
    MESSAGE message;
};

static SRWLOCK lock = SRWLOCK_INIT;
static BOOL running;
static HANDLE notification;
static SUPPORT_FUNCTIONS support;
static struct testproto_global global;
static struct {
    BOOL used;
    ULONG index;
    struct testproto_interface info;
} interfaces[INTERFACES_MAX];
static struct queued queue[QUEUE_MAX];
static unsigned queue_first, queue_count;

testproto_inside_fn *testproto_inside;

/* The first thing in each entry point, without the lock. */
static void enter(const char *entry, ULONG index)
{
    testproto_inside_fn *inside = testproto_inside;

    if (inside) inside(entry, index);
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
    (void)name, (void)type, (void)media, (void)access, (void)connection, (void)version;
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
    (void)active, (void)type, (void)info;
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

/* ---- the protocol --------------------------------------------------------------------------- */

static DWORD WINAPI start_protocol(HANDLE event, PSUPPORT_FUNCTIONS functions, LPVOID info,
                                   ULONG version, ULONG size, ULONG count)
{
    enter("StartProtocol", 0);
    (void)version, (void)count;
    if (!event || !functions) return ERROR_INVALID_PARAMETER;
    if (running) return ERROR_CAN_NOT_COMPLETE;
    notification = event;
    support = *functions;
    memset(&global, 0, sizeof(global));
    if (info) memcpy(&global, info, size < sizeof(global) ? size : sizeof(global));
    memset(interfaces, 0, sizeof(interfaces));
    queue_count = 0;
    running = TRUE;
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
        running = FALSE; /* so that this image can be started again */
        crash();
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

/* ---- MIB ------------------------------------------------------------------------------------ */

enum mib_op { MIB_GET, MIB_GET_FIRST, MIB_GET_NEXT };

/* The router's IF_NUMBER (the query is one DWORD, 0), size first. */
static DWORD ask_router(enum mib_op op, DWORD routing_pid)
{
    BYTE answer[64];
    DWORD query = 0, size = 0, rc = ERROR_INSUFFICIENT_BUFFER;

    for (int i = 0; i < 2 && rc == ERROR_INSUFFICIENT_BUFFER; i++) {
        void *room = i && size <= sizeof(answer) ? answer : NULL;

        if (op == MIB_GET)
            rc = support.MIBEntryGet(routing_pid, sizeof(query), &query, &size, room);
        else if (op == MIB_GET_FIRST)
            rc = support.MIBEntryGetFirst(routing_pid, sizeof(query), &query, &size, room);
        else
            rc = support.MIBEntryGetNext(routing_pid, sizeof(query), &query, &size, room);
    }
    return rc;
}

static DWORD find_row(enum mib_op op, DWORD *value)
{
    if (op == MIB_GET_FIRST) *value = 1;
    if (op == MIB_GET_NEXT) ++*value;
    if (*value >= 1 && *value <= TESTPROTO_MIB_ROWS) return NO_ERROR;
    return op == MIB_GET ? ERROR_INVALID_PARAMETER : ERROR_NO_MORE_ITEMS;
}

/* What does not end in an output of the usual form. */
static DWORD misbehave(const struct testproto_mib *in, ULONG *out_size)
{
    switch (in->what) {
    case TESTPROTO_MIB_STATUS:
        return in->value;
    case TESTPROTO_MIB_EMPTY:
        *out_size = 0;
        return NO_ERROR;
    case TESTPROTO_MIB_GROWS:
        *out_size += 8;
        return ERROR_INSUFFICIENT_BUFFER;
    case TESTPROTO_MIB_LIES:
        *out_size = *out_size ? *out_size * 1000 : 8;
        return *out_size > 8 ? NO_ERROR : ERROR_INSUFFICIENT_BUFFER;
    case TESTPROTO_MIB_CRASHES:
        running = FALSE;
        crash();
        break;
    }
    return ERROR_INVALID_PARAMETER;
}

static DWORD mib_read(enum mib_op op, ULONG in_size, void *in, ULONG *out_size, void *out)
{
    struct testproto_mib m;
    ULONG room;
    DWORD rc = NO_ERROR;

    enter("MibGet", 0);
    if (in_size < sizeof(m) || !in || !out_size) return ERROR_INVALID_PARAMETER;
    memcpy(&m, in, sizeof(m));
    if (m.what == TESTPROTO_MIB_ROW)
        rc = find_row(op, &m.value);
    else if (m.what == TESTPROTO_MIB_HANGS)
        Sleep(m.value);
    else if (m.what == TESTPROTO_MIB_ASKS)
        m.value = ask_router(op, m.value);
    else
        return misbehave(&m, out_size);
    if (rc) return rc;
    room = *out_size;
    *out_size = sizeof(m);
    if (!out || room < sizeof(m)) return ERROR_INSUFFICIENT_BUFFER;
    memcpy(out, &m, sizeof(m));
    return NO_ERROR;
}

static DWORD WINAPI mib_get(ULONG in_size, PVOID in, PULONG out_size, PVOID out)
{
    return mib_read(MIB_GET, in_size, in, out_size, out);
}

static DWORD WINAPI mib_get_first(ULONG in_size, PVOID in, PULONG out_size, PVOID out)
{
    return mib_read(MIB_GET_FIRST, in_size, in, out_size, out);
}

static DWORD WINAPI mib_get_next(ULONG in_size, PVOID in, PULONG out_size, PVOID out)
{
    return mib_read(MIB_GET_NEXT, in_size, in, out_size, out);
}

static DWORD WINAPI mib_change(ULONG in_size, PVOID in)
{
    struct testproto_mib m;
    DWORD query = 0;

    enter("MibSet", 0);
    if (in_size < sizeof(m) || !in) return ERROR_INVALID_PARAMETER;
    memcpy(&m, in, sizeof(m));
    if (m.what == TESTPROTO_MIB_STATUS) return m.value;
    if (m.what == TESTPROTO_MIB_ASKS) return support.MIBEntrySet(m.value, sizeof(query), &query);
    return ERROR_INVALID_PARAMETER;
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
}

static void fill_mib(MPR_ROUTING_CHARACTERISTICS *c)
{
    c->pfnMibGetEntry = mib_get;
    c->pfnMibGetFirstEntry = mib_get_first;
    c->pfnMibGetNextEntry = mib_get_next;
    c->pfnMibCreateEntry = mib_change;
    c->pfnMibSetEntry = mib_change; /* and no pfnMibDeleteEntry */
}

DWORD WINAPI RegisterProtocol(MPR_ROUTING_CHARACTERISTICS *c,
                              MPR_SERVICE_CHARACTERISTICS *services);

DWORD WINAPI RegisterProtocol(MPR_ROUTING_CHARACTERISTICS *c, MPR_SERVICE_CHARACTERISTICS *services)
{
    DWORD mode = register_mode();

    if (mode == TESTPROTO_REGISTER_CRASH) crash();
    services->fSupportedFunctionality = 0;
    if (c->dwProtocolId != TESTPROTO_ID || mode == TESTPROTO_REGISTER_FAIL)
        return ERROR_NOT_SUPPORTED;
    if ((c->fSupportedFunctionality & RF_ROUTING) == 0) return ERROR_NOT_SUPPORTED;
    c->fSupportedFunctionality = RF_ROUTING | RF_DEMAND_UPDATE_ROUTES;
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
