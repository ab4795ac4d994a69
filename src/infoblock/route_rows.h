/* Static routes of an interface: the rows of block INFO_IP_ROUTE_INFO.
 *
 * Two layouts exist (MS-RRASM 2.2.1.2.14 ff.): INTERFACE_ROUTE_INFO, 72 bytes, IPv4 or IPv6, since
 * Windows Server 2008; MIB_IPFORWARDROW, 56 bytes, IPv4, before. A decoded row keeps every byte,
 * so that encoding it again in its own layout gives the very bytes back.
 * Addresses are in network order in the block and host order (192.0.2.1 = 0xC0000201) here.
 */
#ifndef MPR_INFOBLOCK_ROUTE_ROWS_H
#define MPR_INFOBLOCK_ROUTE_ROWS_H

#include "infoblock/infoblock.h"
#include "infoblock/types.h"

enum route_layout { ROUTE_LAYOUT_2003 = 56, ROUTE_LAYOUT_2008 = 72 }; /* bytes of one row */

#define ROUTE_METRIC_UNUSED      0xFFFFFFFFu
#define ROUTE_PREFERENCE_DEFAULT 127u /* IP_PRIORITY_DEFAULT_METRIC */

enum route_view { ROUTE_VIEW_ANY = 0, ROUTE_VIEW_UNICAST = 1, ROUTE_VIEW_MULTICAST = 2 };
#define ROUTE_VIEW_ALL 0xFFFFFFFFu

struct route_row {
    uint32_t v4; /* as stored: 0 = IPv6, else IPv4 (1 is what is written by Windows) */
    /* IPv4 only */
    uint32_t dest, mask, next_hop; /* host order */
    uint32_t policy, age, next_hop_as;
    uint32_t metric[5]; /* the 2008 layout has the first three */
    /* IPv6 only */
    uint8_t prefix6[16], next_hop6[16];
    uint32_t prefix6_length, valid_lifetime, flags, metric6;
    /* both */
    uint32_t if_index;
    uint32_t type;       /* enum route_type */
    uint32_t proto;      /* enum route_protocol */
    uint32_t preference; /* lower wins */
    uint32_t view_set;
    uint8_t unused[12]; /* bytes 36..47 of an IPv4 row of 2008, which mean nothing */
};

/* An IPv4 row with everything at its default: metrics unused, preference 127, view 0, v4 = 1. */
struct route_row route_row_default(void);

/* Reads count rows of item_size bytes at data into rows. ST_INVALID_DATA: item_size is neither. A
 * row of 2003 gets preference 127, view 0. */
mpr_status route_rows_decode(const void *data, uint32_t item_size, uint32_t count,
                             struct route_row *rows);

/* Writes count rows; data has room for count * layout bytes. ST_INVALID_PARAMETER: an IPv6 row in
 * the layout of 2003. */
mpr_status route_rows_encode(enum route_layout layout, const struct route_row *rows, size_t count,
                             void *data);

/* All rows of a blob's route block: *ret is the caller's (mem_free), NULL and 0 when there are
 * none or no such block. ST_INVALID_DATA, ST_NOT_ENOUGH_MEMORY. */
mpr_status route_rows_read(const struct info_view *view, struct route_row **ret, size_t *ret_count);

/* Puts the rows into b's route block, or drops the block when count is 0. b is unchanged on
 * failure. */
mpr_status route_rows_store(struct blob *b, enum route_layout layout, const struct route_row *rows,
                            size_t count);

#endif
