/* A routing protocol in a DLL: loading it, agreeing on what it can do, calling it.
 *
 * Every function here runs foreign code and is called on one thread per DLL. A call that crashes
 * gives ST_CAN_NOT_COMPLETE, and so does every later one: the DLL is not called again. A DLL is
 * never unloaded: its own threads may be inside of it long after it said that it has stopped
 * (routprot: unload hazard).
 */
#ifndef MPR_WIN32_PROTOCOL_DLL_H
#define MPR_WIN32_PROTOCOL_DLL_H

#include <stdbool.h>

#include "router/rm/hosted_call.h"
#include "win32/sys/windows_api.h"

/* One event that the protocol had to tell. */
struct protocol_report {
    enum protocol_event event;
    struct protocol_message message;
};

struct protocol_dll;

/* LoadLibrary and RegisterProtocol. ST_MOD_NOT_FOUND: no such DLL, or it refuses to be loaded;
 * ST_PROC_NOT_FOUND: no RegisterProtocol; ST_NOT_SUPPORTED: the protocol says so, or offers what
 * can't be: functions that every protocol must have are missing, a newer version, functionality
 * that was not asked for. event is the notification event that it will be started with. */
mpr_status protocol_dll_load(const char16_t *name, uint32_t protocol_id, uint32_t transport,
                             HANDLE event, struct protocol_dll **ret);
/* It has stopped by itself, or been stopped: what it left in the route tables goes. */
void protocol_dll_over(struct protocol_dll *p);
/* Frees what we know of it; the DLL stays. */
void protocol_dll_free(struct protocol_dll *p);

uint32_t protocol_dll_functionality(const struct protocol_dll *p);
/* Carries out a call other than CALL_LOAD: its out-part is filled. */
void protocol_dll_call(struct protocol_dll *p, struct protocol_call *call);
/* GetEventMessage once: false when there is nothing (more). */
bool protocol_dll_event(struct protocol_dll *p, struct protocol_report *ret);

#endif
