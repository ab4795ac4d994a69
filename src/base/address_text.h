/* Addresses of IPv4 and IPv6 as text. */
#ifndef MPR_BASE_ADDRESS_TEXT_H
#define MPR_BASE_ADDRESS_TEXT_H

#include <stdint.h>

#define ADDRESS_TEXT_SIZE 40u /* octets, with the terminator */

struct address_text {
    char text[ADDRESS_TEXT_SIZE];
};

/* octets in network order, 4 or 16 of them: "10.0.0.1", or the eight parts of RFC 4291 section
 * 2.2, form 1, without leading zeros and without "::". */
struct address_text address_text(const uint8_t *octets, unsigned count);

#endif
