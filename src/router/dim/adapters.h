/* LAN interfaces and the adapters behind them. */
#ifndef MPR_ROUTER_ADAPTERS_H
#define MPR_ROUTER_ADAPTERS_H

#include "router/state.h"

/* The adapter side of a DEDICATED or LOOPBACK interface. */
struct lan_link {
    struct interface *interface;
    bool present;    /* the host has the adapter */
    bool up;         /* and it has a link */
    bool lent;       /* a demand-dial connection uses it: no LAN interface meanwhile */
    bool spoken_for; /* a demand-dial interface makes it whenever it dials */
    bool found;      /* the interface was made for an adapter that was there */
    bool seen;       /* in the list that is being worked through */
    struct ip_binding binding;
    struct lan_link *prev, *next;
};
/* ST_NOT_ENOUGH_MEMORY. The interface is unreachable until its adapter shows up. */
mpr_status lan_attach(struct interface *i);
void lan_detach(struct interface *i);
/* A demand-dial connection takes (lent) or returns the adapter of that host index. */
void lan_lend(struct router *r, uint32_t host_index, bool lent);

#endif
