/* MIB: IPRIP_MIB_GET_INPUT_DATA in, IPRIP_MIB_GET_OUTPUT_DATA out.
 *
 * Input is {type, interface index or neighbour's address}, output repeats both and appends the
 * structure of the type. Indices are little-endian like every DWORD, addresses in network order.
 * MibGetFirst and MibGetNext walk the table of the input's type in ascending order of the index or
 * address; a global type is a table of one row.
 */
#include <string.h>

#include "base/bytes.h"
#include "protocol/rip/internal.h"

enum type { GLOBAL_STATS, GLOBAL_CONFIG, IF_STATS, IF_CONFIG, IF_BINDING, PEER_STATS, TYPES };
enum next { GET, GET_FIRST, GET_NEXT };

#define HEAD    8u
#define ROW_MAX 512u

/* The row asked for: its key (0 for global types), interface and neighbour as the type has them. */
struct row {
    uint32_t key;
    struct rip_interface *interface;
    struct rip_peer *peer;
};

/* Whether a candidate is the row wanted, or nearer to it than what is known. */
static bool fits(enum next next, uint32_t wanted, uint32_t key, const struct row *known)
{
    if (next == GET) return key == wanted && !known->interface;
    if (next == GET_NEXT && key <= wanted) return false;
    return !known->interface || key < known->key;
}

static struct row find_interface(struct protocol_instance *p, enum next next, uint32_t wanted)
{
    struct row row = {0};

    for (struct rip_interface *i = p->interfaces; i; i = i->hh.next)
        if (fits(next, wanted, i->index, &row)) row = (struct row){i->index, i, NULL};
    return row;
}

static struct row find_peer(struct protocol_instance *p, enum next next, uint32_t wanted)
{
    struct row row = {0};

    for (struct rip_interface *i = p->interfaces; i; i = i->hh.next)
        for (struct rip_peer *peer = i->peers; peer; peer = peer->hh.next)
            if (fits(next, wanted, peer->address, &row)) row = (struct row){peer->address, i, peer};
    return row;
}

static void write_if_stats(struct writer *w, const struct rip_interface *i)
{
    wr_le32(w, rip_interface_state(i));
    wr_le32(w, i->stats.send_failures);
    wr_le32(w, i->stats.receive_failures);
    wr_le32(w, i->stats.requests_sent);
    wr_le32(w, i->stats.requests_received);
    wr_le32(w, i->stats.responses_sent);
    wr_le32(w, i->stats.responses_received);
    wr_le32(w, i->stats.bad_packets);
    wr_le32(w, i->stats.bad_entries);
    wr_le32(w, i->stats.triggered);
}

static void write_binding(struct writer *w, const struct rip_interface *i)
{
    wr_le32(w, rip_interface_state(i));
    wr_le32(w, i->binding.count);
    for (uint32_t k = 0; k < i->binding.count; k++) {
        wr_be32(w, i->binding.local[k].address);
        wr_be32(w, i->binding.local[k].mask);
    }
}

static void write_peer(struct writer *w, const struct rip_peer *peer)
{
    wr_le32(w, peer->tag);
    wr_le32(w, (uint32_t)peer->heard);
    wr_le32(w, peer->version);
    wr_le32(w, peer->bad_packets);
    wr_le32(w, peer->bad_entries);
}

/* The structures of fixed size; configurations are encoded by config.c. */
static void write_row(struct writer *w, const struct protocol_instance *p, enum type type,
                      const struct row *row)
{
    switch (type) {
    case GLOBAL_STATS:
        wr_le32(w, p->route_changes);
        wr_le32(w, p->responses_sent);
        break;
    case IF_STATS:
        write_if_stats(w, row->interface);
        break;
    case IF_BINDING:
        write_binding(w, row->interface);
        break;
    case PEER_STATS:
        write_peer(w, row->peer);
        break;
    default:
        break;
    }
}

static mpr_status output(enum type type, const struct row *row, const void *data, size_t size,
                         void **ret_out, size_t *ret_size)
{
    struct writer w;
    uint8_t *out = mem_alloc(HEAD + size);

    if (!out) return ST_NOT_ENOUGH_MEMORY;
    writer_init(&w, out, HEAD + size);
    wr_le32(&w, type);
    if (type == PEER_STATS)
        wr_be32(&w, row->key);
    else
        wr_le32(&w, row->key);
    wr_bytes(&w, data, size);
    *ret_out = out;
    *ret_size = HEAD + size;
    return ST_OK;
}

static mpr_status output_config(const struct protocol_instance *p, enum type type,
                                const struct row *row, void **ret_out, size_t *ret_size)
{
    void *data;
    size_t size;
    mpr_status status = type == GLOBAL_CONFIG ? rip_global_encode(&p->config, &data, &size)
                                              : rip_if_encode(&row->interface->config,
                                                              rip_interface_state(row->interface),
                                                              false, &data, &size);

    if (status != ST_OK) return status;
    status = output(type, row, data, size, ret_out, ret_size);
    mem_free(data);
    return status;
}

mpr_status rip_mib_get(struct protocol_instance *p, unsigned next, const void *in, size_t in_size,
                       void **ret_out, size_t *ret_size)
{
    struct reader r;
    uint32_t address, type, raw;
    struct row row = {0};
    uint8_t buffer[ROW_MAX];
    struct writer w;

    reader_init(&r, in, in_size);
    type = rd_le32(&r);
    raw = rd_le32(&r);
    address = raw >> 24 | (raw >> 8 & 0xFF00) | (raw << 8 & 0xFF0000) | raw << 24;
    if (r.failed || type >= TYPES || next > GET_NEXT) return ST_INVALID_PARAMETER;
    if (type == PEER_STATS)
        row = find_peer(p, (enum next)next, address);
    else if (type >= IF_STATS)
        row = find_interface(p, (enum next)next, raw);
    if (type >= IF_STATS ? !row.interface : next == GET_NEXT)
        return next == GET ? ST_INVALID_PARAMETER : ST_NO_MORE_ITEMS;
    if (type == GLOBAL_CONFIG || type == IF_CONFIG)
        return output_config(p, (enum type)type, &row, ret_out, ret_size);
    writer_init(&w, buffer, sizeof(buffer));
    write_row(&w, p, (enum type)type, &row);
    return output((enum type)type, &row, buffer, w.used, ret_out, ret_size);
}
