/* Protocols hosted by a router manager: built-in ones called directly, foreign ones (DLLs) through
 * calls that the host runs on a thread of their own, one at a time and in order.
 *
 * What the host owes: a callback that the DLL left NULL is answered with ST_NOT_SUPPORTED (and
 * CALL_LOAD of a DLL that lacks one that every protocol must have with an error); every call is
 * answered once, however late. What a DLL says is checked by the core, which keeps its own table
 * of interfaces: unknown functionality is masked, unsolicited events are ignored with a trace.
 */
#ifndef MPR_ROUTER_HOSTED_CALL_H
#define MPR_ROUTER_HOSTED_CALL_H

#include "base/bytes.h"
#include "base/handle.h"
#include "protocol/protocol.h"
#include "router/outbox.h"

enum protocol_call_kind {
    CALL_LOAD, /* load the DLL and RegisterProtocol; out: functionality */
    CALL_START,
    CALL_START_COMPLETE,
    CALL_STOP,
    CALL_SET_GLOBAL_INFO,
    CALL_GET_GLOBAL_INFO,
    CALL_ADD_INTERFACE,
    CALL_DELETE_INTERFACE,
    CALL_INTERFACE_STATUS,
    CALL_SET_INTERFACE_INFO,
    CALL_GET_INTERFACE_INFO,
    CALL_DO_UPDATE_ROUTES,
    CALL_CONNECT_CLIENT, /* not of built-in protocols, as the next */
    CALL_DISCONNECT_CLIENT,
    CALL_MIB /* MibCreate to MibGetNext, as mib_op says */
};

struct request;
struct mib_ask;

/* One call. Made by the core, which owns it; the host reads the in-part and writes the out-part
 * between protocol_call and router_protocol_answer, without the lock. A call that is not answered
 * within call_timeout is given up by the core: everything it belongs to completes with ST_TIMEOUT
 * (a route update with ST_CAN_NOT_COMPLETE), the protocol counts as failed and is called no more;
 * the call itself stays allocated until the host answers. */
struct protocol_call {
    /* in */
    enum protocol_call_kind kind;
    handle_t32 protocol; /* the hosted protocol */
    uint32_t protocol_id;
    uint32_t transport;
    const char16_t *dll_name; /* CALL_LOAD, else NULL; lives as long as the call */
    uint32_t interface;
    char16_t interface_name[257];
    enum net_interface_type interface_type;
    bool active;
    enum interface_status_type status_type;
    struct ip_binding binding;
    bool has_binding;
    struct rtm_address client; /* CONNECT_CLIENT, DISCONNECT_CLIENT: of the transport's family */
    struct blob info;          /* block for START, SET_*, ADD_INTERFACE; empty: none (NULL, 0, 0);
                                * MIB: the input */
    uint32_t info_count;
    uint32_t info_item_size;
    unsigned mib_op; /* MIB: enum mib_op of router/mib/rm_mib.h */
    /* out */
    mpr_status status;
    uint32_t functionality; /* CALL_LOAD */
    struct blob result;     /* GET_*_INFO, MIB: allocated with mem_alloc; the core frees it */
    uint32_t result_count;  /* items in it; 0 counts as 1 */

    /* the core's */
    struct request *request; /* that waits for this call among others, or NULL */
    struct mib_ask *mib;     /* MIB: gone when request is NULL */
    handle_t32 caller;       /* MIB: the protocol whose thread waits, or 0 */
    bool abandoned;          /* nobody waits for the answer */
    msec deadline;
    uint32_t serial; /* ADD_INTERFACE: of the binding; DO_UPDATE_ROUTES: of the update */
    struct protocol_call *prev, *next;
    struct outbox_entry out;
};

/* After router_destroy, calls that are at the host (a last CALL_STOP among them) are the host's:
 * it frees them with this when their protocol's thread has done with them. */
void protocol_call_free(struct protocol_call *call);

/* ---- Within the router ---------------------------------------------------------------------- */

struct hosted_protocol;
struct interface;
struct info_block;
struct router;

/* A call to h about interface i (NULL: none) with a copy of block (NULL: none). NULL: no memory. */
struct protocol_call *call_new(struct hosted_protocol *h, enum protocol_call_kind kind,
                               const struct interface *i, const struct info_block *block);
/* The same for a built-in protocol on the stack; block is borrowed, and nothing is to be freed but
 * result. */
void call_init(struct protocol_call *call, const struct hosted_protocol *h,
               enum protocol_call_kind kind, const struct interface *i);
/* Gives the call a block without copying it. */
void call_borrow(struct protocol_call *call, const struct info_block *block);
/* Queues a call of a foreign protocol; request (or NULL) gets one part more. */
void call_queue(struct hosted_protocol *h, struct protocol_call *call, struct request *request);
/* Sends the next call to the host if none is out. */
void call_dispatch(struct hosted_protocol *h);
/* Ends all calls, queued or out, for what waits for them. */
void call_drop_all(struct hosted_protocol *h, mpr_status status);
/* The same for what waits only: the calls stay. */
void call_end_all(struct hosted_protocol *h, mpr_status status);
/* Ends the queued calls about an interface up to its next ADD or DELETE_INTERFACE. */
void call_drop_interface(struct hosted_protocol *h, uint32_t interface, mpr_status status);
/* One part of request (may be NULL) is over. */
void call_part_done(struct router *r, struct request *request, mpr_status status);
void call_watchdog_start(struct hosted_protocol *h);
/* It has so many times the timeout of a call from now on. */
void call_watchdog_extend(struct hosted_protocol *h, unsigned times);

#endif
