/* RAS_CONNECTION_0 to _4 and RAS_CONNECTION_EX. */
#include "api/wire/rows.h"

#define LEVEL_DIM struct dim_connection_level
#define EX_DIM    struct dim_connection

#define LEVEL_SAME(A, a, d)      WIRE_SAME(A, a, LEVEL_DIM, d)
#define LEVEL_TEXT(A, a, d)      WIRE_TEXT(A, a, LEVEL_DIM, d)
#define LEVEL_RUN(A, a, z, d, e) WIRE_RUN(A, a, z, LEVEL_DIM, d, e)
#define HANDLES(A, D) \
    WIRE_HANDLE(A, hConnection, D, connection), WIRE_HANDLE(A, hInterface, D, interface)
#define NAMES(A, D)                                                                             \
    WIRE_TEXT(A, wszInterfaceName, D, interface_name), WIRE_TEXT(A, wszUserName, D, user_name), \
        WIRE_TEXT(A, wszLogonDomain, D, domain),                                                \
        WIRE_TEXT(A, wszRemoteComputer, D, remote_computer)
#define ENDPOINTS(A, D)                                         \
    WIRE_TEXT(A, wszRemoteEndpointAddress, D, remote_endpoint), \
        WIRE_TEXT(A, wszLocalEndpointAddress, D, local_endpoint)

/* ---- PPP_INFO to PPP_INFO_3 ------------------------------------------------------------------ */

#define NBF_AND_IP(A, P)                                                                         \
    LEVEL_SAME(A, P.nbf.dwError, ppp.nbf_error), LEVEL_TEXT(A, P.nbf.wszWksta, ppp.workstation), \
        LEVEL_SAME(A, P.ip.dwError, ppp.ip_error), LEVEL_TEXT(A, P.ip.wszAddress, ppp.address),  \
        LEVEL_TEXT(A, P.ip.wszRemoteAddress, ppp.remote_address)
#define IPCP_OPTIONS(A, P) \
    LEVEL_RUN(A, P.ip.dwOptions, P.ip.dwRemoteOptions, ppp.ip_options, ppp.ip_remote_options)
/* The wire has less room for an IPX address than the API. A router without IPX has none. */
#define IPX_AND_AT(A, P)                         \
    LEVEL_SAME(A, P.ipx.dwError, ppp.ipx_error), \
        {ROW_TEXT,                               \
         offsetof(A, P.ipx.wszAddress),          \
         offsetof(LEVEL_DIM, ppp.ipx_address),   \
         WIRE_SIZE(LEVEL_DIM, ppp.ipx_address),  \
         0,                                      \
         NULL},                                  \
        LEVEL_SAME(A, P.at.dwError, ppp.at_error), LEVEL_TEXT(A, P.at.wszAddress, ppp.at_address)
#define CCP_AND_LCP(A, P)                                                       \
    LEVEL_RUN(A, P.ccp.dwError, P.ccp.dwRemoteOptions, ppp.ccp[0], ppp.ccp[4]), \
        LEVEL_RUN(A, P.lcp.dwError, P.lcp.dwRemoteEapTypeId, ppp.lcp[0], ppp.lcp[10])

