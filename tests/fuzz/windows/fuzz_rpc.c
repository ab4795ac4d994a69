/* What comes over a connection of RPC: packets as the octets have them, whole or broken, to an
 * association that has a handler behind it. What it sends are whole packets that a client can read,
 * with the octets of the request as the answer's, in order; memory is given back as it was taken,
 * and no more than the connection was let have.
 *
 * Input: how much memory there is (in units of 64 KB), whether the client has bound already, then
 * the octets of the connection.
 */
#include "fuzz/fuzz.h"

#include <string.h>

#include "base/mem.h"
#include "win32/carrier/rpc_association.h"

#define MEMORY_UNIT ((size_t)64 << 10)

struct client {
    size_t memory, taken;
    uint8_t *answer; /* what the handler has said and not all of which has come */
    size_t size, came;
};

/* ---- the connection's ends --------------------------------------------------------------------
 */

static void check_response(struct client *c, const struct rpc_header *h, const uint8_t *packet)
{
    const size_t size = h->size - PACKET_RESPONSE_HEADER;
    struct reader r;

    FUZZ_CHECK(h->size >= PACKET_RESPONSE_HEADER && size <= c->size - c->came);
    reader_init(&r, packet + PACKET_HEADER, 4);
    FUZZ_CHECK(rd_le32(&r) == c->size - c->came);
    FUZZ_CHECK(!(h->flags & PACKET_FIRST) == (c->came > 0));
    FUZZ_CHECK(size == 0 ||
               memcmp(packet + PACKET_RESPONSE_HEADER, c->answer + c->came, size) == 0);
    c->came += size;
    FUZZ_CHECK(!(h->flags & PACKET_LAST) == (c->came < c->size));
}

static bool client_hears(void *context, const uint8_t *octets, size_t size)
{
    struct rpc_header h;

    FUZZ_CHECK(size >= PACKET_HEADER && size <= PACKET_SIZE_MAX);
    FUZZ_CHECK(rpc_header_read(octets, &h) == HEADER_GOOD && h.size == size && h.auth_size == 0);
    switch (h.type) {
    case PACKET_RESPONSE:
        check_response(context, &h, octets);
        return true;
    case PACKET_FAULT:
        FUZZ_CHECK(size == 32);
        return true;
    default:
        FUZZ_CHECK(h.type == PACKET_BIND_ACK || h.type == PACKET_BIND_NAK ||
                   h.type == PACKET_ALTER_RESPONSE);
        return true;
    }
}

/* Odd methods have an error; the others say what they were asked, twice for every fourth. */
static mpr_status handler_answers(void *context, uint32_t method, const uint8_t *request,
                                  size_t size, struct carrier_octets *response)
{
    struct client *c = context;
    const size_t times = method % 4 ? 1 : 2;

    if (method % 2) return method % 3 ? ST_RPC_PROCNUM_OUT_OF_RANGE : ST_ACCESS_DENIED;
    free(c->answer);
    c->size = times * size;
    c->came = 0;
    c->answer = calloc(1, c->size + 1);
    response->data = mem_alloc(c->size + 1);
    response->size = c->size;
    if (!c->answer || !response->data) abort();
    for (size_t i = 0; i < times && size > 0; i++) memcpy(c->answer + i * size, request, size);
    memcpy(response->data, c->answer, c->size);
    return ST_OK;
}

static bool take_memory(void *context, size_t size)
{
    struct client *c = context;

    if (size > c->memory - c->taken) return false;
    c->taken += size;
    return true;
}

static void give_memory(void *context, size_t size)
{
    struct client *c = context;

    FUZZ_CHECK(size <= c->taken);
    c->taken -= size;
}

static const struct rpc_ends ends = {client_hears, handler_answers, take_memory, give_memory};

/* ---- the input --------------------------------------------------------------------------------
 */

static void bind_already(struct rpc_association *a)
{
    a->bound = true;
    a->send_max = PACKET_SIZE_MIN;
    a->accepted[a->accepted_count++] = 0;
}

/* As the connection's thread reads them. */
static bool take_next(struct rpc_association *a, struct reader *r)
{
    uint8_t packet[PACKET_SIZE_MAX];
    struct rpc_header h;
    enum rpc_header_fault fault;

    if (reader_left(r) < PACKET_HEADER) return false;
    rd_bytes(r, packet, PACKET_HEADER);
    fault = rpc_header_read(packet, &h);
    if (fault == HEADER_VERSION) rpc_association_refuse_version(a, &h);
    if (fault != HEADER_GOOD || h.size > PACKET_SIZE_MAX) return false;
    if (reader_left(r) < h.size - PACKET_HEADER) return false;
    rd_bytes(r, packet + PACKET_HEADER, h.size - PACKET_HEADER);
    return rpc_association_take(a, &h, packet);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct client c = {0};
    struct rpc_association a = {.ends = &ends, .context = &c, .group = 1, .address = "135"};
    struct reader r;

    if (size < 2) return 0;
    c.memory = data[0] * MEMORY_UNIT;
    if (data[1] & 1) bind_already(&a);
    reader_init(&r, data + 2, size - 2);
    while (take_next(&a, &r)) FUZZ_CHECK(a.accepted_count <= RPC_CONTEXTS);
    rpc_association_end(&a);
    FUZZ_CHECK(c.taken == 0);
    free(c.answer);
    return 0;
}
