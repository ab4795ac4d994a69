/* testproto.dll: a routing protocol that misbehaves on request.
 *
 * An example of a third-party protocol for the Routing Protocol Interface (routprot.h), and what
 * programs that manage the router are tested with. It routes nothing: how it answers an autostatic
 * update on an interface is told by that interface's block, a struct testproto_interface under
 * block type TESTPROTO_ID.
 *
 * To use it: put testproto.dll on the DLL search path; enter it in the catalogue,
 *     HKLM\Software\Microsoft\Router\CurrentVersion\RouterManagers\Ip\TESTPROTO
 *         ProtocolId REG_DWORD TESTPROTO_ID    DllName REG_SZ testproto.dll
 * add a block TESTPROTO_ID (struct testproto_global) to the transport's global information, which
 * loads and starts it, and a block TESTPROTO_ID to the interface's information.
 *
 * How RegisterProtocol behaves must be told before there is any block: by the environment variable
 * TESTPROTO_REGISTER, a number of enum testproto_register.
 */
#ifndef TESTPROTO_H
#define TESTPROTO_H

#include <windows.h>

/* PROTOCOL_ID(PROTO_TYPE_UCAST, vendor 0x3FF, 0x7E57) */
#define TESTPROTO_ID 0x03FF7E57u

/* The DLL's second protocol, which is on every interface (RF_ADD_ALL_INTERFACES), has no blocks of
 * its own to read, and has all of a MIB that answers a DWORD with it, and nothing else that is
 * optional. */
#define TESTPROTO_PEER_ID 0x03FF7E58u

/* What DoUpdateRoutes does. In the order of the letters a to k in which the tests name them. */
enum testproto_mode {
    TESTPROTO_INSIDE = 0,       /* a: UPDATE_COMPLETE is queued within the call */
    TESTPROTO_LATER = 1,        /* b: from a thread, after delay_ms; also a failing status (c) */
    TESTPROTO_FAIL_AT_ONCE = 2, /* d: DoUpdateRoutes returns status (0: ERROR_CAN_NOT_COMPLETE) */
    TESTPROTO_NEVER = 3,        /* e: started, and nothing more is heard */
    TESTPROTO_WRONG_INTERFACE = 4, /* f: completes for interface index + 1000, never for its own */
    TESTPROTO_WRONG_TYPE = 5,      /* f: completes with update type 8 (services) */
    TESTPROTO_TWO_MESSAGES = 6, /* g: SAVE_INTERFACE_CONFIG_INFO and UPDATE_COMPLETE, one event */
    TESTPROTO_EMPTY_EVENT = 7, /* h: the event without any message, after delay_ms the completion */
    TESTPROTO_STOPS = 8,       /* i: ROUTER_STOPPED instead of a completion */
    TESTPROTO_TWICE = 9,       /* completes twice */
    TESTPROTO_CRASH = 10,      /* DoUpdateRoutes crashes */
    TESTPROTO_HANG = 11        /* DoUpdateRoutes returns after delay_ms, then completes */
};

/* The interface block. A shorter or missing one counts as zeroes. */
struct testproto_interface {
    DWORD mode;
    DWORD delay_ms;
    DWORD status; /* UpdateStatus of the completion */
};

/* The global block. */
struct testproto_global {
    DWORD stop_pending; /* not 0: StopProtocol answers ERROR_PROTOCOL_STOP_PENDING first */
};

/* What MIB functions do: input of MibCreate to MibGetNext. An output is of the same form. */
struct testproto_mib {
    DWORD what;
    DWORD value;
};

enum testproto_mib_what {
    TESTPROTO_MIB_ROW = 0,    /* rows 1 to TESTPROTO_MIB_ROWS: MibGet gives that of value */
    TESTPROTO_MIB_STATUS = 1, /* answers value */
    TESTPROTO_MIB_EMPTY = 2,  /* NO_ERROR without any output */
    TESTPROTO_MIB_GROWS = 3,  /* needs more each time that it is asked */
    TESTPROTO_MIB_LIES = 4,   /* NO_ERROR with a size beyond the room */
    TESTPROTO_MIB_CRASHES = 5,
    TESTPROTO_MIB_HANGS = 6, /* sleeps value milliseconds */
    /* Asks the router in turn for IF_NUMBER, with value as routing pid, by the function of the
     * same name; answers what that answered as value. */
    TESTPROTO_MIB_ASKS = 7,
    TESTPROTO_MIB_TOLD = 8,  /* the record of that number (from 0), a struct testproto_told */
    TESTPROTO_MIB_DIALS = 9, /* DemandDialRequest for interface value; answers what it answered */
    /* ValidateRoute, with the RTM_NET_ADDRESS that follows the input, if one does. Answers what it
     * answered as value, and the route's preference as what. */
    TESTPROTO_MIB_VALIDATES = 10,
    TESTPROTO_MIB_ROUTER_ID = 11, /* GetRouterId */
    /* MibSet: sets stop_pending of the global block to value, or counts up delay_ms of the block of
     * interface value, and has the router save it. */
    TESTPROTO_MIB_SAVES_GLOBAL = 12,
    TESTPROTO_MIB_SAVES_INTERFACE = 13,
    TESTPROTO_MIB_DELETES = 14 /* MibSet: as ASKS, by MIBEntryDelete */
};
#define TESTPROTO_MIB_ROWS 3u

/* What the DLL's protocols were told by the router, since the DLL was loaded; 1,024 records at
 * most. */
enum testproto_entry {
    TESTPROTO_TOLD_START = 1,
    TESTPROTO_TOLD_STOP = 2,
    TESTPROTO_TOLD_ADD = 3,    /* type: NET_INTERFACE_TYPE; data: the block */
    TESTPROTO_TOLD_DELETE = 4, /* DeleteInterface */
    TESTPROTO_TOLD_STATUS = 5, /* type: StatusType; active; data: StatusInfo */
    TESTPROTO_TOLD_CONNECT = 6,
    TESTPROTO_TOLD_DISCONNECT = 7, /* data: ClientAddress */
    TESTPROTO_TOLD_MIB = 8         /* of the peer. type: 0 Get, then GetFirst, GetNext, Create,
                                    * Delete, Set */
};
struct testproto_told {
    DWORD protocol; /* TESTPROTO_ID or TESTPROTO_PEER_ID */
    DWORD entry;
    DWORD index; /* of the interface */
    DWORD type, active;
    DWORD size;     /* of the data, of which only what fits is kept */
    BYTE data[104]; /* an IPV6_ADAPTER_BINDING_INFO with three addresses is kept, too */
};

enum testproto_register {
    TESTPROTO_REGISTER_NORMAL = 0,
    TESTPROTO_REGISTER_FAIL = 1,        /* RegisterProtocol answers ERROR_NOT_SUPPORTED */
    TESTPROTO_REGISTER_CRASH = 2,       /* RegisterProtocol crashes */
    TESTPROTO_REGISTER_SHORT = 3,       /* j: an older version that fills the structure up to
                                         * pfnUpdateRoutes only */
    TESTPROTO_REGISTER_NULLS = 4,       /* k: all that is optional is NULL, DoUpdateRoutes too */
    TESTPROTO_REGISTER_LOAD_FAILS = 5,  /* DllMain refuses to be loaded */
    TESTPROTO_REGISTER_LOAD_CRASHES = 6 /* DllMain crashes */
};

/* The DLL exports a variable testproto_inside, NULL at first: a function that each entry point
 * calls first, so that a program sees what the router calls, and can do something from inside.
 * index is that of the interface, 0 without one. */
typedef void testproto_inside_fn(const char *entry, ULONG index);

#endif
