/* Filling RAS_CONNECTION_n and RAS_PORT_n. A member that several levels have is filled in one
 * place.
 *
 * What the router can't know stays empty: the dialer makes the tunnel, so what LCP and CCP agreed
 * upon, compression and errors by sort are the dialer's; LCP and CCP say that they were not
 * negotiated, since their zeros are no agreement. The host's adapter tells addresses, bytes,
 * frames, errors and discards; errors are given as framing errors, discards as overruns of buffers.
 */
#include "win32/admin/ras_records.h"

#include <mprapi_ext.h>
#include <stdio.h>
#include <string.h>

#include "win32/sys/no_interface_macro.h"

#include "base/utf16.h"
#include "win32/link/dial_credentials.h"
#include "win32/net/link_stats.h"

/* ERROR_PROTOCOL_NOT_CONFIGURED: what a PPP protocol has for dwError that was not negotiated. */
#define NOT_NEGOTIATED 731u

static HANDLE handle_out(handle_t32 handle)
{
    return (HANDLE)(ULONG_PTR)handle;
}

static void copy_text(WCHAR *target, const char16_t *source, size_t capacity)
{
    size_t units = 0;

    while (units < capacity - 1 && source[units]) units++;
    memcpy(target, source, units * sizeof(*target));
    target[units] = 0;
}

static void address_text(uint32_t address, WCHAR ret[IPADDRESSLEN + 1])
{
    ret[0] = 0;
    if (!address) return;
    _snwprintf(ret, IPADDRESSLEN + 1, L"%u.%u.%u.%u", (unsigned)(address >> 24),
               (unsigned)(address >> 16 & 255), (unsigned)(address >> 8 & 255),
               (unsigned)(address & 255));
}

/* 32 bits of a 64-bit counter, as a counter that wraps. */
static DWORD counter(uint64_t value)
{
    return (DWORD)value;
}

static FILETIME file_time(uint32_t unix_time)
{
    uint64_t ticks = ((uint64_t)unix_time + 11644473600ull) * 10000000;
    FILETIME ret = {(DWORD)ticks, (DWORD)(ticks >> 32)};

    return ret;
}

static DWORD connection_flags(const struct connection_info *info)
{
    /* 0x10 is also ARAP's; here it is IKEv2's only (docs/COMPATIBILITY.md, MprAdminConnectionEnum).
     */
    DWORD flags = info->kind == PORT_IKEV2 ? RAS_FLAGS_IKEV2_CONNECTION : RAS_FLAGS_PPP_CONNECTION;

    return info->quarantined ? flags | RAS_FLAGS_QUARANTINE_PRESENT : flags;
}

/* NO_ERROR when the protocol was negotiated. A client's address is that of the other end. */
static DWORD ip_error(const struct connection_info *info)
{
    bool negotiated = info->type == IF_CLIENT ? info->remote : info->local;

    return negotiated ? NO_ERROR : NOT_NEGOTIATED;
}

static DWORD ipv6_error(const struct ras_connection *c)
{
    return c->has_ipv6 || c->info.has_remote_ipv6 ? NO_ERROR : NOT_NEGOTIATED;
}

static RAS_QUARANTINE_STATE quarantine(const struct connection_info *info)
{
    return info->quarantined ? RAS_QUAR_STATE_QUARANTINE : RAS_QUAR_STATE_NORMAL;
}

/* ---- what the host tells --------------------------------------------------------------------- */

void ras_connection_identify(struct ras_connection *c)
{
    struct dial_credentials credentials;

    if (c->info.identified) return;
    dial_credentials_load((const WCHAR *)c->info.interface_name, &credentials);
    u16_copy(c->info.user, LINK_USER_MAX + 1, credentials.user);
    u16_copy(c->info.domain, LINK_DOMAIN_MAX + 1, credentials.domain);
    dial_credentials_wipe(&credentials);
}

