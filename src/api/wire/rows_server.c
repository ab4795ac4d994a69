/* MPR_SERVER_0 to _2, RAS_PORT_0 to _2, MPR_CREDENTIALSEX_0 and _1. */
#include "api/wire/rows.h"

_Static_assert(sizeof(MPR_CREDENTIALSEX_0) == sizeof(MPR_CREDENTIALSEX_1), "one shape");

#define SERVER_RUN(A, a, z, d, e) WIRE_RUN(A, a, z, struct dim_server_level, d, e)
#define PORT_RUN(A, a, z, d, e)   WIRE_RUN(A, a, z, struct dim_port_level, d, e)
#define PORT_TEXT(A, a, d)        WIRE_TEXT(A, a, struct dim_port_level, d)
#define PORT_HANDLES(A)                                 \
    WIRE_HANDLE(A, hPort, struct dim_port_level, port), \
        WIRE_HANDLE(A, hConnection, struct dim_port_level, connection)
#define PORT_TEXTS(A)                                                   \
    PORT_TEXT(A, wszPortName, name), PORT_TEXT(A, wszMediaName, media), \
        PORT_TEXT(A, wszDeviceName, device), PORT_TEXT(A, wszDeviceType, type)

static const struct wire_row server_0[] = {
    SERVER_RUN(MPR_SERVER_0, fLanOnlyMode, dwPortsInUse, lan_only, ports_in_use),
    WIRE_END,
};
static const struct wire_row server_1[] = {
    SERVER_RUN(MPR_SERVER_1, dwNumPptpPorts, dwL2tpPortFlags, pptp_ports, l2tp_flags),
    WIRE_END,
};
static const struct wire_row server_2[] = {
    SERVER_RUN(MPR_SERVER_2, dwNumPptpPorts, dwSstpPortFlags, pptp_ports, sstp_flags),
    WIRE_END,
};

const struct wire_level wire_server_levels[] = {
    {sizeof(MPR_SERVER_0), 16, {server_0}, false},
    {sizeof(MPR_SERVER_1), 16, {server_1}, false},
    {sizeof(MPR_SERVER_2), 24, {server_2}, false},
};

static const struct wire_row port_0[] = {
    PORT_HANDLES(RAS_PORT_0),
    PORT_RUN(RAS_PORT_0, dwPortCondition, dwConnectDuration, condition, duration),
    PORT_TEXTS(RAS_PORT_0),
    WIRE_END,
};
static const struct wire_row port_1[] = {
    PORT_HANDLES(RAS_PORT_1),
    PORT_RUN(RAS_PORT_1, dwHardwareCondition, dwLineSpeed, hardware_condition, line_speed),
    PORT_RUN(RAS_PORT_1, dwBytesXmited, dwCompressionRatioOut, statistics[0], statistics[11]),
    WIRE_END,
};
static const struct wire_row port_2[] = {
    PORT_HANDLES(RAS_PORT_2),
    PORT_RUN(RAS_PORT_2, dwConn_State, dwConn_State, condition, condition),
    PORT_TEXTS(RAS_PORT_2),
    PORT_RUN(RAS_PORT_2, dwHardwareCondition, dwLineSpeed, hardware_condition, line_speed),
    PORT_RUN(RAS_PORT_2, dwCrcErr, dwTotalErrors, errors[0], errors[9]),
    PORT_RUN(RAS_PORT_2, ullBytesXmited, ullBytesRcvCompressed, totals[0], totals[7]),
    WIRE_END,
};

const struct wire_level wire_port_levels[] = {
    {sizeof(RAS_PORT_0), 380, {port_0}, false},
    {sizeof(RAS_PORT_1), 64, {port_1}, false},
    {sizeof(RAS_PORT_2), 488, {port_2}, false},
};

static const struct wire_row credentials_rows[] = {
    WIRE_OCTETS(MPR_CREDENTIALSEX_0, lpbCredentialsInfo, dwSize, union wire_dim, credentials),
    WIRE_END,
};

const struct wire_level wire_credentials_levels[] = {
    {sizeof(MPR_CREDENTIALSEX_0), 8, {credentials_rows}, true},
};
