/* Addresses as people write them. IPv4 addresses are numbers with the first octet on top. */
#ifndef MPRCTL_CLI_ADDRESS_H
#define MPRCTL_CLI_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#define ADDRESS_TEXT 48 /* octets of any address or prefix as text, with its NUL */

/* A decimal number, or a hexadecimal one behind 0x, and nothing else. */
bool number_parse(const char *text, uint32_t *ret);

/* Four decimal octets, without leading zeros. */
bool address4_parse(const char *text, uint32_t *ret);
const char *address4_text(uint32_t address, char *buffer);

/* "192.0.2.0/24", or an address alone, whose length is 32 ("0.0.0.0": 0). */
bool prefix4_parse(const char *text, uint32_t *ret_address, uint32_t *ret_mask);
/* "A.B.C.D/n", or "A.B.C.D mask E.F.G.H" in the odd case that the mask has holes: 40 octets. */
const char *prefix4_text(uint32_t address, uint32_t mask, char *buffer);
uint32_t mask_of(unsigned length);
bool mask_is_whole(uint32_t mask);

/* RFC 4291 2.2, with "::" and a dotted tail; written as RFC 5952 has it. */
bool address6_parse(const char *text, uint8_t ret[16]);
const char *address6_text(const uint8_t address[16], char *buffer);
/* "2001:db8::/32", or an address alone (128; "::": 0). */
bool prefix6_parse(const char *text, uint8_t ret[16], uint32_t *ret_length);

#endif
