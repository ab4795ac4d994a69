/* The administration DLLs as the core sees them: asked when the link is up, told when it is gone,
 * late, silent, or not there any more. */
#include "sim/support/cmocka_all.h"

#include <string.h>

#include "base/mem.h"
#include "router/ddm/port.h"
#include "sim/support/fail_alloc.h"
#include "sim/support/fake_host.h"

#define SECOND ((msec)1000)

struct fixture {
    struct fake_host host;
    struct router *r;
    handle_t32 i;
    struct request request;
    struct admission *asked; /* what the host has been asked and has not answered */
    unsigned asks, ends;
    handle_t32 ended; /* the connection of the last END */
};

static void host_admission(void *context, struct admission *a)
{
    struct fake_host *host = context;
    struct fixture *f = (struct fixture *)(void *)host; /* its first member */

    if (a->kind == ADMISSION_ASK) {
        f->asks++;
        f->asked = a;
    } else {
        f->ends++;
        f->ended = a->connection.connection;
        mem_free(a);
    }
}

static void open_fixture(struct fixture *f, enum dialer_kind kind)
{
    struct router_config config = {.router_type = ROUTER_LAN | ROUTER_WAN};

    memset(f, 0, sizeof(*f));
    fail_alloc_begin();
    fake_init(&f->host);
    f->host.host.admission = host_admission;
    f->r = fake_start(&f->host, &config);
    router_administrate(f->r, true);
    f->i = fake_demand_dial(&f->host, u"Branch", kind, SECOND);
}

static void close_fixture(struct fixture *f)
{
    fake_close(&f->host);
    fail_alloc_end();
}

static void connect_until_asked(struct fixture *f)
{
    memset(&f->request, 0, sizeof(f->request));
    assert_int_equal(router_interface_connect(f->r, f->i, &f->request), ST_PENDING);
    fake_advance(&f->host, SECOND);
    if (!f->asked) {
        fake_answer_dial(&f->host, ST_OK, NULL);
        fake_flush(&f->host);
    }
    assert_non_null(f->asked);
    assert_int_equal(fake_state(&f->host, f->i), IF_CONNECTING);
    assert_false(f->request.completed);
}

static void answer(struct fixture *f, mpr_status status)
{
    struct admission *a = f->asked;

    f->asked = NULL;
    a->answer = status;
    router_admission_answer(f->r, a);
    fake_flush(&f->host);
}

static struct port_info only_port(struct fixture *f)
{
    struct port_info p;
    uint32_t resume = 0, read, total;

    assert_int_equal(router_port_enum(f->r, 0, &resume, &p, 1, &read, &total), ST_OK);
    assert_int_equal(total, 1);
    return p;
}

static void test_accepted(void **state)
{
    struct fixture f;
    handle_t32 connection;

    (void)state;
    open_fixture(&f, DIALER_SCRIPTED);
    connect_until_asked(&f);
    connection = f.asked->connection.connection;
    assert_int_equal(f.asked->port.connection, connection);
    assert_int_equal(f.asked->connection.local, 0x0A090001);
    assert_int_equal(only_port(&f).condition, PORT_AUTHENTICATING);
    assert_int_equal(router_connection_count(f.r), 0);
    answer(&f, ST_OK);
    assert_int_equal(fake_state(&f.host, f.i), IF_CONNECTED);
    assert_int_equal(f.request.status, ST_OK);
    assert_int_equal(only_port(&f).connection, connection);
    fake_advance(&f.host, 3600 * SECOND); /* what was waited for has come: the link stays */
    assert_int_equal(fake_state(&f.host, f.i), IF_CONNECTED);
    assert_int_equal(f.ends, 0);
    assert_int_equal(router_interface_disconnect(f.r, f.i), ST_OK);
    fake_flush(&f.host);
    assert_int_equal(f.ends, 1);
    assert_int_equal(f.ended, connection);
    close_fixture(&f);
}

