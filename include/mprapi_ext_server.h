/* mprapi_ext_server.h - tunnel settings of a server: the layouts of MPR_SERVER_EX and
 * MPR_SERVER_SET_CONFIG_EX of every Windows version. Part of mprapi_ext.h.
 *
 * In the SDK these names mean another layout on each NTDDI level, because the IKEv2 and L2TP parts
 * inside do. Here each layout has its own name; the plain names are at the end.
 */
#ifndef MPRAPI_EXT_SERVER_H
#define MPRAPI_EXT_SERVER_H

#ifdef __cplusplus
extern "C" {
#endif

/* IKEv2 tunnels: each version has the members of the one before, and more behind them. */
#define MPREXT_IKEV2_WIN7_                                                            \
    DWORD dwIdleTimeout;                /* seconds without traffic until it closes */ \
    DWORD dwNetworkBlackoutTime;        /* seconds of retries until it is given up */ \
    DWORD dwSaLifeTime;                 /* seconds until new keys */                  \
    DWORD dwSaDataSizeForRenegotiation; /* kilobytes until new keys */                \
    DWORD dwConfigOptions;              /* 0 */                                       \
    DWORD dwTotalCertificates;                                                        \
    CERT_NAME_BLOB *certificateNames; /* dwTotalCertificates issuers to accept */
#define MPREXT_IKEV2_WIN8_                                                             \
    MPREXT_IKEV2_WIN7_                                                                 \
    CERT_NAME_BLOB machineCertificateName;                                             \
    DWORD dwEncryptionType; /* 0 none, 1 optional, 2 required, 3 strongest required */ \
    PROUTER_CUSTOM_IKEv2_POLICY0 customPolicy; /* NULL: none */
#define MPREXT_IKEV2_BLUE_                                                              \
    MPREXT_IKEV2_WIN8_                                                                  \
    DWORD dwTotalEkus;                                                                  \
    PMPR_CERT_EKU certificateEKUs; /* dwTotalEkus usages that certificates must have */ \
    CRYPT_HASH_BLOB machineCertificateHash;

/* Windows 7. Page: IKEV2_TUNNEL_CONFIG_PARAMS. */
typedef struct _IKEV2_TUNNEL_CONFIG_PARAMS1 {
    MPREXT_IKEV2_WIN7_
} IKEV2_TUNNEL_CONFIG_PARAMS1, *PIKEV2_TUNNEL_CONFIG_PARAMS1;

/* Windows 8. Page: IKEV2_TUNNEL_CONFIG_PARAMS2. */
typedef struct _IKEV2_TUNNEL_CONFIG_PARAMS2 {
    MPREXT_IKEV2_WIN8_
} IKEV2_TUNNEL_CONFIG_PARAMS2, *PIKEV2_TUNNEL_CONFIG_PARAMS2;

/* Windows 8.1. Page: IKEV2_TUNNEL_CONFIG_PARAMS3. */
typedef struct _IKEV2_TUNNEL_CONFIG_PARAMS3 {
    MPREXT_IKEV2_BLUE_
} IKEV2_TUNNEL_CONFIG_PARAMS3, *PIKEV2_TUNNEL_CONFIG_PARAMS3;

/* Windows 10. Page: IKEV2_TUNNEL_CONFIG_PARAMS4. */
typedef struct _IKEV2_TUNNEL_CONFIG_PARAMS4 {
    MPREXT_IKEV2_BLUE_
    DWORD dwMmSaLifeTime; /* seconds, main mode */
} IKEV2_TUNNEL_CONFIG_PARAMS4, *PIKEV2_TUNNEL_CONFIG_PARAMS4;
#undef MPREXT_IKEV2_WIN7_
#undef MPREXT_IKEV2_WIN8_
#undef MPREXT_IKEV2_BLUE_

/* L2TP tunnels, likewise. */
#define MPREXT_L2TP_BLUE_               \
    DWORD dwIdleTimeout;                \
    DWORD dwEncryptionType;             \
    DWORD dwSaLifeTime;                 \
    DWORD dwSaDataSizeForRenegotiation; \
    PROUTER_CUSTOM_L2TP_POLICY0 customPolicy;

/* Windows 8.1. Page: L2TP_TUNNEL_CONFIG_PARAMS1. */
typedef struct _L2TP_TUNNEL_CONFIG_PARAMS1 {
    MPREXT_L2TP_BLUE_
} L2TP_TUNNEL_CONFIG_PARAMS1, *PL2TP_TUNNEL_CONFIG_PARAMS1;

/* Windows 10. Page: L2TP_TUNNEL_CONFIG_PARAMS2. */
typedef struct _L2TP_TUNNEL_CONFIG_PARAMS2 {
    MPREXT_L2TP_BLUE_
    DWORD dwMmSaLifeTime;
} L2TP_TUNNEL_CONFIG_PARAMS2, *PL2TP_TUNNEL_CONFIG_PARAMS2;
#undef MPREXT_L2TP_BLUE_

/* Ports of L2TP before Windows 8.1, and of GRE. Pages: L2TP_CONFIG_PARAMS0, GRE_CONFIG_PARAMS0. */
typedef struct _L2TP_CONFIG_PARAMS0 {
    DWORD dwNumPorts;
    DWORD dwPortFlags;
} L2TP_CONFIG_PARAMS0, *PL2TP_CONFIG_PARAMS0;

typedef struct _GRE_CONFIG_PARAMS0 {
    DWORD dwNumPorts;
    DWORD dwPortFlags;
} GRE_CONFIG_PARAMS0, *PGRE_CONFIG_PARAMS0;
typedef GRE_CONFIG_PARAMS0 GRE_CONFIG_PARAMS;

/* IKEv2 and, from Windows 8.1 on, L2TP: ports and tunnels. The flags are MPRAPI_IKEV2_SET_... and
 * MPRAPI_L2TP_SET_TUNNEL_CONFIG_PARAMS. Pages: IKEV2_CONFIG_PARAMS, L2TP_CONFIG_PARAMS1. */
#define MPREXT_TUNNEL_CONFIG_(NAME, TUNNEL) \
    typedef struct _##NAME {                \
        DWORD dwNumPorts;                   \
        DWORD dwPortFlags;                  \
        DWORD dwTunnelConfigParamFlags;     \
        TUNNEL TunnelConfigParams;          \
    } NAME, *P##NAME;

