/* What the tests of dial on demand share: the dial interface of rm_test.h with a static route,
 * beside a LAN that has a worse one if asked for, and a host that has a device for routes. */
#ifndef MPR_TESTS_DEMAND_TEST_H
#define MPR_TESTS_DEMAND_TEST_H

#include "router/rm/rm_demand.h"
#include "sim/rm/rm_test.h"
#include "sim/support/fail_alloc.h"
#include "sweep/loop.h"

#define NET       0xC6336400u /* 198.51.100.0 */
#define MASK      0xFFFFFF00u
#define PEER      0x0A090002u /* of the dial interface */
#define HOLD      77u         /* index of the device */
#define LINK      500u        /* of the link's adapter */
#define LAN_INDEX 3u
#define MINUTE    ((msec)60 * 1000)

struct demand_test {
    struct rm_test rm;           /* first: see there */
    struct host_route routes[4]; /* to NET, NET + 256 and so on, as last told */
};

/* Connected, with a route to NET. */
void demand_open(struct demand_test *t);
/* Disconnected, the route held, and the host told of routes. */
void demand_open_held(struct demand_test *t);
void demand_close(struct demand_test *t);
/* A row of that protocol to NET instead. */
void demand_rows(struct demand_test *t, uint32_t proto);
/* A LAN interface with a route to NET that stands in. */
void demand_lan_route(struct demand_test *t);
/* How the next attempts end, and when. */
void demand_outcome(struct demand_test *t, mpr_status outcome, msec delay);
/* Its phone-book entry has no device any more. */
void demand_without_device(struct demand_test *t);
/* Connects it, as far as it can. */
void demand_dial(struct demand_test *t);
/* A packet of UDP to there comes to the device. */
void demand_packet(struct demand_test *t, uint32_t to);
/* The adapter that the host has the route to net over, after all that there is to ask for; 0: it
 * has none. */
uint32_t demand_route(struct demand_test *t, uint32_t net);
/* Whether the route to NET, as last told, has no next hop. */
bool demand_is_bare(const struct demand_test *t);

#endif
