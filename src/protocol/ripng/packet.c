#include "protocol/ripng/packet.h"

#define HEADERS_SIZE 48u   /* IPv6 and UDP */
#define MTU_MIN      1280u /* RFC 8200 5 */
#define MTU_MAX      1500u

unsigned ripng_entries_room(uint32_t mtu)
{
    if (mtu == 0 || mtu > MTU_MAX) mtu = MTU_MAX;
    if (mtu < MTU_MIN) mtu = MTU_MIN;
    return (mtu - HEADERS_SIZE - RIPNG_HEADER_SIZE) / RIPNG_ENTRY_SIZE;
}

enum rip_drop ripng_packet_parse(struct rip_packet *ret, const void *data, size_t size)
{
    *ret = (struct rip_packet){0};
    if (size < RIPNG_HEADER_SIZE) return RIP_DROP_TOO_SHORT;
    if ((size - RIPNG_HEADER_SIZE) % RIPNG_ENTRY_SIZE) return RIP_DROP_LENGTH;
    reader_init(&ret->entries, data, size);
    ret->command = rd_u8(&ret->entries);
    ret->version = rd_u8(&ret->entries);
    rd_skip(&ret->entries, 2);
    ret->count = (unsigned)((size - RIPNG_HEADER_SIZE) / RIPNG_ENTRY_SIZE);
    if (ret->version == 0) return RIP_DROP_VERSION_0;
    if (ret->version != RIPNG_VERSION) return RIP_DROP_VERSION;
    return ret->command == RIP_REQUEST || ret->command == RIP_RESPONSE ? RIP_KEEP
                                                                       : RIP_DROP_COMMAND;
}

struct ripng_entry ripng_entry_read(struct rip_packet *p)
{
    struct ripng_entry e = {.length = 0};

    rd_bytes(&p->entries, e.address.octets, sizeof(e.address.octets));
    e.tag = rd_be16(&p->entries);
    e.length = rd_u8(&p->entries);
    e.metric = rd_u8(&p->entries);
    return e;
}

void ripng_build(struct ripng_builder *b, uint8_t command, unsigned room)
{
    b->entries = 0;
    b->room = room < RIPNG_ENTRIES_MAX ? room : RIPNG_ENTRIES_MAX;
    writer_init(&b->w, b->data, sizeof(b->data));
    wr_u8(&b->w, command);
    wr_u8(&b->w, RIPNG_VERSION);
    wr_be16(&b->w, 0);
}

void ripng_build_entry(struct ripng_builder *b, const struct ripng_entry *e)
{
    if (b->entries == b->room) return;
    wr_bytes(&b->w, e->address.octets, sizeof(e->address.octets));
    wr_be16(&b->w, e->tag);
    wr_u8(&b->w, e->length);
    wr_u8(&b->w, e->metric);
    b->entries++;
}
