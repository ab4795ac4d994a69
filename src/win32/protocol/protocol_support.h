/* SUPPORT_FUNCTIONS, as every hosted DLL gets it: what a protocol may ask of the router. All of it
 * may be called from any thread of the DLL and from inside of any entry point. */
#ifndef MPR_WIN32_PROTOCOL_SUPPORT_H
#define MPR_WIN32_PROTOCOL_SUPPORT_H

#include "engine/engine.h"
#include "win32/sys/windows_api.h"

/* The router that the functions ask; NULL: each answers ERROR_CAN_NOT_COMPLETE. */
void protocol_support_set(struct engine *engine);

/* The table for protocols of that transport (PID_IP, PID_IPV6): whose priorities and whose MIB are
 * meant is said by nothing else. A pointer to SUPPORT_FUNCTIONS of the larger (MPR60) size; static.
 */
void *protocol_support_table(uint32_t transport);

#endif
