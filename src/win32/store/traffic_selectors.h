/* Traffic selectors of an IKEv2 tunnel (RFC 7296 3.13), and the REG_BINARY that they are stored as,
 * little endian:
 *
 *   DWORD version 1, DWORD count of the initiator's, DWORD count of the responder's, then each:
 *   DWORD type, BYTE protocol, BYTE 0, WORD first port, WORD last port, WORD payload id,
 *   16 bytes first address, 16 bytes last address (IPv4: 4 bytes and zeros)
 */
#ifndef MPR_WIN32_TRAFFIC_SELECTORS_H
#define MPR_WIN32_TRAFFIC_SELECTORS_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"

enum { SELECTOR_IPV4 = 7, SELECTOR_IPV6 = 8 }; /* TS_IPV4_ADDR_RANGE, TS_IPV6_ADDR_RANGE */

#define SELECTORS_MAX 255u /* of each side: the payload counts in one octet */

struct traffic_selector {
    uint32_t type;
    uint8_t protocol; /* 0: all */
    uint16_t first_port, last_port, payload;
    uint8_t first[16], last[16]; /* IPv4: the first four octets, then zeros */
};

struct traffic_selectors {
    uint32_t initiators, responders;
    struct traffic_selector *rows; /* the initiator's, then the responder's; mem_alloc'd or NULL */
};

/* One of the two types, and ranges of ports and addresses that do not end before they begin. */
bool traffic_selector_valid(const struct traffic_selector *s);
/* Octets of an address of that type. */
size_t traffic_selector_address_size(uint32_t type);

/* None give an empty blob. ST_NOT_ENOUGH_MEMORY leaves ret empty. */
mpr_status traffic_selectors_encode(const struct traffic_selectors *s, struct blob *ret);
/* An empty blob gives none. ST_INVALID_DATA: malformed, or one is not valid;
 * ST_NOT_ENOUGH_MEMORY. ret is empty after an error. */
mpr_status traffic_selectors_decode(const struct blob *blob, struct traffic_selectors *ret);
void traffic_selectors_free(struct traffic_selectors *s);

#endif
