/* What a route of a client of the Routing Table Manager v2 takes in memory, with what the table
 * takes for it: destination, route and all that finds them, of 100,000 routes over one next hop.
 * bench/pe/rtm.c has what it takes of time.
 * usage: bench_rtmv2 REPEATS
 */
#include "rtmv2/rtmv2.h"

#include <malloc.h>

#include "support/pairs.h"

#define ROUTES   100000u
#define PROTOCOL 0x03FF0001u
#define GATEWAY  0x0A000001u

static size_t heap(void)
{
    struct mallinfo2 info = mallinfo2();

    return info.uordblks + info.hblkhd;
}

static struct rtm_prefix prefix_of(uint32_t i)
{
    return rtm_prefix_ipv4(0x14000000u + (i << 8), 0xFFFFFF00u);
}

/* Octets a route. */
static double table_alone(void)
{
    struct rtm_route route = {.protocol = PROTOCOL, .interface = 1, .metric = 1};
    struct rtm_entity *owner;
    struct rtm *table;
    size_t before, taken;

    route.next_hop = rtm_address_ipv4(GATEWAY);
    if (rtm_create(&table, RTM_IPV4) != ST_OK || rtm_register(table, 1, &owner) != ST_OK)
        bench_die("no rtm");
    before = heap();
    for (uint32_t i = 0; i < ROUTES; i++) {
        struct rtm_prefix prefix = prefix_of(i);
        if (rtm_route_add(owner, &prefix, &route, NULL) != ST_OK) bench_die("no route");
    }
    taken = heap() - before;
    rtm_destroy(table);
    return (double)taken / ROUTES;
}

static handle_t32 register_client(struct rtmv2 *r, handle_t32 *ret_gateway)
{
    const struct rtmv2_entity_info info = {0, RTM_IPV4, {PROTOCOL, 1}};
    struct rtmv2_hop hop = {.interface = 1};
    handle_t32 client;

    hop.address = rtm_address_ipv4(GATEWAY);
    *ret_gateway = 0;
    if (rtmv2_register(r, &info, false, &client) != ST_OK ||
        rtmv2_add_next_hop(r, client, &hop, ret_gateway, NULL) != ST_OK)
        bench_die("no client");
    return client;
}

static void add_routes(struct rtmv2 *r)
{
    struct rtmv2_route info = {.views = RTMV2_VIEW_UNICAST, .hop_count = 1};
    handle_t32 client = register_client(r, &info.hops[0]);

    for (uint32_t i = 0; i < ROUTES; i++) {
        struct rtm_prefix prefix = prefix_of(i);
        uint32_t change = 0;
        if (rtmv2_add_route(r, client, NULL, &prefix, &info, RTMV2_INFINITE, 0, &change) != ST_OK)
            bench_die("no route");
    }
}

static double of_a_client(void)
{
    struct rtm *table;
    struct rtmv2 *r;
    size_t before, taken;

    if (rtm_create(&table, RTM_IPV4) != ST_OK || rtmv2_create(&r, NULL, NULL) != ST_OK ||
        rtmv2_attach(r, RTM_IPV4, table) != ST_OK)
        bench_die("no rtmv2");
    before = heap();
    add_routes(r);
    taken = heap() - before;
    rtmv2_destroy(r);
    rtm_destroy(table);
    return (double)taken / ROUTES;
}

int main(int argc, char **argv)
{
    for (int i = argc > 1 ? bench_number(argv[1]) : 5; i > 0; i--) {
        double peer = table_alone();
        bench_pair("rtm_dll_octets", peer, of_a_client());
    }
    return 0;
}
