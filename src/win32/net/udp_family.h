/* What differs between the families of addresses in a UDP socket. Seen by udp_*.c only. */
#ifndef MPR_WIN32_UDP_FAMILY_H
#define MPR_WIN32_UDP_FAMILY_H

#include "win32/sys/windows_api.h"

#include <mswsock.h>
#include <ws2tcpip.h>

#include "router/host.h"
#include "win32/net/udp_socket.h"
#include "win32/sys/no_interface_macro.h"

struct udp_family {
    short family; /* AF_INET, AF_INET6 */
    /* Options before the socket is bound to any address; false: it is of no use. */
    bool (*prepare)(SOCKET s);
    mpr_status (*membership)(struct udp_socket *u, const struct port_listen *listen, bool join);
    mpr_status (*send)(struct udp_socket *u, const struct protocol_datagram *d, uint32_t from);
    /* The sender, and from one control message what it says of the way that a datagram came. */
    void (*read_sender)(const SOCKADDR_STORAGE *from, struct protocol_datagram *d);
    void (*read_control)(WSACMSGHDR *c, struct protocol_datagram *d);
};

extern const struct udp_family udp_ipv4, udp_ipv6;

struct udp_outgoing {
    uint32_t from;         /* IP_MULTICAST_IF or IPV6_MULTICAST_IF as last set, 0: never */
    int ttl, unicast_hops; /* IP_MULTICAST_TTL or IPV6_MULTICAST_HOPS, IPV6_UNICAST_HOPS */
};

SOCKET udp_handle(const struct udp_socket *u);
struct udp_outgoing *udp_outgoing(struct udp_socket *u);
bool udp_set_option(SOCKET s, int level, int name, DWORD value);

#endif
