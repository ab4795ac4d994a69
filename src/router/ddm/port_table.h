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

void ports_free(struct router *r);

/* A demand-dial interface gets a port for its device if that is no miniport. Once it has one, it
 * keeps it until port_detach, and it is shown while the device in force is such a one.
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status port_attach(struct interface *i, const struct dial_config *config);
void port_detach(struct interface *i);

/* Whether one could be had now. */
bool port_available(const struct interface *i);
/* Before an attempt: a port, a connection handle, and what admission needs. What is there already
 * is kept. ST_INTERFACE_HAS_NO_DEVICES: all are occupied, or none is enabled for routing;
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status port_occupy(struct interface *i);
/* The same for a client that calls on a port of that kind. ST_DDM_NOT_RUNNING;
 * ST_SERVICE_IS_PAUSED; ST_NOT_CLIENT_PORT: not for clients; ST_MAX_CLIENT_INTERFACE_LIMIT: all are
 * occupied; ST_NOT_ENOUGH_MEMORY. */
mpr_status port_answer(struct interface *i, enum port_kind kind);
/* Clients may call on ports of that kind. */
bool port_takes_clients(const struct router *r, enum port_kind kind);
/* The attempt or connection is over; the port is kept for the next attempt. */
void port_hang_up(struct interface *i);
/* port_hang_up, and the port is free. Nothing to do without a port. */
void port_release(struct interface *i);

/* The miniport of that name; PORT_DEVICE: it is none. */
enum port_kind port_kind_of_device(const char16_t *name);
/* Type and name of a miniport's device. */
void port_miniport(enum port_kind kind, struct port_device *ret);
bool port_shown(const struct port *p);

/* connection.c. Of an occupied port; admission: the host will be asked. */
mpr_status connection_prepare(struct port *p, bool admission);
/* True: the host is being asked, and router_admission_answer will go on. */
bool connection_ask(struct port *p);
/* The host is to be asked once more about a connection that it has agreed to; it is, one question
 * after the other, when connection_ask_next finds none that is out. False: none was asked now. */
void connection_question(struct port *p, enum admission_kind kind);
bool connection_ask_next(struct port *p);
void connection_begin(struct port *p);
void connection_end(struct port *p);

/* connection_describe.c */
void connection_describe(const struct port *p, struct connection_info *ret);

/* port_info.c */
void port_describe(const struct port *p, struct port_info *ret);

/* ddm.c: the administration DLLs have spoken. */
void ddm_admitted(struct interface *i, mpr_status answer);

/* client.c. The host has spoken, about the call or after the quarantine. */
void client_admitted(struct interface *i, const struct admission *a);
/* Ends a client; its interface is gone afterwards. */
void client_stop(struct interface *i, mpr_status status);
void clients_shutdown(struct router *r);
/* A client's link is that adapter of the host. */
bool client_has_adapter(const struct router *r, uint32_t host_index);
/* The tunnel of a client has moved. */
void client_moved(struct interface *i);
/* What a client knows better than its port. */
void client_describe(const struct interface *i, struct connection_info *ret);

#endif
