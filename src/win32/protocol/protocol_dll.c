/* Calls into a protocol DLL, every one under a guard; protocol_entry.c has their arguments.
 *
 * Little is taken for granted (pages of RegisterProtocol and MPR_ROUTING_CHARACTERISTICS): a DLL
 * may leave dwVersion alone, may have been built for the shorter structure of an earlier version
 * (so ours is the longest, zeroed), and may leave optional functions NULL.
 */
#include "win32/protocol/protocol_dll.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/protocol/protocol_entry.h"
#include "win32/rtm/rtm_dll.h"
#include "win32/sys/library.h"
#include "win32/sys/seh_guard.h"

#define ROUTING_V6 2u /* RF_ROUTINGV6; not in these headers */

/* MPR_ROUTING_CHARACTERISTICS with room for the functions that MPR60 added. */
union characteristics {
    MPR_ROUTING_CHARACTERISTICS mpr50;
    void *room[3 + 26 + 5 + 4];
};

struct protocol_dll {
    union characteristics c;
    HANDLE event;
    uint32_t transport;
    bool dead; /* it crashed */
};

/* One guarded call: what to run, for which DLL, and its result. */
struct invocation {
    struct protocol_dll *dll;
    struct protocol_call *call;
    const char16_t *name;
    HMODULE module;
    PREGISTER_PROTOCOL register_protocol;
    struct protocol_report *report;
    DWORD result;
};

typedef void invocation_fn(void *invocation);

void protocol_dll_over(struct protocol_dll *p)
{
    rtm_dll_forget(p->transport == TRANSPORT_IPV6, p->c.mpr50.dwProtocolId);
}

static mpr_status invoke(struct protocol_dll *dll, invocation_fn *function, struct invocation *i,
                         const char *what)
{
    uint32_t code = 0;

    if (dll->dead) return ST_CAN_NOT_COMPLETE;
    i->dll = dll;
    i->result = ST_CAN_NOT_COMPLETE;
    if (seh_guard_call(function, i, &code)) return i->result;
    dll->dead = true;
    TRACE(ERROR, "protocol %u: %s crashed with 0x%08x; it is not called any more",
          (unsigned)dll->c.mpr50.dwProtocolId, what, (unsigned)code);
    protocol_dll_over(dll);
    return ST_CAN_NOT_COMPLETE;
}

/* ---- loading -------------------------------------------------------------------------------- */

static void do_load(void *context)
{
    struct invocation *i = context;

    rtm_dll_provide();
    i->module = library_load((const WCHAR *)i->name);
    i->result = i->module ? NO_ERROR : GetLastError();
}

static void do_register(void *context)
{
    struct invocation *i = context;
    MPR_SERVICE_CHARACTERISTICS services = {0};

    i->result = i->register_protocol(&i->dll->c.mpr50, &services);
}

/* What every protocol must have. */
static bool is_complete(const MPR_ROUTING_CHARACTERISTICS *c)
{
    return c->pfnStartProtocol && c->pfnStopProtocol && c->pfnGetEventMessage &&
           c->pfnAddInterface && c->pfnDeleteInterface && c->pfnInterfaceStatus;
}

static uint32_t offer(uint32_t transport)
{
    uint32_t flags = RF_ROUTING | RF_DEMAND_UPDATE_ROUTES | RF_ADD_ALL_INTERFACES | RF_MULTICAST;

    return transport == TRANSPORT_IPV6 ? flags | ROUTING_V6 : flags;
}

static mpr_status negotiate(struct protocol_dll *p, PREGISTER_PROTOCOL entry, uint32_t transport)
{
    MPR_ROUTING_CHARACTERISTICS *c = &p->c.mpr50;
    struct invocation i = {.register_protocol = entry};
    uint32_t protocol_id = c->dwProtocolId;
    mpr_status status;

    c->dwVersion = MS_ROUTER_VERSION;
    c->fSupportedFunctionality = offer(transport);
    status = invoke(p, do_register, &i, REGISTER_PROTOCOL_ENTRY_POINT_STRING);
    c->dwProtocolId = protocol_id;
    if (status != ST_OK) return status;
    if (c->dwVersion > MS_ROUTER_VERSION || (c->fSupportedFunctionality & ~offer(transport)) ||
        !is_complete(c)) {
        TRACE(ERROR, "protocol %u: version 0x%x, functionality 0x%x or missing functions refused",
              (unsigned)protocol_id, (unsigned)c->dwVersion, (unsigned)c->fSupportedFunctionality);
        return ST_NOT_SUPPORTED;
    }
    if (!c->pfnUpdateRoutes) c->fSupportedFunctionality &= ~(DWORD)RF_DEMAND_UPDATE_ROUTES;
    return ST_OK;
}

