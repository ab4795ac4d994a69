/* Numbers of the API as the names that its documentation uses. */
#ifndef DEMO_NAMES_H
#define DEMO_NAMES_H

#include <windows.h>

/* "NO_ERROR", "PENDING", "ERROR_NO_SUCH_INTERFACE", ...; "error 12345" for one without a name here
 * (valid until the next but three such call). */
const char *status_name(DWORD status);

/* "CONNECTED", ... for a ROUTER_CONNECTION_STATE. */
const char *state_name(DWORD state);

/* "autostatic", ... for the protocol of a route (dwRtInfoProto). */
const char *route_protocol_name(DWORD protocol);

#endif
