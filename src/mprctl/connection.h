/* Connections: demand-dial links that are up, and clients. */
#ifndef MPRCTL_CONNECTION_H
#define MPRCTL_CONNECTION_H

#include "mprctl/program.h"

/* All of them; MprAdminBufferFree. */
DWORD connection_list(struct session *s, RAS_CONNECTION_EX **ret, DWORD *ret_count);
/* Adds the table of them to the report; clients: these only. */
DWORD connection_report(struct session *s, bool clients, const char *name);

#endif
