/* Frames, and the records with addresses; those of numbers only are in message_numbers.c.
 *
 * A record of IPv4 has addresses of 4 octets, so that a batch of 10,000 routes is 280 kB.
 */
#include "hostroutes/message.h"

#include <string.h>

/* ---- frames --------------------------------------------------------------------------------- */

enum hr_frame hr_frame_read(const void *data, size_t size, struct hr_header *ret)
{
    struct reader r;

    if (size < HR_HEADER_SIZE) return HR_FRAME_MORE;
    reader_init(&r, data, size);
    ret->size = rd_le32(&r);
    ret->type = rd_le16(&r);
    ret->flags = rd_le16(&r);
    ret->sequence = rd_le32(&r);
    ret->count = rd_le32(&r);
    if (ret->size < HR_HEADER_SIZE || ret->size > HR_MESSAGE_MAX || ret->count > HR_BATCH_MAX)
        return HR_FRAME_BAD;
    return size < ret->size ? HR_FRAME_MORE : HR_FRAME_WHOLE;
}

void hr_frame_begin(struct writer *w, void *base, size_t size, const struct hr_header *header)
{
    writer_init(w, base, size);
    wr_le32(w, 0);
    wr_le16(w, header->type);
    wr_le16(w, header->flags);
    wr_le32(w, header->sequence);
    wr_le32(w, 0);
}

bool hr_frame_end(struct writer *w, uint32_t count)
{
    struct writer patch;

    if (w->failed || w->used > HR_MESSAGE_MAX || count > HR_BATCH_MAX) return false;
    writer_init(&patch, w->base, 4);
    wr_le32(&patch, (uint32_t)w->used);
    writer_init(&patch, w->base + HR_HEADER_SIZE - 4, 4);
    wr_le32(&patch, count);
    return true;
}

/* ---- parts ---------------------------------------------------------------------------------- */

static bool family_valid(uint8_t family)
{
    return family == HR_IPV4 || family == HR_IPV6;
}

static bool operation_valid(uint8_t operation)
{
    return operation == HR_PUT || operation == HR_DELETE;
}

bool hr_prefix_valid(uint8_t family, uint8_t length, const uint8_t octets[16])
{
    size_t n = length / 8u;

    if (!family_valid(family) || length > family * 8u) return false;
    if (length % 8 && octets[n++] & (0xFF >> length % 8)) return false;
    while (n < 16 && !octets[n]) n++;
    return n == 16;
}

/* ret has 16 octets, those past the family's zero. */
static void read_address(struct reader *r, uint8_t family, uint8_t ret[16])
{
    memset(ret, 0, 16);
    if (family_valid(family)) rd_bytes(r, ret, family);
}

static bool read_link_address(struct reader *r, uint8_t size, uint8_t ret[HR_LINK_ADDR_MAX])
{
    memset(ret, 0, HR_LINK_ADDR_MAX);
    if (size > HR_LINK_ADDR_MAX) return false;
    rd_bytes(r, ret, size);
    return true;
}

static bool accept(struct reader *r, bool valid)
{
    if (!valid) r->failed = true;
    return !r->failed;
}

/* ---- routes --------------------------------------------------------------------------------- */

bool hr_change_read(struct reader *r, struct hr_change *ret)
{
    struct hr_route *route = &ret->route;

    ret->operation = rd_u8(r);
    route->family = rd_u8(r);
    route->length = rd_u8(r);
    route->protocol = rd_u8(r);
    route->flags = rd_u8(r);
    route->interface = rd_le32(r);
    route->metric = rd_le32(r);
    read_address(r, route->family, route->destination);
    read_address(r, route->family, route->next_hop);
    return accept(r, operation_valid(ret->operation) && route->flags <= HR_ROUTE_ON_LINK &&
                         hr_prefix_valid(route->family, route->length, route->destination));
}

void hr_change_write(struct writer *w, const struct hr_change *c)
{
    const struct hr_route *route = &c->route;

    wr_u8(w, c->operation);
    wr_u8(w, route->family);
    wr_u8(w, route->length);
    wr_u8(w, route->protocol);
    wr_u8(w, route->flags);
    wr_le32(w, route->interface);
    wr_le32(w, route->metric);
    wr_bytes(w, route->destination, route->family);
    wr_bytes(w, route->next_hop, route->family);
}

