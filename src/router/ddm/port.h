/* Ports and the connections on them, as MprAdminPort*, MprAdminConnection* and MprAdminDeviceEnum
 * show them.
 *
 * A port is a place for one connection. There are two sorts:
 *   - those of a miniport (PPTP, L2TP, SSTP, IKEv2, PPPoE): as many as it is configured for, from
 *     the start of the router on (MS-RRASM 2.2.3.4, WanEndpoints);
 *   - those of a device that is none of these, such as a host adapter that a phone-book entry
 *     names: one for each demand-dial interface that has such a device.
 * A demand-dial interface occupies a port from the first attempt to the end of the last one, or of
 * the connection. Which miniports it may use is said by VpnStrategy and device of its entry. A
 * client (router/ddm/client.h) occupies one while it is there.
 *
 * A connection is on one port: there is no multilink. It is shown from the moment at which the link
 * is up and every RAS administration DLL has agreed.
 *
 * Counters are the host's: the core keeps what they were when counting began, and whoever shows
 * them asks the host, without the lock, and subtracts.
 */
#ifndef MPR_ROUTER_PORT_H
#define MPR_ROUTER_PORT_H

#include "router/router.h"

/* Sorts of port; the order is that in which they are listed. */
enum port_kind { PORT_PPTP, PORT_L2TP, PORT_SSTP, PORT_IKEV2, PORT_PPPOE, PORT_KINDS, PORT_DEVICE };

/* Flags of a miniport: MPR_ENABLE_RAS_ON_DEVICE, MPR_ENABLE_ROUTING_ON_DEVICE. */
enum { PORT_FOR_RAS = 1, PORT_FOR_ROUTING = 2 };

struct port_setup {
    uint32_t count;
    uint32_t flags;
};

/* RAS_PORT_CONDITION. DISCONNECTED: free, and not for clients; LISTENING: free, and clients may
 * call; INITIALIZING: being dialled; CALLING_BACK: between two attempts; AUTHENTICATING: the link
 * is up, or a client has called, and the host is being asked; AUTHENTICATED: connected. */
enum port_condition {
    PORT_NON_OPERATIONAL = 0,
    PORT_DISCONNECTED = 1,
    PORT_CALLING_BACK = 2,
    PORT_LISTENING = 3,
    PORT_AUTHENTICATING = 4,
    PORT_AUTHENTICATED = 5,
    PORT_INITIALIZING = 6
};

#define PORT_NAME_MAX     16  /* MAX_PORT_NAME, MAX_MEDIA_NAME, MAX_DEVICETYPE_NAME */
#define PORT_DEVICE_MAX   128 /* MAX_DEVICE_NAME */
#define PORT_ENDPOINT_MAX 64  /* MAXIPADRESSLEN */
#define LINK_USER_MAX     256 /* UNLEN */
#define LINK_DOMAIN_MAX   15  /* DNLEN */
#define LINK_COMPUTER_MAX 16  /* NETBIOS_NAME_LEN */

/* What the host counts for an adapter; all since it exists. */
struct link_counters {
    uint64_t bytes_out, bytes_in, frames_out, frames_in;
    uint64_t errors_in, errors_out, discards_in;
};

struct port_device {
    char16_t type[PORT_NAME_MAX + 1];
    char16_t name[PORT_DEVICE_MAX + 1];
};

struct port_info {               /* RAS_PORT_0, and what _1 and _2 need */
    handle_t32 port, connection; /* connection 0: none */
    enum port_kind kind;
    enum port_condition condition;
    uint32_t calls;   /* connections there were, the current one included */
    uint32_t seconds; /* of the current one */
    char16_t name[PORT_NAME_MAX + 1];
    char16_t media[PORT_NAME_MAX + 1];
    struct port_device device;
    uint32_t host_index; /* of the adapter that is the link; 0: none that could be asked */
    uint64_t speed;
    struct link_counters base;
};

struct connection_info { /* RAS_CONNECTION_0, and what the other levels need */
    handle_t32 connection, interface, port;
    enum port_kind kind;
    enum interface_type type;
    uint32_t seconds;
    uint32_t started; /* seconds since 1970 */
    char16_t interface_name[INTERFACE_NAME_MAX + 1];
    uint8_t guid[16];       /* of the phone-book entry; a client has one while it is there */
    uint32_t local, remote; /* IPv4, host order; 0: none */
    uint32_t host_index;
    struct link_counters base;
    uint32_t switch_overs;
    char16_t local_endpoint[PORT_ENDPOINT_MAX + 1];
    char16_t remote_endpoint[PORT_ENDPOINT_MAX + 1];
    bool identified; /* the host has told as whom it made the link; user and domain may be "" */
    char16_t user[LINK_USER_MAX + 1];
    char16_t domain[LINK_DOMAIN_MAX + 1];
    char16_t computer[LINK_COMPUTER_MAX + 1]; /* other end of a tunnel, as far as it has a name */
    /* of clients only */
    bool quarantined;
    bool has_remote_ipv6;
    uint8_t remote_ipv6_id[8];
};

/* ---- ports (port.c, port_info.c) ------------------------------------------------------------- */

/* Makes the ports of the miniports: PORT_KINDS of them. Once, before the first interface is made.
 * ST_NOT_ENOUGH_MEMORY: there are none then. Nothing is made on a router without demand dial. */
mpr_status router_ports_create(struct router *r, const struct port_setup *setup);

