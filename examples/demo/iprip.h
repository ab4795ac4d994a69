/* Structures that <mprapi.h>, <rtinfo.h> and <ipinfoid.h> speak of and do not declare.
 *
 * The Platform SDK has the first two in ipriprm.h and the third in iprtrmib.h; mingw-w64 has
 * neither. Layouts are those of MS-RRASM 2.2.1.2.16 ff. Addresses are in network order.
 */
#ifndef DEMO_IPRIP_H
#define DEMO_IPRIP_H

#include <windows.h>

/* Block types: a routing protocol's is its number, the router manager's own follow ipinfoid.h. */
#define MS_IP_RIP           8u
#define IP_ROUTES_BLOCK     0xFFFF0005u /* IP_ROUTE_INFO */
#define PROTO_IP_AUTOSTATIC 10002u      /* PROTO_IP_NT_AUTOSTATIC */

typedef struct {
    DWORD GC_LoggingLevel; /* 0 none, 1 errors, 2 and warnings, 3 and information */
    DWORD GC_MaxRecvQueueSize;
    DWORD GC_MaxSendQueueSize;
    DWORD GC_MinTriggeredUpdateInterval; /* seconds */
    DWORD GC_PeerFilterMode;
    DWORD GC_PeerFilterCount; /* addresses that follow the structure */
} IPRIP_GLOBAL_CONFIG;

enum { IPRIP_UPDATE_PERIODIC, IPRIP_UPDATE_DEMAND };
enum { IPRIP_OFF, IPRIP_RIP1, IPRIP_RIP1_COMPAT, IPRIP_RIP2 };
enum { IPRIP_AUTHTYPE_NONE = 1, IPRIP_AUTHTYPE_SIMPLE_PASSWORD, IPRIP_AUTHTYPE_MD5 };
enum { IPRIP_PEER_OFF, IPRIP_PEER_ALSO, IPRIP_PEER_ONLY };

/* IC_ProtocolFlags */
#define IPRIP_FLAG_ACCEPT_HOST_ROUTES    0x01u
#define IPRIP_FLAG_ACCEPT_DEFAULT_ROUTES 0x04u
#define IPRIP_FLAG_SPLIT_HORIZON         0x10u

typedef struct {
    DWORD IC_State;
    DWORD IC_Metric; /* cost of the link, 1 to 15, added to what a neighbour says */
    DWORD IC_UpdateMode;
    DWORD IC_AcceptMode;
    DWORD IC_AnnounceMode;
    DWORD IC_ProtocolFlags;
    DWORD IC_RouteExpirationInterval; /* seconds, as the next two */
    DWORD IC_RouteRemovalInterval;
    DWORD IC_FullUpdateInterval;
    DWORD IC_AuthenticationType;
    BYTE IC_AuthenticationKey[16];
    WORD IC_RouteTag;
    DWORD IC_UnicastPeerMode;
    DWORD IC_AcceptFilterMode;
    DWORD IC_AnnounceFilterMode;
    DWORD IC_UnicastPeerCount; /* addresses, then filters, follow the structure */
    DWORD IC_AcceptFilterCount;
    DWORD IC_AnnounceFilterCount;
} IPRIP_IF_CONFIG;

/* One route of an interface (Windows Server 2008 and later), its IPv4 form. */
typedef struct {
    DWORD dwRtInfoDest;
    DWORD dwRtInfoMask;
    DWORD dwRtInfoPolicy;
    DWORD dwRtInfoNextHop;
    DWORD dwRtInfoAge;
    DWORD dwRtInfoNextHopAS;
    DWORD dwRtInfoMetric1;
    DWORD dwRtInfoMetric2;
    DWORD dwRtInfoMetric3;
    DWORD reserved[3];
    DWORD dwRtInfoIfIndex;
    DWORD dwRtInfoType;
    DWORD dwRtInfoProto;
    DWORD dwRtInfoPreference;
    DWORD dwRtInfoViewSet;
    BOOL bV4;
} INTERFACE_ROUTE_INFO_V4;

C_ASSERT(sizeof(IPRIP_GLOBAL_CONFIG) == 24);
C_ASSERT(sizeof(IPRIP_IF_CONFIG) == 84);
C_ASSERT(sizeof(INTERFACE_ROUTE_INFO_V4) == 72);

#endif