MPREXT_TUNNEL_CONFIG_(IKEV2_CONFIG_PARAMS_WIN7, IKEV2_TUNNEL_CONFIG_PARAMS1)
MPREXT_TUNNEL_CONFIG_(IKEV2_CONFIG_PARAMS_WIN8, IKEV2_TUNNEL_CONFIG_PARAMS2)
MPREXT_TUNNEL_CONFIG_(IKEV2_CONFIG_PARAMS_BLUE, IKEV2_TUNNEL_CONFIG_PARAMS3)
MPREXT_TUNNEL_CONFIG_(IKEV2_CONFIG_PARAMS_WIN10, IKEV2_TUNNEL_CONFIG_PARAMS4)
MPREXT_TUNNEL_CONFIG_(L2TP_CONFIG_PARAMS1_BLUE, L2TP_TUNNEL_CONFIG_PARAMS1)
MPREXT_TUNNEL_CONFIG_(L2TP_CONFIG_PARAMS1_WIN10, L2TP_TUNNEL_CONFIG_PARAMS2)
#undef MPREXT_TUNNEL_CONFIG_

/* The settings of all protocols, and the two objects around them: MPR_SERVER_EX (what a server has;
 * fLanOnlyMode: it routes between LANs only, without demand dial) and MPR_SERVER_SET_CONFIG_EX
 * (what it shall have; setConfigForProtocols: MPRAPI_SET_CONFIG_PROTOCOL_FOR_). Embedded pointers
 * of a get are allocations of their own, for MprAdminBufferFree or MprConfigBufferFree; the object
 * is the caller's. Pages: MPRAPI_TUNNEL_CONFIG_PARAMS0 and 1, MPR_SERVER_EX,
 * MPR_SERVER_SET_CONFIG_EX. */
#define MPREXT_SERVER_OBJECTS_(EX, LEVEL)                         \
    typedef struct _MPR_SERVER_EX##EX##_##LEVEL {                 \
        MPRAPI_OBJECT_HEADER Header;                              \
        DWORD fLanOnlyMode;                                       \
        DWORD dwUpTime; /* seconds */                             \
        DWORD dwTotalPorts;                                       \
        DWORD dwPortsInUse;                                       \
        DWORD Reserved; /* 0 */                                   \
        MPRAPI_TUNNEL_CONFIG_PARAMS##EX##_##LEVEL ConfigParams;   \
    } MPR_SERVER_EX##EX##_##LEVEL, *PMPR_SERVER_EX##EX##_##LEVEL; \
    typedef struct _MPR_SERVER_SET_CONFIG_EX##EX##_##LEVEL {      \
        MPRAPI_OBJECT_HEADER Header;                              \
        DWORD setConfigForProtocols;                              \
        MPRAPI_TUNNEL_CONFIG_PARAMS##EX##_##LEVEL ConfigParams;   \
    } MPR_SERVER_SET_CONFIG_EX##EX##_##LEVEL, *PMPR_SERVER_SET_CONFIG_EX##EX##_##LEVEL;

