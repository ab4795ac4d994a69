/* MprAdminMIB*: the tables and figures of the router managers, and what hosted protocols have.
 *
 * A MIB handle is a server handle of a kind of its own. Input and output are opaque here; the input
 * is copied before anything else, so that a size that lies ends in an error and not in the router.
 * The checks come in the order: handle, access, router running, router manager, protocol, input
 * (NULL input: no page says).
 */
#include "api/api.h"

#include <string.h>

#include "api/remote/remote.h"
#include "win32/net/mib_host.h"
#include "win32/protocol/protocol_host.h"
#include "win32/sys/seh_guard.h"

DWORD WINAPI MprAdminMIBServerConnect(LPWSTR name, MIB_SERVER_HANDLE *ret)
{
    mpr_status status = remote_connect(HANDLE_MIB_SERVER, name, ret);

    return API_TRACE(status, "MprAdminMIBServerConnect(name=%w, server=%p)|%h", name, ret,
                     ret ? *ret : NULL);
}

VOID WINAPI MprAdminMIBServerDisconnect(MIB_SERVER_HANDLE server)
{
    (void)API_TRACE(remote_disconnect(HANDLE_MIB_SERVER, server),
                    "MprAdminMIBServerDisconnect(server=%h)", server);
}

/* ---- entries -------------------------------------------------------------------------------- */

/* As api_check, for a MIB handle. */
static mpr_status check_mib(HANDLE server, struct engine **ret)
{
    struct api_look call;
    mpr_status status = api_enter_kind_shared(&call, HANDLE_MIB_SERVER, server);

    if (status != ST_OK) return status;
    *ret = call.engine;
    api_leave_shared(&call);
    return ST_OK;
}

struct copying {
    void *target;
    const void *source;
    size_t size;
};

static void copy(void *context)
{
    const struct copying *c = context;

    memcpy(c->target, c->source, c->size);
}

/* A copy of the input; NULL when there is none, or none that can be read in that size. */
static mpr_status copy_input(const void *in, DWORD size, void **ret)
{
    struct copying c = {NULL, in, size};

    *ret = NULL;
    if (!in || !size || size > MIB_IN_MAX) return ST_OK;
    c.target = mem_alloc(size);
    if (!c.target) return ST_NOT_ENOUGH_MEMORY;
    if (seh_guard_call(copy, &c, NULL))
        *ret = c.target;
    else
        mem_free(c.target);
    return ST_OK;
}

struct entry {
    HANDLE server;
    enum mib_op op;
    DWORD transport, routing_pid;
    const void *in;
    DWORD in_size;
};

/* ret NULL: an operation without result. */
static mpr_status ask_local(const struct entry *e, BYTE **ret, DWORD *ret_size)
{
    struct mib_ask a = {.op = e->op,
                        .transport = e->transport,
                        .routing_pid = e->routing_pid,
                        .caller = protocol_host_current()};
    struct engine *engine;
    void *in = NULL;
    mpr_status status = check_mib(e->server, &engine);

    if (status == ST_OK) status = copy_input(e->in, e->in_size, &in);
    if (status != ST_OK) return status;
    a.in = in;
    a.in_size = in ? e->in_size : 0;
    status = mib_host_ask(engine, api_handle(e->server), &a);
    if (status == ST_OK && ret) status = api_buffer_copy(a.out.data, a.out.size, ret, ret_size);
    blob_free(&a.out);
    mem_free(in);
    return status;
}

static mpr_status ask_remote(const struct entry *e, BYTE **ret, DWORD *ret_size)
{
    static const enum dim_method methods[] = {
        [MIB_GET] = DIM_MIB_ENTRY_GET,           [MIB_GET_FIRST] = DIM_MIB_ENTRY_GET_FIRST,
        [MIB_GET_NEXT] = DIM_MIB_ENTRY_GET_NEXT, [MIB_CREATE] = DIM_MIB_ENTRY_CREATE,
        [MIB_DELETE] = DIM_MIB_ENTRY_DELETE,     [MIB_SET] = DIM_MIB_ENTRY_SET,
    };
    void *in;
    mpr_status status = copy_input(e->in, e->in_size, &in);
    const struct dim_octets octets = {in ? e->in_size : 0, in};

    if (status != ST_OK) return status;
    status = remote_mib_entry(e->server, methods[e->op], e->transport, e->routing_pid, &octets, ret,
                              ret_size);
    mem_free(in);
    return status;
}

