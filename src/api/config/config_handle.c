/* Handles of the MprConfig family.
 *
 *   config_server ── objects: an interface (number and name), a transport on an interface, a
 *                    router manager; each with its handle
 *
 * The registry can be changed by others at any time, and the key number of a deleted interface is
 * used again. So an interface's object keeps the name, too, and is believed only when its key still
 * has that name; when the name has moved to another number, the object follows it.
 */
#include "api/config/config.h"

#include <string.h>

#include "base/hash.h"
#include "win32/sys/access.h"

/* Objects of one server by what they stand for. Zeroed before use: it is compared as bytes. */
struct config_key {
    enum handle_kind kind;
    DWORD transport;                           /* transports, else 0 */
    WCHAR name[CONFIG_INTERFACE_NAME_MAX + 1]; /* interface's, folded; else empty */
};

struct config_object {
    struct config_key key;
    struct config_server *server;
    handle_t32 handle;
    struct config_interface interface; /* as last read; its number may be out of date */
    UT_hash_handle hh;
};

struct config_server {
    handle_t32 handle;
    struct config_object *objects; /* uthash */
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct handle_table handles;

mpr_status config_enter(struct config_call *call, HANDLE config)
{
    AcquireSRWLockExclusive(&lock);
    call->server = handle_get(&handles, HANDLE_CONFIG, api_handle(config));
    if (call->server) {
        mpr_status status = access_check();

        if (status == ST_OK) return ST_OK;
        ReleaseSRWLockExclusive(&lock);
        return status;
    }
    ReleaseSRWLockExclusive(&lock);
    return ST_INVALID_PARAMETER;
}

mpr_status config_enter_for(struct config_call *call, HANDLE config, HANDLE *ret)
{
    mpr_status status;

    if (ret) *ret = NULL;
    status = config_enter(call, config);
    if (status == ST_OK && !ret) {
        config_leave(call);
        status = ST_INVALID_PARAMETER;
    }
    return status;
}

bool config_handle_valid(HANDLE config)
{
    bool valid;

    AcquireSRWLockShared(&lock);
    valid = handle_get(&handles, HANDLE_CONFIG, api_handle(config)) != NULL;
    ReleaseSRWLockShared(&lock);
    return valid;
}

void config_leave(struct config_call *call)
{
    call->server = NULL;
    ReleaseSRWLockExclusive(&lock);
}

mpr_status config_server_open(handle_t32 *ret)
{
    struct config_server *server = mem_alloc(sizeof(*server));

    if (!server) return ST_NOT_ENOUGH_MEMORY;
    AcquireSRWLockExclusive(&lock);
    server->handle = handle_new(&handles, HANDLE_CONFIG, server);
    ReleaseSRWLockExclusive(&lock);
    if (!server->handle) {
        mem_free(server);
        return ST_NOT_ENOUGH_MEMORY;
    }
    *ret = server->handle;
    return ST_OK;
}

static void object_free(struct config_object *object)
{
    handle_delete(&handles, object->key.kind, object->handle);
    HASH_DEL(object->server->objects, object);
    mem_free(object);
}

void config_server_close(HANDLE config)
{
    struct config_object *object, *next;
    struct config_server *server;

    AcquireSRWLockExclusive(&lock);
    server = handle_delete(&handles, HANDLE_CONFIG, api_handle(config));
    if (server) {
        HASH_ITER (hh, server->objects, object, next) object_free(object);
        mem_free(server);
    }
    ReleaseSRWLockExclusive(&lock);
}

static mpr_status object_new(struct config_server *server, const struct config_key *key,
                             struct config_object **ret)
{
    struct config_object *object = mem_alloc(sizeof(*object));

