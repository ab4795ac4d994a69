/* The router's answer in the section counts even when the router has ended since. */
#include "win32/carrier/local_transfer.h"

#include <string.h>

#include "base/mem.h"
#include "win32/carrier/relay.h"

/* ---- turns ----------------------------------------------------------------------------------- */

static void break_off(struct local_end *end)
{
    end->broken = true;
    end->unseen = !end->header->taken;
}

/* False: there will be no answer. */
static bool wait_with_router(struct local_end *end)
{
    HANDLE both[2] = {end->response, end->router->process};
    DWORD waited = WaitForMultipleObjects(2, both, FALSE, INFINITE);

    if (waited == WAIT_OBJECT_0 + 1) end->router->dead = true;
    return waited == WAIT_OBJECT_0;
}

/* Gives the router its turn and waits for its answer. False: the channel is broken. */
static bool take_turns(struct local_end *end, enum local_operation operation)
{
    DWORD waited;

    end->header->reply = 0;
    end->header->operation = operation;
    waited = SignalObjectAndWait(end->request, end->response, LOCAL_ALONE_MS, FALSE);
    if (waited == WAIT_TIMEOUT && wait_with_router(end)) waited = WAIT_OBJECT_0;
    if (waited == WAIT_OBJECT_0 && end->header->reply != 0) return true;
    break_off(end);
    return false;
}

/* ---- the request ----------------------------------------------------------------------------- */

static void write_header(struct local_end *end, const struct local_message *message)
{
    volatile struct local_header *h = end->header;

    h->session = message->session;
    h->method = message->method;
    h->thread = message->thread;
    h->size = (uint32_t)message->size;
    h->events = relay_events();
    h->taken = 0;
}

/* The router may have an answer before it has all. */
static bool send_request(struct local_end *end, const struct local_message *message)
{
    enum local_operation operation = message->operation;
    size_t done = 0;

    write_header(end, message);
    for (;;) {
        size_t piece = local_piece(message->size - done);

        if (piece > 0) memcpy(local_octets(end->header), message->request + done, piece);
        done += piece;
        if (!take_turns(end, operation)) return false;
        if (end->header->reply != LOCAL_WANT_MORE) return true;
        operation = LOCAL_MORE;
    }
}

/* ---- the response ---------------------------------------------------------------------------- */

static bool receive_response(struct local_end *end, struct carrier_octets *ret)
{
    size_t done = 0;

    for (;;) {
        size_t piece = local_piece(ret->size - done);

        memcpy(ret->data + done, local_octets(end->header), piece);
        done += piece;
        if (done == ret->size) return true;
        if (!take_turns(end, LOCAL_NEXT)) return false;
    }
}

/* Without memory for it the router would wait to be asked for the rest: the channel is closed. */
static mpr_status take_response(struct local_end *end, struct carrier_octets *ret)
{
    mpr_status status = ST_RPC_CALL_FAILED;

    ret->size = end->header->response_size;
    ret->data = ret->size <= LOCAL_RESPONSE_MAX ? mem_alloc_unset(ret->size) : NULL;
    if (ret->data && receive_response(end, ret)) return ST_OK;
    if (!ret->data) {
        end->broken = true;
        status = ST_NOT_ENOUGH_MEMORY;
    }
    mem_free(ret->data);
    *ret = (struct carrier_octets){NULL, 0};
    return status;
}

/* The section is used again. */
static void wipe_section(const struct local_end *end, size_t request, size_t response)
{
    size_t used = local_piece(request);

    if (response <= LOCAL_SECRET_MAX && response > used) used = response;
    if (!end->broken) mem_wipe(local_octets(end->header), used);
}

mpr_status transfer(struct local_end *end, const struct local_message *message,
                    struct local_answer *ret)
{
    mpr_status status;

    memset(ret, 0, sizeof(*ret));
    if (!send_request(end, message))
        return end->unseen ? ST_RPC_SERVER_UNAVAILABLE : ST_RPC_CALL_FAILED;
    status = end->header->status;
    ret->opened = end->header->opened;
    if (status == ST_OK && message->operation == LOCAL_CALL)
        status = take_response(end, &ret->response);
    wipe_section(end, message->size, ret->response.size);
    return status;
}
