/* Components that trace. A trace id is a handle (base/handle.h), so an id that is none, or none any
 * more, is told apart; output that is under way when its component deregisters is finished. */
#ifndef MPR_RTUTILS_TRACE_CLIENT_H
#define MPR_RTUTILS_TRACE_CLIENT_H

#include "rtutils/trace_settings.h"

struct trace_client;

/* flags: TRACE_USE_FILE and TRACE_USE_CONSOLE turn that on whatever the registry says. The name
 * becomes a key's and a file's: without the characters that these can't have, and shorter than
 * TRACE_NAME_UNITS. INVALID_TRACEID, by GetLastError: ERROR_INVALID_PARAMETER,
 * ERROR_NOT_ENOUGH_MEMORY. */
DWORD trace_client_new(const WCHAR *name, DWORD flags);
/* ERROR_INVALID_PARAMETER: no such id. */
DWORD trace_client_end(DWORD id);

/* NULL: no such id. To be released. */
struct trace_client *trace_client_get(DWORD id);
void trace_client_release(struct trace_client *c);

const WCHAR *trace_client_name(const struct trace_client *c);
/* The settings as they are now; file and console with what the component itself has turned on. */
void trace_client_settings(struct trace_client *c, struct trace_settings *ret);

#endif
