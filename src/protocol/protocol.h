/* The contract between a router manager and a routing protocol: routprot.h in portable terms.
 *
 * struct routing_protocol is MPR_ROUTING_CHARACTERISTICS, struct protocol_support is
 * SUPPORT_FUNCTIONS plus what a DLL gets from rtm.dll, and struct protocol_system is what a DLL
 * gets from the system it runs on (time, datagrams, digest). A built-in one sees nothing else, and
 * is one folder of src/protocol and one row of struct builtin_protocol.
 *
 * Order of calls: start, add_interface*, start_complete; from then on add_interface,
 * delete_interface, interface_status, set_*_info, do_update_routes in any order; stop at the end.
 * An interface starts disabled; interface_status(ADDRESS_CHANGE) binds it, (ENABLED) enables it.
 * Calls into one protocol never overlap.
 *
 * Events: the protocol queues them for itself, calls support->notify, and is asked for them by
 * get_event_message until that answers ST_NO_MORE_ITEMS. Sources: routprot.h, the pages of the
 * routing protocol interface.
 */
#ifndef MPR_PROTOCOL_PROTOCOL_H
#define MPR_PROTOCOL_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <uchar.h>

#include "base/status.h"
#include "base/timer.h"
#include "rtm/rtm.h"

#define TRANSPORT_IP   0x21u /* PID_IP */
#define TRANSPORT_IPX  0x2Bu /* PID_IPX */
#define TRANSPORT_IPV6 0x57u /* PID_IPV6 */

/* fSupportedFunctionality */
enum {
    PROTOCOL_ROUTING = 0x1,              /* RF_ROUTING */
    PROTOCOL_ROUTING_V6 = 0x2,           /* RF_ROUTINGV6 */
    PROTOCOL_DEMAND_UPDATE_ROUTES = 0x4, /* RF_DEMAND_UPDATE_ROUTES: do_update_routes is usable */
    PROTOCOL_ADD_ALL_INTERFACES = 0x10,  /* RF_ADD_ALL_INTERFACES */
    PROTOCOL_MULTICAST = 0x20            /* RF_MULTICAST */
};

/* ROUTING_PROTOCOL_EVENTS */
enum protocol_event {
    PROTOCOL_ROUTER_STOPPED = 0,
    PROTOCOL_SAVE_GLOBAL_CONFIG_INFO = 1,
    PROTOCOL_SAVE_INTERFACE_CONFIG_INFO = 2,
    PROTOCOL_UPDATE_COMPLETE = 3
};

struct protocol_message {
    uint32_t interface;   /* SAVE_INTERFACE_CONFIG_INFO, UPDATE_COMPLETE */
    uint32_t update_type; /* UPDATE_COMPLETE: PROTOCOL_DEMAND_UPDATE_ROUTES */
    mpr_status update_status;
};

/* NET_INTERFACE_TYPE */
enum net_interface_type {
    NET_PERMANENT = 0,
    NET_DEMAND_DIAL = 1,
    NET_LOCAL_WORKSTATION_DIAL = 2,
    NET_REMOTE_WORKSTATION_DIAL = 3
};

/* Status types of interface_status. */
enum interface_status_type {
    RIS_ADDRESS_CHANGE = 0,
    RIS_ENABLED = 1,
    RIS_DISABLED = 2,
    RIS_MEDIA_PRESENT = 3,
    RIS_MEDIA_ABSENT = 4
};

#define BINDING_MAX_ADDRESSES 16
#define BINDING_MAX_IPV6      8

/* IP_ADAPTER_BINDING_INFO and IPV6_ADAPTER_BINDING_INFO in one. Addresses of IPv4 in host order. No
 * addresses of a family: unnumbered, or no longer bound there. */
struct ip_binding {
    uint32_t count;
    struct {
        uint32_t address, mask;
    } local[BINDING_MAX_ADDRESSES];
    uint32_t remote;     /* of a point-to-point link, else 0 */
    uint32_t mtu;        /* octets */
    uint64_t speed;      /* bits a second */
    uint32_t host_index; /* index of the host adapter: how datagrams find their way */
    uint32_t count6;
    struct {
        struct rtm_address address; /* link-local ones are among them */
        uint8_t length;             /* bits that are the network's */
    } local6[BINDING_MAX_IPV6];
};

/* Whether both have the same addresses of IPv6, in the same order. */
static inline bool ip_binding_same_ipv6(const struct ip_binding *a, const struct ip_binding *b)
{
    if (a->count6 != b->count6) return false;
    for (uint32_t n = 0; n < a->count6; n++) {
        if (a->local6[n].length != b->local6[n].length ||
            memcmp(&a->local6[n].address, &b->local6[n].address, sizeof(a->local6[n].address)) != 0)
            return false;
    }
    return true;
}

/* A configuration block: version is always 1 (the block of an RTR_INFO_BLOCK_HEADER). */
struct protocol_info {
    const void *data;
    size_t size; /* octets of one structure */
    uint32_t count;
};

/* What protocols may ask of their router manager. Callable from inside any entry point. */
struct protocol_support {
    void *context;
    /* DemandDialRequest: start connecting a demand-dial interface. */
    mpr_status (*demand_dial_request)(void *context, uint32_t protocol_id, uint32_t interface);
    /* ValidateRoute: sets route->preference from the priority block. */
    mpr_status (*validate_route)(void *context, uint32_t protocol_id, struct rtm_route *route,
                                 const struct rtm_prefix *destination);
    /* GetRouterId: an IPv4 address, host order. */
    uint32_t (*get_router_id)(void *context);
    /* SetEvent on the notification event: get_event_message has something to say. */
    void (*notify)(void *context);
    /* The route table that the protocol registers with (rtm_register). */
    struct rtm *rtm;
};

