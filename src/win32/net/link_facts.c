/* Linux (and so Wine) keeps the peer of a point-to-point address as a host route onto the link. */
#include "win32/net/link_facts.h"

#include <string.h>

#include "base/mem.h"
#include "win32/net/adapters.h"
#include "win32/sys/exit_hold.h"

#define READ_ATTEMPTS 5

static MIB_IPFORWARDTABLE *read_routes(void)
{
    ULONG size = 8 << 10;

    for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
        MIB_IPFORWARDTABLE *table = mem_alloc(size);
        DWORD rc = table ? GetIpForwardTable(table, &size, FALSE) : ERROR_NOT_ENOUGH_MEMORY;

        if (rc == NO_ERROR) return table;
        mem_free(table);
        if (rc != ERROR_INSUFFICIENT_BUFFER) return NULL;
        size += 4096;
    }
    return NULL;
}

static IP_ADAPTER_ADDRESSES *read_adapters(void)
{
    const ULONG flags = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
    ULONG size = 16 << 10;

    for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
        IP_ADAPTER_ADDRESSES *list = mem_alloc(size);
        ULONG rc = list ? GetAdaptersAddresses(AF_UNSPEC, flags, NULL, list, &size)
                        : ERROR_NOT_ENOUGH_MEMORY;

        if (rc == NO_ERROR) return list;
        mem_free(list);
        if (rc != ERROR_BUFFER_OVERFLOW) return NULL;
        size += 4096;
    }
    return NULL;
}

void link_facts_read(struct link_facts *ret)
{
    uintptr_t hold = exit_hold();

    ret->routes = read_routes();
    ret->adapters = read_adapters();
    exit_release(hold);
}

void link_facts_free(struct link_facts *facts)
{
    mem_free(facts->routes);
    mem_free(facts->adapters);
    facts->routes = NULL;
    facts->adapters = NULL;
}

/* The entry of that adapter which has its addresses; NULL: none. */
static const IP_ADAPTER_ADDRESSES *adapter_of(const struct link_facts *facts, uint32_t host_index)
{
    const IP_ADAPTER_ADDRESSES *a;

    for (a = host_index ? facts->adapters : NULL; a; a = a->Next) {
        if (adapters_index_now(a->IfIndex) != host_index &&
            adapters_index_now(a->Ipv6IfIndex) != host_index)
            continue;
        if (a->FirstUnicastAddress) return a;
    }
    return NULL;
}

/* The next address of that family behind `after` (NULL: the first). */
static const IP_ADAPTER_UNICAST_ADDRESS *next_address(const struct link_facts *facts,
                                                      uint32_t host_index,
                                                      const IP_ADAPTER_UNICAST_ADDRESS *after,
                                                      int family)
{
    const IP_ADAPTER_ADDRESSES *a = adapter_of(facts, host_index);
    const IP_ADAPTER_UNICAST_ADDRESS *u;

    if (!a) return NULL;
    for (u = after ? after->Next : a->FirstUnicastAddress; u; u = u->Next) {
        if (u->Address.lpSockaddr->sa_family == family) return u;
    }
    return NULL;
}

static bool is_alone(const struct link_facts *facts, uint32_t host_index, uint32_t local)
{
    const IP_ADAPTER_UNICAST_ADDRESS *u = NULL;

    while ((u = next_address(facts, host_index, u, AF_INET)) != NULL) {
        struct sockaddr_in address;

        memcpy(&address, u->Address.lpSockaddr, sizeof(address));
        if (ntohl(address.sin_addr.s_addr) == local) return u->OnLinkPrefixLength == 32;
    }
    return false;
}

static bool leads_to_host(const MIB_IPFORWARDROW *row, uint32_t host_index, uint32_t local)
{
    const uint32_t next = ntohl(row->dwForwardNextHop), host = ntohl(row->dwForwardDest);

    if (adapters_index_now(row->dwForwardIfIndex) != host_index || row->dwForwardMask != UINT32_MAX)
        return false;
    if (host == local || host >> 28 >= 0xE) return false; /* multicast and broadcast */
    return !next || next == local || next == host;
}

uint32_t link_facts_peer(const struct link_facts *facts, uint32_t host_index, uint32_t local)
{
    uint32_t peer = 0;

    if (!facts->routes || !local || !is_alone(facts, host_index, local)) return 0;
    for (DWORD i = 0; i < facts->routes->dwNumEntries; i++) {
        const MIB_IPFORWARDROW *row = &facts->routes->table[i];

        if (!leads_to_host(row, host_index, local)) continue;
        if (peer) return 0;
        peer = ntohl(row->dwForwardDest);
    }
    return peer;
}

bool link_facts_ipv6(const struct link_facts *facts, uint32_t host_index, uint8_t ret[8])
{
    const IP_ADAPTER_UNICAST_ADDRESS *u = NULL;

    memset(ret, 0, 8);
    while ((u = next_address(facts, host_index, u, AF_INET6)) != NULL) {
        struct sockaddr_in6 address;

        memcpy(&address, u->Address.lpSockaddr, sizeof(address));
        if (address.sin6_addr.s6_addr[0] != 0xFE || (address.sin6_addr.s6_addr[1] & 0xC0) != 0x80)
            continue;
        memcpy(ret, &address.sin6_addr.s6_addr[8], 8);
        return true;
    }
    return false;
}