mpr_status protocol_dll_load(const char16_t *name, uint32_t protocol_id, uint32_t transport,
                             HANDLE event, struct protocol_dll **ret)
{
    struct protocol_dll *p = mem_alloc(sizeof(*p));
    struct invocation i = {.name = name};
    PREGISTER_PROTOCOL entry;
    mpr_status status;

    *ret = NULL;
    if (!p) return ST_NOT_ENOUGH_MEMORY;
    p->event = event;
    p->transport = transport;
    p->c.mpr50.dwProtocolId = protocol_id;
    status = invoke(p, do_load, &i, "loading");
    if (status != ST_OK) {
        TRACE(ERROR, "protocol %u: %s can't be loaded (error %u)", protocol_id,
              trace_u16(name).text, status);
        mem_free(p);
        return ST_MOD_NOT_FOUND;
    }
    entry =
        (PREGISTER_PROTOCOL)(void *)GetProcAddress(i.module, REGISTER_PROTOCOL_ENTRY_POINT_STRING);
    status = entry ? negotiate(p, entry, transport) : ST_PROC_NOT_FOUND;
    if (status != ST_OK) {
        TRACE(ERROR, "protocol %u: %s was refused: %s", protocol_id, trace_u16(name).text,
              status_name(status));
        mem_free(p);
        return status;
    }
    *ret = p;
    return ST_OK;
}

void protocol_dll_free(struct protocol_dll *p)
{
    mem_free(p);
}

uint32_t protocol_dll_functionality(const struct protocol_dll *p)
{
    return p->c.mpr50.fSupportedFunctionality;
}

/* ---- calls ---------------------------------------------------------------------------------- */

static void do_call(void *context)
{
    struct invocation *i = context;

    i->result = protocol_entry_call(&i->dll->c.mpr50, i->dll->event, i->call);
}

static const char *const call_names[] = {
    [CALL_LOAD] = "loading",
    [CALL_START] = "StartProtocol",
    [CALL_START_COMPLETE] = "StartComplete",
    [CALL_STOP] = "StopProtocol",
    [CALL_SET_GLOBAL_INFO] = "SetGlobalInfo",
    [CALL_GET_GLOBAL_INFO] = "GetGlobalInfo",
    [CALL_ADD_INTERFACE] = "AddInterface",
    [CALL_DELETE_INTERFACE] = "DeleteInterface",
    [CALL_INTERFACE_STATUS] = "InterfaceStatus",
    [CALL_SET_INTERFACE_INFO] = "SetInterfaceInfo",
    [CALL_GET_INTERFACE_INFO] = "GetInterfaceInfo",
    [CALL_DO_UPDATE_ROUTES] = "DoUpdateRoutes",
    [CALL_CONNECT_CLIENT] = "ConnectClient",
    [CALL_DISCONNECT_CLIENT] = "DisconnectClient",
    [CALL_MIB] = "a MIB function",
};

void protocol_dll_call(struct protocol_dll *p, struct protocol_call *call)
{
    struct invocation i = {.call = call};

    call->status = invoke(p, do_call, &i, call_names[call->kind]);
    TRACE(DEBUG, "protocol %u: %s(%u): %u", (unsigned)p->c.mpr50.dwProtocolId,
          call_names[call->kind], call->interface, call->status);
}

/* ---- events --------------------------------------------------------------------------------- */

static void do_event(void *context)
{
    struct invocation *i = context;
    ROUTING_PROTOCOL_EVENTS event = ROUTER_STOPPED;
    MESSAGE message;

    memset(&message, 0, sizeof(message));
    i->result = i->dll->c.mpr50.pfnGetEventMessage(&event, &message);
    i->report->event = (enum protocol_event)event;
    i->report->message.interface = message.UpdateCompleteMessage.InterfaceIndex;
    i->report->message.update_type = message.UpdateCompleteMessage.UpdateType;
    i->report->message.update_status = message.UpdateCompleteMessage.UpdateStatus;
}

bool protocol_dll_event(struct protocol_dll *p, struct protocol_report *ret)
{
    struct invocation i = {.report = ret};

    return invoke(p, do_event, &i, "GetEventMessage") == NO_ERROR;
}
