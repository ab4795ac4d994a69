/* mprapi_ext_base.h - the few declarations of <mprapi.h> that mprapi_ext.h builds upon, for an
 * <mprapi.h> that has none of them. Wine's declares the MAX_ lengths and one function only, so with
 * Wine's headers these stand in; with mingw-w64's or Microsoft's this file is empty.
 */
#ifndef MPRAPI_EXT_BASE_H
#define MPRAPI_EXT_BASE_H

#ifdef __WINE_MPRAPI_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef NETBIOS_NAME_LEN
#define NETBIOS_NAME_LEN 16 /* characters of a NetBIOS name (lmcons.h) */
#endif

/* Characters of an address as text: IPv4, and any tunnel endpoint. */
#define IPADDRESSLEN   15
#define MAXIPADRESSLEN 64

/* The three kinds of connection to a router: RAS, router management, and MIB. */
typedef HANDLE RAS_SERVER_HANDLE;
typedef HANDLE MPR_SERVER_HANDLE;
typedef HANDLE MIB_SERVER_HANDLE;

/* What an interface is. Page: ROUTER_INTERFACE_TYPE. */
typedef enum _ROUTER_INTERFACE_TYPE {
    ROUTER_IF_TYPE_CLIENT,      /* a dialled-in remote client */
    ROUTER_IF_TYPE_HOME_ROUTER, /* a router dialled in, with routes of its home */
    ROUTER_IF_TYPE_FULL_ROUTER, /* demand-dial */
    ROUTER_IF_TYPE_DEDICATED,   /* LAN, or a leased line */
    ROUTER_IF_TYPE_INTERNAL,
    ROUTER_IF_TYPE_LOOPBACK,
    ROUTER_IF_TYPE_TUNNEL1,
    ROUTER_IF_TYPE_DIALOUT
} ROUTER_INTERFACE_TYPE;

/* Page: RAS_HARDWARE_CONDITION. */
typedef enum _RAS_HARDWARE_CONDITION {
    RAS_HARDWARE_OPERATIONAL,
    RAS_HARDWARE_FAILURE
} RAS_HARDWARE_CONDITION;

/* Page: RAS_QUARANTINE_STATE. */
typedef enum _RAS_QUARANTINE_STATE {
    RAS_QUAR_STATE_NORMAL,
    RAS_QUAR_STATE_QUARANTINE,
    RAS_QUAR_STATE_PROBATION,
    RAS_QUAR_STATE_NOT_CAPABLE
} RAS_QUARANTINE_STATE;

/* The head of every versioned object; the caller fills it in for gets too. size counts the whole
 * object of this type and revision. Page: MPRAPI_OBJECT_HEADER. */
typedef struct _MPRAPI_OBJECT_HEADER {
    UCHAR revision;
    UCHAR type;
    USHORT size;
} MPRAPI_OBJECT_HEADER, *PMPRAPI_OBJECT_HEADER;

/* Port settings of one tunnel protocol. Page: PPTP_CONFIG_PARAMS. */
typedef struct _PPTP_CONFIG_PARAMS {
    DWORD dwNumPorts;
    DWORD dwPortFlags; /* MPR_ENABLE_RAS_ON_DEVICE | MPR_ENABLE_ROUTING_ON_DEVICE */
} PPTP_CONFIG_PARAMS, *PPPTP_CONFIG_PARAMS;

/* The certificate of SSTP, by its hash; isDefault: none was configured. Page: SSTP_CERT_INFO. */
typedef struct _SSTP_CERT_INFO {
    BOOL isDefault;
    CRYPT_HASH_BLOB certBlob;
} SSTP_CERT_INFO, *PSSTP_CERT_INFO;

/* Page: SSTP_CONFIG_PARAMS. */
typedef struct _SSTP_CONFIG_PARAMS {
    DWORD dwNumPorts;
    DWORD dwPortFlags;
    BOOL isUseHttps;
    DWORD certAlgorithm; /* CALG_SHA_256 */
    SSTP_CERT_INFO sstpCertDetails;
} SSTP_CONFIG_PARAMS, *PSSTP_CONFIG_PARAMS;

/* Used by pointer only here. */
typedef struct _RAS_PORT_0 RAS_PORT_0;
typedef struct _RAS_PORT_1 RAS_PORT_1;
typedef struct _RAS_CONNECTION_EX RAS_CONNECTION_EX;
typedef struct _AUTH_VALIDATION_EX AUTH_VALIDATION_EX;
typedef struct _RAS_UPDATE_CONNECTION RAS_UPDATE_CONNECTION, *PRAS_UPDATE_CONNECTION;

#ifdef __cplusplus
}
#endif

#endif /* __WINE_MPRAPI_H */

#endif
