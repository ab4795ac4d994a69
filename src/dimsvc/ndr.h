/* NDR, the octets of an RPC call: transfer syntax NDR 2.0, little-endian, 32-bit (C706 chapter 14,
 * MS-RPCE 2.2.5).
 *
 * One function describes a structure for both ways: while octets are read it fills the structure,
 * while they are written it takes from it, so that both can't differ. What a pointer points to
 * comes behind the structure that has the pointer; such a structure has two functions, one for
 * itself and one for what it points to (objects.c).
 *
 * Alignment counts from the start of a call's octets. Reading trusts nothing: a count is believed
 * only as far as there are octets for it, so that memory is never more than a small multiple of the
 * input. After a fault, nothing more is read (values are zero, pointers NULL) or written; the
 * caller looks at status once, at the end. A count beside a pointer that is NULL is read as 0.
 */
#ifndef MPR_DIMSVC_NDR_H
#define MPR_DIMSVC_NDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include "base/status.h"

struct ndr_block; /* memory that was had while reading */

struct ndr {
    bool reading;
    bool secret;           /* set by the caller: what is freed is overwritten before */
    mpr_status status;     /* ST_OK, ST_RPC_BAD_STUB_DATA, ST_NOT_ENOUGH_MEMORY */
    const uint8_t *octets; /* reading: the input, which is the caller's */
    uint8_t *written;      /* writing: what has been written, ndr's own */
    size_t size;           /* octets of the input, or room of written */
    size_t position;       /* how many have been read or written */
    uint32_t referents;    /* pointers written so far */
    struct ndr_block *blocks;
};

/* Reads size octets, which have to stay as long as what is read from them is used. */
void ndr_read(struct ndr *n, const void *octets, size_t size);
void ndr_write(struct ndr *n);
/* Frees what was written, and the memory of all that was read. */
void ndr_free(struct ndr *n);
/* Room for so many octets, so that writing them can't fail later. */
void ndr_reserve(struct ndr *n, size_t count);
/* What is left of the input; 0 while writing. */
size_t ndr_left(const struct ndr *n);
/* Ends reading or writing with this status, unless it has ended already. */
void ndr_fail(struct ndr *n, mpr_status status);

/* Moves on to a multiple of 2, 4 or 8; written as zeros, read as anything. */
void ndr_align(struct ndr *n, size_t to);
/* The same up to a position; nothing when that is behind. */
void ndr_fill(struct ndr *n, size_t position);
/* Numbers, each at a multiple of its size. */
void ndr_u8(struct ndr *n, uint8_t *value);
void ndr_u16(struct ndr *n, uint16_t *value);
void ndr_u32(struct ndr *n, uint32_t *value);
void ndr_u64(struct ndr *n, uint64_t *value);
/* Arrays of a fixed number of octets or UTF-16 units. */
void ndr_octets(struct ndr *n, uint8_t *value, size_t count);
void ndr_units(struct ndr *n, char16_t *value, size_t count);
/* A whole WCHAR[]. */
#define NDR_UNITS(n, array) ndr_units((n), (array), sizeof(array) / sizeof((array)[0]))
/* Octets as they are, for writing only. data may be NULL when count is 0. */
void ndr_put(struct ndr *n, const uint8_t *data, size_t count);

/* A pointer that may be NULL: says whether it isn't. set counts while writing only. */
bool ndr_pointer(struct ndr *n, bool set);

/* What pointers point to. */

/* [size_is(count)] octets. Read, they lie in the input. A count other than the one that goes before
 * the octets is a fault (C706 14.3.3.2). */
void ndr_array(struct ndr *n, const uint8_t **octets, uint32_t count);
/* [size_is(count)] with elements of size bytes in memory and at least least octets in NDR: the
 * count goes before them; the elements are the caller's to read or write. Memory for them is had
 * while reading. *ret is NULL after a fault, and the caller goes over no element. */
void ndr_elements(struct ndr *n, void **ret, uint32_t count, size_t size, size_t least);
/* [string] with its terminator. One that begins later than at its start, or lacks the terminator,
 * is a fault. */
void ndr_text(struct ndr *n, const char16_t **text);
/* [size_is(count)] units, which need no terminator. */
void ndr_counted_text(struct ndr *n, const char16_t **text, uint32_t count);
/* Zeroed memory that lives until ndr_free; NULL, a fault, when there is none left. */
void *ndr_alloc(struct ndr *n, size_t size);

#endif