void ras_connection_complete(struct ras_connection *c, const struct link_facts *facts)
{
    ras_connection_identify(c);
    link_stats_since(c->info.host_index, &c->info.base, &c->counters);
    if (!c->info.remote) c->info.remote = link_facts_peer(facts, c->info.host_index, c->info.local);
    c->has_ipv6 = link_facts_ipv6(facts, c->info.host_index, c->ipv6_id);
}

/* Members that structures of different types have under the same names. */
#define FILL_TEXT(target, source) copy_text(target, source, ARRAYSIZE(target))
#define FILL_HANDLES(ret, info)                              \
    do {                                                     \
        (ret)->hConnection = handle_out((info)->connection); \
        (ret)->hInterface = handle_out((info)->interface);   \
    } while (0)
#define FILL_PARTIES(ret, info)                                       \
    do {                                                              \
        (ret)->dwConnectDuration = (info)->seconds;                   \
        (ret)->dwInterfaceType = (ROUTER_INTERFACE_TYPE)(info)->type; \
        (ret)->dwConnectionFlags = connection_flags(info);            \
        FILL_TEXT((ret)->wszInterfaceName, (info)->interface_name);   \
        FILL_TEXT((ret)->wszUserName, (info)->user);                  \
        FILL_TEXT((ret)->wszLogonDomain, (info)->domain);             \
        FILL_TEXT((ret)->wszRemoteComputer, (info)->computer);        \
    } while (0)
#define FILL_ERRORS(ret, counters)                                    \
    do {                                                              \
        (ret)->dwFramingErr = counter((counters)->errors_in);         \
        (ret)->dwBufferOverrunErr = counter((counters)->discards_in); \
    } while (0)
#define FILL_FRAMES(ret, counters)                               \
    do {                                                         \
        (ret)->dwFramesXmited = counter((counters)->frames_out); \
        (ret)->dwFramesRcved = counter((counters)->frames_in);   \
        FILL_ERRORS(ret, counters);                              \
    } while (0)
#define FILL_COUNTERS(ret, counters)                           \
    do {                                                       \
        (ret)->dwBytesXmited = counter((counters)->bytes_out); \
        (ret)->dwBytesRcved = counter((counters)->bytes_in);   \
        FILL_FRAMES(ret, counters);                            \
    } while (0)
#define FILL_LONG_BYTES(ret, counters)                 \
    do {                                               \
        (ret)->ullBytesXmited = (counters)->bytes_out; \
        (ret)->ullBytesRcved = (counters)->bytes_in;   \
    } while (0)
#define FILL_ADDRESSES(ret, info)                              \
    do {                                                       \
        address_text((info)->local, (ret)->wszAddress);        \
        address_text((info)->remote, (ret)->wszRemoteAddress); \
    } while (0)
#define FILL_IPV6_IDS(ret, c)                                                    \
    do {                                                                         \
        memcpy((ret)->bInterfaceIdentifier, (c)->ipv6_id, sizeof((c)->ipv6_id)); \
        memcpy((ret)->bRemoteInterfaceIdentifier, (c)->info.remote_ipv6_id,      \
               sizeof((c)->info.remote_ipv6_id));                                \
    } while (0)
#define FILL_ENDS(ret, c)                                     \
    do {                                                      \
        (ret)->dwIPv4NegotiationError = ip_error(&(c)->info); \
        FILL_ADDRESSES(ret, &(c)->info);                      \
        (ret)->dwIPv6NegotiationError = ipv6_error(c);        \
        FILL_IPV6_IDS(ret, c);                                \
    } while (0)
#define FILL_PROJECTION(ret, c)                                            \
    do {                                                                   \
        if ((c)->info.kind == PORT_IKEV2) {                                \
            (ret)->projectionInfoType = MPRAPI_IKEV2_PROJECTION_INFO_TYPE; \
            FILL_ENDS(&(ret)->Ikev2ProjectionInfo, c);                     \
        } else {                                                           \
            (ret)->projectionInfoType = MPRAPI_PPP_PROJECTION_INFO_TYPE;   \
            FILL_ENDS(&(ret)->PppProjectionInfo, c);                       \
            (ret)->PppProjectionInfo.dwLcpError = NOT_NEGOTIATED;          \
            (ret)->PppProjectionInfo.dwCcpError = NOT_NEGOTIATED;          \
        }                                                                  \
    } while (0)
