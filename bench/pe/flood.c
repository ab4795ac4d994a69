/* What a program that has nothing to do with RIP notices of it: MprAdminInterfaceEnum called again
 * and again while a neighbour floods the router with its table, and while the interface goes down
 * with all of it. A pair is the longest call of that time against the longest one while nothing
 * happens. The neighbour is native/rip_sender.c; the interface announces what it learns back as
 * unreachable (poison reverse), at once (triggered updates) and when it goes (graceful shutdown).
 *
 * usage: bench_flood REPEATS ROUTES ID      the pairs are ID and ID_down
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pe/rip_setup.h"

#define IDLE     2e9   /* ns of calls while nothing happens */
#define LOOK     5e7   /* ns between two looks at whether it is over */
#define PATIENCE 15e10 /* ns; routes expire after 180 s */

static MPR_SERVER_HANDLE server;
static MIB_SERVER_HANDLE mib;
static HANDLE handle;

/* The calls of one time. */
struct calls {
    unsigned count;
    double longest, sum;
};

static void enumerate(struct calls *c)
{
    DWORD read, total, resume = 0;
    BYTE *list = NULL;
    double start = bench_now(), took;

    setup_check(MprAdminInterfaceEnum(server, 0, &list, (DWORD)-1, &read, &total, &resume), "Enum");
    took = bench_now() - start;
    MprAdminBufferFree(list);
    c->count++;
    c->sum += took;
    if (took > c->longest) c->longest = took;
}

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

static struct calls until_idle_is_over(void)
{
    struct calls c = {0, 0, 0};
    double start = bench_now();

    while (bench_now() - start < IDLE) enumerate(&c);
    return c;
}

static struct calls until_changes(DWORD wanted)
{
    struct calls c = {0, 0, 0};
    double start = bench_now(), looked = start;

    for (;;) {
        enumerate(&c);
        if (bench_now() - looked < LOOK) continue;
        looked = bench_now();
        if (route_changes() >= wanted) return c;
        if (looked - start > PATIENCE)
            bench_die("%lu of %lu changes came", route_changes(), wanted);
    }
}

static DWORD WINAPI disconnect(void *unused)
{
    (void)unused;
    setup_check(MprAdminInterfaceDisconnect(server, handle), "disconnecting");
    return 0;
}

/* The other way round: every route that was learned goes. */
static struct calls until_gone(DWORD wanted)
{
    HANDLE thread = CreateThread(NULL, 0, disconnect, NULL, 0, NULL);
    struct calls c;

    if (!thread) bench_die("no thread");
    c = until_changes(wanted);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    return c;
}

static void tell(const char *id, const struct calls *idle, const struct calls *busy)
{
    bench_pair(id, idle->longest, busy->longest);
    bench_note(id, "the last time %u calls of %.1f us on average, idle %u of %.1f us", busy->count,
               busy->sum / busy->count / 1000, idle->count, idle->sum / idle->count / 1000);
}

static void measure(const char *id, DWORD routes)
{
    char down[64];
    struct calls idle = until_idle_is_over(), flood, end;
    DWORD before = route_changes();

    setup_check(MprAdminInterfaceConnect(server, handle, NULL, TRUE), "connecting");
    flood = until_changes(before + routes);
    end = until_gone(before + 2 * routes);
    tell(id, &idle, &flood);
    snprintf(down, sizeof(down), "%s_down", id);
    tell(down, &idle, &end);
}

int main(int argc, char **argv)
{
    DWORD routes;

    if (argc != 4) bench_die("usage: bench_flood REPEATS ROUTES ID");
    routes = (DWORD)bench_number(argv[2]);
    setup_registry();
    rip_registry();
    setup_dword(L"Parameters\\Ip", L"RipRouteLimit", routes);
    server = setup_connect();
    setup_check(MprAdminMIBServerConnect(NULL, &mib), "MprAdminMIBServerConnect");
    handle = rip_interface(server, RIP_UPDATE_PERIODIC);
    setup_check(MprAdminInterfaceDisconnect(server, handle), "disconnecting");
    Sleep(1000); /* what came so far goes */
    for (int i = bench_number(argv[1]); i > 0; i--) measure(argv[3], routes);
    return 0;
}
