/* The handler in this process, behind the same octets: a call runs on the thread that makes it. */
#include "api/serve/serve.h"

#include "base/mem.h"

static SRWLOCK lock = SRWLOCK_INIT;
static void *client; /* this process, from the first use on */

static mpr_status begin_client(void)
{
    mpr_status status = ST_OK;

    AcquireSRWLockExclusive(&lock);
    if (!client) status = serve_handler.client_begin(GetCurrentProcessId(), &client);
    ReleaseSRWLockExclusive(&lock);
    return status;
}

static mpr_status loopback_open(struct carrier *c, enum handle_kind kind, uint32_t *ret_session)
{
    mpr_status status = begin_client();

    (void)c;
    *ret_session = 0;
    return status == ST_OK ? serve_handler.open(client, kind, ret_session) : status;
}

static void loopback_close(struct carrier *c, uint32_t session)
{
    (void)c;
    serve_handler.close(client, session);
}

/* The request is copied, so that the handler's octets end with the call as another process's do. */
static mpr_status loopback_call(struct carrier *c, uint32_t session, uint32_t method,
                                const uint8_t *request, size_t size,
                                struct carrier_octets *response, struct carrier_router *ret_router)
{
    uint8_t *copy = mem_dup(request, size);
    const struct carrier_request call = {
        .session = session, .method = method, .octets = copy, .size = size};
    mpr_status status;

    (void)c;
    *response = (struct carrier_octets){NULL, 0};
    carrier_router_none(ret_router);
    if (!copy) return ST_NOT_ENOUGH_MEMORY;
    status = client ? serve_handler.call(client, &call, response) : ST_RPC_INVALID_BINDING;
    mem_wipe(copy, size);
    mem_free(copy);
    return status;
}

struct carrier *serve_loopback(void)
{
    static const struct carrier_table table = {loopback_open, loopback_close, loopback_call};
    static struct carrier loopback = {.table = &table};

    return &loopback;
}
