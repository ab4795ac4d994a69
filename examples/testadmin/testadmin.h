/* testadmin_1.dll, testadmin_3.dll, testadmin_ex.dll: a RAS administration DLL that decides as it
 * is told, and says what it was asked. The three have the same code and export it in the plain
 * form, in form 3, and through the table of MprAdminInitializeDllEx.
 *
 * To use one: put it on the DLL search path, and its name into
 *     HKLM\SOFTWARE\Microsoft\RAS\AdminDll    DLLPath REG_SZ    (several: with ';' between)
 * before the router starts. What it does is told by environment variables of the process, read at
 * each call:
 *     TESTADMIN_INITIALIZE   result of the initialisation; default 0
 *     TESTADMIN_CONNECTION   what AcceptNewConnection does, a digit of enum testadmin_mode
 *     TESTADMIN_LINK         the same for AcceptNewLink
 * What it was called for is counted in the calls below.
 */
#ifndef TESTADMIN_H
#define TESTADMIN_H

#include <windows.h>

enum testadmin_mode {
    TESTADMIN_ACCEPT = 0,
    TESTADMIN_REFUSE = 1,
    TESTADMIN_CRASH = 2,
    TESTADMIN_HANG = 3, /* answers TRUE after a minute */
    TESTADMIN_LATE = 4  /* answers TRUE after half a second */
};

/* A shared memory section of this name holds what happened, for whoever wants to look. */
#define TESTADMIN_SECTION "testadmin.calls"

struct testadmin_calls {
    LONG initialized, terminated;
    LONG connections, links; /* asked about */
    LONG connection_hang_ups, link_hang_ups;
    DWORD connection; /* the last one, as a number */
    DWORD port;
    DWORD flags; /* RAS_FLAGS_ of it */
    WCHAR interface_name[257];
    WCHAR port_name[17];
};

#endif
