/* The phone book: a list of entries in file order and an index by folded name.
 *
 * The file is copied once and scanned once (line_next on every line, which is what finds every
 * error), while entries are cut out of it. An entry is changed by building its new text aside and
 * exchanging it for the old one, so nothing is ever half changed.
 */
#include "phonebook/phonebook.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/utf16.h"
#include "phonebook/settings_rows.h"

#include <string.h>

struct phonebook_entry {
    struct phonebook_entry *prev, *next; /* file order, all entries */
    UT_hash_handle hh;                   /* index; not for duplicates */
    struct slice text;                   /* from the header to the next header */
    char *owned;                         /* text.at when it is not a part of the file */
    bool duplicate;
    size_t key_size; /* bytes of key */
    char16_t *key;   /* folded name, behind name */
    char16_t name[]; /* as in the file */
};

struct phonebook {
    char *file;
    struct slice preamble; /* blank lines before the first entry */
    const char *eol;       /* what new entries use */
    struct phonebook_entry *entries;
    struct phonebook_entry *index;
    size_t count, duplicates, first_duplicate;
};

/* ---- Entries ------------------------------------------------------------------------------- */

static struct phonebook_entry *entry_create(const char16_t *name, size_t units)
{
    struct phonebook_entry *e = mem_alloc(sizeof(*e) + 2 * (units + 1) * sizeof(*name));

    if (!e) return NULL;
    memcpy(e->name, name, units * sizeof(*name));
    e->key = e->name + units + 1;
    e->key_size = u16_fold_copy(e->key, units + 1, e->name) * sizeof(*name);
    return e;
}

static void entry_free(struct phonebook_entry *e)
{
    mem_free(e->owned);
    mem_free(e);
}

static struct phonebook_entry *index_find(const struct phonebook *pb, const char16_t *key,
                                          size_t size)
{
    struct phonebook_entry *found = NULL;

    HASH_FIND(hh, pb->index, key, size, found);
    return found;
}

/* Appends to the list and, if it is the first of its name, to the index. */
static mpr_status entry_link(struct phonebook *pb, struct phonebook_entry *e)
{
    e->duplicate = index_find(pb, e->key, e->key_size) != NULL;
    if (!e->duplicate) {
        HASH_ADD_KEYPTR(hh, pb->index, e->key, e->key_size, e);
        if (!e->hh.tbl) return ST_NOT_ENOUGH_MEMORY;
        pb->count++;
    } else {
        pb->duplicates++;
    }
    DL_APPEND(pb->entries, e);
    return ST_OK;
}

static void entry_unlink(struct phonebook *pb, struct phonebook_entry *e)
{
    if (e->duplicate) {
        pb->duplicates--;
    } else {
        HASH_DELETE(hh, pb->index, e);
        pb->count--;
    }
    DL_DELETE(pb->entries, e);
    entry_free(e);
}

void phonebook_free(struct phonebook *pb)
{
    struct phonebook_entry *e, *next;

    if (!pb) return;
    HASH_CLEAR(hh, pb->index);
    DL_FOREACH_SAFE(pb->entries, e, next) entry_free(e);
    mem_free(pb->file);
    mem_free(pb);
}

/* ---- Reading ------------------------------------------------------------------------------- */

struct parse {
    struct phonebook *pb;
    struct phonebook_entry *open; /* the entry whose text is not yet complete */
    size_t line;
    const char *fault;
};

static void close_entry(struct parse *p, const char *end)
{
    if (p->open) {
        p->open->text.size = (size_t)(end - p->open->text.at);
    } else {
        p->pb->preamble.size = (size_t)(end - p->pb->preamble.at);
    }
}

static mpr_status open_entry(struct parse *p, const struct line *line)
{
    char16_t name[ENTRY_NAME_MAX + 1];
    size_t units = slice_decode(line->key, name, ENTRY_NAME_MAX + 1);
    struct phonebook_entry *e;

    if (units == SIZE_MAX) {
        p->fault = "entry name too long";
        return ST_CANNOT_LOAD_PHONEBOOK;
    }
    close_entry(p, line->raw.at);
    e = entry_create(name, units);
    if (!e) return ST_NOT_ENOUGH_MEMORY;
    e->text.at = line->raw.at;
    if (entry_link(p->pb, e) != ST_OK) {
        entry_free(e);
        return ST_NOT_ENOUGH_MEMORY;
    }
    if (e->duplicate && !p->pb->first_duplicate) p->pb->first_duplicate = p->line;
    p->open = e;
    return ST_OK;
}

