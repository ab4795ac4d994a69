/* What the entry points of src/api share: entering and leaving the router, handles, results that
 * the caller frees, and the log line of each call.
 *
 * Every entry point has one form:
 *
 *     DWORD WINAPI MprAdminSomething(MPR_SERVER_HANDLE server, HANDLE router_interface)
 *     {
 *         struct api_call call;
 *         mpr_status status = api_enter(&call, server);
 *
 *         if (status == ST_OK) {
 *             status = router_something(call.router, api_handle(router_interface));
 *             api_leave(&call);
 *         }
 *         return API_TRACE(status, "MprAdminSomething(server=%h, interface=%h)", server,
 *                          router_interface);
 *     }
 *
 * Checks come in the order: server handle, access, router running, parameters. Outputs that the
 * pages call results are cleared before anything else (docs/COMPATIBILITY.md, "Everywhere", results
 * after an error). src/api/exports does not include this header, nor does anything outside src/api.
 */
#ifndef MPR_API_API_H
#define MPR_API_API_H

#include "win32/sys/windows_api.h"

#include <mprapi.h>

#include "win32/sys/no_interface_macro.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "base/status.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "engine/engine.h"
#include "win32/instance.h"

/* ---- log (trace.c) -------------------------------------------------------------------------- */

extern bool api_trace_ready;
/* Reads MPRAPI_LOG (a path, or "stderr") and MPRAPI_LOG_LEVEL (name or number of base/trace.h,
 * default "call") once. Always true. */
bool api_trace_start(void);

/* Logs one call and gives its status back. The format is the call as in C; conversions:
 *   %h HANDLE or handle number   %p pointer: null or set    %w WCHAR text, quoted
 *   %u DWORD                     %b BOOL                    %t transport (PID_IP ...)
 *   %s status by its name        %y interface type          %c connection state
 * A part behind '|' is logged behind the result, and only when status is NO_ERROR. */
mpr_status api_trace(mpr_status status, const char *format, ...);
/* Arguments are evaluated only when calls are logged. */
#define API_TRACE(status, ...) (api_tracing() ? api_trace((status), __VA_ARGS__) : (status))

static inline bool api_tracing(void)
{
    return (api_trace_ready || api_trace_start()) && trace_enabled(TRACE_CALL);
}

/* ---- calls into the router (call.c) --------------------------------------------------------- */

struct api_call {
    struct engine *engine;
    struct router *router; /* has the lock */
};

/* For calls that only read: others that do may be inside at the same time. */
struct api_look {
    struct engine *engine;
    const struct router *router;
};

/* Enters the router of this process for a call through a handle to it: ST_RPC_INVALID_BINDING (no
 * such handle, or no router yet, which is not started for a bad one), ST_ACCESS_DENIED,
 * ST_RPC_SERVER_UNAVAILABLE (not running). The router is entered on ST_OK only. */
mpr_status api_enter(struct api_call *call, HANDLE server);
/* The same for server handles of another kind. */
mpr_status api_enter_kind(struct api_call *call, enum handle_kind kind, HANDLE server);
/* As api_enter for demand dial: last, ST_DDM_NOT_RUNNING on a router for LANs only. */
mpr_status api_enter_ddm(struct api_call *call, HANDLE server);
/* The same two within a call that was let in before (by one of these, or api_check): its rights,
 * which ask the system, are not looked at again. */
mpr_status api_enter_again(struct api_call *call, HANDLE server);
mpr_status api_enter_ddm_again(struct api_call *call, HANDLE server);
/* As api_enter, and as api_enter_kind, for calls that only read, and tell no time
 * (engine_enter_shared). */
mpr_status api_enter_shared(struct api_look *call, HANDLE server);
mpr_status api_enter_kind_shared(struct api_look *call, enum handle_kind kind, HANDLE server);
void api_leave_shared(struct api_look *call);
/* The same without lock: for what has to be done before (phone book, events). */
mpr_status api_check(HANDLE server);
/* As api_enter for calls without server handle: only access is checked, and running is not; the
 * router is started when needed (ST_NOT_ENOUGH_MEMORY, ST_RPC_SERVER_UNAVAILABLE: instance.h). */
mpr_status api_enter_plain(struct api_call *call);
void api_leave(struct api_call *call);

/* As api_enter, start, api_leave; waits when start answers ST_PENDING. */
mpr_status api_call_and_wait(HANDLE server, engine_start_fn *start, void *context);
/* The same within a call that was let in before. */
mpr_status api_wait_for(HANDLE server, engine_start_fn *start, void *context);

/* The same (for a call that was let in) for what hosted protocols are told of. On the thread of a
 * protocol, inside one of its entry points, nobody waits: what was accepted is carried out when the
 * entry point has returned, and ST_PENDING of start becomes ST_OK. */
mpr_status api_tell_protocols(HANDLE server, engine_start_fn *start, void *context);

/* A server name: ST_OK when it means this machine (NULL, "", ".", localhost, its names, each with
 * or without leading "\\\\"), else ST_RPC_SERVER_UNAVAILABLE. */
mpr_status api_check_server_name(const WCHAR *name);

/* A server handle of a kind to the router of this process. In this order: ST_RPC_INVALID_BINDING
 * (no ret, which else is NULL after an error), ST_ACCESS_DENIED, ST_NOT_ENOUGH_MEMORY. Whether the
 * router may run is not asked, but looked up anew for the calls that follow. */
mpr_status api_connect(enum handle_kind kind, HANDLE *ret);
/* Ends it. It needs no rights: who has the handle was let in before. ST_INVALID_HANDLE. */
mpr_status api_disconnect(enum handle_kind kind, HANDLE server);

/* Handles are 32-bit numbers: what has bits above is garbage, which no table knows. */
static inline handle_t32 api_handle(const void *handle)
{
    ULONG_PTR value = (ULONG_PTR)handle;

    return (handle_t32)value == value ? (handle_t32)value : 0;
}

static inline HANDLE api_handle_out(handle_t32 handle)
{
    return (HANDLE)(ULONG_PTR)handle;
}

/* ---- memory of the caller (buffer.c) -------------------------------------------------------- */

/* Zeroed memory for a result, NULL when there is none left. It is a block of the process heap, as
 * LocalAlloc(LMEM_FIXED) gives: LocalFree and every *Free function of the API frees it. */
void *api_buffer_new(size_t size);
/* count elements, and tail bytes behind them for what they point to. */
void *api_buffer_new_array(size_t count, size_t size, size_t tail);
/* ST_INVALID_PARAMETER, and nothing is touched: NULL, or no live result of ours. */
mpr_status api_buffer_free(void *buffer);
/* Copies a run of bytes for the caller; size 0 gives NULL and ST_OK. ST_NOT_ENOUGH_MEMORY. */
mpr_status api_buffer_copy(const void *data, size_t size, BYTE **ret, DWORD *ret_size);
/* For tests: gate is asked before each allocation, and false makes it fail. NULL: none. */
void api_buffer_set_gate(bool (*gate)(void *context), void *context);

/* A caller's information header of size bytes; pointer NULL gives an absent one (*ret NULL).
 * ST_INVALID_PARAMETER: size 0. storage holds what *ret points to. */
mpr_status api_blob_in(const BYTE *data, DWORD size, struct blob *storage, const struct blob **ret);

#endif
