#include "win32/journal/unsaved_changes.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/journal/backup_parts.h"

#define KEPT_MAGIC "MPRKEPT1"

static uint32_t sum(uint64_t number, const void *items, size_t size)
{
    const uint8_t *bytes = items;
    uint32_t hash = 2166136261u;

    for (unsigned i = 0; i < 64; i += 8) hash = (hash ^ (uint8_t)(number >> i)) * 16777619u;
    for (size_t i = 0; i < size; i++) hash = (hash ^ bytes[i]) * 16777619u;
    return hash;
}

void unsaved_put_header(uint8_t header[UNSAVED_HEADER_BYTES], uint64_t session)
{
    struct writer w;

    writer_init(&w, header, UNSAVED_HEADER_BYTES);
    wr_bytes(&w, KEPT_MAGIC, 8);
    wr_le64(&w, session);
}

void unsaved_put_change(uint8_t head[UNSAVED_HEAD_BYTES], uint8_t tail[UNSAVED_TAIL_BYTES],
                        uint64_t number, const struct blob *items)
{
    struct writer w;

    writer_init(&w, head, UNSAVED_HEAD_BYTES);
    wr_le32(&w, (uint32_t)items->size);
    wr_le64(&w, number);
    writer_init(&w, tail, UNSAVED_TAIL_BYTES);
    wr_le32(&w, sum(number, items->data, items->size));
}

/* False: it is none. */
static bool read_header(struct reader *r, const struct blob *file, uint64_t *ret_session)
{
    char magic[8];

    reader_init(r, file->data, file->size);
    rd_bytes(r, magic, sizeof(magic));
    *ret_session = rd_le64(r);
    return !r->failed && memcmp(magic, KEPT_MAGIC, sizeof(magic)) == 0;
}

bool unsaved_is_of(const struct blob *file, uint64_t session)
{
    struct reader r;
    uint64_t is;

    return read_header(&r, file, &is) && is == session;
}

/* What does not end well was being written when the power went: its change had not ended, and has a
 * journal of its own. */
static bool read_change(struct reader *r, uint64_t *ret_number, struct blob *ret_items)
{
    size_t size = rd_le32(r);
    uint64_t number = rd_le64(r);
    const uint8_t *data = rd_span(r, size);
    uint32_t expected = rd_le32(r);

    if (r->failed || expected != sum(number, data, size)) return false;
    *ret_number = number;
    *ret_items = (struct blob){(uint8_t *)(ULONG_PTR)data, size};
    return true;
}

static mpr_status write_changes(struct reader *r, WCHAR *name, uint64_t *number, unsigned *count)
{
    struct blob items;
    uint64_t is;

    while (reader_left(r) && read_change(r, &is, &items)) {
        mpr_status status;

        if (is <= *number) continue;
        status = undo_apply_registry(&items, name);
        if (status == ST_INVALID_DATA) {
            TRACE(ERROR,
                  "configuration: change %u of mprapi-unsaved is malformed; it and those "
                  "behind it are given up",
                  (unsigned)is);
            return ST_OK;
        }
        if (status != ST_OK) return status;
        *number = is;
        ++*count;
    }
    return ST_OK;
}

mpr_status unsaved_write_again(const struct blob *file, uint64_t *number, unsigned *count)
{
    struct reader r;
    uint64_t session;
    mpr_status status;
    WCHAR *name;

    *count = 0;
    if (!read_header(&r, file, &session)) return ST_OK;
    name = mem_alloc_array(TREE_NAME_MAX, sizeof(*name));
    if (!name) return ST_NOT_ENOUGH_MEMORY;
    status = write_changes(&r, name, number, count);
    mem_free(name);
    return status;
}
