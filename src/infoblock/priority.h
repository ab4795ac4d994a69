/* Route preference by protocol: block INFO_IP_PROT_PRIORITY_INFO of the global information.
 *
 * PRIORITY_INFO (MS-RRASM 2.2.1.2.17) is a DWORD count and that many pairs of protocol and
 * metric; one item of variable size. Of several entries for a protocol the last wins. A protocol
 * without an entry has ROUTE_PREFERENCE_DEFAULT.
 */
#ifndef MPR_INFOBLOCK_PRIORITY_H
#define MPR_INFOBLOCK_PRIORITY_H

#include "infoblock/infoblock.h"

struct protocol_priority {
    uint32_t protocol; /* enum route_protocol */
    uint32_t metric;   /* lower is preferred */
};

/* What a router has that was never told otherwise (MS-RRASM 4.11.1): local 1, static 3,
 * static not for demand dial 5, autostatic 7, network management 10, RIP 120. */
#define PRIORITY_DEFAULT_COUNT 6
extern const struct protocol_priority priority_defaults[PRIORITY_DEFAULT_COUNT];

/* The list of a PRIORITY_INFO; *ret is the caller's (mem_free), NULL when empty. Bytes behind the
 * last pair are ignored. ST_INVALID_DATA: shorter than its count says. ST_NOT_ENOUGH_MEMORY. */
mpr_status priority_decode(const void *data, size_t size, struct protocol_priority **ret,
                           size_t *ret_count);

/* The list of a blob, or a copy of the defaults when it has no such block. */
mpr_status priority_read(const struct info_view *view, struct protocol_priority **ret,
                         size_t *ret_count);

/* Bytes of a PRIORITY_INFO of count pairs, and the writing of it into as many bytes. */
size_t priority_encoded_size(size_t count);
void priority_encode(const struct protocol_priority *list, size_t count, void *data);

/* The metric of a protocol. */
uint32_t priority_of(const struct protocol_priority *list, size_t count, uint32_t protocol);

#endif
