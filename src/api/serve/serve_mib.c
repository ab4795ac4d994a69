/* The MIB: methods 26 to 33. */
#include "api/serve/serve_methods.h"

typedef DWORD WINAPI change_fn(MIB_SERVER_HANDLE, DWORD, DWORD, LPVOID, DWORD);
typedef DWORD WINAPI get_fn(MIB_SERVER_HANDLE, DWORD, DWORD, LPVOID, DWORD, LPVOID *, LPDWORD);

static mpr_status change_entry(struct serve_call *c, change_fn *function)
{
    const struct dim_octets *in = &c->in.mib.in;

    return function(c->server, c->in.transport, c->in.routing_pid, serve_octets(in), in->size);
}

static mpr_status read_entry(struct serve_call *c, get_fn *function)
{
    const struct dim_octets *in = &c->in.mib.in;
    void *entry = NULL;
    DWORD size = 0;
    mpr_status status = function(c->server, c->in.transport, c->in.routing_pid, serve_octets(in),
                                 in->size, &entry, &size);

    serve_own(c, entry);
    c->out.mib.out = (struct dim_octets){size, entry};
    return status;
}

SERVE_METHOD(mib_entry_create)
{
    return change_entry(c, MprAdminMIBEntryCreate);
}

SERVE_METHOD(mib_entry_delete)
{
    return change_entry(c, MprAdminMIBEntryDelete);
}

SERVE_METHOD(mib_entry_set)
{
    return change_entry(c, MprAdminMIBEntrySet);
}

SERVE_METHOD(mib_entry_get)
{
    return read_entry(c, MprAdminMIBEntryGet);
}

SERVE_METHOD(mib_entry_get_first)
{
    return read_entry(c, MprAdminMIBEntryGetFirst);
}

SERVE_METHOD(mib_entry_get_next)
{
    return read_entry(c, MprAdminMIBEntryGetNext);
}

/* Methods 32 and 33. Traps have no exported functions (docs/COMPATIBILITY.md, "Documented, but
 * exported by no Windows import library"), and no protocol here makes any: what functions without
 * a body answer, behind what each call with a MIB handle answers first. */
SERVE_METHOD(mib_trap_info)
{
    struct api_look call;
    mpr_status status = api_enter_kind_shared(&call, HANDLE_MIB_SERVER, c->server);

    if (status != ST_OK) return status;
    api_leave_shared(&call);
    return ST_CALL_NOT_IMPLEMENTED;
}
