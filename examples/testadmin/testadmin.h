/* testadmin_1.dll, testadmin_3.dll, testadmin_ex.dll: a RAS administration DLL that decides as it
 * is told, and says what it was asked. The three have the same code and export it in the plain
 * form, in form 3, and through the table of MprAdminInitializeDllEx.
 *
 * They give clients addresses, too, testadmin_1.dll only those of IPv6. testadmin_half.dll is a
 * plain one with one function of a pair, which no router accepts; testadmin_bare.dll is a plain one
 * with neither MprAdminInitializeDll nor MprAdminTerminateDll.
 *
 * To use one: put it on the DLL search path, and its name into
 *     HKLM\SOFTWARE\Microsoft\RAS\AdminDll    DLLPath REG_SZ    (several: with ';' between)
 * before the router starts. What it does is told by environment variables of the process, read at
 * each call:
 *     TESTADMIN_INITIALIZE   result of the initialisation; default 0
 *     TESTADMIN_CONNECTION   what AcceptNewConnection does, a digit of enum testadmin_mode
 *     TESTADMIN_LINK         the same for AcceptNewLink
 *     TESTADMIN_REAUTHENTICATION  the same for AcceptReauthentication
 *     TESTADMIN_ENDPOINT     the same for the endpoint change of the table (testadmin_ex.dll)
 *     TESTADMIN_ADDRESS      the same for GetIpAddressForUser (REFUSE: ERROR_ACCESS_DENIED)
 *     TESTADMIN_IP           the address that it gives, as a number; default: the one offered
 *     TESTADMIN_ID           GetIpv6AddressForUser: last byte of the interface identifier that it
 *                            gives; default: the one offered
 *     TESTADMIN_NOTIFY       1: tell of the release of addresses
 *     TESTADMIN_HALF         1: testadmin_ex.dll leaves ReleaseIpAddress out of its table; 2:
 *                            ReleaseIpv6AddressForUser
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
    /* Of clients. */
    LONG addresses, releases; /* IPv4 */
    LONG addresses6, releases6;
    LONG reauthentications;
    DWORD offered, released; /* IPv4, in network order */
    BYTE offered6[16], released6[16];
    WCHAR user[257];          /* whom the last address was for */
    WCHAR user_port[17];      /* and his port */
    WCHAR endpoint[65];       /* of the last change */
    WCHAR remote_address[16]; /* of the last connection asked about */
    DWORD quarantine;         /* its RAS_QUARANTINE_STATE, where the form has it */
    DWORD quarantine_again;   /* of the last reauthentication */
    LONG order_length;
    char order[64]; /* G get address, g the IPv6 one, C connection, L link, A reauthentication, M
                       endpoint change, l link and c connection hung up, R address released, r the
                       IPv6 one */
};

#endif
