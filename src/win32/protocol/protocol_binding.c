#include "win32/protocol/protocol_binding.h"

#include <stddef.h>
#include <string.h>

_Static_assert(sizeof(struct ipv6_local_binding) == 20, "IPV6_LOCAL_BINDING");
_Static_assert(offsetof(struct ipv6_adapter_binding, remote) == 4, "RemoteAddress");
_Static_assert(offsetof(struct ipv6_adapter_binding, mtu) == 20, "Mtu");
_Static_assert(offsetof(struct ipv6_adapter_binding, speed) == 24, "Speed");
_Static_assert(offsetof(struct ipv6_adapter_binding, local) == 32, "Address");

static void write4(const struct ip_binding *b, union protocol_binding_room *ret)
{
    IP_LOCAL_BINDING *local = (IP_LOCAL_BINDING *)(void *)(ret->room4 + sizeof(ret->ipv4));

    ret->ipv4.AddressCount = b->count;
    ret->ipv4.RemoteAddress = htonl(b->remote);
    ret->ipv4.Mtu = b->mtu;
    ret->ipv4.Speed = b->speed;
    for (uint32_t i = 0; i < b->count; i++) {
        local[i].Address = htonl(b->local[i].address);
        local[i].Mask = htonl(b->local[i].mask);
    }
}

static void write6(const struct ip_binding *b, struct ipv6_adapter_binding *ret)
{
    ret->count = b->count6;
    ret->mtu = b->mtu;
    ret->speed = b->speed;
    for (uint32_t i = 0; i < b->count6; i++) {
        memcpy(&ret->local[i].address, b->local6[i].address.octets, sizeof(ret->local[i].address));
        ret->local[i].prefix_length = b->local6[i].length;
    }
}

void protocol_binding_write(const struct protocol_call *c, union protocol_binding_room *ret)
{
    memset(ret, 0, sizeof(*ret));
    if (!c->has_binding) return;
    if (c->transport == TRANSPORT_IPV6)
        write6(&c->binding, &ret->ipv6);
    else
        write4(&c->binding, ret);
}
