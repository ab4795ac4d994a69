/* Addresses of an interface as InterfaceStatus takes them (RIS_INTERFACE_ADDRESS_CHANGE). */
#ifndef MPR_WIN32_PROTOCOL_BINDING_H
#define MPR_WIN32_PROTOCOL_BINDING_H

#include "router/rm/hosted_call.h"
#include "win32/sys/windows_api.h"

#include <in6addr.h>
#include <routprot.h>

#include "win32/sys/no_interface_macro.h"

/* IPV6_LOCAL_BINDING and IPV6_ADAPTER_BINDING_INFO, which mingw-w64's routprot.h lacks. */
struct ipv6_local_binding {
    IN6_ADDR address;
    ULONG prefix_length;
};
struct ipv6_adapter_binding {
    ULONG count;
    IN6_ADDR remote;
    ULONG mtu;
    ULONGLONG speed;
    struct ipv6_local_binding local[]; /* follows without a gap: SIZEOF_IPV6_BINDING */
};

union protocol_binding_room {
    IP_ADAPTER_BINDING_INFO ipv4;
    struct ipv6_adapter_binding ipv6;
    uint8_t
        room4[sizeof(IP_ADAPTER_BINDING_INFO) + BINDING_MAX_ADDRESSES * sizeof(IP_LOCAL_BINDING)];
    uint8_t room6[sizeof(struct ipv6_adapter_binding) +
                  BINDING_MAX_IPV6 * sizeof(struct ipv6_local_binding)];
};

/* What the call's transport has of them, in network order: IP_ADAPTER_BINDING_INFO, or
 * IPV6_ADAPTER_BINDING_INFO, in which the remote address is left out (the router knows none). No
 * addresses: the interface has lost them, or never had any of that family. */
void protocol_binding_write(const struct protocol_call *c, union protocol_binding_room *ret);

#endif