#define MPREXT_LEVEL_EX0_(LEVEL, L2TP)                                              \
    typedef struct _MPRAPI_TUNNEL_CONFIG_PARAMS0_##LEVEL {                          \
        IKEV2_CONFIG_PARAMS_##LEVEL IkeConfigParams;                                \
        PPTP_CONFIG_PARAMS PptpConfigParams;                                        \
        L2TP L2tpConfigParams;                                                      \
        SSTP_CONFIG_PARAMS SstpConfigParams;                                        \
    } MPRAPI_TUNNEL_CONFIG_PARAMS0_##LEVEL, *PMPRAPI_TUNNEL_CONFIG_PARAMS0_##LEVEL; \
    MPREXT_SERVER_OBJECTS_(0, LEVEL)

#define MPREXT_LEVEL_EX1_(LEVEL, L2TP)                                              \
    typedef struct _MPRAPI_TUNNEL_CONFIG_PARAMS1_##LEVEL {                          \
        IKEV2_CONFIG_PARAMS_##LEVEL IkeConfigParams;                                \
        PPTP_CONFIG_PARAMS PptpConfigParams;                                        \
        L2TP L2tpConfigParams;                                                      \
        SSTP_CONFIG_PARAMS SstpConfigParams;                                        \
        GRE_CONFIG_PARAMS GREConfigParams;                                          \
    } MPRAPI_TUNNEL_CONFIG_PARAMS1_##LEVEL, *PMPRAPI_TUNNEL_CONFIG_PARAMS1_##LEVEL; \
    MPREXT_SERVER_OBJECTS_(1, LEVEL)

MPREXT_LEVEL_EX0_(WIN7, L2TP_CONFIG_PARAMS0)      /* revision 1 */
MPREXT_LEVEL_EX0_(WIN8, L2TP_CONFIG_PARAMS0)      /* revision 2 */
MPREXT_LEVEL_EX0_(BLUE, L2TP_CONFIG_PARAMS1_BLUE) /* revision 3 */
MPREXT_LEVEL_EX1_(BLUE, L2TP_CONFIG_PARAMS1_BLUE) /* revision 4 */
MPREXT_LEVEL_EX0_(WIN10, L2TP_CONFIG_PARAMS1_WIN10)
MPREXT_LEVEL_EX1_(WIN10, L2TP_CONFIG_PARAMS1_WIN10) /* revision 5 */
#undef MPREXT_LEVEL_EX0_
#undef MPREXT_LEVEL_EX1_
#undef MPREXT_SERVER_OBJECTS_

/* The plain names, as the SDK has them for the version that the program is compiled for. */
#if defined(NTDDI_VERSION) && NTDDI_VERSION >= 0x0A000000
#define MPREXT_LEVEL_(NAME) NAME##_WIN10
#elif defined(NTDDI_VERSION) && NTDDI_VERSION >= 0x06030000
#define MPREXT_LEVEL_(NAME) NAME##_BLUE
#elif defined(NTDDI_VERSION) && NTDDI_VERSION >= 0x06020000
#define MPREXT_LEVEL_(NAME) NAME##_WIN8
#else
#define MPREXT_LEVEL_(NAME) NAME##_WIN7
#endif
typedef MPREXT_LEVEL_(MPRAPI_TUNNEL_CONFIG_PARAMS0) MPRAPI_TUNNEL_CONFIG_PARAMS0;
typedef MPREXT_LEVEL_(MPR_SERVER_EX0) MPR_SERVER_EX0, *PMPR_SERVER_EX0;
typedef MPREXT_LEVEL_(MPR_SERVER_SET_CONFIG_EX0) MPR_SERVER_SET_CONFIG_EX0;
typedef MPR_SERVER_SET_CONFIG_EX0 *PMPR_SERVER_SET_CONFIG_EX0;
#if defined(NTDDI_VERSION) && NTDDI_VERSION >= 0x06030000
typedef MPREXT_LEVEL_(L2TP_CONFIG_PARAMS1) L2TP_CONFIG_PARAMS1, *PL2TP_CONFIG_PARAMS1;
typedef MPREXT_LEVEL_(MPRAPI_TUNNEL_CONFIG_PARAMS1) MPRAPI_TUNNEL_CONFIG_PARAMS1;
typedef MPREXT_LEVEL_(MPR_SERVER_EX1) MPR_SERVER_EX1, *PMPR_SERVER_EX1;
typedef MPREXT_LEVEL_(MPR_SERVER_SET_CONFIG_EX1) MPR_SERVER_SET_CONFIG_EX1;
typedef MPR_SERVER_SET_CONFIG_EX1 *PMPR_SERVER_SET_CONFIG_EX1;
#endif
#undef MPREXT_LEVEL_

#ifdef __cplusplus
}
#endif

#endif
