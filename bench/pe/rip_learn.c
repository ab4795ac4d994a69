/* Learning a neighbour's RIP table: from connecting an interface, upon which RIP asks for it, until
 * all routes are in the router's table, against asking for the same datagrams and receiving them
 * bare, and against that and what BIRD needs natively for the same (native/rip_bird.c), where its
 * microseconds are given. Nothing is written and nothing is told to anybody: BIRD exports nothing
 * either. How many routes there are is asked for every millisecond.
 *
 * usage: bench_rip_learn REPEATS ROUTES ID [BIRD]      the pairs are ID_bare and ID
 */
#include <stdio.h>
#include <stdlib.h>

#include "pe/rip_setup.h"

#define PATIENCE 30e9 /* ns */

static MPR_SERVER_HANDLE server;
static MIB_SERVER_HANDLE mib;
static HANDLE handle;

/* IPRIP_GLOBAL_STATS: how many routes RIP has added, changed or deleted so far. */
static DWORD route_changes(void)
{
    DWORD in[2] = {0, 0}, size = 0, changes, *out = NULL;

    setup_check(MprAdminMIBEntryGet(mib, PID_IP, RIP_ID, in, sizeof(in), (LPVOID *)&out, &size),
                "RIP's statistics");
    changes = out[2];
    MprAdminMIBBufferFree(out);
    return changes;
}

static void wait_for(DWORD changes)
{
    double start = bench_now();

    while (route_changes() != changes) {
        if (bench_now() - start > PATIENCE)
            bench_die("%lu of %lu changes came", route_changes(), changes);
        Sleep(1);
    }
}

/* Nanoseconds. */
static double learn(unsigned routes)
{
    DWORD before = route_changes();
    double start;

    setup_check(MprAdminInterfaceDisconnect(server, handle), "disconnecting");
    wait_for(before + routes);
    start = bench_now();
    setup_check(MprAdminInterfaceConnect(server, handle, NULL, TRUE), "connecting");
    wait_for(before + 2 * routes);
    return bench_now() - start;
}

int main(int argc, char **argv)
{
    unsigned routes;
    double bird = 0;
    char bare_id[64];

    if (argc < 4) bench_die("usage: bench_rip_learn REPEATS ROUTES ID [BIRD]");
    routes = (unsigned)bench_number(argv[2]);
    if (argc > 4) bird = bench_number(argv[4]) * 1000.0;
    snprintf(bare_id, sizeof(bare_id), "%s_bare", argv[3]);
    setup_registry();
    rip_registry();
    server = setup_connect();
    setup_check(MprAdminMIBServerConnect(NULL, &mib), "MprAdminMIBServerConnect");
    handle = rip_interface(server, RIP_LISTENS);
    wait_for(routes);
    rip_bare_open();
    (void)rip_bare(routes);
    for (int i = bench_number(argv[1]); i > 0; i--) {
        double bare = rip_bare(routes), ours = learn(routes);

        bench_pair(bare_id, bare, ours);
        if (bird > 0) bench_pair(argv[3], bare + bird, ours);
    }
    return 0;
}
