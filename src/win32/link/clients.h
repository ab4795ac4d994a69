/* Who dials in: clients that the administrator has made known to the router.
 *
 * Below HKLM\SYSTEM\CurrentControlSet\Services\RemoteAccess\Parameters\Clients each key, of any
 * name, is a client or a sort of clients; docs/DIALERS.md says what its values mean. They are read
 * when the router starts. When adapters are looked at, links.h says.
 */
#ifndef MPR_WIN32_CLIENTS_H
#define MPR_WIN32_CLIENTS_H

#include "win32/sys/windows_api.h"

#include "router/ddm/client.h"

/* What is told of clients. Called without any lock held. */
struct clients_sink {
    mpr_status (*call)(const struct client_call *call, handle_t32 *ret); /* router_client_call */
    void (*gone)(handle_t32 client);                                     /* router_client_gone */
};

/* Reads the keys. ST_NOT_ENOUGH_MEMORY: not all are there. */
mpr_status clients_start(const struct clients_sink *sink);
/* The scripted ones call. ST_NOT_ENOUGH_MEMORY: not all of them. */
mpr_status clients_call(void);
/* The host's adapters as they are now; one caller at a time, not before clients_start or after
 * clients_stop. */
void clients_adapters(const struct host_adapter *adapters, size_t count);
void clients_stop(void);

#endif
