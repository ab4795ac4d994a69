/* An entry as an array of lines.
 *
 * Lines that nobody touches keep pointing into the old text; a changed one owns its bytes. An
 * edit that runs out of memory leaves the array in order, and the caller drops the whole.
 */
#include "phonebook/entry_text.h"

#include "base/mem.h"

#include <stdint.h>
#include <string.h>

static bool grow(struct entry_text *t)
{
    size_t capacity = t->capacity ? t->capacity * 2 : 192; /* a full entry has some 150 lines */
    struct entry_line *lines;

    if (t->count < t->capacity) return true;
    lines = mem_grow(t->lines, t->count, capacity, sizeof(*lines));
    if (!lines) return false;
    t->lines = lines;
    t->capacity = capacity;
    return true;
}

/* A DEVICE block before the first MEDIA block belongs to none, and nothing is looked for in it. */
#define NO_MEDIA UINT32_MAX

/* Capitals matter here: "Device" is a key of a MEDIA block. */
static enum part block_begun_by(struct slice key)
{
    if (slice_equal(key, slice_of("MEDIA"))) return PART_MEDIA;
    if (slice_equal(key, slice_of("DEVICE"))) return PART_DEVICE;
    if (slice_equal(key, slice_of("NETCOMPONENTS"))) return PART_NET;
    return PART_HEAD;
}

static bool has_media(const struct entry_text *t)
{
    for (size_t i = 0; i < t->count; i++) {
        if (block_begun_by(t->lines[i].key) == PART_MEDIA) return true;
    }
    return false;
}

/* Gives every line its part and number, and finds "the device". */
static void number_blocks(struct entry_text *t)
{
    struct entry_line at = {.part = PART_HEAD};
    uint32_t medias = 0, devices = 0;
    bool chosen = false, any_media = has_media(t);

    t->device = 0;
    for (size_t i = 0; i < t->count; i++) {
        struct entry_line *line = &t->lines[i];
        enum part begun = block_begun_by(line->key);

        line->begins = begun != PART_HEAD;
        if (begun != PART_HEAD) at.part = begun;
        if (begun == PART_MEDIA) {
            at.media = medias++;
            devices = 0;
        }
        if (begun == PART_DEVICE) {
            at.device = devices++;
            if (!medias && any_media) at.media = NO_MEDIA;
            if (!chosen && !at.media && !slice_equal_nocase(line->value, slice_of("switch")) &&
                !slice_equal_nocase(line->value, slice_of("pad"))) {
                t->device = at.device;
                chosen = true;
            }
        }
        line->part = at.part;
        line->media = at.media;
        line->device = at.device;
    }
}

mpr_status entry_text_open(struct entry_text *t, struct slice text)
{
    struct slice rest = text;
    struct line line;

    *t = (struct entry_text){.eol = "\r\n"};
    while (line_next(&rest, &line)) {
        struct entry_line *added;

        if (!grow(t)) {
            entry_text_close(t);
            return ST_NOT_ENOUGH_MEMORY;
        }
        if (!t->count && line.raw.size >= 2 && line.raw.at[line.raw.size - 1] == '\n' &&
            line.raw.at[line.raw.size - 2] != '\r') {
            t->eol = "\n";
        }
        added = &t->lines[t->count++];
        added->raw = line.raw;
        if (line.kind == LINE_KEY) {
            added->key = line.key;
            added->value = line.value;
        }
    }
    number_blocks(t);
    return ST_OK;
}

void entry_text_close(struct entry_text *t)
{
    for (size_t i = 0; i < t->count; i++) {
        if (t->lines[i].owned) mem_free((void *)(uintptr_t)t->lines[i].raw.at);
    }
    mem_free(t->lines);
    *t = (struct entry_text){0};
}

static bool in_part(const struct entry_text *t, const struct entry_line *line, enum part part)
{
    if (part == PART_HEAD || part == PART_NET) return line->part == part;
    if (line->media) return false;
    if (part == PART_ANY_DEVICE) return line->part == PART_DEVICE;
    return line->part == part && (part == PART_MEDIA || line->device == t->device);
}

