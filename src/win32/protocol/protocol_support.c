/* What hosted DLLs may call. The table has no context argument: the router of this process is
 * meant.
 *
 * A function that is inside when the router goes away is waited for by protocol_support_set.
 */
#include "win32/protocol/protocol_support.h"

#include <routprot.h>
#include <rtmv2.h>
#include <string.h>

#include "base/mem.h"
#include "win32/net/mib_host.h"
#include "win32/sys/no_interface_macro.h"
#include "win32/protocol/protocol_host.h"

static SRWLOCK lock = SRWLOCK_INIT;
static CONDITION_VARIABLE returned = CONDITION_VARIABLE_INIT;
static struct engine *engine;
static unsigned borrowed; /* MIBEntry* calls that are inside */

void protocol_support_set(struct engine *e)
{
    AcquireSRWLockExclusive(&lock);
    engine = NULL;
    while (borrowed) SleepConditionVariableSRW(&returned, &lock, INFINITE, 0);
    engine = e;
    ReleaseSRWLockExclusive(&lock);
}

/* ---- DemandDialRequest ---------------------------------------------------------------------- */

static DWORD WINAPI demand_dial(DWORD protocol_id, DWORD index)
{
    mpr_status status = ST_CAN_NOT_COMPLETE;

    (void)protocol_id;
    AcquireSRWLockShared(&lock);
    if (engine) {
        struct router *r = engine_enter(engine);
        status = router_protocol_dial(r, index);
        engine_leave(engine);
    }
    ReleaseSRWLockShared(&lock);
    if (status == ST_OK || status == ST_PENDING || status == ST_ALREADY_CONNECTING) return NO_ERROR;
    return status == ST_INVALID_PARAMETER ? ST_INVALID_PARAMETER : ST_CAN_NOT_COMPLETE;
}

/* ---- ValidateRoute -------------------------------------------------------------------------- */

static DWORD WINAPI validate_route(DWORD protocol_id, PVOID route_info, PVOID destination)
{
    RTM_ROUTE_INFO *route = route_info;
    DWORD status = ST_CAN_NOT_COMPLETE;

    (void)destination;
    if (!route) return ST_INVALID_PARAMETER;
    AcquireSRWLockShared(&lock);
    if (engine) {
        struct router *r = engine_enter(engine);
        route->PrefInfo.Preference = router_protocol_preference(r, TRANSPORT_IP, protocol_id);
        status = NO_ERROR;
        engine_leave(engine);
    }
    ReleaseSRWLockShared(&lock);
    return status;
}

/* ---- the rest ------------------------------------------------------------------------------- */

/* In network order, as routprot.h has addresses. */
static DWORD WINAPI get_router_id(void)
{
    DWORD id = 0;

    AcquireSRWLockShared(&lock);
    if (engine) {
        struct router *r = engine_enter(engine);
        id = htonl(router_id(r));
        engine_leave(engine);
    }
    ReleaseSRWLockShared(&lock);
    return id;
}

static DWORD WINAPI set_receive_type(DWORD protocol_id, DWORD index, DWORD type, BOOL activate)
{
    (void)protocol_id, (void)index, (void)type, (void)activate;
    return ERROR_NOT_SUPPORTED;
}

static BOOL WINAPI has_multicast_boundary(DWORD index, DWORD group)
{
    (void)index, (void)group;
    return FALSE;
}

/* ---- MIBEntry* ------------------------------------------------------------------------------ */

/* The engine, which stays until it is given back. The lock is not held meanwhile: the answer may
 * come from another protocol that calls in here itself. */
static struct engine *borrow(void)
{
    struct engine *e;

    AcquireSRWLockExclusive(&lock);
    e = engine;
    if (e) borrowed++;
    ReleaseSRWLockExclusive(&lock);
    return e;
}

static void give_back(void)
{
    AcquireSRWLockExclusive(&lock);
    if (--borrowed == 0) WakeAllConditionVariable(&returned);
    ReleaseSRWLockExclusive(&lock);
}

static DWORD mib_ask(enum mib_op op, DWORD routing_pid, DWORD size, void *entry, struct blob *ret)
{
    struct mib_ask ask = {.op = op,
                          .transport = TRANSPORT_IP,
                          .routing_pid = routing_pid,
                          .in = entry,
                          .in_size = size,
                          .caller = protocol_host_current()};
    struct engine *e = borrow();
    mpr_status status;

    if (!e) return ST_CAN_NOT_COMPLETE;
    status = mib_host_ask(e, 0, &ask);
    give_back();
    if (ret)
        *ret = ask.out;
    else
        blob_free(&ask.out);
    return status;
}

static DWORD WINAPI mib_create(DWORD routing_pid, DWORD size, void *entry)
{
    return mib_ask(MIB_CREATE, routing_pid, size, entry, NULL);
}

static DWORD WINAPI mib_delete(DWORD routing_pid, DWORD size, void *entry)
{
    return mib_ask(MIB_DELETE, routing_pid, size, entry, NULL);
}

static DWORD WINAPI mib_set(DWORD routing_pid, DWORD size, void *entry)
{
    return mib_ask(MIB_SET, routing_pid, size, entry, NULL);
}

/* Needed size first, then the data. */
static DWORD mib_read(enum mib_op op, DWORD routing_pid, DWORD in_size, void *in, DWORD *out_size,
                      void *out)
{
    struct blob answer = {NULL, 0};
    DWORD status, room;

    if (!out_size) return ERROR_INVALID_PARAMETER;
    room = out ? *out_size : 0;
    *out_size = 0;
    status = mib_ask(op, routing_pid, in_size, in, &answer);
    if (status == NO_ERROR) {
        *out_size = (DWORD)answer.size;
        if (answer.size > room)
            status = ERROR_INSUFFICIENT_BUFFER;
        else if (answer.size)
            memcpy(out, answer.data, answer.size);
    }
    blob_free(&answer);
    return status;
}

static DWORD WINAPI mib_get(DWORD routing_pid, DWORD in_size, void *in, DWORD *out_size, void *out)
{
    return mib_read(MIB_GET, routing_pid, in_size, in, out_size, out);
}

static DWORD WINAPI mib_get_first(DWORD routing_pid, DWORD in_size, void *in, DWORD *out_size,
                                  void *out)
{
    return mib_read(MIB_GET_FIRST, routing_pid, in_size, in, out_size, out);
}

static DWORD WINAPI mib_get_next(DWORD routing_pid, DWORD in_size, void *in, DWORD *out_size,
                                 void *out)
{
    return mib_read(MIB_GET_NEXT, routing_pid, in_size, in, out_size, out);
}

void *protocol_support_table(void)
{
    /* Zeroes stand where MPR60 has its further functions. */
    static union {
        SUPPORT_FUNCTIONS mpr50;
        void *room[sizeof(SUPPORT_FUNCTIONS) / sizeof(void *) + 4];
    } table = {.mpr50 = {.dwVersion = MS_ROUTER_VERSION,
                         .DemandDialRequest = demand_dial,
                         .SetInterfaceReceiveType = set_receive_type,
                         .ValidateRoute = validate_route,
                         .MIBEntryCreate = mib_create,
                         .MIBEntryDelete = mib_delete,
                         .MIBEntrySet = mib_set,
                         .MIBEntryGet = mib_get,
                         .MIBEntryGetFirst = mib_get_first,
                         .MIBEntryGetNext = mib_get_next,
                         .GetRouterId = get_router_id,
                         .HasMulticastBoundary = has_multicast_boundary}};

    return &table;
}
