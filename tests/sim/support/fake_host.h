/* A host for tests: every action that the core decided on is recorded, nothing is done, and time
 * stands still until fake_advance moves it.
 *
 *     struct fake_host f;
 *     struct router *r = fake_open(&f, ROUTER_LAN | ROUTER_WAN);
 *     ... router_ functions ...
 *     fake_flush(&f);                             the outbox is acted on: records appear
 *     assert_int_equal(fake_count(&f, FAKE_SIGNAL), 1);
 *     fake_advance(&f, 10 * 3600 * 1000);         timers fire one due time after the other
 *     fake_close(&f);                             also checks that no memory is left
 *
 * Sources of a test that uses it: tests/sim/support/fake_host.c (and fail_alloc.c).
 */
#ifndef MPR_TESTS_FAKE_HOST_H
#define MPR_TESTS_FAKE_HOST_H

#include "router/rm/hosted_call.h"
#include "router/router.h"

enum fake_action {
    FAKE_COMPLETE,
    FAKE_SIGNAL,
    FAKE_CLOSE_EVENT,
    FAKE_DIAL,
    FAKE_HANG_UP,
    FAKE_PROTOCOL_CALL,
    FAKE_STORE,
    FAKE_SEND,
    FAKE_LISTEN,
    FAKE_ROUTES_CHANGED,
    FAKE_FILTERS_CHANGED
};

/* One action, in order. Only the members of its kind are set. */
struct fake_record {
    enum fake_action action;
    msec when;
    struct request *request; /* COMPLETE; status as it was then */
    mpr_status status;
    host_event event;     /* SIGNAL, CLOSE_EVENT */
    handle_t32 interface; /* DIAL, HANG_UP */
    uint32_t attempt;
    char16_t name[INTERFACE_NAME_MAX + 1]; /* DIAL, STORE: the interface's */
    struct dial_entry entry;               /* DIAL */
    struct dial_plan plan;
    struct protocol_call *call; /* PROTOCOL_CALL: to be answered with router_protocol_answer */
    enum store_kind store;      /* STORE */
    uint32_t transport;
    struct protocol_datagram datagram; /* SEND; its data is `data` */
    struct ip_binding binding;         /* LISTEN */
    uint16_t port;
    bool ipv6;
    uint32_t group; /* IPv4; group6: IPv6 */
    struct rtm_address group6;
    bool start;
    uint8_t *data; /* STORE, SEND: a copy */
    size_t size;
};

struct fake_host {
    struct router_host host; /* change a function before fake_open to replace it */
    struct router *router;
    msec now;
    struct fake_record *records;
    size_t count, capacity;
    bool record;             /* true after fake_init; false: actions are dropped */
    uint32_t minute_of_week; /* at time 0; moves with the clock */
    uint32_t unix_time;      /* at time 0; moves with the clock */
    uint32_t random;         /* state of a fixed linear congruential generator */
    /* Called for each record right after it was made, outside of the router as a host would be;
     * may be NULL. It may call into the router again. */
    void (*on_action)(struct fake_host *f, const struct fake_record *record);
};

/* Without built-in protocols in the configuration the router gets those of the product.
 * fake_init then fake_start; or fake_open for both with a configuration of the given type. */
void fake_init(struct fake_host *f);
struct router *fake_start(struct fake_host *f, const struct router_config *config);
struct router *fake_open(struct fake_host *f, uint32_t router_type);
/* Destroys the router (its last actions are recorded and then dropped) and frees the records. */
void fake_close(struct fake_host *f);

/* Acts on the outbox until it is empty. */
void fake_flush(struct fake_host *f);
/* Moves the clock to every due time up to now + by, firing and flushing at each. */
void fake_advance(struct fake_host *f, msec by);

/* Records of one kind since the last fake_forget. fake_nth: the n-th from 0, NULL if fewer;
 * fake_last: the last, NULL if none. */
size_t fake_count(const struct fake_host *f, enum fake_action action);
struct fake_record *fake_nth(const struct fake_host *f, enum fake_action action, size_t n);
struct fake_record *fake_last(const struct fake_host *f, enum fake_action action);
void fake_forget(struct fake_host *f);

/* ---- shorthand ----------------------------------------------------------------------------- */

/* Adds an enabled FULL_ROUTER interface. kind SCRIPTED connects after delay with one address
 * (10.9.0.1/24, remote 10.9.0.2, host index 1000 + n); EXISTING and COMMAND record FAKE_DIAL. */
handle_t32 fake_demand_dial(struct fake_host *f, const char16_t *name, enum dialer_kind kind,
                            msec delay);
/* The entry and plan that fake_demand_dial uses, for tests that change something in them. */
void fake_dial_defaults(enum dialer_kind kind, msec delay, struct dial_entry *entry,
                        struct dial_plan *plan);
/* A LAN adapter {name}, up, with one address. */
struct host_adapter fake_adapter(const char16_t *name, uint32_t host_index, uint32_t address,
                                 uint32_t mask);
enum connection_state fake_state(struct fake_host *f, handle_t32 interface);
struct interface_info fake_info(struct fake_host *f, handle_t32 interface);
/* Answers the last recorded FAKE_DIAL. binding NULL: that of fake_dial_defaults. */
void fake_answer_dial(struct fake_host *f, mpr_status result, const struct ip_binding *binding);

#endif
