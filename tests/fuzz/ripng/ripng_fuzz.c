/* Datagrams into a running RIPng.
 *
 * Input: octet 0 chooses modes, then records of {length, source, port, hop limit and time, octets}.
 * With bit 6 of the choice set, packets get a header on the way in, so that entries are reached
 * whatever the octets are.
 */
#include <stdlib.h>
#include <string.h>

#include "protocol/ripng/packet.h"
#include "sim/rip/net.h"

#define MASK24 0xFFFFFF00u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct net net;

static struct rip_if_config config_of(uint8_t choice, bool dial)
{
    struct rip_if_config c = net_config6(dial ? NET_DEMAND_DIAL : NET_PERMANENT);

    c.accept_mode = choice & 1 ? RIP_V1 : RIP_OFF;
    c.announce_mode = choice & 2 ? RIP_V1 : RIP_OFF;
    c.flags |= choice & 0x80
                   ? RIP_ACCEPT_HOST | RIP_ACCEPT_DEFAULT | RIP_ANNOUNCE_HOST | RIP_ANNOUNCE_DEFAULT
                   : 0;
    c.flags ^= choice & 0x20 ? RIP_SPLIT_HORIZON | RIP_POISON_REVERSE : 0;
    return c;
}

static void give(struct net_router *r, uint8_t how, uint8_t *packet, size_t size, uint8_t choice)
{
    uint32_t link = IP(10, 0, how & 1, 0);
    struct protocol_datagram d = {.interface = 1 + (how & 1u),
                                  .ipv6 = true,
                                  .source6 = net_link_local(link + 2 + (how >> 1 & 3)),
                                  .destination6 = net_link_local(link + 1),
                                  .source_port = how & 0x10 ? 1024 : RIPNG_PORT,
                                  .destination_port = RIPNG_PORT,
                                  .ttl = how & 8 ? 64 : 255,
                                  .data = packet,
                                  .size = size};
    enum protocol_event event;
    struct protocol_message message;

    if (choice & 0x40 && size >= 4) {
        packet[0] = (uint8_t)(1 + (packet[0] & 1));
        packet[1] = RIPNG_VERSION;
    }
    ripng_protocol.datagram(r->rip, &d);
    net_run(&net, how >> 5 == 7 ? 200000 : (how >> 5) * 40u);
    if (net_message(r, &event, &message)) (void)ripng_protocol.do_update_routes(r->rip, 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t choice;
    struct net_router *r;
    struct rip_if_config lan, dial;

    if (size < 1) return 0;
    choice = *data++;
    size--;
    net_open6(&net, 1);
    r = net_router(&net, NULL);
    lan = config_of(choice, false);
    dial = config_of((uint8_t)(choice | 1), true);
    net_plug(r, 0, IP(10, 0, 0, 1), MASK24, NET_PERMANENT, &lan);
    net_plug(r, 0, IP(10, 0, 1, 1), MASK24, NET_DEMAND_DIAL, &dial);
    net_static(r, IP(172, 16, 1, 0), MASK24, 1);
    (void)ripng_protocol.do_update_routes(r->rip, 2);
    for (unsigned records = 0; size >= 3 && records < 40; records++) {
        size_t length = (size_t)data[0] << 8 | data[1];
        uint8_t how = data[2];
        uint8_t *packet;

        data += 3;
        size -= 3;
        length = length % 1501 < size ? length % 1501 : size;
        packet = malloc(length ? length : 1);
        if (!packet) break;
        memcpy(packet, data, length);
        give(r, how, packet, length, choice);
        free(packet);
        data += length;
        size -= length;
    }
    net_close(&net);
    return 0;
}