static const struct wire_row connection_0[] = {
    HANDLES(RAS_CONNECTION_0, LEVEL_DIM),
    LEVEL_RUN(RAS_CONNECTION_0, dwConnectDuration, dwConnectionFlags, duration, flags),
    NAMES(RAS_CONNECTION_0, LEVEL_DIM),
    WIRE_END,
};
static const struct wire_row connection_1[] = {
    HANDLES(RAS_CONNECTION_1, LEVEL_DIM),
    NBF_AND_IP(RAS_CONNECTION_1, PppInfo),
    IPX_AND_AT(RAS_CONNECTION_1, PppInfo),
    LEVEL_RUN(RAS_CONNECTION_1, dwBytesXmited, dwCompressionRatioOut, statistics[0],
              statistics[11]),
    WIRE_END,
};
static const struct wire_row connection_2[] = {
    WIRE_HANDLE(RAS_CONNECTION_2, hConnection, LEVEL_DIM, connection),
    LEVEL_TEXT(RAS_CONNECTION_2, wszUserName, user_name),
    LEVEL_SAME(RAS_CONNECTION_2, dwInterfaceType, type),
    LEVEL_SAME(RAS_CONNECTION_2, guid, guid),
    NBF_AND_IP(RAS_CONNECTION_2, PppInfo2),
    IPCP_OPTIONS(RAS_CONNECTION_2, PppInfo2),
    IPX_AND_AT(RAS_CONNECTION_2, PppInfo2),
    CCP_AND_LCP(RAS_CONNECTION_2, PppInfo2),
    WIRE_END,
};
static const struct wire_row connection_3[] = {
    WIRE_CONSTANT(RAS_CONNECTION_3, dwVersion, 1),
    WIRE_CONSTANT(RAS_CONNECTION_3, dwSize, sizeof(RAS_CONNECTION_3)),
    WIRE_HANDLE(RAS_CONNECTION_3, hConnection, LEVEL_DIM, connection),
    LEVEL_TEXT(RAS_CONNECTION_3, wszUserName, user_name),
    LEVEL_SAME(RAS_CONNECTION_3, dwInterfaceType, type),
    LEVEL_SAME(RAS_CONNECTION_3, guid, guid),
    NBF_AND_IP(RAS_CONNECTION_3, PppInfo3),
    IPCP_OPTIONS(RAS_CONNECTION_3, PppInfo3),
    LEVEL_RUN(RAS_CONNECTION_3, PppInfo3.ipv6.dwVersion, PppInfo3.ipv6.dwPrefixLength,
              ppp.ipv6_version, ppp.prefix_length),
    CCP_AND_LCP(RAS_CONNECTION_3, PppInfo3),
    LEVEL_SAME(RAS_CONNECTION_3, rasQuarState, quarantine_state),
    LEVEL_RUN(RAS_CONNECTION_3, timer, timer, probation_low, probation_high),
    WIRE_END,
};

/* ---- projections ----------------------------------------------------------------------------- */

#define ENDS_ROWS(A, p, D, d)                                                        \
    WIRE_SAME(A, p.dwIPv4NegotiationError, D, d.ipv4_error),                         \
        WIRE_TEXT(A, p.wszAddress, D, d.address),                                    \
        WIRE_TEXT(A, p.wszRemoteAddress, D, d.remote_address),                       \
        WIRE_SAME(A, p.IPv4SubInterfaceIndex, D, d.ipv4_index),                      \
        WIRE_SAME(A, p.dwIPv6NegotiationError, D, d.ipv6_error),                     \
        WIRE_RUN(A, p.bInterfaceIdentifier, p.bPrefix, D, d.interface_id, d.prefix), \
        WIRE_SAME(A, p.dwPrefixLength, D, d.prefix_length),                          \
        WIRE_SAME(A, p.IPv6SubInterfaceIndex, D, d.ipv6_index)
#define PPP_ROWS(A, p, D, d)                                                                   \
    ENDS_ROWS(A, p, D, d),                                                                     \
        WIRE_RUN(A, p.dwIPv4Options, p.dwIPv4RemoteOptions, D, d.ipv4_options,                 \
                 d.ipv4_remote_options),                                                       \
        WIRE_RUN(A, p.dwLcpError, p.dwLcpRemoteOptions, D, d.lcp_error, d.lcp_remote_options), \
        WIRE_SAME(A, p.dwEapTypeId, D, d.eap_type),                                            \
        WIRE_SAME(A, p.dwRemoteEapTypeId, D, d.remote_eap_type),                               \
        WIRE_RUN(A, p.dwCcpError, p.dwCcpRemoteOptions, D, d.ccp_error, d.ccp_remote_options)
#define IKEV2_ROWS(A, p, D, d)                                                                \
    ENDS_ROWS(A, p, D, d),                                                                    \
        WIRE_RUN(A, p.dwOptions, p.dwAuthenticationProtocol, D, d.options, d.authentication), \
        WIRE_SAME(A, p.dwEapTypeId, D, d.eap_type),                                           \
        WIRE_RUN(A, p.dwCompressionAlgorithm, p.dwEncryptionMethod, D, d.compression,         \
                 d.encryption)
#define PROJECTION_ROWS(A, D, ppp_sub, ikev2_sub)                                            \
    WIRE_SAME(A, ProjectionInfo.projectionInfoType, D, projection),                          \
        WIRE_WHEN(DIM_PROJECTION_PPP, A, ProjectionInfo.projectionInfoType, D, projection,   \
                  ppp_sub),                                                                  \
        WIRE_WHEN(DIM_PROJECTION_IKEV2, A, ProjectionInfo.projectionInfoType, D, projection, \
                  ikev2_sub)

_Static_assert((int)DIM_PROJECTION_PPP == (int)MPRAPI_PPP_PROJECTION_INFO_TYPE &&
                   (int)DIM_PROJECTION_IKEV2 == (int)MPRAPI_IKEV2_PROJECTION_INFO_TYPE,
               "one number everywhere");

