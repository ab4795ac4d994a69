/* A handler that keeps a record of what the carrier does with it. */
#include "win32/carrier/parts.h"

#include <string.h>

#include "base/mem.h"
#include "win32/sys/access.h"

#define CLIENT_SESSIONS 64u

struct part_client {
    DWORD process;
    volatile LONG running;
    volatile LONG ended;
    volatile LONG open[CLIENT_SESSIONS]; /* session numbers are 100 and more */
};

struct part_counts part_counts;

static void fault(void)
{
    InterlockedIncrement(&part_counts.faults);
}

static mpr_status client_begin(DWORD process, void **ret_client)
{
    struct part_client *client = mem_alloc(sizeof(*client));

    if (!client) return ST_NOT_ENOUGH_MEMORY;
    client->process = process;
    InterlockedIncrement(&part_counts.begun);
    *ret_client = client;
    return ST_OK;
}

/* The client's memory stays, so that a second end is seen. */
static void client_end(void *parameter)
{
    struct part_client *client = parameter;

    if (InterlockedIncrement(&client->ended) != 1 || client->running != 0) fault();
    for (unsigned i = 0; i < CLIENT_SESSIONS; i++) {
        if (client->open[i]) InterlockedIncrement(&part_counts.closed);
    }
    InterlockedIncrement(&part_counts.ended);
}

static mpr_status open_session(void *parameter, enum handle_kind kind, uint32_t *ret_session)
{
    struct part_client *client = parameter;

    if (client->ended || (kind != HANDLE_SERVER && kind != HANDLE_MIB_SERVER)) fault();
    for (unsigned i = 0; i < CLIENT_SESSIONS; i++) {
        if (InterlockedCompareExchange(&client->open[i], 1, 0) == 0) {
            InterlockedIncrement(&part_counts.opened);
            *ret_session = 100 + i;
            return ST_OK;
        }
    }
    return ST_NOT_ENOUGH_MEMORY;
}

static bool is_open(const struct part_client *client, uint32_t session)
{
    return session >= 100 && session < 100 + CLIENT_SESSIONS && client->open[session - 100];
}

static void close_session(void *parameter, uint32_t session)
{
    struct part_client *client = parameter;

    if (client->ended) fault();
    if (!is_open(client, session)) return;
    if (InterlockedExchange(&client->open[session - 100], 0))
        InterlockedIncrement(&part_counts.closed);
}

static mpr_status answer(const void *data, size_t size, struct carrier_octets *response)
{
    response->data = mem_dup(data, size);
    response->size = size;
    return response->data ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status answer_long(uint32_t size, struct carrier_octets *response)
{
    response->data = mem_alloc(size);
    response->size = size;
    if (!response->data) return ST_NOT_ENOUGH_MEMORY;
    part_fill(response->data, size, size);
    return ST_OK;
}

static mpr_status run(const struct part_client *client, uint32_t method, const uint8_t *request,
                      size_t size, struct carrier_octets *response)
{
    uint32_t value = 0;

    if (method == PART_ECHO) return answer(request, size, response);
    if (method >= PART_METHODS) return ST_RPC_PROCNUM_OUT_OF_RANGE;
    if (size != sizeof(value)) return ST_RPC_BAD_STUB_DATA;
    memcpy(&value, request, sizeof(value));
    switch (method) {
    case PART_LONG:
        return answer_long(value, response);
    case PART_COUNTS:
        return answer(&part_counts, sizeof(part_counts), response);
    case PART_ACCESS:
        value = access_check();
        break;
    case PART_CLIENT:
        value = client->process;
        break;
    case PART_MARK:
        part_mark(value == 0, PART_ROUTER_CASE);
        break;
    case PART_FAIL_MEMORY:
        return ST_NOT_ENOUGH_MEMORY;
    case PART_DIE:
        TerminateProcess(GetCurrentProcess(), 9);
        break;
    default:
        Sleep(value);
    }
    return answer(&value, sizeof(value), response);
}

static mpr_status call(void *parameter, const struct carrier_request *request,
                       struct carrier_octets *response)
{
    struct part_client *client = parameter;
    mpr_status status = ST_RPC_INVALID_BINDING;

    if (client->ended) fault();
    InterlockedIncrement(&client->running);
    InterlockedIncrement(&part_counts.running);
    InterlockedIncrement(&part_counts.calls);
    if (is_open(client, request->session))
        status = run(client, request->method, request->octets, request->size, response);
    InterlockedDecrement(&part_counts.running);
    InterlockedDecrement(&client->running);
    return status;
}

const struct carrier_handler part_handler = {client_begin, client_end, open_session, close_session,
                                             call};