size_t entry_line_find(const struct entry_text *t, enum part part, const char *key, size_t index)
{
    struct slice wanted = slice_of(key);
    bool begins = block_begun_by(wanted) != PART_HEAD;

    for (size_t i = 0; i < t->count; i++) {
        const struct entry_line *line = &t->lines[i];

        if (line->begins != begins || !in_part(t, line, part)) continue;
        if (slice_equal_nocase(line->key, wanted) && !index--) return i;
    }
    return LINE_NONE;
}

/* "key=value" and the line end into a line of its own. */
static bool make_line(struct entry_line *line, struct slice key, struct slice value,
                      struct slice eol)
{
    size_t size = key.size + 1 + value.size + eol.size;
    char *text = mem_alloc(size);
    struct writer w;

    if (!text) return false;
    writer_init(&w, text, size);
    wr_bytes(&w, key.at, key.size);
    wr_u8(&w, '=');
    wr_bytes(&w, value.at, value.size);
    wr_bytes(&w, eol.at, eol.size);
    line->raw = (struct slice){text, size};
    line->key = (struct slice){text, key.size};
    line->value = (struct slice){text + key.size + 1, value.size};
    line->owned = true;
    return true;
}

static struct slice eol_of(struct slice raw)
{
    size_t n = 0;

    if (raw.size && raw.at[raw.size - 1] == '\n') n = 1;
    if (n && raw.size > 1 && raw.at[raw.size - 2] == '\r') n = 2;
    return (struct slice){raw.at + raw.size - n, n};
}

mpr_status entry_line_replace(struct entry_text *t, size_t at, const char *value)
{
    struct entry_line *line = &t->lines[at];
    struct entry_line old = *line;

    if (!make_line(line, old.key, slice_of(value), eol_of(old.raw))) return ST_NOT_ENOUGH_MEMORY;
    if (old.owned) mem_free((void *)(uintptr_t)old.raw.at);
    return ST_OK;
}

/* The last line of a file may lack its end, which it needs when another follows. */
static bool end_line(struct entry_text *t, size_t at)
{
    struct entry_line *line = &t->lines[at];
    size_t eol_size = strlen(t->eol), size = line->raw.size + eol_size;
    struct entry_line ended = *line;
    struct writer w;
    char *text;

    if (eol_of(line->raw).size) return true;
    text = mem_alloc(size);
    if (!text) return false;
    writer_init(&w, text, size);
    wr_bytes(&w, line->raw.at, line->raw.size);
    wr_bytes(&w, t->eol, eol_size);
    ended.raw = (struct slice){text, size};
    if (line->key.size) {
        ended.key.at = text + (line->key.at - line->raw.at);
        ended.value.at = text + (line->value.at - line->raw.at);
    }
    if (line->owned) mem_free((void *)(uintptr_t)line->raw.at);
    ended.owned = true;
    *line = ended;
    return true;
}

mpr_status entry_line_insert(struct entry_text *t, size_t at, const char *key, const char *value)
{
    struct entry_line made = {.owned = false};

    if (!grow(t) || !end_line(t, at)) return ST_NOT_ENOUGH_MEMORY;
    if (!make_line(&made, slice_of(key), slice_of(value), slice_of(t->eol))) {
        return ST_NOT_ENOUGH_MEMORY;
    }
    memmove(&t->lines[at + 2], &t->lines[at + 1], (t->count - at - 1) * sizeof(made));
    t->lines[at + 1] = made;
    t->count++;
    number_blocks(t);
    return ST_OK;
}

void entry_line_remove(struct entry_text *t, size_t at)
{
    if (t->lines[at].owned) mem_free((void *)(uintptr_t)t->lines[at].raw.at);
    memmove(&t->lines[at], &t->lines[at + 1], (t->count - at - 1) * sizeof(t->lines[0]));
    t->count--;
    number_blocks(t);
}

