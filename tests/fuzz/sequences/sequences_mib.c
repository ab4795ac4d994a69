/* The MIB in a sequence: any variable of the router manager, of RIP and of a foreign protocol, over
 * tables of the host that the input makes up. */
#include "fuzz/sequences/sequences.h"

#include "base/mem.h"
#include "fuzz/fuzz.h"

#define ROWS_MAX 4u

/* Rows of a table, filled with what the input has. */
static void host_rows(struct sequence *s, enum mib_source source, struct mib_rows *ret)
{
    size_t size = mib_row_size(source);
    struct mib_map map;
    const uint8_t *octets;

    *ret = (struct mib_rows){MIB_SOURCE_NONE, NULL, 0};
    if (!size || router_mib_map(s->r, &map) != ST_OK) return;
    *ret = (struct mib_rows){source, NULL, rd_u8(&s->in) % ROWS_MAX};
    ret->data = mem_alloc(ret->count * size + 1);
    for (size_t n = 0; ret->data && n < ret->count; n++) {
        octets = rd_span(&s->in, 24);
        if (octets) memcpy(ret->data + n * size, octets, size < 24 ? size : 24);
    }
    FUZZ_CHECK(mib_rows_prepare(ret, &map) == ST_OK);
    mib_map_free(&map);
}

void sequence_mib(struct sequence *s)
{
    static const uint32_t pids[] = {MIB_PID_MANAGER, MIB_PID_MANAGER, 8, 0x01370077u};
    uint8_t what = rd_u8(&s->in), id = rd_u8(&s->in), count = rd_u8(&s->in) % 8;
    uint8_t in[4 + 4 + 64] = {id};
    struct mib_rows rows;
    struct mib_ask ask = {.op = (enum mib_op)(what % 6),
                          .transport = what & 128 ? TRANSPORT_IPV6 : TRANSPORT_IP,
                          .routing_pid = pids[what >> 5 & 3],
                          .in = in,
                          .in_size = 4 + 4 * (size_t)count};

    for (uint8_t n = 0; n < count; n++) in[4 + 4 * n] = rd_u8(&s->in);
    if (ask.op >= MIB_CREATE) {
        const uint8_t *data = rd_span(&s->in, 64);

        if (data) memcpy(in + 8, data, 64);
        ask.in_size = data ? sizeof(in) : ask.in_size;
    }
    host_rows(s, router_mib_source(&ask), &rows);
    if (rows.source != MIB_SOURCE_NONE) ask.host = &rows;
    /* Nobody waits for a foreign protocol: without a request it may not be asked. */
    if (ask.routing_pid != pids[3]) FUZZ_CHECK(router_mib(s->r, &ask, NULL) != ST_PENDING);
    blob_free(&ask.out);
    mib_rows_free(&rows);
}