static mpr_status parse_line(struct parse *p, const struct line *line)
{
    p->line++;
    if (line->kind == LINE_SECTION) return open_entry(p, line);
    if (line->kind == LINE_FAULTY) p->fault = line->fault;
    if (line->kind == LINE_KEY && !p->open) p->fault = "key before the first entry";
    return p->fault ? ST_CANNOT_LOAD_PHONEBOOK : ST_OK;
}

static size_t count_lines(const char *from, const char *to)
{
    size_t lines = 1;

    while ((from = memchr(from, '\n', (size_t)(to - from))) != NULL) {
        from++;
        lines++;
    }
    return lines;
}

/* The text without the byte-order mark that some editors leave. */
static struct slice text_of(const char *file, size_t size)
{
    size_t skip = size >= 3 && !memcmp(file, "\xEF\xBB\xBF", 3) ? 3 : 0;

    return (struct slice){file + skip, size - skip};
}

static mpr_status parse_file(struct parse *p, struct slice text)
{
    const char *nul = memchr(text.at, '\0', text.size), *newline;
    struct slice rest = text;
    struct line line;
    mpr_status status = ST_OK;

    if (nul) {
        p->line = count_lines(text.at, nul);
        p->fault = "NUL byte";
        return ST_CANNOT_LOAD_PHONEBOOK;
    }
    newline = memchr(text.at, '\n', text.size);
    p->pb->eol = newline && (newline == text.at || newline[-1] != '\r') ? "\n" : "\r\n";
    p->pb->preamble = (struct slice){text.at, 0};
    while (status == ST_OK && line_next(&rest, &line)) status = parse_line(p, &line);
    close_entry(p, text.at + text.size);
    return status;
}

mpr_status phonebook_parse(struct phonebook **ret, const void *data, size_t size,
                           struct phonebook_error *error)
{
    struct parse p = {NULL, NULL, 0, NULL};
    mpr_status status = ST_NOT_ENOUGH_MEMORY;

    *ret = NULL;
    if (error) *error = (struct phonebook_error){0, NULL};
    p.pb = mem_alloc(sizeof(*p.pb));
    if (p.pb) p.pb->file = mem_dup(data, size);
    if (p.pb && p.pb->file) status = parse_file(&p, text_of(p.pb->file, size));
    if (status == ST_OK) {
        *ret = p.pb;
        return ST_OK;
    }
    phonebook_free(p.pb);
    if (error) {
        error->reason = p.fault ? p.fault : "out of memory";
        error->line = p.fault ? p.line : 0;
    }
    return status;
}

size_t phonebook_count(const struct phonebook *pb)
{
    return pb->count;
}

size_t phonebook_duplicates(const struct phonebook *pb, size_t *ret_line)
{
    if (ret_line) *ret_line = pb->duplicates ? pb->first_duplicate : 0;
    return pb->duplicates;
}

static struct phonebook_entry *find(const struct phonebook *pb, const char16_t *name)
{
    char16_t key[ENTRY_NAME_MAX + 2];
    size_t units = u16_fold_copy(key, ENTRY_NAME_MAX + 2, name);

    return units > ENTRY_NAME_MAX ? NULL : index_find(pb, key, units * sizeof(key[0]));
}

const struct phonebook_entry *phonebook_find(const struct phonebook *pb, const char16_t *name)
{
    return find(pb, name);
}

const struct phonebook_entry *phonebook_next(const struct phonebook *pb,
                                             const struct phonebook_entry *previous)
{
    const struct phonebook_entry *e = previous ? previous->next : pb->entries;

    while (e && e->duplicate) e = e->next;
    return e;
}

const char16_t *phonebook_entry_name(const struct phonebook_entry *entry)
{
    return entry->name;
}

mpr_status phonebook_entry_value(const struct phonebook_entry *entry, const char *key,
                                 size_t index, char16_t *target, size_t capacity)
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

/* ---- Writing ------------------------------------------------------------------------------- */

static size_t write_file(const struct phonebook *pb, struct writer *w)
{
    const struct phonebook_entry *e;
    size_t size = pb->preamble.size;

    wr_bytes(w, pb->preamble.at, pb->preamble.size);
    DL_FOREACH(pb->entries, e) {
        bool open_ended = e->next && e->text.at[e->text.size - 1] != '\n';

        wr_bytes(w, e->text.at, e->text.size);
        if (open_ended) wr_bytes(w, pb->eol, strlen(pb->eol));
        size += e->text.size + (open_ended ? strlen(pb->eol) : 0);
    }
    return size;
}

