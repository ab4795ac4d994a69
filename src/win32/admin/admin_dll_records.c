/* Filling RAS_CONNECTION_n and RAS_PORT_n.
 *
 * What the router can't know stays empty: the dialer makes the tunnel, so what LCP and CCP agreed
 * upon, compression and errors by sort are the dialer's; LCP and CCP say that they were not
 * negotiated, since their zeros are no agreement. The host's adapter tells addresses, bytes,
 * frames, errors and discards; errors are given as framing errors, discards as overruns of buffers.
 */
#include "win32/admin/admin_dll_records.h"

#include <stdio.h>
#include <string.h>

#include "base/utf16.h"
#include "win32/link/dial_credentials.h"
#include "win32/net/link_stats.h"

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

void ras_address_text(uint32_t address, WCHAR ret[IPADDRESSLEN + 1])
{
    ret[0] = 0;
    if (!address) return;
    _snwprintf(ret, IPADDRESSLEN + 1, L"%u.%u.%u.%u", (unsigned)(address >> 24),
               (unsigned)(address >> 16 & 255), (unsigned)(address >> 8 & 255),
               (unsigned)(address & 255));
}

DWORD ras_counter(uint64_t value)
{
    return (DWORD)value;
}

FILETIME ras_file_time(uint32_t unix_time)
{
    uint64_t ticks = ((uint64_t)unix_time + 11644473600ull) * 10000000;
    FILETIME ret = {(DWORD)ticks, (DWORD)(ticks >> 32)};

    return ret;
}

DWORD ras_connection_flags(const struct connection_info *info)
{
    /* 0x10 is also ARAP's; here it is IKEv2's only (docs/COMPATIBILITY.md, MprAdminConnectionEnum).
     */
    DWORD flags = info->kind == PORT_IKEV2 ? RAS_FLAGS_IKEV2_CONNECTION : RAS_FLAGS_PPP_CONNECTION;

    return info->quarantined ? flags | RAS_FLAGS_QUARANTINE_PRESENT : flags;
}

/* A client's address is that of the other end. */
DWORD ras_ip_error(const struct connection_info *info)
{
    bool negotiated = info->type == IF_CLIENT ? info->remote : info->local;

    return negotiated ? NO_ERROR : RAS_NOT_NEGOTIATED;
}

static void fill_ip2(const struct connection_info *info, PPP_IPCP_INFO2 *ret)
{
    ret->dwError = ras_ip_error(info);
    ras_address_text(info->local, ret->wszAddress);
    ras_address_text(info->remote, ret->wszRemoteAddress);
}

