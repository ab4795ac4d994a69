#include "hostroutes/packet.h"

#include <string.h>

#define IPV4_MULTICAST 0xE0u /* and all above: class E, and the limited broadcast */
#define IPV6_MULTICAST 0xFFu

enum { PROTO_ICMP = 1, PROTO_TCP = 6, PROTO_UDP = 17, PROTO_ICMPV6 = 58 };
enum { EXT_HOP_BY_HOP = 0, EXT_ROUTING = 43, EXT_FRAGMENT = 44, EXT_AUTH = 51, EXT_OPTIONS = 60 };

/* What follows the IP headers, from its first octet on. */
static void look_inside(struct reader *r, struct hr_packet *p)
{
    const bool icmp = p->protocol == (p->family == HR_IPV4 ? PROTO_ICMP : PROTO_ICMPV6);

    if (!icmp && p->protocol != PROTO_TCP && p->protocol != PROTO_UDP) return;
    p->source_port = icmp ? rd_u8(r) : rd_be16(r);
    p->destination_port = icmp ? rd_u8(r) : rd_be16(r);
    if (r->failed) p->source_port = p->destination_port = 0;
    if (!r->failed) p->flags = HR_PACKET_PORTS;
}

/* ---- IPv4 ------------------------------------------------------------------------------------ */

static bool look_ipv4(struct reader *r, struct hr_packet *p)
{
    const size_t header = (size_t)(rd_u8(r) & 0x0F) * 4;
    uint16_t fragment;

    rd_skip(r, 5); /* type of service, total length, identification */
    fragment = rd_be16(r) & 0x1FFF;
    rd_skip(r, 1); /* time to live */
    p->protocol = rd_u8(r);
    rd_skip(r, 2); /* checksum */
    rd_bytes(r, p->source, HR_IPV4);
    rd_bytes(r, p->destination, HR_IPV4);
    if (r->failed || header < 20) return false;
    rd_skip(r, header - 20);
    if (r->failed || p->destination[0] >= IPV4_MULTICAST) return false;
    if (!fragment) look_inside(r, p);
    return true;
}

/* ---- IPv6 ------------------------------------------------------------------------------------ */

static bool is_extension(uint8_t type)
{
    return type == EXT_HOP_BY_HOP || type == EXT_ROUTING || type == EXT_FRAGMENT ||
           type == EXT_AUTH || type == EXT_OPTIONS;
}

/* Steps over one; false: what follows is no first fragment, or beyond what is there. */
static bool next_extension(struct reader *r, uint8_t *type)
{
    const uint8_t this_one = *type, next = rd_u8(r), length = rd_u8(r);
    bool first = true;

    if (this_one == EXT_FRAGMENT) {
        first = rd_be16(r) < 8; /* offset in the upper 13 bits */
        rd_skip(r, 4);
    } else {
        rd_skip(r, this_one == EXT_AUTH ? length * 4u + 6u : length * 8u + 6u);
    }
    if (r->failed) return false;
    *type = next;
    return first;
}

static bool within_link(const uint8_t address[16])
{
    return address[0] == 0xFE && (address[1] & 0xC0) == 0x80;
}

static bool look_ipv6(struct reader *r, struct hr_packet *p)
{
    bool whole = true;

    rd_skip(r, 6); /* version, class, flow label, payload length */
    p->protocol = rd_u8(r);
    rd_skip(r, 1); /* hop limit */
    rd_bytes(r, p->source, HR_IPV6);
    rd_bytes(r, p->destination, HR_IPV6);
    if (r->failed || p->destination[0] == IPV6_MULTICAST || within_link(p->destination))
        return false;
    while (whole && is_extension(p->protocol)) whole = next_extension(r, &p->protocol);
    if (whole) look_inside(r, p);
    return true;
}

bool packet_look(const void *data, size_t size, struct hr_packet *ret)
{
    const uint8_t version = size ? *(const uint8_t *)data >> 4 : 0;
    struct reader r;

    memset(ret, 0, sizeof(*ret));
    reader_init(&r, data, size);
    if (version == 4) {
        ret->family = HR_IPV4;
        return look_ipv4(&r, ret);
    }
    ret->family = HR_IPV6;
    return version == 6 && look_ipv6(&r, ret);
}
