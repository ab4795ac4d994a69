/* A program's session is a number of this process: the router's number is only good with the router
 * that gave it. When another router is there, the session is opened there as soon as it is used, as
 * a binding to Windows' router lives on when the service is started again. */
#include "win32/carrier/local.h"

#include "base/mem.h"
#include "win32/carrier/local_identity.h"
#include "win32/carrier/local_pool.h"
#include "win32/carrier/local_transfer.h"

#define UNSEEN_TRIES 3

struct local_session {
    enum handle_kind kind;
    uint32_t epoch;  /* of the router */
    uint32_t number; /* its own */
};

static struct {
    SRWLOCK lock;
    struct handle_table table; /* all zero is an empty one */
} sessions = {.lock = SRWLOCK_INIT};

/* ---- sessions -------------------------------------------------------------------------------- */

static mpr_status add_session(const struct local_session *session, uint32_t *ret)
{
    struct local_session *copy = mem_dup(session, sizeof(*session));

    if (!copy) return ST_NOT_ENOUGH_MEMORY;
    AcquireSRWLockExclusive(&sessions.lock);
    *ret = handle_new(&sessions.table, session->kind, copy);
    ReleaseSRWLockExclusive(&sessions.lock);
    if (*ret) return ST_OK;
    mem_free(copy);
    return ST_NOT_ENOUGH_MEMORY;
}

static struct local_session *session_of(uint32_t number)
{
    return handle_get(&sessions.table, handle_kind_of(number), number);
}

static bool find_session(uint32_t number, struct local_session *ret)
{
    struct local_session *found;

    AcquireSRWLockShared(&sessions.lock);
    found = session_of(number);
    if (found) *ret = *found;
    ReleaseSRWLockShared(&sessions.lock);
    return found != NULL;
}

/* False: closed meanwhile, or another thread was quicker; then *session is what that one has. */
static bool renew_session(uint32_t number, struct local_session *session)
{
    struct local_session *found;
    bool renewed = false;

    AcquireSRWLockExclusive(&sessions.lock);
    found = session_of(number);
    if (found && found->epoch != session->epoch) {
        *found = *session;
        renewed = true;
    } else if (found) {
        *session = *found;
    }
    ReleaseSRWLockExclusive(&sessions.lock);
    return renewed;
}

static bool remove_session(uint32_t number, struct local_session *ret)
{
    struct local_session *found;

    AcquireSRWLockExclusive(&sessions.lock);
    found = handle_delete(&sessions.table, handle_kind_of(number), number);
    ReleaseSRWLockExclusive(&sessions.lock);
    if (!found) return false;
    *ret = *found;
    mem_free(found);
    return true;
}

/* ---- operations on a channel ----------------------------------------------------------------- */

static mpr_status open_on(struct local_end *end, struct local_session *session, uint32_t thread)
{
    const struct local_message message = {
        .operation = LOCAL_OPEN, .session = session->kind, .thread = thread};
    struct local_answer answer;
    mpr_status status = transfer(end, &message, &answer);

    session->epoch = end->router->epoch;
    session->number = answer.opened;
    return status;
}

static void close_on(struct local_end *end, uint32_t number)
{
    const struct local_message message = {.operation = LOCAL_CLOSE, .session = number};
    struct local_answer answer;

    transfer(end, &message, &answer);
}

/* The router's number of a session, which is opened there if that router does not know it yet. */
static mpr_status session_on(struct local_end *end, uint32_t number, uint32_t thread, uint32_t *ret)
{
    struct local_session session;
    mpr_status status;
    uint32_t opened;

    if (!find_session(number, &session)) return ST_RPC_INVALID_BINDING;
    *ret = session.number;
    if (session.epoch == end->router->epoch) return ST_OK;
    status = open_on(end, &session, thread);
    if (status != ST_OK) return status;
    *ret = opened = session.number;
    if (renew_session(number, &session)) return ST_OK;
    close_on(end, opened);
    *ret = session.number;
    return session.number == opened ? ST_RPC_INVALID_BINDING : ST_OK;
}

