/* Calls into a protocol DLL: arguments from struct protocol_call, every call under a guard.
 *
 * Little is taken for granted (routprot.md 3 to 5): a DLL may leave dwVersion alone, may have been
 * built for the shorter structure of an earlier version (so ours is the longest, zeroed), may
 * leave optional functions NULL, and may say NO_ERROR without writing a single output.
 */
#include "win32/protocol_dll.h"

#include <routprot.h>
#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/no_interface_macro.h"
#include "win32/protocol_support.h"
#include "win32/seh_guard.h"

#define INFO_VERSION   1u
#define INFO_MAX_BYTES (16u << 20)
#define ROUTING_V6     2u /* RF_ROUTINGV6; not in these headers */

/* MPR_ROUTING_CHARACTERISTICS with room for the functions that MPR60 added. */
union characteristics {
    MPR_ROUTING_CHARACTERISTICS mpr50;
    void *room[3 + 26 + 5 + 4];
};

struct protocol_dll {
    union characteristics c;
    HANDLE event;
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
    return ST_CAN_NOT_COMPLETE;
}

/* ---- loading -------------------------------------------------------------------------------- */

static void do_load(void *context)
{
    struct invocation *i = context;

    i->module = LoadLibraryW((const WCHAR *)i->name);
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
    return transport == 0x57 ? flags | ROUTING_V6 : flags;
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
    if (status) return status;
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
    p->c.mpr50.dwProtocolId = protocol_id;
    status = invoke(p, do_load, &i, "loading");
    if (status) {
        TRACE(ERROR, "protocol %u: %s can't be loaded (error %u)", protocol_id,
              trace_u16(name).text, status);
        mem_free(p);
        return ST_MOD_NOT_FOUND;
    }
    entry =
        (PREGISTER_PROTOCOL)(void *)GetProcAddress(i.module, REGISTER_PROTOCOL_ENTRY_POINT_STRING);
    status = entry ? negotiate(p, entry, transport) : ST_PROC_NOT_FOUND;
    if (status) {
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

/* The block of a call, as the entry points take it: NULL, 0, 0, 0 when there is none. */
struct block {
    void *data;
    ULONG version, size, count;
};

static struct block block_of(const struct protocol_call *c)
{
    struct block b = {NULL, 0, 0, 0};

    if (!c->info.size) return b;
    b.data = c->info.data;
    b.version = INFO_VERSION;
    b.size = c->info_item_size;
    b.count = c->info_count;
    return b;
}

static DWORD call_start(const MPR_ROUTING_CHARACTERISTICS *f, struct invocation *i)
{
    struct block b = block_of(i->call);
    return f->pfnStartProtocol(i->dll->event, protocol_support_table(), b.data, b.version, b.size,
                               b.count);
}

static DWORD call_set_info(const MPR_ROUTING_CHARACTERISTICS *f, const struct protocol_call *c)
{
    struct block b = block_of(c);

    if (c->kind == CALL_SET_GLOBAL_INFO)
        return f->pfnSetGlobalInfo ? f->pfnSetGlobalInfo(b.data, b.version, b.size, b.count)
                                   : ST_NOT_SUPPORTED;
    return f->pfnSetInterfaceInfo
               ? f->pfnSetInterfaceInfo(c->interface, b.data, b.version, b.size, b.count)
               : ST_NOT_SUPPORTED;
}

static DWORD get_info(const MPR_ROUTING_CHARACTERISTICS *f, const struct protocol_call *c,
                      void *data, ULONG *size, ULONG *total)
{
    ULONG version = 0, item_size = 0, count = 0;
    DWORD rc;

    if (c->kind == CALL_GET_GLOBAL_INFO)
        rc = f->pfnGetGlobalInfo(data, size, &version, &item_size, &count);
    else
        rc = f->pfnGetInterfaceInfo(c->interface, data, size, &version, &item_size, &count);
    *total = item_size && count <= *size / item_size ? item_size * count : *size;
    return rc;
}

/* Asks for the size, then for the data. A DLL that answers NO_ERROR at once has none. */
static DWORD call_get_info(const MPR_ROUTING_CHARACTERISTICS *f, struct protocol_call *c)
{
    ULONG size = 0, total = 0;
    uint8_t *data;
    DWORD rc;

    if (c->kind == CALL_GET_GLOBAL_INFO ? !f->pfnGetGlobalInfo : !f->pfnGetInterfaceInfo)
        return ST_NOT_SUPPORTED;
    rc = get_info(f, c, NULL, &size, &total);
    if (rc != ERROR_INSUFFICIENT_BUFFER || !size) return rc;
    if (size > INFO_MAX_BYTES) return ST_INVALID_DATA;
    data = mem_alloc(size);
    if (!data) return ST_NOT_ENOUGH_MEMORY;
    rc = get_info(f, c, data, &size, &total);
    if (rc == NO_ERROR && !blob_set(&c->result, data, total)) rc = ST_NOT_ENOUGH_MEMORY;
    mem_free(data);
    return rc;
}

static DWORD call_add_interface(const MPR_ROUTING_CHARACTERISTICS *f, struct protocol_call *c)
{
    struct block b = block_of(c);
    return f->pfnAddInterface((WCHAR *)c->interface_name, c->interface,
                              (NET_INTERFACE_TYPE)c->interface_type, 0, 0, 0, b.data, b.version,
                              b.size, b.count);
}

/* IP_ADAPTER_BINDING_INFO: addresses in network order, none for an interface without. */
static DWORD call_interface_status(const MPR_ROUTING_CHARACTERISTICS *f,
                                   const struct protocol_call *c)
{
    union {
        IP_ADAPTER_BINDING_INFO info;
        uint8_t room[sizeof(IP_ADAPTER_BINDING_INFO) +
                     BINDING_MAX_ADDRESSES * sizeof(IP_LOCAL_BINDING)];
    } u;
    IP_LOCAL_BINDING *local = (IP_LOCAL_BINDING *)(void *)(u.room + sizeof(u.info));

    if (c->status_type != RIS_ADDRESS_CHANGE)
        return f->pfnInterfaceStatus(c->interface, c->active, c->status_type, NULL);
    memset(&u, 0, sizeof(u));
    if (c->has_binding) {
        u.info.AddressCount = c->binding.count;
        u.info.RemoteAddress = htonl(c->binding.remote);
        u.info.Mtu = c->binding.mtu;
        u.info.Speed = c->binding.speed;
        for (uint32_t i = 0; i < c->binding.count; i++) {
            local[i].Address = htonl(c->binding.local[i].address);
            local[i].Mask = htonl(c->binding.local[i].mask);
        }
    }
    return f->pfnInterfaceStatus(c->interface, c->active, c->status_type, &u.info);
}

typedef DWORD WINAPI mib_get_fn(ULONG in_size, void *in, ULONG *out_size, void *out);
typedef DWORD WINAPI mib_change_fn(ULONG in_size, void *in);

/* Asks for the size, then for the data, and once more when that grew meanwhile. What the DLL says
 * of the size is not believed beyond the room that it had. */
static DWORD mib_get(mib_get_fn *get, struct protocol_call *c)
{
    ULONG in_size = (ULONG)c->info.size, size = 0, room = 0;
    uint8_t *data = NULL;
    DWORD rc = get(in_size, c->info.data, &size, NULL);

    if (rc == NO_ERROR && size) rc = ERROR_INSUFFICIENT_BUFFER;
    for (int attempt = 0; attempt < 3 && rc == ERROR_INSUFFICIENT_BUFFER; attempt++) {
        if (size <= room || size > INFO_MAX_BYTES) break;
        mem_free(data);
        room = size;
        data = mem_alloc(room);
        if (!data) return ST_NOT_ENOUGH_MEMORY;
        rc = get(in_size, c->info.data, &size, data);
    }
    if (rc == ERROR_INSUFFICIENT_BUFFER || (rc == NO_ERROR && size > room)) rc = ST_INVALID_DATA;
    if (rc == NO_ERROR && size) {
        c->result = (struct blob){data, size};
        return NO_ERROR;
    }
    mem_free(data);
    return rc;
}

static DWORD call_mib(const MPR_ROUTING_CHARACTERISTICS *f, struct protocol_call *c)
{
    mib_get_fn *const gets[] = {f->pfnMibGetEntry, f->pfnMibGetFirstEntry, f->pfnMibGetNextEntry};
    mib_change_fn *const changes[] = {f->pfnMibCreateEntry, f->pfnMibDeleteEntry,
                                      f->pfnMibSetEntry};
    size_t change = c->mib_op - ARRAYSIZE(gets);

    if (c->mib_op < ARRAYSIZE(gets))
        return gets[c->mib_op] ? mib_get(gets[c->mib_op], c) : ST_NOT_SUPPORTED;
    if (change >= ARRAYSIZE(changes) || !changes[change]) return ST_NOT_SUPPORTED;
    return changes[change]((ULONG)c->info.size, c->info.data);
}

static void do_call(void *context)
{
    struct invocation *i = context;
    const MPR_ROUTING_CHARACTERISTICS *f = &i->dll->c.mpr50;
    struct protocol_call *c = i->call;

    switch (c->kind) {
    case CALL_START:
        i->result = call_start(f, i);
        break;
    case CALL_START_COMPLETE:
        i->result = f->pfnStartComplete ? f->pfnStartComplete() : NO_ERROR;
        break;
    case CALL_STOP:
        i->result = f->pfnStopProtocol();
        break;
    case CALL_SET_GLOBAL_INFO:
    case CALL_SET_INTERFACE_INFO:
        i->result = call_set_info(f, c);
        break;
    case CALL_GET_GLOBAL_INFO:
    case CALL_GET_INTERFACE_INFO:
        i->result = call_get_info(f, c);
        break;
    case CALL_ADD_INTERFACE:
        i->result = call_add_interface(f, c);
        break;
    case CALL_DELETE_INTERFACE:
        i->result = f->pfnDeleteInterface(c->interface);
        break;
    case CALL_INTERFACE_STATUS:
        i->result = call_interface_status(f, c);
        break;
    case CALL_DO_UPDATE_ROUTES:
        i->result = f->pfnUpdateRoutes ? f->pfnUpdateRoutes(c->interface) : ST_NOT_SUPPORTED;
        break;
    case CALL_MIB:
        i->result = call_mib(f, c);
        break;
    case CALL_LOAD:
        break;
    }
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
