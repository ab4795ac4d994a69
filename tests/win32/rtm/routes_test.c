/* Routes, next hops, what is found, enumerated, locked and changed in place. */
#include "win32/rtm/clients.h"

#include <string.h>

#include "rtmdll/rtm_calls.h"
#include "win32/instance.h"
#include "win32/rtm/rtm_convert.h"
#include "win32/rtm/rtm_dll.h"

static RTM_ENTITY_HANDLE client;
static RTM_NEXTHOP_HANDLE hop;

static int begin_test(void **state)
{
    (void)state;
    client = client_new(1, NULL);
    hop = client_hop(client, 1);
    return 0;
}

static int end_test(void **state)
{
    (void)state;
    assert_int_equal(rtm_ReleaseNextHops(client, 1, &hop), 0);
    client_end(client);
    WAIT_UNTIL(clients_handles() == 0, 10000);
    return 0;
}

/* What the router has of it. */
static bool router_has(const RTM_NET_ADDRESS *net, uint32_t next_hop, uint32_t metric)
{
    struct rtm_prefix prefix = {.length = (uint8_t)net->NumBits};
    const struct rtm_route *route;
    struct engine *e;
    bool has;

    memcpy(prefix.address.octets, net->AddrBits, 4);
    instance_engine(&e);
    route = rtm_best_exact(router_rtm(engine_enter(e), TRANSPORT_IP), &prefix);
    has = route && route->protocol == CLIENT_PROTOCOL && rtm_ipv4(&route->next_hop) == next_hop &&
          route->metric == metric && route->interface == CLIENT_INTERFACE;
    engine_leave(e);
    return has;
}

/* ---- routes ---------------------------------------------------------------------------------- */

static void test_a_route_reaches_the_router(void **state)
{
    RTM_NET_ADDRESS to = net4(10, 1, 0, 0, 16), found_to;
    union rtm_route_room found;
    RTM_VIEW_SET best = 0;
    RTM_ROUTE_HANDLE route;
    DWORD change;

    (void)state;
    route = client_route(client, to, hop, 3, &change);
    assert_int_equal(change, RTM_ROUTE_CHANGE_NEW | RTM_ROUTE_CHANGE_BEST);
    assert_true(router_has(&to, 0x0A000001, 3));
    assert_int_equal(rtm_GetRouteInfo(client, route, &found.info, &found_to), 0);
    assert_memory_equal(&found_to, &to, sizeof(to));
    assert_ptr_equal(found.info.RouteOwner, client);
    assert_int_equal(found.info.PrefInfo.Metric, 3);
    assert_int_equal(found.info.NextHopsList.NumNextHops, 1);
    assert_ptr_equal(found.info.NextHopsList.NextHops[0], hop);
    assert_int_equal(rtm_ReleaseRouteInfo(client, &found.info), 0);
    assert_int_equal(rtm_IsBestRoute(client, route, &best), 0);
    assert_int_equal(best, RTM_VIEW_MASK_UCAST);
    assert_int_equal(rtm_DeleteRouteToDest(client, route, &change), 0);
    assert_int_equal(change, RTM_ROUTE_CHANGE_BEST);
    assert_false(router_has(&to, 0x0A000001, 3));
    assert_int_equal(rtm_DeleteRouteToDest(client, route, &change), ERROR_INVALID_HANDLE);
}

