#include "win32/rtm/clients.h"

#include <string.h>

#include "win32/instance.h"

struct told told[TOLD_MAX];
volatile LONG told_count, told_answer;

int clients_begin(void **state)
{
    struct engine *e;

    (void)state;
    assert_int_equal(instance_engine(&e), ST_OK);
    return 0;
}

int clients_end(void **state)
{
    (void)state;
    instance_shutdown();
    return 0;
}

DWORD WINAPI client_callback(RTM_ENTITY_HANDLE client, RTM_EVENT_TYPE type, void *context1,
                             void *context2)
{
    struct told *t = &told[told_count % TOLD_MAX];

    (void)client;
    t->type = type;
    t->context1 = context1;
    t->context2 = context2;
    t->thread = GetCurrentThreadId();
    if (type == RTM_ENTITY_REGISTERED || type == RTM_ENTITY_DEREGISTERED)
        t->info = *(const RTM_ENTITY_INFO *)context2;
    InterlockedIncrement(&told_count);
    return (DWORD)told_answer;
}

RTM_ENTITY_INFO client_info(USHORT family, ULONG instance)
{
    RTM_ENTITY_INFO info;

    memset(&info, 0, sizeof(info));
    info.AddressFamily = family;
    info.EntityId.EntityProtocolId = CLIENT_PROTOCOL;
    info.EntityId.EntityInstanceId = instance;
    return info;
}

RTM_ENTITY_HANDLE client_new(ULONG instance, RTM_EVENT_CALLBACK callback)
{
    RTM_ENTITY_INFO info = client_info(AF_INET, instance);
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE client = NULL;

    assert_int_equal(rtm_RegisterEntity(&info, NULL, callback, FALSE, &profile, &client), 0);
    assert_non_null(client);
    return client;
}

void client_end(RTM_ENTITY_HANDLE client)
{
    assert_int_equal(rtm_DeregisterEntity(client), 0);
}

RTM_NET_ADDRESS net4(BYTE a, BYTE b, BYTE c, BYTE d, USHORT length)
{
    RTM_NET_ADDRESS net = {.AddressFamily = AF_INET, .NumBits = length};

    net.AddrBits[0] = a;
    net.AddrBits[1] = b;
    net.AddrBits[2] = c;
    net.AddrBits[3] = d;
    return net;
}

RTM_NEXTHOP_HANDLE client_hop(RTM_ENTITY_HANDLE client, BYTE last)
{
    RTM_NEXTHOP_INFO info = {.InterfaceIndex = CLIENT_INTERFACE};
    RTM_NEXTHOP_HANDLE hop = NULL;
    DWORD change = 99;

    info.NextHopAddress = net4(10, 0, 0, last, 32);
    assert_int_equal(rtm_AddNextHop(client, &info, &hop, &change), 0);
    assert_non_null(hop);
    return hop;
}

RTM_ROUTE_HANDLE client_route(RTM_ENTITY_HANDLE client, RTM_NET_ADDRESS to, RTM_NEXTHOP_HANDLE hop,
                              ULONG metric, DWORD *ret_change)
{
    RTM_ROUTE_INFO info = {.PrefInfo = {.Metric = metric, .Preference = 50},
                           .BelongsToViews = RTM_VIEW_MASK_UCAST};
    RTM_ROUTE_HANDLE route = NULL;
    DWORD change = 0;

    info.NextHopsList.NumNextHops = 1;
    info.NextHopsList.NextHops[0] = hop;
    assert_int_equal(
        rtm_AddRouteToDest(client, &route, &to, &info, INFINITE, NULL, 0, NULL, &change), 0);
    assert_non_null(route);
    if (ret_change) *ret_change = change;
    return route;
}

size_t clients_handles(void)
{
    struct rtmv2 *t = rtm_enter();
    size_t count = t ? rtmv2_handle_count(t) : 0;

    if (t) rtm_leave();
    return count;
}
