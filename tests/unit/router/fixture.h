/* What the tests of the router share: a router on a recording host, with counted allocations. */
#ifndef MPR_TESTS_ROUTER_FIXTURE_H
#define MPR_TESTS_ROUTER_FIXTURE_H

#include "sim/support/cmocka_all.h"

#include <string.h>

#include "sim/support/fail_alloc.h"
#include "sim/support/fake_host.h"

struct fixture {
    struct fake_host host;
    struct router *router;
    struct dial_entry entry; /* fake_dial_defaults, scripted */
    struct dial_plan plan;
};

static inline int fixture_open(void **state, uint32_t router_type)
{
    static struct fixture f;

    memset(&f, 0, sizeof(f));
    fail_alloc_begin();
    f.router = fake_open(&f.host, router_type);
    fake_dial_defaults(DIALER_SCRIPTED, 0, &f.entry, &f.plan);
    *state = &f;
    return 0;
}

static inline int setup(void **state)
{
    return fixture_open(state, ROUTER_LAN | ROUTER_WAN);
}

/* Without demand dial. */
static inline int setup_lan_only(void **state)
{
    return fixture_open(state, ROUTER_LAN);
}

static inline int teardown(void **state)
{
    struct fixture *f = *state;

    fake_close(&f->host);
    fail_alloc_end();
    return 0;
}

/* A demand-dial interface in the making: change it, then create. */
static inline struct interface_spec fixture_spec(const struct fixture *f, const char16_t *name)
{
    return (struct interface_spec){.name = name,
                                   .type = IF_FULL_ROUTER,
                                   .enabled = true,
                                   .entry = &f->entry,
                                   .plan = &f->plan};
}

#define TEST(name)     cmocka_unit_test_setup_teardown(name, setup, teardown)
#define TEST_LAN(name) cmocka_unit_test_setup_teardown(name, setup_lan_only, teardown)

/* Handle values that never name an interface. */
static const handle_t32 bad_handles[] = {0, 0xFFFFFFFFu, 0x12345678u, 0x40000FFFu, 1};
#define BAD_HANDLES (sizeof(bad_handles) / sizeof(bad_handles[0]))

#endif
