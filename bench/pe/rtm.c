/* What rtm.dll costs a routing protocol: adding 100,000 routes, longest matches, and 100,000
 * changes that three others are told of; each against the router's table itself (src/rtm), which
 * does the same in the same program without objects, handles, references and a lock.
 *
 * One run gives one pair of each; run it several times.
 */
#include "pe/setup.h"

#include <rtmv2.h>
#include <stdlib.h>

#undef interface /* of objbase.h */
#include "rtm/rtm.h"

#define ROUTES   100000u
#define OTHERS   3u
#define BATCH    256u
#define PROTOCOL 0x03FF0001u
#define GATEWAY  0x0A000001u

static uint32_t keys[ROUTES];

/* Distinct /24s, shuffled. */
static void make_keys(void)
{
    uint32_t state = 12345;

    for (uint32_t i = 0; i < ROUTES; i++) keys[i] = 0x14000000u + (i << 8);
    for (uint32_t i = ROUTES - 1; i > 0; i--) {
        uint32_t j = bench_random(&state) % (i + 1), swap = keys[i];
        keys[i] = keys[j];
        keys[j] = swap;
    }
}

/* ---- the table itself ------------------------------------------------------------------------ */

struct times {
    double add, match, told;
};

static struct rtm *table;
static struct rtm_entity *owner;

static double table_add(uint32_t metric)
{
    struct rtm_route route = {.protocol = PROTOCOL, .interface = 1, .metric = metric};
    double start = bench_now();

    route.next_hop = rtm_address_ipv4(GATEWAY);
    for (uint32_t i = 0; i < ROUTES; i++) {
        struct rtm_prefix prefix = rtm_prefix_ipv4(keys[i], 0xFFFFFF00u);
        if (rtm_route_add(owner, &prefix, &route, NULL) != ST_OK) bench_die("no route");
    }
    return bench_now() - start;
}

static double table_match(void)
{
    double start = bench_now();
    struct rtm_prefix prefix;

    for (uint32_t i = 0; i < ROUTES; i++) {
        struct rtm_address address = rtm_address_ipv4(keys[i] | 77u);
        if (!rtm_best_match(table, &address, &prefix)) bench_die("rtm lost a route");
    }
    return bench_now() - start;
}

static double table_told(void)
{
    struct rtm_consumer *consumers[OTHERS];
    const struct rtm_route *best;
    struct rtm_prefix prefix;
    double start;
    uint32_t count = 0;

    for (unsigned i = 0; i < OTHERS; i++)
        if (rtm_consumer_open(table, NULL, NULL, &consumers[i]) != ST_OK) bench_die("no consumer");
    table_add(2);
    start = bench_now();
    for (unsigned i = 0; i < OTHERS; i++)
        while (rtm_consumer_next(consumers[i], &prefix, &best)) count++;
    if (count != OTHERS * ROUTES) bench_die("rtm told of %u changes", (unsigned)count);
    return bench_now() - start;
}

static struct times time_table(void)
{
    struct times times;

    if (rtm_create(&table, RTM_IPV4) != ST_OK || rtm_register(table, 1, &owner) != ST_OK)
        bench_die("no rtm");
    times.add = table_add(1);
    times.match = table_match();
    times.told = table_told();
    rtm_destroy(table);
    return times;
}

/* ---- rtm.dll --------------------------------------------------------------------------------- */

static RTM_ENTITY_HANDLE client, others[OTHERS];
static RTM_NEXTHOP_HANDLE gateway;

static DWORD WINAPI callback(RTM_ENTITY_HANDLE entity, RTM_EVENT_TYPE type, void *one, void *two)
{
    (void)entity, (void)type, (void)one, (void)two;
    return NO_ERROR;
}

static RTM_NET_ADDRESS net(uint32_t address, USHORT length)
{
    RTM_NET_ADDRESS ret = {.AddressFamily = AF_INET, .NumBits = length};

    for (unsigned i = 0; i < 4; i++) ret.AddrBits[i] = (UCHAR)(address >> (24 - 8 * i));
    return ret;
}

static RTM_ENTITY_HANDLE enter(ULONG instance)
{
    RTM_ENTITY_INFO info = {.AddressFamily = AF_INET};
    RTM_ENTITY_HANDLE handle = NULL;
    RTM_REGN_PROFILE profile;

    info.EntityId.EntityProtocolId = PROTOCOL;
    info.EntityId.EntityInstanceId = instance;
    setup_check(RtmRegisterEntity(&info, NULL, callback, FALSE, &profile, &handle), "registering");
    return handle;
}

