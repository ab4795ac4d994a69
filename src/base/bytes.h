/* Bounds-checked reading and writing of wire, file and registry bytes.
 *
 * A reader or writer that runs over its end sets failed and from then on reads zeros and writes
 * nothing; the caller checks failed once at the end. No structure is ever cast over such bytes.
 */
#ifndef MPR_BASE_BYTES_H
#define MPR_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reader {
    const uint8_t *next;
    const uint8_t *end;
    bool failed;
};

void reader_init(struct reader *r, const void *data, size_t size);
size_t reader_left(const struct reader *r);
uint8_t rd_u8(struct reader *r);
uint16_t rd_be16(struct reader *r);
uint32_t rd_be32(struct reader *r);
uint16_t rd_le16(struct reader *r);
uint32_t rd_le32(struct reader *r);
uint64_t rd_le64(struct reader *r);
/* Copies size bytes to target (zeros when they are not there). */
void rd_bytes(struct reader *r, void *target, size_t size);
void rd_skip(struct reader *r, size_t size);
/* A pointer to the next size bytes inside the data, which is then skipped; NULL on failure. */
const uint8_t *rd_span(struct reader *r, size_t size);

struct writer {
    uint8_t *base;
    size_t size; /* capacity in bytes */
    size_t used;
    bool failed;
};

void writer_init(struct writer *w, void *base, size_t size);
void wr_u8(struct writer *w, uint8_t value);
void wr_be16(struct writer *w, uint16_t value);
void wr_be32(struct writer *w, uint32_t value);
void wr_le16(struct writer *w, uint16_t value);
void wr_le32(struct writer *w, uint32_t value);
void wr_le64(struct writer *w, uint64_t value);
void wr_bytes(struct writer *w, const void *data, size_t size);
void wr_zero(struct writer *w, size_t size);

/* A counted run of bytes on the heap; data is NULL when size is 0. */
struct blob {
    uint8_t *data;
    size_t size;
};

/* Replaces b's content by a copy; on failure (false) b is unchanged. data may be NULL if size 0. */
bool blob_set(struct blob *b, const void *data, size_t size);
/* Moves from into b (freeing b's old content); from becomes empty. */
void blob_take(struct blob *b, struct blob *from);
void blob_free(struct blob *b);

#endif
