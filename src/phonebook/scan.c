/* The line scanner.
 *
 * It is the one pass over a file of 30 MB, so it does no more than two memchr a line and compares
 * a few bytes at either end. That a file has no NUL is seen beforehand, in one memchr.
 */
#include "phonebook/scan.h"

#include "base/utf16.h"

#include <stdint.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static struct slice trim(const char *from, const char *to)
{
    while (from < to && is_blank(*from)) from++;
    while (to > from && is_blank(to[-1])) to--;
    return (struct slice){from, (size_t)(to - from)};
}

static void faulty(struct line *line, const char *reason)
{
    line->kind = LINE_FAULTY;
    line->fault = reason;
}

static void read_section(struct line *line, struct slice text)
{
    line->kind = LINE_SECTION;
    line->key = (struct slice){text.at + 1, text.size - 1};
    if (text.size < 2 || text.at[text.size - 1] != ']') {
        line->fault = "section header without ]";
        return;
    }
    line->key.size--;
    if (!trim(line->key.at, line->key.at + line->key.size).size) {
        line->fault = "empty entry name";
    } else if (line->key.size > ENTRY_NAME_BYTES_MAX) {
        line->fault = "entry name too long";
    }
}

static void read_key(struct line *line, struct slice text)
{
    const char *equals = memchr(text.at, '=', text.size);

    line->kind = LINE_KEY;
    if (!equals) {
        faulty(line, "line without =");
        return;
    }
    line->key = trim(text.at, equals);
    line->value = trim(equals + 1, text.at + text.size);
    if (!line->key.size) faulty(line, "no key before =");
}

struct slice slice_mark(struct slice text)
{
    static const char mark[] = "\xEF\xBB\xBF";

    return (struct slice){text.at, text.size >= 3 && !memcmp(text.at, mark, 3) ? 3 : 0};
}

bool line_next(struct slice *rest, struct line *ret)
{
    const char *end, *newline;
    struct slice text;

    if (!rest->size) return false;
    newline = memchr(rest->at, '\n', rest->size);
    end = newline ? newline : rest->at + rest->size;
    *ret = (struct line){.kind = LINE_BLANK};
    ret->raw.at = rest->at;
    ret->raw.size = (size_t)(end - rest->at) + (newline != NULL);
    text = trim(rest->at, end);
    if (text.size && (unsigned char)text.at[0] == 0xEF) {
        text = trim(text.at + slice_mark(text).size, end);
    }
    if (text.size && text.at[0] == '[') {
        read_section(ret, text);
    } else if (text.size) {
        read_key(ret, text);
    }
    if ((size_t)(end - rest->at) > LINE_SIZE_MAX) {
        if (ret->kind != LINE_SECTION) ret->kind = LINE_FAULTY;
        ret->fault = "line too long";
    }
    rest->at += ret->raw.size;
    rest->size -= ret->raw.size;
    return true;
}

struct slice slice_of(const char *text)
{
    return (struct slice){text, strlen(text)};
}

bool slice_equal(struct slice a, struct slice b)
{
    return a.size == b.size && (!a.size || !memcmp(a.at, b.at, a.size));
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool slice_equal_nocase(struct slice a, struct slice b)
{
    if (a.size != b.size) return false;
    for (size_t i = 0; i < a.size; i++) {
        if (lower(a.at[i]) != lower(b.at[i])) return false;
    }
    return true;
}

/* 0x80..0x9F of Windows-1252; the five that it lacks stay what they are, as in Windows. */
static const char16_t cp1252[32] = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

static size_t decode_cp1252(struct slice text, char16_t *target, size_t capacity)
{
    if (text.size >= capacity) return SIZE_MAX;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.at[i];

        target[i] = c >= 0x80 && c < 0xA0 ? cp1252[c - 0x80] : c;
    }
    target[text.size] = 0;
    return text.size;
}

/* Whether the bytes are UTF-8 at all: u16_from_utf8 does not tell that from a lack of room. */
static bool is_utf8(struct slice text)
{
    char16_t piece[64];

    while (text.size) {
        size_t n = text.size < 60 ? text.size : 60;

        /* Not in the middle of a character. */
        while (n < text.size && n > 56 && ((unsigned char)text.at[n] & 0xC0) == 0x80) n--;
        if (u16_from_utf8(piece, 64, text.at, n) == SIZE_MAX) return false;
        text.at += n;
        text.size -= n;
    }
    return true;
}

size_t slice_decode(struct slice text, char16_t *target, size_t capacity)
{
    size_t units;

    if (!capacity) return SIZE_MAX;
    units = is_utf8(text) ? u16_from_utf8(target, capacity, text.at, text.size)
                          : decode_cp1252(text, target, capacity);
    if (units == SIZE_MAX) target[0] = 0;
    return units;
}

bool slice_number(struct slice text, unsigned long *ret)
{
    bool negative = text.size && text.at[0] == '-';
    uint64_t value = 0;

    *ret = 0;
    if (text.size <= negative || text.size > 11) return false;
    for (size_t i = negative; i < text.size; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return false;
        value = value * 10 + (unsigned)(text.at[i] - '0');
    }
    if (value > (negative ? 0x80000000u : 0xFFFFFFFFu)) return false;
    *ret = (uint32_t)(negative ? 0 - value : value);
    return true;
}

bool slice_is_ascii(struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.at[i] >= 0x80) return false;
    }
    return true;
}

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}
