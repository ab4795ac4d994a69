/* What is concluded from the host's tables; tables of the test's own. */
#include "win32_test.h"

#include <string.h>

#include "win32/net/link_facts.h"

enum { LINK = 5, LOCAL = 0x0A000001, PEER = 0x0A000002 };

static struct {
    DWORD count;
    MIB_IPFORWARDROW rows[4];
} routes;
static struct sockaddr_in address4;
static struct sockaddr_in6 address6[2];
static IP_ADAPTER_UNICAST_ADDRESS unicast[3];
static IP_ADAPTER_ADDRESSES adapters[2];
static struct link_facts facts;

static MIB_IPFORWARDROW *add_route(DWORD index, uint32_t host, uint32_t mask, uint32_t next)
{
    MIB_IPFORWARDROW *row = &routes.rows[routes.count++];

    row->dwForwardIfIndex = index;
    row->dwForwardDest = htonl(host);
    row->dwForwardMask = htonl(mask);
    row->dwForwardNextHop = htonl(next);
    return row;
}

static void set_unicast(int n, void *address, int size, UINT8 length)
{
    unicast[n].Address.lpSockaddr = address;
    unicast[n].Address.iSockaddrLength = size;
    unicast[n].OnLinkPrefixLength = length;
    unicast[n].Next = n < 2 ? &unicast[n + 1] : NULL;
}

/* An adapter like ppp0: 10.0.0.1 towards 10.0.0.2, a global and a link-local IPv6 address. */
static int set_up(void **state)
{
    static const uint8_t global[16] = {0x20, 0x01, 0x0D, 0xB8}, id[8] = {1, 2, 3, 4, 5, 6, 7, 8};

    (void)state;
    memset(&routes, 0, sizeof(routes));
    add_route(LINK, PEER, UINT32_MAX, 0);
    address4.sin_family = AF_INET;
    address4.sin_addr.s_addr = htonl(LOCAL);
    address6[0].sin6_family = address6[1].sin6_family = AF_INET6;
    memcpy(&address6[0].sin6_addr, global, 16);
    memset(&address6[1].sin6_addr, 0, 16);
    address6[1].sin6_addr.s6_addr[0] = 0xFE;
    address6[1].sin6_addr.s6_addr[1] = 0x80;
    memcpy(&address6[1].sin6_addr.s6_addr[8], id, 8);
    set_unicast(0, &address6[0], sizeof(address6[0]), 64);
    set_unicast(1, &address4, sizeof(address4), 32);
    set_unicast(2, &address6[1], sizeof(address6[1]), 64);
    adapters[0].IfIndex = 1;
    adapters[0].Next = &adapters[1];
    adapters[1].IfIndex = LINK;
    adapters[1].FirstUnicastAddress = unicast;
    facts = (struct link_facts){(MIB_IPFORWARDTABLE *)(void *)&routes, adapters};
    return 0;
}

static void test_peer(void **state)
{
    (void)state;
    assert_int_equal(link_facts_peer(&facts, LINK, LOCAL), PEER);
    assert_int_equal(link_facts_peer(&facts, LINK, LOCAL + 7), 0);
    assert_int_equal(link_facts_peer(&facts, 1, LOCAL), 0);
    assert_int_equal(link_facts_peer(&facts, 0, LOCAL), 0);
    assert_int_equal(link_facts_peer(&facts, LINK, 0), 0);
    add_route(1, 0x0A000009, UINT32_MAX, 0);           /* of another link */
    add_route(LINK, LOCAL, UINT32_MAX, 0);             /* itself */
    add_route(LINK, 0x0A090000, 0xFFFF0000, 0x0A0000); /* a net */
    assert_int_equal(link_facts_peer(&facts, LINK, LOCAL), PEER);
    unicast[1].OnLinkPrefixLength = 24;
    assert_int_equal(link_facts_peer(&facts, LINK, LOCAL), 0);
}

static void test_no_single_peer(void **state)
{
    (void)state;
    add_route(LINK, 0x0A000003, UINT32_MAX, LOCAL);
    assert_int_equal(link_facts_peer(&facts, LINK, LOCAL), 0);
    routes.rows[1].dwForwardNextHop = htonl(PEER); /* behind the peer */
    assert_int_equal(link_facts_peer(&facts, LINK, LOCAL), PEER);
    routes.rows[1].dwForwardNextHop = 0;
    routes.rows[1].dwForwardDest = UINT32_MAX; /* broadcast */
    assert_int_equal(link_facts_peer(&facts, LINK, LOCAL), PEER);
    facts.routes = NULL;
    assert_int_equal(link_facts_peer(&facts, LINK, LOCAL), 0);
}

static void test_ipv6(void **state)
{
    static const uint8_t id[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    uint8_t got[8] = {0};

    (void)state;
    assert_true(link_facts_ipv6(&facts, LINK, got));
    assert_memory_equal(got, id, 8);
    assert_false(link_facts_ipv6(&facts, 1, got));
    assert_int_equal(got[0] | got[7], 0);
    address6[1].sin6_addr.s6_addr[1] = 0;
    assert_false(link_facts_ipv6(&facts, LINK, got));
    facts.adapters = NULL;
    assert_false(link_facts_ipv6(&facts, LINK, got));
    assert_int_equal(link_facts_peer(&facts, LINK, LOCAL), 0);
}

/* The host's own tables can be read, whatever is in them. */
static void test_this_host(void **state)
{
    (void)state;
    link_facts_read(&facts);
    assert_non_null(facts.routes);
    assert_non_null(facts.adapters);
    assert_int_equal(link_facts_peer(&facts, 1, 0x7F000001), 0);
    link_facts_free(&facts);
    assert_null(facts.routes);
}

#define WITH(test) cmocka_unit_test_setup(test, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {WITH(test_peer), WITH(test_no_single_peer), WITH(test_ipv6),
                                       WITH(test_this_host)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
