/* The demand-dial state machine, every event in every state.
 *
 * For each event of each row of the table: bring a new interface into the state, let it happen,
 * compare everything that can be seen: status, state, reasons, last error, what was completed with
 * what, and how many notifications, dial attempts and hang-ups the host got. A combination that has
 * no row, or two, fails the test.
 *
 * The interface has a dialer of the host's, one redial after 60 s, and redials on link failure.
 */
#include "sim/support/cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "router/state.h"
#include "sim/support/fail_alloc.h"
#include "sim/support/fake_host.h"

#define NOBODY UINT32_MAX /* no request was completed */

enum state {
    S_IDLE,
    S_DIALLING, /* somebody waits for the connection */
    S_PAUSE,    /* the first attempt failed, somebody waits */
    S_UP,
    S_LOST,     /* was up, lost the link, waits for the redial */
    S_BACK_OFF, /* both attempts failed */
    S_DISABLED,
    S_SUSPENDED, /* the service is paused */
    S_NO_DEVICE, /* the entry lost its device */
    S_CLOSED,    /* outside of its dial-out hours */
    S_COUNT
};

enum event {
    E_CONNECT,
    E_DEMAND, /* by a protocol */
    E_DISCONNECT,
    E_DELETE,
    E_DISABLE,
    E_ENABLE,
    E_SUSPEND,
    E_RESUME,
    E_RELOAD, /* UpdatePhonebookInfo */
    E_DIAL_OK,
    E_DIAL_FAIL,
    E_LINK_DOWN,
    E_STALE_OK, /* of an attempt that is over */
    E_STALE_DOWN,
    E_MINUTE,         /* a minute goes by */
    E_TEN_MINUTES,    /* ten do */
    E_CLOSE_MINUTE,   /* the dial-out hours end and a minute goes by */
    E_SUSPEND_MINUTE, /* the service is paused and a minute goes by */
    E_COUNT
};

struct outcome {
    mpr_status status;
    enum connection_state state; /* meaningless after E_DELETE succeeded */
    uint32_t reasons;
    mpr_status last_error;
    mpr_status completed; /* NOBODY, or the status that the request got */
    unsigned signals, dials, hang_ups;
};

struct test_case {
    enum state state;
    unsigned events; /* bit n: event n */
    struct outcome expected;
};

#include "sim/ddm/states_table.h"
#include "router/ddm/ddm_api.h"
#include "router/dim/interface.h"

struct bench {
    struct fake_host host;
    struct router *router;
    handle_t32 server, interface;
    struct request request, second; /* to enter the state; of the event */
    struct dial_entry entry;
    struct dial_plan plan;
};

static void bench_open(struct bench *b)
{
    struct interface_spec spec = {.name = u"Branch", .type = IF_FULL_ROUTER, .enabled = true};

    memset(b, 0, sizeof(*b));
    b->router = fake_open(&b->host, ROUTER_LAN | ROUTER_WAN);
    fake_dial_defaults(DIALER_HOST, 0, &b->entry, &b->plan);
    b->entry.redial_attempts = 1;
    b->entry.redial_on_link_failure = true;
    spec.entry = &b->entry;
    spec.plan = &b->plan;
    assert_int_equal(router_interface_create(b->router, &spec, &b->interface), ST_OK);
    assert_int_equal(router_server_open(b->router, HANDLE_SERVER, &b->server), ST_OK);
    assert_int_equal(router_notification_add(b->router, b->server, 7, 77), ST_OK);
}

static mpr_status set_enabled(struct bench *b, bool enabled)
{
    return router_interface_set(b->router, b->interface, enabled, true, NULL);
}

static uint32_t current_attempt(const struct bench *b)
{
    return interface_get(b->router, b->interface)->attempt;
}

static void answer(struct bench *b, uint32_t attempt, mpr_status status)
{
    router_dial_result(b->router, b->interface, attempt, status, &b->plan.binding);
    fake_flush(&b->host);
}

static void link_down(struct bench *b, uint32_t attempt)
{
    router_link_down(b->router, b->interface, attempt, ST_TIMEOUT);
    fake_flush(&b->host);
}

/* Monday 09:00 to 09:30; the clock of the host stands at Sunday 00:00. */
static mpr_status close_hours(struct bench *b)
{
    return router_interface_set(b->router, b->interface, true, false, u"1 09:00-09:30\0");
}

static mpr_status reload(struct bench *b, uint32_t devices)
{
    b->entry.device_count = devices;
    return router_interface_set_dial(b->router, b->interface, &b->entry, &b->plan);
}

static void enter_state(struct bench *b, enum state state)
{
    if (state >= S_DIALLING && state <= S_BACK_OFF) {
        assert_int_equal(router_interface_connect(b->router, b->interface, &b->request),
                         ST_PENDING);
    }
    switch (state) {
    case S_IDLE:
    case S_DIALLING:
    case S_COUNT:
        break;
    case S_PAUSE:
        answer(b, current_attempt(b), ST_CAN_NOT_COMPLETE);
        break;
    case S_UP:
        answer(b, current_attempt(b), ST_OK);
        break;
    case S_LOST:
        answer(b, current_attempt(b), ST_OK);
        link_down(b, current_attempt(b));
        break;
    case S_BACK_OFF:
        answer(b, current_attempt(b), ST_CAN_NOT_COMPLETE);
        fake_advance(&b->host, 60000);
        answer(b, current_attempt(b), ST_CAN_NOT_COMPLETE);
        break;
    case S_DISABLED:
        assert_int_equal(set_enabled(b, false), ST_OK);
        break;
    case S_SUSPENDED:
        router_pause(b->router, true);
        break;
    case S_NO_DEVICE:
        assert_int_equal(reload(b, 0), ST_INTERFACE_HAS_NO_DEVICES);
        break;
    case S_CLOSED:
        assert_int_equal(close_hours(b), ST_OK);
        break;
    }
}

