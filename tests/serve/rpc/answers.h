/* What the API answers through a server handle, as JSON. */
#ifndef TESTS_SERVE_RPC_ANSWERS_H
#define TESTS_SERVE_RPC_ANSWERS_H

#include "api/support/fixture.h"

#include <stdio.h>

/* Of the interface "Swept", its connection and everything that they are part of; each function's
 * result with its name. Times that pass are left out. */
void answers_print(FILE *f, MPR_SERVER_HANDLE server, MIB_SERVER_HANDLE mib);

#endif