static void test_refused(void **state)
{
    struct fixture f;

    (void)state;
    open_fixture(&f, DIALER_HOST);
    connect_until_asked(&f);
    answer(&f, ST_INTERFACE_DISCONNECTED);
    assert_true(f.request.completed);
    assert_int_equal(f.request.status, ST_INTERFACE_DISCONNECTED);
    assert_int_equal(fake_info(&f.host, f.i).last_error, ST_INTERFACE_DISCONNECTED);
    assert_int_equal(fake_count(&f.host, FAKE_HANG_UP), 1); /* the link was up */
    assert_int_equal(f.ends, 1);
    connect_until_asked(&f); /* and again, by hand */
    assert_int_equal(f.asks, 2);
    answer(&f, ST_OK);
    assert_int_equal(fake_state(&f.host, f.i), IF_CONNECTED);
    close_fixture(&f);
}

static void test_silent(void **state)
{
    struct fixture f;

    (void)state;
    open_fixture(&f, DIALER_SCRIPTED);
    connect_until_asked(&f);
    fake_advance(&f.host, 30 * SECOND);
    assert_true(f.request.completed);
    assert_int_equal(f.request.status, ST_AUTH_SERVER_TIMEOUT);
    assert_int_equal(f.ends, 0); /* it comes when the answer does */
    answer(&f, ST_OK);
    assert_int_equal(f.ends, 1);
    assert_int_equal(fake_state(&f.host, f.i), IF_UNREACHABLE);
    close_fixture(&f);
}

/* The attempt ends while the question is out. */
static void test_overtaken(void **state)
{
    struct fixture f;
    struct admission *first;

    (void)state;
    open_fixture(&f, DIALER_HOST);
    connect_until_asked(&f);
    assert_int_equal(router_interface_disconnect(f.r, f.i), ST_OK);
    fake_flush(&f.host);
    assert_int_equal(f.request.status, ST_INTERFACE_DISCONNECTED);
    first = f.asked;
    f.asked = NULL;
    connect_until_asked(&f);
    assert_ptr_not_equal(first, f.asked);
    first->answer = ST_OK;
    router_admission_answer(f.r, first); /* not of this attempt */
    fake_flush(&f.host);
    assert_int_equal(f.ends, 1);
    assert_int_equal(fake_state(&f.host, f.i), IF_CONNECTING);
    router_link_down(f.r, f.i, 2, ST_OK); /* the link goes by itself */
    fake_flush(&f.host);
    assert_true(f.request.completed);
    answer(&f, ST_OK);
    assert_int_equal(f.ends, 2);
    assert_int_equal(fake_state(&f.host, f.i), IF_UNREACHABLE);
    close_fixture(&f);
}

static void test_router_ends(void **state)
{
    struct fixture f;

    (void)state;
    open_fixture(&f, DIALER_SCRIPTED);
    connect_until_asked(&f);
    answer(&f, ST_OK);
    fake_close(&f.host);
    assert_int_equal(f.ends, 1);
    fail_alloc_end();
    open_fixture(&f, DIALER_SCRIPTED);
    connect_until_asked(&f);
    fake_close(&f.host);
    assert_int_equal(f.ends, 0);
    mem_free(f.asked); /* the host's, when nobody takes the answer */
    fail_alloc_end();
}

static void test_memory(void **state)
{
    struct fixture f;

    (void)state;
    open_fixture(&f, DIALER_SCRIPTED);
    for (size_t n = 1;; n++) {
        mpr_status status;

        fail_alloc_at(n);
        status = router_interface_connect(f.r, f.i, NULL);
        if (!fail_alloc_fired()) break;
        assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
        assert_int_equal(only_port(&f).condition, PORT_DISCONNECTED);
    }
    fail_alloc_always(); /* asking, coming up and telling the end need none */
    fake_advance(&f.host, SECOND);
    answer(&f, ST_OK);
    assert_int_equal(fake_state(&f.host, f.i), IF_CONNECTED);
    assert_int_equal(router_interface_disconnect(f.r, f.i), ST_OK);
    fake_flush(&f.host);
    assert_int_equal(f.ends, 1);
    fail_alloc_at(0);
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),    cmocka_unit_test(test_refused),
        cmocka_unit_test(test_silent),      cmocka_unit_test(test_overtaken),
        cmocka_unit_test(test_router_ends), cmocka_unit_test(test_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