/* ---- the carrier ----------------------------------------------------------------------------- */

struct local_work {
    struct local_message message;
    uint32_t session;          /* this process' number; 0: opens one */
    struct local_session made; /* then this */
    struct local_answer answer;
    struct carrier_router *router; /* to be told, or NULL */
};

/* While the channel keeps the router's handle open. */
static mpr_status tell_router(const struct local_router *router, struct carrier_router *ret)
{
    HANDLE own = GetCurrentProcess();

    if (!ret) return ST_OK;
    ret->id = router->epoch;
    if (ret->id == ret->known) return ST_OK;
    if (!DuplicateHandle(own, router->process, own, &ret->process, 0, FALSE, DUPLICATE_SAME_ACCESS))
        return ST_NOT_ENOUGH_MEMORY;
    return ST_OK;
}

static void forget_router(struct carrier_router *router)
{
    if (!router) return;
    if (router->process) CloseHandle(router->process);
    carrier_router_none(router);
}

static mpr_status work_on(struct local_end *end, struct local_work *work)
{
    mpr_status status;

    if (work->session == 0) return open_on(end, &work->made, work->message.thread);
    status = session_on(end, work->session, work->message.thread, &work->message.session);
    if (status == ST_OK) status = tell_router(end->router, work->router);
    if (status == ST_OK) status = transfer(end, &work->message, &work->answer);
    if (status != ST_OK) forget_router(work->router);
    return status;
}

/* What no router has seen is given to the next. */
static mpr_status do_work(struct local_work *work)
{
    mpr_status status;
    struct local_end *end;
    bool unseen;

    work->message.thread = identity_impersonating();
    for (int i = 0; i < UNSEEN_TRIES; i++) {
        status = pool_take(&end);
        if (status != ST_OK) return status;
        status = work_on(end, work);
        unseen = end->unseen;
        pool_give(end);
        if (!unseen) return status;
    }
    return ST_RPC_SERVER_UNAVAILABLE;
}

static mpr_status local_open(struct carrier *c, enum handle_kind kind, uint32_t *ret_session)
{
    struct local_work work = {.made.kind = kind};
    mpr_status status = do_work(&work);

    (void)c;
    *ret_session = 0;
    return status == ST_OK ? add_session(&work.made, ret_session) : status;
}

/* A router that has gone has closed it itself. */
static void local_close(struct carrier *c, uint32_t session)
{
    struct local_session closed;
    struct local_end *end;

    (void)c;
    if (!remove_session(session, &closed) || closed.epoch != connect_epoch()) return;
    if (pool_take(&end) != ST_OK) return;
    if (end->router->epoch == closed.epoch) close_on(end, closed.number);
    pool_give(end);
}

static mpr_status local_call(struct carrier *c, uint32_t session, uint32_t method,
                             const uint8_t *request, size_t size, struct carrier_octets *response,
                             struct carrier_router *ret_router)
{
    struct local_work work = {
        .session = session,
        .router = ret_router,
        .message = {.operation = LOCAL_CALL, .method = method, .request = request, .size = size}};
    mpr_status status;

    (void)c;
    *response = (struct carrier_octets){NULL, 0};
    carrier_router_none(ret_router);
    if (session == 0) return ST_RPC_INVALID_BINDING;
    if (size > LOCAL_REQUEST_MAX) return ST_NOT_ENOUGH_MEMORY;
    status = do_work(&work);
    if (status == ST_OK) *response = work.answer.response;
    return status;
}

struct carrier *local_carrier(void)
{
    static const struct carrier_table table = {local_open, local_close, local_call};
    static struct carrier carrier = {.table = &table};

    return &carrier;
}

static void close_sessions(enum handle_kind kind)
{
    uint32_t number;

    while ((number = handle_next(&sessions.table, kind, 0)) != 0) local_close(NULL, number);
}

void local_carrier_end(void)
{
    close_sessions(HANDLE_SERVER);
    close_sessions(HANDLE_MIB_SERVER);
    handle_table_free(&sessions.table);
    pool_empty();
    connect_forget();
}
