/* 1,000 registered notification events and one connect, against 1,000 bare calls of SetEvent.
 *
 * Both sides end when the last event is seen to be signalled. Between the measurements the events
 * are reset by waiting for each, which also checks that every one was signalled.
 *
 * usage: bench_fanout REPEATS
 */
#include <stdlib.h>

#include "pe/setup.h"

#define EVENTS 1000
#define ROUNDS 10 /* of each side in one measurement */

static MPR_SERVER_HANDLE server;
static HANDLE events[EVENTS];

static void take_all(void)
{
    for (int i = 0; i < EVENTS; i++) {
        if (WaitForSingleObject(events[i], 10000)) bench_die("event %d was not signalled", i);
    }
}

static double bare_signals(void)
{
    double spent = 0;

    for (int round = 0; round < ROUNDS; round++) {
        double start = bench_now();
        for (int i = 0; i < EVENTS; i++) SetEvent(events[i]);
        WaitForSingleObject(events[EVENTS - 1], INFINITE);
        spent += bench_now() - start;
        SetEvent(events[EVENTS - 1]);
        take_all();
    }
    return spent / ROUNDS;
}

static double connects(HANDLE handle)
{
    double spent = 0;

    for (int round = 0; round < ROUNDS; round++) {
        double start = bench_now();
        setup_check(MprAdminInterfaceConnect(server, handle, NULL, TRUE), "connecting");
        WaitForSingleObject(events[EVENTS - 1], INFINITE);
        spent += bench_now() - start;
        SetEvent(events[EVENTS - 1]);
        take_all();
        setup_check(MprAdminInterfaceDisconnect(server, handle), "disconnecting");
        take_all();
    }
    return spent / ROUNDS;
}

int main(int argc, char **argv)
{
    HANDLE handle;

    setup_registry();
    setup_phonebook("Link", 1);
    server = setup_connect();
    handle = setup_create(server, L"Link0", ROUTER_IF_TYPE_FULL_ROUTER);
    for (int i = 0; i < EVENTS; i++) {
        events[i] = setup_event();
        setup_check(MprAdminRegisterConnectionNotification(server, events[i]), "registering");
    }
    bare_signals();
    connects(handle);
    for (int i = argc > 1 ? bench_number(argv[1]) : 5; i > 0; i--) {
        double bare = bare_signals();
        bench_pair("fanout", bare, connects(handle));
    }
    return 0;
}
