/* Prefixes as keys: bit arithmetic on two words, and the IPv4 helpers of rtm.h. */
#include "rtm/key.h"

/* The word with only its leading bits kept; bits may be anything from 0 up. */
static uint64_t keep(uint64_t word, unsigned bits)
{
    if (bits == 0) return 0;
    return bits >= 64 ? word : word & ~(UINT64_MAX >> bits);
}

struct rtm_key rtm_key_shorten(const struct rtm_key *key, unsigned length)
{
    return (struct rtm_key){keep(key->high, length), keep(key->low, length > 64 ? length - 64 : 0),
                            length};
}

struct rtm_key rtm_key_cut(enum rtm_family family, const struct rtm_prefix *prefix)
{
    struct rtm_key whole = {rtm_load_word(prefix->address.octets),
                            rtm_load_word(prefix->address.octets + 8), 128};
    unsigned size = (unsigned)family * 8;

    return rtm_key_shorten(&whole, prefix->length < size ? prefix->length : size);
}

bool rtm_key_of(struct rtm_key *ret, enum rtm_family family, const struct rtm_prefix *prefix)
{
    *ret = rtm_key_cut(family, prefix);
    return ret->length == prefix->length && ret->high == rtm_load_word(prefix->address.octets) &&
           ret->low == rtm_load_word(prefix->address.octets + 8);
}

int rtm_key_compare(const struct rtm_key *a, const struct rtm_key *b)
{
    if (a->high != b->high) return a->high < b->high ? -1 : 1;
    if (a->low != b->low) return a->low < b->low ? -1 : 1;
    return (a->length > b->length) - (a->length < b->length);
}

struct rtm_address rtm_address_ipv4(uint32_t address)
{
    struct rtm_address a = {{(uint8_t)(address >> 24), (uint8_t)(address >> 16),
                             (uint8_t)(address >> 8), (uint8_t)address}};

    return a;
}

uint32_t rtm_ipv4(const struct rtm_address *a)
{
    return (uint32_t)a->octets[0] << 24 | (uint32_t)a->octets[1] << 16 |
           (uint32_t)a->octets[2] << 8 | a->octets[3];
}

int rtm_mask_length(uint32_t mask)
{
    uint32_t host = ~mask;

    if (host & (host + 1)) return -1;
    return (int)rtm_leading_zeros((uint64_t)host << 32 | UINT32_MAX);
}

uint32_t rtm_length_mask(unsigned length)
{
    if (length == 0) return 0;
    return length >= 32 ? UINT32_MAX : ~(UINT32_MAX >> length);
}

struct rtm_prefix rtm_prefix_ipv6(const struct rtm_address *address, unsigned length)
{
    struct rtm_prefix prefix = {*address, (uint8_t)length};

    for (unsigned n = length / 8; n < sizeof(prefix.address.octets); n++) {
        unsigned kept = n == length / 8 ? length % 8 : 0;

        prefix.address.octets[n] &= (uint8_t)(0xFF00u >> kept);
    }
    return prefix;
}

bool rtm_is_link_local(const struct rtm_address *address)
{
    return address->octets[0] == 0xFE && (address->octets[1] & 0xC0) == 0x80;
}

struct rtm_prefix rtm_prefix_ipv4(uint32_t address, uint32_t mask)
{
    int length = rtm_mask_length(mask);

    return (struct rtm_prefix){rtm_address_ipv4(address & mask),
                               length < 0 ? UINT8_MAX : (uint8_t)length};
}