mpr_status phonebook_write(const struct phonebook *pb, struct blob *out)
{
    struct blob written = {NULL, 0};
    struct writer w;

    writer_init(&w, NULL, 0);
    written.size = write_file(pb, &w);
    if (written.size) {
        written.data = mem_alloc(written.size);
        if (!written.data) return ST_NOT_ENOUGH_MEMORY;
    }
    writer_init(&w, written.data, written.size);
    write_file(pb, &w);
    blob_take(out, &written);
    return ST_OK;
}

/* Text of an entry after settings were applied to it; *ret is the caller's. */
static mpr_status edited_text(struct slice text, const struct phonebook_settings *settings,
                              struct blob *ret)
{
    struct entry_text t;
    mpr_status status = entry_text_open(&t, text);

    if (status != ST_OK) return status;
    status = settings_apply(&t, settings);
    if (status == ST_OK) status = entry_text_render(&t, ret);
    entry_text_close(&t);
    return status;
}

static void own_text(struct phonebook_entry *e, struct blob *text)
{
    mem_free(e->owned);
    e->owned = (char *)text->data;
    e->text = (struct slice){e->owned, text->size};
    *text = (struct blob){NULL, 0};
}

/* FNV-1a of the name: equal names can't be in one file, so this is as good as a counter, and it
 * does not depend on the order in which entries are made. */
static uint32_t uid_of(const char *name)
{
    uint32_t hash = 0x811C9DC5u;

    for (; *name; name++) hash = (hash ^ (unsigned char)*name) * 0x01000193u;
    return hash & 0x7FFFFFFFu;
}

/* UTF-8 of a name that can stand in a header; ST_INVALID_PARAMETER if it can't. */
static mpr_status header_name(const char16_t *name, char text[ENTRY_NAME_BYTES_MAX])
{
    char16_t back[ENTRY_NAME_MAX + 1];
    size_t units = u16_length(name, ENTRY_NAME_MAX + 1), size;
    bool visible = false;

    if (units > ENTRY_NAME_MAX) return ST_INVALID_PARAMETER;
    for (size_t i = 0; i < units; i++) {
        if (name[i] < 0x20) return ST_INVALID_PARAMETER;
        if (name[i] != u' ') visible = true;
    }
    if (!visible) return ST_INVALID_PARAMETER;
    size = u16_to_utf8(text, ENTRY_NAME_BYTES_MAX, name, units);
    /* A lone surrogate would come back as another name. */
    if (size == SIZE_MAX || u16_from_utf8(back, ENTRY_NAME_MAX + 1, text, size) != units ||
        !u16_equal(back, name)) {
        return ST_INVALID_PARAMETER;
    }
    return ST_OK;
}

mpr_status phonebook_add(struct phonebook *pb, const char16_t *name,
                         const struct phonebook_settings *settings)
{
    char utf8[ENTRY_NAME_BYTES_MAX];
    struct blob fresh = {NULL, 0}, text = {NULL, 0};
    struct phonebook_entry *e = NULL;
    mpr_status status = header_name(name, utf8);

    if (status != ST_OK) return status;
    if (find(pb, name)) return ST_ALREADY_EXISTS;
    status = entry_text_template(utf8, uid_of(utf8), pb->eol, &fresh);
    if (status == ST_OK) {
        status = edited_text((struct slice){(char *)fresh.data, fresh.size}, settings, &text);
    }
    blob_free(&fresh);
    if (status != ST_OK) return status;
    e = entry_create(name, u16_length(name, ENTRY_NAME_MAX));
    if (!e) {
        blob_free(&text);
        return ST_NOT_ENOUGH_MEMORY;
    }
    own_text(e, &text);
    status = entry_link(pb, e);
    if (status != ST_OK) entry_free(e);
    return status;
}

mpr_status phonebook_replace(struct phonebook *pb, const char16_t *name,
                             const struct phonebook_settings *settings)
{
    struct phonebook_entry *e = find(pb, name);
    struct blob text = {NULL, 0};
    mpr_status status;

    if (!e) return ST_CANNOT_FIND_PHONEBOOK_ENTRY;
    status = edited_text(e->text, settings, &text);
    if (status == ST_OK) own_text(e, &text);
    return status;
}

mpr_status phonebook_remove(struct phonebook *pb, const char16_t *name)
{
    struct phonebook_entry *found = find(pb, name), *e, *next;
    char16_t key[ENTRY_NAME_MAX + 1];
    size_t size;

    if (!found) return ST_CANNOT_FIND_PHONEBOOK_ENTRY;
    size = found->key_size;
    memcpy(key, found->key, size);
    if (!pb->duplicates) {
        entry_unlink(pb, found);
        return ST_OK;
    }
    DL_FOREACH_SAFE(pb->entries, e, next) {
        if (e->key_size == size && !memcmp(e->key, key, size)) entry_unlink(pb, e);
    }
    return ST_OK;
}