static void enter_all(void)
{
    RTM_NEXTHOP_INFO info = {.InterfaceIndex = 1};
    DWORD change = 0;

    client = enter(1);
    for (unsigned i = 0; i < OTHERS; i++) others[i] = enter(2 + i);
    info.NextHopAddress = net(GATEWAY, 32);
    setup_check(RtmAddNextHop(client, &info, &gateway, &change), "a next hop");
}

static double dll_add(uint32_t metric)
{
    RTM_ROUTE_INFO info = {.PrefInfo = {.Metric = metric, .Preference = 50},
                           .BelongsToViews = RTM_VIEW_MASK_UCAST};
    double start = bench_now();

    info.NextHopsList.NumNextHops = 1;
    info.NextHopsList.NextHops[0] = gateway;
    for (uint32_t i = 0; i < ROUTES; i++) {
        RTM_NET_ADDRESS address = net(keys[i], 24);
        DWORD change = 0;
        if (RtmAddRouteToDest(client, NULL, &address, &info, INFINITE, NULL, 0, NULL, &change))
            bench_die("rtm.dll refused a route");
    }
    return bench_now() - start;
}

static double dll_match(void)
{
    double start = bench_now();
    RTM_DEST_INFO found;

    for (uint32_t i = 0; i < ROUTES; i++) {
        RTM_NET_ADDRESS address = net(keys[i] | 77u, 32);
        if (RtmGetMostSpecificDestination(others[0], &address, RTM_BEST_PROTOCOL,
                                          RTM_VIEW_MASK_UCAST, &found) ||
            RtmReleaseDestInfo(others[0], &found))
            bench_die("rtm.dll lost a route");
    }
    return bench_now() - start;
}

/* All that one was told of; with a view each, structures are as large as the header has them. */
static uint32_t fetch(RTM_ENTITY_HANDLE entity, RTM_NOTIFY_HANDLE notify)
{
    static RTM_DEST_INFO infos[BATCH];
    uint32_t sum = 0;
    UINT count = BATCH;

    while (RtmGetChangedDests(entity, notify, &count, infos) == NO_ERROR) {
        sum += count;
        setup_check(RtmReleaseChangedDests(entity, notify, count, infos), "releasing");
        count = BATCH;
    }
    return sum;
}

static double dll_told(void)
{
    RTM_NOTIFY_HANDLE notifies[OTHERS];
    uint32_t count = 0;
    double start;

    for (unsigned i = 0; i < OTHERS; i++)
        setup_check(RtmRegisterForChangeNotification(others[i], RTM_VIEW_MASK_UCAST,
                                                     RTM_CHANGE_TYPE_BEST, NULL, &notifies[i]),
                    "registering for changes");
    dll_add(2);
    start = bench_now();
    for (unsigned i = 0; i < OTHERS; i++) count += fetch(others[i], notifies[i]);
    if (count != OTHERS * ROUTES) bench_die("rtm.dll told of %u changes", (unsigned)count);
    return bench_now() - start;
}

static struct times time_dll(void)
{
    struct times times;

    enter_all();
    times.add = dll_add(1);
    times.match = dll_match();
    times.told = dll_told();
    for (unsigned i = 0; i < OTHERS; i++) setup_check(RtmDeregisterEntity(others[i]), "leaving");
    setup_check(RtmDeregisterEntity(client), "leaving");
    return times;
}

int main(void)
{
    MPR_SERVER_HANDLE server;
    struct times peer, ours;

    make_keys();
    setup_registry();
    setup_phonebook("Link", 1);
    setup_testproto(); /* rtm.dll leads to the router when it has loaded a protocol */
    server = setup_connect();
    setup_testproto_interface(server);
    peer = time_table();
    ours = time_dll();
    bench_pair("rtm_dll_add", peer.add / ROUTES, ours.add / ROUTES);
    bench_pair("rtm_dll_match", peer.match / ROUTES, ours.match / ROUTES);
    bench_pair("rtm_dll_told", peer.told / ROUTES, ours.told / ROUTES);
    MprAdminServerDisconnect(server);
    return 0;
}