/* ---- links, addresses, neighbours ------------------------------------------------------------ */

bool hr_link_read(struct reader *r, struct hr_link *ret)
{
    uint8_t length;
    bool valid;

    ret->operation = rd_u8(r);
    ret->address_size = rd_u8(r);
    ret->hardware = rd_le16(r);
    ret->index = rd_le32(r);
    ret->flags = rd_le32(r);
    ret->mtu = rd_le32(r);
    valid = read_link_address(r, ret->address_size, ret->address);
    length = rd_u8(r);
    memset(ret->name, 0, sizeof(ret->name));
    valid = valid && length && length <= HR_NAME_MAX;
    if (valid) rd_bytes(r, ret->name, length);
    return accept(r, valid && operation_valid(ret->operation) && ret->index &&
                         strlen(ret->name) == length);
}

void hr_link_write(struct writer *w, const struct hr_link *l)
{
    size_t length = strlen(l->name);

    wr_u8(w, l->operation);
    wr_u8(w, l->address_size);
    wr_le16(w, l->hardware);
    wr_le32(w, l->index);
    wr_le32(w, l->flags);
    wr_le32(w, l->mtu);
    wr_bytes(w, l->address, l->address_size);
    wr_u8(w, (uint8_t)length);
    wr_bytes(w, l->name, length);
}

bool hr_address_read(struct reader *r, struct hr_address *ret)
{
    ret->operation = rd_u8(r);
    ret->family = rd_u8(r);
    ret->length = rd_u8(r);
    ret->scope = rd_u8(r);
    ret->index = rd_le32(r);
    ret->flags = rd_le32(r);
    read_address(r, ret->family, ret->local);
    read_address(r, ret->family, ret->peer);
    return accept(r, operation_valid(ret->operation) && family_valid(ret->family) && ret->index &&
                         ret->length <= ret->family * 8u);
}

void hr_address_write(struct writer *w, const struct hr_address *a)
{
    wr_u8(w, a->operation);
    wr_u8(w, a->family);
    wr_u8(w, a->length);
    wr_u8(w, a->scope);
    wr_le32(w, a->index);
    wr_le32(w, a->flags);
    wr_bytes(w, a->local, a->family);
    wr_bytes(w, a->peer, a->family);
}

bool hr_neighbour_read(struct reader *r, struct hr_neighbour *ret)
{
    bool valid;

    ret->operation = rd_u8(r);
    ret->family = rd_u8(r);
    ret->address_size = rd_u8(r);
    ret->state = rd_le16(r);
    ret->index = rd_le32(r);
    read_address(r, ret->family, ret->address);
    valid = read_link_address(r, ret->address_size, ret->link_address);
    return accept(r, valid && operation_valid(ret->operation) && family_valid(ret->family) &&
                         ret->index);
}

void hr_neighbour_write(struct writer *w, const struct hr_neighbour *n)
{
    wr_u8(w, n->operation);
    wr_u8(w, n->family);
    wr_u8(w, n->address_size);
    wr_le16(w, n->state);
    wr_le32(w, n->index);
    wr_bytes(w, n->address, n->family);
    wr_bytes(w, n->link_address, n->address_size);
}

/* ---- packets --------------------------------------------------------------------------------- */

bool hr_packet_read(struct reader *r, struct hr_packet *ret)
{
    ret->family = rd_u8(r);
    ret->protocol = rd_u8(r);
    ret->flags = rd_u8(r);
    ret->source_port = rd_le16(r);
    ret->destination_port = rd_le16(r);
    read_address(r, ret->family, ret->source);
    read_address(r, ret->family, ret->destination);
    return accept(r, family_valid(ret->family) && ret->flags <= HR_PACKET_PORTS);
}

void hr_packet_write(struct writer *w, const struct hr_packet *p)
{
    wr_u8(w, p->family);
    wr_u8(w, p->protocol);
    wr_u8(w, p->flags);
    wr_le16(w, p->source_port);
    wr_le16(w, p->destination_port);
    wr_bytes(w, p->source, p->family);
    wr_bytes(w, p->destination, p->family);
}
