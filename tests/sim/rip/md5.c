/* Straight from the text of RFC 1321 3; the table T is computed, as there, from the sine. */
#include "sim/rip/md5.h"

#include <math.h>
#include <string.h>

static uint32_t rotate(uint32_t x, unsigned n)
{
    return x << n | x >> (32 - n);
}

static void block(uint32_t state[4], const uint8_t *p)
{
    static const unsigned shifts[4][4] = {
        {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    uint32_t x[16], a = state[0], b = state[1], c = state[2], d = state[3];

    for (size_t i = 0; i < 16; i++)
        x[i] = (uint32_t)p[4 * i] | (uint32_t)p[4 * i + 1] << 8 | (uint32_t)p[4 * i + 2] << 16 |
               (uint32_t)p[4 * i + 3] << 24;
    for (unsigned i = 0; i < 64; i++) {
        unsigned round = i / 16, k;
        uint32_t f;
        uint32_t t;
        uint32_t next;
        if (round == 0) {
            f = (b & c) | (~b & d);
            k = i;
        } else if (round == 1) {
            f = (b & d) | (c & ~d);
            k = (5 * i + 1) % 16;
        } else if (round == 2) {
            f = b ^ c ^ d;
            k = (3 * i + 5) % 16;
        } else {
            f = c ^ (b | ~d);
            k = 7 * i % 16;
        }
        t = (uint32_t)(uint64_t)(fabs(sin(i + 1.0)) * 4294967296.0);
        next = b + rotate(a + f + x[k] + t, shifts[round][i % 4]);
        a = d;
        d = c;
        c = b;
        b = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

void test_md5(const void *data, size_t size, uint8_t digest[16])
{
    uint8_t padded[1088] = {0};
    uint32_t state[4] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
    size_t total = (size + 8) / 64 * 64 + 64;

    memcpy(padded, data, size);
    padded[size] = 0x80;
    for (unsigned i = 0; i < 8; i++)
        padded[total - 8 + i] = (uint8_t)((uint64_t)size * 8 >> (8 * i));
    for (size_t at = 0; at < total; at += 64) block(state, padded + at);
    for (unsigned i = 0; i < 16; i++) digest[i] = (uint8_t)(state[i / 4] >> (8 * (i % 4)));
}
