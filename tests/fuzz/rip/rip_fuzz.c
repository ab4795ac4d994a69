/* Datagrams into a running RIP.
 *
 * Input: octet 0 chooses authentication and modes, then records of {length, source and port
 * choice, octets}. With bit 6 of the choice set, packets are signed on the way in, so that what is
 * behind the check of MD5 is reached, too. After each datagram some time passes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "protocol/rip/packet.h"
#include "sim/rip/md5.h"
#include "sim/rip/net.h"

#define MASK24 0xFFFFFF00u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct net net;

static struct rip_if_config config_of(uint8_t choice, bool dial)
{
    struct rip_if_config c = net_config(dial ? NET_DEMAND_DIAL : NET_PERMANENT);

    c.auth_type = 1u + choice % 3;
    c.accept_mode = choice >> 2 & 1 ? RIP_COMPATIBLE : 1u + (choice >> 3 & 1) * 2u;
    c.announce_mode = 1u + (choice >> 4 & 1) + (choice >> 3 & 1);
    c.flags |= choice & 0x80 ? RIP_ACCEPT_HOST | RIP_ACCEPT_DEFAULT : 0;
    c.flags ^= choice & 0x20 ? RIP_NO_SUBNET_SUMMARY | RIP_SPLIT_HORIZON | RIP_POISON_REVERSE : 0;
    memcpy(c.key, "key", 3);
    return c;
}

static void sign(uint8_t *packet, size_t size, uint8_t choice)
{
    if (!(choice & 0x40) || size < 24) return;
    packet[4] = packet[5] = 0xFF;
    packet[6] = 0;
    if (choice % 3 == 1) {
        packet[7] = 2;
        memcpy(packet + 8, "key\0\0\0\0\0\0\0\0\0\0\0\0", 16);
    } else if (choice % 3 == 2 && size >= 44) {
        uint8_t digest[16];

        packet[7] = 3;
        packet[8] = (uint8_t)((size - 20) >> 8);
        packet[9] = (uint8_t)(size - 20);
        packet[11] = 20;
        memcpy(packet + size - 20, "\xFF\xFF\0\1key\0\0\0\0\0\0\0\0\0\0\0\0", 20);
        test_md5(packet, size, digest);
        memcpy(packet + size - 16, digest, 16);
    }
}

static void give(struct net_router *r, uint8_t how, uint8_t *packet, size_t size, uint8_t choice)
{
    struct protocol_datagram d = {.interface = 1 + (how & 1u),
                                  .source = IP(10, 0, how & 1, 2 + (how >> 1 & 3)),
                                  .destination = how & 8 ? IP(224, 0, 0, 9) : IP(10, 0, how & 1, 1),
                                  .source_port = how & 0x10 ? 1024 : RIP_PORT,
                                  .destination_port = RIP_PORT,
                                  .data = packet,
                                  .size = size};
    enum protocol_event event;
    struct protocol_message message;

    sign(packet, size, choice);
    rip_protocol.datagram(r->rip, &d);
    net_run(&net, how >> 5 == 7 ? 200000 : (how >> 5) * 40u);
    if (net_message(r, &event, &message)) (void)rip_protocol.do_update_routes(r->rip, 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t choice;
    struct net_router *r;
    struct rip_if_config lan, dial;

    if (size < 1) return 0;
    choice = *data++;
    size--;
    net_open(&net, 1);
    r = net_router(&net, NULL);
    lan = config_of(choice, false);
    dial = config_of(choice, true);
    net_plug(r, 0, IP(10, 0, 0, 1), MASK24, NET_PERMANENT, &lan);
    net_plug(r, 0, IP(10, 0, 1, 1), MASK24, NET_DEMAND_DIAL, &dial);
    net_static(r, IP(172, 16, 1, 0), MASK24, 1);
    (void)rip_protocol.do_update_routes(r->rip, 2);
    for (unsigned records = 0; size >= 3 && records < 40; records++) {
        size_t length = (size_t)data[0] << 8 | data[1];
        uint8_t how = data[2];
        uint8_t *packet;
        data += 3;
        size -= 3;
        length = length % 600 < size ? length % 600 : size;
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