static const struct wire_row level_ppp[] = {
    PPP_ROWS(RAS_CONNECTION_4, ProjectionInfo.PppProjectionInfo, LEVEL_DIM, ppp_2),
    LEVEL_SAME(RAS_CONNECTION_4, ProjectionInfo.PppProjectionInfo.dwEmbeddedEAPTypeId,
               ppp_2.embedded_eap_type),
    WIRE_END,
};
static const struct wire_row level_ikev2[] = {
    IKEV2_ROWS(RAS_CONNECTION_4, ProjectionInfo.Ikev2ProjectionInfo, LEVEL_DIM, ikev2),
    LEVEL_SAME(RAS_CONNECTION_4, ProjectionInfo.Ikev2ProjectionInfo.dwEmbeddedEAPTypeId,
               ikev2.embedded_eap_type),
    WIRE_END,
};
static const struct wire_row connection_4[] = {
    LEVEL_RUN(RAS_CONNECTION_4, dwConnectDuration, dwConnectionFlags, duration, flags),
    NAMES(RAS_CONNECTION_4, LEVEL_DIM),
    LEVEL_SAME(RAS_CONNECTION_4, guid, guid),
    LEVEL_SAME(RAS_CONNECTION_4, rasQuarState, quarantine_state),
    LEVEL_RUN(RAS_CONNECTION_4, probationTime, connectionStartTime, probation_low, start_high),
    WIRE_WIDE(RAS_CONNECTION_4, ullBytesXmited, LEVEL_DIM, statistics[0], statistics_high[0]),
    WIRE_WIDE(RAS_CONNECTION_4, ullBytesRcved, LEVEL_DIM, statistics[1], statistics_high[1]),
    LEVEL_RUN(RAS_CONNECTION_4, dwFramesXmited, dwNumSwitchOvers, statistics[2], statistics[12]),
    ENDPOINTS(RAS_CONNECTION_4, LEVEL_DIM),
    PROJECTION_ROWS(RAS_CONNECTION_4, LEVEL_DIM, level_ppp, level_ikev2),
    HANDLES(RAS_CONNECTION_4, LEVEL_DIM),
    LEVEL_SAME(RAS_CONNECTION_4, dwDeviceType, device_type),
    WIRE_END,
};

const struct wire_level wire_connection_levels[] = {
    {sizeof(RAS_CONNECTION_0), 1116, {connection_0}, false},
    {sizeof(RAS_CONNECTION_1), 272, {connection_1}, false},
    {sizeof(RAS_CONNECTION_2), 828, {connection_2}, false},
    {sizeof(RAS_CONNECTION_3), 788, {connection_3}, false},
    {sizeof(RAS_CONNECTION_4), 1680, {connection_4}, false},
};

static const struct wire_row ex_ppp[] = {
    PPP_ROWS(RAS_CONNECTION_EX, ProjectionInfo.PppProjectionInfo, EX_DIM, ppp),
    WIRE_END,
};
static const struct wire_row ex_ikev2[] = {
    IKEV2_ROWS(RAS_CONNECTION_EX, ProjectionInfo.Ikev2ProjectionInfo, EX_DIM, ikev2),
    WIRE_END,
};
const struct wire_row wire_connection_ex_rows[] = {
    WIRE_SAME(RAS_CONNECTION_EX, dwConnectDuration, EX_DIM, duration),
    WIRE_ENUM(RAS_CONNECTION_EX, dwInterfaceType, EX_DIM, interface_type),
    WIRE_SAME(RAS_CONNECTION_EX, dwConnectionFlags, EX_DIM, flags),
    NAMES(RAS_CONNECTION_EX, EX_DIM),
    WIRE_SAME(RAS_CONNECTION_EX, guid, EX_DIM, guid),
    WIRE_ENUM(RAS_CONNECTION_EX, rasQuarState, EX_DIM, quarantine_state),
    WIRE_RUN(RAS_CONNECTION_EX, probationTime, probationTime, EX_DIM, probation_low,
             probation_high),
    WIRE_RUN(RAS_CONNECTION_EX, dwBytesXmited, dwNumSwitchOvers, EX_DIM, statistics[0],
             statistics[12]),
    ENDPOINTS(RAS_CONNECTION_EX, EX_DIM),
    PROJECTION_ROWS(RAS_CONNECTION_EX, EX_DIM, ex_ppp, ex_ikev2),
    HANDLES(RAS_CONNECTION_EX, EX_DIM),
    WIRE_END,
};
