/* A neighbour's RIP table, from MprAdminInterfaceUpdateRoutes(event) until the routes are the
 * interface's, against asking for the same datagrams and receiving them bare with recvfrom.
 * The neighbour is native/rip_sender.c, a program outside of Wine, for both.
 *
 * The pairs ID are updates that bring what the one before brought. For a table of several packets
 * there are also pairs ID_new: the first update after the interface has connected, for which the
 * router knows no route and asks at least twice, and which is written to the registry.
 *
 * With BIRD, the microseconds that BIRD needs natively to learn them (native/rip_bird.c), there are
 * pairs ID_bird as well: such a first update against that and the bare receipt together.
 *
 * usage: bench_rip REPEATS ROUTES ID [ROUNDS [BIRD]]       ROUTES is what the sender was told;
 * ROUNDS of each side are one measurement
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pe/rip_setup.h"

static MPR_SERVER_HANDLE server;
static HANDLE handle, done;
static unsigned routes;
static int rounds = 1;
static double bird; /* nanoseconds, or 0 */

static double receive_bare(void)
{
    return rip_bare(routes);
}

static double update(void)
{
    double start = bench_now();
    DWORD status = MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, done), result = 1;

    if (status != PENDING) bench_die("MprAdminInterfaceUpdateRoutes: error %lu", status);
    if (WaitForSingleObject(done, 120000)) bench_die("the update did not complete");
    start = bench_now() - start;
    setup_check(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result), "the query");
    setup_check(result, "the update");
    return start;
}

/* The routes are in the interface's information. */
static void check_routes(void)
{
    DWORD size = 0, item = 0, count = 0;
    BYTE *info = NULL, *rows = NULL;

    setup_check(MprAdminInterfaceTransportGetInfo(server, handle, PID_IP, &info, &size), "info");
    setup_check(MprInfoBlockFind(info, 0xFFFF0005u, &item, &count, &rows), "IP_ROUTE_INFO");
    if (count != routes) bench_die("%lu of %u routes were learned", count, routes);
    MprAdminBufferFree(info);
}

static void reconnect(void)
{
    setup_check(MprAdminInterfaceDisconnect(server, handle), "disconnecting");
    setup_check(MprAdminInterfaceConnect(server, handle, NULL, TRUE), "connecting");
}

static void measure_new(const char *id)
{
    char name[64];
    double bare = receive_bare(), ours;

    snprintf(name, sizeof(name), "%s_new", id);
    reconnect();
    ours = update();
    bench_pair(name, bare, ours);
    snprintf(name, sizeof(name), "%s_bird", id);
    if (bird > 0) bench_pair(name, bare + bird, ours);
    check_routes();
}

static double average(double (*one)(void))
{
    double sum = 0;

    for (int i = 0; i < rounds; i++) sum += one();
    return sum / rounds;
}

int main(int argc, char **argv)
{
    if (argc < 4) bench_die("usage: bench_rip REPEATS ROUTES ID [ROUNDS [BIRD]]");
    if (argc > 4) rounds = bench_number(argv[4]);
    if (argc > 5) bird = bench_number(argv[5]) * 1000.0;
    routes = (unsigned)bench_number(argv[2]);
    setup_registry();
    rip_registry();
    server = setup_connect();
    done = setup_event();
    handle = rip_interface(server, RIP_UPDATE_DEMAND);
    rip_bare_open();
    receive_bare();
    for (int i = bench_number(argv[1]); i > 0 && routes > 25; i--) measure_new(argv[3]);
    update();
    check_routes();
    for (int i = bench_number(argv[1]); i > 0; i--) {
        double bare = average(receive_bare);
        bench_pair(argv[3], bare, average(update));
        check_routes();
    }
    return 0;
}
