/* What the tests of large tables share: a router with one interface, and a neighbour on it that the
 * test plays. What is done under one hold of the lock is counted, not timed. */
#ifndef TESTS_UNIT_RIP_LARGE_H
#define TESTS_UNIT_RIP_LARGE_H

#include "protocol/rip/internal.h"
#include "sim/rip/net.h"

#define MASK24 0xFFFFFF00u
#define US     IP(10, 0, 0, 1)
#define THEM   IP(10, 0, 0, 9)
#define MANY   20000u
/* Work of one call: a portion of each kind, every change for the interface, too. */
#define WORK_MAX (10 * RIP_PORTION)

extern struct net n;
extern struct net_router *r;
extern struct net_port *tap; /* the neighbour's */

int large_setup(void **state);
int large_teardown(void **state);

/* A /24 for each number. */
uint32_t network(uint32_t number);
/* Routes as the neighbour tells them, 25 in a datagram; fails when one of them is much work. */
void learn(uint32_t first, uint32_t count, uint32_t metric);
/* Lets time pass; returns the most work of any run of the timers. */
uint64_t run(msec duration);

#endif
