/* The packets of connection-oriented DCE RPC 5.0 (C706 12.6, MS-RPCE 2.2.2) as octets, as far as a
 * server of one interface needs them. No I/O. */
#ifndef MPR_WIN32_RPC_PACKET_H
#define MPR_WIN32_RPC_PACKET_H

#include "base/bytes.h"

enum rpc_packet_type {
    PACKET_REQUEST = 0,
    PACKET_RESPONSE = 2,
    PACKET_FAULT = 3,
    PACKET_BIND = 11,
    PACKET_BIND_ACK = 12,
    PACKET_BIND_NAK = 13,
    PACKET_ALTER = 14,
    PACKET_ALTER_RESPONSE = 15,
    PACKET_CANCEL = 18,
    PACKET_ORPHANED = 19
};
enum rpc_packet_flags {
    PACKET_FIRST = 1,
    PACKET_LAST = 2,
    PACKET_DID_NOT_EXECUTE = 0x20,
    PACKET_OBJECT = 0x80
};
/* Why a bind is refused as a whole (C706 12.6.3.1, MS-RPCE 2.2.2.5). */
enum rpc_bind_nak { NAK_LIMIT = 2, NAK_VERSION = 4, NAK_AUTHENTICATION = 8 };

#define PACKET_HEADER 16u
/* Octets of a packet: what every end has to take, and what is sent and taken here. */
#define PACKET_SIZE_MIN 1432u
#define PACKET_SIZE_MAX 5840u
/* Before the octets of a response; a response's are cut at multiples of 8. */
#define PACKET_RESPONSE_HEADER 24u

struct rpc_header {
    uint8_t type, flags;
    uint16_t size, auth_size;
    uint32_t call;
};

enum rpc_header_fault { HEADER_GOOD, HEADER_VERSION, HEADER_BAD };
/* HEADER_VERSION: another version, of which type and call are read. HEADER_BAD: numbers that are
 * not little-endian, or a size that is none. */
enum rpc_header_fault rpc_header_read(const uint8_t octets[PACKET_HEADER], struct rpc_header *ret);

/* ---- what is sent ---------------------------------------------------------------------------- */

/* Each writes a whole packet to w, with its size. */
void rpc_write_fault(struct writer *w, uint32_t call, uint16_t context, uint8_t flags,
                     uint32_t status);
void rpc_write_bind_nak(struct writer *w, uint32_t call, enum rpc_bind_nak reason);
/* One packet of a response; left: octets from these on, for the client to make room. */
void rpc_write_response(struct writer *w, uint32_t call, uint16_t context, uint8_t flags,
                        const uint8_t *octets, size_t size, size_t left);

/* ---- presentation contexts ------------------------------------------------------------------- */

struct rpc_bind {
    uint16_t send_max, receive_max; /* the client's */
    uint32_t group;
    uint8_t count; /* of contexts, which come next */
};
void rpc_read_bind(struct reader *r, struct rpc_bind *ret);

/* Why one context is not accepted (C706 12.6.3.1). */
enum rpc_context_result { CONTEXT_ACCEPTED = 0, CONTEXT_NO_INTERFACE = 1, CONTEXT_NO_SYNTAX = 2 };
struct rpc_context {
    uint16_t id;
    enum rpc_context_result result; /* accepted: dimsvc 0.0 in NDR 2.0 */
};
void rpc_read_context(struct reader *r, struct rpc_context *ret);

/* PACKET_BIND_ACK or PACKET_ALTER_RESPONSE; address: the port or the pipe as text,
 * "" for the latter. */
void rpc_write_bind_ack(struct writer *w, enum rpc_packet_type type, uint32_t call,
                        const struct rpc_bind *ours, const char *address,
                        const struct rpc_context *contexts);

#endif
