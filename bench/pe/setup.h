/* What the PE benchmarks share: the router's configuration, made through registry and files as an
 * administrator would, and an interface. SDK headers only.
 *
 * Each program has a router of its own inside; what an earlier one left in the registry is removed
 * at the start.
 */
#ifndef BENCH_SETUP_H
#define BENCH_SETUP_H

#include <winsock2.h>
#include <windows.h>

#include <mprapi.h>
#include <mprerror.h>
#include <raserror.h>
#include <rtinfo.h>

#include "support/pairs.h"

#define RIP_ID 8u /* MS_IP_RIP */

/* Services\RemoteAccess from nothing: LAN and WAN router, an empty phone book, and a scripted
 * dialer, which connects at once, for the device "Bench link". */
void setup_registry(void);
/* Values below Services\RemoteAccess. */
void setup_dword(const WCHAR *path, const WCHAR *name, DWORD value);
void setup_text(const WCHAR *path, const WCHAR *name, const WCHAR *text);
/* The phone book: entries "<prefix>0" ... with the device "Bench link". */
void setup_phonebook(const char *prefix, unsigned entries);

MPR_SERVER_HANDLE setup_connect(void);
/* Ends the program when a call did not succeed. */
void setup_check(DWORD status, const char *what);
/* An information header with one block; MprInfoDelete. */
LPVOID setup_block(DWORD type, const void *data, DWORD size);
/* Installs PID_IP with this protocol in its global block, or adds it. */
void setup_transport(MPR_SERVER_HANDLE server, DWORD type, const void *data, DWORD size);
/* Creates the demand-dial interface of an entry, puts PID_IP with a block on it, connects it. */
HANDLE setup_interface(MPR_SERVER_HANDLE server, const WCHAR *name, LPVOID block);
HANDLE setup_create(MPR_SERVER_HANDLE server, const WCHAR *name, ROUTER_INTERFACE_TYPE type);
/* The example protocol (examples/testproto) into the catalogue; then the demand-dial interface of
 * the entry "Link0" with it, which ends an update at once. */
void setup_testproto(void);
HANDLE setup_testproto_interface(MPR_SERVER_HANDLE server);
HANDLE setup_event(void); /* auto-reset */
/* So many updates of its routes, each with that event; seconds for one. */
double setup_updates(MPR_SERVER_HANDLE server, HANDLE handle, HANDLE event, unsigned count);

#endif