/* Ports there are and ports that are occupied (MPR_SERVER_0). */
void router_port_count(struct router *r, uint32_t *ret_total, uint32_t *ret_used);

/* ST_INVALID_HANDLE. */
mpr_status router_port_info(struct router *r, handle_t32 port, struct port_info *ret);

/* Up to max ports after *resume (0: from the start), as router_interface_enum. connection other
 * than 0: only the ports of that connection; ST_INVALID_HANDLE when it is none. */
mpr_status router_port_enum(struct router *r, handle_t32 connection, uint32_t *resume,
                            struct port_info *entries, uint32_t max, uint32_t *ret_read,
                            uint32_t *ret_total);

/* Counting begins anew: now is what the host counted a moment ago for this connection of the port.
 * ST_INVALID_HANDLE: no such port. A connection that is another one by now is left alone. */
mpr_status router_port_clear(struct router *r, handle_t32 port, handle_t32 connection,
                             const struct link_counters *now);

/* Ends the connection on the port, or the attempt. ST_INVALID_HANDLE: no such port;
 * ST_INTERFACE_NOT_CONNECTED: nothing is on it. */
mpr_status router_port_disconnect(struct router *r, handle_t32 port);

/* The devices that ports are on, each once: up to max; *ret_total counts them all. */
void router_devices(struct router *r, struct port_device *entries, uint32_t max, uint32_t *ret_read,
                    uint32_t *ret_total);

/* What the host had counted for a link when it came up; right before router_dial_result. */
void router_link_base(struct router *r, handle_t32 interface, uint32_t attempt,
                      const struct link_counters *base);

/* As whom the host makes a link; before router_dial_result. What is too long is cut. Without memory
 * the connection stays unidentified. */
void router_link_identity(struct router *r, handle_t32 interface, uint32_t attempt,
                          const char16_t *user, const char16_t *domain);

/* ---- connections (connection.c) -------------------------------------------------------------- */

uint32_t router_connection_count(const struct router *r);

/* ST_INTERFACE_NOT_CONNECTED: a connection that has ended; ST_INVALID_PARAMETER: never was one. */
mpr_status router_connection_info(struct router *r, handle_t32 connection,
                                  struct connection_info *ret);

/* As router_port_enum, in the order in which they came up. Always ST_OK. */
mpr_status router_connection_enum(struct router *r, uint32_t *resume,
                                  struct connection_info *entries, uint32_t max, uint32_t *ret_read,
                                  uint32_t *ret_total);

/* The connection whose remote address this is (host order); ST_INVALID_PARAMETER. */
mpr_status router_connection_find(struct router *r, uint32_t remote, handle_t32 *ret);

/* The tunnel of an IKEv2 connection has moved: other endpoints, one switch-over more. An endpoint
 * of "" is left as it was. Of a client's the host is asked whether it agrees. Errors of
 * router_connection_info; ST_NOT_SUPPORTED: no IKEv2; ST_NOT_ENOUGH_MEMORY. */
mpr_status router_connection_move(struct router *r, handle_t32 connection, const char16_t *local,
                                  const char16_t *remote);

/* ---- RAS administration DLLs (connection.c) -------------------------------------------------- */

/* The addresses of a client: with ASK what the router would give (0: it has none), with an answer
 * of ST_OK what the client gets. */
struct admission_address {
    uint32_t ipv4; /* host order */
    bool fixed;    /* the client has it already: it can only be agreed to */
    bool wants_ipv6;
    uint8_t ipv6_id[8];
};

/* What the host is asked and told: host->admission gets it, first with ASK, and gives it back with
 * router_admission_answer; later perhaps with ASK_AGAIN (a client has left quarantine) or ASK_MOVED
 * (its tunnel has other endpoints), which are answered likewise; then, when the connection is over,
 * with END, after which it frees it (mem_free). A connection that is over before the answer came is
 * ended as soon as it comes. */
struct admission {
    struct outbox_entry out; /* the core's */
    enum admission_kind {
        ADMISSION_ASK,
        ADMISSION_ASK_AGAIN,
        ADMISSION_ASK_MOVED,
        ADMISSION_END
    } kind;
    struct connection_info connection; /* as when the kind was set */
    struct port_info port;
    struct admission_address address; /* clients */
    mpr_status answer;                /* the host's: ST_OK, or why the connection ends */
    uint32_t asked[2]; /* the host's: how many DLLs were asked for connection and link */
    struct {
        bool ipv4, ipv6; /* the host's: to be told of the release of what they gave */
    } release;
    struct admission *next; /* the host's */
};

/* From the next attempt on connections are subject to the host's admission; clients always are. */
void router_administrate(struct router *r, bool on);
void router_admission_answer(struct router *r, struct admission *a);

/* ---- Within the router ---------------------------------------------------------------------- */

struct dial_config;
struct interface;
struct port;

void ports_free(struct router *r);
/* A demand-dial interface gets a port for its device if that is no miniport. Once it has one, it
 * keeps it until port_detach, and it is shown while the device in force is such a one.
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status port_attach(struct interface *i, const struct dial_config *config);
void port_detach(struct interface *i);
/* Whether an interface that occupies none could have one now. What can't be dialled wants none. */
bool port_available(const struct interface *i);
/* Before an attempt: a port (one that is there already is kept), a connection handle, and what
 * admission needs. ST_INTERFACE_HAS_NO_DEVICES: all are occupied, or none is enabled for routing;
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

#endif
