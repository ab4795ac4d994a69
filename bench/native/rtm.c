/* The route table against the simplest thing that could do the same exact look-up: a sorted array
 * with binary search. It says what ordering, several routes a destination and the change stream
 * cost; a later, faster table shows here.
 * usage: bench_rtm REPEATS
 */
#include <stdlib.h>

#include "rtm/rtm.h"
#include "support/pairs.h"

#define ROUTES 25000u

static uint32_t keys[ROUTES], sorted[ROUTES];

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

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static void time_array(double *ret_insert, double *ret_find)
{
    double start = bench_now(), filled;
    uint32_t found = 0;

    for (uint32_t i = 0; i < ROUTES; i++) sorted[i] = keys[i];
    qsort(sorted, ROUTES, sizeof(*sorted), compare);
    filled = bench_now();
    for (uint32_t i = 0; i < ROUTES; i++)
        found += bsearch(&keys[i], sorted, ROUTES, sizeof(*sorted), compare) != NULL;
    if (found != ROUTES) bench_die("the array lost a route");
    *ret_insert = filled - start;
    *ret_find = bench_now() - filled;
}

static void add_all(struct rtm_entity *e)
{
    struct rtm_route route = {.protocol = 8, .interface = 1, .metric = 2, .preference = 120};

    route.next_hop = rtm_address_ipv4(0x0A000001u);
    for (uint32_t i = 0; i < ROUTES; i++) {
        struct rtm_prefix prefix = rtm_prefix_ipv4(keys[i], 0xFFFFFF00u);
        if (rtm_route_add(e, &prefix, &route, NULL) != ST_OK) bench_die("rtm refused a route");
    }
}

static void time_rtm(double *ret_insert, double *ret_find)
{
    double start = bench_now(), filled;
    struct rtm_entity *e;
    struct rtm *t;
    uint32_t found = 0;

    if (rtm_create(&t, RTM_IPV4) != ST_OK || rtm_register(t, 1, &e) != ST_OK) bench_die("no rtm");
    add_all(e);
    filled = bench_now();
    for (uint32_t i = 0; i < ROUTES; i++) {
        struct rtm_address address = rtm_address_ipv4(keys[i] | 77u);
        found += rtm_best_match(t, &address, NULL) != NULL;
    }
    if (found != ROUTES) bench_die("rtm lost a route");
    *ret_insert = filled - start;
    *ret_find = bench_now() - filled;
    rtm_destroy(t);
}

int main(int argc, char **argv)
{
    double insert, find, peer_insert, peer_find;

    make_keys();
    for (int i = argc > 1 ? bench_number(argv[1]) : 5; i > 0; i--) {
        time_array(&peer_insert, &peer_find);
        time_rtm(&insert, &find);
        bench_pair("rtm_insert", peer_insert, insert);
        bench_pair("rtm_find", peer_find, find);
    }
    return 0;
}
