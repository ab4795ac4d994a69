/* RAS administration DLLs: third-party code that is asked before a connection comes up, and told
 * when it is over (MprAdminAcceptNewConnection and its siblings).
 *
 * HKLM\SOFTWARE\Microsoft\RAS\AdminDll, value DLLPath: paths with ';' between, asked in that order;
 * all must agree. One thread loads, initialises and calls them, one call at a time, under a guard.
 *
 * Whom nobody can ask, nobody lets in: when one of them can't be loaded, lacks a function, refuses
 * to be initialised or has crashed, every connection is refused (ST_AUTH_SERVER_TIMEOUT) until the
 * router is started again; Windows' RRAS does not start at all then. One that hangs holds up this
 * thread only; the core gives up waiting. What does not dial (LAN routing) is not concerned.
 *
 * Of a client it is first looked at whether its account may dial in (ST_NO_DIALIN_PERMISSION), and
 * the first DLL that gives addresses is asked for one (admin_dll_address.h).
 */
#ifndef MPR_WIN32_ADMIN_DLL_H
#define MPR_WIN32_ADMIN_DLL_H

#include "router/ddm/port.h"

/* Gives an answered question back; false when there is nobody to take it. On the DLLs' thread. */
typedef bool admin_dll_report_fn(struct admission *a);

/* Starts the thread if any DLL is registered; false: none is, and only clients are asked about. */
bool admin_dll_start(admin_dll_report_fn *report);
/* As router_host.admission. */
void admin_dll_admission(struct admission *item);
/* Tells what ended, lets the DLLs terminate, and waits for the thread, five seconds at most; a
 * thread that does not come back from its DLL is left behind. */
void admin_dll_stop(void);

#endif
