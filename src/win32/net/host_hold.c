#include "win32/net/host_hold.h"

#include <string.h>

#include "base/trace.h"

static void take_held(struct reader *r, const struct host_routes_sink *sink)
{
    struct hr_held held;

    if (!hr_held_read(r, &held)) return;
    if (held.interface) {
        TRACE(INFO,
              "host routes: a tun device (index %u) holds the routes of disconnected demand-dial "
              "interfaces; packets to it dial",
              held.interface);
    } else {
        TRACE(WARNING,
              "host routes: there is no tun device on the host (errno %u), so no packet dials, and "
              "disconnected interfaces have no routes",
              held.error);
    }
    sink->hold(held.interface);
}

static void take_packet(const struct hr_packet *p, const struct host_routes_sink *sink)
{
    struct host_demand d = {.transport = p->family == HR_IPV4 ? TRANSPORT_IP : TRANSPORT_IPV6};

    memcpy(d.packet.source, p->source, sizeof(d.packet.source));
    memcpy(d.packet.dest, p->destination, sizeof(d.packet.dest));
    d.packet.protocol = p->protocol;
    d.packet.has_ports = p->flags & HR_PACKET_PORTS;
    d.packet.source_port = p->source_port;
    d.packet.dest_port = p->destination_port;
    sink->demand(&d);
}

void host_hold_take(const struct hr_header *header, const struct reader *body,
                    const struct host_routes_sink *sink)
{
    struct reader r = *body;
    struct hr_packet packet;

    if (header->type == HR_HELD) take_held(&r, sink);
    if (header->type != HR_DEMAND) return;
    for (uint32_t n = 0; n < header->count && hr_packet_read(&r, &packet); n++)
        take_packet(&packet, sink);
}
