/* Wine ignores the adapter in WSASendMsg's control data, so a multicast sets IP_MULTICAST_IF first
 * when it differs from the last one. Memberships and IP_MULTICAST_IF name the adapter by address:
 * Wine refuses the form 0.0.0.index.
 */
#include "win32/net/udp_family.h"

#include <string.h>

#include "base/trace.h"

static bool prepare_ipv4(SOCKET s)
{
    udp_set_option(s, SOL_SOCKET, SO_BROADCAST, 1);
    udp_set_option(s, IPPROTO_IP, IP_MULTICAST_LOOP, 0);
    return udp_set_option(s, IPPROTO_IP, IP_PKTINFO, 1);
}

static void read_sender_ipv4(const SOCKADDR_STORAGE *from, struct protocol_datagram *d)
{
    struct sockaddr_in address;

    memcpy(&address, from, sizeof(address));
    d->source = ntohl(address.sin_addr.s_addr);
    d->source_port = ntohs(address.sin_port);
}

static void read_control_ipv4(WSACMSGHDR *c, struct protocol_datagram *d)
{
    struct in_pktinfo info;

    if (c->cmsg_level != IPPROTO_IP || c->cmsg_type != IP_PKTINFO) return;
    memcpy(&info, WSA_CMSG_DATA(c), sizeof(info));
    d->host_index = info.ipi_ifindex;
    d->destination = ntohl(info.ipi_addr.s_addr);
}

static mpr_status membership_ipv4(struct udp_socket *u, const struct port_listen *listen, bool join)
{
    uint32_t group = listen->group;
    struct ip_mreq request;

    if (!group) return ST_OK;
    request.imr_multiaddr.s_addr = htonl(group);
    request.imr_interface.s_addr = htonl(listen->binding.local[0].address);
    if (setsockopt(udp_handle(u), IPPROTO_IP, join ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP,
                   (const char *)&request, sizeof(request)) == 0)
        return ST_OK;
    if (join)
        TRACE(WARNING, "udp: adapter %u can't join %u.%u.%u.%u (error %d)",
              listen->binding.host_index, group >> 24, group >> 16 & 255, group >> 8 & 255,
              group & 255, WSAGetLastError());
    return ST_CAN_NOT_COMPLETE;
}

static void set_multicast_ipv4(struct udp_socket *u, const struct protocol_datagram *d,
                               uint32_t from)
{
    struct udp_outgoing *o = udp_outgoing(u);
    int ttl = d->ttl ? d->ttl : 1;

    if (from && from != o->from) {
        udp_set_option(udp_handle(u), IPPROTO_IP, IP_MULTICAST_IF, htonl(from));
        o->from = from;
    }
    if (ttl != o->ttl) {
        udp_set_option(udp_handle(u), IPPROTO_IP, IP_MULTICAST_TTL, (DWORD)ttl);
        o->ttl = ttl;
    }
}

static mpr_status send_ipv4(struct udp_socket *u, const struct protocol_datagram *d, uint32_t from)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(d->destination_port)};

    to.sin_addr.s_addr = htonl(d->destination);
    if (d->destination >> 28 == 0xE) set_multicast_ipv4(u, d, from);
    if (sendto(udp_handle(u), d->data, (int)d->size, 0, (struct sockaddr *)&to, sizeof(to)) >= 0)
        return ST_OK;
    TRACE(WARNING, "udp: %u octets to %u.%u.%u.%u were not sent (error %d)", (unsigned)d->size,
          d->destination >> 24, d->destination >> 16 & 255, d->destination >> 8 & 255,
          d->destination & 255, WSAGetLastError());
    return ST_CAN_NOT_COMPLETE;
}

const struct udp_family udp_ipv4 = {.family = AF_INET,
                                    .prepare = prepare_ipv4,
                                    .membership = membership_ipv4,
                                    .send = send_ipv4,
                                    .read_sender = read_sender_ipv4,
                                    .read_control = read_control_ipv4};
