/* The devices behind the first, by way of the first.
 *
 * Reading and changing a MEDIA block is what settings_read.c and settings_apply.c do for the first
 * one of an entry. So a block is cut out, put under a header of its own, treated as an entry, and
 * its MEDIA and DEVICE lines are put back in its place: what they don't touch stays byte for byte.
 * The block of a new device is cut out of the template of a new entry.
 */
#include "phonebook/phonebook_devices.h"

#include "base/mem.h"
#include "base/utf16.h"
#include "phonebook/document.h"
#include "phonebook/settings_rows.h"

#include <string.h>

#define HEADER "[device]"

void phonebook_device_free(struct phonebook_device *device)
{
    mem_free(device->alternates);
    device->alternates = NULL;
}

/* ---- pieces of text ------------------------------------------------------------------------- */

/* count pieces in a row; data is the caller's. */
static mpr_status join(const struct slice *pieces, size_t count, struct blob *ret)
{
    struct writer w;
    size_t size = 0;

    for (size_t i = 0; i < count; i++) size += pieces[i].size;
    *ret = (struct blob){mem_alloc(size), size};
    if (!ret->data) {
        ret->size = 0;
        return ST_NOT_ENOUGH_MEMORY;
    }
    writer_init(&w, ret->data, size);
    for (size_t i = 0; i < count; i++) wr_bytes(&w, pieces[i].at, pieces[i].size);
    return ST_OK;
}

static struct slice text_of(const struct blob *b)
{
    return (struct slice){(const char *)b->data, b->size};
}

/* Where MEDIA block number (from 0) lies in the text of t, which nobody has changed: from its first
 * line to the next block. *ret_count is how many blocks there are. Empty when there is none. */
static struct slice find_block(const struct entry_text *t, struct slice text, uint32_t number,
                               uint32_t *ret_count)
{
    const char *begin = NULL, *end = text.at + text.size;
    uint32_t count = 0;

    for (size_t i = 0; i < t->count; i++) {
        const struct entry_line *line = &t->lines[i];

        if (!line->begins || line->part != PART_MEDIA) continue;
        if (count == number) begin = line->raw.at;
        if (count == number + 1) end = line->raw.at;
        count++;
    }
    *ret_count = count;
    return begin ? (struct slice){begin, (size_t)(end - begin)} : (struct slice){end, 0};
}

/* A block as an entry of its own. */
static mpr_status as_entry(struct slice block, const char *eol, struct blob *ret)
{
    const struct slice pieces[] = {slice_of(HEADER), slice_of(eol), block};

    return join(pieces, 3, ret);
}

/* ---- reading -------------------------------------------------------------------------------- */

static void device_from_settings(struct phonebook_settings *s, struct phonebook_device *ret)
{
    u16_copy(ret->type, 17, s->device_type);
    u16_copy(ret->name, 129, s->device_name);
    u16_copy(ret->phone_number, 129, s->phone_number);
    ret->alternates = s->alternates;
    s->alternates = NULL;
}

static mpr_status read_block(struct slice block, const char *eol, struct phonebook_device *ret)
{
    struct phonebook_settings s;
    struct entry_text t;
    struct blob text;
    mpr_status status = as_entry(block, eol, &text);

    if (status == ST_OK) status = entry_text_open(&t, text_of(&text));
    if (status == ST_OK) {
        status = settings_read(&t, &s);
        if (status == ST_OK) {
            device_from_settings(&s, ret);
            phonebook_settings_free(&s);
        }
        entry_text_close(&t);
    }
    blob_free(&text);
    return status;
}

mpr_status phonebook_device_read(const struct phonebook_entry *entry, uint32_t index,
                                 struct phonebook_device *ret)
{
    struct entry_text t;
    struct slice block;
    uint32_t count;
    mpr_status status;

    *ret = (struct phonebook_device){.alternates = NULL};
    if (!index) return ST_NOT_FOUND;
    status = entry_text_open(&t, entry->text);
    if (status != ST_OK) return status;
    block = find_block(&t, entry->text, index - 1, &count);
    status = index <= count ? read_block(block, t.eol, ret) : ST_NOT_FOUND;
    entry_text_close(&t);
    return status;
}

/* ---- writing -------------------------------------------------------------------------------- */

