/* What the tests of demand updates share: a network, neighbours with tables, and a client.
 *
 * The i-th network of a table is 100.0.0.0/24 + i, its metric 1 + i % 3.
 */
#ifndef TESTS_SIM_RIP_UPDATE_SUPPORT_H
#define TESTS_SIM_RIP_UPDATE_SUPPORT_H

#include "sim/rip/net.h"

#define MASK24 0xFFFFFF00u
#define MASK30 0xFFFFFFFCu /* of a point-to-point link */

#define TEST(name) cmocka_unit_test_setup_teardown(name, update_set_up, update_tear_down)

extern struct net n; /* of the running test */

int update_set_up(void **state);
int update_tear_down(void **state);

uint32_t net_of(uint32_t i);
/* A neighbour with count networks from the first on. */
struct net_router *peer_with(uint32_t first, uint32_t count, unsigned link, uint32_t address,
                             uint32_t mask, const struct rip_if_config *c);
/* A router with a demand-dial interface, 10.0.0.1. */
struct net_port *client(unsigned link, uint32_t mask, const struct rip_if_config *c);
/* It has learned just these. */
void expect_table(struct net_port *port, uint32_t first, uint32_t count);
/* A response from a tap. */
void put_response(struct net_port *tap, uint32_t destination, unsigned first, unsigned count);

#endif
