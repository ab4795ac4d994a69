/* MD5 (RFC 1321) for tests: the product gets it from the system. */
#ifndef TESTS_SIM_RIP_MD5_H
#define TESTS_SIM_RIP_MD5_H

#include <stddef.h>
#include <stdint.h>

/* size is at most 1000 octets. */
void test_md5(const void *data, size_t size, uint8_t digest[16]);

#endif
