/* UTF-16 strings: lengths, copies, folding, UTF-8.
 *
 * Folding maps a lower-case letter to its upper-case one, unit by unit, for the alphabets that
 * the header names. It is a table of ranges with the two regular forms that Unicode uses: a fixed
 * distance, or upper and lower case alternating.
 */
#include "base/utf16.h"

#include "base/mem.h"

#include <string.h>

size_t u16_length(const char16_t *s, size_t limit)
{
    size_t n = 0;

    while (n < limit && s[n]) n++;
    return n;
}

bool u16_copy(char16_t *target, size_t capacity, const char16_t *source)
{
    size_t n = u16_length(source, capacity);

    if (!capacity) return false;
    if (n == capacity) {
        target[0] = 0;
        return false;
    }
    memmove(target, source, (n + 1) * sizeof(*target));
    target[n] = 0;
    return true;
}

void u16_copy_cut(char16_t *target, size_t capacity, const char16_t *source)
{
    size_t n = u16_length(source, capacity - 1);

    memcpy(target, source, n * sizeof(*target));
    target[n] = 0;
}

bool u16_equal(const char16_t *a, const char16_t *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

bool u16_equal_nocase(const char16_t *a, const char16_t *b)
{
    while (*a && u16_fold(*a) == u16_fold(*b)) {
        a++;
        b++;
    }
    return u16_fold(*a) == u16_fold(*b);
}

enum fold_form {
    FOLD_DISTANCE, /* upper = lower - distance */
    FOLD_ODD,      /* lower case at odd code points, upper just before */
    FOLD_EVEN      /* lower case at even code points, upper just before */
};

static const struct fold_range {
    char16_t first, last;
    enum fold_form form;
    int distance;
} fold_ranges[] = {
    {0x00E0, 0x00F6, FOLD_DISTANCE, 0x20},  /* Latin-1 */
    {0x00F8, 0x00FE, FOLD_DISTANCE, 0x20},  /* without the division sign */
    {0x00FF, 0x00FF, FOLD_DISTANCE, -0x79}, /* y diaeresis: U+0178 */
    {0x0100, 0x012F, FOLD_ODD, 0},          /* Latin Extended-A */
    {0x0132, 0x0137, FOLD_ODD, 0},          /* dotless i and dotted I stay apart, as in Windows */
    {0x0139, 0x0148, FOLD_EVEN, 0},
    {0x014A, 0x0177, FOLD_ODD, 0},
    {0x0179, 0x017E, FOLD_EVEN, 0},
    {0x03AC, 0x03AC, FOLD_DISTANCE, 0x26}, /* Greek with tonos */
    {0x03AD, 0x03AF, FOLD_DISTANCE, 0x25},
    {0x03B1, 0x03C1, FOLD_DISTANCE, 0x20},
    {0x03C2, 0x03C2, FOLD_DISTANCE, 0x1F}, /* final sigma */
    {0x03C3, 0x03CB, FOLD_DISTANCE, 0x20},
    {0x03CC, 0x03CC, FOLD_DISTANCE, 0x40},
    {0x03CD, 0x03CE, FOLD_DISTANCE, 0x3F},
    {0x0430, 0x044F, FOLD_DISTANCE, 0x20}, /* Cyrillic */
    {0x0450, 0x045F, FOLD_DISTANCE, 0x50},
    {0x0460, 0x0481, FOLD_ODD, 0},
    {0x048A, 0x04BF, FOLD_ODD, 0},
    {0x04C1, 0x04CE, FOLD_EVEN, 0},
    {0x04CF, 0x04CF, FOLD_DISTANCE, 0x0F},
    {0x04D0, 0x052F, FOLD_ODD, 0},
};

static char16_t fold_by(const struct fold_range *range, char16_t unit)
{
    switch (range->form) {
    case FOLD_ODD:
        return (char16_t)(unit & ~1u);
    case FOLD_EVEN:
        return (char16_t)(unit - (unit % 2 == 0));
    case FOLD_DISTANCE:
    default:
        return (char16_t)(unit - range->distance);
    }
}

char16_t u16_fold(char16_t unit)
{
    if (unit < 0x80) return unit >= u'a' && unit <= u'z' ? (char16_t)(unit - 0x20) : unit;
    if (unit > 0x052F) return unit;
    for (size_t i = 0; i < sizeof(fold_ranges) / sizeof(fold_ranges[0]); i++) {
        if (unit < fold_ranges[i].first) break;
        if (unit <= fold_ranges[i].last) return fold_by(&fold_ranges[i], unit);
    }
    return unit;
}

size_t u16_fold_copy(char16_t *target, size_t capacity, const char16_t *source)
{
    size_t n = 0;

    if (!capacity) return 0;
    for (; n + 1 < capacity && source[n]; n++) target[n] = u16_fold(source[n]);
    target[n] = 0;
    return n;
}

char16_t *u16_dup(const char16_t *s)
{
    return mem_dup(s, (u16_length(s, SIZE_MAX / sizeof(*s) - 1) + 1) * sizeof(*s));
}

size_t u16_multi_units(const char16_t *multi, size_t limit)
{
    size_t n = 0;

    while (n < limit && multi[n]) {
        n += u16_length(multi + n, limit - n) + 1;
    }
    /* n is now at the empty string that ends the list; an empty list has two NULs as well. */
    n += n ? 1 : 2;
    return n < limit ? n : limit;
}

/* One code point from UTF-8 (RFC 3629: shortest form, no surrogates); its bytes, 0 if invalid. */
static size_t utf8_decode(const unsigned char *p, size_t left, uint32_t *ret_code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    uint32_t code;

    if (!n || p[0] > 0xF4 || n > left) return 0;
    code = n == 1 ? p[0] : p[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
        code = code << 6 | (p[i] & 0x3Fu);
    }
    if (code < least[n] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0;
    *ret_code = code;
    return n;
}

size_t u16_from_utf8(char16_t *target, size_t capacity, const char *bytes, size_t size)
{
    const unsigned char *p = (const unsigned char *)bytes;
    size_t used = 0;

    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        size_t n = utf8_decode(p + at, size - at, &code);
        size_t units = code >= 0x10000 ? 2 : 1;

        if (!n || used + units >= capacity) return SIZE_MAX;
        if (units == 2) {
            target[used++] = (char16_t)(0xD800 + ((code - 0x10000) >> 10));
            target[used++] = (char16_t)(0xDC00 + ((code - 0x10000) & 0x3FF));
        } else {
            target[used++] = (char16_t)code;
        }
        at += n;
    }
    if (used >= capacity) return SIZE_MAX;
    target[used] = 0;
    return used;
}

static size_t utf8_encode(unsigned char out[4], uint32_t code)
{
    size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};

    for (size_t i = n; i-- > 1; code >>= 6) out[i] = (unsigned char)(0x80 | (code & 0x3F));
    out[0] = (unsigned char)(lead[n] | code);
    return n;
}

/* The code point at s[*at], which is moved behind it. */
static uint32_t utf16_decode(const char16_t *s, size_t units, size_t *at)
{
    uint32_t first = s[(*at)++];

    if (first < 0xD800 || first > 0xDFFF) return first;
    if (first < 0xDC00 && *at < units && s[*at] >= 0xDC00 && s[*at] <= 0xDFFF) {
        return 0x10000 + ((first - 0xD800) << 10) + (s[(*at)++] - 0xDC00u);
    }
    return 0xFFFD;
}

size_t u16_to_utf8(char *target, size_t capacity, const char16_t *s, size_t units)
{
    size_t used = 0;

    for (size_t at = 0; at < units;) {
        unsigned char encoded[4];
        size_t n = utf8_encode(encoded, utf16_decode(s, units, &at));

        if (used + n >= capacity) return SIZE_MAX;
        memcpy(target + used, encoded, n);
        used += n;
    }
    if (used >= capacity) return SIZE_MAX;
    target[used] = '\0';
    return used;
}
