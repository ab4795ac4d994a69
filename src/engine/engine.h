/* The engine: the one lock around the router, the worker that fires its timers, and the flushing
 * of its outbox.
 *
 *     struct router *r = engine_enter(e);
 *     status = router_something(r, ...);
 *     engine_leave(e);
 *
 * Nothing else locks, and functions that need the lock take the pointer that only engine_enter
 * gives. Those that only read take a constant one, which engine_enter_shared gives, too: then
 * others that only read may be inside at the same time. engine_leave acts on what the core put into
 * the outbox, in order across threads, before it returns: an event that a call signals is signalled
 * when the call returns.
 */
#ifndef MPR_ENGINE_ENGINE_H
#define MPR_ENGINE_ENGINE_H

#include "router/router.h"

struct engine;

/* Creates the router and starts the worker. host's functions are called from any thread that
 * leaves the engine. ST_NOT_ENOUGH_MEMORY. */
mpr_status engine_create(struct engine **ret, const struct router_host *host,
                         const struct router_config *config);
/* Stops the worker, destroys the router (requests complete with ST_ROUTER_STOPPED). Waits for the
 * worker: never from DllMain. */
void engine_destroy(struct engine *e);
/* As engine_destroy when the process is ending and all other threads are gone: frees nothing that
 * needs a lock and waits for nobody. */
void engine_abandon(struct engine *e);

struct router *engine_enter(struct engine *e);
/* The same for a thread with long work, which enters for each portion of it: who waits is let in
 * first. */
struct router *engine_enter_again(struct engine *e);
void engine_leave(struct engine *e);

/* The way in for who only reads. Readers wait for who changes the router and was there before them,
 * never for each other alone; and he for those who are inside, not for those who come. It is no
 * event in the router: its time (router_now) stays what it was, and nothing is put or acted on. Not
 * within either of the two ways in. */
const struct router *engine_enter_shared(struct engine *e);
void engine_leave_shared(struct engine *e);

/* A waiter for one request, on the stack of a thread outside of the engine. */
struct engine_waiter;
/* Enters, calls start(router, context, request) with a request of its own, leaves, and when start
 * answered ST_PENDING waits for the completion. The result is start's or the request's. */
typedef mpr_status engine_start_fn(struct router *r, void *context, struct request *request);
mpr_status engine_call_and_wait(struct engine *e, handle_t32 server, engine_start_fn *start,
                                void *context);

/* For the host's complete function: true when the request has a waiting thread, which is woken;
 * false when it is an asynchronous one, whose event and memory are the host's business. */
bool engine_wake_waiter(struct request *request);

/* Milliseconds of the monotonic clock. */
msec engine_clock(void);

#endif