static mpr_status ask(const struct entry *e, BYTE **ret, DWORD *ret_size)
{
    return remote_is(e->server) ? ask_remote(e, ret, ret_size) : ask_local(e, ret, ret_size);
}

static mpr_status check_any_mib(HANDLE server)
{
    struct engine *engine;

    return remote_is(server) ? remote_check_mib(server) : check_mib(server, &engine);
}

static mpr_status get_entry(const struct entry *e, void **ret, DWORD *ret_size)
{
    BYTE *data = NULL;
    DWORD size = 0;
    mpr_status status;

    if (ret) *ret = NULL;
    if (ret_size) *ret_size = 0;
    if (!ret || !ret_size) {
        status = check_any_mib(e->server);
        return status ? status : ST_INVALID_PARAMETER;
    }
    status = ask(e, &data, &size);
    *ret = data;
    *ret_size = size;
    return status;
}

#define ENTRY_FORMAT "(server=%h, transport=%t, protocol=%u, entry=%p[%u])"

DWORD WINAPI MprAdminMIBEntryCreate(MIB_SERVER_HANDLE server, DWORD transport, DWORD routing_pid,
                                    LPVOID in, DWORD in_size)
{
    const struct entry e = {server, MIB_CREATE, transport, routing_pid, in, in_size};

    return API_TRACE(ask(&e, NULL, NULL), "MprAdminMIBEntryCreate" ENTRY_FORMAT, server, transport,
                     routing_pid, in, in_size);
}

DWORD WINAPI MprAdminMIBEntryDelete(MIB_SERVER_HANDLE server, DWORD transport, DWORD routing_pid,
                                    LPVOID in, DWORD in_size)
{
    const struct entry e = {server, MIB_DELETE, transport, routing_pid, in, in_size};

    return API_TRACE(ask(&e, NULL, NULL), "MprAdminMIBEntryDelete" ENTRY_FORMAT, server, transport,
                     routing_pid, in, in_size);
}

DWORD WINAPI MprAdminMIBEntrySet(MIB_SERVER_HANDLE server, DWORD transport, DWORD routing_pid,
                                 LPVOID in, DWORD in_size)
{
    const struct entry e = {server, MIB_SET, transport, routing_pid, in, in_size};

    return API_TRACE(ask(&e, NULL, NULL), "MprAdminMIBEntrySet" ENTRY_FORMAT, server, transport,
                     routing_pid, in, in_size);
}

DWORD WINAPI MprAdminMIBEntryGet(MIB_SERVER_HANDLE server, DWORD transport, DWORD routing_pid,
                                 LPVOID in, DWORD in_size, LPVOID *ret, LPDWORD ret_size)
{
    const struct entry e = {server, MIB_GET, transport, routing_pid, in, in_size};

    return API_TRACE(get_entry(&e, ret, ret_size), "MprAdminMIBEntryGet" ENTRY_FORMAT, server,
                     transport, routing_pid, in, in_size);
}

DWORD WINAPI MprAdminMIBEntryGetFirst(MIB_SERVER_HANDLE server, DWORD transport, DWORD routing_pid,
                                      LPVOID in, DWORD in_size, LPVOID *ret, LPDWORD ret_size)
{
    const struct entry e = {server, MIB_GET_FIRST, transport, routing_pid, in, in_size};

    return API_TRACE(get_entry(&e, ret, ret_size), "MprAdminMIBEntryGetFirst" ENTRY_FORMAT, server,
                     transport, routing_pid, in, in_size);
}

DWORD WINAPI MprAdminMIBEntryGetNext(MIB_SERVER_HANDLE server, DWORD transport, DWORD routing_pid,
                                     LPVOID in, DWORD in_size, LPVOID *ret, LPDWORD ret_size)
{
    const struct entry e = {server, MIB_GET_NEXT, transport, routing_pid, in, in_size};

    return API_TRACE(get_entry(&e, ret, ret_size), "MprAdminMIBEntryGetNext" ENTRY_FORMAT, server,
                     transport, routing_pid, in, in_size);
}
