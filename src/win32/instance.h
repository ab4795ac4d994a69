/* The router of this process: made on the first call that needs it, from the registry of Windows'
 * layout, over the host functions of this folder. */
#ifndef MPR_WIN32_INSTANCE_H
#define MPR_WIN32_INSTANCE_H

#include "win32/sys/windows_api.h"

#include "engine/engine.h"

/* DllMain's part: remembers the module, frees on FreeLibrary (process_ending false) what needs no
 * waiting for threads. */
void instance_attach(HINSTANCE module);
void instance_detach(BOOL process_ending);
HINSTANCE instance_module(void);

/* The engine, created at the first call (INIT_ONCE); a failed creation is tried again at the next
 * call. ST_NOT_ENOUGH_MEMORY; ST_RPC_SERVER_UNAVAILABLE: an interrupted change of the stored
 * configuration can't be ended now (journal.h), and there is no start on half of it. The router
 * exists even when the service counts as not running. */
mpr_status instance_engine(struct engine **ret);

/* How the handles of an engine that is created from now on begin (handle_table_vary); otherwise
 * that is random. */
void instance_vary(uint8_t first);

/* The engine when it has been created already, else NULL: for what concerns a running router only.
 */
struct engine *instance_existing(void);

/* Whether the administrator lets the router run: Services\RemoteAccess has neither Start = 4 nor
 * ConfigurationFlags = 0. Read from the registry at each call. */
bool instance_enabled(void);

/* Checks what each MprAdmin call with a server handle checks first, in this order: access
 * (ST_ACCESS_DENIED), enabled as of the last look (ST_RPC_SERVER_UNAVAILABLE). Cheap: no registry.
 */
mpr_status instance_check_call(void);
/* The second part of it alone. */
mpr_status instance_check_enabled(void);
/* Looks at the registry again (ServerConnect, IsServiceRunning, IsServiceInitialized). */
bool instance_refresh_enabled(void);

/* The caller waits until neighbours have been told (router_last_word), and hosted protocols'
 * threads, dialers and sockets have stopped; for the end of a router's process. Not from DllMain.
 */
void instance_shutdown(void);

#endif
