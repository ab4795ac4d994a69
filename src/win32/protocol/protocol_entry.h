/* The entry points of a routing protocol DLL, with arguments from struct protocol_call. A DLL may
 * leave optional ones NULL and may say NO_ERROR without writing a single output. */
#ifndef MPR_WIN32_PROTOCOL_ENTRY_H
#define MPR_WIN32_PROTOCOL_ENTRY_H

#include "router/rm/hosted_call.h"
#include "win32/sys/windows_api.h"

#include <routprot.h>

#include "win32/sys/no_interface_macro.h"

/* Runs foreign code: call it under a guard. Carries out c, other than CALL_LOAD, and fills its
 * result; event is the notification event that the protocol is started with. The DLL's code;
 * ST_NOT_SUPPORTED: it lacks the entry point; ST_INVALID_DATA: what it says of sizes can't be;
 * ST_NOT_ENOUGH_MEMORY. */
DWORD protocol_entry_call(const MPR_ROUTING_CHARACTERISTICS *f, HANDLE event,
                          struct protocol_call *c);

#endif
