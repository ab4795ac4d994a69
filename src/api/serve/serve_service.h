/* The service RemoteAccess: a stand-in for the router's process, since Wine ends services with the
 * last ordinary process of a prefix, without asking them, and links are to stay.
 *
 * It has the router's process started, unless the router has it started; tells its state, passes
 * controls on to it (win32/carrier/control.h), and ends when that has ended. It is no client of the
 * router. Stopped is stopped: no call starts the router until the service is started again.
 */
#ifndef MPR_API_SERVE_SERVICE_H
#define MPR_API_SERVE_SERVICE_H

#include "base/status.h"

/* The service's whole life; the program was started by the system's service control. */
mpr_status serve_service(void);
/* Ends the router that runs, as the service's stop does, and waits for the end of its process.
 * ST_OK also when none runs. ST_TIMEOUT. */
mpr_status serve_service_stop(void);

#endif
