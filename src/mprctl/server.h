/* Ports of the stored configuration. */
#ifndef MPRCTL_SERVER_H
#define MPRCTL_SERVER_H

#include "mprctl/program.h"

DWORD server_ports(struct session *s, MPR_SERVER_2 *ret);
/* What stands behind "server set" to make them so. */
void server_words(const MPR_SERVER_2 *ports, struct text *out);

#endif
