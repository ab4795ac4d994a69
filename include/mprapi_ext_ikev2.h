/* mprapi_ext_ikev2.h - IKEv2 policies, certificate filters, traffic selectors, and the custom
 * settings of demand-dial interfaces. Part of mprapi_ext.h.
 */
#ifndef MPRAPI_EXT_IKEV2_H
#define MPRAPI_EXT_IKEV2_H

#ifdef __cplusplus
extern "C" {
#endif

/* The algorithms to propose, as numbers of the IKE and IPsec enumerations of <iketypes.h> and
 * <ipsectypes.h>. Page: ROUTER_CUSTOM_IKEv2_POLICY0. */
typedef struct _ROUTER_CUSTOM_IKEv2_POLICY0 {
    DWORD dwIntegrityMethod;         /* IKEEXT_INTEGRITY_TYPE, main mode */
    DWORD dwEncryptionMethod;        /* IKEEXT_CIPHER_TYPE, main mode */
    DWORD dwCipherTransformConstant; /* IPSEC_CIPHER_TYPE, quick mode */
    DWORD dwAuthTransformConstant;   /* IPSEC_AUTH_TYPE, quick mode */
    DWORD dwPfsGroup;                /* IPSEC_PFS_GROUP */
    DWORD dwDhGroup;                 /* IKEEXT_DH_GROUP */
} ROUTER_CUSTOM_IKEv2_POLICY0, *PROUTER_CUSTOM_IKEv2_POLICY0;

/* L2TP takes the same policies. Page: L2TP_TUNNEL_CONFIG_PARAMS1. */
typedef ROUTER_CUSTOM_IKEv2_POLICY0 ROUTER_CUSTOM_L2TP_POLICY0, *PROUTER_CUSTOM_L2TP_POLICY0;

/* An extended key usage that a certificate must have. Page: MPR_CERT_EKU. */
typedef struct _MPR_CERT_EKU {
    DWORD dwSize;
    BOOL IsEKUOID; /* pwszEKU is an object identifier, not a name */
    WCHAR *pwszEKU;
} MPR_CERT_EKU, *PMPR_CERT_EKU;

/* Kinds of traffic selectors, by their numbers in RFC 7296 section 3.13.1. Page:
 * MPR_VPN_TS_TYPE. */
typedef enum _MPR_VPN_TS_TYPE {
    MPR_VPN_TS_IPv4_ADDR_RANGE = 7,
    MPR_VPN_TS_IPv6_ADDR_RANGE = 8
} MPR_VPN_TS_TYPE;

/* An end of an address range; Type is AF_INET or AF_INET6. Page: VPN_TS_IP_ADDRESS. */
typedef struct _VPN_TS_IP_ADDRESS {
    USHORT Type;
    union {
        IN_ADDR v4;
        IN6_ADDR v6;
    };
} VPN_TS_IP_ADDRESS, *PVPN_TS_IP_ADDRESS;

/* Traffic that may use a tunnel: a range of addresses and ports, of one protocol or, with 0, of
 * all. Page: MPR_VPN_TRAFFIC_SELECTOR. */
typedef struct _MPR_VPN_TRAFFIC_SELECTOR {
    MPR_VPN_TS_TYPE type;
    UINT8 protocolId;
    UINT16 portStart;
    UINT16 portEnd;
    UINT16 tsPayloadId;
    VPN_TS_IP_ADDRESS addrStart;
    VPN_TS_IP_ADDRESS addrEnd;
} MPR_VPN_TRAFFIC_SELECTOR, *PMPR_VPN_TRAFFIC_SELECTOR;

/* The selectors of both sides. Page: MPR_VPN_TRAFFIC_SELECTORS. */
typedef struct _MPR_VPN_TRAFFIC_SELECTORS {
    DWORD numTsi;
    DWORD numTsr;
    PMPR_VPN_TRAFFIC_SELECTOR tsI; /* numTsi selectors of the initiator */
    PMPR_VPN_TRAFFIC_SELECTOR tsR; /* numTsr selectors of the responder */
} MPR_VPN_TRAFFIC_SELECTORS, *PMPR_VPN_TRAFFIC_SELECTORS;

/* Custom IKEv2 settings of one demand-dial interface: Windows 8, 8.1 and 10. An empty
 * certificateName deletes the choice of a certificate, a NULL customPolicy the policy. Page:
 * ROUTER_IKEv2_IF_CUSTOM_CONFIG0. */
typedef struct _ROUTER_IKEv2_IF_CUSTOM_CONFIG0 {
    DWORD dwSaLifeTime; /* seconds, 300 to 17279999 */
    DWORD dwSaDataSize; /* kilobytes, at least 1024 */
    CERT_NAME_BLOB certificateName;
    ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
} ROUTER_IKEv2_IF_CUSTOM_CONFIG0, *PROUTER_IKEv2_IF_CUSTOM_CONFIG0;

/* Page: ROUTER_IKEv2_IF_CUSTOM_CONFIG1. */
typedef struct _ROUTER_IKEv2_IF_CUSTOM_CONFIG1 {
    DWORD dwSaLifeTime;
    DWORD dwSaDataSize;
    CERT_NAME_BLOB certificateName;
    ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
    CRYPT_HASH_BLOB certificateHash;
} ROUTER_IKEv2_IF_CUSTOM_CONFIG1, *PROUTER_IKEv2_IF_CUSTOM_CONFIG1;

/* Page: ROUTER_IKEv2_IF_CUSTOM_CONFIG2. */
typedef struct _ROUTER_IKEv2_IF_CUSTOM_CONFIG2 {
    DWORD dwSaLifeTime;
    DWORD dwSaDataSize;
    CERT_NAME_BLOB certificateName;
    ROUTER_CUSTOM_IKEv2_POLICY0 *customPolicy;
    CRYPT_HASH_BLOB certificateHash;
    DWORD dwMmSaLifeTime; /* seconds, main mode */
    MPR_VPN_TRAFFIC_SELECTORS vpnTrafficSelectors;
} ROUTER_IKEv2_IF_CUSTOM_CONFIG2, *PROUTER_IKEv2_IF_CUSTOM_CONFIG2;

/* What MprAdminInterfaceSetCustomInfoEx and its relatives take. Header.type is
 * MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT, Header.revision one more than the number in the name.
 * dwFlags 0 deletes the custom settings. Pages: MPR_IF_CUSTOMINFOEX0, 1, 2. */
typedef struct _MPR_IF_CUSTOMINFOEX0 {
    MPRAPI_OBJECT_HEADER Header;
    DWORD dwFlags; /* MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2 or 0 */
    ROUTER_IKEv2_IF_CUSTOM_CONFIG0 customIkev2Config;
} MPR_IF_CUSTOMINFOEX0, *PMPR_IF_CUSTOMINFOEX0;

typedef struct _MPR_IF_CUSTOMINFOEX1 {
    MPRAPI_OBJECT_HEADER Header;
    DWORD dwFlags;
    ROUTER_IKEv2_IF_CUSTOM_CONFIG1 customIkev2Config;
} MPR_IF_CUSTOMINFOEX1, *PMPR_IF_CUSTOMINFOEX1;

typedef struct _MPR_IF_CUSTOMINFOEX2 {
    MPRAPI_OBJECT_HEADER Header;
    DWORD dwFlags;
    ROUTER_IKEv2_IF_CUSTOM_CONFIG2 customIkev2Config;
} MPR_IF_CUSTOMINFOEX2, *PMPR_IF_CUSTOMINFOEX2;

#ifdef __cplusplus
}
#endif

#endif
