/* Other processes of a benchmark: the program starts itself once more, in a role, and asks for one
 * measurement after another. A worker is one of them; which router it works with is decided by its
 * environment (MPRAPI_ROUTER), so that one program can measure the same calls in process and
 * shared.
 */
#ifndef BENCH_WORKER_H
#define BENCH_WORKER_H

#include "pe/setup.h"

#define WORKER_PAIRS 64 /* of events, that a worker knows at most */
#define WORKER_BOX   (256u << 10)

/* Two auto-reset events with the same handles in every worker that is started later. */
struct worker_pair {
    HANDLE ping, pong;
};

/* Seen by both processes. */
struct worker_slot {
    unsigned task;
    double result;
    unsigned carried; /* octets that go through the box with each round trip */
    HANDLE box;       /* a section of WORKER_BOX octets, the same in all; NULL: none */
    unsigned pairs;   /* of events, for its role */
    struct worker_pair pair[WORKER_PAIRS];
};

struct worker {
    HANDLE process, go, done;
    struct worker_slot *slot;
};

/* ---- in the program that measures ------------------------------------------------------------ */

/* Starts this program as "worker ROLE", with MPRAPI_ROUTER=router. Returns when it is ready. */
void worker_start(struct worker *w, const WCHAR *role, const WCHAR *router,
                  const struct worker_pair *pairs, unsigned count);
/* Gives it a task and returns its result; the program ends with an error when the worker does. */
double worker_ask(struct worker *w, unsigned task);
/* The same for several at once: no more than 64. Nanoseconds until the last has done it. */
double worker_ask_all(struct worker *workers, unsigned count, unsigned task);
/* Ends it as it stands. */
void worker_end(struct worker *w);
struct worker_pair worker_new_pair(void);
/* From now on there is a box for all workers that are started. */
void worker_make_box(void);

/* ---- in a worker ----------------------------------------------------------------------------- */

/* What a role does; prepare comes before the first task. */
struct worker_role {
    const char *name;
    void (*prepare)(struct worker_slot *slot);
    double (*task)(struct worker_slot *slot);
};

/* Serves when the program was started as a worker in one of these roles (the last one has no
 * name), and does not return then. */
void worker_serve(int argc, char **argv, const struct worker_role *roles);

/* ---- a role for all -------------------------------------------------------------------------- */

/* Answers each ping of its pairs with a pong, with a thread for each pair, as the router has one
 * for each of its clients' calls. It takes no task. */
void worker_echo_prepare(struct worker_slot *slot);
#define WORKER_ECHO                       \
    {                                     \
        "echo", worker_echo_prepare, NULL \
    }

/* So many round trips to it by the first pair; nanoseconds of one. A round trip is two requests to
 * the system, the least there can be: each end signals and waits in one. */
double worker_round_trips(const struct worker_slot *slot, unsigned count);
/* So many octets from the echo, through the box, into new memory for each page of so many;
 * nanoseconds of all. Both slots have said how many come with a round trip. */
double worker_carry(const struct worker_slot *slot, size_t octets, size_t page);

/* ---- the shared router ----------------------------------------------------------------------- */

/* Ends mprsvc.exe if it runs in this prefix, and waits until it has gone. */
void worker_end_router(void);

#endif
