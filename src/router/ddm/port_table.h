/* Ports as the core keeps them. Included by state.h; only ddm.c, client.c, port*.c and
 * connection*.c look inside. */
#ifndef MPR_ROUTER_PORT_TABLE_H
#define MPR_ROUTER_PORT_TABLE_H

#include "router/ddm/port.h"

struct dial_config;
struct interface;

/* Where a tunnel has moved to (router_connection_move). */
struct port_endpoints {
    uint32_t switch_overs;
    char16_t local[PORT_ENDPOINT_MAX + 1], remote[PORT_ENDPOINT_MAX + 1];
};

/* Whom the link of an attempt was made as (router_link_identity). */
struct link_identity {
    char16_t user[LINK_USER_MAX + 1], domain[LINK_DOMAIN_MAX + 1];
};

struct port {
    struct router *router;
    handle_t32 handle;
    uint32_t serial; /* place in the enumeration, from 1; never reused */
    enum port_kind kind;
    uint32_t number;             /* among those of its kind */
    struct interface *interface; /* who occupies it; NULL: free */
    struct interface *owner;     /* PORT_DEVICE: whose device it is */
    uint32_t calls;

    /* Of the attempt or connection on it. */
    handle_t32 connection; /* made with the attempt, so that coming up needs no memory */
    bool linked;           /* the connection is there for all to see */
    bool asking;           /* the host has `admission` and will answer */
    bool answered;         /* it has, and will be told the end */
    uint8_t questions;     /* that are to be asked behind this one; bits 1 << admission_kind */
    uint32_t order;        /* of the connection: resume handle of enumerations */
    msec linked_at;
    uint32_t started;
    struct link_counters base;
    struct port_endpoints *moved;
    struct link_identity *identity; /* NULL: nobody has told */
    struct admission *admission;    /* NULL: none is needed */

    struct port *prev, *next;               /* free ones of its kind, or all of PORT_DEVICE */
    struct port *linked_prev, *linked_next; /* connections, by order */
};

struct port_table {
    struct port_setup setup[PORT_KINDS];
    struct port *items; /* of the miniports, serial 1 .. count */
    uint32_t count;
    struct port *free[PORT_KINDS];
    struct port *devices; /* ascending serials */
    uint32_t next_serial, next_order;
    struct port *connections;
    uint32_t connection_count, used;
    bool configured, administrated;
};

#endif
