/* mprapi_ripng.h - the blocks and the MIB of the built-in RIPng (RFC 2080). Windows has no such
 * protocol, so these structures are this library's own: they are RIP's, which are documented
 * ([MS-RRASM] 2.2.1.2.16 and following), with addresses of 16 octets.
 *
 *     #include <windows.h>
 *     #include <mprapi_ripng.h>
 *
 * Both blocks have type MS_IPV6_RIPNG, below the transport PID_IPV6: the global one starts RIPng,
 * the one of an interface has it run there. A MIB query is for PID_IPV6 and MIB_IPPROTO_RIP.
 */
#ifndef MPRAPI_RIPNG_H
#define MPRAPI_RIPNG_H

#include <windows.h>

#define MS_IPV6_RIPNG 8u /* the number of RIP, which is another protocol below PID_IP */

/* GC_PeerFilterCount addresses of 16 octets follow, in network order. */
typedef struct {
    DWORD GC_LoggingLevel; /* 0 none, 1 errors, 2 and warnings, 3 and information */
    DWORD GC_MaxRecvQueueSize;
    DWORD GC_MaxSendQueueSize;
    DWORD GC_MinTriggeredUpdateInterval; /* seconds, 1 to 86400 */
    DWORD GC_PeerFilterMode;             /* RIPNG_FILTER_...: from which neighbours it learns */
    DWORD GC_PeerFilterCount;
} RIPNG_GLOBAL_CONFIG;

enum { RIPNG_UPDATE_PERIODIC = 0, RIPNG_UPDATE_DEMAND = 1 };
enum { RIPNG_OFF = 0, RIPNG_ON = 1 };
enum { RIPNG_FILTER_OFF = 0, RIPNG_FILTER_INCLUDE = 1, RIPNG_FILTER_EXCLUDE = 2 };

/* IC_ProtocolFlags */
enum {
    RIPNG_FLAG_ACCEPT_HOST_ROUTES = 0x01,
    RIPNG_FLAG_ANNOUNCE_HOST_ROUTES = 0x02,
    RIPNG_FLAG_ACCEPT_DEFAULT_ROUTES = 0x04,
    RIPNG_FLAG_ANNOUNCE_DEFAULT_ROUTES = 0x08,
    RIPNG_FLAG_SPLIT_HORIZON = 0x10,
    RIPNG_FLAG_POISON_REVERSE = 0x20,
    RIPNG_FLAG_GRACEFUL_SHUTDOWN = 0x40,
    RIPNG_FLAG_TRIGGERED_UPDATES = 0x80
};

/* IC_AcceptFilterCount, then IC_AnnounceFilterCount ranges of destinations follow: two addresses of
 * 16 octets each, both included. */
typedef struct {
    DWORD IC_State;         /* told: 1 enabled, 2 bound; not taken */
    DWORD IC_Metric;        /* cost of the link, 1 to 15, added to what a neighbour says */
    DWORD IC_UpdateMode;    /* RIPNG_UPDATE_... */
    DWORD IC_AcceptMode;    /* RIPNG_OFF, RIPNG_ON */
    DWORD IC_AnnounceMode;  /* RIPNG_OFF, RIPNG_ON */
    DWORD IC_ProtocolFlags; /* RIPNG_FLAG_... */
    DWORD IC_RouteExpirationInterval; /* seconds, 15 to 259200 */
    DWORD IC_RouteRemovalInterval;    /* seconds, 15 to 259200 */
    DWORD IC_FullUpdateInterval;      /* seconds, 15 to 86400 */
    DWORD IC_Reserved1;               /* 1 */
    BYTE IC_Reserved2[16];            /* 0 */
    WORD IC_RouteTag;
    WORD IC_Reserved3;
    DWORD IC_Reserved4;        /* 0 */
    DWORD IC_AcceptFilterMode; /* RIPNG_FILTER_... */
    DWORD IC_AnnounceFilterMode;
    DWORD IC_Reserved5; /* 0 */
    DWORD IC_AcceptFilterCount;
    DWORD IC_AnnounceFilterCount;
} RIPNG_IF_CONFIG;

/* Types and answers are those of IPRIP_MIB_GET_INPUT_DATA; a binding is {DWORD IB_State, DWORD
 * count} with {BYTE address[16], DWORD length of the prefix} for each address. */
enum {
    RIPNG_GLOBAL_STATS_ENTRY = 0,
    RIPNG_GLOBAL_CONFIG_ENTRY = 1,
    RIPNG_IF_STATS_ENTRY = 2,   /* by interface */
    RIPNG_IF_CONFIG_ENTRY = 3,  /* by interface */
    RIPNG_IF_BINDING_ENTRY = 4, /* by interface */
    RIPNG_PEER_STATS_ENTRY = 5  /* by interface and neighbour's address */
};

/* The answer begins with the same members, for the row that it is about. */
typedef struct {
    DWORD RMGID_TypeId;
    DWORD RMGID_IfIndex;
    BYTE RMGID_PeerAddress[16]; /* link-local */
} RIPNG_MIB_GET_INPUT_DATA;

#endif
