/* Packet filters of an interface: blocks INFO_IP_IN_FILTER_INFO and its like.
 *
 * FILTER_DESCRIPTOR (MS-RRASM 2.2.1.2): version 1, the number of filters (not 0), what becomes of
 * packets that none of them matches, and then that many of FILTER_INFO (28 octets, IPv4) or
 * FILTER_INFO_V6 (52). A packet that one matches has the opposite fate. It is one item of variable
 * size. Numbers and masks of fltdefs.h.
 */
#ifndef MPR_INFOBLOCK_FILTERS_H
#define MPR_INFOBLOCK_FILTERS_H

#include <stdbool.h>

#include "infoblock/infoblock.h"

#define FILTER_VERSION 1u

enum filter_action { FILTER_FORWARD = 0, FILTER_DROP = 1 };
enum filter_family { FILTER_IPV4 = 4, FILTER_IPV6 = 16 }; /* octets of an address */

#define FILTER_PROTOCOL_ANY    0u
#define FILTER_PROTOCOL_ICMP   1u
#define FILTER_PROTOCOL_TCP    6u
#define FILTER_PROTOCOL_UDP    17u
#define FILTER_PROTOCOL_ICMPV6 58u
#define FILTER_PORT_ANY        0u
#define FILTER_ICMP_ANY        0xFFu /* type or code */

/* late: taken from the interface when it has its addresses (LB_* of fltdefs.h). */
enum filter_late {
    FILTER_LATE_SOURCE = 0x01,
    FILTER_LATE_DEST = 0x04,
    FILTER_LATE_SOURCE_MASK = 0x10,
    FILTER_LATE_DEST_MASK = 0x20,
    FILTER_LATE_ANY = 0x35 /* of these */
};

/* Octets past the family's are zero. Matches when all of it does. */
struct packet_filter {
    uint8_t source[16], source_mask[16], dest[16], dest_mask[16]; /* network order */
    uint32_t protocol;                                            /* of IP, 0..255 */
    uint32_t late;
    uint16_t source_port, dest_port; /* TCP, UDP; ICMP: type and code */
};

/* A checked list, which borrows the block. */
struct filter_list {
    enum filter_family family;
    enum filter_action otherwise; /* of what no filter matches */
    uint32_t count;
    const uint8_t *data;
};

/* The list of a block. ST_INVALID_DATA: shorter than its count says, another version or action, no
 * filter, an IPv6 prefix longer than 128, or a protocol above 255. */
mpr_status filter_list_read(const struct info_block *block, enum filter_family family,
                            struct filter_list *ret);
/* Filter n of a list, n below count. */
struct packet_filter filter_at(const struct filter_list *list, uint32_t n);

/* What is known of a packet. Octets past the family's are zero. */
struct packet_facts {
    uint8_t source[16], dest[16]; /* network order */
    uint8_t protocol;
    bool has_ports; /* not so a fragment that is not the first, and of protocols without */
    uint16_t source_port, dest_port; /* TCP, UDP; ICMP: type and code */
};

/* What becomes of a packet of the list's family where the interface has no addresses: a filter that
 * takes some from there matches nothing, nor does one that asks for ports where there are none. */
enum filter_action filter_list_judge(const struct filter_list *list, const struct packet_facts *p);

#endif
