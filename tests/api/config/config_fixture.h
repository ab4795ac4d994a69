/* A machine without router configuration, and a configuration handle: for each MprConfig test.
 *
 * Only SDK headers, so that the same programs can be built for Windows (where they must be run on
 * a machine whose RemoteAccess configuration may be lost).
 */
#ifndef MPR_TESTS_CONFIG_FIXTURE_H
#define MPR_TESTS_CONFIG_FIXTURE_H

#include <winsock2.h>
#include <windows.h>
#include <mprapi.h>
#include <mprerror.h>
#include <raserror.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#ifndef PID_IPV6
#define PID_IPV6 0x57
#endif

#define ROOT    L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess"
#define GARBAGE ((void *)(ULONG_PTR)0xdeadbeef)
#define ALL     ((DWORD)-1)

extern HANDLE config;

/* cmocka set-up and tear-down: empties RouterManagers, removes Interfaces, connects, disconnects.
 */
int fixture_start(void **state);
int fixture_end(void **state);

/* A stored value below ROOT; fails the test when it is missing or of another type. */
DWORD stored_dword(const WCHAR *key, const WCHAR *name);
/* The bytes of a value and their number; 0 when it is missing. */
DWORD stored_bytes(const WCHAR *key, const WCHAR *name, void *data, DWORD size);
void store_dword(const WCHAR *key, const WCHAR *name, DWORD value);
void store_text(const WCHAR *key, const WCHAR *name, DWORD type, const WCHAR *text, DWORD bytes);
void remove_key(const WCHAR *key);

/* Creates an interface at level 0. */
HANDLE make_interface(const WCHAR *name, DWORD type);
/* Handles that are none of a configuration's: NULL, INVALID_HANDLE_VALUE, random, stale. */
#define BAD_HANDLES 6
extern HANDLE bad_handles[BAD_HANDLES];

#endif
