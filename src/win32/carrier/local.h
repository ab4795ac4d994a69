/* The carrier between the processes of one machine, which under Wine is one prefix: shared memory
 * and events.
 *
 * The router listens at a named pipe. Who connects says nothing: the router learns the process from
 * the system, makes a section and two events without names, a *channel*, and answers with their
 * handles in that process; nobody else can open them. A channel carries one call at a time; a
 * client has one for each thread that calls, bounded, and the router a thread for each channel.
 * So who stops in the middle of a call costs one thread and holds nobody up.
 *
 * A message that is larger than the section goes in pieces. A small call is one request to the
 * system at each end (a signal and a wait in one), and one more at the client's, which asks whether
 * its thread impersonates somebody.
 */
#ifndef MPR_WIN32_LOCAL_H
#define MPR_WIN32_LOCAL_H

#include <stdbool.h>

#include "win32/carrier/carrier.h"

/* ---- the client's end ------------------------------------------------------------------------ */

/* To the router of this machine, connected at the first use. Besides what carrier.h says:
 * ST_RPC_SERVER_TOO_BUSY: the router has all the channels that it can have, and this client none;
 * ST_ACCESS_DENIED: who listens at the pipe is no administrator, or may not be looked at, or the
 * router can't look at the calling thread's token; ST_NOT_ENOUGH_MEMORY: also for requests
 * beyond 16 MB and responses beyond 128 MB, and when more than 64 MB or 256 MB of them are under
 * way at once.
 *
 * When the router has ended in the middle of a call, that call returns ST_RPC_CALL_FAILED. Calls
 * that it has not seen, and all later ones, go to the router that is there then. Sessions live on
 * there: the carrier opens them anew. */
struct carrier *local_carrier(void);

/* From now on the carrier starts the router's process (mprsvc.exe, src/service) when it finds none,
 * and waits until it listens, fifteen seconds at most. The program is looked for beside this module
 * and in the system folder. It starts none that an administrator has stopped. */
void local_carrier_starts_router(void);

/* Whether a router listens, without connecting. */
bool local_router_runs(void);
/* The same, but one is started if there is none, unless an administrator has stopped it
 * (win32/sys/router_stopped.h). */
bool local_router_start(void);

/* For the unloading of the DLL, while nobody calls: closes what is open. */
void local_carrier_end(void);

/* ---- the router's end ------------------------------------------------------------------------ */

/* A client is a process as long as it has a channel, which it keeps until it ends.
 *
 * The thread that calls the handler's open and call acts as the client: with the token of the
 * client's process when it first connected, or the one of the calling thread if that impersonates
 * (at SecurityImpersonation at least). Where the process' token says the same as this process'
 * token, the thread has none of its own, which saves the checks of it.
 *
 * prepare: NULL, or called once this process is the router of this machine, and before any client
 * can reach it.
 *
 * ST_ALREADY_EXISTS: another process (or this one) is the router of this machine. ST_ACCESS_DENIED:
 * this process is no administrator. ST_NOT_ENOUGH_MEMORY, or the system's code. */
mpr_status local_listen(const struct carrier_handler *handler, void (*prepare)(void));

/* Returns when all calls that ran have returned and all clients have ended. */
void local_unlisten(void);

/* The same if no client is connected, else false. Who connects meanwhile finds nobody. */
bool local_unlisten_idle(void);

/* Clients that are connected. */
unsigned local_clients(void);

#endif
