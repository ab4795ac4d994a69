/* Clients: who dials in.
 *
 * A client is an interface of type IF_CLIENT, which is there from the moment at which somebody has
 * called until the link is gone: connecting while the host decides (dial-in rights, RAS
 * administration DLLs), then connected. It is named by its user, DOMAIN\user, so several clients
 * may share a name, and a demand-dial interface may have it, too. It occupies a port of a miniport
 * that is enabled for remote access, on a router that has that role, and has no transports of its
 * own.
 *
 * The calls come from the host: a link of its own that somebody else has made (an adapter of pppd,
 * openvpn, WireGuard), or one that is only given, with a time at which it comes and one at which it
 * drops, for tests of programs and of administration DLLs.
 *
 * Sources: ROUTER_INTERFACE_TYPE, MprAdminInterfaceGetHandle, MprAdminConnectionRemoveQuarantine,
 * the callbacks of RAS administration DLLs (pages of MprAdminAcceptNewConnection and its kin).
 */
#ifndef MPR_ROUTER_CLIENT_H
#define MPR_ROUTER_CLIENT_H

#include "router/ddm/port.h"

struct client_call {
    enum port_kind port;
    char16_t user[LINK_USER_MAX + 1]; /* ""; then the adapter names the interface */
    char16_t domain[LINK_DOMAIN_MAX + 1];
    char16_t computer[LINK_COMPUTER_MAX + 1];
    /* remote: the address that the client is to have, or has already; 0: it is for an
     * administration DLL to give one. local, host_index and mtu are those of the host's adapter. */
    struct ip_binding binding;
    bool wants_ipv6; /* and would have this interface identifier; zeros: none yet */
    uint8_t ipv6_id[8];
    bool quarantined;
    /* A link that the host has made: its adapter as {GUID} and by name, and what it had counted
     * until now. "": the call is only given. */
    char16_t adapter[INTERFACE_NAME_MAX + 1], alias[INTERFACE_NAME_MAX + 1];
    struct link_counters base;
    msec age;      /* how long that link has been up; 0: since now, as far as the host knows */
    bool at_start; /* it was there when the router started: see router_clients_settled */
    /* A given one: it comes so much later, and drops so long after it has connected (0: never). */
    msec after, drop_after;
};

/* Somebody calls. With `after` nothing is shown until then, and what speaks against it at that time
 * is only logged; *ret is 0. Otherwise:
 *   ST_DDM_NOT_RUNNING             a LAN-only router
 *   ST_SERVICE_IS_PAUSED
 *   ST_NOT_CLIENT_PORT             no role as a server for clients, or not on such ports
 *   ST_INTERFACE_CONNECTED         the adapter is another client's, or one that a demand-dial
 *                                  interface is dialled over
 *   ST_MAX_CLIENT_INTERFACE_LIMIT  all ports of this kind are occupied
 *   ST_INVALID_PARAMETER           neither user nor adapter has a name
 *   ST_NOT_ENOUGH_MEMORY
 * ST_OK: the client is there, and the host is being asked (host->admission). */
mpr_status router_client_call(struct router *r, const struct client_call *call, handle_t32 *ret);

/* Waits until those that were there at the start are in or out, so that whoever looks first sees
 * what everybody sees. ST_OK: they are; ST_PENDING: request completes with ST_OK, at the latest
 * after call_timeout. */
mpr_status router_clients_settled(struct router *r, struct request *request);

/* The link of a client is gone by itself. Not a live client: nothing happens. */
void router_client_gone(struct router *r, handle_t32 client);

/* Lets a connection out of quarantine; administration DLLs are asked whether they agree, and end
 * the connection if not. ST_INVALID_PARAMETER: no live connection; ST_NOT_FOUND: not in quarantine.
 * Needs no memory. */
mpr_status router_connection_release(struct router *r, handle_t32 connection);

/* ---- Within the router ---------------------------------------------------------------------- */

struct interface;

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
