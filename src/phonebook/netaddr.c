/* IPv4 and IPv6 addresses from and to text. */
#include "phonebook/netaddr.h"

#include <stdio.h>
#include <string.h>

bool ipv4_parse(struct slice text, uint32_t *ret)
{
    uint32_t address = 0;
    size_t at = 0;

    for (int part = 0; part < 4; part++) {
        uint32_t value = 0;
        size_t digits = 0;

        if (part && (at == text.size || text.at[at++] != '.')) return false;
        for (; at < text.size && text.at[at] >= '0' && text.at[at] <= '9'; at++, digits++) {
            value = value * 10 + (uint32_t)(text.at[at] - '0');
            if (value > 255) return false;
        }
        if (!digits || digits > 3) return false;
        address = address << 8 | value;
    }
    if (at != text.size) return false;
    *ret = address;
    return true;
}

void ipv4_format(uint32_t address, char text[16])
{
    snprintf(text, 16, "%u.%u.%u.%u", (unsigned)(address >> 24), (unsigned)(address >> 16 & 255),
             (unsigned)(address >> 8 & 255), (unsigned)(address & 255));
}

/* Groups of a part without "::"; how many, or -1. A dotted tail counts as two. */
static int parse_groups(struct slice text, uint16_t groups[8])
{
    int count = 0;

    while (text.size) {
        unsigned value = 0;
        size_t n = 0;
        uint32_t tail;

        if (count <= 6 && ipv4_parse(text, &tail)) {
            groups[count] = (uint16_t)(tail >> 16);
            groups[count + 1] = (uint16_t)(tail & 0xFFFF);
            return count + 2;
        }
        for (; n < text.size && n < 4 && hex_digit(text.at[n]) >= 0; n++) {
            value = value << 4 | (unsigned)hex_digit(text.at[n]);
        }
        if (!n || count == 8) return -1;
        groups[count++] = (uint16_t)value;
        if (n == text.size) return count;
        if (text.at[n] != ':' || n + 1 == text.size) return -1;
        text.at += n + 1;
        text.size -= n + 1;
    }
    return count;
}

/* Where "::" begins, or text.size. */
static size_t find_gap(struct slice text)
{
    for (size_t i = 0; i + 1 < text.size; i++) {
        if (text.at[i] == ':' && text.at[i + 1] == ':') return i;
    }
    return text.size;
}

bool ipv6_parse(struct slice text, uint8_t ret[16])
{
    uint16_t head[8] = {0}, tail[8] = {0};
    size_t gap = find_gap(text);
    bool has_gap = gap < text.size;
    int heads = parse_groups((struct slice){text.at, gap}, head);
    int tails = 0;

    if (has_gap) {
        tails = parse_groups((struct slice){text.at + gap + 2, text.size - gap - 2}, tail);
    }
    if (heads < 0 || tails < 0 || (has_gap ? heads + tails > 7 : heads != 8)) return false;
    for (int i = 0; i < tails; i++) head[8 - tails + i] = tail[i];
    for (size_t i = 0; i < 8; i++) {
        ret[2 * i] = (uint8_t)(head[i] >> 8);
        ret[2 * i + 1] = (uint8_t)(head[i] & 0xFF);
    }
    return true;
}

/* The longest run of zero groups, at least two; its length is 0 when there is none. */
static int longest_gap(const uint16_t groups[8], int *ret_start)
{
    int best = 0;

    *ret_start = 8;
    for (int i = 0; i < 8; i++) {
        int n = 0;

        while (i + n < 8 && !groups[i + n]) n++;
        if (n > 1 && n > best) {
            best = n;
            *ret_start = i;
        }
        i += n;
    }
    return best;
}

void ipv6_format(const uint8_t address[16], char text[40])
{
    uint16_t groups[8];
    int start, gap;
    size_t used = 0;

    for (size_t i = 0; i < 8; i++) {
        groups[i] = (uint16_t)((unsigned)address[2 * i] << 8 | address[2 * i + 1]);
    }
    gap = longest_gap(groups, &start);
    text[0] = '\0';
    for (int i = 0; i < 8; i++) {
        if (gap && i == start) {
            memcpy(text + used, i ? ":" : "::", i ? 2 : 3);
            used += i ? 1 : 2;
            i += gap - 1;
            continue;
        }
        used += (size_t)snprintf(text + used, 40 - used, i == 7 ? "%x" : "%x:", groups[i]);
    }
}
