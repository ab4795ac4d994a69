/* One RAS administration DLL: its functions, and calls of them. */
#ifndef MPR_WIN32_ADMIN_DLL_CALL_H
#define MPR_WIN32_ADMIN_DLL_CALL_H

#include "win32/admin/ras_records.h"

/* MPRAPI_ADMIN_DLL_CALLBACKS as its page and the SDK have it; mingw-w64's lacks two members, so
 * that what follows the first of them is in the wrong place there. */
struct admin_callbacks {
    UCHAR revision;
    FARPROC get_ip_address, release_ip_address, get_ipv6_address, release_ipv6_address;
    PMPRADMINACCEPTNEWLINK accept_link;
    PMPRADMINLINKHANGUPNOTIFICATION link_hang_up;
    PMPRADMINTERMINATEDLL terminate;
    PMPRADMINACCEPTNEWCONNECTIONEX accept_connection_ex;
    FARPROC accept_endpoint_change_ex; /* as accept_reauthentication_ex */
    PMPRADMINACCEPTREAUTHENTICATIONEX accept_reauthentication_ex;
    PMPRADMINCONNECTIONHANGUPNOTIFICATIONEX connection_hang_up_ex;
    FARPROC validate_preauthenticated;
};

struct admin_dll {
    WCHAR *path; /* within somebody else's text */
    HMODULE module;
    bool initialised;
    bool dead; /* it crashed, or never was of use: nothing of it is called */
    struct admin_callbacks c;
    /* The older pair: plain (1), 2 or 3, which take one structure more each; 0: the Ex one. */
    unsigned form;
    FARPROC accept_connection, connection_hang_up;
    FARPROC reauthenticate; /* NULL: it has none */
    bool reauthenticate_ex; /* in the Ex form */
    bool ipv6_exported;     /* the functions for IPv6 addresses are exports, not of the table */
};

/* Calls a function that calls the DLL. False: it crashed, which is logged, and it is dead. */
bool admin_dll_guarded(struct admin_dll *d, void (*function)(void *), void *context,
                       const char *what);

/* Loads it, finds its functions and initialises it; what went wrong is logged, and it is dead. */
void admin_dll_load(struct admin_dll *d);
/* MprAdminTerminateDll, if it was initialised; then unloads it, unless it crashed. */
void admin_dll_unload(struct admin_dll *d);

/* False: refused, or it crashed (dead). */
bool admin_dll_accept_connection(struct admin_dll *d, const struct ras_connection *c);
bool admin_dll_accept_link(struct admin_dll *d, const struct ras_port *p);
/* True also where it has no function for it. */
bool admin_dll_accept_reauthentication(struct admin_dll *d, const struct ras_connection *c);
bool admin_dll_accept_endpoints(struct admin_dll *d, const struct ras_connection *c);
void admin_dll_connection_hang_up(struct admin_dll *d, const struct ras_connection *c);
void admin_dll_link_hang_up(struct admin_dll *d, const struct ras_port *p);

#endif
