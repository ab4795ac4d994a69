/* A page is copied under the lock; the host is asked for its figures afterwards. */
#include "api/admin/connection_levels.h"

#include <mprapi_ext.h>
#include <string.h>

#include "win32/sys/no_interface_macro.h"

#include "win32/net/link_facts.h"

/* RASDEVICETYPE of MS-RRASM 2.2.1.2.7x: tunnels by protocol, PPPoE, other. */
static const DWORD device_types[] = {[PORT_PPTP] = 8,   [PORT_L2TP] = 9,   [PORT_SSTP] = 14,
                                     [PORT_IKEV2] = 15, [PORT_PPPOE] = 13, [PORT_DEVICE] = 12};

static void fill_projection2(const struct ras_connection *c, PROJECTION_INFO2 *ret)
{
    bool ikev2 = c->info.kind == PORT_IKEV2;
    DWORD ip = ras_ip_error(&c->info), ipv6 = ras_ipv6_error(c);

    ret->projectionInfoType =
        ikev2 ? MPRAPI_IKEV2_PROJECTION_INFO_TYPE : MPRAPI_PPP_PROJECTION_INFO_TYPE;
    if (ikev2) {
        ret->Ikev2ProjectionInfo.dwIPv4NegotiationError = ip;
        ras_address_text(c->info.local, ret->Ikev2ProjectionInfo.wszAddress);
        ras_address_text(c->info.remote, ret->Ikev2ProjectionInfo.wszRemoteAddress);
        ret->Ikev2ProjectionInfo.dwIPv6NegotiationError = ipv6;
        memcpy(ret->Ikev2ProjectionInfo.bInterfaceIdentifier, c->ipv6_id, sizeof(c->ipv6_id));
        memcpy(ret->Ikev2ProjectionInfo.bRemoteInterfaceIdentifier, c->info.remote_ipv6_id,
               sizeof(c->info.remote_ipv6_id));
    } else {
        ret->PppProjectionInfo.dwIPv4NegotiationError = ip;
        ras_address_text(c->info.local, ret->PppProjectionInfo.wszAddress);
        ras_address_text(c->info.remote, ret->PppProjectionInfo.wszRemoteAddress);
        ret->PppProjectionInfo.dwIPv6NegotiationError = ipv6;
        memcpy(ret->PppProjectionInfo.bInterfaceIdentifier, c->ipv6_id, sizeof(c->ipv6_id));
        memcpy(ret->PppProjectionInfo.bRemoteInterfaceIdentifier, c->info.remote_ipv6_id,
               sizeof(c->info.remote_ipv6_id));
        ret->PppProjectionInfo.dwLcpError = RAS_NOT_NEGOTIATED;
        ret->PppProjectionInfo.dwCcpError = RAS_NOT_NEGOTIATED;
    }
}

/* What both structures have goes by way of the older one. */
static void fill_4(const struct ras_connection *c, void *target)
{
    RAS_CONNECTION_4 *ret = target;
    RAS_CONNECTION_EX ex;

    memset(&ex, 0, sizeof(ex));
    ras_connection_ex(c, &ex);
    ret->dwConnectDuration = ex.dwConnectDuration;
    ret->dwInterfaceType = ex.dwInterfaceType;
    ret->dwConnectionFlags = ex.dwConnectionFlags;
    memcpy(ret->wszInterfaceName, ex.wszInterfaceName, sizeof(ret->wszInterfaceName));
    memcpy(ret->wszUserName, ex.wszUserName, sizeof(ret->wszUserName));
    memcpy(ret->wszLogonDomain, ex.wszLogonDomain, sizeof(ret->wszLogonDomain));
    memcpy(ret->wszRemoteComputer, ex.wszRemoteComputer, sizeof(ret->wszRemoteComputer));
    ret->guid = ex.guid;
    ret->rasQuarState = ex.rasQuarState;
    ret->connectionStartTime = ras_file_time(c->info.started);
    ret->ullBytesXmited = c->counters.bytes_out;
    ret->ullBytesRcved = c->counters.bytes_in;
    ret->dwFramesXmited = ex.dwFramesXmited;
    ret->dwFramesRcved = ex.dwFramesRcved;
    ret->dwFramingErr = ex.dwFramingErr;
    ret->dwBufferOverrunErr = ex.dwBufferOverrunErr;
    ret->dwNumSwitchOvers = ex.dwNumSwitchOvers;
    memcpy(ret->wszRemoteEndpointAddress, ex.wszRemoteEndpointAddress,
           sizeof(ret->wszRemoteEndpointAddress));
    memcpy(ret->wszLocalEndpointAddress, ex.wszLocalEndpointAddress,
           sizeof(ret->wszLocalEndpointAddress));
    fill_projection2(c, &ret->ProjectionInfo);
    ret->hConnection = ex.hConnection;
    ret->hInterface = ex.hInterface;
    ret->dwDeviceType = device_types[c->info.kind];
}

