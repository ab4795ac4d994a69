/* Every MprAdmin function that takes a server handle, called with whatever handles a test has, the
 * other arguments being good. */
#ifndef TESTS_API_CALLS_H
#define TESTS_API_CALLS_H

#include "api/support/fixture.h"

struct call {
    const char *name;
    DWORD (*run)(MPR_SERVER_HANDLE server, HANDLE router_interface);
    BOOL takes_interface;
};

extern const struct call calls[];
extern const size_t call_count;

/* A valid event and information header for the calls; before the first. */
void calls_begin(void);

#endif
