/* The adapter is named by its index everywhere: in memberships, in IPV6_MULTICAST_IF, and as the
 * scope of the addresses that a link has. The host chooses the source, which for a destination on
 * the link is the link-local address.
 */
#include "win32/net/udp_family.h"

#include <string.h>

#include "base/address_text.h"
#include "base/trace.h"

#define HOPS_DEFAULT 64

static bool prepare_ipv6(SOCKET s)
{
    return udp_set_option(s, IPPROTO_IPV6, IPV6_V6ONLY, 1) &&
           udp_set_option(s, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0) &&
           udp_set_option(s, IPPROTO_IPV6, IPV6_HOPLIMIT, 1) &&
           udp_set_option(s, IPPROTO_IPV6, IPV6_PKTINFO, 1);
}

static void read_sender_ipv6(const SOCKADDR_STORAGE *from, struct protocol_datagram *d)
{
    struct sockaddr_in6 address;

    memcpy(&address, from, sizeof(address));
    d->ipv6 = true;
    memcpy(&d->source6, &address.sin6_addr, sizeof(d->source6));
    d->source_port = ntohs(address.sin6_port);
}

static void read_control_ipv6(WSACMSGHDR *c, struct protocol_datagram *d)
{
    struct in6_pktinfo info;
    INT hops;

    if (c->cmsg_level != IPPROTO_IPV6) return;
    if (c->cmsg_type == IPV6_PKTINFO) {
        memcpy(&info, WSA_CMSG_DATA(c), sizeof(info));
        d->host_index = info.ipi6_ifindex;
        memcpy(&d->destination6, &info.ipi6_addr, sizeof(d->destination6));
    } else if (c->cmsg_type == IPV6_HOPLIMIT) {
        memcpy(&hops, WSA_CMSG_DATA(c), sizeof(hops));
        d->ttl = (uint8_t)hops;
    }
}

static mpr_status membership_ipv6(struct udp_socket *u, const struct port_listen *listen, bool join)
{
    static const struct rtm_address none;
    struct ipv6_mreq request;

    if (!memcmp(&listen->group6, &none, sizeof(none))) return ST_OK;
    memcpy(&request.ipv6mr_multiaddr, &listen->group6, sizeof(request.ipv6mr_multiaddr));
    request.ipv6mr_interface = listen->binding.host_index;
    if (setsockopt(udp_handle(u), IPPROTO_IPV6, join ? IPV6_JOIN_GROUP : IPV6_LEAVE_GROUP,
                   (const char *)&request, sizeof(request)) == 0)
        return ST_OK;
    if (join)
        TRACE(WARNING, "udp: adapter %u can't join %s (error %d)", listen->binding.host_index,
              address_text(listen->group6.octets, RTM_IPV6).text, WSAGetLastError());
    return ST_CAN_NOT_COMPLETE;
}

static void set_hops(SOCKET s, int name, int *last, int hops)
{
    if (hops == *last) return;
    udp_set_option(s, IPPROTO_IPV6, name, (DWORD)hops);
    *last = hops;
}

static void set_outgoing_ipv6(struct udp_socket *u, const struct protocol_datagram *d)
{
    struct udp_outgoing *o = udp_outgoing(u);

    if (d->destination6.octets[0] != 0xFF) {
        set_hops(udp_handle(u), IPV6_UNICAST_HOPS, &o->unicast_hops,
                 d->ttl ? d->ttl : HOPS_DEFAULT);
        return;
    }
    if (d->host_index != o->from) {
        udp_set_option(udp_handle(u), IPPROTO_IPV6, IPV6_MULTICAST_IF, d->host_index);
        o->from = d->host_index;
    }
    set_hops(udp_handle(u), IPV6_MULTICAST_HOPS, &o->ttl, d->ttl ? d->ttl : 1);
}

static mpr_status send_ipv6(struct udp_socket *u, const struct protocol_datagram *d, uint32_t from)
{
    struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_port = htons(d->destination_port)};

    (void)from;
    memcpy(&to.sin6_addr, &d->destination6, sizeof(to.sin6_addr));
    if (d->destination6.octets[0] == 0xFF || rtm_is_link_local(&d->destination6))
        to.sin6_scope_id = d->host_index;
    set_outgoing_ipv6(u, d);
    if (sendto(udp_handle(u), d->data, (int)d->size, 0, (struct sockaddr *)&to, sizeof(to)) >= 0)
        return ST_OK;
    TRACE(WARNING, "udp: %u octets to %s on adapter %u were not sent (error %d)", (unsigned)d->size,
          address_text(d->destination6.octets, RTM_IPV6).text, d->host_index, WSAGetLastError());
    return ST_CAN_NOT_COMPLETE;
}

const struct udp_family udp_ipv6 = {.family = AF_INET6,
                                    .prepare = prepare_ipv6,
                                    .membership = membership_ipv6,
                                    .send = send_ipv6,
                                    .read_sender = read_sender_ipv6,
                                    .read_control = read_control_ipv6};
