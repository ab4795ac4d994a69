/* The router: Dynamic Interface Manager, Demand-Dial Manager and router managers over one table of
 * interfaces. Every function needs the lock (the struct router pointer is only had by entering the
 * engine) and has its time in router_now. Nothing here blocks; what has to be told to the outside
 * goes to the outbox. Requests have the shape of MS-RRASM's methods.
 *
 * Sources: MprAdmin* pages; MS-RRASM 3.1.1, 3.1.4 ; choices where these
 * contradict each other are in docs/COMPATIBILITY.md.
 */
#ifndef MPR_ROUTER_ROUTER_H
#define MPR_ROUTER_ROUTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/handle.h"
#include "base/status.h"
#include "base/timer.h"
#include "protocol/protocol.h"
#include "router/ddm/dial.h"
#include "router/host.h"
#include "router/outbox.h"
#include "router/request.h"

#define INTERFACE_NAME_MAX 256 /* MAX_INTERFACE_NAME_LEN, without the terminator */

/* ROUTER_INTERFACE_TYPE */
enum interface_type {
    IF_CLIENT = 0,
    IF_HOME_ROUTER = 1,
    IF_FULL_ROUTER = 2,
    IF_DEDICATED = 3,
    IF_INTERNAL = 4,
    IF_LOOPBACK = 5,
    IF_TUNNEL1 = 6,
    IF_DIALOUT = 7
};

/* ROUTER_CONNECTION_STATE */
enum connection_state {
    IF_UNREACHABLE = 0,
    IF_DISCONNECTED = 1,
    IF_CONNECTING = 2,
    IF_CONNECTED = 3
};

/* MPR_INTERFACE_*: reasons of IF_UNREACHABLE */
enum {
    REASON_OUT_OF_RESOURCES = 0x01,
    REASON_ADMIN_DISABLED = 0x02,
    REASON_CONNECTION_FAILURE = 0x04,
    REASON_SERVICE_PAUSED = 0x08,
    REASON_DIALOUT_HOURS = 0x10,
    REASON_NO_MEDIA_SENSE = 0x20,
    REASON_NO_DEVICE = 0x40
};

/* RouterType of the registry */
enum {
    ROUTER_RAS = 0x01,
    ROUTER_LAN = 0x02,
    ROUTER_WAN = 0x04,
    ROUTER_RAS_V6 = 0x08,
    ROUTER_LAN_V6 = 0x10,
    ROUTER_WAN_V6 = 0x20
};

struct router;

struct router_config {
    uint32_t router_type;   /* ROUTER_ bits */
    uint32_t receive_burst; /* datagrams that a protocol's socket surely holds; 0: unknown */
    msec update_timeout;    /* watchdog of a route update; 0: 90 s */
    msec call_timeout;      /* watchdog of a call into a hosted protocol; 0: 30 s */
    msec reachable_again;   /* start and step of struct back_off; 0: 600 s */
    /* The protocols that are linked in; the rows are copied. */
    const struct builtin_protocol *builtins;
    size_t builtin_count;
    uint8_t generation; /* of this start: handles of others are none of this router's */
};

/* ST_NOT_ENOUGH_MEMORY. */
mpr_status router_create(struct router **ret, const struct router_host *host,
                         const struct router_config *config);
/* Ends everything: pending requests are completed with ST_ROUTER_STOPPED through the outbox, which
 * is flushed here. The caller makes sure that nobody else is inside. */
void router_destroy(struct router *r);

/* The engine sets the time on entering; it never goes back. */
void router_set_now(struct router *r, msec now);
msec router_now(const struct router *r);
/* Fires what is due. */
void router_run_timers(struct router *r);
msec router_next_due(const struct router *r);
struct outbox *router_outbox(struct router *r);
const struct router_host *router_host_of(struct router *r);
/* For tests and single-threaded use: acts on the outbox until it is empty. */
void router_flush(struct router *r);

/* A destination as the host's own table is to have it. */
struct host_route {
    uint32_t transport; /* PID_IP, PID_IPV6 */
    struct rtm_prefix prefix;
    bool wanted; /* false: the host is to have none of ours; the rest is zero then */
    struct rtm_address next_hop; /* zero: on the link */
    bool on_link;                /* the next hop is, though no subnet of the adapter says so */
    uint32_t host_index;         /* of the adapter */
    uint32_t metric;             /* lower wins; from 1 */
};

/* From here on the host is given all best routes, but those to subnets of the interfaces and over
 * interfaces without an adapter, and then what changes. Called again it begins again.
 * ST_NOT_ENOUGH_MEMORY, or ST_NO_MORE_ITEMS (a table has no room for one more consumer): it is not.
 */
