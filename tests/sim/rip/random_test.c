/* Networks of 50 routers on random graphs: links fail and heal, interfaces and static routes come
 * and go, while packets are lost, doubled and reordered. When nothing happens any more, the table
 * of each router is that of Bellman-Ford on the same graph.
 *
 * A seed gives one network and its whole history. The seeds of a run are the same each time;
 * RIP_SEEDS gives their number, RIP_SEED the first.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "sim/rip/graph.h"

#define ROUTERS 50u
#define SEEDS   10u
#define SECOND  ((msec)1000)
#define MINUTE  (60 * SECOND)

static struct graph g;

static uint32_t number(const char *name, uint32_t otherwise)
{
    const char *text = getenv(name);

    return text ? (uint32_t)strtoul(text, NULL, 10) : otherwise;
}

/* Lets time pass until the tables agree; false: they do not within that time. */
static bool come_to_agree(msec limit)
{
    msec end = g.net.now + limit;

    while (!graph_agrees(&g, false)) {
        if (g.net.now >= end) return false;
        net_run(&g.net, 5 * SECOND);
    }
    return true;
}

static void live_through(unsigned events)
{
    for (unsigned n = 0; n < events; n++) {
        graph_event(&g);
        net_run(&g.net, g.net.random % (20 * SECOND));
    }
}

/* Each of these is expected to hold for any seed. */
static const char *run_seed(bool ipv6, uint32_t seed)
{
    const char *fault = NULL;

    graph_open(&g, ipv6, seed, ROUTERS);
    graph_disturb(&g, 200, 50, 300);
    net_run(&g.net, MINUTE);
    live_through(30);
    if (!come_to_agree(60 * MINUTE)) fault = "tables never agree while packets are lost";
    graph_disturb(&g, 200, 50, 300);
    live_through(10);
    graph_disturb(&g, 0, 50, 300);
    net_run(&g.net, graph_limit(&g));
    for (unsigned n = 0; !fault && n < 5; n++) {
        if (!graph_agrees(&g, false))
            fault = n ? "tables change for no reason" : "tables are wrong";
        net_run(&g.net, 20 * SECOND);
    }
    if (!fault && !graph_next_hops_hold(&g)) fault = "a next hop is not nearer";
    if (fault) (void)graph_agrees(&g, true);
    graph_close(&g);
    return fault;
}

static void run_seeds(bool ipv6)
{
    uint32_t first = number("RIP_SEED", 1), count = number("RIP_SEEDS", SEEDS), failed = 0;

    for (uint32_t seed = first; seed - first < count; seed++) {
        const char *fault = run_seed(ipv6, seed);
        if (!fault) continue;
        fprintf(stderr, "%s, seed %u: %s\n", ipv6 ? "RIPng" : "RIP", (unsigned)seed, fault);
        failed++;
    }
    assert_int_equal(failed, 0);
}

static void tables_are_those_of_bellman_ford(void **state)
{
    (void)state;
    run_seeds(false);
}

static void so_are_those_of_ripng(void **state)
{
    (void)state;
    run_seeds(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_those_of_bellman_ford),
        cmocka_unit_test(so_are_those_of_ripng),
    };

    return cmocka_run_group_tests_name("rip on random graphs", tests, NULL, NULL);
}
