/* What the tests of killed routers and clients share: a test process that kills, and processes of
 * workers that call. They meet in shared memory, the scene, which outlives who is killed.
 *
 * A *fact* is something that is stored and has a number for its content. Who changes it says so
 * before (fact_begin) and after the answer (fact_end). So whoever looks later knows what may be
 * there: the present content, or also the next one while a change is under way; never a third.
 *
 * KILL_MOMENTS in the environment says how many kills there are, KILL_SEED which random numbers.
 */
#ifndef TESTS_SERVICE_KILLS_SCENE_H
#define TESTS_SERVICE_KILLS_SCENE_H

#include "api/support/fixture.h"

enum { SCENE_SLOTS = 12, SCENE_PATIENCE_MS = 120000 };

enum fact_kind {
    FACT_NUMBER,      /* phone number of the link's entry: the router writes the phone book */
    FACT_USER,        /* its user, domain and password: the program writes them */
    FACT_EAP,         /* its EAP data: the router writes them */
    FACT_BLOCK,       /* a block of its stored IPv4 information: the router writes it */
    FACT_OWN_BLOCK,   /* one of IPv6: the program writes it */
    FACT_LINK,        /* 1: connected; kept by the router alone */
    FACT_EXTRA_ENTRY, /* phone number of an interface that comes and goes; 0: no entry */
    FACT_EXTRA_KEY,   /* 1: it has a key in the stored configuration, 2: with a transport */
    FACTS
};

struct fact {
    volatile LONG now, next, under_way;
};

/* Of one worker, and of who takes its place after its death. */
struct slot {
    struct fact facts[FACTS];
    volatile LONG calls, promised, cut_updates;
};

struct scene {
    DWORD seed, parent;
    BOOL routers_die;                       /* else clients do, or nobody */
    volatile LONG kills_begun, kills_ended; /* of routers */
    volatile LONG calls;                    /* of all workers, begun */
    volatile LONG ready;                    /* worker processes that have begun */
    volatile LONG over;                     /* workers are to come to an end */
    struct slot slots[SCENE_SLOTS];
};
extern struct scene *scene;

/* By the test's process: registry, phone book with the workers' entries, stored interfaces.
 * moments: unless the environment says otherwise. */
void scene_make(BOOL routers_die, DWORD moments);
extern DWORD scene_moments;
/* By a worker's process. */
void scene_join(void);

/* What a worker's interfaces are called. */
struct scene_names {
    WCHAR link[16], extra[16], program[16];
};
struct scene_names scene_names(unsigned slot);
/* A worker whose number divides by three dials with a program, too. */
BOOL scene_has_program(unsigned slot);

/* xorshift; state is never 0. */
DWORD scene_random(DWORD *state);

void fact_begin(struct fact *fact, LONG next);
void fact_end(struct fact *fact);

/* ---- processes ------------------------------------------------------------------------------- */

/* This program again, with these words: "work" slot count generation. */
HANDLE scene_start_worker(unsigned slot, unsigned count, unsigned generation);
/* Fails the test when it does not end with 0. */
void scene_await_end(HANDLE process);
void scene_kill(HANDLE process);
/* Of the router that listens; NULL: none does. Connects to it, so that it keeps this process among
 * its clients. */
HANDLE scene_router(void);
/* One process of a router, or of one that is about to be; 0: there is none. */
DWORD scene_router_id(void);
/* Of several that begin at once one stays. */
DWORD scene_only_router_id(void);
/* Fails the test when a router does not end by itself. */
void scene_await_end_of_router(void);
/* What the command line of each of its dialers' programs has, and nobody else's. */
void scene_dialer_mark(char *ret, size_t size);
/* Processes that a dialer of this scene has started and that are left. */
unsigned scene_dialers_left(void);
/* Fails the test when some do not end. */
void scene_await_end_of_dialers(void);
/* For the end of the test, also after a failure. */
int scene_end(void **state);

#endif
