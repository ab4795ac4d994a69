/* The router's routes as its program on the host is told of them, a portion at a time. */
#ifndef MPR_WIN32_HOST_PORTION_H
#define MPR_WIN32_HOST_PORTION_H

#include "router/router.h"
#include "win32/net/host_program.h"

/* by_ip: for the script of host_ip.h, and not for mprnetlink. */

#define HOST_PORTION_MAX 512u
/* Routes in a portion; at most HOST_PORTION_MAX. */
size_t host_portion_routes(bool by_ip);
/* Octets of the portion; 0: it does not fit. */
size_t host_portion_write(uint8_t target[HOST_PROGRAM_WRITE_MAX], bool by_ip, uint32_t sequence,
                          const struct host_route *routes, size_t count);

#endif
