#include "routes.h"

#include <rtmv2.h>
#include <string.h>

#include "beacon.h"
#include "trace.h"

static RTM_ENTITY_HANDLE entity;
static const SUPPORT_FUNCTIONS *functions;

/* A route whose time is over is deleted by who is told that we don't look after it. */
static DWORD WINAPI on_event(RTM_ENTITY_HANDLE self, RTM_EVENT_TYPE type, PVOID context1,
                             PVOID context2)
{
    (void)self, (void)type, (void)context1, (void)context2;
    return ERROR_NOT_SUPPORTED;
}

DWORD routes_start(const SUPPORT_FUNCTIONS *support)
{
    RTM_ENTITY_INFO info;
    RTM_REGN_PROFILE profile;

    memset(&info, 0, sizeof(info));
    info.AddressFamily = AF_INET;
    info.EntityId.EntityProtocolId = BEACON_ID;
    functions = support;
    return RtmRegisterEntity(&info, NULL, on_event, FALSE, &profile, &entity);
}

/* All own routes, or those over one interface. */
static void delete_routes(RTM_MATCH_FLAGS match, ULONG interface_index)
{
    RTM_ROUTE_HANDLE routes[16];
    RTM_ENUM_HANDLE all;
    DWORD rc;

    if (RtmCreateRouteEnum(entity, NULL, RTM_VIEW_MASK_ANY, RTM_ENUM_OWN_ROUTES, NULL, match, NULL,
                           interface_index, &all))
        return;
    do {
        UINT count = sizeof(routes) / sizeof(*routes);

        rc = RtmGetEnumRoutes(entity, all, &count, routes);
        if (rc != NO_ERROR && rc != ERROR_NO_MORE_ITEMS) break;
        for (UINT n = 0; n < count; n++) {
            DWORD change;

            if (RtmDeleteRouteToDest(entity, routes[n], &change))
                RtmReleaseRoutes(entity, 1, &routes[n]);
        }
    } while (rc == NO_ERROR);
    RtmDeleteEnumHandle(entity, all);
}

void routes_stop(void)
{
    if (!entity) return;
    delete_routes(RTM_MATCH_NONE, 0);
    RtmDeregisterEntity(entity);
    entity = NULL;
}

void routes_forget(ULONG interface_index)
{
    if (entity) delete_routes(RTM_MATCH_INTERFACE, interface_index);
}

/* ---- learning -------------------------------------------------------------------------------- */

static void set_address(RTM_NET_ADDRESS *net, DWORD address, USHORT length)
{
    memset(net, 0, sizeof(*net));
    net->AddressFamily = AF_INET;
    net->NumBits = length;
    memcpy(net->AddrBits, &address, sizeof(address));
}

static RTM_NEXTHOP_HANDLE next_hop(ULONG interface_index, DWORD neighbour)
{
    RTM_NEXTHOP_HANDLE handle = NULL;
    RTM_NEXTHOP_CHANGE_FLAGS change;
    RTM_NEXTHOP_INFO info;

    memset(&info, 0, sizeof(info));
    set_address(&info.NextHopAddress, neighbour, 32);
    info.InterfaceIndex = interface_index;
    return RtmAddNextHop(entity, &info, &handle, &change) ? NULL : handle;
}

static void add(RTM_NEXTHOP_HANDLE hop, RTM_NET_ADDRESS *destination, DWORD life_ms)
{
    RTM_ROUTE_CHANGE_FLAGS change = 0;
    RTM_ROUTE_INFO route;

    memset(&route, 0, sizeof(route));
    route.Neighbour = hop;
    route.PrefInfo.Metric = 1;
    route.BelongsToViews = RTM_VIEW_MASK_UCAST;
    route.NextHopsList.NumNextHops = 1;
    route.NextHopsList.NextHops[0] = hop;
    /* The router knows which preference this protocol has, and may not want the route. */
    if (functions->ValidateRoute(BEACON_ID, &route, destination)) return;
    RtmAddRouteToDest(entity, NULL, destination, &route, life_ms, NULL, 0, NULL, &change);
}

void routes_learn(ULONG interface_index, DWORD neighbour, DWORD address, USHORT length,
                  DWORD life_ms)
{
    const BYTE *octet = (const BYTE *)&address;
    RTM_NET_ADDRESS destination;
    RTM_NEXTHOP_HANDLE hop;

    if (!entity) return;
    TRACE(TRACE_ROUTE, "route %u.%u.%u.%u/%u over interface %lu", octet[0], octet[1], octet[2],
          octet[3], length, interface_index);
    hop = next_hop(interface_index, neighbour);
    if (!hop) return;
    set_address(&destination, address, length);
    add(hop, &destination, life_ms);
    RtmReleaseNextHops(entity, 1, &hop);
}