/* Lays the device over what an entry says of its own. */
static mpr_status apply_device(struct entry_text *t, const struct phonebook_device *device,
                               bool numbers)
{
    struct phonebook_settings s;
    char16_t *alternates;
    mpr_status status = settings_read(t, &s);

    if (status != ST_OK) return status;
    alternates = s.alternates;
    u16_copy(s.device_type, 17, device->type);
    u16_copy(s.device_name, 129, device->name);
    if (numbers) {
        u16_copy(s.phone_number, 129, device->phone_number);
        s.alternates = device->alternates;
    }
    status = settings_apply(t, &s);
    s.alternates = alternates;
    phonebook_settings_free(&s);
    return status;
}

/* The block as it shall be: from the MEDIA line of the changed entry's text to its end. */
static mpr_status changed_block(struct slice entry, const struct phonebook_device *device,
                                bool numbers, struct blob *ret)
{
    struct entry_text t;
    struct blob whole = {NULL, 0};
    struct slice block;
    uint32_t count;
    mpr_status status = entry_text_open(&t, entry);

    if (status != ST_OK) return status;
    status = apply_device(&t, device, numbers);
    if (status == ST_OK) status = entry_text_render(&t, &whole);
    entry_text_close(&t);
    if (status == ST_OK) status = entry_text_open(&t, text_of(&whole));
    if (status == ST_OK) {
        block = find_block(&t, text_of(&whole), 0, &count);
        status = join(&block, 1, ret);
        entry_text_close(&t);
    }
    blob_free(&whole);
    return status;
}

/* An entry with other than ASCII text has to say that it is UTF-8. */
static mpr_status mark_block(struct blob *text)
{
    struct entry_text t;
    struct blob marked = {NULL, 0};
    mpr_status status = entry_text_open(&t, text_of(text));

    if (status != ST_OK) return status;
    status = entry_line_set(&t, PART_HEAD, "Encoding", "1");
    if (status == ST_OK) status = entry_text_render(&t, &marked);
    entry_text_close(&t);
    if (status == ST_OK) blob_take(text, &marked);
    return status;
}

/* The entry's text with a block in place of another one: an empty one at the end for a new device,
 * which is then set off by a blank line. */
static mpr_status exchange(struct slice text, struct slice old, struct slice block, const char *eol,
                           struct blob *ret)
{
    const char *behind = old.at + old.size;
    const size_t eol_size = strlen(eol);
    struct slice pieces[] = {{text.at, (size_t)(old.at - text.at)},
                             slice_of(""),
                             slice_of(""),
                             block,
                             {behind, (size_t)(text.at + text.size - behind)}};
    const struct slice head = pieces[0];
    const bool ended = head.size && head.at[head.size - 1] == '\n';
    const bool blank = ended && head.size > eol_size && head.at[head.size - eol_size - 1] == '\n';
    mpr_status status;

    if (!old.size && !ended) pieces[1] = slice_of(eol);
    if (!old.size && !blank) pieces[2] = slice_of(eol);
    status = join(pieces, 5, ret);
    if (status == ST_OK && !slice_is_ascii(block)) status = mark_block(ret);
    if (status != ST_OK) blob_free(ret);
    return status;
}

static mpr_status new_text(struct slice text, uint32_t index, const struct phonebook_device *device,
                           bool numbers, struct blob *ret)
{
    struct blob source = {NULL, 0}, block = {NULL, 0};
    struct entry_text t;
    struct slice old;
    uint32_t count;
    mpr_status status = entry_text_open(&t, text);

    if (status != ST_OK) return status;
    old = find_block(&t, text, index - 1, &count);
    if (index < 2 || index > count + 1)
        status = ST_INVALID_PARAMETER;
    else if (index <= count)
        status = as_entry(old, t.eol, &source);
    else
        status = entry_text_template("device", 0, t.eol, &source);
    if (status == ST_OK) status = changed_block(text_of(&source), device, numbers, &block);
    if (status == ST_OK) status = exchange(text, old, text_of(&block), t.eol, ret);
    blob_free(&block);
    blob_free(&source);
    entry_text_close(&t);
    return status;
}

mpr_status phonebook_device_write(struct phonebook *pb, const char16_t *name, uint32_t index,
                                  const struct phonebook_device *device, bool numbers)
{
    struct phonebook_entry *e = entry_find(pb, name);
    struct blob text;
    mpr_status status;

    if (!e) return ST_CANNOT_FIND_PHONEBOOK_ENTRY;
    status = new_text(e->text, index, device, numbers, &text);
    if (status != ST_OK) return status;
    mem_free(e->owned);
    e->owned = (char *)text.data;
    e->text = text_of(&text);
    return ST_OK;
}
