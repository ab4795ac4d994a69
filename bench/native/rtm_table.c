/* The route table with a million prefixes as the Internet has them, against what else keeps or
 * finds routes: a bare DIR-24-8 array, the kernel's dump, BIRD, zebra, and published figures. All
 * in time of a processor. The kernel's table is one of a network namespace, and so are the
 * daemons'; where that is not allowed, or they are not installed, it says so. usage:
 * bench_rtm_table REPEATS
 */
#include <stdlib.h>
#include <string.h>

#include "native/rtm_daemons.h"
#include "native/rtm_peers.h"
#include "rtm/rtm.h"
#include "support/pairs.h"
#include "unit/rtm/bgp_like.h"

#define ROUTES  1000000u
#define ROUTES6 250000u
#define DUMPED  100000u
#define LOOKUPS 2000000u

/* Published for BART, a trie in Go, with a million routes: 36 octets a route, 68 ns to insert one,
 * 75 ns to match. */
#define BART_OCTETS 36.0
#define BART_INSERT 68.0
#define BART_MATCH  75.0

static struct rtm_prefix prefixes[ROUTES], prefixes6[ROUTES6];
static struct rtm_address lookups[LOOKUPS];
static uint32_t *array;                   /* 2 to the 24, and no prefix is longer */
static struct rtm_consumer *consumers[2]; /* as a router has them */

/* Random addresses within random prefixes. */
static void make_lookups(void)
{
    uint32_t state = 777;

    for (size_t n = 0; n < LOOKUPS; n++) {
        const struct rtm_prefix *p = &prefixes[bench_random(&state) % ROUTES];
        uint32_t host = bench_random(&state) & ~rtm_length_mask(p->length);
        lookups[n] = rtm_address_ipv4(rtm_ipv4(&p->address) | host);
    }
}

static void array_fill(void)
{
    for (unsigned length = 0; length <= 24; length++) {
        for (size_t n = 0; n < ROUTES; n++) {
            uint32_t first = rtm_ipv4(&prefixes[n].address) >> 8;
            if (prefixes[n].length != length) continue;
            for (uint32_t i = 0; i < 1u << (24 - length); i++) array[first + i] = (uint32_t)n + 1;
        }
    }
}

/* chained: which address is next depends on the answer before, as where one packet follows
 * another; else the processor may look up several at once. */
static inline __attribute__((always_inline)) double array_loop(unsigned chained)
{
    double start = peers_cpu();
    uint32_t answer = 0, sum = 0;

    for (size_t n = 0; n + 1 < LOOKUPS; n++) {
        answer = array[rtm_ipv4(&lookups[n + (answer & chained)]) >> 8];
        sum += answer;
    }
    if (!sum) bench_die("the array is empty");
    return (peers_cpu() - start) / (LOOKUPS - 1);
}

static inline __attribute__((always_inline)) double match_loop(const struct rtm *t,
                                                               unsigned chained)
{
    double start = peers_cpu();
    const struct rtm_route *answer = NULL;

    for (size_t n = 0; n + 1 < LOOKUPS; n++) {
        answer = rtm_best_match(t, &lookups[n + (((uintptr_t)answer >> 3) & chained)], NULL);
        if (!answer) bench_die("rtm lost a route");
    }
    return (peers_cpu() - start) / (LOOKUPS - 1);
}

/* With a constant, so that what is not chained doesn't wait for the answer either. */
static double time_array(bool chained)
{
    return chained ? array_loop(1) : array_loop(0);
}

static double time_match(const struct rtm *t, bool chained)
{
    return chained ? match_loop(t, 1) : match_loop(t, 0);
}

static bool count_one(void *context, const struct rtm_prefix *prefix, const struct rtm_route *route)
{
    size_t *count = context;

    (void)prefix;
    *count += route->interface != 0;
    return true;
}

static double time_walk(const struct rtm *t)
{
    double start = peers_cpu();
    size_t count = 0;

    rtm_walk(t, NULL, count_one, &count);
    if (count != ROUTES) bench_die("rtm lost a route");
    return (peers_cpu() - start) / ROUTES;
}

