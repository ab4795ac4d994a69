/* RIPng packets on the wire (RFC 2080 2.1):
 *
 *   header  {u8 command, u8 version, u16 zero}
 *   entry   {16 octets of prefix, u16 tag, u8 length of the prefix in bits, u8 metric}
 *
 * as many entries as the link's MTU has room for. An entry of metric 255 is none: its prefix is the
 * next hop of those behind it (2.1.1).
 */
#ifndef MPR_PROTOCOL_RIPNG_PACKET_H
#define MPR_PROTOCOL_RIPNG_PACKET_H

#include "protocol/ripcore/ripcore.h"

#define RIPNG_VERSION         1u
#define RIPNG_HEADER_SIZE     4u
#define RIPNG_ENTRY_SIZE      20u
#define RIPNG_METRIC_NEXT_HOP 255u
#define RIPNG_PACKET_MAX      1452u /* octets that we send: what is left of 1500 */
#define RIPNG_ENTRIES_MAX     72u   /* ... and entries in them */

struct ripng_entry {
    struct rtm_address address;
    uint16_t tag;
    uint8_t length, metric;
};

/* Entries that fit into the MTU of a link (0: unknown), beside the headers of IPv6 and UDP. 61 at
 * least, as no link of IPv6 has an MTU of less than 1280. */
unsigned ripng_entries_room(uint32_t mtu);

/* Checks the form. RIP_KEEP or the reason to drop it. */
enum rip_drop ripng_packet_parse(struct rip_packet *ret, const void *data, size_t size);
/* The next of count entries. */
struct ripng_entry ripng_entry_read(struct rip_packet *p);

/* A packet under construction. */
struct ripng_builder {
    struct writer w;
    unsigned entries, room;
    uint8_t data[RIPNG_PACKET_MAX];
};

/* room: of ripng_entries_room. */
void ripng_build(struct ripng_builder *b, uint8_t command, unsigned room);
/* There is room for b->room entries; more are left out. */
void ripng_build_entry(struct ripng_builder *b, const struct ripng_entry *e);

#endif