DWORD ras_ipv6_error(const struct ras_connection *c)
{
    return c->has_ipv6 || c->info.has_remote_ipv6 ? NO_ERROR : RAS_NOT_NEGOTIATED;
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
#define FILL_COUNTERS(ret, counters)                                      \
    do {                                                                  \
        (ret)->dwBytesXmited = ras_counter((counters)->bytes_out);        \
        (ret)->dwBytesRcved = ras_counter((counters)->bytes_in);          \
        (ret)->dwFramesXmited = ras_counter((counters)->frames_out);      \
        (ret)->dwFramesRcved = ras_counter((counters)->frames_in);        \
        (ret)->dwFramingErr = ras_counter((counters)->errors_in);         \
        (ret)->dwBufferOverrunErr = ras_counter((counters)->discards_in); \
    } while (0)
#define FILL_TEXT(target, source) copy_text(target, source, ARRAYSIZE(target))
#define FILL_PARTIES(ret, info)                                       \
    do {                                                              \
        (ret)->dwConnectDuration = (info)->seconds;                   \
        (ret)->dwInterfaceType = (ROUTER_INTERFACE_TYPE)(info)->type; \
        (ret)->dwConnectionFlags = ras_connection_flags(info);        \
        FILL_TEXT((ret)->wszInterfaceName, (info)->interface_name);   \
        FILL_TEXT((ret)->wszUserName, (info)->user);                  \
        FILL_TEXT((ret)->wszLogonDomain, (info)->domain);             \
        FILL_TEXT((ret)->wszRemoteComputer, (info)->computer);        \
    } while (0)

/* ---- connections ----------------------------------------------------------------------------- */

void ras_connection_0(const struct ras_connection *c, RAS_CONNECTION_0 *ret)
{
    ret->hConnection = handle_out(c->info.connection);
    ret->hInterface = handle_out(c->info.interface);
    FILL_PARTIES(ret, &c->info);
}

void ras_connection_1(const struct ras_connection *c, RAS_CONNECTION_1 *ret)
{
    ret->hConnection = handle_out(c->info.connection);
    ret->hInterface = handle_out(c->info.interface);
    ret->PppInfo.nbf.dwError = RAS_NOT_NEGOTIATED;
    ret->PppInfo.ip.dwError = ras_ip_error(&c->info);
    ras_address_text(c->info.local, ret->PppInfo.ip.wszAddress);
    ras_address_text(c->info.remote, ret->PppInfo.ip.wszRemoteAddress);
    ret->PppInfo.ipx.dwError = RAS_NOT_NEGOTIATED;
    ret->PppInfo.at.dwError = RAS_NOT_NEGOTIATED;
    FILL_COUNTERS(ret, &c->counters);
}

void ras_connection_2(const struct ras_connection *c, RAS_CONNECTION_2 *ret)
{
    FILL_TEXT(ret->wszUserName, c->info.user);
    ret->hConnection = handle_out(c->info.connection);
    ret->dwInterfaceType = (ROUTER_INTERFACE_TYPE)c->info.type;
    memcpy(&ret->guid, c->info.guid, sizeof(ret->guid));
    ret->PppInfo2.nbf.dwError = RAS_NOT_NEGOTIATED;
    fill_ip2(&c->info, &ret->PppInfo2.ip);
    ret->PppInfo2.ipx.dwError = RAS_NOT_NEGOTIATED;
    ret->PppInfo2.at.dwError = RAS_NOT_NEGOTIATED;
    ret->PppInfo2.ccp.dwError = RAS_NOT_NEGOTIATED;
    ret->PppInfo2.lcp.dwError = RAS_NOT_NEGOTIATED;
}

void ras_connection_3(const struct ras_connection *c, RAS_CONNECTION_3 *ret)
{
    FILL_TEXT(ret->wszUserName, c->info.user);
    ret->dwVersion = 1;
    ret->dwSize = sizeof(*ret);
    ret->hConnection = handle_out(c->info.connection);
    ret->dwInterfaceType = (ROUTER_INTERFACE_TYPE)c->info.type;
    memcpy(&ret->guid, c->info.guid, sizeof(ret->guid));
    ret->PppInfo3.nbf.dwError = RAS_NOT_NEGOTIATED;
    fill_ip2(&c->info, &ret->PppInfo3.ip);
    ret->PppInfo3.ipv6.dwVersion = 1;
    ret->PppInfo3.ipv6.dwSize = sizeof(ret->PppInfo3.ipv6);
    ret->PppInfo3.ipv6.dwError = ras_ipv6_error(c);
    memcpy(ret->PppInfo3.ipv6.bInterfaceIdentifier, c->ipv6_id, sizeof(c->ipv6_id));
    memcpy(ret->PppInfo3.ipv6.bRemoteInterfaceIdentifier, c->info.remote_ipv6_id,
           sizeof(c->info.remote_ipv6_id));
    ret->PppInfo3.ccp.dwError = RAS_NOT_NEGOTIATED;
    ret->PppInfo3.lcp.dwError = RAS_NOT_NEGOTIATED;
    ret->rasQuarState = quarantine(&c->info);
}

static void fill_projection(const struct ras_connection *c, PROJECTION_INFO *ret)
{
    const struct connection_info *info = &c->info;

    if (info->kind == PORT_IKEV2) {
        ret->projectionInfoType = 2; /* MPRAPI_IKEV2_PROJECTION_INFO_TYPE */
        ret->Ikev2ProjectionInfo.dwIPv4NegotiationError = ras_ip_error(info);
        ras_address_text(info->local, ret->Ikev2ProjectionInfo.wszAddress);
        ras_address_text(info->remote, ret->Ikev2ProjectionInfo.wszRemoteAddress);
        ret->Ikev2ProjectionInfo.dwIPv6NegotiationError = ras_ipv6_error(c);
        memcpy(ret->Ikev2ProjectionInfo.bInterfaceIdentifier, c->ipv6_id, sizeof(c->ipv6_id));
        memcpy(ret->Ikev2ProjectionInfo.bRemoteInterfaceIdentifier, c->info.remote_ipv6_id,
               sizeof(c->info.remote_ipv6_id));
        return;
    }
    ret->projectionInfoType = 1; /* MPRAPI_PPP_PROJECTION_INFO_TYPE */
    ret->PppProjectionInfo.dwIPv4NegotiationError = ras_ip_error(info);
    ras_address_text(info->local, ret->PppProjectionInfo.wszAddress);
    ras_address_text(info->remote, ret->PppProjectionInfo.wszRemoteAddress);
    ret->PppProjectionInfo.dwIPv6NegotiationError = ras_ipv6_error(c);
    memcpy(ret->PppProjectionInfo.bInterfaceIdentifier, c->ipv6_id, sizeof(c->ipv6_id));
    memcpy(ret->PppProjectionInfo.bRemoteInterfaceIdentifier, c->info.remote_ipv6_id,
           sizeof(c->info.remote_ipv6_id));
    ret->PppProjectionInfo.dwLcpError = RAS_NOT_NEGOTIATED;
    ret->PppProjectionInfo.dwCcpError = RAS_NOT_NEGOTIATED;
}

void ras_connection_ex(const struct ras_connection *c, RAS_CONNECTION_EX *ret)
{
    ret->Header.revision = MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1;
    ret->Header.type = MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT;
    ret->Header.size = sizeof(*ret);
    FILL_PARTIES(ret, &c->info);
    memcpy(&ret->guid, c->info.guid, sizeof(ret->guid));
    ret->rasQuarState = quarantine(&c->info);
    FILL_COUNTERS(ret, &c->counters);
    ret->dwNumSwitchOvers = c->info.switch_overs;
    FILL_TEXT(ret->wszRemoteEndpointAddress, c->info.remote_endpoint);
    FILL_TEXT(ret->wszLocalEndpointAddress, c->info.local_endpoint);
    fill_projection(c, &ret->ProjectionInfo);
    ret->hConnection = handle_out(c->info.connection);
    ret->hInterface = handle_out(c->info.interface);
}

/* ---- ports ----------------------------------------------------------------------------------- */

void ras_port_0(const struct ras_port *p, RAS_PORT_0 *ret)
{
    ret->hPort = handle_out(p->info.port);
    ret->hConnection = handle_out(p->info.connection);
    ret->dwPortCondition = (RAS_PORT_CONDITION)p->info.condition;
    ret->dwTotalNumberOfCalls = p->info.calls;
    ret->dwConnectDuration = p->info.seconds;
    FILL_TEXT(ret->wszPortName, p->info.name);
    FILL_TEXT(ret->wszMediaName, p->info.media);
    FILL_TEXT(ret->wszDeviceName, p->info.device.name);
    FILL_TEXT(ret->wszDeviceType, p->info.device.type);
}

void ras_port_1(const struct ras_port *p, RAS_PORT_1 *ret)
{
    ret->hPort = handle_out(p->info.port);
    ret->hConnection = handle_out(p->info.connection);
    ret->dwHardwareCondition = RAS_HARDWARE_OPERATIONAL;
    ret->dwLineSpeed = p->info.speed > 0xFFFFFFFFu ? 0xFFFFFFFFu : (DWORD)p->info.speed;
    FILL_COUNTERS(ret, &p->counters);
}
