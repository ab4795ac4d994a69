/* Numbers of information blocks and of route protocols.
 *
 * A blob (infoblock.h) has blocks of the router manager itself (INFO_IP_*) and one per routing
 * protocol, whose type is the protocol's number. Sources: Ipinfoid.h, Iprtrmib.h, routprot.h;
 * MS-RRASM 2.2.1.2.11. src/win32 asserts the values that the headers have.
 */
#ifndef MPR_INFOBLOCK_TYPES_H
#define MPR_INFOBLOCK_TYPES_H

/* The router manager's own blocks; INFO_ + the SDK's name. Macros, since an enumerator of C11 is
 * an int, which has no room for them. 0xFFFF0008 is not assigned. */
#define INFO_IP_IN_FILTER_INFO             0xFFFF0001u
#define INFO_IP_OUT_FILTER_INFO            0xFFFF0002u
#define INFO_IP_GLOBAL_INFO                0xFFFF0003u
#define INFO_IP_INTERFACE_STATUS_INFO      0xFFFF0004u
#define INFO_IP_ROUTE_INFO                 0xFFFF0005u
#define INFO_IP_PROT_PRIORITY_INFO         0xFFFF0006u
#define INFO_IP_ROUTER_DISC_INFO           0xFFFF0007u
#define INFO_IP_DEMAND_DIAL_FILTER_INFO    0xFFFF0009u
#define INFO_IP_MCAST_HEARBEAT_INFO        0xFFFF000Au /* spelled so in the SDK */
#define INFO_IP_MCAST_BOUNDARY_INFO        0xFFFF000Bu
#define INFO_IP_IPINIP_CFG_INFO            0xFFFF000Cu
#define INFO_IP_IFFILTER_INFO              0xFFFF000Du
#define INFO_IP_MCAST_LIMIT_INFO           0xFFFF000Eu
#define INFO_IPV6_GLOBAL_INFO              0xFFFF000Fu
#define INFO_IPV6_ROUTE_INFO               0xFFFF0010u
#define INFO_IP_IN_FILTER_INFO_V6          0xFFFF0011u
#define INFO_IP_OUT_FILTER_INFO_V6         0xFFFF0012u
#define INFO_IP_DEMAND_DIAL_FILTER_INFO_V6 0xFFFF0013u
#define INFO_IP_IFFILTER_INFO_V6           0xFFFF0014u
#define INFO_IP_FILTER_ENABLE_INFO         0xFFFF0015u
#define INFO_IP_FILTER_ENABLE_INFO_V6      0xFFFF0016u
#define INFO_IP_PROT_PRIORITY_INFO_EX      0xFFFF0017u

/* Who a route comes from (dwForwardProto, dwRtInfoProto); for protocols also the block type. */
enum route_protocol {
    ROUTE_PROTO_OTHER = 1,
    ROUTE_PROTO_LOCAL = 2,
    ROUTE_PROTO_NETMGMT = 3,
    ROUTE_PROTO_ICMP = 4,
    ROUTE_PROTO_EGP = 5,
    ROUTE_PROTO_GGP = 6,
    ROUTE_PROTO_HELLO = 7,
    ROUTE_PROTO_RIP = 8,
    ROUTE_PROTO_IS_IS = 9,
    ROUTE_PROTO_ES_IS = 10,
    ROUTE_PROTO_CISCO = 11,
    ROUTE_PROTO_BBN = 12,
    ROUTE_PROTO_OSPF = 13,
    ROUTE_PROTO_BGP = 14,
    ROUTE_PROTO_BOOTP = 9999,
    ROUTE_PROTO_ROUTER_MANAGER = 10000, /* IPRTRMGR_PID */
    ROUTE_PROTO_NT_AUTOSTATIC = 10002,
    ROUTE_PROTO_DHCP_ALLOCATOR = 10004,
    ROUTE_PROTO_NT_STATIC = 10006,
    ROUTE_PROTO_NT_STATIC_NON_DOD = 10007
};

/* dwForwardType, dwRtInfoType (MIB_IPFORWARD_TYPE). */
enum route_type {
    ROUTE_TYPE_OTHER = 1,
    ROUTE_TYPE_INVALID = 2,
    ROUTE_TYPE_DIRECT = 3,
    ROUTE_TYPE_INDIRECT = 4
};

/* dwAdminStatus of INFO_IP_INTERFACE_STATUS_INFO. */
enum interface_admin_status { IF_ADMIN_STATUS_UP = 1, IF_ADMIN_STATUS_DOWN = 2 };

#endif
