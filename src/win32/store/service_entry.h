/* The entry of mprsvc.exe --service (src/service) among the system's services: RemoteAccess, as
 * Windows' router is called. An entry of that name that is another program's is left alone. */
#ifndef MPR_WIN32_SERVICE_ENTRY_H
#define MPR_WIN32_SERVICE_ENTRY_H

#include <stdbool.h>

#include "base/status.h"

#define SERVICE_ENTRY_NAME L"RemoteAccess"
/* Its second argument when the router starts it, to be seen: it starts no router then. */
#define SERVICE_ENTRY_FOLLOW L"follow"

/* Has the service running if it is installed and stopped. True: there is nothing more to do. */
bool service_entry_follow(void);

/* Makes the entry for the program that runs, started on demand unless Start says something else
 * already, and has programs share the router unless Parameters\Router says something else.
 * ST_ALREADY_EXISTS: it is another program's; ST_ACCESS_DENIED; the system's codes. */
mpr_status service_entry_make(void);
/* Takes away again what is still as service_entry_make has left it; everything else of the
 * configuration stays. The services that are loaded forget it with the system's next start. ST_OK
 * also without one. */
mpr_status service_entry_remove(void);

#endif
