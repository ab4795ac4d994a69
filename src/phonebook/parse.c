/* Reading a phone book: one scan.
 *
 * The file is copied once, and line_next, on every line, finds every error while the entries are
 * cut out as slices of the copy. Keys are not looked at: that is done when an entry is used.
 */
#include "phonebook/document.h"

#include "base/mem.h"

#include <string.h>

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
