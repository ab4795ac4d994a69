/* Carrying the octets of dimsvc's methods (dimsvc/method.h) from a program to the router that
 * serves it. A carrier knows no method: it takes a request there and brings the response back.
 *
 * A *session* is what a server handle is to a program: opened by MprAdminServerConnect or
 * MprAdminMIBServerConnect, closed by their counterparts, or when the client's process ends. Its
 * number is the router's and means something only together with the client that opened it.
 */
#ifndef MPR_WIN32_CARRIER_H
#define MPR_WIN32_CARRIER_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/handle.h"
#include "base/status.h"

/* Octets that are the receiver's: free with mem_free. */
struct carrier_octets {
    uint8_t *data;
    size_t size;
};

/* The process that served a call, for whoever has to know when it ends. */
struct carrier_router {
    uint32_t id;    /* tells one router from the next; 0: this process, which has no other end */
    HANDLE process; /* to wait for; the receiver closes it. NULL with id 0, or when id is known */
    uint32_t known; /* the receiver's: the id of one that he waits for already, or 0 */
};

static inline void carrier_router_none(struct carrier_router *router)
{
    if (!router) return;
    router->id = 0;
    router->process = NULL;
}

/* ---- the client's end ------------------------------------------------------------------------ */

/* Every function may be called from any thread at once, and returns as the RPC run-time does:
 * ST_RPC_SERVER_UNAVAILABLE (no router there), ST_RPC_CALL_FAILED (it went away during the call),
 * ST_NOT_ENOUGH_MEMORY, or what the handler returned. */
struct carrier;
struct carrier_table {
    /* kind: HANDLE_SERVER or HANDLE_MIB_SERVER */
    mpr_status (*open)(struct carrier *c, enum handle_kind kind, uint32_t *ret_session);
    void (*close)(struct carrier *c, uint32_t session);
    /* *response is empty after an error. ret_router, where it is not NULL, gets the router that the
     * response is from, and none after an error. */
    mpr_status (*call)(struct carrier *c, uint32_t session, uint32_t method, const uint8_t *request,
                       size_t size, struct carrier_octets *response,
                       struct carrier_router *ret_router);
};
/* The first member of each carrier. */
struct carrier {
    const struct carrier_table *table;
    bool
        elsewhere; /* to another machine, or another prefix: who is there can't signal our events */
};

/* ---- the router's end ------------------------------------------------------------------------ */

/* A call as it came. */
struct carrier_request {
    uint32_t session, method;
    const uint8_t *octets;
    size_t size;
    /* Requests name events by the values of the client's handles. While this number is the same, no
     * such value becomes another event's. 0: the client does not say so. */
    uint32_t events;
};

/* What is done with what comes. Called from any thread; while open and call run, the thread acts as
 * the client (access_check sees its token). A client is a process; its end closes all that it has
 * left open: client_end comes once, when none of its calls runs any more. */
struct carrier_handler {
    mpr_status (*client_begin)(DWORD process, void **ret_client);
    void (*client_end)(void *client);
    mpr_status (*open)(void *client, enum handle_kind kind, uint32_t *ret_session);
    void (*close)(void *client, uint32_t session);
    /* ST_OK: there is a response, whatever the method's result in it is. Else, without response:
     * ST_RPC_INVALID_BINDING (no such session of this client), ST_RPC_PROCNUM_OUT_OF_RANGE,
     * ST_RPC_BAD_STUB_DATA, ST_NOT_ENOUGH_MEMORY. */
    mpr_status (*call)(void *client, const struct carrier_request *request,
                       struct carrier_octets *response);
};

#endif