mpr_status router_host_routes_begin(struct router *r);
void router_host_routes_end(struct router *r);
/* The next ones, at most capacity. Fewer: that was all, and routes_changed follows the next change.
 * A destination may come more than once; the last word counts. */
size_t router_host_routes_next(struct router *r, struct host_route *ret, size_t capacity);

/* Which of the packet filters the host applies, and the name of its table. */
struct host_filters_ask {
    const char *table; /* letters, digits and _ */
    bool ip, ipv6;     /* those of which router managers */
};

/* Commands for nft (router/rm/filter_rules.h) that replace the table by the filters of all active
 * interfaces; empty where there are none. *ret is the caller's. ST_NOT_ENOUGH_MEMORY. */
mpr_status router_host_filters(struct router *r, const struct host_filters_ask *ask,
                               struct blob *ret);

/* True when demand dial is there: RouterType has WAN or RAS bits (else ERROR_DDM_NOT_RUNNING). */
bool router_has_ddm(const struct router *r);

/* Pauses and resumes demand dial (ERROR_SERVICE_IS_PAUSED, REASON_SERVICE_PAUSED). Connections that
 * are up, and attempts that are being dialled, go on; no redial begins. */
void router_pause(struct router *r, bool paused);

/* ---- Server handles ------------------------------------------------------------------------ */

/* kind is HANDLE_SERVER or HANDLE_MIB_SERVER. */
mpr_status router_server_open(struct router *r, enum handle_kind kind, handle_t32 *ret);
/* Ends the handle: its notifications are removed, its route updates complete with
 * ST_OPERATION_ABORTED. ST_INVALID_HANDLE when it is none. */
mpr_status router_server_close(struct router *r, enum handle_kind kind, handle_t32 server);
bool router_server_valid(const struct router *r, enum handle_kind kind, handle_t32 server);

struct server_info { /* MPR_SERVER_0 */
    bool lan_only;
    uint32_t up_seconds, total_ports, ports_in_use;
};
void router_server_info(struct router *r, struct server_info *ret);

/* Whether something would be lost if this router ended and another began from what is stored: a
 * demand-dial or client interface that is connected or connecting, an interface that nothing but
 * this router knows, a running update, a notification. Interfaces that are there with their
 * adapters come again with them. */
bool router_would_lose(const struct router *r);
/* Before the end, for a router that others are inside of: what calls wait for ends (updates with
 * ST_ROUTER_STOPPED, attempts with ST_INTERFACE_DISCONNECTED), and when router_last_word answers
 * true connections are taken down, and no other begins. False: it has not yet. Who comes meanwhile
 * may begin an update: to be called again until all are out. */
bool router_wind_down(struct router *r);
/* Before the end, while there are links and sockets: stops the built-in protocols that run, so that
 * they tell their neighbours, and with them what would notice it: running updates end with
 * ST_ROUTER_STOPPED, and the host is told of no more routes. Without such a protocol it does
 * nothing. True: they have said all, and it has been sent when the engine is left; or two seconds
 * are over. False: they go on, by timers; to be called again until it is true. */
bool router_last_word(struct router *r);

/* ---- Interfaces (DIM) ---------------------------------------------------------------------- */

struct interface_info { /* MPR_INTERFACE_0 */
    char16_t name[INTERFACE_NAME_MAX + 1];
    handle_t32 handle;
    bool enabled;
    enum interface_type type;
    enum connection_state state;
    uint32_t reasons;
    mpr_status last_error;
    uint32_t index; /* interface index as protocols see it */
};

/* How long an interface is unreachable after a connection that failed: step, then step more with
 * each further failure, up to most (KB Q193834). 0: reachable_again, and 6 hours; a most below the
 * step is the step. */
struct back_off {
    msec step, most;
};

struct interface_spec {
    const char16_t *name;
    enum interface_type type;
    bool enabled;
    const char16_t *dialout_hours;  /* multi-string as in MPR_INTERFACE_1, NULL: always */
    const struct dial_entry *entry; /* FULL_ROUTER, HOME_ROUTER: from the phone book, else NULL */
    const struct dial_plan *plan;   /* with entry */
    bool stored;                    /* it has a key in the stored configuration */
    struct back_off back_off;       /* of demand-dial ones */
};

/* MS-RRASM 3.1.4.13. ST_INVALID_PARAMETER: empty or too long name, CLIENT, TUNNEL1, DIALOUT or
 * unknown type, disabled DEDICATED/INTERNAL/LOOPBACK, bad hours, demand-dial without entry;
 * ST_DDM_NOT_RUNNING: demand-dial type on a LAN-only router; ST_INTERFACE_ALREADY_EXISTS (name,
 * compared without case). */
