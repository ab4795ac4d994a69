/* What several levels are made of. */
#ifndef MPR_DIMSVC_LEVEL_PARTS_H
#define MPR_DIMSVC_LEVEL_PARTS_H

#include "dimsvc/levels.h"

/* Texts and octets that lie behind a structure, which has their offsets from its start, 0 for none.
 * How wide an offset is on a 64-bit server, MS-RRASM does not say; what is written has 8 octets, as
 * pointers have there, and what is read may have either width. */
struct level_tail {
    size_t start;  /* of the structure */
    size_t width;  /* 4 or 8 octets an offset */
    uint32_t next; /* writing: the offset of what comes next */
};

/* Where the offsets of a structure are, for each width: sizes of the whole, and places of one or
 * two offsets (0: there is no second). */
struct level_layout {
    uint32_t size_4, size_8;
    uint32_t offsets_4[2];
};

/* For a structure that begins where n is, which is a multiple of 8. Read are offsets of 4 octets
 * when there is no room for wider ones, or when one of them leads right behind the structure as it
 * is with these. */
struct level_tail level_tail(struct ndr *n, const struct level_layout *layout);
/* The offset of octets, at n's place. While writing, they are given out in the order of calls. */
uint32_t level_offset(struct ndr *n, struct level_tail *tail, const struct dim_octets *octets);
/* What lies there, when n has gone through all of the structure (which then is where the first of
 * them begins): octets->size octets, or a multi-string, whose size is found. While writing, in the
 * order of the offsets. An offset that leads out of the input is ST_RPC_BAD_STUB_DATA. */
void level_octets(struct ndr *n, const struct level_tail *tail, uint32_t offset,
                  struct dim_octets *octets);
void level_multi_text(struct ndr *n, const struct level_tail *tail, uint32_t offset,
                      struct dim_octets *octets);
/* The same two for octets that others leave out, and say anything in place of their offset: one
 * that leads to no such octets is none. */
uint32_t level_optional_offset(struct ndr *n, struct level_tail *tail,
                               const struct dim_octets *octets);
void level_optional(struct ndr *n, const struct level_tail *tail, uint32_t offset, uint64_t size,
                    struct dim_octets *octets);

#endif