static size_t rank_of(enum part part, struct slice key)
{
    for (size_t i = 0; i < known_key_count; i++) {
        if (known_keys[i].part == part && slice_equal_nocase(key, slice_of(known_keys[i].key))) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* The last line with text up to the end of the first MEDIA block, or of the entry. */
static size_t last_text_line(const struct entry_text *t)
{
    size_t last = 0;

    for (size_t i = 0; i < t->count; i++) {
        if (t->lines[i].media && t->lines[i].media != NO_MEDIA) break;
        if (t->lines[i].key.size) last = i;
    }
    return last;
}

/* The line behind which a MEDIA block begins that the entry lacks: before the DEVICE blocks, which
 * are to be its own. */
static size_t place_for_media(const struct entry_text *t)
{
    for (size_t i = 1; i < t->count; i++) {
        if (t->lines[i].begins && t->lines[i].part == PART_DEVICE) return i - 1;
    }
    return last_text_line(t);
}

/* The blocks that belong to the entry's Type (MS-RRASM 2.2.2); a tunnel's where it has none. */
static const char *block_of_type(const struct entry_text *t, enum part part)
{
    size_t at = entry_line_find(t, PART_HEAD, "Type", 0);
    const bool phone = at != LINE_NONE && slice_equal(t->lines[at].value, slice_of("1"));
    const bool broadband = at != LINE_NONE && slice_equal(t->lines[at].value, slice_of("5"));

    if (part == PART_MEDIA) return phone ? "serial" : "rastapi";
    if (phone) return "modem";
    return broadband ? "PPPoE" : "vpn";
}

/* Begins the block of a part that the entry lacks. */
static mpr_status need_block(struct entry_text *t, enum part part)
{
    const bool device = entry_line_find(t, PART_DEVICE, "DEVICE", 0) != LINE_NONE;
    mpr_status status;

    if (part == PART_HEAD || part == PART_NET || (part == PART_DEVICE && device)) return ST_OK;
    if (entry_line_find(t, PART_MEDIA, "MEDIA", 0) == LINE_NONE) {
        status = entry_line_insert(t, place_for_media(t), "MEDIA", block_of_type(t, PART_MEDIA));
        if (status != ST_OK) return status;
    }
    if (part == PART_MEDIA || device) return ST_OK;
    return entry_line_insert(t, last_text_line(t), "DEVICE", block_of_type(t, PART_DEVICE));
}

/* The line behind which a key belongs. */
static size_t place_for(const struct entry_text *t, enum part part, const char *key)
{
    size_t rank = rank_of(part, slice_of(key)), place = 0;

    for (size_t i = 0; i < t->count; i++) {
        const struct entry_line *line = &t->lines[i];

        if (!in_part(t, line, part)) continue;
        if (line->begins) place = i;
        /* Unknown keys (SIZE_MAX) stay behind the known one that they follow. */
        if (line->key.size && rank_of(part, line->key) < rank) place = i;
    }
    return place;
}

mpr_status entry_line_set(struct entry_text *t, enum part part, const char *key, const char *value)
{
    size_t at = entry_line_find(t, part, key, 0);
    mpr_status status;

    if (at != LINE_NONE) return entry_line_replace(t, at, value);
    if (part == PART_ANY_DEVICE) part = PART_DEVICE;
    status = need_block(t, part);
    if (status != ST_OK) return status;
    at = entry_line_find(t, part, key, 0); /* need_block may have begun it with this very line */
    if (at != LINE_NONE) return entry_line_replace(t, at, value);
    return entry_line_insert(t, place_for(t, part, key), key, value);
}

mpr_status entry_text_render(const struct entry_text *t, struct blob *ret)
{
    struct writer w;
    size_t size = 0;

    for (size_t i = 0; i < t->count; i++) size += t->lines[i].raw.size;
    ret->size = size;
    ret->data = mem_alloc(size);
    if (!ret->data) {
        ret->size = 0;
        return ST_NOT_ENOUGH_MEMORY;
    }
    writer_init(&w, ret->data, size);
    for (size_t i = 0; i < t->count; i++) wr_bytes(&w, t->lines[i].raw.at, t->lines[i].raw.size);
    return ST_OK;
}