static struct rtm *load(enum rtm_family family, const struct rtm_prefix *all, size_t count,
                        double *ret_each)
{
    struct rtm_entity *e;
    struct rtm *t;
    double start;

    if (rtm_create(&t, family) != ST_OK || rtm_register(t, 1, &e) != ST_OK) bench_die("no rtm");
    for (int n = 0; n < 2; n++)
        if (rtm_consumer_open(t, NULL, NULL, &consumers[n]) != ST_OK) bench_die("no consumer");
    start = peers_cpu();
    for (size_t n = 0; n < count; n++) {
        struct rtm_route route = bgp_like_route(family, n);
        if (rtm_route_add(e, &all[n], &route, NULL) != ST_OK) bench_die("rtm refused a route");
    }
    *ret_each = (peers_cpu() - start) / (double)count;
    return t;
}

/* Of all that was added, which also makes a large table's answers. */
static double time_told(void)
{
    double start = peers_cpu();
    const struct rtm_route *best;
    struct rtm_prefix prefix;
    size_t told = 0;

    for (int n = 0; n < 2; n++)
        while (rtm_consumer_next(consumers[n], &prefix, &best)) told++;
    if (told != (size_t)2 * ROUTES) bench_die("rtm did not tell of a route");
    return (peers_cpu() - start) / ROUTES;
}

static void pairs_of_lookups(const struct rtm *t)
{
    double chained = time_match(t, true);

    bench_pair("rtm_match", time_array(true), chained);
    bench_pair("rtm_match_many", time_array(false), time_match(t, false));
    bench_pair("rtm_match_bart", BART_MATCH, chained);
}

static void pair_of_peer(const char *id, double peer, double ours, const char *why_not)
{
    if (why_not)
        printf("SKIP: %s: %s\n", id, why_not);
    else
        bench_pair(id, peer, ours);
}

static void pairs_of_daemons(double insert)
{
    double whole, reading, zebra;
    const char *why_not = daemons_bird(prefixes, ROUTES, &whole, &reading);

    pair_of_peer("rtm_load_bird", whole, insert, why_not);
    pair_of_peer("rtm_insert_bird", whole - reading, insert, why_not);
    why_not = daemons_zebra(prefixes, ROUTES, &zebra);
    pair_of_peer("rtm_load_zebra", zebra, insert, why_not);
}

static void pair_of_ipv6(void)
{
    size_t before = peers_heap();
    double insert;
    struct rtm *t = load(RTM_IPV6, prefixes6, ROUTES6, &insert);

    bench_pair("rtm_octets6", 64, (double)(peers_heap() - before) / ROUTES6);
    rtm_destroy(t);
}

static void run_once(void)
{
    size_t before = peers_heap(), octets;
    const char *why_not = NULL;
    double insert, peer;
    struct rtm *t = load(RTM_IPV4, prefixes, ROUTES, &insert);

    bench_pair("rtm_told", insert, time_told());
    octets = peers_heap() - before;
    bench_pair("rtm_octets", 64, (double)octets / ROUTES);
    bench_pair("rtm_octets_bart", BART_OCTETS, (double)octets / ROUTES);
    bench_pair("rtm_insert_bart", BART_INSERT, insert);
    pairs_of_lookups(t);
    peer = peers_kernel_dump(prefixes, DUMPED, &why_not);
    pair_of_peer("rtm_walk", peer, time_walk(t), why_not);
    rtm_destroy(t);
    pair_of_ipv6();
    pairs_of_daemons(insert);
}

int main(int argc, char **argv)
{
    array = calloc((size_t)1 << 24, sizeof(*array));
    if (!array || !bgp_like_prefixes(RTM_IPV4, prefixes, ROUTES) ||
        !bgp_like_prefixes(RTM_IPV6, prefixes6, ROUTES6))
        bench_die("out of memory");
    make_lookups();
    array_fill();
    for (int i = argc > 1 ? bench_number(argv[1]) : 5; i > 0; i--) run_once();
    return 0;
}
