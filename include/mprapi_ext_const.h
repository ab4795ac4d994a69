/* mprapi_ext_const.h - constants of the Windows SDK that mingw-w64's <mprapi.h>, <ras.h> and
 * <ipinfoid.h> lack. Part of mprapi_ext.h. Each is left alone where it is defined already.
 */
#ifndef MPRAPI_EXT_CONST_H
#define MPRAPI_EXT_CONST_H

/* Transports. Every dwTransportId and dwProtocolId takes one; it names a router manager too. Page:
 * MprAdminTransportCreate. */
#ifndef PID_IPV6
#define PID_IPV6 0x00000057 /* Server 2008 and later */
#endif

/* One past the last interface type; no interface has it. Page: ROUTER_INTERFACE_TYPE. */
#ifndef ROUTER_IF_TYPE_MAX
#define ROUTER_IF_TYPE_MAX 8
#endif

/* Network protocols of a demand-dial interface (dwfNetProtocols). Page: MPR_INTERFACE_2. */
#ifndef RASNP_Ipv6
#define RASNP_Ipv6 0x00000008
#endif
#ifndef MPRNP_Ipv6
#define MPRNP_Ipv6 RASNP_Ipv6
#endif

/* VPN strategies (dwVpnStrategy): the only tunnel to use, or the first to try. Page:
 * MPR_INTERFACE_2. */
#ifndef VS_Ikev2Only
#define VS_Ikev2Only  7
#define VS_Ikev2First 8
#endif
#ifndef MPR_VS_Ikev2Only
#define MPR_VS_Ikev2Only  VS_Ikev2Only
#define MPR_VS_Ikev2First VS_Ikev2First
#endif

/* Options of a demand-dial interface (dwfOptions), Windows 8 and later. The bits mean other things
 * in RASENTRY options: they must not be copied over. Page: MPR_INTERFACE_2. */
#ifndef MPRIO_RequireMachineCertificates
#define MPRIO_RequireMachineCertificates 0x01000000
#endif
#ifndef MPRIO_UsePreSharedKeyForIkev2Initiator
#define MPRIO_UsePreSharedKeyForIkev2Initiator 0x02000000
#endif
#ifndef MPRIO_UsePreSharedKeyForIkev2Responder
#define MPRIO_UsePreSharedKeyForIkev2Responder 0x04000000
#endif
/* The page has this one, but no published header does; the value is RASEO_UseLogonCredentials. */
#ifndef MPRIO_UseLogonCredentials
#define MPRIO_UseLogonCredentials 0x00004000
#endif

/* Ciphers of a PPP link (dwOptions of PPP_LCP_INFO). Page: PPP_LCP_INFO. */
#ifndef PPP_LCP_AES_128
#define PPP_LCP_AES_128     0x00000040
#define PPP_LCP_AES_256     0x00000080
#define PPP_LCP_AES_192     0x00000100
#define PPP_LCP_GCM_AES_128 0x00000200
#define PPP_LCP_GCM_AES_192 0x00000400
#define PPP_LCP_GCM_AES_256 0x00000800
#endif

/* Which member of PROJECTION_INFO counts, and how IKEv2 authenticated. Pages: PROJECTION_INFO,
 * IKEV2_PROJECTION_INFO. */
#ifndef MPRAPI_PPP_PROJECTION_INFO_TYPE
#define MPRAPI_PPP_PROJECTION_INFO_TYPE   1
#define MPRAPI_IKEV2_PROJECTION_INFO_TYPE 2
#endif
#ifndef MPRAPI_IKEV2_AUTH_USING_CERT
#define MPRAPI_IKEV2_AUTH_USING_CERT 1
#define MPRAPI_IKEV2_AUTH_USING_EAP  2
#endif

/* The object type of MPR_IF_CUSTOMINFOEX (Header.type). Page: MPRAPI_OBJECT_TYPE. */
#ifndef MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT
#define MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT 0x6
#endif

/* Revisions (Header.revision). Together with Header.size they choose a layout:
 *   server and set-config: 1 = Windows 7, 2 = 8, 3 = 8.1 (all EX0), 4 = 8.1 EX1, 5 = 10 EX1
 *   custom settings: 1 = EX0, 2 = EX1, 3 = EX2
 * Revisions 4 and 5 have no published description; the match is ours. Page: MPRAPI_OBJECT_HEADER.
 */
#ifndef MPRAPI_MPR_SERVER_OBJECT_REVISION_2
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_2 0x02
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_3 0x03
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_4 0x04
#define MPRAPI_MPR_SERVER_OBJECT_REVISION_5 0x05
#endif
#ifndef MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_2
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_2 0x02
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_3 0x03
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_4 0x04
#define MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_5 0x05
#endif
#ifndef MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_1
#define MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_1 0x01
#define MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_2 0x02
#define MPRAPI_MPR_IF_CUSTOM_CONFIG_OBJECT_REVISION_3 0x03
#endif
#ifndef MPRAPI_RAS_UPDATE_CONNECTION_OBJECT_REVISION_1
#define MPRAPI_RAS_UPDATE_CONNECTION_OBJECT_REVISION_1 0x01
#endif
#ifndef MPRAPI_ADMIN_DLL_VERSION_1
#define MPRAPI_ADMIN_DLL_VERSION_1 1
#define MPRAPI_ADMIN_DLL_VERSION_2 2
#endif

/* Which protocols of MPR_SERVER_SET_CONFIG_EX are to be set (setConfigForProtocols). Page:
 * MPR_SERVER_SET_CONFIG_EX. */
#ifndef MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_PPTP  0x1
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_L2TP  0x2
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_SSTP  0x4
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_IKEV2 0x8
#define MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE   0x10
#endif

/* dwTunnelConfigParamFlags: TunnelConfigParams holds values. Page: IKEV2_CONFIG_PARAMS. */
#ifndef MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS
#define MPRAPI_IKEV2_SET_TUNNEL_CONFIG_PARAMS 0x1
#endif
#ifndef MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS
#define MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS 0x1
#endif

/* dwFlags of MPR_IF_CUSTOMINFOEX: there are custom IKEv2 settings; 0: there are none. Page:
 * MPR_IF_CUSTOMINFOEX0. */
#ifndef MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2
#define MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2 0x1
#endif

/* The longest hash in SSTP_CERT_INFO.certBlob, in bytes. Page: SSTP_CERT_INFO. */
#ifndef MAX_SSTP_HASH_SIZE
#define MAX_SSTP_HASH_SIZE 0x20
#endif

/* Answers for AUTH_VALIDATION_EX: may the user connect without authentication? */
#ifndef ALLOW_NO_AUTH
#define ALLOW_NO_AUTH        1
#define DO_NOT_ALLOW_NO_AUTH 0
#endif

/* Types of information blocks for IPv6 and newer filters (dwInfoType of MprInfoBlockAdd). Page:
 * Information Header Reference. */
#ifndef IPV6_GLOBAL_INFO
#define IPV6_GLOBAL_INFO              0xFFFF000Fu
#define IPV6_ROUTE_INFO               0xFFFF0010u
#define IP_IN_FILTER_INFO_V6          0xFFFF0011u
#define IP_OUT_FILTER_INFO_V6         0xFFFF0012u
#define IP_DEMAND_DIAL_FILTER_INFO_V6 0xFFFF0013u
#define IP_IFFILTER_INFO_V6           0xFFFF0014u
#define IP_FILTER_ENABLE_INFO         0xFFFF0015u
#define IP_FILTER_ENABLE_INFO_V6      0xFFFF0016u
#define IP_PROT_PRIORITY_INFO_EX      0xFFFF0017u
#endif

#endif
