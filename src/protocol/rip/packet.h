/* RIP packets on the wire (RFC 2453 3.6, 4 and 5.2; RFC 2082 for MD5):
 *
 *   header  {u8 command, u8 version, u16 zero}
 *   entry   {u16 family, u16 tag, u32 address, u32 mask, u32 next hop, u32 metric}, up to 25; in
 *           version 1 tag, mask and next hop are zero
 *   A password is an entry in front: {0xFFFF, 2, 16 octets}.
 *   Keyed MD5 is {0xFFFF, 3, u16 length of all before the trailer, u8 key id, u8 octets of the
 *           digest data, u32 sequence, 8 zeros} in front and {0xFFFF, 1, digest} behind.
 */
#ifndef MPR_PROTOCOL_RIP_PACKET_H
#define MPR_PROTOCOL_RIP_PACKET_H

#include "protocol/rip/config.h"
#include "protocol/rip/drop.h"
#include "protocol/ripcore/ripcore.h"

#define RIP_HEADER_SIZE 4u
#define RIP_ENTRY_SIZE  20u
#define RIP_ENTRIES_MAX 25u
#define RIP_PACKET_MAX  512u
#define RIP_FAMILY_IPV4 2u
/* IPRIP_IF_CONFIG has a key and no key id. 1 is what others send when they have a key only; any id
 * is accepted, as the one key is meant whatever the id. */
#define RIP_KEY_ID 1u

struct rip_entry {
    uint16_t family, tag;
    uint32_t address, mask, next_hop, metric; /* host order */
};

/* Entries that fit beside the authentication: 25, 24 with a password, 23 with MD5. */
unsigned rip_entries_room(uint32_t auth_type);

/* Checks form, version 1's zeros and authentication. RIP_KEEP or the reason to drop it. */
enum rip_drop rip_packet_parse(struct rip_packet *ret, const void *data, size_t size,
                               const struct rip_auth *auth);
/* The next of count entries. */
struct rip_entry rip_entry_read(struct rip_packet *p);

/* A packet under construction. */
struct rip_builder {
    uint8_t data[RIP_PACKET_MAX];
    struct writer w;
    unsigned entries, room;
    const struct rip_auth *auth; /* NULL: none */
};

/* Version 1 packets are never authenticated. sequence is for MD5. */
void rip_build(struct rip_builder *b, uint8_t command, uint8_t version, const struct rip_auth *auth,
               uint32_t sequence);
/* There is room for b->room entries. */
void rip_build_entry(struct rip_builder *b, const struct rip_entry *e);
/* Completes the packet: b->data, of the size returned. */
size_t rip_build_finish(struct rip_builder *b);

#endif
