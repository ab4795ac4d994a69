/* One thread that manages its own interfaces, and knows after each answer what has to be there.
 *
 * While no router was killed, every code is what it would be in a quiet router; a *span* tells.
 * Calls that a kill has hit may give RPC_S_CALL_FAILED or RPC_S_SERVER_UNAVAILABLE, and handles of
 * the former router's are none. What does not hold ends the process with 1, after a line that says
 * why.
 */
#ifndef TESTS_SERVICE_KILLS_WORKER_H
#define TESTS_SERVICE_KILLS_WORKER_H

#include "service/kills/scene.h"
#include "service/kills/witness.h"

#define RPC_CALL_FAILED 1726

struct worker {
    unsigned number, generation;
    struct slot *slot;
    struct scene_names names;
    DWORD random;
    MPR_SERVER_HANDLE server;
    HANDLE config;
    struct witness done, news; /* of promises, of the registration */
    LONG promised;
    LONG key_as_of;  /* routers killed when the extra interface's key was made */
    LONG link_as_of; /* ... when the link's state was seen */
    const char *deed;
};

#define EXPECT(w, condition, ...)                                                      \
    do {                                                                               \
        if (!(condition)) worker_fail(w, __FILE__, __LINE__, #condition, __VA_ARGS__); \
    } while (0)
void worker_fail(const struct worker *w, const char *file, int line, const char *condition,
                 const char *format, ...) __attribute__((noreturn, format(printf, 5, 6)));

/* To be written around each call. */
#define CALL(w, expression) (worker_count(w), (expression))
void worker_count(struct worker *w);

/* From here on. */
struct span {
    LONG killed;
    ULONGLONG since;
};
struct span span_begin(void);
/* No router was being killed since. */
BOOL span_is_quiet(const struct span *s);
/* Whether the call was done (NO_ERROR, PENDING); if not, a kill is the reason. */
BOOL span_done(const struct worker *w, const struct span *s, DWORD status);

/* The handle of a link or program, which there always is; NULL: a kill is the reason. */
HANDLE worker_find(struct worker *w, const struct span *s, const WCHAR *name);
/* Whatever is read from a router is asked for until no kill comes between. */
ROUTER_CONNECTION_STATE worker_settled_state(struct worker *w, const WCHAR *name);
/* The fact's number; EXPECTs that it is what it may be, and takes it. */
void worker_look(struct worker *w, enum fact_kind kind);
/* One signal is due: for a call that was accepted. */
void worker_promised(struct worker *w);
/* The signal came, and as many as were promised in all. */
void worker_await_promise(struct worker *w);

/* The first in the slot, or the next after one that died there. */
void worker_begin(struct worker *w, unsigned slot, unsigned generation);
/* Everything is as it was said to be; leaves link and program disconnected, and no extra. */
void worker_end(struct worker *w);

/* A thread for each slot from that one on, until the scene is over, or each has called so often (0:
 * no such end). Returns the exit code of the process. */
int worker_run(unsigned slot, unsigned count, unsigned generation, LONG calls);
/* The same with the words of scene_start_worker. */
int worker_main(char **arguments, LONG calls);

/* ---- deeds_*.c ------------------------------------------------------------------------------- */

typedef void deed(struct worker *w);
deed deed_look, deed_enumerate, deed_number, deed_user, deed_eap, deed_block, deed_own_block;
deed deed_connect, deed_connect_and_wait, deed_disconnect, deed_update, deed_program,
    deed_program_end, deed_news;
deed deed_extra_make, deed_extra_store, deed_extra_forget, deed_extra_delete, deed_extra_look;

/* EAP data of the link, by a router. */
LONG deed_read_eap(struct worker *w);

#endif
