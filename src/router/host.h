/* The one seam to the outside: everything that the core may ask of the system around it.
 *
 * Functions marked (outbox) are called by router_flush, in the order in which the core decided on
 * them, after the lock has been released; they must not block for long and may call into the
 * engine only from another thread. Functions marked (pure) are called under the lock and must not
 * block or come back at all. No other function pointer leads out of the core.
 */
#ifndef MPR_ROUTER_HOST_H
#define MPR_ROUTER_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/handle.h"
#include "base/status.h"
#include "protocol/protocol.h"
#include "router/ddm/dial.h"

struct admission;
struct request;

/* An event of the caller's, already duplicated by the host; 0 is none. */
typedef uintptr_t host_event;

/* Where a changed configuration blob belongs in Windows' registry layout. */
struct store_item {
    enum store_kind {
        STORE_INTERFACE_INFO, /* Interfaces\<n>\<transport> InterfaceInfo of the named interface */
        STORE_GLOBAL_INFO     /* RouterManagers\<transport> GlobalInfo */
    } kind;
    const char16_t *interface_name; /* STORE_INTERFACE_INFO */
    uint32_t transport;             /* PID_IP, PID_IPV6 */
    const void *data;
    size_t size;
};

/* A dial attempt. Valid during the call. attempt comes back in router_dial_result and
 * router_link_down, and tells a late answer from a current one. */
struct dial_attempt {
    handle_t32 interface;
    uint32_t attempt;
    const char16_t *interface_name;
    const struct dial_entry *entry;
    const struct dial_plan *plan;
};

/* A call into a protocol that is not built in; see router/rm/hosted.h. */
struct protocol_call;

/* Where a built-in protocol is to be heard or not any more: what comes to a UDP port of a family on
 * the adapter of a binding, with membership of a group of that family if it is not 0. */
struct port_listen {
    struct ip_binding binding;
    uint16_t port;
    bool ipv6, start;
    uint32_t group;            /* IPv4, host order */
    struct rtm_address group6; /* IPv6 */
};

struct router_host {
    void *context;

    /* (outbox) The request is over: signal and close its event, or wake its waiter. Its memory is
     * the host's (whoever made the request) from here on. */
    void (*complete)(void *context, struct request *request);
    /* (outbox) SetEvent. */
    void (*signal)(void *context, host_event event);
    /* (outbox) CloseHandle of an event that the core was given. */
    void (*close_event)(void *context, host_event event);
    /* (outbox) Begin dialling; the answer comes through router_dial_result. Kinds
     * from DIALER_HOST on: SCRIPTED is done by the core itself. */
    void (*dial)(void *context, const struct dial_attempt *attempt);
    /* (outbox) Take down the link of an attempt, whether it is up or still being dialled; no
     * answer. */
    void (*hang_up)(void *context, handle_t32 interface, uint32_t attempt);
    /* (outbox) Run a call of a hosted (foreign) protocol on that protocol's own thread; the answer
     * comes through router_protocol_answer. */
    void (*protocol_call)(void *context, struct protocol_call *call);
    /* (outbox) Ask the RAS administration DLLs, or tell them of an end; see router/ddm/port.h. Only
     * called when router_administrate said so. */
    void (*admission)(void *context, struct admission *admission);
    /* (outbox) Write to the stored configuration. A failure is logged by the host. */
    void (*store)(void *context, const struct store_item *item);
    /* (outbox) Send a datagram of a built-in protocol from UDP port datagram->source_port. */
    void (*send)(void *context, const struct protocol_datagram *datagram);
    /* (outbox) Start or stop receiving; what comes, comes through router_datagram. Starts and stops
     * are counted for each adapter, family, port and group. */
    void (*listen)(void *context, const struct port_listen *listen);

    /* (outbox) Best routes have changed since router_host_routes_next gave all that there was: ask
     * again, from another thread. Only called after router_host_routes_begin. */
    void (*routes_changed)(void *context);

    /* (outbox) Packet filters are others than router_host_filters gave: ask again, from another
     * thread. Never called while no interface has any. */
    void (*filters_changed)(void *context);

    /* (pure) */
    uint32_t (*random)(void *context);
    /* (pure) Seconds since 1970, UTC. */
    uint32_t (*unix_time)(void *context);
    /* (pure) Local time as minutes since Sunday 00:00, for dial-out hours. */
    uint32_t (*minute_of_week)(void *context);
    /* (pure) */
    void (*md5)(const void *data, size_t size, uint8_t digest[16]);
};

#endif
