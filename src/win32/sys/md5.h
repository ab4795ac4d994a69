/* The message digest MD5 (RFC 1321), which RIP's authentication takes (RFC 2082). */
#ifndef MPR_WIN32_MD5_H
#define MPR_WIN32_MD5_H

#include <stddef.h>
#include <stdint.h>

/* The digest of size bytes; size is below 4 GiB. Zeros on a system without the functions. */
void md5_digest(const void *data, size_t size, uint8_t digest[16]);

#endif
