/* Eight threads that use four clients at random, two each, while callbacks fetch what has changed:
 * each thread knows what has to be at its own destinations, all meet at one, and in the end
 * everything is as it was. RTM_SEED gives other sequences. */
#include "win32/rtm/clients.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLIENTS 4u
#define THREADS 8u
#define DESTS   8u
#define MOVES   1500u

struct player {
    RTM_ENTITY_HANDLE client, other; /* other: of somebody else */
    BYTE number;
    unsigned random;
    RTM_NEXTHOP_HANDLE hop;
    RTM_ROUTE_HANDLE routes[DESTS]; /* NULL: it is not there */
    ULONG metric[DESTS];
};

static volatile LONG wrong, fetched;
static unsigned seed;

#define CHECK(condition)                                                       \
    do {                                                                       \
        if (!(condition) && InterlockedIncrement(&wrong) <= 10)                \
            print_error("line %d, seed %u: %s\n", __LINE__, seed, #condition); \
    } while (0)

/* ---- callbacks ------------------------------------------------------------------------------- */

static DWORD WINAPI fetch(RTM_ENTITY_HANDLE client, RTM_EVENT_TYPE type, void *context1,
                          void *context2)
{
    RTM_DEST_INFO info;
    UINT count = 1;

    (void)context2;
    if (type == RTM_ROUTE_EXPIRED) return ERROR_NOT_SUPPORTED;
    if (type != RTM_CHANGE_NOTIFICATION) return NO_ERROR;
    while (rtm_GetChangedDests(client, context1, &count, &info) == NO_ERROR) {
        CHECK(count == 1);
        CHECK(rtm_ReleaseChangedDests(client, context1, 1, &info) == NO_ERROR);
        InterlockedIncrement(&fetched);
    }
    return NO_ERROR;
}

/* ---- moves ----------------------------------------------------------------------------------- */

static unsigned below(struct player *p, unsigned n)
{
    p->random ^= p->random << 13;
    p->random ^= p->random >> 17;
    p->random ^= p->random << 5;
    return p->random % n;
}

static RTM_NET_ADDRESS dest_of(const struct player *p, unsigned n)
{
    return net4(10, (BYTE)(100 + p->number), (BYTE)n, 0, 24);
}

static RTM_ROUTE_INFO route_over(const struct player *p, ULONG metric)
{
    RTM_ROUTE_INFO info = {.PrefInfo = {.Metric = metric, .Preference = 50},
                           .BelongsToViews = RTM_VIEW_MASK_UCAST};

    info.NextHopsList.NumNextHops = 1;
    info.NextHopsList.NextHops[0] = p->hop;
    return info;
}

static void move_add(struct player *p, unsigned n)
{
    RTM_NET_ADDRESS to = dest_of(p, n);
    RTM_ROUTE_INFO info;
    const bool made = !p->routes[n];
    DWORD change = 0;

    p->metric[n] = 1 + below(p, 100);
    info = route_over(p, p->metric[n]);
    CHECK(rtm_AddRouteToDest(p->client, &p->routes[n], &to, &info, INFINITE, NULL, 0, NULL,
                             &change) == NO_ERROR);
    CHECK(p->routes[n] && change == ((made ? RTM_ROUTE_CHANGE_NEW : 0u) | RTM_ROUTE_CHANGE_BEST));
}

static void move_delete(struct player *p, unsigned n)
{
    DWORD code;

    if (!p->routes[n]) return;
    CHECK(rtm_DeleteRouteToDest(p->other, p->routes[n], NULL) == ERROR_ACCESS_DENIED);
    CHECK(rtm_DeleteRouteToDest(p->client, p->routes[n], NULL) == NO_ERROR);
    code = rtm_DeleteRouteToDest(p->client, p->routes[n], NULL);
    /* A callback may have a reference. */
    CHECK(code == ERROR_INVALID_HANDLE || code == ERROR_NOT_FOUND);
    p->routes[n] = NULL;
}

static void move_in_place(struct player *p, unsigned n)
{
    RTM_ROUTE_INFO *pointer;
    DWORD change;

    if (!p->routes[n]) return;
    CHECK(rtm_LockRoute(p->client, p->routes[n], TRUE, TRUE, &pointer) == NO_ERROR);
    CHECK(pointer->PrefInfo.Metric == p->metric[n]);
    p->metric[n] = pointer->PrefInfo.Metric = 1 + below(p, 100);
    CHECK(rtm_UpdateAndUnlockRoute(p->client, p->routes[n], INFINITE, NULL, 0, NULL, &change) ==
          NO_ERROR);
}

static void move_look(struct player *p, unsigned n)
{
    RTM_NET_ADDRESS to = dest_of(p, n), found;
    union {
        RTM_ROUTE_INFO info;
        BYTE room[sizeof(RTM_ROUTE_INFO) + 8 * sizeof(HANDLE)];
    } route;
    RTM_DEST_INFO dest;
    DWORD code =
        rtm_GetExactMatchDestination(p->other, &to, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_UCAST, &dest);

    CHECK(code == (p->routes[n] ? NO_ERROR : ERROR_NOT_FOUND));
    if (code != NO_ERROR) return;
    CHECK(dest.ViewInfo[0].Route == p->routes[n] && dest.ViewInfo[0].Owner == p->client);
    CHECK(rtm_GetRouteInfo(p->other, p->routes[n], &route.info, &found) == NO_ERROR);
    CHECK(route.info.PrefInfo.Metric == p->metric[n] && found.NumBits == 24);
    CHECK(rtm_ReleaseRouteInfo(p->other, &route.info) == NO_ERROR);
    CHECK(rtm_ReleaseDestInfo(p->other, &dest) == NO_ERROR);
}

/* All of the thread's own, in order. */
static void move_enumerate(struct player *p, unsigned n)
{
    RTM_NET_ADDRESS from = net4(10, (BYTE)(100 + p->number), 0, 0, 16);
    RTM_ROUTE_HANDLE routes[DESTS + 1];
    RTM_ENUM_HANDLE all;
    UINT count = DESTS + 1, there = 0;

    (void)n;
    CHECK(rtm_CreateRouteEnum(p->other, NULL, RTM_VIEW_MASK_UCAST, RTM_ENUM_RANGE, &from,
                              RTM_MATCH_NONE, NULL, 0, &all) == NO_ERROR);
    CHECK(rtm_GetEnumRoutes(p->other, all, &count, routes) == ERROR_NO_MORE_ITEMS);
    for (unsigned i = 0; i < DESTS; i++) {
        if (!p->routes[i]) continue;
        CHECK(there < count && routes[there] == p->routes[i]);
        there++;
    }
    CHECK(there == count);
    CHECK(rtm_ReleaseRoutes(p->other, count, routes) == NO_ERROR);
    CHECK(rtm_DeleteEnumHandle(p->client, all) == ERROR_INVALID_HANDLE);
    CHECK(rtm_DeleteEnumHandle(p->other, all) == NO_ERROR);
}

/* Where all meet; some of these routes expire meanwhile. */
static void move_together(struct player *p, unsigned n)
{
    RTM_NET_ADDRESS to = net4(10, 200, 0, 0, 16);
    RTM_ROUTE_INFO info = route_over(p, n);
    DWORD change = RTM_ROUTE_CHANGE_NEW;
    RTM_ROUTE_HANDLE route = NULL;

    CHECK(rtm_AddRouteToDest(p->client, n ? &route : NULL, &to, &info, n ? INFINITE : 5, NULL, 0,
                             NULL, &change) == NO_ERROR);
    CHECK(change & RTM_ROUTE_CHANGE_NEW);
    if (n) CHECK(rtm_DeleteRouteToDest(p->client, route, NULL) == NO_ERROR);
}

static void move_garbage(struct player *p, unsigned n)
{
    HANDLE garbage = (HANDLE)(ULONG_PTR)((ULONG_PTR)p->hop ^ ((ULONG_PTR)1 << (20 + n)));
    RTM_NEXTHOP_INFO info;
    RTM_VIEW_SET views;

    CHECK(rtm_GetNextHopInfo(p->client, garbage, &info) == ERROR_INVALID_HANDLE);
    CHECK(rtm_IsBestRoute(p->client, p->hop, &views) == ERROR_INVALID_HANDLE);
    CHECK(rtm_ReleaseRoutes(p->client, 1, &p->hop) == ERROR_INVALID_HANDLE);
    CHECK(rtm_ReferenceHandles(p->other, 1, &p->hop) == NO_ERROR);
    CHECK(rtm_ReleaseNextHops(p->other, 1, &p->hop) == NO_ERROR);
}

static DWORD WINAPI play(void *parameter)
{
    typedef void move_fn(struct player * p, unsigned n);
    static move_fn *const moves[] = {move_add,       move_add,      move_delete,  move_in_place,
                                     move_look,      move_look,     move_garbage, move_together,
                                     move_enumerate, move_together, move_delete};
    struct player *p = parameter;

    for (unsigned n = 0; n < MOVES; n++)
        moves[below(p, sizeof(moves) / sizeof(moves[0]))](p, below(p, DESTS));
    for (unsigned n = 0; n < DESTS; n++) move_delete(p, n);
    return 0;
}

/* ---- the test -------------------------------------------------------------------------------- */

static size_t objects(void)
{
    struct rtmv2 *t = rtm_enter();
    size_t count = t ? rtmv2_object_count(t) : 0;

    if (t) rtm_leave();
    return count;
}

static void begin(RTM_ENTITY_HANDLE clients[CLIENTS], struct player players[THREADS])
{
    for (unsigned n = 0; n < CLIENTS; n++) {
        RTM_NOTIFY_HANDLE notify;

        clients[n] = client_new(n, fetch);
        assert_int_equal(rtm_RegisterForChangeNotification(
                             clients[n], RTM_VIEW_MASK_UCAST,
                             n % 2 ? RTM_CHANGE_TYPE_BEST : RTM_CHANGE_TYPE_ALL, NULL, &notify),
                         NO_ERROR);
    }
    memset(players, 0, THREADS * sizeof(players[0]));
    for (unsigned n = 0; n < THREADS; n++) {
        struct player *p = &players[n];

        p->client = clients[n % CLIENTS];
        p->other = clients[(n + 1) % CLIENTS];
        p->number = (BYTE)n;
        p->random = seed * THREADS + n + 1;
        p->hop = client_hop(p->client, (BYTE)(n + 1));
    }
}

static void play_once(void)
{
    RTM_ENTITY_HANDLE clients[CLIENTS];
    struct player players[THREADS];
    HANDLE threads[THREADS];

    begin(clients, players);
    for (unsigned n = 0; n < THREADS; n++) {
        threads[n] = CreateThread(NULL, 0, play, &players[n], 0, NULL);
        assert_non_null(threads[n]);
    }
    assert_true(WaitForMultipleObjects(THREADS, threads, TRUE, 200000) < THREADS);
    for (unsigned n = 0; n < THREADS; n++) {
        CloseHandle(threads[n]);
        assert_int_equal(rtm_ReleaseNextHops(players[n].client, 1, &players[n].hop), NO_ERROR);
    }
    for (unsigned n = 0; n < CLIENTS; n++) client_end(clients[n]);
    WAIT_UNTIL(clients_handles() == 0, 10000);
    assert_int_equal(wrong, 0);
    assert_true(fetched > 0);
}

static void eight_threads_leave_nothing(void **state)
{
    size_t before;

    (void)state;
    play_once(); /* what is made once and stays */
    before = objects();
    seed++;
    play_once();
    assert_int_equal(objects(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_threads_leave_nothing),
    };
    const char *given = getenv("RTM_SEED");

    seed = given ? (unsigned)strtoul(given, NULL, 10) : 1;
    return cmocka_run_group_tests(tests, clients_begin, clients_end);
}
