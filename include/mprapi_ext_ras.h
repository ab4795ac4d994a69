/* mprapi_ext_ras.h - newer structures of RAS connections and ports, and the callback table of RAS
 * administration DLLs. Part of mprapi_ext.h.
 */
#ifndef MPRAPI_EXT_RAS_H
#define MPRAPI_EXT_RAS_H

#ifdef __cplusplus
extern "C" {
#endif

/* A port with 64-bit counters. In the published header, but without a page and without a level
 * number that anybody gave; MprAdminPortGetInfo here has it as level 2. */
typedef struct _RAS_PORT_2 {
    HANDLE hPort;
    HANDLE hConnection;
    DWORD dwConn_State;
    WCHAR wszPortName[MAX_PORT_NAME + 1];
    WCHAR wszMediaName[MAX_MEDIA_NAME + 1];
    WCHAR wszDeviceName[MAX_DEVICE_NAME + 1];
    WCHAR wszDeviceType[MAX_DEVICETYPE_NAME + 1];
    RAS_HARDWARE_CONDITION dwHardwareCondition;
    DWORD dwLineSpeed; /* bits per second */
    DWORD dwCrcErr;
    DWORD dwSerialOverRunErrs;
    DWORD dwTimeoutErr;
    DWORD dwAlignmentErr;
    DWORD dwHardwareOverrunErr;
    DWORD dwFramingErr;
    DWORD dwBufferOverrunErr;
    DWORD dwCompressionRatioIn; /* percent */
    DWORD dwCompressionRatioOut;
    DWORD dwTotalErrors;
    ULONGLONG ullBytesXmited;
    ULONGLONG ullBytesRcved;
    ULONGLONG ullFramesXmited;
    ULONGLONG ullFramesRcved;
    ULONGLONG ullBytesTxUncompressed;
    ULONGLONG ullBytesTxCompressed;
    ULONGLONG ullBytesRcvUncompressed;
    ULONGLONG ullBytesRcvCompressed;
} RAS_PORT_2, *PRAS_PORT_2;

/* What a PPP link agreed upon; against PPP_PROJECTION_INFO (its page) it has the inner EAP method
 * of a protected EAP. Negotiation errors are 0 where the protocol is up. */
typedef struct _PPP_PROJECTION_INFO2 {
    DWORD dwIPv4NegotiationError;
    WCHAR wszAddress[IPADDRESSLEN + 1];
    WCHAR wszRemoteAddress[IPADDRESSLEN + 1];
    DWORD dwIPv4Options;
    DWORD dwIPv4RemoteOptions;
    ULONG64 IPv4SubInterfaceIndex;
    DWORD dwIPv6NegotiationError;
    BYTE bInterfaceIdentifier[8];
    BYTE bRemoteInterfaceIdentifier[8];
    BYTE bPrefix[8];
    DWORD dwPrefixLength;
    ULONG64 IPv6SubInterfaceIndex;
    DWORD dwLcpError;
    DWORD dwAuthenticationProtocol; /* PPP_LCP_PAP, _SPAP, _CHAP, _EAP */
    DWORD dwAuthenticationData;     /* of CHAP: PPP_LCP_CHAP_ */
    DWORD dwRemoteAuthenticationProtocol;
    DWORD dwRemoteAuthenticationData;
    DWORD dwLcpTerminateReason;
    DWORD dwLcpRemoteTerminateReason;
    DWORD dwLcpOptions;
    DWORD dwLcpRemoteOptions;
    DWORD dwEapTypeId;
    DWORD dwEmbeddedEAPTypeId;
    DWORD dwRemoteEapTypeId;
    DWORD dwCcpError;
    DWORD dwCompressionAlgorithm; /* RASCCPCA_ */
    DWORD dwCcpOptions;           /* PPP_CCP_ */
    DWORD dwRemoteCompressionAlgorithm;
    DWORD dwCcpRemoteOptions;
} PPP_PROJECTION_INFO2, *PPPP_PROJECTION_INFO2;

/* The same for IKEv2; against IKEV2_PROJECTION_INFO (its page) with the inner EAP method. */
typedef struct _IKEV2_PROJECTION_INFO2 {
    DWORD dwIPv4NegotiationError;
    WCHAR wszAddress[IPADDRESSLEN + 1];
    WCHAR wszRemoteAddress[IPADDRESSLEN + 1];
    ULONG64 IPv4SubInterfaceIndex;
    DWORD dwIPv6NegotiationError;
    BYTE bInterfaceIdentifier[8];
    BYTE bRemoteInterfaceIdentifier[8];
    BYTE bPrefix[8];
    DWORD dwPrefixLength;
    ULONG64 IPv6SubInterfaceIndex;
    DWORD dwOptions;
    DWORD dwAuthenticationProtocol; /* MPRAPI_IKEV2_AUTH_USING_ */
    DWORD dwEapTypeId;
    DWORD dwEmbeddedEAPTypeId;
    DWORD dwCompressionAlgorithm;
    DWORD dwEncryptionMethod;
} IKEV2_PROJECTION_INFO2, *PIKEV2_PROJECTION_INFO2;

/* One of the two; projectionInfoType (MPRAPI_..._PROJECTION_INFO_TYPE) says which. */
typedef struct _PROJECTION_INFO2 {
    UCHAR projectionInfoType;
    union {
        PPP_PROJECTION_INFO2 PppProjectionInfo;
        IKEV2_PROJECTION_INFO2 Ikev2ProjectionInfo;
    };
} PROJECTION_INFO2, *PPROJECTION_INFO2;

/* Level 4 of MprAdminConnectionEnum (Server 2012 and later; there is no such level of
 * MprAdminConnectionGetInfo). No published header has it: MS-RRASM gives the layout. */
typedef struct _RAS_CONNECTION_4 {
    DWORD dwConnectDuration; /* seconds */
    ROUTER_INTERFACE_TYPE dwInterfaceType;
    DWORD dwConnectionFlags; /* RAS_FLAGS_ */
    WCHAR wszInterfaceName[MAX_INTERFACE_NAME_LEN + 1];
    WCHAR wszUserName[UNLEN + 1];
    WCHAR wszLogonDomain[DNLEN + 1];
    WCHAR wszRemoteComputer[NETBIOS_NAME_LEN + 1];
    GUID guid;
    RAS_QUARANTINE_STATE rasQuarState;
    FILETIME probationTime; /* UTC; counts only in probation */
    FILETIME connectionStartTime;
    ULONGLONG ullBytesXmited;
    ULONGLONG ullBytesRcved;
    DWORD dwFramesXmited;
    DWORD dwFramesRcved;
    DWORD dwCrcErr;
    DWORD dwTimeoutErr;
    DWORD dwAlignmentErr;
    DWORD dwHardwareOverrunErr;
    DWORD dwFramingErr;
    DWORD dwBufferOverrunErr;
    DWORD dwCompressionRatioIn;
    DWORD dwCompressionRatioOut;
    DWORD dwNumSwitchOvers; /* changes of the tunnel's endpoint (IKEv2 mobility) */
    WCHAR wszRemoteEndpointAddress[MAXIPADRESSLEN + 1];
    WCHAR wszLocalEndpointAddress[MAXIPADRESSLEN + 1];
    PROJECTION_INFO2 ProjectionInfo;
    HANDLE hConnection;
    HANDLE hInterface;
    DWORD dwDeviceType; /* the kind of tunnel */
} RAS_CONNECTION_4, *PRAS_CONNECTION_4;

/* Two callbacks that mingw-w64's header does not have. The first: an IKEv2 tunnel moved to another
 * address, FALSE refuses; the second: may this connection, authenticated before, come up? */
typedef BOOL(APIENTRY *PMPRADMINACCEPTTUNNELENDPOINTCHANGEEX)(RAS_CONNECTION_EX *connection);
typedef DWORD(APIENTRY *PMPRADMINRASVALIDATEPREAUTHENTICATEDCONNECTIONEX)(AUTH_VALIDATION_EX *who);

/* The table that a RAS administration DLL fills in MprAdminInitializeDllEx, with all its members.
 * mingw-w64's MPRAPI_ADMIN_DLL_CALLBACKS lacks the two above, so that what follows the first of
 * them is in the wrong place there; hence the name of its own. Page: MPRAPI_ADMIN_DLL_CALLBACKS. */
typedef struct _MPRAPI_ADMIN_DLL_CALLBACKS_EXT {
    UCHAR revision; /* MPRAPI_ADMIN_DLL_VERSION_ */
    DWORD(APIENTRY *lpfnMprAdminGetIpAddressForUser)(WCHAR *, WCHAR *, DWORD *, BOOL *);
    VOID(APIENTRY *lpfnMprAdminReleaseIpAddress)(WCHAR *, WCHAR *, DWORD *);
    DWORD(APIENTRY *lpfnMprAdminGetIpv6AddressForUser)(WCHAR *, WCHAR *, IN6_ADDR *, BOOL *);
    VOID(APIENTRY *lpfnMprAdminReleaseIpV6AddressForUser)(WCHAR *, WCHAR *, IN6_ADDR *);
    BOOL(APIENTRY *lpfnRasAdminAcceptNewLink)(RAS_PORT_0 *, RAS_PORT_1 *);
    VOID(APIENTRY *lpfnRasAdminLinkHangupNotification)(RAS_PORT_0 *, RAS_PORT_1 *);
    DWORD(APIENTRY *lpfnRasAdminTerminateDll)(void);
    BOOL(APIENTRY *lpfnRasAdminAcceptNewConnectionEx)(RAS_CONNECTION_EX *);
    PMPRADMINACCEPTTUNNELENDPOINTCHANGEEX lpfnRasAdminAcceptEndpointChangeEx;
    BOOL(APIENTRY *lpfnRasAdminAcceptReauthenticationEx)(RAS_CONNECTION_EX *);
    VOID(APIENTRY *lpfnRasAdminConnectionHangupNotificationEx)(RAS_CONNECTION_EX *);
    PMPRADMINRASVALIDATEPREAUTHENTICATEDCONNECTIONEX lpfnRASValidatePreAuthenticatedConnectionEx;
} MPRAPI_ADMIN_DLL_CALLBACKS_EXT, *PMPRAPI_ADMIN_DLL_CALLBACKS_EXT;

#ifdef __cplusplus
}
#endif

#endif
