/* Reading and writing packets.
 *
 * The MD5 digest of RFC 2082 covers the packet with the key in the digest's place, so both
 * directions run the hash over a buffer in which the key stands there: the writer over its own, the
 * reader over a copy (508 octets at most).
 */
#include "protocol/rip/packet.h"

#include <string.h>

#define AUTH_FAMILY   0xFFFFu
#define WIRE_PASSWORD 2u
#define WIRE_MD5      3u
#define WIRE_TRAILER  1u
#define DIGEST_SIZE   16u

unsigned rip_entries_room(uint32_t auth_type)
{
    if (auth_type == RIP_AUTH_MD5) return RIP_ENTRIES_MAX - 2;
    return auth_type == RIP_AUTH_PASSWORD ? RIP_ENTRIES_MAX - 1 : RIP_ENTRIES_MAX;
}

struct rip_entry rip_entry_read(struct rip_packet *p)
{
    struct rip_entry e;
    struct reader *r = &p->entries;

    e.family = rd_be16(r);
    e.tag = rd_be16(r);
    e.address = rd_be32(r);
    e.mask = rd_be32(r);
    e.next_hop = rd_be32(r);
    e.metric = rd_be32(r);
    return e;
}

/* RFC 2453 4: in version 1 the fields that version 2 uses must be zero, or the packet is ignored.
 */
static bool zeros_hold(const struct rip_packet *p, uint16_t header)
{
    struct rip_packet copy = *p;

    if (header) return false;
    for (unsigned i = 0; i < p->count; i++) {
        struct rip_entry e = rip_entry_read(&copy);
        if (e.tag || e.mask || e.next_hop) return false;
    }
    return true;
}

static enum rip_drop check_password(struct reader *r, const struct rip_auth *auth)
{
    uint8_t password[RIP_KEY_SIZE];

    rd_bytes(r, password, sizeof(password));
    return memcmp(password, auth->key, sizeof(password)) ? RIP_DROP_AUTH_PASSWORD : RIP_KEEP;
}

/* r is behind type. The digest's length is told with (20) or without (16) the trailer's own head;
 * on the wire there is no difference. */
static enum rip_drop check_md5(struct rip_packet *p, struct reader *r, const uint8_t *data,
                               size_t size, const struct rip_auth *auth)
{
    uint8_t copy[RIP_PACKET_MAX], digest[DIGEST_SIZE];
    size_t length = rd_be16(r);
    unsigned digest_length;
    struct reader trailer;

    rd_skip(r, 1);
    digest_length = rd_u8(r);
    p->sequence = rd_be32(r);
    rd_skip(r, 8);
    if ((digest_length != 16 && digest_length != 20) || length < RIP_HEADER_SIZE + RIP_ENTRY_SIZE ||
        length + RIP_ENTRY_SIZE != size)
        return RIP_DROP_AUTH_FORM;
    reader_init(&trailer, data + length, RIP_ENTRY_SIZE);
    if (rd_be16(&trailer) != AUTH_FAMILY || rd_be16(&trailer) != WIRE_TRAILER)
        return RIP_DROP_AUTH_FORM;
    memcpy(copy, data, size - DIGEST_SIZE);
    memcpy(copy + size - DIGEST_SIZE, auth->key, DIGEST_SIZE);
    auth->md5(copy, size, digest);
    if (memcmp(digest, data + size - DIGEST_SIZE, DIGEST_SIZE) != 0) return RIP_DROP_AUTH_DIGEST;
    p->sequenced = true;
    p->count -= 2;
    return RIP_KEEP;
}

/* RFC 2453 5.2. Version 1 can't be authenticated, so it is not taken where authentication is on. */
static enum rip_drop authenticate(struct rip_packet *p, const uint8_t *data, size_t size,
                                  const struct rip_auth *auth)
{
    struct reader r = p->entries;
    bool present = p->version != 1 && p->count && rd_be16(&r) == AUTH_FAMILY;
    uint16_t type;

    if (auth->type == RIP_AUTH_NONE) return present ? RIP_DROP_AUTH_UNEXPECTED : RIP_KEEP;
    if (!present) return RIP_DROP_AUTH_MISSING;
    type = rd_be16(&r);
    if (type != (auth->type == RIP_AUTH_MD5 ? WIRE_MD5 : WIRE_PASSWORD)) return RIP_DROP_AUTH_TYPE;
    rd_skip(&p->entries, RIP_ENTRY_SIZE);
    if (type == WIRE_MD5) return check_md5(p, &r, data, size, auth);
    p->count--;
    return check_password(&r, auth);
}

