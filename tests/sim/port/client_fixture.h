/* What the tests of clients share: a router with few ports, and a host that keeps what it is asked
 * until the test answers. */
#ifndef TESTS_SIM_CLIENT_FIXTURE_H
#define TESTS_SIM_CLIENT_FIXTURE_H

#include "sim/support/cmocka_all.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "router/ddm/client.h"
#include "sim/support/fail_alloc.h"
#include "sim/support/fake_host.h"

#define SECOND  ((msec)1000)
#define ALL     (ROUTER_RAS | ROUTER_LAN | ROUTER_WAN)
#define ADDRESS 0x0A080005u

struct fixture {
    struct fake_host host; /* first: host_admission is given it */
    struct router *r;
    struct admission *asked[8]; /* and not answered yet */
    unsigned count, asks, again, moved, ends;
    struct connection_info ended; /* of the last END */
};

/* Two ports of PPTP, one of L2TP that is not for clients, two of IKEv2. */
struct fixture *open_router(uint32_t type);
void close_router(struct fixture *f);
/* The same for a group's setup and teardown, with all roles. */
int setup(void **state);
int teardown(void **state);

/* On IKEv2, with ADDRESS. */
struct client_call call_of(const char16_t *user, const char16_t *domain);
struct client_call call_over(const char16_t *adapter, uint32_t host_index);
handle_t32 call_in(struct fixture *f, const struct client_call *call);
handle_t32 alice(struct fixture *f); /* OFFICE\alice calls */
/* Answers the oldest question. */
void answer(struct fixture *f, mpr_status status);

bool exists(struct fixture *f, handle_t32 client);
/* The first port of that kind. */
struct port_info port_of(struct fixture *f, enum port_kind kind);
uint32_t used(struct fixture *f); /* ports */
/* The only connection. */
struct connection_info connection(struct fixture *f);

#endif