static void fill_0(const struct ras_connection *c, void *target)
{
    ras_connection_0(c, target);
}

static void fill_1(const struct ras_connection *c, void *target)
{
    ras_connection_1(c, target);
}

static void fill_2(const struct ras_connection *c, void *target)
{
    ras_connection_2(c, target);
}

static void fill_3(const struct ras_connection *c, void *target)
{
    ras_connection_3(c, target);
}

static void fill_ex(const struct ras_connection *c, void *target)
{
    ras_connection_ex(c, target);
}

static const struct connection_level levels[CONNECTION_LEVELS + 1] = {
    {sizeof(RAS_CONNECTION_0), fill_0}, {sizeof(RAS_CONNECTION_1), fill_1},
    {sizeof(RAS_CONNECTION_2), fill_2}, {sizeof(RAS_CONNECTION_3), fill_3},
    {sizeof(RAS_CONNECTION_4), fill_4},
};
const struct connection_level connection_level_ex = {sizeof(RAS_CONNECTION_EX), fill_ex};

const struct connection_level *connection_level(DWORD level, bool enumerating)
{
    return level < (enumerating ? CONNECTION_LEVELS + 1 : CONNECTION_LEVELS) ? &levels[level]
                                                                             : NULL;
}

mpr_status connection_header_check(const MPRAPI_OBJECT_HEADER *header)
{
    if (!header || header->type != MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT ||
        header->revision != MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1)
        return ST_INVALID_PARAMETER;
    return header->size == sizeof(RAS_CONNECTION_EX) || header->size == sizeof(*header)
               ? ST_OK
               : ST_INVALID_PARAMETER;
}

mpr_status connection_read(HANDLE server, HANDLE connection, struct ras_connection *ret)
{
    struct link_facts facts;
    struct api_call call;
    mpr_status status = api_enter_ddm_again(&call, server);

    if (status != ST_OK) return status;
    status = router_connection_info(call.router, api_handle(connection), &ret->info);
    api_leave(&call);
    if (status == ST_OK) {
        link_facts_read(&facts);
        ras_connection_complete(ret, &facts);
        link_facts_free(&facts);
    }
    return status;
}

/* ---- pages ----------------------------------------------------------------------------------- */

static mpr_status copy_page(HANDLE server, uint32_t wanted, struct connection_page *page,
                            struct connection_info **ret)
{
    struct api_call call;
    uint32_t count;
    mpr_status status = api_enter_ddm_again(&call, server);

    if (status != ST_OK) return status;
    count = router_connection_count(call.router);
    if (wanted > count) wanted = count;
    if (wanted) {
        *ret = mem_alloc_array(wanted, sizeof(**ret));
        status = *ret ? router_connection_enum(call.router, &page->resume, *ret, wanted,
                                               &page->read, &page->total)
                      : ST_NOT_ENOUGH_MEMORY;
    } else {
        page->resume = 0;
    }
    api_leave(&call);
    return status;
}

static mpr_status fill_page(const struct connection_level *level,
                            const struct connection_info *infos, struct connection_page *page)
{
    struct link_facts facts;
    char *next;

    if (!page->read || !infos) return ST_OK;
    page->entries = api_buffer_new_array(page->read, level->size, 0);
    if (!page->entries) return ST_NOT_ENOUGH_MEMORY;
    next = page->entries;
    link_facts_read(&facts);
    for (uint32_t n = 0; n < page->read; n++, next += level->size) {
        struct ras_connection c = {.info = infos[n]};

        ras_connection_complete(&c, &facts);
        level->fill(&c, next);
    }
    link_facts_free(&facts);
    return ST_OK;
}

mpr_status connection_page_read(HANDLE server, const struct connection_level *level,
                                DWORD preferred, struct connection_page *page)
{
    struct connection_info *infos = NULL;
    uint32_t wanted = preferred / (uint32_t)level->size;
    /* Admin pages know no "too small" (docs/COMPATIBILITY.md, "Exported: connections, ports,
     * notification"). */
    mpr_status status = copy_page(server, wanted ? wanted : 1, page, &infos);

    if (status == ST_OK) status = fill_page(level, infos, page);
    mem_free(infos);
    return status;
}
