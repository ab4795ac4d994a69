/* The parts of the demo; see demo.c for the story. */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include <winsock2.h>
#include <windows.h>
#include <mprapi.h>

#include "blocks.h"

/* The router, as a program holds it while it administers it. */
struct router {
    MPR_SERVER_HANDLE running; /* MprAdmin: what the router does now */
    HANDLE stored;             /* MprConfig: what it will do after the next start */
    HANDLE connection_event;   /* signalled when any interface connects or disconnects */
    HANDLE done;               /* for one asynchronous call at a time */
};

/* One demand-dial interface and what became of it. */
struct branch {
    const WCHAR *name;
    HANDLE handle;
    struct routes routes; /* what the route update learned */
};

/* Whatever fails is reported where it happens; TRUE means: go on. */

BOOL open_router(struct router *router);
void close_router(struct router *router);
/* Makes sure that the router manager for IP runs, with RIP. */
BOOL install_ip(struct router *router);

/* Creates the interface from the phone-book entry of its name, running and stored. */
BOOL create_branch(struct router *router, struct branch *branch);
/* Puts IP with RIP on it. peer: the neighbour to ask by unicast, network order; 0: multicast. */
BOOL configure_branch(struct router *router, struct branch *branch, const IPRIP_IF_CONFIG *rip,
                      DWORD peer);
BOOL connect_branch(struct router *router, struct branch *branch);
BOOL update_branch(struct router *router, struct branch *branch);
void disconnect_branch(struct router *router, struct branch *branch);

/* The routes in InterfaceInfo of the interface's registry key. */
DWORD registry_routes(const WCHAR *interface_name, struct routes *ret);
/* Whether the routes of all branches are those of a file with lines "address/length next-hop". */
void check_expected(const struct branch *branches, size_t count, const char *file);

#endif