enum rip_drop rip_packet_parse(struct rip_packet *ret, const void *data, size_t size,
                               const struct rip_auth *auth)
{
    uint16_t zero;

    *ret = (struct rip_packet){0};
    if (size < RIP_HEADER_SIZE) return RIP_DROP_TOO_SHORT;
    if (size > RIP_PACKET_MAX) return RIP_DROP_TOO_LONG;
    if ((size - RIP_HEADER_SIZE) % RIP_ENTRY_SIZE) return RIP_DROP_LENGTH;
    reader_init(&ret->entries, data, size);
    ret->command = rd_u8(&ret->entries);
    ret->version = rd_u8(&ret->entries);
    zero = rd_be16(&ret->entries);
    ret->count = (unsigned)((size - RIP_HEADER_SIZE) / RIP_ENTRY_SIZE);
    if (ret->version == 0) return RIP_DROP_VERSION_0;
    if (ret->command != RIP_REQUEST && ret->command != RIP_RESPONSE) return RIP_DROP_COMMAND;
    if (ret->version == 1 && !zeros_hold(ret, zero)) return RIP_DROP_MUST_BE_ZERO;
    return authenticate(ret, data, size, auth);
}

void rip_build(struct rip_builder *b, uint8_t command, uint8_t version, const struct rip_auth *auth,
               uint32_t sequence)
{
    b->auth = version == 1 || auth->type == RIP_AUTH_NONE ? NULL : auth;
    b->entries = 0;
    b->room = rip_entries_room(b->auth ? b->auth->type : RIP_AUTH_NONE);
    writer_init(&b->w, b->data, sizeof(b->data));
    wr_u8(&b->w, command);
    wr_u8(&b->w, version);
    wr_be16(&b->w, 0);
    if (!b->auth) return;
    wr_be16(&b->w, AUTH_FAMILY);
    if (b->auth->type == RIP_AUTH_PASSWORD) {
        wr_be16(&b->w, WIRE_PASSWORD);
        wr_bytes(&b->w, b->auth->key, RIP_KEY_SIZE);
        return;
    }
    wr_be16(&b->w, WIRE_MD5);
    wr_be16(&b->w, 0); /* length: known at the end */
    wr_u8(&b->w, RIP_KEY_ID);
    wr_u8(&b->w, RIP_ENTRY_SIZE); /* as FRR and BIRD count it */
    wr_be32(&b->w, sequence);
    wr_zero(&b->w, 8);
}

void rip_build_entry(struct rip_builder *b, const struct rip_entry *e)
{
    wr_be16(&b->w, e->family);
    wr_be16(&b->w, e->tag);
    wr_be32(&b->w, e->address);
    wr_be32(&b->w, e->mask);
    wr_be32(&b->w, e->next_hop);
    wr_be32(&b->w, e->metric);
    b->entries++;
}

size_t rip_build_finish(struct rip_builder *b)
{
    struct writer length;
    uint8_t digest[DIGEST_SIZE];

    if (!b->auth || b->auth->type != RIP_AUTH_MD5) return b->w.used;
    writer_init(&length, b->data + RIP_HEADER_SIZE + 4, 2);
    wr_be16(&length, (uint16_t)b->w.used);
    wr_be16(&b->w, AUTH_FAMILY);
    wr_be16(&b->w, WIRE_TRAILER);
    wr_bytes(&b->w, b->auth->key, RIP_KEY_SIZE);
    b->auth->md5(b->data, b->w.used, digest);
    memcpy(b->data + b->w.used - DIGEST_SIZE, digest, DIGEST_SIZE);
    return b->w.used;
}
