#include "mprctl/cli/address.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int digit_of(char c, unsigned base)
{
    int value = -1;

    if (c >= '0' && c <= '9') value = c - '0';
    if (c >= 'a' && c <= 'f') value = c - 'a' + 10;
    if (c >= 'A' && c <= 'F') value = c - 'A' + 10;
    return value >= 0 && (unsigned)value < base ? value : -1;
}

/* A run of digits up to a maximum; NULL when there is none or it is too large. */
static const char *digits(const char *text, unsigned base, uint32_t max, uint32_t *ret)
{
    uint64_t value = 0;
    const char *at = text;

    for (; digit_of(*at, base) >= 0; at++) {
        value = value * base + (uint64_t)digit_of(*at, base);
        if (value > max) return NULL;
    }
    *ret = (uint32_t)value;
    return at == text ? NULL : at;
}

bool number_parse(const char *text, uint32_t *ret)
{
    bool hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    const char *end = digits(hexadecimal ? text + 2 : text, hexadecimal ? 16 : 10, UINT32_MAX, ret);

    return end && !*end;
}

static const char *dotted(const char *text, uint32_t *ret)
{
    uint32_t octet = 0;

    *ret = 0;
    for (int i = 0; i < 4; i++) {
        if (i && *text++ != '.') return NULL;
        if (text[0] == '0' && digit_of(text[1], 10) >= 0) return NULL;
        text = digits(text, 10, 255, &octet);
        if (!text) return NULL;
        *ret = *ret << 8 | octet;
    }
    return text;
}

bool address4_parse(const char *text, uint32_t *ret)
{
    const char *end = dotted(text, ret);

    return end && !*end;
}

const char *address4_text(uint32_t address, char *buffer)
{
    snprintf(buffer, ADDRESS_TEXT, "%u.%u.%u.%u", (unsigned)(address >> 24),
             (unsigned)(address >> 16 & 255), (unsigned)(address >> 8 & 255),
             (unsigned)(address & 255));
    return buffer;
}

uint32_t mask_of(unsigned length)
{
    return length ? UINT32_MAX << (32 - length) : 0;
}

bool mask_is_whole(uint32_t mask)
{
    return (~mask & (~mask + 1)) == 0;
}

static unsigned mask_length(uint32_t mask)
{
    unsigned length = 0;

    for (; mask & 0x80000000u; mask <<= 1) length++;
    return length;
}

bool prefix4_parse(const char *text, uint32_t *ret_address, uint32_t *ret_mask)
{
    const char *end = dotted(text, ret_address);
    uint32_t length = *ret_address ? 32 : 0;

    if (end && *end == '/') end = digits(end + 1, 10, 32, &length);
    if (!end || *end) return false;
    *ret_mask = mask_of(length);
    return true;
}

const char *prefix4_text(uint32_t address, uint32_t mask, char *buffer)
{
    char one[ADDRESS_TEXT], other[ADDRESS_TEXT];

    if (mask_is_whole(mask))
        snprintf(buffer, ADDRESS_TEXT, "%.15s/%u", address4_text(address, one), mask_length(mask));
    else
        snprintf(buffer, ADDRESS_TEXT, "%.15s mask %.15s", address4_text(address, one),
                 address4_text(mask, other));
    return buffer;
}

/* ---- IPv6 ------------------------------------------------------------------------------------ */

struct groups {
    uint16_t value[8];
    int count, gap; /* gap: where "::" stands, or -1 */
};

static bool add_dotted(struct groups *g, const char **text)
{
    uint32_t four = 0;
    const char *end = dotted(*text, &four);

    if (!end || g->count > 6) return false;
    g->value[g->count++] = (uint16_t)(four >> 16);
    g->value[g->count++] = (uint16_t)four;
    *text = end;
    return true;
}

static bool add_group(struct groups *g, const char **text)
{
    uint32_t value = 0;
    const char *end = digits(*text, 16, 0xFFFF, &value);

    if (!end || end - *text > 4 || g->count > 7) return false;
    if (*end == '.') return add_dotted(g, text);
    g->value[g->count++] = (uint16_t)value;
    *text = end;
    return true;
}

static const char *read_groups(const char *text, struct groups *g)
{
    while (*text && *text != '/') {
        if (text[0] == ':' && text[1] == ':') {
            if (g->gap >= 0) return NULL;
            g->gap = g->count;
            text += 2;
            if (!*text || *text == '/') break;
        } else if (g->count) {
            if (*text++ != ':') return NULL;
        }
        if (!add_group(g, &text)) return NULL;
    }
    return (g->gap >= 0 ? g->count < 8 : g->count == 8) ? text : NULL;
}

static const char *parse6(const char *text, uint8_t ret[16])
{
    struct groups g = {.gap = -1};
    const char *end = read_groups(text, &g);
    int tail = g.gap < 0 ? 0 : g.count - g.gap;

    memset(ret, 0, 16);
    for (int i = 0; end && i < g.count; i++) {
        int at = g.gap >= 0 && i >= g.gap ? 8 - tail + (i - g.gap) : i;

        ret[2 * (size_t)at] = (uint8_t)(g.value[i] >> 8);
        ret[2 * (size_t)at + 1] = (uint8_t)g.value[i];
    }
    return end;
}

bool address6_parse(const char *text, uint8_t ret[16])
{
    const char *end = parse6(text, ret);

    return end && !*end;
}

bool prefix6_parse(const char *text, uint8_t ret[16], uint32_t *ret_length)
{
    static const uint8_t nothing[16];
    const char *end = parse6(text, ret);

    *ret_length = memcmp(ret, nothing, 16) ? 128 : 0;
    if (end && *end == '/') end = digits(end + 1, 10, 128, ret_length);
    return end && !*end;
}

static unsigned group_at(const uint8_t *address, int i)
{
    return (unsigned)address[2 * (size_t)i] << 8 | address[2 * (size_t)i + 1];
}

/* The first of the longest runs of zero groups, of two at least. */
static int longest_gap(const uint8_t *address, int *ret_length)
{
    int best = -1;

    *ret_length = 1;
    for (int i = 0, run = 0; i < 8; i++) {
        run = group_at(address, i) ? 0 : run + 1;
        if (run <= *ret_length) continue;
        *ret_length = run;
        best = i - run + 1;
    }
    return best;
}

const char *address6_text(const uint8_t address[16], char *buffer)
{
    int length = 0, gap = longest_gap(address, &length), used = 0;

    for (int i = 0; i < 8; i++) {
        if (i == gap) {
            used += snprintf(buffer + used, (size_t)(ADDRESS_TEXT - used), "::");
            i += length - 1;
            continue;
        }
        used += snprintf(buffer + used, (size_t)(ADDRESS_TEXT - used), "%s%x",
                         i && i != gap + length ? ":" : "", group_at(address, i));
    }
    return buffer;
}
