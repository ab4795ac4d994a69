/* RIP over loopback, for the benchmarks that have it: an interface whose link is the loopback
 * adapter, 127.0.0.1, point to point with a neighbour at 127.0.0.2. */
#ifndef BENCH_RIP_SETUP_H
#define BENCH_RIP_SETUP_H

#include "pe/setup.h"

#define RIP_PORT      45521
#define RIP_OWN       "127.0.0.1"
#define RIP_NEIGHBOUR "127.0.0.2"

/* Before the first call into the DLL. */
void rip_registry(void);
/* After setup_connect: the interface "Rip0", connected, RIP on it: it speaks when an update is
 * asked for, or by itself, with the flags that a LAN interface has by default, or asks when it
 * connects and tells nothing. */
enum rip_update { RIP_UPDATE_PERIODIC = 0, RIP_UPDATE_DEMAND = 1, RIP_LISTENS };
HANDLE rip_interface(MPR_SERVER_HANDLE server, enum rip_update mode);

/* A UDP socket bound to an address; port 0: any. */
SOCKET rip_socket(const char *address, int port);
struct sockaddr_in rip_address(const char *address, int port);
/* The request for the whole table. */
#define RIP_REQUEST_SIZE 24
extern const unsigned char rip_request[RIP_REQUEST_SIZE];

/* A socket of our own; then, each time: asks the neighbour for its table of so many routes and
 * receives it bare, with recvfrom. Nanoseconds. */
void rip_bare_open(void);
double rip_bare(unsigned routes);

#endif
