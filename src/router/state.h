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

#include "base/hash.h"
#include "router/hosted.h"
#include "router/router.h"

/* ---- updates ------------------------------------------------------------------------------- */

/* One autostatic update of one transport on one interface: IDLE, or RUNNING until every protocol
 * that was asked has answered or the watchdog has fired. */
struct route_update {
    bool running;
    bool has_result;
    mpr_status result;      /* of the last update since the interface connected */
    uint32_t expected;      /* protocols whose UPDATE_COMPLETE is outstanding */
    mpr_status first_error;
    struct request *request; /* NULL: nobody waits any more (server handle closed) */
    struct timer watchdog;
};

/* ---- transports on interfaces --------------------------------------------------------------- */

/* A protocol on an interface (it has a block there, or wants all interfaces). */
struct protocol_binding {
    struct hosted_protocol *protocol;
    bool added;       /* ADD_INTERFACE was called (or queued) */
    bool bound;       /* got an address and ENABLED */
    bool updating;    /* an UPDATE_COMPLETE of the running update is outstanding */
    struct protocol_binding *prev, *next;
};

struct iftransport {
    struct interface *interface;
    struct router_manager *manager;
    struct blob info;  /* InterfaceInfo as set; routes of the last update included */
    struct protocol_binding *protocols;
    struct route_update update;
    struct iftransport *prev, *next; /* of the interface */
};

/* ---- interfaces ----------------------------------------------------------------------------- */

struct interface {
    struct router *router;
    char16_t name[INTERFACE_NAME_MAX + 1];
    char16_t folded[INTERFACE_NAME_MAX + 1]; /* key of by_name */
    handle_t32 handle;
    uint32_t order;  /* creation number: resume handle of enumerations, never reused */
    uint32_t index;  /* as protocols see it; = order */
    enum interface_type type;
    bool enabled;
    bool stored;
    char16_t *dialout_hours; /* multi-string or NULL */

    enum connection_state state; /* without what info adds: disabled, paused, hours */
    uint32_t reasons;
    mpr_status last_error;
    struct ip_binding binding;   /* while CONNECTED (LAN: while it has addresses) */
    bool has_binding;
    bool media; /* LAN: the adapter is there and up */

    /* demand-dial only */
    struct dial_entry *entry, *next_entry; /* in force; from the next connection on */
    struct dial_plan *plan, *next_plan;
    uint32_t attempt;       /* number of the current dial attempt; 0 none yet */
    uint32_t attempts_left; /* redials */
    uint32_t scripted_failures;
    struct timer dial_timer; /* scripted outcome, redial pause, scripted drop, reachable again */
    enum dial_phase { DIAL_IDLE, DIAL_DIALLING, DIAL_PAUSE, DIAL_UP, DIAL_BACK_OFF } phase;
    struct request *connecting; /* requests that wait for the attempt (utlist) */
    struct outbox_entry *hang_up_reserve; /* so that a disconnect can't fail for memory */

    struct iftransport *transports; /* utlist */
    UT_hash_handle hh;       /* by_name */
    UT_hash_handle hh_index; /* by_index */
};

/* ---- router managers and protocols ---------------------------------------------------------- */

enum hosted_state {
    HOSTED_LOADING,  /* CALL_LOAD is out */
    HOSTED_STARTING, /* CALL_START is out */
    HOSTED_RUNNING,
    HOSTED_STOPPING, /* until ROUTER_STOPPED */
    HOSTED_FAILED    /* its block stays, calls are not made */
};

struct hosted_protocol {
    struct router_manager *manager;
    handle_t32 ref;     /* how the host names it (HANDLE_TRANSPORT kind) */
    uint32_t protocol_id;
    uint32_t functionality;
    enum hosted_state state;
    const struct routing_protocol *builtin; /* NULL: foreign */
    struct protocol_instance *instance;
    struct protocol_support support;
    const char16_t *dll_name;
    bool notified;      /* built-in: has events to drain before the lock is left */
    struct protocol_call *calls; /* queued or out, oldest first (utlist) */
    struct hosted_protocol *prev, *next;
};

struct router_manager {
    struct router *router;
    uint32_t transport;
    struct blob global, client;
    struct rtm *rtm;
    struct rtm_entity *entity; /* the manager's own: static and autostatic routes */
    struct hosted_protocol *protocols; /* utlist */
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
    msec now, started;
    bool paused;
    struct handle_table handles;
    struct timer_heap timers;
    struct outbox outbox;

    struct interface *by_name;  /* uthash */
    struct interface *by_index; /* uthash, key index */
    struct interface_order {
        uint32_t order;
        struct interface *interface; /* NULL: deleted */
    } * order;
    size_t order_used, order_capacity, order_dead;
    uint32_t next_order;

    struct notification *notifications;
    struct router_manager *managers;
    struct catalogue_entry *catalogue;
    struct protocol_system system; /* for built-in protocols */
};

/* ---- between the files of this folder -------------------------------------------------------- */

struct interface *interface_get(struct router *r, handle_t32 handle);
struct interface *interface_by_index(struct router *r, uint32_t index);
bool interface_is_demand_dial(const struct interface *i);

/* rm.c: to be told by DIM and DDM. */
/* The interface got (up) or lost (down) its addresses; its state is set already. */
void rm_interface_up(struct interface *i);
void rm_interface_down(struct interface *i);
/* Media or enabled/disabled changed without a change of addresses. */
void rm_interface_status(struct interface *i, enum interface_status_type type);
/* The interface is being deleted: transports, bindings, updates and routes go. */
void rm_interface_gone(struct interface *i);
/* A new LAN, loopback or internal interface without stored configuration: give it the installed
 * transports with empty info. Failure leaves it without. */
mpr_status rm_interface_defaults(struct interface *i);
/* A server handle closes: its updates are completed with ST_OPERATION_ABORTED. */
void rm_server_closed(struct router *r, handle_t32 server);
/* router_destroy: stop everything; requests complete with ST_ROUTER_STOPPED. */
void rm_shutdown(struct router *r);
/* Drains the events of built-in protocols that called notify; called at the end of every public
 * function that may have run one (router_run_timers, router_datagram, ...). */
void hosted_drain(struct router *r);

/* ddm.c */
void ddm_shutdown(struct router *r);
/* A protocol asks for the link (DemandDialRequest). */
mpr_status ddm_demand(struct router *r, struct interface *i);
void ddm_notify(struct router *r); /* something connected or disconnected: signal all */

/* request.c: result and completion. */
void request_complete(struct router *r, struct request *request, mpr_status status);

/* outbox entries of their own. Each copies what it is given; false when out of memory. */
bool post_store(struct router *r, const struct store_item *item);
bool post_send(struct router *r, const struct protocol_datagram *datagram);
bool post_listen(struct router *r, const struct ip_binding *binding, uint32_t group, bool start);
bool post_dial(struct router *r, const struct interface *i);

#endif
