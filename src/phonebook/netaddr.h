/* Addresses as text, since the core has no sockets. Internal to src/phonebook. */
#ifndef MPR_PHONEBOOK_NETADDR_H
#define MPR_PHONEBOOK_NETADDR_H

#include "phonebook/scan.h"

#include <stdint.h>

/* a.b.c.d, decimal, to host order. */
bool ipv4_parse(struct slice text, uint32_t *ret);
void ipv4_format(uint32_t address, char text[16]);

/* RFC 4291 section 2.2, with a dotted tail, without a zone. */
bool ipv6_parse(struct slice text, uint8_t ret[16]);
/* RFC 5952, but never a dotted tail. */
void ipv6_format(const uint8_t address[16], char text[40]);

#endif