/* RAS_CONNECTION_EX and RAS_CONNECTION_4. */
#define FILL_NEWER(ret, c)                                                     \
    do {                                                                       \
        FILL_PARTIES(ret, &(c)->info);                                         \
        memcpy(&(ret)->guid, (c)->info.guid, sizeof((ret)->guid));             \
        (ret)->rasQuarState = quarantine(&(c)->info);                          \
        FILL_FRAMES(ret, &(c)->counters);                                      \
        (ret)->dwNumSwitchOvers = (c)->info.switch_overs;                      \
        FILL_TEXT((ret)->wszRemoteEndpointAddress, (c)->info.remote_endpoint); \
        FILL_TEXT((ret)->wszLocalEndpointAddress, (c)->info.local_endpoint);   \
        FILL_PROJECTION(&(ret)->ProjectionInfo, c);                            \
        FILL_HANDLES(ret, &(c)->info);                                         \
    } while (0)

/* ---- connections ----------------------------------------------------------------------------- */

void ras_connection_0(const struct ras_connection *c, void *target)
{
    RAS_CONNECTION_0 *ret = target;

    FILL_HANDLES(ret, &c->info);
    FILL_PARTIES(ret, &c->info);
}

void ras_connection_1(const struct ras_connection *c, void *target)
{
    RAS_CONNECTION_1 *ret = target;

    FILL_HANDLES(ret, &c->info);
    ret->PppInfo.nbf.dwError = NOT_NEGOTIATED;
    ret->PppInfo.ip.dwError = ip_error(&c->info);
    FILL_ADDRESSES(&ret->PppInfo.ip, &c->info);
    ret->PppInfo.ipx.dwError = NOT_NEGOTIATED;
    ret->PppInfo.at.dwError = NOT_NEGOTIATED;
    FILL_COUNTERS(ret, &c->counters);
}

static void fill_ip2(const struct connection_info *info, PPP_IPCP_INFO2 *ret)
{
    ret->dwError = ip_error(info);
    FILL_ADDRESSES(ret, info);
}

void ras_connection_2(const struct ras_connection *c, void *target)
{
    RAS_CONNECTION_2 *ret = target;

    FILL_TEXT(ret->wszUserName, c->info.user);
    ret->hConnection = handle_out(c->info.connection);
    ret->dwInterfaceType = (ROUTER_INTERFACE_TYPE)c->info.type;
    memcpy(&ret->guid, c->info.guid, sizeof(ret->guid));
    ret->PppInfo2.nbf.dwError = NOT_NEGOTIATED;
    fill_ip2(&c->info, &ret->PppInfo2.ip);
    ret->PppInfo2.ipx.dwError = NOT_NEGOTIATED;
    ret->PppInfo2.at.dwError = NOT_NEGOTIATED;
    ret->PppInfo2.ccp.dwError = NOT_NEGOTIATED;
    ret->PppInfo2.lcp.dwError = NOT_NEGOTIATED;
}

void ras_connection_3(const struct ras_connection *c, void *target)
{
    RAS_CONNECTION_3 *ret = target;

    FILL_TEXT(ret->wszUserName, c->info.user);
    ret->dwVersion = 1;
    ret->dwSize = sizeof(*ret);
    ret->hConnection = handle_out(c->info.connection);
    ret->dwInterfaceType = (ROUTER_INTERFACE_TYPE)c->info.type;
    memcpy(&ret->guid, c->info.guid, sizeof(ret->guid));
    ret->PppInfo3.nbf.dwError = NOT_NEGOTIATED;
    fill_ip2(&c->info, &ret->PppInfo3.ip);
    ret->PppInfo3.ipv6.dwVersion = 1;
    ret->PppInfo3.ipv6.dwSize = sizeof(ret->PppInfo3.ipv6);
    ret->PppInfo3.ipv6.dwError = ipv6_error(c);
    FILL_IPV6_IDS(&ret->PppInfo3.ipv6, c);
    ret->PppInfo3.ccp.dwError = NOT_NEGOTIATED;
    ret->PppInfo3.lcp.dwError = NOT_NEGOTIATED;
    ret->rasQuarState = quarantine(&c->info);
}

