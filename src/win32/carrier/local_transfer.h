/* One message to the router through a channel, and its answer back. Inside the carrier only. */
#ifndef MPR_WIN32_LOCAL_TRANSFER_H
#define MPR_WIN32_LOCAL_TRANSFER_H

#include "win32/carrier/local_connect.h"

struct local_message {
    enum local_operation operation;
    uint32_t session; /* the router's; LOCAL_OPEN: the kind of handle */
    uint32_t method;
    uint32_t thread; /* that impersonates somebody, or 0 */
    const uint8_t *request;
    size_t size; /* LOCAL_REQUEST_MAX at most */
};

struct local_answer {
    uint32_t opened;
    struct carrier_octets response; /* empty after an error */
};

/* ST_RPC_CALL_FAILED: the router has gone, the channel is broken. ST_RPC_SERVER_UNAVAILABLE: so it
 * has, and has not seen the message (end->unseen). ST_NOT_ENOUGH_MEMORY; what the handler
 * returned. */
mpr_status transfer(struct local_end *end, const struct local_message *message,
                    struct local_answer *ret);

#endif