mpr_status router_interface_create(struct router *r, const struct interface_spec *spec,
                                   handle_t32 *ret);
/* ST_INVALID_HANDLE; ST_INTERFACE_CONNECTED (demand-dial and connected or connecting);
 * ST_INVALID_PARAMETER: not a demand-dial interface. */
mpr_status router_interface_delete(struct router *r, handle_t32 interface);
/* ST_NO_SUCH_INTERFACE. Client interfaces are skipped unless include_clients; of those of one name
 * the one that called first is found, if nothing else is called so. */
mpr_status router_interface_find(const struct router *r, const char16_t *name, bool include_clients,
                                 handle_t32 *ret);
/* ST_INVALID_HANDLE. */
mpr_status router_interface_info(const struct router *r, handle_t32 interface,
                                 struct interface_info *ret);
/* The dial-out hours, NULL for none; valid until the lock is released. */
mpr_status router_interface_hours(const struct router *r, handle_t32 interface,
                                  const char16_t **ret);
/* Level 0 and 1 of SetInfo. hours NULL or empty leaves them (keep_hours) or removes them.
 * ST_INVALID_PARAMETER: disabling DEDICATED/INTERNAL/LOOPBACK, malformed hours, hours of an
 * interface that is not demand-dial. Disabling a connected or connecting interface disconnects it;
 * who waits gets ST_INTERFACE_DISABLED. */
mpr_status router_interface_set(struct router *r, handle_t32 interface, bool enabled,
                                bool keep_hours, const char16_t *hours);
/* UpdatePhonebookInfo, and levels 2 and 3 of SetInfo: what is new counts from the next connection
 * on; a live one is left alone. ST_DDM_NOT_RUNNING, ST_INVALID_HANDLE, ST_INVALID_PARAMETER (not
 * demand-dial), ST_INTERFACE_HAS_NO_DEVICES (stored all the same). */
mpr_status router_interface_set_dial(struct router *r, handle_t32 interface,
                                     const struct dial_entry *entry, const struct dial_plan *plan);
/* Settings of the interface that only the caller understands, kept as long as it is there. The
 * bytes are moved out of custom (empty: there are none any more); what is got is empty when there
 * are none, and valid until the lock is released. ST_INVALID_HANDLE: custom is left alone. */
mpr_status router_interface_set_custom(struct router *r, handle_t32 interface, struct blob *custom);
mpr_status router_interface_custom(const struct router *r, handle_t32 interface,
                                   const struct blob **ret);
/* Marks that the stored configuration has (or no longer has) a key for it, and that what the router
 * wrote there may have been changed since: the next update stores its routes in any case. */
mpr_status router_interface_set_stored(struct router *r, handle_t32 interface, bool stored);
/* Whether somebody has to look if it has a key: not yet, or not since the stored configuration
 * became what the number as_of stands for. Then *ret is as from router_interface_info, and it
 * counts as looked at. False: for an interface that is none, too. */
bool router_interface_look(struct router *r, handle_t32 interface, uint32_t as_of,
                           struct interface_info *ret);

/* Up to max entries after *resume (0: from the start) in order of creation. *ret_total counts what
 * was left from there. *resume becomes 0 at the end. Entries deleted or created between pages
 * neither repeat nor hide others. Always ST_OK; *resume other than 0 says that there is more. */
mpr_status router_interface_enum(struct router *r, uint32_t *resume, struct interface_info *entries,
                                 uint32_t max, uint32_t *ret_read, uint32_t *ret_total);
uint32_t router_interface_count(const struct router *r);

/* A host adapter. LAN adapters become DEDICATED interfaces named by their GUID, the loopback one
 * the LOOPBACK interface; an INTERNAL interface is always there. */
struct host_adapter {
    char16_t name[INTERFACE_NAME_MAX + 1];  /* {GUID} */
    char16_t alias[INTERFACE_NAME_MAX + 1]; /* friendly name, e.g. eth0 */
    bool loopback;
    bool up;
    struct ip_binding binding; /* host_index is the key */
};
/* The host's adapters as they are now: new ones become interfaces. Those made so vanish with their
 * adapter; stored ones, and those that a program made, turn unreachable (NO_DEVICE). Address and
 * media changes reach the protocols. An adapter that a demand-dial link uses (binding.host_index of
 * a connected interface) is no LAN interface meanwhile, and one that a dialer makes
 * (dial_plan.makes_adapter) at no time. The first call makes the INTERNAL interface if the stored
 * configuration had none: so load that first. */
