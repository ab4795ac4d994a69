/* The router's state, shared by the files of this folder only.
 *
 *   struct router ── handles ── interfaces (by name, by order) ── transports on them ── updates
 *        │                                                                   │
 *        └── router managers (one per transport) ── hosted protocols ── calls┘
 *
 * Who writes what: interface*.c the table, ddm*.c the connection state, rm*.c transports, hosted.c
 * protocols and their calls, update.c the update state. Each struct is freed by the file that
 * makes it.
 */
#ifndef MPR_ROUTER_STATE_H
#define MPR_ROUTER_STATE_H

#include <stddef.h>

#include "base/hash.h"
#include "router/rm/hosted_call.h"
#include "router/ddm/port_table.h"
#include "router/router.h"

/* The structure that a member is embedded in. */
#define CONTAINER_OF(pointer, type, member) \
    ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

/* ---- updates ------------------------------------------------------------------------------- */

/* One autostatic update of one transport on one interface: IDLE, or RUNNING until every protocol
 * that was asked has answered or the watchdog has fired. Room for the watchdog is reserved as long
 * as the transport is on the interface, so starting an update can't fail for it. */
struct route_update {
    bool running;
    uint32_t serial; /* of the running one: tells a late answer from a current one */
    bool has_result;
    mpr_status result; /* of the last update since the interface connected */
    uint32_t expected; /* protocols whose UPDATE_COMPLETE is outstanding */
    mpr_status first_error;
    struct request *request; /* NULL: nobody waits any more (server handle closed) */
    struct timer watchdog;
};

/* ---- transports on interfaces --------------------------------------------------------------- */

/* A protocol on an interface (it has a block there, or wants all interfaces). */
struct protocol_binding {
    struct hosted_protocol *protocol;
    uint32_t serial; /* of its ADD_INTERFACE: tells a late answer from a current one */
    bool bound;      /* got an address and ENABLED */
    bool updating;   /* an UPDATE_COMPLETE of the running update is outstanding */
    bool asked;      /* took part in the running update */
    /* Foreign protocols: the calls that take it away, made in advance so that they can't fail for
     * memory: disable and unbind while bound, remove always. */
    struct protocol_call *disable, *unbind, *remove;
    struct told_client *clients; /* that it was told of, on the Internal interface (utlist) */
    struct protocol_binding *prev, *next;
};

struct iftransport {
    struct interface *interface;
    struct router_manager *manager;
    struct blob info; /* InterfaceInfo as set; routes of the last update included */
    bool active;      /* connected, enabled, administratively up: routes and protocols are bound */
    bool held;        /* not active, but its static routes are in the table: traffic dials */
    bool filters;     /* info has packet filters, or a check for fragments */
    uint64_t settled; /* rtm_serial after the last update; 0: what it wrote may have changed */
    struct protocol_binding *protocols;
    struct route_update update;
    struct iftransport *prev, *next;                   /* of the interface */
    struct iftransport *updating_prev, *updating_next; /* router's list of running updates */
    struct iftransport *host_next; /* chain of the manager's by_host, while active */
    uint32_t host_index;           /* its key */
};

/* ---- interfaces ----------------------------------------------------------------------------- */

struct interface {
    struct router *router;
    const char16_t *name;   /* behind the structure */
    const char16_t *folded; /* the same; key of by_name */
    handle_t32 handle;
    uint32_t order; /* creation number: resume handle of enumerations, never reused */
    uint32_t index; /* as protocols see it; = order */
    enum interface_type type;
    bool enabled;
    bool stored;
    bool looked;             /* at whether it is stored, by router_interface_look */
    uint32_t looked_as_of;   /* ... when that was last done */
    char16_t *dialout_hours; /* multi-string or NULL */
    struct blob custom;      /* settings that the core does not look into */

    enum connection_state state; /* without what info adds: disabled, paused, hours */
    uint32_t reasons;
    mpr_status last_error;
    struct ip_binding binding; /* while CONNECTED (LAN: while it has addresses) */
    bool has_binding;
    struct lan_link *lan;  /* DEDICATED and LOOPBACK: its adapter, see adapters.h */
    struct client *client; /* CLIENT: who has called */

    /* demand-dial only */
    struct dial_config *dial, *next_dial; /* in force; from the next connection on, or NULL */
    uint32_t attempt;                     /* number of the current dial attempt; 0 none yet */
    uint32_t attempts_left;               /* redials */
    uint32_t scripted_failures; /* attempts of the configuration in force that failed by script */
    struct back_off back_off;   /* as configured */
    msec unreachable;           /* how long it was after the last failure; 0: connected since */
    struct timer dial_timer;    /* scripted outcome, redial pause, scripted drop, reachable again */
    /* Of a client: DIALLING while the host is asked, UP. */
    enum dial_phase { DIAL_IDLE, DIAL_DIALLING, DIAL_PAUSE, DIAL_UP, DIAL_BACK_OFF } phase;
    struct request *connecting;      /* waits for the series of attempts: one, or nobody (NULL) */
    struct port *port, *device_port; /* occupied; of its own device, see port_table.h */
    struct outbox_entry *hang_up_reserve; /* so that a disconnect can't fail for memory */

