#include "win32/protocol/protocol_entry.h"

#include <string.h>

#include "base/mem.h"
#include "win32/protocol/protocol_binding.h"
#include "win32/protocol/protocol_support.h"

#define INFO_VERSION   1u
#define INFO_MAX_BYTES (16u << 20)

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

static DWORD call_start(const MPR_ROUTING_CHARACTERISTICS *f, HANDLE event,
                        const struct protocol_call *c)
{
    struct block b = block_of(c);

    return f->pfnStartProtocol(event, protocol_support_table(c->transport), b.data, b.version,
                               b.size, b.count);
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

static DWORD call_interface_status(const MPR_ROUTING_CHARACTERISTICS *f,
                                   const struct protocol_call *c)
{
    union protocol_binding_room room;

    if (c->status_type != RIS_ADDRESS_CHANGE)
        return f->pfnInterfaceStatus(c->interface, c->active, c->status_type, NULL);
    protocol_binding_write(c, &room);
    return f->pfnInterfaceStatus(c->interface, c->active, c->status_type, &room);
}

typedef DWORD WINAPI mib_get_fn(ULONG in_size, void *in, ULONG *out_size, void *out);
typedef DWORD WINAPI mib_change_fn(ULONG in_size, void *in);

/* Asks for the size, then for the data, and once more when that grew meanwhile. What the DLL says
 * of the size is not believed beyond the room that it had. */
static DWORD call_mib_get(mib_get_fn *get, struct protocol_call *c)
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
        return gets[c->mib_op] ? call_mib_get(gets[c->mib_op], c) : ST_NOT_SUPPORTED;
    if (change >= ARRAYSIZE(changes) || !changes[change]) return ST_NOT_SUPPORTED;
    return changes[change]((ULONG)c->info.size, c->info.data);
}

DWORD protocol_entry_call(const MPR_ROUTING_CHARACTERISTICS *f, HANDLE event,
                          struct protocol_call *c)
{
    switch (c->kind) {
    case CALL_START:
        return call_start(f, event, c);
    case CALL_START_COMPLETE:
        return f->pfnStartComplete ? f->pfnStartComplete() : NO_ERROR;
    case CALL_STOP:
        return f->pfnStopProtocol();
    case CALL_SET_GLOBAL_INFO:
    case CALL_SET_INTERFACE_INFO:
        return call_set_info(f, c);
    case CALL_GET_GLOBAL_INFO:
    case CALL_GET_INTERFACE_INFO:
        return call_get_info(f, c);
    case CALL_ADD_INTERFACE:
        return call_add_interface(f, c);
    case CALL_DELETE_INTERFACE:
        return f->pfnDeleteInterface(c->interface);
    case CALL_INTERFACE_STATUS:
        return call_interface_status(f, c);
    case CALL_DO_UPDATE_ROUTES:
        return f->pfnUpdateRoutes ? f->pfnUpdateRoutes(c->interface) : ST_NOT_SUPPORTED;
    case CALL_CONNECT_CLIENT:
        return f->pfnConnectClient ? f->pfnConnectClient(c->interface, c->client.octets)
                                   : ST_NOT_SUPPORTED;
    case CALL_DISCONNECT_CLIENT:
        return f->pfnDisconnectClient ? f->pfnDisconnectClient(c->interface, c->client.octets)
                                      : ST_NOT_SUPPORTED;
    case CALL_MIB:
        return call_mib(f, c);
    case CALL_LOAD:
        break;
    }
    return ST_CAN_NOT_COMPLETE;
}