void router_adapters(struct router *r, const struct host_adapter *adapters, size_t count);

/* ---- Demand dial (DDM) --------------------------------------------------------------------- */

/* MprAdminInterfaceConnect. ST_PENDING: under way; request is completed with the result when the
 * last attempt is over, redials included (NULL: nobody waits). Checks in this order:
 * ST_INVALID_HANDLE, ST_DDM_NOT_RUNNING, ST_INVALID_PARAMETER (not demand-dial),
 * ST_INTERFACE_DISABLED, ST_SERVICE_IS_PAUSED, ST_INTERFACE_HAS_NO_DEVICES,
 * ST_DIALOUT_HOURS_RESTRICTION, ST_ALREADY_CONNECTING, ST_OK (connected already). What
 * refuses an interface that is neither connected nor connecting is its last_error. After a failure
 * it is unreachable for a while (struct back_off), but may always be connected by this. */
mpr_status router_interface_connect(struct router *r, handle_t32 interface,
                                    struct request *request);
/* ST_INVALID_HANDLE, ST_DDM_NOT_RUNNING, ST_INVALID_PARAMETER (not demand-dial),
 * ST_INTERFACE_NOT_CONNECTED. A connecting interface stops connecting, and its request completes
 * with ST_INTERFACE_DISCONNECTED. A client is ended, and with it its interface. Needs no memory. */
mpr_status router_interface_disconnect(struct router *r, handle_t32 interface);

/* Answers of the host. A stale (interface, attempt) pair is ignored. binding for ST_OK only. */
void router_dial_result(struct router *r, handle_t32 interface, uint32_t attempt, mpr_status result,
                        const struct ip_binding *binding);
void router_link_down(struct router *r, handle_t32 interface, uint32_t attempt, mpr_status reason);

/* ---- Notifications ------------------------------------------------------------------------- */

/* event is the host's duplicate of origin (the caller's handle value), and becomes the core's on
 * success. The same origin may be registered more than once. */
mpr_status router_notification_add(struct router *r, handle_t32 server, uintptr_t origin,
                                   host_event event);
/* Ends the newest registration through this server handle that has that event or, with event 0,
 * that origin. ST_INVALID_PARAMETER when there is none. */
mpr_status router_notification_remove(struct router *r, handle_t32 server, uintptr_t origin,
                                      host_event event);
/* The events that are registered through this server handle, newest first: as many as room allows;
 * returns how many there are. */
size_t router_notification_events(const struct router *r, handle_t32 server, host_event *ret,
                                  size_t room);

/* ---- Router managers ----------------------------------------------------------------------- */

/* Installs and starts a router manager. ST_PROTOCOL_ALREADY_INSTALLED; ST_UNKNOWN_PROTOCOL_ID (not
 * IP or IPv6); ST_INVALID_PARAMETER (both blobs NULL, or one of size 0); ST_INVALID_DATA (malformed
 * blob). client is the default for client interfaces. ST_PENDING: hosted protocols are being
 * started; request completes with the first failure (ST_TIMEOUT: a protocol does not answer), but
 * manager and blocks stay. A request of NULL: nobody waits. */
mpr_status router_transport_create(struct router *r, uint32_t transport, const struct blob *global,
                                   const struct blob *client, struct request *request);
/* Block by block: an absent block is left, one of length zero stops its protocol, any other starts
 * it or is given to it. A built-in protocol's refusal comes back at once, with nothing changed;
 * foreign protocols answer later, as above. A changed global blob is stored. */
mpr_status router_transport_set(struct router *r, uint32_t transport, const struct blob *global,
                                const struct blob *client, struct request *request);
/* Pointers to the stored blobs; valid until the lock is released. Either may be NULL. */
mpr_status router_transport_get(const struct router *r, uint32_t transport,
                                const struct blob **global, const struct blob **client);
bool router_transport_installed(const struct router *r, uint32_t transport);

/* Transports on an interface. In this order: ST_INVALID_HANDLE (get: also a disabled interface),
 * ST_UNKNOWN_PROTOCOL_ID, ST_NO_SUCH_INTERFACE (not on it); ST_INVALID_PARAMETER (blob NULL or
 * empty; exported functions refuse that before all of these), ST_INVALID_DATA (malformed blob or
 * route rows of unknown size). add: if it is there
 * already, ST_PROTOCOL_ALREADY_INSTALLED (MS-RRASM: "cannot be added"); ST_INVALID_PARAMETER: a
 * client, which has none of its own. remove:
 * ST_INTERFACE_CONNECTED (a connected demand-dial interface). set is block by block, as
 * router_transport_set. ST_PENDING and request likewise.
 * set writes to the stored configuration when it changed something on an interface that has a key
 * there. add does not: it is also how the stored configuration is loaded, and a management tool
 * writes both. */
