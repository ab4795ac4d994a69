#include "win32/carrier/rpc_packet.h"

#include <string.h>

/* dimsvc 0.0 and NDR 2.0 as they are on the wire: a UUID and a version. */
#define SYNTAX 20u
static const uint8_t dimsvc_syntax[SYNTAX] = {0x00, 0xf0, 0x09, 0x8f, 0xed, 0xb7, 0xce,
                                              0x11, 0xbb, 0xd2, 0x00, 0x00, 0x1a, 0x18,
                                              0x1c, 0xad, 0,    0,    0,    0};
static const uint8_t ndr_syntax[SYNTAX] = {0x04, 0x5d, 0x88, 0x8a, 0xeb, 0x1c, 0xc9,
                                           0x11, 0x9f, 0xe8, 0x08, 0x00, 0x2b, 0x10,
                                           0x48, 0x60, 2,    0,    0,    0};

#define VERSION        5u
#define LITTLE_ENDIAN_ 0x10u

enum rpc_header_fault rpc_header_read(const uint8_t octets[PACKET_HEADER], struct rpc_header *ret)
{
    struct reader r;
    uint8_t version, minor, representation;

    reader_init(&r, octets, PACKET_HEADER);
    version = rd_u8(&r);
    minor = rd_u8(&r);
    ret->type = rd_u8(&r);
    ret->flags = rd_u8(&r);
    representation = rd_u8(&r);
    rd_skip(&r, 3);
    ret->size = rd_le16(&r);
    ret->auth_size = rd_le16(&r);
    ret->call = rd_le32(&r);
    if (version != VERSION || minor > 1) return HEADER_VERSION;
    if (representation != LITTLE_ENDIAN_ || ret->size < PACKET_HEADER) return HEADER_BAD;
    return HEADER_GOOD;
}

/* ---- what is sent ---------------------------------------------------------------------------- */

static void write_packet_header(struct writer *w, enum rpc_packet_type type, uint8_t flags,
                                uint32_t call)
{
    wr_u8(w, VERSION);
    wr_u8(w, 0);
    wr_u8(w, (uint8_t)type);
    wr_u8(w, flags);
    wr_le32(w, LITTLE_ENDIAN_);
    wr_le32(w, 0); /* sizes, by write_size */
    wr_le32(w, call);
}

static void write_size(struct writer *w)
{
    if (w->failed) return;
    w->base[8] = (uint8_t)w->used;
    w->base[9] = (uint8_t)(w->used >> 8);
}

void rpc_write_fault(struct writer *w, uint32_t call, uint16_t context, uint8_t flags,
                     uint32_t status)
{
    write_packet_header(w, PACKET_FAULT, PACKET_FIRST | PACKET_LAST | flags, call);
    wr_le32(w, 0);
    wr_le16(w, context);
    wr_le16(w, 0);
    wr_le32(w, status);
    wr_le32(w, 0);
    write_size(w);
}

void rpc_write_bind_nak(struct writer *w, uint32_t call, enum rpc_bind_nak reason)
{
    write_packet_header(w, PACKET_BIND_NAK, PACKET_FIRST | PACKET_LAST, call);
    wr_le16(w, (uint16_t)reason);
    wr_u8(w, 1); /* one version is known */
    wr_u8(w, VERSION);
    wr_u8(w, 0);
    write_size(w);
}

void rpc_write_response(struct writer *w, uint32_t call, uint16_t context, uint8_t flags,
                        const uint8_t *octets, size_t size, size_t left)
{
    write_packet_header(w, PACKET_RESPONSE, flags, call);
    wr_le32(w, (uint32_t)left);
    wr_le16(w, context);
    wr_le16(w, 0);
    wr_bytes(w, octets, size);
    write_size(w);
}

/* ---- presentation contexts ------------------------------------------------------------------- */

void rpc_read_bind(struct reader *r, struct rpc_bind *ret)
{
    ret->send_max = rd_le16(r);
    ret->receive_max = rd_le16(r);
    ret->group = rd_le32(r);
    ret->count = rd_u8(r);
    rd_skip(r, 3);
}

void rpc_read_context(struct reader *r, struct rpc_context *ret)
{
    uint8_t interface[SYNTAX], transfer[SYNTAX], count;

    ret->id = rd_le16(r);
    count = rd_u8(r);
    rd_skip(r, 1);
    rd_bytes(r, interface, SYNTAX);
    ret->result = CONTEXT_NO_SYNTAX;
    for (unsigned i = 0; i < count; i++) {
        rd_bytes(r, transfer, SYNTAX);
        if (memcmp(transfer, ndr_syntax, SYNTAX) == 0) ret->result = CONTEXT_ACCEPTED;
    }
    if (memcmp(interface, dimsvc_syntax, SYNTAX) != 0) ret->result = CONTEXT_NO_INTERFACE;
}

static void write_result(struct writer *w, enum rpc_context_result result)
{
    enum { ACCEPTANCE = 0, PROVIDER_REJECTION = 2 };

    wr_le16(w, result == CONTEXT_ACCEPTED ? ACCEPTANCE : PROVIDER_REJECTION);
    wr_le16(w, (uint16_t)result);
    if (result == CONTEXT_ACCEPTED)
        wr_bytes(w, ndr_syntax, SYNTAX);
    else
        wr_zero(w, SYNTAX);
}

void rpc_write_bind_ack(struct writer *w, enum rpc_packet_type type, uint32_t call,
                        const struct rpc_bind *ours, const char *address,
                        const struct rpc_context *contexts)
{
    const size_t length = *address ? strlen(address) + 1 : 0;

    write_packet_header(w, type, PACKET_FIRST | PACKET_LAST, call);
    wr_le16(w, ours->send_max);
    wr_le16(w, ours->receive_max);
    wr_le32(w, ours->group);
    wr_le16(w, (uint16_t)length);
    wr_bytes(w, address, length);
    wr_zero(w, -w->used & 3);
    wr_u8(w, ours->count);
    wr_zero(w, 3);
    for (unsigned i = 0; i < ours->count; i++) write_result(w, contexts[i].result);
    write_size(w);
}
