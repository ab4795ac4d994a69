/* Events of clients: a request has the value of a handle in the client's process, which here is
 * that of a duplicate. Whose handle it is says the carrier, not the request. Inside serve only. */
#ifndef MPR_API_SERVE_EVENT_H
#define MPR_API_SERVE_EVENT_H

#include "api/serve/serve_client.h"

struct serve_event {
    HANDLE local;            /* for exported functions, until serve_event_release */
    bool duplicated;         /* local is ours to close */
    struct serve_kept *kept; /* whose it is (serve_kept.h), or NULL */
};

/* value, process: as the request has them. 0 is NULL. What can't be duplicated, or is said to be of
 * another process than the client's, becomes a value that is no event, so that the function answers
 * as it answers that. */
struct serve_event serve_event_take(const struct serve_client *client, uint32_t value,
                                    uint32_t process);
void serve_event_release(struct serve_event *event);

/* MprAdminRegisterConnectionNotification and MprAdminDeregisterConnectionNotification through a
 * session of the client's. */
mpr_status serve_register(struct serve_client *client, uint32_t session, uint32_t value,
                          uint32_t process);
mpr_status serve_deregister(struct serve_client *client, uint32_t session, uint32_t value,
                            uint32_t process);
/* A session has ended, and with it what was registered through it. */
void serve_registrations_drop(struct serve_client *client, uint32_t session);

#endif
