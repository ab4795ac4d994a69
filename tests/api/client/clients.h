/* What the tests of clients share: scripted callers in the registry, and cases that each run in a
 * process of their own, since the router reads them when it starts. */
#ifndef TESTS_API_CLIENTS_H
#define TESTS_API_CLIENTS_H

#include "api/support/fixture.h"

struct caller {
    const WCHAR *port, *user, *domain, *computer, *address, *identifier; /* NULL: no value */
    DWORD after, drop_after, quarantined;
};
/* A scripted client in the key of that name; before the first call into the DLL. */
void caller_add(const WCHAR *key, const struct caller *caller);
/* Any value of it. */
void caller_set_text(const WCHAR *key, const WCHAR *name, const WCHAR *text);
/* A client whose link is that adapter of the host. */
void caller_over(const WCHAR *key, const WCHAR *adapter);

/* Waits ten seconds for a connected client of that name; fails without one. */
HANDLE caller_connected(MPR_SERVER_HANDLE server, const WCHAR *name);
/* Whether there is one of that name, connected or not. */
BOOL caller_exists(MPR_SERVER_HANDLE server, const WCHAR *name);
/* Waits ten seconds until there is none; fails. */
void caller_gone(MPR_SERVER_HANDLE server, const WCHAR *name);
/* The only connection there is; fails if it is not one. */
RAS_CONNECTION_0 caller_connection(MPR_SERVER_HANDLE server);
DWORD caller_connections(MPR_SERVER_HANDLE server);
DWORD caller_ports_in_use(MPR_SERVER_HANDLE server);

struct caller_case {
    const char *name;
    void (*run)(void);
};
/* main() of a program of such cases. */
int caller_main(const struct caller_case *cases, size_t count, int argc, char **argv);

#endif