/* RASDEVICETYPE of MS-RRASM 2.2.1.2.7x: tunnels by protocol, PPPoE, other. */
static const DWORD device_types[] = {[PORT_PPTP] = 8,   [PORT_L2TP] = 9,   [PORT_SSTP] = 14,
                                     [PORT_IKEV2] = 15, [PORT_PPPOE] = 13, [PORT_DEVICE] = 12};

void ras_connection_4(const struct ras_connection *c, void *target)
{
    RAS_CONNECTION_4 *ret = target;

    FILL_NEWER(ret, c);
    FILL_LONG_BYTES(ret, &c->counters);
    ret->connectionStartTime = file_time(c->info.started);
    ret->dwDeviceType = device_types[c->info.kind];
}

void ras_connection_ex(const struct ras_connection *c, void *target)
{
    RAS_CONNECTION_EX *ret = target;

    ret->Header.revision = MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1;
    ret->Header.type = MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT;
    ret->Header.size = sizeof(*ret);
    FILL_NEWER(ret, c);
    FILL_COUNTERS(ret, &c->counters);
}

/* ---- ports ----------------------------------------------------------------------------------- */

#define FILL_PORT(ret, info)                                 \
    do {                                                     \
        (ret)->hPort = handle_out((info)->port);             \
        (ret)->hConnection = handle_out((info)->connection); \
    } while (0)
#define FILL_DEVICE(ret, info)                                \
    do {                                                      \
        FILL_TEXT((ret)->wszPortName, (info)->name);          \
        FILL_TEXT((ret)->wszMediaName, (info)->media);        \
        FILL_TEXT((ret)->wszDeviceName, (info)->device.name); \
        FILL_TEXT((ret)->wszDeviceType, (info)->device.type); \
    } while (0)

static DWORD line_speed(const struct port_info *info)
{
    return info->speed > 0xFFFFFFFFu ? 0xFFFFFFFFu : (DWORD)info->speed;
}

void ras_port_0(const struct ras_port *p, void *target)
{
    RAS_PORT_0 *ret = target;

    FILL_PORT(ret, &p->info);
    FILL_DEVICE(ret, &p->info);
    ret->dwPortCondition = (RAS_PORT_CONDITION)p->info.condition;
    ret->dwTotalNumberOfCalls = p->info.calls;
    ret->dwConnectDuration = p->info.seconds;
}

void ras_port_1(const struct ras_port *p, void *target)
{
    RAS_PORT_1 *ret = target;

    FILL_PORT(ret, &p->info);
    FILL_COUNTERS(ret, &p->counters);
    ret->dwHardwareCondition = RAS_HARDWARE_OPERATIONAL;
    ret->dwLineSpeed = line_speed(&p->info);
}

void ras_port_2(const struct ras_port *p, void *target)
{
    RAS_PORT_2 *ret = target;

    FILL_PORT(ret, &p->info);
    FILL_DEVICE(ret, &p->info);
    FILL_ERRORS(ret, &p->counters);
    FILL_LONG_BYTES(ret, &p->counters);
    ret->dwConn_State = p->info.condition;
    ret->dwHardwareCondition = RAS_HARDWARE_OPERATIONAL;
    ret->dwLineSpeed = line_speed(&p->info);
    ret->dwTotalErrors = counter(p->counters.errors_in + p->counters.errors_out);
    ret->ullFramesXmited = p->counters.frames_out;
    ret->ullFramesRcved = p->counters.frames_in;
    /* Nothing that the host counts is compressed. */
    ret->ullBytesTxUncompressed = p->counters.bytes_out;
    ret->ullBytesRcvUncompressed = p->counters.bytes_in;
}