    if (!object) return ST_NOT_ENOUGH_MEMORY;
    object->key = *key;
    object->server = server;
    object->handle = handle_new(&handles, key->kind, object);
    if (!object->handle) goto free_object;
    HASH_ADD(hh, server->objects, key, sizeof(object->key), object);
    if (!object->hh.tbl) goto delete_handle;
    *ret = object;
    return ST_OK;

delete_handle:
    handle_delete(&handles, key->kind, object->handle);
free_object:
    mem_free(object);
    return ST_NOT_ENOUGH_MEMORY;
}

/* The handle of what kind, interface and transport name: the one there is, or a new one. */
static mpr_status object_handle(struct config_call *call, enum handle_kind kind,
                                const struct config_interface *row, DWORD transport, HANDLE *ret)
{
    struct config_object *object = NULL;
    struct config_key key;

    memset(&key, 0, sizeof(key));
    key.kind = kind;
    key.transport = transport;
    if (row) u16_fold_copy(key.name, CONFIG_INTERFACE_NAME_MAX + 1, row->name);
    HASH_FIND(hh, call->server->objects, &key, sizeof(key), object);
    if (!object) {
        mpr_status status = object_new(call->server, &key, &object);

        if (status != ST_OK) return status;
    }
    if (row) object->interface = *row;
    *ret = api_handle_out(object->handle);
    return ST_OK;
}

mpr_status config_interface_handle(struct config_call *call, const struct config_interface *row,
                                   HANDLE *ret)
{
    return object_handle(call, HANDLE_CONFIG_INTERFACE, row, 0, ret);
}

mpr_status config_transport_handle(struct config_call *call, DWORD id, HANDLE *ret)
{
    return object_handle(call, HANDLE_CONFIG_TRANSPORT, NULL, id, ret);
}

bool config_transport_has_handle(struct config_call *call, DWORD id)
{
    struct config_object *object = NULL;
    struct config_key key;

    memset(&key, 0, sizeof(key));
    key.kind = HANDLE_CONFIG_TRANSPORT;
    key.transport = id;
    HASH_FIND(hh, call->server->objects, &key, sizeof(key), object);
    return object != NULL;
}

mpr_status config_iftransport_handle(struct config_call *call, const struct config_interface *owner,
                                     DWORD id, HANDLE *ret)
{
    return object_handle(call, HANDLE_CONFIG_IFTRANSPORT, owner, id, ret);
}

/* The live object of a handle, if it belongs to the entered configuration. */
static struct config_object *object_get(struct config_call *call, enum handle_kind kind,
                                        HANDLE handle)
{
    struct config_object *object = handle_get(&handles, kind, api_handle(handle));

    return object && object->server == call->server ? object : NULL;
}

static mpr_status object_interface(struct config_object *object, struct config_interface *ret)
{
    mpr_status status = config_interface_read(object->interface.number, ret);

    if (status == ST_OK && u16_equal_nocase(ret->name, object->interface.name)) return ST_OK;
    status = config_interface_find(object->interface.name, ret);
    if (status == ST_OK) object->interface.number = ret->number;
    return status;
}

mpr_status config_interface_get(struct config_call *call, HANDLE router_interface,
                                struct config_interface *ret)
{
    struct config_object *object = object_get(call, HANDLE_CONFIG_INTERFACE, router_interface);

    return object ? object_interface(object, ret) : ST_INVALID_PARAMETER;
}

mpr_status config_transport_row(struct config_call *call, HANDLE transport,
                                struct config_transport *ret)
{
    struct config_object *object = object_get(call, HANDLE_CONFIG_TRANSPORT, transport);
    mpr_status status;

    if (!object) return ST_INVALID_PARAMETER;
    status = config_transport_find(CONFIG_ROUTER_MANAGERS, object->key.transport, ret);
    return status == ST_NOT_FOUND ? ST_UNKNOWN_PROTOCOL_ID : status;
}

mpr_status config_iftransport_get(struct config_call *call, HANDLE router_interface,
                                  HANDLE iftransport, WCHAR *path, struct config_transport *ret)
{
    struct config_object *owner = object_get(call, HANDLE_CONFIG_INTERFACE, router_interface);
    struct config_object *object = object_get(call, HANDLE_CONFIG_IFTRANSPORT, iftransport);
    struct config_interface row;
    mpr_status status;

    if (!owner || !object || !u16_equal(owner->key.name, object->key.name))
        return ST_INVALID_PARAMETER;
    status = object_interface(owner, &row);
    if (status != ST_OK) return status;
    config_interface_path(path, row.number);
    status = config_transport_find(path, object->key.transport, ret);
    return status == ST_NOT_FOUND ? ST_NO_SUCH_INTERFACE : status;
}

mpr_status config_blob_out(const WCHAR *path, const struct config_transport *row,
                           const WCHAR *value, BYTE **ret, DWORD *ret_size)
{
    struct blob blob = {NULL, 0};
    mpr_status status = config_transport_get(path, row, value, &blob);

    if (status == ST_OK) status = api_buffer_copy(blob.data, blob.size, ret, ret_size);
    blob_free(&blob);
    return status;
}

void config_handle_end(struct config_call *call, HANDLE handle)
{
    enum handle_kind kind = handle_kind_of(api_handle(handle));
    struct config_object *ended = object_get(call, kind, handle), *object, *next;

    if (!ended) return;
    if (kind == HANDLE_CONFIG_INTERFACE) {
        HASH_ITER (hh, call->server->objects, object, next) {
            if (object != ended && u16_equal(object->key.name, ended->key.name))
                object_free(object);
        }
    }
    object_free(ended);
}