    struct iftransport *transports; /* utlist */
    UT_hash_handle hh;              /* by_name */
};

/* ---- router managers and protocols ---------------------------------------------------------- */

enum hosted_state {
    HOSTED_LOADING,  /* CALL_LOAD is out */
    HOSTED_STARTING, /* CALL_START is out */
    HOSTED_RUNNING,
    HOSTED_STOPPING, /* until ROUTER_STOPPED */
    HOSTED_FAILED    /* its block stays, calls are not made; a new block starts it afresh */
};

struct hosted_protocol {
    struct router_manager *manager;
    handle_t32 ref; /* how the host names it (HANDLE_TRANSPORT kind) */
    uint32_t protocol_id;
    uint32_t functionality;
    enum hosted_state state;
    const struct routing_protocol *builtin; /* NULL: foreign */
    struct protocol_instance *instance;
    struct protocol_support support; /* built-in, as system */
    struct protocol_system system;
    const char16_t *dll_name;
    bool ready;          /* START_COMPLETE is made or queued: any call may be queued behind it */
    bool global_changed; /* its global block was set between START and ready */
    bool notified;       /* built-in: has events to drain before the lock is left */
    struct protocol_call *calls; /* queued or out, oldest first (utlist) */
    bool call_out;               /* the first of them is at the host */
    bool started;                /* foreign: StartProtocol went well, so StopProtocol is owed */
    bool ran;                    /* foreign: StartComplete went well, too */
    struct protocol_call *stop;  /* foreign: made in advance */
    struct timer watchdog;       /* of the call that is out, or of ROUTER_STOPPED; reserved */
    struct hosted_protocol *prev, *next;
};

#define MANAGER_HOST_BUCKETS 256u

struct protocol_priority;

/* How far the host has been given the routes of a table (router/rm/host_routes.h). */
struct host_route_feed {
    struct rtm_consumer *changes; /* NULL: the host does not ask */
    bool walking, first;          /* before the changes: all of them, from the first */
    struct rtm_prefix at;
};

struct router_manager {
    struct router *router;
    uint32_t transport;
    struct blob global, client;
    struct rtm *rtm;
    struct rtm_entity *entity;            /* the manager's own: static and autostatic routes */
    struct rtm_entity *local;             /* the manager's own: subnets of the interfaces */
    struct protocol_priority *priorities; /* of the priority block, or the defaults */
    size_t priority_count;
    struct iftransport *by_host[MANAGER_HOST_BUCKETS]; /* active ones by binding.host_index */
    struct hosted_protocol *protocols;                 /* utlist */
    struct host_route_feed host_feed;
    struct router_manager *prev, *next;
};

/* ---- everything ----------------------------------------------------------------------------- */

struct notification {
    handle_t32 server;
    uintptr_t origin;
    host_event event;
    struct outbox_entry signal;
    struct outbox_entry close;
    struct notification *prev, *next;
};

struct catalogue_entry {
    uint32_t transport, protocol_id;
    char16_t *dll_name;
    struct catalogue_entry *next;
};

struct router {
    const struct router_host *host;
    struct router_config config;
    msec now, started; /* started: the first time that it was told */
    bool clock_set;
    bool paused;
    bool ending;    /* it has said, or says, its last word */
    msec last_word; /* ... and until when it may */
    struct handle_table handles;
    struct timer_heap timers;
    struct outbox outbox;

    struct interface *by_name; /* uthash */
    struct interface_order {
        uint32_t order;
        struct interface *interface; /* NULL: deleted */
    } * order;                       /* ascending: an index is found by halving */
    size_t order_used, order_capacity, order_dead;
    uint32_t next_order; /* of the next interface; from 1 */
    struct interface *internal, *loopback;
    struct lan_link *lans;    /* of DEDICATED and LOOPBACK interfaces (utlist) */
    uint32_t undecided;       /* clients of the start that are being asked about */
    struct request *settling; /* who waits for these (utlist) */
    struct client *clients;   /* those that are there, and those that are expected (utlist) */

    struct port_table ports;
    struct notification *notifications;
    struct router_manager *managers;
    struct catalogue_entry *catalogue;
    struct builtin_protocol *builtins; /* config.builtin_count rows */
    struct iftransport *updating;      /* with a running update (utlist) */
    uint32_t next_serial;              /* of updates and bindings */
    struct {
        struct outbox_entry changed;
        bool begun;
    } host_routes;
    struct outbox_entry filters_changed;
    struct {
        bool wanted;         /* some interface has routes to hold, or had some */
        uint32_t host_index; /* of the host's device that holds them; 0: there is none */
        bool reserved;       /* room for the timer, from the first device on */
        struct timer hours;  /* looks at dial-out hours, each minute */
    } hold;
};

#endif
