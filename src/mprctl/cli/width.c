#include "mprctl/cli/width.h"

#include <stdint.h>

#include "mprctl/cli/json.h"

#define ELLIPSIS "\xE2\x80\xA6"

struct range {
    uint32_t first, last;
};

/* Unicode blocks; single characters of other blocks that differ are not worth their table. */
static const struct range wide[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};
static const struct range combining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E},
    {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

static bool among(const struct range *ranges, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++) {
        if (c >= ranges[i].first && c <= ranges[i].last) return true;
    }
    return false;
}

static uint32_t character_at(const char *text, size_t length)
{
    uint32_t value = (unsigned char)text[0];

    if (length > 1) value &= 0x7Fu >> length;
    for (size_t i = 1; i < length; i++) value = value << 6 | ((unsigned char)text[i] & 0x3Fu);
    return value;
}

static size_t columns_of(const char *text, size_t length)
{
    uint32_t c = character_at(text, length);

    if (length < 2) return 1;
    if (among(combining, sizeof(combining) / sizeof(*combining), c)) return 0;
    return among(wide, sizeof(wide) / sizeof(*wide), c) ? 2 : 1;
}

size_t width_of(const char *text)
{
    size_t width = 0;

    while (*text) {
        size_t length = utf8_length(text);

        width += columns_of(text, length);
        text += length ? length : 1;
    }
    return width;
}

static void add_character(struct text *out, const char *text, size_t length)
{
    unsigned char c = (unsigned char)*text;

    if (!length || c < 0x20 || c == 0x7F)
        text_add(out, "?");
    else
        text_add_part(out, text, length);
}

/* As much as fits into room columns; what was used of them. */
static size_t add_beginning(struct text *out, const char *value, size_t room)
{
    size_t used = 0;

    while (*value) {
        size_t length = utf8_length(value), columns = columns_of(value, length);

        if (used + columns > room) break;
        add_character(out, value, length);
        used += columns;
        value += length ? length : 1;
    }
    return used;
}

void width_add_all(struct text *out, const char *value)
{
    add_beginning(out, value, SIZE_MAX / 2);
}

void width_add(struct text *out, const char *value, size_t width, bool to_the_right)
{
    size_t full = width_of(value), used;

    if (full > width && width > 0) {
        used = add_beginning(out, value, width - 1);
        text_add(out, ELLIPSIS);
        text_fill(out, ' ', width - 1 - used);
        return;
    }
    if (to_the_right) text_fill(out, ' ', width - full);
    add_beginning(out, value, width);
    if (!to_the_right) text_fill(out, ' ', width - full);
}
