#include "blocks.h"

#include <mprapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Windows before Server 2008 had routes as MIB_IPFORWARDROW, with these columns. */
enum {
    OLD_DESTINATION,
    OLD_MASK,
    OLD_POLICY,
    OLD_NEXT_HOP,
    OLD_INDEX,
    OLD_TYPE,
    OLD_PROTOCOL,
    OLD_AGE,
    OLD_NEXT_HOP_AS,
    OLD_METRIC,
    OLD_COLUMNS = 14
};

/* A new blob with one block; what MprInfoBlockAdd got is not changed, and still ours to free. */
static DWORD make_block(DWORD type, const void *data, size_t size, LPVOID *ret)
{
    LPVOID empty;
    DWORD rc = MprInfoCreate(1, &empty);

    if (rc) return rc;
    rc = MprInfoBlockAdd(empty, type, (DWORD)size, 1, (LPBYTE)(ULONG_PTR)data, ret);
    MprInfoDelete(empty);
    return rc;
}

DWORD make_global_block(LPVOID *ret)
{
    const IPRIP_GLOBAL_CONFIG rip = {
        .GC_LoggingLevel = 1,
        .GC_MaxRecvQueueSize = 1 << 20,
        .GC_MaxSendQueueSize = 1 << 20,
        .GC_MinTriggeredUpdateInterval = 5,
    };

    return make_block(MS_IP_RIP, &rip, sizeof(rip), ret);
}

IPRIP_IF_CONFIG rip_on_demand(void)
{
    return (IPRIP_IF_CONFIG){
        .IC_Metric = 1,
        .IC_UpdateMode = IPRIP_UPDATE_DEMAND,
        .IC_AcceptMode = IPRIP_RIP2,
        .IC_AnnounceMode = IPRIP_RIP2,
        .IC_ProtocolFlags = IPRIP_FLAG_ACCEPT_HOST_ROUTES | IPRIP_FLAG_ACCEPT_DEFAULT_ROUTES |
                            IPRIP_FLAG_SPLIT_HORIZON,
        .IC_RouteExpirationInterval = 180,
        .IC_RouteRemovalInterval = 120,
        .IC_FullUpdateInterval = 30,
        .IC_AuthenticationType = IPRIP_AUTHTYPE_NONE,
    };
}

DWORD make_interface_block(const IPRIP_IF_CONFIG *rip, DWORD peer, LPVOID *ret)
{
    BYTE block[sizeof(*rip) + sizeof(peer)];
    IPRIP_IF_CONFIG config = *rip;

    if (!peer) return make_block(MS_IP_RIP, &config, sizeof(config), ret);
    config.IC_UnicastPeerMode = IPRIP_PEER_ONLY;
    config.IC_UnicastPeerCount = 1;
    memcpy(block, &config, sizeof(config));
    memcpy(block + sizeof(config), &peer, sizeof(peer));
    return make_block(MS_IP_RIP, block, sizeof(block), ret);
}

static struct route from_old(const DWORD *row)
{
    return (struct route){row[OLD_DESTINATION], row[OLD_MASK], row[OLD_NEXT_HOP], row[OLD_METRIC],
                          row[OLD_PROTOCOL]};
}

static struct route from_new(const INTERFACE_ROUTE_INFO_V4 *row)
{
    return (struct route){row->dwRtInfoDest, row->dwRtInfoMask, row->dwRtInfoNextHop,
                          row->dwRtInfoMetric1, row->dwRtInfoProto};
}

static void read_row(const BYTE *data, DWORD size, struct routes *ret)
{
    INTERFACE_ROUTE_INFO_V4 row;
    DWORD old[OLD_COLUMNS];

    if (size == sizeof(old)) {
        memcpy(old, data, sizeof(old));
        ret->list[ret->count++] = from_old(old);
        return;
    }
    memcpy(&row, data, sizeof(row));
    if (row.bV4) ret->list[ret->count++] = from_new(&row);
}

DWORD read_routes(LPVOID header, struct routes *ret)
{
    DWORD size = 0, count = 0;
    LPBYTE data = NULL;
    DWORD rc = MprInfoBlockFind(header, IP_ROUTES_BLOCK, &size, &count, &data);

    *ret = (struct routes){NULL, 0};
    if (rc == ERROR_NOT_FOUND || (!rc && count == 0)) return NO_ERROR;
    if (rc) return rc;
    if (size != sizeof(INTERFACE_ROUTE_INFO_V4) && size != OLD_COLUMNS * sizeof(DWORD))
        return ERROR_INVALID_DATA;
    ret->list = calloc(count, sizeof(*ret->list));
    if (!ret->list) return ERROR_NOT_ENOUGH_MEMORY;
    for (DWORD i = 0; i < count; i++) read_row(data + (size_t)i * size, size, ret);
    return NO_ERROR;
}

/* Most significant byte first: the order in which people read addresses. */
static DWORD host_order(DWORD address)
{
    return address >> 24 | (address >> 8 & 0xFF00) | (address << 8 & 0xFF0000) | address << 24;
}

static int compare_routes(const void *left, const void *right)
{
    const struct route *a = left, *b = right;
    const DWORD keys[][2] = {{host_order(a->destination), host_order(b->destination)},
                             {host_order(a->mask), host_order(b->mask)},
                             {host_order(a->next_hop), host_order(b->next_hop)}};

    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
        if (keys[i][0] != keys[i][1]) return keys[i][0] < keys[i][1] ? -1 : 1;
    }
    return 0;
}

void sort_routes(struct routes *routes)
{
    if (routes->count) qsort(routes->list, routes->count, sizeof(*routes->list), compare_routes);
}

const char *address_text(DWORD address, char *buffer)
{
    DWORD a = host_order(address);

    snprintf(buffer, ADDRESS_TEXT, "%u.%u.%u.%u", (unsigned)(a >> 24), (unsigned)(a >> 16 & 255),
             (unsigned)(a >> 8 & 255), (unsigned)(a & 255));
    return buffer;
}

const char *prefix_text(const struct route *route, char *buffer)
{
    unsigned length = 0;

    for (DWORD mask = host_order(route->mask); mask & 0x80000000u; mask <<= 1) length++;
    address_text(route->destination, buffer);
    size_t used = strlen(buffer);
    snprintf(buffer + used, ADDRESS_TEXT - used, "/%u", length);
    return buffer;
}
