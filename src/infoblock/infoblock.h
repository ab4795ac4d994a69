/* Information blocks: the blobs behind MprInfo*, the same bytes in memory, registry and RPC.
 *
 * Layout (RTInfo.h, MS-RRASM 2.2.1.2.10), all numbers little-endian and 32 bits wide:
 *     0   Version = 1
 *     4   Size: bytes of the whole blob
 *     8   TocEntriesCount
 *     12  TocEntriesCount times { InfoType, InfoSize (bytes of one item), Count, Offset }
 *     ..  data, each block at a multiple of 8 from the start of the blob, in TOC order
 *
 * What is written: an empty blob is 28 bytes, zero behind the first 8 (the SDK's structure has
 * room for one entry); otherwise Size is the end of the last data, padding is zero, and a block
 * without data has Offset = Size, which the SDK's GetInfoFromTocEntry turns into NULL.
 * What is read: also a bare 12-byte header, a Size beyond the last data, unaligned blobs and
 * unaligned data. Refused with ST_INVALID_DATA: another version, a Size below the TOC's end or
 * beyond limit, data that reach into the TOC or past Size, more data in all than there is room
 * for. The same type twice is tolerated: the first counts.
 *
 * header/limit pairs: header points at the bytes, limit says how many may be looked at.
 * INFO_TRUST_SIZE, for the MprInfo functions, which are not told, means what Size says.
 * No input is ever changed; a result is built anew, so input and output are both the caller's.
 */
#ifndef MPR_INFOBLOCK_INFOBLOCK_H
#define MPR_INFOBLOCK_INFOBLOCK_H

#include "base/bytes.h"
#include "base/status.h"

#define INFO_VERSION        1u
#define INFO_HEADER_SIZE    12u
#define INFO_TOC_ENTRY_SIZE 16u
#define INFO_EMPTY_SIZE     28u
#define INFO_TRUST_SIZE     SIZE_MAX

/* A checked blob. It borrows the bytes. */
struct info_view {
    const uint8_t *base;
    uint32_t size;  /* the Size field */
    uint32_t count; /* TOC entries */
};

/* One block, as found or as wanted. */
struct info_block {
    uint32_t type;
    uint32_t item_size; /* bytes of one item */
    uint32_t count;     /* items */
    const void *data;   /* item_size * count bytes; NULL when that is 0. Found: inside the blob */
};

/* Checks the blob and every TOC entry. ST_INVALID_PARAMETER: header NULL. ST_INVALID_DATA. */
mpr_status info_open(struct info_view *ret, const void *header, size_t limit);
mpr_status info_block_validate(const void *header, size_t limit);

/* Entry index (from 0) in TOC order; false behind the last. */
bool info_entry(const struct info_view *view, uint32_t index, struct info_block *ret);

/* The first block of a type; ST_NOT_FOUND, with *ret zeroed. ret may be NULL. */
mpr_status info_find(const struct info_view *view, uint32_t type, struct info_block *ret);

/* info_open and info_find in one. */
mpr_status info_block_find(const void *header, size_t limit, uint32_t type, struct info_block *ret);

/* item_size * count of a block that was found. */
size_t info_block_bytes(const struct info_block *block);

/* The Size field, unchecked (MprInfoBlockQuerySize); 0 for NULL. Looks at 8 bytes. */
uint32_t info_block_size(const void *header);

/* Where results are put. */
struct info_allocator {
    void *(*alloc)(void *context, size_t size); /* NULL when out of memory; need not zero */
    void *context;
};

/* mem_alloc, for use inside the core. */
extern const struct info_allocator info_mem_allocator;

/* The functions behind MprInfo*: *ret is a new blob from a, its length info_block_size(*ret); NULL
 * on failure. ST_NOT_ENOUGH_MEMORY, ST_INVALID_DATA (header), and ST_INVALID_PARAMETER for a NULL
 * header or what is said below. */
mpr_status info_block_create(const struct info_allocator *a, void **ret);

/* Appends a block. ST_INVALID_PARAMETER: the type is there already; data NULL though
 * item_size * count is not 0; the blob would pass 4 GiB. */
mpr_status info_block_add(const struct info_allocator *a, const void *header, size_t limit,
                          const struct info_block *block, void **ret);

/* Replaces item size, count and data of the first block of that type, in its place.
 * ST_INVALID_PARAMETER: no such type; data and 4 GiB as above. */
mpr_status info_block_set(const struct info_allocator *a, const void *header, size_t limit,
                          const struct info_block *block, void **ret);

/* Drops every block of that type. ST_INVALID_PARAMETER: there is none. */
mpr_status info_block_remove(const struct info_allocator *a, const void *header, size_t limit,
                             uint32_t type, void **ret);

/* An empty blob, if header is a valid one. */
mpr_status info_block_remove_all(const struct info_allocator *a, const void *header, size_t limit,
                                 void **ret);

/* Size bytes of header as they are. */
mpr_status info_block_duplicate(const struct info_allocator *a, const void *header, size_t limit,
                                void **ret);

/* For the router core: a blob that is replaced by its successor, unchanged on failure. An empty
 * blob (size 0) counts as one without blocks. */

/* Set if the type is there, else add. */
mpr_status info_blob_put(struct blob *b, const struct info_block *block);

/* Drops the type; ST_OK also when it is not there. */
mpr_status info_blob_drop(struct blob *b, uint32_t type);

/* Find in a struct blob. */
mpr_status info_blob_find(const struct blob *b, uint32_t type, struct info_block *ret);

/* Block-wise update, as the router manager applies a SetInfo (concepts: "absent = no change"):
 * each block of changes with data is put, each without data is dropped. */
mpr_status info_blob_merge(struct blob *b, const struct info_view *changes);

#endif
