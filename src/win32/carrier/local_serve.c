/* The thread of a channel. The client can write to the section at any moment: each of its members
 * is read once, before it is looked at, and octets are copied before anybody reads them. Whatever
 * it writes or signals, and whenever, the thread does one thing after another and touches nothing
 * that is another client's. */
#include "win32/carrier/local_serve.h"

#include <string.h>

#include "base/mem.h"
#include "win32/carrier/local_identity.h"
#include "win32/sys/access.h"

/* Of its address space; the calls of the API need little. */
#define STACK_OCTETS (512u << 10)

struct serve_request {
    uint32_t operation, session, method, thread, size, events;
};

/* ---- turns ----------------------------------------------------------------------------------- */

static bool is_turn(struct local_channel *c, DWORD waited)
{
    HANDLE both[2] = {c->request, c->client->process};

    if (waited == WAIT_TIMEOUT) waited = WaitForMultipleObjects(2, both, FALSE, INFINITE);
    return waited == WAIT_OBJECT_0 && !c->spoiled && !local_clients_stopping();
}

/* Gives the client its turn and waits for the next one. False: the channel is to end. */
static bool exchange(struct local_channel *c)
{
    return is_turn(c, SignalObjectAndWait(c->response, c->request, LOCAL_ALONE_MS, FALSE));
}

static void read_request(const struct local_channel *c, struct serve_request *ret)
{
    volatile struct local_header *h = c->header;

    ret->operation = h->operation;
    ret->session = h->session;
    ret->method = h->method;
    ret->thread = h->thread;
    ret->size = h->size;
    ret->events = h->events;
    h->taken = 1;
}

static void reply(struct local_channel *c, mpr_status status, uint32_t opened, size_t size)
{
    c->header->status = status;
    c->header->opened = opened;
    c->header->response_size = (uint32_t)size;
    c->header->reply = LOCAL_DONE;
}

/* ---- octets ---------------------------------------------------------------------------------- */

static bool receive_pieces(struct local_channel *c, struct carrier_octets *octets)
{
    size_t done = 0;

    for (;;) {
        size_t piece = local_piece(octets->size - done);

        memcpy(octets->data + done, local_octets(c->header), piece);
        done += piece;
        if (done == octets->size) return true;
        c->header->reply = LOCAL_WANT_MORE;
        if (!exchange(c) || c->header->operation != LOCAL_MORE) return false;
    }
}

static bool send_pieces(struct local_channel *c, const struct carrier_octets *octets)
{
    size_t done = 0;

    for (;;) {
        size_t piece = local_piece(octets->size - done);

        if (piece > 0) memcpy(local_octets(c->header), octets->data + done, piece);
        reply(c, ST_OK, 0, octets->size);
        done += piece;
        if (done == octets->size) return true;
        if (!exchange(c) || c->header->operation != LOCAL_NEXT) return false;
    }
}

/* A request's. The data is NULL when there is no memory for it. */
static void allocate(struct local_client *client, size_t size, struct carrier_octets *ret)
{
    ret->size = size;
    ret->data = NULL;
    if (!local_clients_take_memory(client, LOCAL_REQUESTS, size)) return;
    ret->data = mem_alloc_unset(size);
    if (!ret->data) local_clients_give_memory(client, LOCAL_REQUESTS, size);
}

static void release(struct local_client *client, struct carrier_octets *octets)
{
    mem_wipe(octets->data, octets->size);
    mem_free(octets->data);
    local_clients_give_memory(client, LOCAL_REQUESTS, octets->size);
}

/* ---- acting as the client -------------------------------------------------------------------- */

/* Mostly the thread acts as the process of the client all the time. */
static mpr_status act_as_process(const struct local_channel *c)
{
    mpr_status status = identity_act(c->client->token);

    access_thread_has_no_token(status == ST_OK && !c->client->token);
    return status;
}

static mpr_status act(const struct local_channel *c, uint32_t thread)
{
    if (!thread) return ST_OK;
    access_thread_has_no_token(false);
    return identity_act_as_thread(c->client->process_id, thread);
}