static void test_routes_that_are_refused(void **state)
{
    RTM_NET_ADDRESS to = net4(10, 1, 0, 0, 16), longer = net4(10, 1, 0, 0, 33), other = to;
    RTM_ROUTE_INFO info = {.BelongsToViews = RTM_VIEW_MASK_UCAST};
    RTM_ROUTE_HANDLE garbage = (HANDLE)(ULONG_PTR)0xDEAD0000u;
    DWORD change = 0;

    (void)state;
    other.AddressFamily = AF_INET6;
    assert_int_equal(
        rtm_AddRouteToDest(client, NULL, &longer, &info, INFINITE, NULL, 0, NULL, &change),
        ERROR_INVALID_PARAMETER);
    assert_int_equal(
        rtm_AddRouteToDest(client, NULL, &other, &info, INFINITE, NULL, 0, NULL, &change),
        ERROR_INVALID_PARAMETER);
    assert_int_equal(rtm_AddRouteToDest(client, NULL, &to, NULL, INFINITE, NULL, 0, NULL, &change),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(
        rtm_AddRouteToDest(client, &garbage, &to, &info, INFINITE, NULL, 0, NULL, &change),
        ERROR_INVALID_HANDLE);
    info.NextHopsList.NumNextHops = 1;
    info.NextHopsList.NextHops[0] = garbage;
    assert_int_equal(rtm_AddRouteToDest(client, NULL, &to, &info, INFINITE, NULL, 0, NULL, &change),
                     ERROR_INVALID_HANDLE);
    info.NextHopsList.NumNextHops = 200;
    assert_int_equal(rtm_AddRouteToDest(client, NULL, &to, &info, INFINITE, NULL, 0, NULL, &change),
                     ERROR_INVALID_PARAMETER);
    assert_false(router_has(&to, 0x0A000001, 0));
}

static void test_others_may_not_touch_it(void **state)
{
    RTM_ENTITY_HANDLE other = client_new(2, NULL);
    RTM_ROUTE_HANDLE route = client_route(client, net4(10, 1, 0, 0, 16), hop, 1, NULL);
    RTM_NEXTHOP_INFO *hop_pointer;
    RTM_ROUTE_INFO *pointer;

    (void)state;
    assert_int_equal(rtm_DeleteRouteToDest(other, route, NULL), ERROR_ACCESS_DENIED);
    assert_int_equal(rtm_GetRoutePointer(other, route, &pointer), ERROR_ACCESS_DENIED);
    assert_int_equal(rtm_LockRoute(other, route, TRUE, TRUE, &pointer), ERROR_ACCESS_DENIED);
    assert_int_equal(rtm_GetNextHopPointer(other, hop, &hop_pointer), ERROR_ACCESS_DENIED);
    assert_int_equal(rtm_LockNextHop(other, hop, TRUE, TRUE, NULL), ERROR_ACCESS_DENIED);
    client_end(other);
    assert_int_equal(rtm_DeleteRouteToDest(client, route, NULL), 0);
}

/* It has crashed, or forgot to deregister. */
static void test_what_a_protocol_leaves_goes(void **state)
{
    RTM_ENTITY_INFO info = client_info(AF_INET6, 5);
    RTM_REGN_PROFILE profile;
    RTM_ENTITY_HANDLE left = client_new(2, client_callback), other;
    RTM_NET_ADDRESS to = net4(10, 3, 0, 0, 16);

    begin_test(state);
    assert_int_equal(rtm_RegisterEntity(&info, NULL, NULL, FALSE, &profile, &other), 0);
    client_route(left, to, client_hop(left, 1), 1, NULL);
    assert_true(router_has(&to, 0x0A000001, 1));
    rtm_dll_forget(true, CLIENT_PROTOCOL);
    assert_true(router_has(&to, 0x0A000001, 1));
    assert_int_equal(rtm_DeregisterEntity(other), ERROR_INVALID_HANDLE);
    rtm_dll_forget(false, CLIENT_PROTOCOL);
    assert_false(router_has(&to, 0x0A000001, 1));
    assert_int_equal(rtm_DeregisterEntity(left), ERROR_INVALID_HANDLE);
    assert_int_equal(rtm_DeregisterEntity(client), ERROR_INVALID_HANDLE);
}

/* ---- found ----------------------------------------------------------------------------------- */

static void test_destinations_are_found(void **state)
{
    RTM_ROUTE_HANDLE wide = client_route(client, net4(10, 0, 0, 0, 8), hop, 1, NULL);
    RTM_ROUTE_HANDLE narrow = client_route(client, net4(10, 1, 0, 0, 16), hop, 1, NULL);
    RTM_NET_ADDRESS inside = net4(10, 1, 2, 3, 32), outside = net4(11, 0, 0, 0, 8);
    RTM_DEST_INFO found, less, again;

    (void)state;
    assert_int_equal(rtm_GetMostSpecificDestination(client, &inside, RTM_BEST_PROTOCOL,
                                                    RTM_VIEW_MASK_UCAST, &found),
                     0);
    assert_int_equal(found.DestAddress.NumBits, 16);
    assert_int_equal(found.NumberOfViews, 1);
    assert_ptr_equal(found.ViewInfo[0].Route, narrow);
    assert_int_equal(rtm_GetLessSpecificDestination(client, found.DestHandle, RTM_BEST_PROTOCOL,
                                                    RTM_VIEW_MASK_UCAST, &less),
                     0);
    assert_int_equal(less.DestAddress.NumBits, 8);
    assert_int_equal(
        rtm_GetDestInfo(client, found.DestHandle, RTM_THIS_PROTOCOL, RTM_VIEW_MASK_UCAST, &again),
        0);
    assert_ptr_equal(again.DestHandle, found.DestHandle);
    assert_int_equal(rtm_GetExactMatchDestination(client, &outside, RTM_BEST_PROTOCOL,
                                                  RTM_VIEW_MASK_UCAST, &again),
                     ERROR_NOT_FOUND);
    assert_int_equal(rtm_ReleaseDestInfo(client, &again), 0);
    assert_int_equal(rtm_ReleaseDestInfo(client, &less), 0);
    assert_int_equal(rtm_ReleaseDestInfo(client, &found), 0);
    assert_int_equal(rtm_DeleteRouteToDest(client, narrow, NULL), 0);
    assert_int_equal(rtm_DeleteRouteToDest(client, wide, NULL), 0);
}

static void test_a_route_is_found_by_criteria(void **state)
{
    RTM_NET_ADDRESS to = net4(10, 1, 0, 0, 16);
    RTM_ROUTE_HANDLE route = client_route(client, to, hop, 5, NULL), found = NULL;
    union rtm_route_room info;

    (void)state;
    memset(&info, 0xCC, sizeof(info)); /* only what is to match is read */
    info.info.PrefInfo.Metric = 5;
    info.info.PrefInfo.Preference = 50;
    assert_int_equal(rtm_GetExactMatchRoute(client, &to, RTM_MATCH_PREF | RTM_MATCH_INTERFACE,
                                            &info.info, CLIENT_INTERFACE, RTM_VIEW_MASK_UCAST,
                                            &found),
                     0);
    assert_ptr_equal(found, route);
    assert_int_equal(rtm_ReleaseRouteInfo(client, &info.info), 0);
    assert_int_equal(rtm_ReleaseRoutes(client, 1, &found), 0);
    assert_int_equal(rtm_GetExactMatchRoute(client, &to, RTM_MATCH_INTERFACE, &info.info, 5,
                                            RTM_VIEW_MASK_UCAST, &found),
                     ERROR_NOT_FOUND);
    assert_int_equal(rtm_DeleteRouteToDest(client, route, NULL), 0);
}

/* ---- enumerations ---------------------------------------------------------------------------- */

#define MANY 300

static UINT enumerate_dests(RTM_ENUM_HANDLE e, UINT room)
{
    RTM_DEST_INFO infos[64];
    UINT seen = 0;
    DWORD rc;

    do {
        UINT count = room;

        rc = rtm_GetEnumDests(client, e, &count, infos);
        assert_true(rc == 0 || rc == ERROR_NO_MORE_ITEMS);
        for (UINT n = 0; n < count; n++) seen += infos[n].ViewInfo[0].Owner == client;
        assert_int_equal(rtm_ReleaseDests(client, count, infos), 0);
    } while (rc == 0);
    return seen;
}

static void test_many_are_enumerated(void **state)
{
    RTM_NET_ADDRESS range = net4(10, 9, 0, 0, 16);
    RTM_ROUTE_HANDLE routes[MANY];
    RTM_ENUM_HANDLE e;
    UINT count = 1000;

    (void)state;
    for (UINT n = 0; n < MANY; n++)
        routes[n] = client_route(client, net4(10, (BYTE)(8 + n / 200), (BYTE)(n % 200), 0, 24), hop,
                                 1, NULL);
    assert_int_equal(rtm_CreateDestEnum(client, RTM_VIEW_MASK_UCAST, RTM_ENUM_START, NULL,
                                        RTM_BEST_PROTOCOL, &e),
                     0);
    assert_int_equal(rtm_GetEnumDests(client, e, &count, (RTM_DEST_INFO *)&count),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(enumerate_dests(e, 7), MANY);
    assert_int_equal(rtm_DeleteEnumHandle(client, e), 0);
    assert_int_equal(rtm_DeleteEnumHandle(client, e), ERROR_INVALID_HANDLE);
    assert_int_equal(rtm_CreateDestEnum(client, RTM_VIEW_MASK_UCAST, RTM_ENUM_RANGE, &range,
                                        RTM_BEST_PROTOCOL, &e),
                     0);
    assert_int_equal(enumerate_dests(e, 64), MANY - 200);
    assert_int_equal(rtm_DeleteEnumHandle(client, e), 0);
    for (UINT n = 0; n < MANY; n++)
        assert_int_equal(rtm_DeleteRouteToDest(client, routes[n], NULL), 0);
}

static void test_routes_and_next_hops_are_enumerated(void **state)
{
    RTM_ROUTE_HANDLE route = client_route(client, net4(10, 1, 0, 0, 16), hop, 1, NULL);
    RTM_NEXTHOP_HANDLE more = client_hop(client, 2), hops[8];
    RTM_ROUTE_HANDLE found[8];
    RTM_ENUM_HANDLE e;
    UINT count = 8;

    (void)state;
    assert_int_equal(rtm_CreateRouteEnum(client, NULL, RTM_VIEW_MASK_UCAST, RTM_ENUM_OWN_ROUTES,
                                         NULL, RTM_MATCH_NONE, NULL, 0, &e),
                     0);
    assert_int_equal(rtm_GetEnumRoutes(client, e, &count, found), ERROR_NO_MORE_ITEMS);
    assert_int_equal(count, 1);
    assert_ptr_equal(found[0], route);
    assert_int_equal(rtm_ReleaseRoutes(client, 1, found), 0);
    assert_int_equal(rtm_DeleteEnumHandle(client, e), 0);
    assert_int_equal(rtm_CreateNextHopEnum(client, RTM_ENUM_START, NULL, &e), 0);
    count = 8;
    assert_int_equal(rtm_GetEnumNextHops(client, e, &count, hops), ERROR_NO_MORE_ITEMS);
    assert_int_equal(count, 2);
    assert_ptr_equal(hops[0], hop);
    assert_ptr_equal(hops[1], more);
    assert_int_equal(rtm_ReleaseNextHops(client, 2, hops), 0);
    assert_int_equal(rtm_DeleteEnumHandle(client, e), 0);
    assert_int_equal(rtm_ReleaseNextHops(client, 1, &more), 0);
    assert_int_equal(rtm_DeleteRouteToDest(client, route, NULL), 0);
}

static void test_lists(void **state)
{
    RTM_ROUTE_HANDLE route = client_route(client, net4(10, 1, 0, 0, 16), hop, 1, NULL), found[4];
    RTM_ROUTE_LIST_HANDLE list;
    RTM_ENUM_HANDLE e;
    UINT count = 4;

    (void)state;
    assert_int_equal(rtm_CreateRouteList(client, &list), 0);
    assert_int_equal(rtm_InsertInRouteList(client, list, 1, &route), 0);
    assert_int_equal(rtm_CreateRouteListEnum(client, list, &e), 0);
    assert_int_equal(rtm_GetListEnumRoutes(client, e, &count, found), 0);
    assert_int_equal(count, 1);
    assert_ptr_equal(found[0], route);
    assert_int_equal(rtm_ReleaseRoutes(client, 1, found), 0);
    assert_int_equal(rtm_DeleteEnumHandle(client, e), 0);
    assert_int_equal(rtm_DeleteRouteList(client, list), 0);
    assert_int_equal(rtm_DeleteRouteToDest(client, route, NULL), 0);
}

/* ---- in place -------------------------------------------------------------------------------- */

/* The page of RtmUpdateAndUnlockRoute: the new next hop is referenced, the old one released. */
static void test_a_route_is_changed_in_place(void **state)
{
    RTM_NET_ADDRESS to = net4(10, 1, 0, 0, 16);
    RTM_ROUTE_HANDLE route = client_route(client, to, hop, 1, NULL);
    RTM_NEXTHOP_HANDLE other = client_hop(client, 2);
    RTM_ROUTE_INFO *pointer, *same;
    size_t before = clients_handles();
    DWORD change = 0;

    (void)state;
    assert_int_equal(rtm_GetRoutePointer(client, route, &same), 0);
    assert_int_equal(rtm_LockRoute(client, route, TRUE, TRUE, &pointer), 0);
    assert_ptr_equal(pointer, same);
    pointer->PrefInfo.Metric = 9;
    assert_int_equal(rtm_ReferenceHandles(client, 1, &other), 0);
    assert_int_equal(rtm_ReleaseNextHops(client, 1, &pointer->NextHopsList.NextHops[0]), 0);
    pointer->NextHopsList.NextHops[0] = other;
    assert_true(router_has(&to, 0x0A000001, 1)); /* not yet */
    assert_int_equal(rtm_UpdateAndUnlockRoute(client, route, INFINITE, NULL, 0, NULL, &change), 0);
    assert_int_equal(change, RTM_ROUTE_CHANGE_BEST);
    assert_true(router_has(&to, 0x0A000002, 9));
    assert_int_equal(same->PrefInfo.Metric, 9);
    assert_int_equal(rtm_UpdateAndUnlockRoute(client, route, INFINITE, NULL, 0, NULL, &change),
                     ERROR_ACCESS_DENIED);
    assert_int_equal(clients_handles(), before);
    assert_int_equal(rtm_ReleaseNextHops(client, 1, &other), 0);
    assert_int_equal(rtm_DeleteRouteToDest(client, route, NULL), 0);
}

/* Looking at it does not undo that, nor does locking it once more. */
static void test_changes_in_place_stay_until_they_are_taken(void **state)
{
    RTM_NET_ADDRESS to = net4(10, 1, 0, 0, 16);
    RTM_ROUTE_HANDLE route = client_route(client, to, hop, 1, NULL);
    RTM_ROUTE_INFO *pointer, *same;
    RTM_NEXTHOP_INFO *hop_pointer, *same_hop, key = {.InterfaceIndex = CLIENT_INTERFACE};
    size_t before = clients_handles();
    RTM_NEXTHOP_HANDLE found;
    DWORD change = 0;

    (void)state;
    assert_int_equal(rtm_LockRoute(client, route, TRUE, TRUE, &pointer), 0);
    pointer->PrefInfo.Metric = 9;
    assert_int_equal(rtm_GetRoutePointer(client, route, &same), 0);
    assert_int_equal(same->PrefInfo.Metric, 9);
    assert_int_equal(rtm_LockRoute(client, route, TRUE, TRUE, &same), 0);
    assert_int_equal(same->PrefInfo.Metric, 9);
    assert_int_equal(rtm_UpdateAndUnlockRoute(client, route, INFINITE, NULL, 0, NULL, &change), 0);
    pointer->PrefInfo.Metric = 8;
    assert_int_equal(rtm_UpdateAndUnlockRoute(client, route, INFINITE, NULL, 0, NULL, &change), 0);
    assert_true(router_has(&to, 0x0A000001, 8));
    assert_int_equal(clients_handles(), before);

    key.NextHopAddress = net4(10, 0, 0, 1, 32);
    assert_int_equal(rtm_LockNextHop(client, hop, TRUE, TRUE, &hop_pointer), 0);
    hop_pointer->EntitySpecificInfo = &key;
    assert_int_equal(rtm_GetNextHopPointer(client, hop, &same_hop), 0);
    assert_int_equal(rtm_FindNextHop(client, &key, &found, &same_hop), 0);
    assert_int_equal(rtm_ReleaseNextHops(client, 1, &found), 0);
    assert_ptr_equal(same_hop->EntitySpecificInfo, &key);
    assert_int_equal(rtm_LockNextHop(client, hop, TRUE, FALSE, NULL), 0);
    assert_int_equal(rtm_GetNextHopPointer(client, hop, &same_hop), 0);
    assert_ptr_equal(same_hop->EntitySpecificInfo, &key);
    assert_int_equal(rtm_DeleteRouteToDest(client, route, NULL), 0);
}

/* The lock's references to next hops end with the route or the client, too. */
static void test_a_locked_route_is_deleted(void **state)
{
    RTM_ENTITY_HANDLE other = client_new(7, NULL);
    RTM_NEXTHOP_HANDLE other_hop = client_hop(other, 1);
    RTM_ROUTE_HANDLE route = client_route(client, net4(10, 9, 0, 0, 16), hop, 1, NULL);
    RTM_ROUTE_HANDLE left = client_route(other, net4(10, 8, 0, 0, 16), other_hop, 1, NULL);
    size_t before;

    (void)state;
    assert_int_equal(rtm_ReleaseNextHops(client, 1, &hop), 0);
    before = clients_handles();
    hop = client_hop(client, 1);
    assert_int_equal(rtm_LockRoute(client, route, TRUE, TRUE, NULL), 0);
    assert_int_equal(rtm_ReleaseNextHops(client, 1, &hop), 0);
    assert_int_equal(rtm_DeleteRouteToDest(client, route, NULL), 0);
    assert_int_equal(clients_handles(), before - 1);
    hop = client_hop(client, 1);

    assert_int_equal(rtm_LockRoute(other, left, TRUE, TRUE, NULL), 0);
    assert_int_equal(rtm_ReleaseNextHops(other, 1, &other_hop), 0);
    assert_int_equal(rtm_ReleaseRoutes(other, 1, &left), 0);
    client_end(other);
    WAIT_UNTIL(clients_handles() == 2, 10000);
}

/* One that is deleted is no next hop any more, whoever has references. */
static void test_a_deleted_next_hop_is_not_locked(void **state)
{
    RTM_NEXTHOP_HANDLE gone = client_hop(client, 3);
    RTM_NEXTHOP_INFO *pointer;

    (void)state;
    assert_int_equal(rtm_ReferenceHandles(client, 1, &gone), 0);
    assert_int_equal(rtm_DeleteNextHop(client, gone, NULL), 0);
    assert_int_equal(rtm_LockNextHop(client, gone, TRUE, TRUE, &pointer), ERROR_NOT_FOUND);
    assert_int_equal(rtm_LockNextHop(client, gone, TRUE, FALSE, NULL), ERROR_ACCESS_DENIED);
    assert_int_equal(rtm_ReleaseNextHops(client, 1, &gone), 0);
}

static volatile LONG locked;

static DWORD WINAPI lock_it(void *route)
{
    DWORD rc = rtm_LockRoute(client, route, FALSE, TRUE, NULL);

    InterlockedIncrement(&locked);
    return rc ? rc : rtm_LockRoute(client, route, FALSE, FALSE, NULL);
}

static void test_locks_keep_threads_apart(void **state)
{
    RTM_ROUTE_HANDLE route = client_route(client, net4(10, 1, 0, 0, 16), hop, 1, NULL);
    DWORD code = 99;
    HANDLE thread;

    (void)state;
    assert_int_equal(rtm_LockRoute(client, route, TRUE, FALSE, NULL), ERROR_ACCESS_DENIED);
    assert_int_equal(rtm_LockRoute(client, route, TRUE, TRUE, NULL), 0);
    assert_int_equal(rtm_LockRoute(client, route, TRUE, TRUE, NULL), 0);
    thread = CreateThread(NULL, 0, lock_it, route, 0, NULL);
    Sleep(50);
    assert_int_equal(locked, 0);
    assert_int_equal(rtm_LockRoute(client, route, TRUE, FALSE, NULL), 0);
    assert_int_equal(rtm_LockRoute(client, route, TRUE, FALSE, NULL), 0);
    assert_int_equal(WaitForSingleObject(thread, 10000), WAIT_OBJECT_0);
    GetExitCodeThread(thread, &code);
    assert_int_equal(code, 0);
    CloseHandle(thread);
    assert_int_equal(rtm_DeleteRouteToDest(client, route, NULL), 0);
}

static DWORD WINAPI lock_and_end(void *route)
{
    return rtm_LockRoute(client, route, TRUE, TRUE, NULL);
}

static void test_who_ends_holds_no_lock(void **state)
{
    RTM_ROUTE_HANDLE route = client_route(client, net4(10, 1, 0, 0, 16), hop, 1, NULL);
    HANDLE thread = CreateThread(NULL, 0, lock_and_end, route, 0, NULL);

    (void)state;
    assert_int_equal(WaitForSingleObject(thread, 10000), WAIT_OBJECT_0);
    CloseHandle(thread);
    assert_int_equal(rtm_LockRoute(client, route, TRUE, TRUE, NULL), 0);
    assert_int_equal(rtm_LockRoute(client, route, TRUE, FALSE, NULL), 0);
    assert_int_equal(rtm_DeleteRouteToDest(client, route, NULL), 0);
}

static void test_a_next_hop_is_changed_in_place(void **state)
{
    RTM_NEXTHOP_INFO *pointer, found;

    (void)state;
    assert_int_equal(rtm_LockNextHop(client, hop, TRUE, TRUE, &pointer), 0);
    pointer->EntitySpecificInfo = &found;
    assert_int_equal(rtm_LockNextHop(client, hop, TRUE, FALSE, NULL), 0);
    assert_int_equal(rtm_LockNextHop(client, hop, TRUE, FALSE, NULL), ERROR_ACCESS_DENIED);
    assert_int_equal(rtm_GetNextHopInfo(client, hop, &found), 0);
    assert_ptr_equal(found.EntitySpecificInfo, &found);
    assert_int_equal(found.NextHopAddress.NumBits, 32);
    assert_int_equal(rtm_ReleaseNextHopInfo(client, &found), 0);
}

/* ---- all of them ------------------------------------------------------------------------------
 */

/* Each function with words that are no handles and no pointers: none takes one for a handle. */
static void test_garbage_is_no_handle(void **state)
{
    static const ULONG_PTR garbage[] = {0, 1, 0xDEADBEEF, (ULONG_PTR)-1, 0x10000001};
    typedef DWORD WINAPI one(ULONG_PTR);
    typedef DWORD WINAPI three(ULONG_PTR, ULONG_PTR, ULONG_PTR);
    const int ones[] = {RTM_CALL_DeregisterEntity};
    const int threes[] = {RTM_CALL_DeleteRouteToDest};

    (void)state;
    for (size_t n = 0; n < ARRAYSIZE(garbage); n++) {
        for (size_t k = 0; k < ARRAYSIZE(ones); k++)
            assert_int_equal(((one *)rtm_functions.call[ones[k]])(garbage[n]),
                             ERROR_INVALID_HANDLE);
        for (size_t k = 0; k < ARRAYSIZE(threes); k++)
            assert_int_equal(
                ((three *)rtm_functions.call[threes[k]])((ULONG_PTR)client, garbage[n], 0),
                ERROR_INVALID_HANDLE);
        assert_int_equal(rtm_DeleteEnumHandle(client, (HANDLE)garbage[n]), ERROR_INVALID_HANDLE);
        assert_int_equal(rtm_DeleteRouteList(client, (HANDLE)garbage[n]), ERROR_INVALID_HANDLE);
        assert_int_equal(rtm_LockDestination(client, (HANDLE)garbage[n], TRUE, TRUE),
                         ERROR_INVALID_HANDLE);
        assert_int_equal(rtm_DeregisterFromChangeNotification(client, (HANDLE)garbage[n]),
                         ERROR_INVALID_HANDLE);
    }
}

int main(void)
{
#define RTM_TEST(name) cmocka_unit_test_setup_teardown(name, begin_test, end_test)
    const struct CMUnitTest tests[] = {
        RTM_TEST(test_a_route_reaches_the_router),
        RTM_TEST(test_routes_that_are_refused),
        RTM_TEST(test_others_may_not_touch_it),
        RTM_TEST(test_destinations_are_found),
        RTM_TEST(test_a_route_is_found_by_criteria),
        RTM_TEST(test_many_are_enumerated),
        RTM_TEST(test_routes_and_next_hops_are_enumerated),
        RTM_TEST(test_lists),
        RTM_TEST(test_a_route_is_changed_in_place),
        RTM_TEST(test_changes_in_place_stay_until_they_are_taken),
        RTM_TEST(test_a_locked_route_is_deleted),
        RTM_TEST(test_a_deleted_next_hop_is_not_locked),
        RTM_TEST(test_locks_keep_threads_apart),
        RTM_TEST(test_who_ends_holds_no_lock),
        RTM_TEST(test_a_next_hop_is_changed_in_place),
        RTM_TEST(test_garbage_is_no_handle),
        cmocka_unit_test(test_what_a_protocol_leaves_goes), /* last: its references stay */
    };

    return cmocka_run_group_tests(tests, clients_begin, clients_end);
}
