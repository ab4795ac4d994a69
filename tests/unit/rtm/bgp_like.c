/* The share of each length is about that of the tables of 2024. Prefixes lie in some 50,000 blocks
 * (/16 or /32), of which few have many; every second one is beside the one before it, as networks
 * that are announced in parts are.
 */
#include "unit/rtm/bgp_like.h"

#include <stdlib.h>
#include <string.h>

struct share {
    unsigned length, thousandths;
};

static const struct share ipv4_shares[] = {
    {24, 622}, {22, 110}, {23, 100}, {21, 50}, {20, 43}, {19, 25}, {18, 14}, {17, 9},
    {16, 14},  {15, 4},   {14, 3},   {13, 2},  {12, 1},  {11, 1},  {10, 1},  {8, 1}};
static const struct share ipv6_shares[] = {{48, 460}, {32, 110}, {44, 110}, {40, 100}, {36, 50},
                                           {29, 45},  {46, 40},  {47, 30},  {42, 25},  {33, 15},
                                           {38, 10},  {24, 2},   {20, 1},   {64, 2}};
static const uint16_t ipv6_regions[] = {
    0x2001, 0x2400, 0x2401, 0x2402, 0x2403, 0x2404, 0x2405, 0x2406, 0x2407, 0x2600, 0x2602, 0x2604,
    0x2605, 0x2606, 0x2607, 0x2620, 0x2800, 0x2803, 0x2804, 0x2806, 0x2a00, 0x2a01, 0x2a02, 0x2a03,
    0x2a04, 0x2a05, 0x2a06, 0x2a07, 0x2a0a, 0x2a0b, 0x2a0c, 0x2a0d, 0x2a0e, 0x2a10, 0x2c0f};

struct source {
    enum rtm_family family;
    uint64_t state, last; /* last: the leading 64 bits of the prefix before */
    unsigned last_length;
    struct rtm_prefix *seen; /* open hash; those of length 255 are empty */
    size_t mask;
};

static uint32_t random32(struct source *s)
{
    s->state = s->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(s->state >> 33) ^ (uint32_t)s->state >> 31;
}

static unsigned random_length(struct source *s)
{
    const struct share *share = s->family == RTM_IPV4 ? ipv4_shares : ipv6_shares;
    unsigned n = random32(s) % 1000;

    for (; n >= share->thousandths; share++) n -= share->thousandths;
    return share->length;
}

/* The leading bits of one of the blocks; small numbers more often. */
static uint64_t random_block(struct source *s)
{
    uint32_t n = random32(s) % 53000, m = random32(s) % 53000;
    uint64_t scattered = (uint64_t)(n < m ? n : m) * 40503 + 17;
    uint64_t first = scattered % 222 + 1 + (scattered % 222 >= 126); /* 1 to 223 without 127 */

    if (s->family == RTM_IPV4) return (first << 8 | scattered / 222 % 256) << 48;
    return (uint64_t)ipv6_regions[scattered % 35] << 48 | (scattered / 35 % 1500 * 8) << 32;
}

static uint64_t random_bits(struct source *s)
{
    unsigned length = random_length(s);
    uint64_t within = (uint64_t)random32(s) << 32 | random32(s);

    if (random32(s) % 2 && s->last_length > 16) {
        s->last += (uint64_t)1 << (64 - s->last_length);
        return s->last;
    }
    within &= s->family == RTM_IPV4 ? 0x0000FFFF00000000u : 0x00000000FFFFFFFFu;
    /* Half of the networks number their parts from the first on. */
    if (s->family == RTM_IPV6 && random32(s) % 2) within &= 0x00000000000F0000u;
    s->last = (random_block(s) | within) & ~(UINT64_MAX >> 1 >> (length - 1));
    s->last_length = length;
    return s->last;
}

static bool is_new(struct source *s, const struct rtm_prefix *p)
{
    uint64_t hash = p->length;
    size_t n;

    for (unsigned i = 0; i < 8; i++) hash = (hash ^ p->address.octets[i]) * 0x100000001B3u;
    for (n = (size_t)(hash ^ hash >> 29) & s->mask; s->seen[n].length != 255; n = (n + 1) & s->mask)
        if (memcmp(&s->seen[n], p, sizeof(*p)) == 0) return false;
    s->seen[n] = *p;
    return true;
}

static struct rtm_prefix random_prefix(struct source *s)
{
    uint64_t bits = random_bits(s);
    struct rtm_prefix p;

    memset(&p, 0, sizeof(p));
    p.length = (uint8_t)s->last_length;
    for (unsigned i = 0; i < 8; i++) p.address.octets[i] = (uint8_t)(bits >> (56 - 8 * i));
    return p;
}

bool bgp_like_prefixes(enum rtm_family family, struct rtm_prefix *prefixes, size_t count)
{
    struct source s = {.family = family, .state = 20240501, .mask = 1};
    size_t made = 0;

    while (s.mask < count * 2) s.mask = s.mask * 2 + 1;
    s.seen = malloc((s.mask + 1) * sizeof(*s.seen));
    if (!s.seen) return false;
    memset(s.seen, 255, (s.mask + 1) * sizeof(*s.seen));
    while (made < count) {
        prefixes[made] = random_prefix(&s);
        if (is_new(&s, &prefixes[made])) made++;
    }
    free(s.seen);
    for (size_t n = count; n-- > 1;) {
        size_t other = random32(&s) % (n + 1);
        struct rtm_prefix swap = prefixes[n];
        prefixes[n] = prefixes[other];
        prefixes[other] = swap;
    }
    return true;
}

struct rtm_route bgp_like_route(enum rtm_family family, size_t n)
{
    uint32_t mixed = (uint32_t)(n / 4) * 2654435761u >> 16, hop = mixed % 64;
    struct rtm_route route = {.protocol = 14,
                              .interface = 1 + hop % 4,
                              .metric = 1 + mixed / 64 % 8,
                              .preference = 20,
                              .tag = mixed / 512 % 16};

    if (family == RTM_IPV4) {
        route.next_hop = rtm_address_ipv4(0xC0000200u + hop);
    } else {
        route.next_hop.octets[0] = 0xFE;
        route.next_hop.octets[1] = 0x80;
        route.next_hop.octets[15] = (uint8_t)hop;
    }
    return route;
}