static void act_no_more(struct local_channel *c, uint32_t thread)
{
    if (thread && act_as_process(c) != ST_OK) c->spoiled = true;
}

static void serve_open(struct local_channel *c, const struct serve_request *r)
{
    const struct carrier_handler *handler = local_clients_handler();
    uint32_t opened = 0;
    mpr_status status = ST_INVALID_PARAMETER;

    if (r->session == HANDLE_SERVER || r->session == HANDLE_MIB_SERVER) status = act(c, r->thread);
    if (status == ST_OK) {
        status = handler->open(c->client->handled, (enum handle_kind)r->session, &opened);
        act_no_more(c, r->thread);
    }
    reply(c, status, status == ST_OK ? opened : 0, 0);
}

static mpr_status run_call(struct local_channel *c, const struct serve_request *r,
                           const struct carrier_octets *request, struct carrier_octets *response)
{
    const struct carrier_request call = {r->session, r->method, request->data, request->size,
                                         r->events};
    mpr_status status = act(c, r->thread);

    if (status != ST_OK) return status;
    status = local_clients_handler()->call(c->client->handled, &call, response);
    act_no_more(c, r->thread);
    return status;
}

/* A heap gives free memory at its end back to the system, and page by page of a long enumeration
 * would pay for having it again. What is in front of a response that is kept until the next one is
 * there, stays. */
static void release_response(struct local_channel *c, struct carrier_octets *response)
{
    uint8_t *former = c->kept;

    local_clients_give_memory(c->client, LOCAL_RESPONSES, response->size);
    c->kept = NULL;
    if (response->size <= LOCAL_SECRET_MAX) mem_wipe(response->data, response->size);
    if (response->size > LOCAL_SECRET_MAX && response->size <= LOCAL_SECTION)
        c->kept = response->data;
    else
        mem_free(response->data);
    mem_free(former);
}

/* False: the channel is to end. */
static bool respond(struct local_channel *c, mpr_status status, struct carrier_octets *response)
{
    bool alive = true;

    if (status == ST_OK && !local_clients_take_memory(c->client, LOCAL_RESPONSES, response->size)) {
        mem_free(response->data);
        status = ST_NOT_ENOUGH_MEMORY;
    }
    if (status != ST_OK) {
        reply(c, status, 0, 0);
        return true;
    }
    alive = send_pieces(c, response);
    release_response(c, response);
    return alive;
}

static bool serve_call(struct local_channel *c, const struct serve_request *r)
{
    struct carrier_octets request, response = {NULL, 0};
    mpr_status status;

    allocate(c->client, r->size, &request);
    if (!request.data) {
        reply(c, ST_NOT_ENOUGH_MEMORY, 0, 0);
        return true;
    }
    if (!receive_pieces(c, &request)) {
        release(c->client, &request);
        return false;
    }
    status = run_call(c, r, &request, &response);
    release(c->client, &request);
    return respond(c, status, &response);
}

/* ---- the thread ------------------------------------------------------------------------------ */

/* False: the channel is to end, also after what no client of ours does. */
static bool serve_one(struct local_channel *c)
{
    struct serve_request r;

    read_request(c, &r);
    switch (r.operation) {
    case LOCAL_OPEN:
        serve_open(c, &r);
        return true;
    case LOCAL_CLOSE:
        local_clients_handler()->close(c->client->handled, r.session);
        reply(c, ST_OK, 0, 0);
        return true;
    case LOCAL_CALL:
        return serve_call(c, &r);
    default:
        return false;
    }
}

static DWORD WINAPI serve(void *parameter)
{
    struct local_channel *c = parameter;
    bool alive = act_as_process(c) == ST_OK && is_turn(c, WAIT_TIMEOUT);

    while (alive && serve_one(c)) alive = exchange(c);
    identity_act(NULL);
    local_clients_remove_channel(c);
    return 0;
}

mpr_status serve_channel(struct local_channel *channel)
{
    HANDLE thread =
        CreateThread(NULL, STACK_OCTETS, serve, channel, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);

    if (!thread) {
        local_clients_remove_channel(channel);
        return ST_NOT_ENOUGH_MEMORY;
    }
    CloseHandle(thread);
    return ST_OK;
}
