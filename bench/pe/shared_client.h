/* What the workers of bench_shared do: a program that manages a router, in its process or shared.
 * The first task of each is CLIENT_FIRST_CALL. */
#ifndef BENCH_SHARED_CLIENT_H
#define BENCH_SHARED_CLIENT_H

#include "pe/worker.h"

#define CLIENT_MANY 100000u /* interfaces */
#define CLIENT_PAGE 100u
#define CLIENT_OCTETS                                                          \
    540u /* of an interface on the way: MPRI_INTERFACE_0 (MS-RRASM 2.2.1.2.82) \
          */
#define CLIENT_ROUNDS     1000u /* of what is measured alone */
#define CLIENT_ROUNDS_ALL 100u  /* of what many clients do at once, each */

/* Nanoseconds, of one where there are several. */
enum client_task {
    CLIENT_FIRST_CALL,    /* connecting, and asking for a handle */
    CLIENT_CALLS,         /* CLIENT_ROUNDS times GetInfo by handle */
    CLIENT_CALLS_ALL,     /* CLIENT_ROUNDS_ALL times */
    CLIENT_BARE,          /* CLIENT_ROUNDS bare round trips to the echo */
    CLIENT_BARE_ALL,      /* CLIENT_ROUNDS_ALL */
    CLIENT_CREATE,        /* CLIENT_MANY interfaces; no time */
    CLIENT_PAGES,         /* enumerating in pages of CLIENT_PAGE */
    CLIENT_AT_ONCE,       /* enumerating as a whole */
    CLIENT_CARRY_PAGES,   /* as many octets bare from the echo, a page at a time */
    CLIENT_CARRY,         /* the same as a whole */
    CLIENT_SET_UP_UPDATE, /* no time */
    CLIENT_UPDATES        /* CLIENT_ROUNDS updates, from the request to the event */
};

double client_task(struct worker_slot *slot);

#endif
