/* MIB: IPRIP_MIB_GET_INPUT_DATA in, IPRIP_MIB_GET_OUTPUT_DATA out.
 *
 * Input is {type, interface index or neighbour's address}, output repeats both and appends the
 * structure of the type. Indices are little-endian like every DWORD, addresses in network order.
 * MibGetFirst and MibGetNext walk the table of the input's type in ascending order of the index or
 * address; a global type is a table of one row.
 *
 * RIPng's neighbours are known by link-local addresses, which two interfaces may have the same of.
 * So its input is {type, interface index, neighbour's address}, with both for a neighbour.
 */
#include <string.h>

#include "base/bytes.h"
#include "protocol/ripcore/ripcore.h"

enum type { GLOBAL_STATS, GLOBAL_CONFIG, IF_STATS, IF_CONFIG, IF_BINDING, PEER_STATS, TYPES };
enum next { GET, GET_FIRST, GET_NEXT };

#define HEAD_MAX 24u
#define ROW_MAX  1024u

/* What a row is found by: index (RIPng's neighbours: too), address; 0 where it does not count. */
struct row_key {
    uint32_t index;
    struct rtm_address address;
};

/* The row asked for: its key (zeros for global types), interface and neighbour as the type has
 * them. */
struct row {
    struct row_key key;
    struct rip_interface *interface;
    struct rip_peer *peer;
};

static int key_compare(const struct row_key *a, const struct row_key *b)
{
    if (a->index != b->index) return a->index < b->index ? -1 : 1;
    return memcmp(&a->address, &b->address, sizeof(a->address));
}

/* Whether a candidate is the row wanted, or nearer to it than what is known. */
static bool fits(enum next next, const struct row_key *wanted, const struct row_key *key,
                 const struct row *known)
{
    if (next == GET) return !key_compare(key, wanted) && !known->interface;
    if (next == GET_NEXT && key_compare(key, wanted) <= 0) return false;
    return !known->interface || key_compare(key, &known->key) < 0;
}

static struct row find_interface(struct protocol_instance *p, enum next next,
                                 const struct row_key *wanted)
{
    struct row row = {0};

    for (struct rip_interface *i = p->interfaces; i; i = i->hh.next) {
        struct row_key key = {.index = i->index};

        if (fits(next, wanted, &key, &row)) row = (struct row){key, i, NULL};
    }
    return row;
}

static struct row find_peer(struct protocol_instance *p, enum next next,
                            const struct row_key *wanted)
{
    struct row row = {0};

    for (struct rip_interface *i = p->interfaces; i; i = i->hh.next) {
        for (struct rip_peer *peer = i->peers; peer; peer = peer->hh.next) {
            struct row_key key = {p->family->form->ipv6 ? i->index : 0, peer->address};

            if (fits(next, wanted, &key, &row)) row = (struct row){key, i, peer};
        }
    }
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
    if (i->rip->family->form->ipv6) {
        wr_le32(w, i->binding.count6);
        for (uint32_t k = 0; k < i->binding.count6; k++) {
            wr_bytes(w, &i->binding.local6[k].address, sizeof(i->binding.local6[k].address));
            wr_le32(w, i->binding.local6[k].length);
        }
        return;
    }
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

/* Type and key, in the form of the input. */
static size_t write_head(uint8_t head[HEAD_MAX], const struct protocol_instance *p, enum type type,
                         const struct row_key *key)
{
    struct writer w;

    writer_init(&w, head, HEAD_MAX);
    wr_le32(&w, type);
    if (p->family->form->ipv6 || type != PEER_STATS) wr_le32(&w, key->index);
    if (p->family->form->ipv6)
        wr_bytes(&w, key->address.octets, sizeof(key->address.octets));
    else if (type == PEER_STATS)
        wr_be32(&w, rtm_ipv4(&key->address));
    return w.used;
}

static mpr_status output(const struct protocol_instance *p, enum type type, const struct row *row,
                         const struct reader *content, void **ret_out, size_t *ret_size)
{
    uint8_t head[HEAD_MAX], *out;
    size_t head_size = write_head(head, p, type, &row->key), size = reader_left(content);
    struct reader from = *content;

    out = mem_alloc(head_size + size);
    if (!out) return ST_NOT_ENOUGH_MEMORY;
    memcpy(out, head, head_size);
    rd_bytes(&from, out + head_size, size);
    *ret_out = out;
    *ret_size = head_size + size;
    return ST_OK;
}

static mpr_status output_config(const struct protocol_instance *p, enum type type,
                                const struct row *row, void **ret_out, size_t *ret_size)
{
    const struct rip_form *form = p->family->form;
    struct reader content;
    void *data;
    size_t size;
    mpr_status status =
        type == GLOBAL_CONFIG
            ? rip_form_global_encode(form, &p->config, &data, &size)
            : rip_form_if_encode(form, &row->interface->config, rip_interface_state(row->interface),
                                 false, &data, &size);

    if (status != ST_OK) return status;
    reader_init(&content, data, size);
    status = output(p, type, row, &content, ret_out, ret_size);
    mem_free(data);
    return status;
}

static mpr_status output_row(const struct protocol_instance *p, enum type type,
                             const struct row *row, void **ret_out, size_t *ret_size)
{
    uint8_t buffer[ROW_MAX];
    struct reader content;
    struct writer w;

    writer_init(&w, buffer, sizeof(buffer));
    write_row(&w, p, type, row);
    reader_init(&content, buffer, w.used);
    return output(p, type, row, &content, ret_out, ret_size);
}

/* False: too short. */
static bool read_input(const struct protocol_instance *p, const void *in, size_t in_size,
                       uint32_t *ret_type, struct row_key *ret)
{
    struct reader r;

    *ret = (struct row_key){0};
    reader_init(&r, in, in_size);
    *ret_type = rd_le32(&r);
    if (*ret_type != PEER_STATS || p->family->form->ipv6) ret->index = rd_le32(&r);
    if (*ret_type == PEER_STATS) rd_bytes(&r, ret->address.octets, (size_t)p->family->family);
    return !r.failed;
}

mpr_status rip_mib_get(struct protocol_instance *p, unsigned next, const void *in, size_t in_size,
                       void **ret_out, size_t *ret_size)
{
    struct row_key wanted;
    uint32_t type;
    struct row row = {0};

    if (!read_input(p, in, in_size, &type, &wanted) || type >= TYPES || next > GET_NEXT)
        return ST_INVALID_PARAMETER;
    if (type == PEER_STATS)
        row = find_peer(p, (enum next)next, &wanted);
    else if (type >= IF_STATS)
        row = find_interface(p, (enum next)next, &wanted);
    if (type >= IF_STATS ? !row.interface : next == GET_NEXT)
        return next == GET ? ST_INVALID_PARAMETER : ST_NO_MORE_ITEMS;
    if (type == GLOBAL_CONFIG || type == IF_CONFIG)
        return output_config(p, (enum type)type, &row, ret_out, ret_size);
    return output_row(p, (enum type)type, &row, ret_out, ret_size);
}