mpr_status router_iftransport_add(struct router *r, handle_t32 interface, uint32_t transport,
                                  const struct blob *info, struct request *request);
mpr_status router_iftransport_remove(struct router *r, handle_t32 interface, uint32_t transport);
mpr_status router_iftransport_get(const struct router *r, handle_t32 interface, uint32_t transport,
                                  const struct blob **info);
mpr_status router_iftransport_set(struct router *r, handle_t32 interface, uint32_t transport,
                                  const struct blob *info, struct request *request);

/* MprAdminInterfaceUpdateRoutes: an autostatic update. Checks in this order: ST_INVALID_HANDLE,
 * ST_UNKNOWN_PROTOCOL_ID, ST_NO_SUCH_INTERFACE, ST_INTERFACE_NOT_CONNECTED,
 * ST_UPDATE_IN_PROGRESS; then ST_PENDING. The request completes once, with
 *   ST_OK                      the routes are in the table, in the info and on their way to be
 * stored ST_NOT_SUPPORTED           no protocol on the interface can update on demand
 *   ST_CAN_NOT_COMPLETE        no answer from neighbours or from the protocol; it stopped or failed
 *   what DoUpdateRoutes or UPDATE_COMPLETE says else, e.g. ST_INVALID_PARAMETER
 *   ST_NOT_ENOUGH_MEMORY       the routes came but could not be converted
 *   ST_INTERFACE_NOT_CONNECTED it disconnected, was disabled or lost its medium meanwhile
 *   ST_NO_SUCH_INTERFACE       interface or transport was removed meanwhile
 *   ST_OPERATION_ABORTED       the server handle was closed; the update itself goes on
 *   ST_ROUTER_STOPPED
 * In every case but ST_OK (and that of ST_OPERATION_ABORTED) the former routes stay. */
mpr_status router_update_routes(struct router *r, handle_t32 interface, uint32_t transport,
                                struct request *request);
/* Result of the last update, as often as it is asked for. Errors as above; ST_UPDATE_IN_PROGRESS
 * while one runs, ST_CAN_NOT_COMPLETE when there was none since the interface connected. */
mpr_status router_update_result(const struct router *r, handle_t32 interface, uint32_t transport,
                                mpr_status *ret);

/* The route table of a transport, NULL when it is not installed. */
struct rtm *router_rtm(struct router *r, uint32_t transport);

/* ---- Hosted protocols ---------------------------------------------------------------------- */

/* Makes a protocol known that is not built in: when its block is in a transport's global info, the
 * host is asked (CALL_LOAD) to load it. A built-in one of the same number prevails.
 * ST_ALREADY_EXISTS; ST_INVALID_PARAMETER: name empty or longer than 256. */
mpr_status router_catalogue_add(struct router *r, uint32_t transport, uint32_t protocol_id,
                                const char16_t *dll_name);
/* What SUPPORT_FUNCTIONS come to for a foreign protocol; the host calls them from any thread of
 * the DLL. DemandDialRequest: as ddm says; ST_INVALID_PARAMETER: no such interface. */
mpr_status router_protocol_dial(struct router *r, uint32_t interface);
/* ValidateRoute: the preference of a protocol's routes. ST_INVALID_PARAMETER: destination (NULL: it
 * is not said) is none of the transport's, or one to which nothing is forwarded: loopback, this
 * network, the broadcast address, multicasts (all of 224/4, ff00::/8), link-local ones of IPv6.
 * ST_CAN_NOT_COMPLETE: no such router manager. */
mpr_status router_protocol_validate(const struct router *r, uint32_t transport,
                                    uint32_t protocol_id, const struct rtm_prefix *destination,
                                    uint32_t *ret_preference);
/* GetRouterId: an IPv4 address, host order; 0 when the router has none. */
uint32_t router_id(const struct router *r);

/* Answer to host->protocol_call; the call's results are in it. */
void router_protocol_answer(struct router *r, struct protocol_call *call);
/* An event that the host drained with GetEventMessage. protocol is the call's hosted protocol ref.
 */
void router_protocol_event(struct router *r, handle_t32 protocol, enum protocol_event event,
                           const struct protocol_message *message);

/* A datagram that came in on a UDP port that is listened on: it goes to the built-in protocols
 * whose port destination_port is, where they are on the interface. */
void router_datagram(struct router *r, const struct protocol_datagram *datagram);

#endif