static mpr_status happen_in_time(struct bench *b, enum event event)
{
    mpr_status status = ST_OK;

    if (event == E_CLOSE_MINUTE) status = close_hours(b);
    if (event == E_SUSPEND_MINUTE) router_pause(b->router, true);
    fake_advance(&b->host, event == E_TEN_MINUTES ? 600000 : 60000);
    return status;
}

static mpr_status happen(struct bench *b, enum event event)
{
    uint32_t attempt = current_attempt(b);

    switch (event) {
    case E_CONNECT:
        return router_interface_connect(b->router, b->interface, &b->second);
    case E_DEMAND:
        return ddm_demand(b->router, interface_get(b->router, b->interface));
    case E_DISCONNECT:
        return router_interface_disconnect(b->router, b->interface);
    case E_DELETE:
        return router_interface_delete(b->router, b->interface);
    case E_DISABLE:
        return set_enabled(b, false);
    case E_ENABLE:
        return set_enabled(b, true);
    case E_SUSPEND:
    case E_RESUME:
        router_pause(b->router, event == E_SUSPEND);
        return ST_OK;
    case E_RELOAD:
        return reload(b, 1);
    case E_DIAL_OK:
        answer(b, attempt, ST_OK);
        return ST_OK;
    case E_DIAL_FAIL:
        answer(b, attempt, ST_INTERFACE_UNREACHABLE);
        return ST_OK;
    case E_LINK_DOWN:
        link_down(b, attempt);
        return ST_OK;
    case E_STALE_OK:
        answer(b, attempt - 1, ST_OK);
        return ST_OK;
    case E_STALE_DOWN:
        link_down(b, attempt - 1);
        return ST_OK;
    case E_MINUTE:
    case E_TEN_MINUTES:
    case E_CLOSE_MINUTE:
    case E_SUSPEND_MINUTE:
        return happen_in_time(b, event);
    case E_COUNT:
        break;
    }
    fail();
    return ST_OK;
}

static struct outcome look(struct bench *b, mpr_status status)
{
    struct outcome seen = {.status = status, .completed = NOBODY};
    const struct fake_record *completion = fake_last(&b->host, FAKE_COMPLETE);

    if (interface_get(b->router, b->interface)) {
        struct interface_info info = fake_info(&b->host, b->interface);

        seen.state = info.state;
        seen.reasons = info.reasons;
        seen.last_error = info.last_error;
    }
    if (completion) seen.completed = completion->status;
    assert_true(fake_count(&b->host, FAKE_COMPLETE) <= 1);
    seen.signals = (unsigned)fake_count(&b->host, FAKE_SIGNAL);
    seen.dials = (unsigned)fake_count(&b->host, FAKE_DIAL);
    seen.hang_ups = (unsigned)fake_count(&b->host, FAKE_HANG_UP);
    return seen;
}

static struct outcome run(enum state state, enum event event)
{
    struct bench b;
    struct outcome seen;
    mpr_status status;

    bench_open(&b);
    enter_state(&b, state);
    fake_flush(&b.host);
    fake_forget(&b.host);
    status = happen(&b, event);
    fake_flush(&b.host);
    seen = look(&b, status);
    fake_close(&b.host);
    return seen;
}

static bool same(const struct outcome *a, const struct outcome *b)
{
    return a->status == b->status && a->state == b->state && a->reasons == b->reasons &&
           a->last_error == b->last_error && a->completed == b->completed &&
           a->signals == b->signals && a->dials == b->dials && a->hang_ups == b->hang_ups;
}

static void print_outcome(const char *what, enum state state, enum event event,
                          const struct outcome *o)
{
    print_message("%s: {%d, %d, {%u, %d, 0x%x, %u, %u, %u, %u, %u}}\n", what, (int)state,
                  (int)event, (unsigned)o->status, (int)o->state, (unsigned)o->reasons,
                  (unsigned)o->last_error, (unsigned)o->completed, o->signals, o->dials,
                  o->hang_ups);
}

static bool ends_as(const struct test_case *c, enum event event)
{
    struct outcome seen;

    fail_alloc_begin();
    seen = run(c->state, event);
    fail_alloc_end();
    if (same(&seen, &c->expected)) return true;
    print_outcome("expected", c->state, event, &c->expected);
    print_outcome("seen", c->state, event, &seen);
    return false;
}

static void test_every_event_in_every_state(void **test_state)
{
    unsigned rows[S_COUNT][E_COUNT] = {{0}};
    size_t wrong = 0;

    (void)test_state;
    for (size_t n = 0; n < sizeof(cases) / sizeof(cases[0]); n++) {
        for (unsigned event = 0; event < E_COUNT; event++) {
            if (!(cases[n].events >> event & 1)) continue;
            rows[cases[n].state][event]++;
            wrong += !ends_as(&cases[n], (enum event)event);
        }
    }
    for (size_t n = 0; n < (size_t)S_COUNT * E_COUNT; n++) {
        unsigned count = rows[n / E_COUNT][n % E_COUNT];

        if (count == 1) continue;
        print_message("state %d, event %d: %u rows\n", (int)(n / E_COUNT), (int)(n % E_COUNT),
                      count);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_event_in_every_state),
    };

    return cmocka_run_group_tests_name("ddm states", tests, NULL, NULL);
}
