/* One connection of a client as the protocol sees it (C706 chapter 12): packets come in, whole
 * requests go to the handler, packets of its answer go out. Knows no socket and no pipe; one thread
 * has it.
 *
 * One call at a time: what a client sends before it has the answer is read behind it. No
 * authentication is known here: a client that wants some is refused when it binds. */
#ifndef MPR_WIN32_RPC_ASSOCIATION_H
#define MPR_WIN32_RPC_ASSOCIATION_H

#include <stdbool.h>

#include "base/status.h"
#include "win32/carrier/carrier.h"
#include "win32/carrier/rpc_packet.h"

#define RPC_REQUEST_MAX                                                                \
    (16u << 20)          /* octets of a request, and of a response that a client takes \
                          */
#define RPC_CONTEXTS 16u /* of a bind, and accepted ones of a connection */

struct rpc_ends {
    /* False: the connection is broken. */
    bool (*send)(void *context, const uint8_t *octets, size_t size);
    /* As carrier_handler.call. */
    mpr_status (*call)(void *context, uint32_t method, const uint8_t *request, size_t size,
                       struct carrier_octets *response);
    /* Whether so many octets more may be had for requests that are not whole yet; and they are had
     * no more. */
    bool (*take_memory)(void *context, size_t size);
    void (*give_memory)(void *context, size_t size);
};

struct rpc_association {
    const struct rpc_ends *ends;
    void *context;
    uint32_t group;   /* its number; not 0 */
    char address[16]; /* the port as text, or the pipe's name */
    /* rpc_association.c's */
    bool bound;
    uint16_t send_max;
    uint16_t accepted[RPC_CONTEXTS];
    unsigned accepted_count;
    bool receiving; /* a request that is not whole */
    uint32_t call;
    uint16_t presentation, method;
    uint8_t *request;
    size_t size, room;
};

/* A whole packet, whose header was found good. False: the connection is to end. */
bool rpc_association_take(struct rpc_association *a, const struct rpc_header *header,
                          const uint8_t *packet);
/* One of another version; the connection ends. */
void rpc_association_refuse_version(struct rpc_association *a, const struct rpc_header *header);
/* Frees what it holds. */
void rpc_association_end(struct rpc_association *a);

#endif
