/* Reading a phone book: one scan.
 *
 * The file is copied once, and line_next, on every line, finds every odd one while the entries are
 * cut out as slices of the copy. Keys are not looked at: that is done when an entry is used. An
 * odd line stays a part of the entry in which it stands; an odd header begins one that can't be
 * found, so that what follows it is not taken for a part of the entry before.
 */
#include "phonebook/document.h"

#include "base/mem.h"

#include <string.h>

struct parse {
    struct phonebook *pb;
    struct phonebook_entry *open; /* the entry whose text is not yet complete */
    size_t line;
    struct phonebook_error error;
};

static void close_entry(struct parse *p, const char *end)
{
    if (p->open) {
        p->open->text.size = (size_t)(end - p->open->text.at);
    } else {
        p->pb->preamble.size = (size_t)(end - p->pb->preamble.at);
    }
}

/* The first odd line is told of, all are counted. */
static void note_odd(struct parse *p, const char *reason)
{
    if (p->error.odd_lines++) return;
    p->error.line = p->line;
    p->error.reason = reason;
}

static mpr_status open_entry(struct parse *p, const struct line *line)
{
    char16_t name[ENTRY_NAME_MAX + 1] = u"";
    const char *fault = line->fault;
    struct phonebook_entry *e;
    size_t units = 0;

    if (!fault) units = slice_decode(line->key, name, ENTRY_NAME_MAX + 1);
    if (units == SIZE_MAX) fault = "entry name too long";
    close_entry(p, line->raw.at);
    e = entry_create(name, fault ? 0 : units);
    if (!e) return ST_NOT_ENOUGH_MEMORY;
    if (fault) note_odd(p, fault);
    e->nameless = fault != NULL;
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
    if (line->kind == LINE_FAULTY) note_odd(p, line->fault);
    if (line->kind == LINE_KEY && !p->open) note_odd(p, "key before the first entry");
    return ST_OK;
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

/* What no line can be cut from: text of 16 or 32 bits a character, and what is no text. */
static mpr_status refuse_binary(struct parse *p, struct slice text)
{
    const unsigned char *at = (const unsigned char *)text.at;
    const char *nul = text.size ? memchr(text.at, '\0', text.size) : NULL;

    if (text.size >= 2 && ((at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF))) {
        p->error = (struct phonebook_error){1, "UTF-16 text", 0};
    } else if (nul) {
        p->error = (struct phonebook_error){count_lines(text.at, nul), "NUL byte", 0};
    } else {
        return ST_OK;
    }
    return ST_CANNOT_LOAD_PHONEBOOK;
}

static mpr_status parse_file(struct parse *p, struct slice text)
{
    struct slice rest;
    struct line line;
    const char *newline = text.size ? memchr(text.at, '\n', text.size) : NULL;
    mpr_status status = refuse_binary(p, text);

    if (status != ST_OK) return status;
    p->pb->eol = newline && (newline == text.at || newline[-1] != '\r') ? "\n" : "\r\n";
    p->pb->mark = slice_mark(text);
    rest = (struct slice){text.at + p->pb->mark.size, text.size - p->pb->mark.size};
    p->pb->preamble = (struct slice){rest.at, 0};
    while (status == ST_OK && line_next(&rest, &line)) status = parse_line(p, &line);
    close_entry(p, text.at + text.size);
    return status;
}

mpr_status phonebook_parse(struct phonebook **ret, const void *data, size_t size,
                           struct phonebook_error *error)
{
    struct parse p = {NULL, NULL, 0, {0, NULL, 0}};
    mpr_status status = ST_NOT_ENOUGH_MEMORY;

    *ret = NULL;
    p.pb = mem_alloc(sizeof(*p.pb));
    if (p.pb) p.pb->file = mem_dup(data, size);
    if (p.pb && p.pb->file) status = parse_file(&p, (struct slice){p.pb->file, size});
    if (status == ST_OK) {
        *ret = p.pb;
    } else {
        phonebook_free(p.pb);
    }
    if (status == ST_NOT_ENOUGH_MEMORY) p.error = (struct phonebook_error){0, "out of memory", 0};
    if (error) *error = p.error;
    return status;
}