struct protocol_datagram {
    uint32_t interface;           /* interface index; 0 when host_index matched no interface */
    uint32_t host_index;          /* host adapter it leaves by or came in on */
    bool ipv6;                    /* the addresses are source6 and destination6 */
    uint32_t source, destination; /* IPv4, host order. Sending: source 0 = the adapter's own */
    struct rtm_address source6;   /* sending: all zero = the adapter's own */
    struct rtm_address destination6;
    uint16_t source_port; /* sending: set by the system, to the protocol's own */
    uint16_t destination_port;
    uint8_t ttl; /* sending: 0 = the default. Received: of IPv6 its hop limit, else 0 */
    const void *data;
    size_t size;
};

/* What the surrounding system offers to a built-in protocol; each has its own. */
struct protocol_system {
    void *context;
    struct timer_heap *timers;
    msec (*now)(void *context);
    uint32_t (*unix_time)(void *context); /* seconds; for RIP's MD5 sequence */
    uint32_t (*random)(void *context);
    /* Queues a datagram from the protocol's port; the data is copied. A datagram that can't be
     * queued or sent is lost, as UDP may lose it: the status is for counters only. */
    mpr_status (*send)(void *context, const struct protocol_datagram *datagram);
    /* Starts or stops receiving on a bound interface what comes to the protocol's port, and
     * membership of a multicast group (0: no group). ST_NOT_SUPPORTED, as send: it has no port. */
    mpr_status (*listen)(void *context, const struct ip_binding *binding, uint32_t group,
                         bool start);
    /* The same at the port of IPv6. */
    mpr_status (*listen6)(void *context, const struct ip_binding *binding,
                          const struct rtm_address *group, bool start);
    void (*md5)(const void *data, size_t size, uint8_t digest[16]);
    uint16_t port; /* UDP port of the protocol, both ways, from its row; 0: none */
    /* Datagrams of one answer that surely arrive when sent back to back: no loss on the way, and
     * room in the receive buffer. A longer answer is asked for again until nothing is missing.
     * 0: nothing is known, and every answer of more than one datagram is. */
    uint32_t receive_burst;
    uint32_t route_limit;     /* routes that the protocol may learn in all; 0: its own default */
    uint32_t neighbour_limit; /* ... from one neighbour; 0: any number within that */
};

struct protocol_instance; /* the protocol's own */

/* Entry points; those marked optional may be NULL. Status values and their conditions are those of
 * the pages: ST_CAN_NOT_COMPLETE, ST_INVALID_PARAMETER (no such interface, bad block). */
struct routing_protocol {
    const char *name;
    uint32_t protocol_id;
    uint32_t functionality;

    mpr_status (*start)(struct protocol_instance **ret, const struct protocol_support *support,
                        const struct protocol_system *system, const struct protocol_info *global);
    mpr_status (*start_complete)(struct protocol_instance *p);
    /* ST_OK: stopped and freed. ST_PROTOCOL_STOP_PENDING: ROUTER_STOPPED will follow, as the last
     * message: handing it out frees the instance, and get_event_message is not called again. Until
     * then nothing else may be called but, of a built-in protocol, stop once more: that frees it at
     * once. support and system are used until it is freed; notify may be called from inside. */
    mpr_status (*stop)(struct protocol_instance *p);
    mpr_status (*set_global_info)(struct protocol_instance *p, const struct protocol_info *info);
    /* The block as it is now, allocated with mem_alloc. */
    mpr_status (*get_global_info)(struct protocol_instance *p, void **ret_data, size_t *ret_size);
    mpr_status (*add_interface)(struct protocol_instance *p, const char16_t *name,
                                uint32_t interface, enum net_interface_type type,
                                const struct protocol_info *info);
    mpr_status (*delete_interface)(struct protocol_instance *p, uint32_t interface);
    /* binding only for RIS_ADDRESS_CHANGE, else NULL. */
    mpr_status (*interface_status)(struct protocol_instance *p, uint32_t interface, bool active,
                                   enum interface_status_type type,
                                   const struct ip_binding *binding);
    mpr_status (*set_interface_info)(struct protocol_instance *p, uint32_t interface,
                                     const struct protocol_info *info);
    mpr_status (*get_interface_info)(struct protocol_instance *p, uint32_t interface,
                                     void **ret_data, size_t *ret_size);
    mpr_status (*get_event_message)(struct protocol_instance *p, enum protocol_event *ret_event,
                                    struct protocol_message *ret_message);
    /* ST_OK: started; the end is told by UPDATE_COMPLETE, once, and only then. */
    mpr_status (*do_update_routes)(struct protocol_instance *p, uint32_t interface);

    /* Not part of routprot.h: input for a built-in protocol that asked to listen. */
    void (*datagram)(struct protocol_instance *p, const struct protocol_datagram *datagram);
    /* MIB (optional): input and output as in MibGet, MibGetFirst, MibGetNext; output is allocated
     * with mem_alloc. ST_NO_MORE_ITEMS at the end of a table. */
    mpr_status (*mib_get)(struct protocol_instance *p, unsigned next, const void *in,
                          size_t in_size, void **ret_out, size_t *ret_size);
};

/* A protocol that is linked in: a row of the table that the router is given (router_create). */
struct builtin_protocol {
    uint32_t transport;                      /* PID_IP, PID_IPV6 */
    const struct routing_protocol *protocol; /* its protocol_id is the row's key */
    const char16_t *name;                    /* how values of the configuration begin: Rip */
    uint16_t port;                           /* struct protocol_system: port */
    uint32_t route_limit;                    /* struct protocol_system: route_limit */
    uint32_t neighbour_limit;                /* struct protocol_system: neighbour_limit */
};

#endif
