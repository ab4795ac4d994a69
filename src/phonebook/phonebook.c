/* Looking into a phone book, and writing it out.
 *
 * Writing is a concatenation: what no edit has touched is still the bytes of the file.
 */
#include "phonebook/document.h"

#include "base/mem.h"
#include "phonebook/settings_rows.h"

#include <string.h>

size_t phonebook_count(const struct phonebook *pb)
{
    return pb->count;
}

size_t phonebook_duplicates(const struct phonebook *pb, size_t *ret_line)
{
    if (ret_line) *ret_line = pb->duplicates ? pb->first_duplicate : 0;
    return pb->duplicates;
}

const struct phonebook_entry *phonebook_find(const struct phonebook *pb, const char16_t *name)
{
    return entry_find(pb, name);
}

const struct phonebook_entry *phonebook_next(const struct phonebook *pb,
                                             const struct phonebook_entry *previous)
{
    const struct phonebook_entry *e = previous ? previous->next : pb->entries;

    while (e && (e->duplicate || e->nameless)) e = e->next;
    return e;
}

const char16_t *phonebook_entry_name(const struct phonebook_entry *entry)
{
    return entry->name;
}

mpr_status phonebook_entry_value(const struct phonebook_entry *entry, const char *key, size_t index,
                                 char16_t *target, size_t capacity)
{
    struct slice rest = entry->text, wanted = slice_of(key);
    bool exact = !strcmp(key, "MEDIA") || !strcmp(key, "DEVICE") || !strcmp(key, "NETCOMPONENTS");
    struct line line;

    if (capacity) target[0] = 0;
    while (line_next(&rest, &line)) {
        if (line.kind != LINE_KEY || !slice_equal_nocase(line.key, wanted)) continue;
        /* "Device" finds every spelling but the block header's. */
        if (exact ? !slice_equal(line.key, wanted) : slice_equal(line.key, slice_of("DEVICE"))) {
            continue;
        }
        if (index--) continue;
        return slice_decode(line.value, target, capacity) == SIZE_MAX ? ST_INSUFFICIENT_BUFFER
                                                                      : ST_OK;
    }
    return ST_NOT_FOUND;
}

mpr_status phonebook_entry_settings(const struct phonebook_entry *entry,
                                    struct phonebook_settings *ret)
{
    struct entry_text t;
    mpr_status status = entry_text_open(&t, entry->text);

    *ret = (struct phonebook_settings){0};
    if (status != ST_OK) return status;
    status = settings_read(&t, ret);
    entry_text_close(&t);
    if (status != ST_OK) *ret = (struct phonebook_settings){0};
    return status;
}

/* Where a phone book goes: memory, or a comparison with it. */
struct output {
    struct writer w;
    struct slice left; /* what is still to be compared */
    bool compare, same;
    size_t size; /* of all so far */
};

static void put(struct output *out, const char *at, size_t size)
{
    if (!size) return;
    out->size += size;
    if (!out->compare) {
        wr_bytes(&out->w, at, size);
    } else if (out->same) {
        out->same = size <= out->left.size && !memcmp(at, out->left.at, size);
        if (!out->same) return;
        out->left.at += size;
        out->left.size -= size;
    }
}

/* A run of lines, and a line end if it lacks its own where more follows. */
static void put_run(const struct phonebook *pb, struct output *out, struct slice text, bool last)
{
    put(out, text.at, text.size);
    if (!last && text.size && text.at[text.size - 1] != '\n') put(out, pb->eol, strlen(pb->eol));
}

static void put_all(const struct phonebook *pb, struct output *out)
{
    const struct phonebook_entry *e;

    put(out, pb->mark.at, pb->mark.size);
    put_run(pb, out, pb->preamble, !pb->entries);
    for (e = pb->entries; e; e = e->next) put_run(pb, out, e->text, !e->next);
}

bool phonebook_is(const struct phonebook *pb, const void *data, size_t size)
{
    struct output out = {.left = {data, size}, .compare = true, .same = true};

    put_all(pb, &out);
    return out.same && !out.left.size;
}

mpr_status phonebook_write(const struct phonebook *pb, struct blob *out)
{
    struct blob written = {NULL, 0};
    struct output to = {.compare = false};

    writer_init(&to.w, NULL, 0);
    put_all(pb, &to); /* only counts */
    written.size = to.size;
    if (written.size) {
        written.data = mem_alloc(written.size);
        if (!written.data) return ST_NOT_ENOUGH_MEMORY;
    }
    writer_init(&to.w, written.data, written.size);
    put_all(pb, &to);
    blob_take(out, &written);
    return ST_OK;
}
