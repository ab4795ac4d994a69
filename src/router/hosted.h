/* Protocols hosted by a router manager: built-in ones called directly, foreign ones (DLLs) through
 * calls that the host runs on a thread of their own, one at a time and in order. */
#ifndef MPR_ROUTER_HOSTED_H
#define MPR_ROUTER_HOSTED_H

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
    CALL_DO_UPDATE_ROUTES
};

struct request;

/* One call. Made by the core, which owns it; the host reads the in-part and writes the out-part
 * between protocol_call and router_protocol_answer, without the lock. A call that is not answered
 * within call_timeout is given up by the core: everything it belongs to completes with ST_TIMEOUT,
 * the call itself stays allocated until the host answers. */
struct protocol_call {
    /* in */
    enum protocol_call_kind kind;
    handle_t32 protocol;    /* the hosted protocol */
    uint32_t protocol_id;
    uint32_t transport;
    const char16_t *dll_name; /* CALL_LOAD; lives as long as the router */
    uint32_t interface;
    char16_t interface_name[257];
    enum net_interface_type interface_type;
    bool active;
    enum interface_status_type status_type;
    struct ip_binding binding;
    bool has_binding;
    struct blob info;       /* block for START, SET_*, ADD_INTERFACE */
    uint32_t info_count;
    uint32_t info_item_size;
    /* out */
    mpr_status status;
    uint32_t functionality; /* CALL_LOAD */
    struct blob result;     /* GET_*_INFO */

    /* the core's */
    struct request *request; /* that waits for this call among others, or NULL */
    bool abandoned;
    msec deadline;
    struct protocol_call *prev, *next;
    struct outbox_entry out;
};

#endif
