/* The router's end of the methods: octets of a request in, the exported function of that method
 * called over the router of this process, octets of its answer out (MS-RRASM 3.1.4). */
#ifndef MPR_API_SERVE_H
#define MPR_API_SERVE_H

#include "win32/carrier/carrier.h"

/* The handler for every carrier. A session is a server handle of this process's router; whose
 * events a request may name is the client that the carrier names, whatever process the request
 * says. */
extern const struct carrier_handler serve_handler;

/* A carrier to serve_handler within this process: for tests, and the floor of measurements. */
struct carrier *serve_loopback(void);

#endif
