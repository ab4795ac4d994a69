/* Clients of this process's router, and their sessions. Inside serve only. */
#ifndef MPR_API_SERVE_CLIENT_H
#define MPR_API_SERVE_CLIENT_H

#include "api/api.h"

#include "base/hash.h"

/* A program may forget to close its handles, thousands of times; one must not take them all. */
#define SERVE_SESSIONS_MAX 65536u

/* A server handle of this process's router, whose number is the session's: it has kind and
 * generation, and no two clients have the same. */
struct serve_session {
    uint32_t number;
    UT_hash_handle hh;
};

struct serve_registration; /* serve_event.c */
struct serve_kept;         /* serve_kept.c */

struct serve_client {
    DWORD process;
    HANDLE handle; /* to the process, for its events; NULL: it is this one, or can't be opened */
    SRWLOCK lock;  /* of what follows; nothing of the router is called with it held */
    struct serve_session *sessions;
    struct serve_registration *registrations; /* newest first */
    struct serve_kept *kept;
    unsigned kept_count;
};

/* What struct carrier_handler says of them. Opening: ST_RPC_SERVER_TOO_BUSY, too. */
mpr_status serve_client_begin(DWORD process, void **ret_client);
void serve_client_end(void *client);
mpr_status serve_session_open(void *client, enum handle_kind kind, uint32_t *ret_session);
void serve_session_close(void *client, uint32_t session);

/* Whether it is one of the client's, open until now. */
bool serve_session_is(struct serve_client *client, uint32_t session);

#endif
