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

/* False: not of the transport's family, or longer than its addresses. */
static bool read_destination(uint32_t transport, const RTM_NET_ADDRESS *a, struct rtm_prefix *ret)
{
    bool ipv6 = transport == TRANSPORT_IPV6;

    memset(ret, 0, sizeof(*ret));
    if (a->AddressFamily != (ipv6 ? AF_INET6 : AF_INET) || a->NumBits > (ipv6 ? 128 : 32))
        return false;
    ret->length = (uint8_t)a->NumBits;
    memcpy(ret->address.octets, a->AddrBits, ipv6 ? 16 : 4);
    return true;
}

static DWORD validate(uint32_t transport, DWORD protocol_id, RTM_ROUTE_INFO *route,
                      const RTM_NET_ADDRESS *destination)
{
    DWORD status = ST_CAN_NOT_COMPLETE;
    struct rtm_prefix prefix;
    uint32_t preference;

    if (!route) return ST_INVALID_PARAMETER;
    if (destination && !read_destination(transport, destination, &prefix))
        return ST_INVALID_PARAMETER;
    AcquireSRWLockShared(&lock);
    if (engine) {
        const struct router *r = engine_enter_shared(engine);
        status = router_protocol_validate(r, transport, protocol_id, destination ? &prefix : NULL,
                                          &preference);
        engine_leave_shared(engine);
    }
    ReleaseSRWLockShared(&lock);
    if (status == NO_ERROR) route->PrefInfo.Preference = preference;
    return status;
}

/* ---- the rest ------------------------------------------------------------------------------- */

/* In network order, as routprot.h has addresses. */
static DWORD WINAPI get_router_id(void)
{
    DWORD id = 0;

    AcquireSRWLockShared(&lock);
    if (engine) {
        const struct router *r = engine_enter_shared(engine);
        id = htonl(router_id(r));
        engine_leave_shared(engine);
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

static DWORD mib_ask(enum mib_op op, uint32_t transport, DWORD routing_pid, DWORD size, void *entry,
                     struct blob *ret)
{
    struct mib_ask ask = {.op = op,
                          .transport = transport,
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

/* Needed size first, then the data. */
static DWORD mib_read(enum mib_op op, uint32_t transport, DWORD routing_pid, DWORD in_size,
                      void *in, DWORD *out_size, void *out)
{
    struct blob answer = {NULL, 0};
    DWORD status, room;

    if (!out_size) return ERROR_INVALID_PARAMETER;
    room = out ? *out_size : 0;
    *out_size = 0;
    status = mib_ask(op, transport, routing_pid, in_size, in, &answer);
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

/* ---- the tables ----------------------------------------------------------------------------- */

/* A protocol does not say which router manager it asks: each manager has functions of its own. */
#define CHANGES(name, op, transport)                                     \
    static DWORD WINAPI name(DWORD routing_pid, DWORD size, void *entry) \
    {                                                                    \
        return mib_ask(op, transport, routing_pid, size, entry, NULL);   \
    }

#define READS(name, op, transport)                                                        \
    static DWORD WINAPI name(DWORD routing_pid, DWORD in_size, void *in, DWORD *out_size, \
                             void *out)                                                   \
    {                                                                                     \
        return mib_read(op, transport, routing_pid, in_size, in, out_size, out);          \
    }

#define OF_TRANSPORT(n, transport)                                                           \
    static DWORD WINAPI validate_route##n(DWORD protocol_id, PVOID route, PVOID destination) \
    {                                                                                        \
        return validate(transport, protocol_id, route, destination);                         \
    }                                                                                        \
    CHANGES(mib_create##n, MIB_CREATE, transport)                                            \
    CHANGES(mib_delete##n, MIB_DELETE, transport)                                            \
    CHANGES(mib_set##n, MIB_SET, transport)                                                  \
    READS(mib_get##n, MIB_GET, transport)                                                    \
    READS(mib_get_first##n, MIB_GET_FIRST, transport)                                        \
    READS(mib_get_next##n, MIB_GET_NEXT, transport)

OF_TRANSPORT(4, TRANSPORT_IP)
OF_TRANSPORT(6, TRANSPORT_IPV6)

#define TABLE(n)                                           \
    {                                                      \
        .mpr50 = {                                         \
            .dwVersion = MS_ROUTER_VERSION,                \
            .DemandDialRequest = demand_dial,              \
            .SetInterfaceReceiveType = set_receive_type,   \
            .ValidateRoute = validate_route##n,            \
            .MIBEntryCreate = mib_create##n,               \
            .MIBEntryDelete = mib_delete##n,               \
            .MIBEntrySet = mib_set##n,                     \
            .MIBEntryGet = mib_get##n,                     \
            .MIBEntryGetFirst = mib_get_first##n,          \
            .MIBEntryGetNext = mib_get_next##n,            \
            .GetRouterId = get_router_id,                  \
            .HasMulticastBoundary = has_multicast_boundary \
        }                                                  \
    }

void *protocol_support_table(uint32_t transport)
{
    /* Zeroes stand where MPR60 has its further functions. */
    static union {
        SUPPORT_FUNCTIONS mpr50;
        void *room[sizeof(SUPPORT_FUNCTIONS) / sizeof(void *) + 4];
    } tables[] = {TABLE(4), TABLE(6)};

    return &tables[transport == TRANSPORT_IPV6];
}
