/* What the API tests share. They see SDK headers and cmocka only; the router is set up as an
 * administrator would: through the registry and a phone-book file.
 *
 * Every test program runs in a Wine prefix of its own, and makes its registry from nothing before
 * the first call into the DLL.
 */
#ifndef TESTS_API_FIXTURE_H
#define TESTS_API_FIXTURE_H

#if defined(MPR_BASE_STATUS_H) || defined(MPR_ROUTER_ROUTER_H)
#error "API tests see SDK headers only"
#endif

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <windows.h>

#include <mprapi.h>
#include <mprerror.h>
#include <raserror.h>
#include <rtinfo.h>

#ifndef PID_IPV6
#define PID_IPV6 0x57
#endif
#define RIP_BLOCK              8 /* MS_IP_RIP of ipinfoid.h */
#define RPC_INVALID_BINDING    1702
#define RPC_SERVER_UNAVAILABLE 1722
#define RPC_NULL_REF           1780

#define ROUTER_RAS_LAN_WAN 7
#define ROUTER_LAN_ONLY    2

#include "api/support/on_windows.h"

/* What results hold before a call, to see who writes them. */
#define UNTOUCHED        ((ULONG_PTR)0xdeadbeef)
#define UNTOUCHED_PTR    ((void *)UNTOUCHED)
#define UNTOUCHED_HANDLE ((HANDLE)UNTOUCHED)

/* Removes Services\RemoteAccess and makes it again with this RouterType, no interfaces and an
 * empty phone book. Before the first call into the DLL. */
void fixture_registry(DWORD router_type);
/* For a process that finds what another one has made: registry and phone book stay. */
void fixture_registry_keep(void);
/* No router manager is configured: by default those of IPv4 and IPv6 are there. */
void fixture_no_transports(void);
/* A DWORD, and a REG_SZ, below Services\RemoteAccess. */
void fixture_set_dword(const WCHAR *path, const WCHAR *name, DWORD value);
void fixture_set_text(const WCHAR *path, const WCHAR *name, const WCHAR *text);
void fixture_delete_value(const WCHAR *path, const WCHAR *name);
/* Makes a routing protocol in a DLL known to a router manager: L"Ip", L"Ipv6". Before the first
 * call into mprapi.dll. */
void fixture_catalogue(const WCHAR *manager, const WCHAR *name, DWORD id, const WCHAR *dll);
/* The phone book as a whole; NULL deletes the file. */
void fixture_phonebook(const char *text);
/* Adds an entry with a VPN device. */
void fixture_entry(const char *name);
/* Adds an entry without any device. */
void fixture_entry_without_device(const char *name);
/* Registers RAS administration DLLs: paths with ';' between. */
void fixture_admin_dlls(const WCHAR *list);
/* A scripted dialer for the interface (or device) of that name. */
struct fixture_dialer {
    DWORD outcome, fail_first, delay, drop_after;
    const WCHAR *address; /* NULL: none */
};
void fixture_dialer(const WCHAR *name, const struct fixture_dialer *dialer);

MPR_SERVER_HANDLE fixture_connect(void);
/* A demand-dial interface of that name, with entry and scripted dialer. */
HANDLE fixture_dial_interface(MPR_SERVER_HANDLE server, const char *name,
                              const struct fixture_dialer *dialer);
MPR_INTERFACE_0 fixture_info(MPR_SERVER_HANDLE server, HANDLE router_interface);
/* Waits up to ten seconds; fails the test when the state never comes. */
void fixture_wait_state(MPR_SERVER_HANDLE server, HANDLE router_interface,
                        ROUTER_CONNECTION_STATE state);
/* An information header without blocks; freed with MprInfoDelete. */
LPVOID fixture_header(void);
/* One with a single block of that type and data. */
LPVOID fixture_header_with(DWORD type, const void *data, DWORD size);
/* Installs PID_IP with RIP, and gives the information that puts RIP on an interface, asking for
 * routes on demand only; freed with MprInfoDelete. */
LPVOID fixture_install_rip(MPR_SERVER_HANDLE server);
/* An interface with RIP on a link where nobody answers: its updates end by the watchdog alone
 * (Parameters\\UpdateTimeout). */
HANDLE fixture_rip_interface(MPR_SERVER_HANDLE server, LPVOID rip, const char *name);

/* Handle values that are none: NULL, INVALID_HANDLE_VALUE, random, above 32 bits, ... */
extern const ULONG_PTR fixture_garbage[];
extern const size_t fixture_garbage_count;

/* Whether the router is in a process of its own (MPRAPI_ROUTER=shared): what a test does to its own
 * process does not reach that, and fixture_run_self takes the interfaces away that are not stored.
 */
bool fixture_router_is_apart(void);

/* Runs this program again with one argument and gives its exit code; fails after 60 seconds. It is
 * the first that its router sees: one of a process of its own (MPRAPI_ROUTER=shared) is ended
 * before, as by a service that is started anew. */
DWORD fixture_run_self(const char *argument);
/* The same beside this program: both see the router that is there. */
DWORD fixture_run_beside(const char *argument);

#endif
