/* What the tests of RIPng share: a router with one interface, and a neighbour on it that the test
 * plays. Destinations are those of net.h: a /56 for each number's /24. */
#ifndef TESTS_UNIT_RIPNG_NEIGHBOUR_H
#define TESTS_UNIT_RIPNG_NEIGHBOUR_H

#include "protocol/ripng/packet.h"
#include "sim/rip/net.h"

#define MASK24 0xFFFFFF00u
#define US     IP(10, 0, 0, 1)
#define THEM   IP(10, 0, 0, 9)

extern struct net n;
extern struct net_router *r;
extern struct net_port *port, *tap; /* the router's, the neighbour's */
extern const struct rtm_address ripng_group;

/* A router, plugged in with the configuration (NULL: the default of the type). */
void neighbour_begin(enum net_interface_type type, const struct rip_if_config *c);
int neighbour_setup(void **state); /* ... permanent, by default */
int neighbour_teardown(void **state);

/* Of the destination that the number stands for. */
struct ripng_entry entry_of(uint32_t network, uint8_t metric);
/* A packet of the neighbour, to the group, as RIPng wants it; what is in d can be changed. */
struct protocol_datagram from_neighbour(const struct ripng_builder *b);
void tell(const struct ripng_entry *entries, unsigned count);
void tell_one(uint32_t network, uint8_t metric);
/* A whole answer to the router's own address: networks with the numbers first<<8 and on. */
void answer(uint32_t first, uint32_t count, uint8_t metric);
/* What the i-th packet that the tap kept says; fails if it is none of RIPng's. */
struct rip_packet told(unsigned i);
/* The metric that packets told last for a network, from the first-th on; 0: none did. */
unsigned metric_told(unsigned first, uint32_t network);
uint64_t all_drops(void);

#endif
