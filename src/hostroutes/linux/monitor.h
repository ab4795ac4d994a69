/* The host as it is, and as it changes. */
#ifndef MPR_HOSTROUTES_MONITOR_H
#define MPR_HOSTROUTES_MONITOR_H

#include "hostroutes/linux/host_object.h"

/* What is told beyond what this program needs itself. */
enum { MONITOR_LINKS = 1, MONITOR_ADDRESSES = 2, MONITOR_NEIGHBOURS = 4, MONITOR_ROUTES = 8 };

struct monitor {
    struct netlink events, dumps;
    unsigned what;
};

typedef void monitor_object_fn(void *context, const struct host_object *object);

/* All functions give 0 or an errno. */

/* Events are queued from here on: links and addresses in any case; of routes those that are wanted.
 */
int monitor_open(struct monitor *m, unsigned what, uint8_t protocol, uint32_t sender_port);
/* And from here on routes with that protocol number that somebody else changes, that is not the
 * socket with the port of the sender. */
int monitor_own_routes(struct monitor *m);
void monitor_close(struct monitor *m);
/* Tells what is queued, at most some hundred events. ENOBUFS: some were lost. */
int monitor_read(struct monitor *m, monitor_object_fn *fn, void *context);
/* Tells all that is there of what is wanted. Objects that change meanwhile may be told twice. */
int monitor_snapshot(struct monitor *m, monitor_object_fn *fn, void *context);
/* Tells all routes of a protocol number in a table. EINTR: they have changed meanwhile, ask again.
 */
int monitor_routes_of(struct monitor *m, uint8_t protocol, uint32_t table, monitor_object_fn *fn,
                      void *context);

#endif
