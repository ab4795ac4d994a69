/* Who dials in: calls, refusals, names, quarantine, what may be done to a client, memory that
 * fails. */
#include "sim/support/cmocka_all.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "router/client.h"
#include "sim/support/fail_alloc.h"
#include "sim/support/fake_host.h"

#define SECOND  ((msec)1000)
#define ALL     (ROUTER_RAS | ROUTER_LAN | ROUTER_WAN)
#define ADDRESS 0x0A080005u

/* Two of PPTP, one of L2TP that is not for clients, two of IKEv2. */
static const struct port_setup few[PORT_KINDS] = {{2, PORT_FOR_RAS},
                                                  {1, PORT_FOR_ROUTING},
                                                  {0, PORT_FOR_RAS},
                                                  {2, PORT_FOR_RAS | PORT_FOR_ROUTING},
                                                  {0, PORT_FOR_ROUTING}};

struct fixture {
    struct fake_host host; /* first: host_admission is given it */
    struct router *r;
    struct admission *asked[8]; /* and not answered yet */
    unsigned count, asks, again, ends;
    struct connection_info ended; /* of the last END */
};

static void host_admission(void *context, struct admission *a)
{
    struct fixture *f = context;

    if (a->kind == ADMISSION_END) {
        f->ends++;
        f->ended = a->connection;
        mem_free(a);
        return;
    }
    if (a->kind == ADMISSION_ASK) f->asks++;
    if (a->kind == ADMISSION_ASK_AGAIN) f->again++;
    f->asked[f->count++] = a;
}

static struct fixture *open_router(uint32_t type)
{
    static struct fixture f;
    struct router_config config = {.router_type = type};

    memset(&f, 0, sizeof(f));
    fail_alloc_begin();
    fake_init(&f.host);
    f.host.host.admission = host_admission;
    f.r = fake_start(&f.host, &config);
    assert_int_equal(router_ports_create(f.r, few), ST_OK);
    return &f;
}

static void close_router(struct fixture *f)
{
    fake_close(&f->host);
    while (f->count) mem_free(f->asked[--f->count]);
    fail_alloc_end();
}

static int setup(void **state)
{
    *state = open_router(ALL);
    return 0;
}

static int teardown(void **state)
{
    close_router(*state);
    return 0;
}

static struct client_call call_of(const char16_t *user, const char16_t *domain)
{
    struct client_call call = {.port = PORT_IKEV2, .binding = {.remote = ADDRESS, .mtu = 1400}};

    u16_copy(call.user, LINK_USER_MAX + 1, user);
    u16_copy(call.domain, LINK_DOMAIN_MAX + 1, domain);
    return call;
}

static struct client_call call_over(const char16_t *adapter, uint32_t host_index)
{
    struct client_call call = call_of(u"", u"");

    u16_copy(call.alias, INTERFACE_NAME_MAX + 1, adapter);
    u16_copy(call.adapter, INTERFACE_NAME_MAX + 1, adapter);
    call.binding.host_index = host_index;
    call.binding.count = 1;
    call.binding.local[0].address = 0x0A080001;
    call.binding.local[0].mask = UINT32_MAX;
    return call;
}

static handle_t32 call_in(struct fixture *f, const struct client_call *call)
{
    handle_t32 client = 0;

    assert_int_equal(router_client_call(f->r, call, &client), ST_OK);
    fake_flush(&f->host);
    return client;
}

static handle_t32 alice(struct fixture *f)
{
    struct client_call call = call_of(u"alice", u"OFFICE");

    return call_in(f, &call);
}

static void answer(struct fixture *f, mpr_status status)
{
    struct admission *a = f->asked[0];

    assert_int_not_equal(f->count, 0);
    memmove(f->asked, f->asked + 1, --f->count * sizeof(*f->asked));
    a->answer = status;
    router_admission_answer(f->r, a);
    fake_flush(&f->host);
}

static bool exists(struct fixture *f, handle_t32 client)
{
    struct interface_info info;

    return router_interface_info(f->r, client, &info) == ST_OK;
}

static struct port_info port_of(struct fixture *f, enum port_kind kind)
{
    struct port_info all[8];
    uint32_t resume = 0, read, total;

    assert_int_equal(router_port_enum(f->r, 0, &resume, all, 8, &read, &total), ST_OK);
    for (uint32_t n = 0; n < read; n++) {
        if (all[n].kind == kind) return all[n];
    }
    fail();
    return all[0];
}

static uint32_t used(struct fixture *f)
{
    uint32_t total, in_use;

    router_port_count(f->r, &total, &in_use);
    return in_use;
}

/* The only connection. */
static struct connection_info connection(struct fixture *f)
{
    struct connection_info all[2];
    uint32_t resume = 0, read, total;

    assert_int_equal(router_connection_enum(f->r, &resume, all, 2, &read, &total), ST_OK);
    assert_int_equal(read, 1);
    return all[0];
}

static void watch_connections(struct fixture *f)
{
    handle_t32 server;

    assert_int_equal(router_server_open(f->r, HANDLE_SERVER, &server), ST_OK);
    assert_int_equal(router_notification_add(f->r, server, 1, 1), ST_OK);
}

/* ---- coming and going ------------------------------------------------------------------------ */

static void comes_and_goes(void **state)
{
    struct fixture *f = *state;
    struct interface_info info;
    struct connection_info c;
    handle_t32 client;

    watch_connections(f);
    assert_int_equal(port_of(f, PORT_IKEV2).condition, PORT_LISTENING);
    client = alice(f);
    info = fake_info(&f->host, client);
    assert_true(u16_equal(info.name, u"OFFICE\\alice"));
    assert_int_equal(info.type, IF_CLIENT);
    assert_int_equal(info.state, IF_CONNECTING);
    assert_true(info.enabled);
    assert_int_equal(port_of(f, PORT_IKEV2).condition, PORT_AUTHENTICATING);
    assert_int_equal(router_connection_count(f->r), 0);
    assert_int_equal(f->asked[0]->address.ipv4, ADDRESS);
    assert_false(f->asked[0]->address.fixed);
    assert_int_equal(fake_count(&f->host, FAKE_SIGNAL), 0);

    f->asked[0]->address.ipv4 = 0x0A080099;
    answer(f, ST_OK);
    assert_int_equal(fake_state(&f->host, client), IF_CONNECTED);
    assert_int_equal(fake_count(&f->host, FAKE_SIGNAL), 1);
    assert_int_equal(port_of(f, PORT_IKEV2).condition, PORT_AUTHENTICATED);
    assert_int_equal(port_of(f, PORT_IKEV2).calls, 1);
    assert_int_equal(used(f), 1);
    c = connection(f);
    assert_int_equal(c.interface, client);
    assert_int_equal(c.type, IF_CLIENT);
    assert_int_equal(c.remote, 0x0A080099);
    assert_true(u16_equal(c.user, u"alice") && u16_equal(c.domain, u"OFFICE"));
    assert_true(c.identified && c.guid[0] | c.guid[1] | c.guid[2] | c.guid[3]);

    fake_advance(&f->host, 5 * SECOND);
    assert_int_equal(connection(f).seconds, 5);
    assert_int_equal(router_interface_disconnect(f->r, client), ST_OK);
    fake_flush(&f->host);
    assert_int_equal(fake_count(&f->host, FAKE_SIGNAL), 2);
    assert_false(exists(f, client));
    assert_int_equal(router_connection_count(f->r), 0);
    assert_int_equal(used(f), 0);
    assert_int_equal(port_of(f, PORT_IKEV2).condition, PORT_LISTENING);
    assert_int_equal(f->ends, 1);
    assert_int_equal(f->ended.remote, 0x0A080099);
    assert_true(u16_equal(f->ended.interface_name, u"OFFICE\\alice"));
    assert_int_equal(router_interface_disconnect(f->r, client), ST_INVALID_HANDLE);
}

static void refused(void **state)
{
    struct fixture *f = *state;
    handle_t32 client = alice(f);

    watch_connections(f);
    answer(f, ST_NO_DIALIN_PERMISSION);
    assert_false(exists(f, client));
    assert_int_equal(f->ends, 1); /* who was asked may have to be told */
    assert_int_equal(used(f), 0);
    assert_int_equal(fake_count(&f->host, FAKE_SIGNAL), 0); /* it never was connected */
    assert_int_equal(port_of(f, PORT_IKEV2).calls, 0);
}

static void no_answer(void **state)
{
    struct fixture *f = *state;
    handle_t32 client = alice(f);

    fake_advance(&f->host, 29 * SECOND);
    assert_true(exists(f, client));
    fake_advance(&f->host, SECOND);
    assert_false(exists(f, client));
    assert_int_equal(f->ends, 0);
    answer(f, ST_OK);
    assert_int_equal(f->ends, 1);
    assert_int_equal(router_interface_count(f->r), 0);
}

static void gone_while_asked(void **state)
{
    struct fixture *f = *state;
    handle_t32 client = alice(f), second;

    router_client_gone(f->r, client);
    router_client_gone(f->r, client); /* no more */
    assert_false(exists(f, client));
    second = alice(f);
    answer(f, ST_OK); /* of the first */
    assert_int_equal(f->ends, 1);
    assert_int_equal(fake_state(&f->host, second), IF_CONNECTING);
    answer(f, ST_OK);
    assert_int_equal(fake_state(&f->host, second), IF_CONNECTED);
}

static void expected(void **state)
{
    struct fixture *f = *state;
    struct client_call call = call_of(u"bob", u"");

    call.after = 10 * SECOND;
    call.drop_after = 60 * SECOND;
    assert_int_equal(call_in(f, &call), 0);
    fake_advance(&f->host, 9 * SECOND);
    assert_int_equal(f->asks, 0);
    assert_int_equal(router_interface_count(f->r), 0);
    fake_advance(&f->host, SECOND);
    assert_int_equal(f->asks, 1);
    assert_true(u16_equal(f->asked[0]->connection.interface_name, u"bob"));
    fake_advance(&f->host, 20 * SECOND);
    answer(f, ST_OK);
    fake_advance(&f->host, 59 * SECOND); /* from the connection on */
    assert_int_equal(router_connection_count(f->r), 1);
    fake_advance(&f->host, SECOND);
    assert_int_equal(router_connection_count(f->r), 0);
    assert_int_equal(router_interface_count(f->r), 0);
    assert_int_equal(f->ends, 1);
}

/* ---- refusals before anybody is asked -------------------------------------------------------- */

static void assert_refused(struct fixture *f, const struct client_call *call, mpr_status status)
{
    handle_t32 client = 7;

    assert_int_equal(router_client_call(f->r, call, &client), status);
    fake_flush(&f->host);
    assert_int_equal(client, 0);
    assert_int_equal(f->asks, 0);
    assert_int_equal(router_interface_count(f->r), 0);
    assert_int_equal(used(f), 0);
}

static void not_for_clients(void **state)
{
    static const struct {
        uint32_t type;
        mpr_status status;
    } types[] = {{ROUTER_LAN, ST_DDM_NOT_RUNNING},
                 {ROUTER_LAN | ROUTER_WAN, ST_NOT_CLIENT_PORT},
                 {ROUTER_RAS_V6, ST_OK}};
    struct client_call call = call_of(u"alice", u"");

    (void)state;
    for (size_t n = 0; n < sizeof(types) / sizeof(*types); n++) {
        struct fixture *f = open_router(types[n].type);

        if (types[n].status)
            assert_refused(f, &call, types[n].status);
        else
            assert_true(exists(f, call_in(f, &call)));
        close_router(f);
    }
}

static void no_port(void **state)
{
    struct fixture *f = *state;
    struct client_call call = call_of(u"alice", u"");
    handle_t32 client;

    call.port = PORT_L2TP;
    assert_refused(f, &call, ST_NOT_CLIENT_PORT);
    call.port = PORT_DEVICE;
    assert_refused(f, &call, ST_NOT_CLIENT_PORT);
    call.port = PORT_SSTP;
    assert_refused(f, &call, ST_MAX_CLIENT_INTERFACE_LIMIT); /* there are none at all */
    call.port = PORT_PPTP;
    router_pause(f->r, true);
    assert_refused(f, &call, ST_SERVICE_IS_PAUSED);
    router_pause(f->r, false);
    call.user[0] = 0;
    assert_refused(f, &call, ST_INVALID_PARAMETER);
    call.user[0] = u'a';
    call_in(f, &call);
    call_in(f, &call);
    assert_int_equal(used(f), 2);
    assert_int_equal(router_client_call(f->r, &call, &client), ST_MAX_CLIENT_INTERFACE_LIMIT);
    call.port = PORT_IKEV2;
    call_in(f, &call);
    assert_int_equal(router_interface_count(f->r), 3);
}

/* Nobody hears of it but the log. */
static void expected_and_refused(void **state)
{
    struct fixture *f = *state;
    struct client_call call = call_of(u"alice", u"");

    call.port = PORT_SSTP;
    call.after = SECOND;
    assert_int_equal(call_in(f, &call), 0);
    fake_advance(&f->host, 2 * SECOND);
    assert_int_equal(f->asks, 0);
    assert_int_equal(router_interface_count(f->r), 0);
}

/* ---- names ----------------------------------------------------------------------------------- */

static handle_t32 found(struct fixture *f, const char16_t *name, bool clients)
{
    handle_t32 ret = 0;

    if (router_interface_find(f->r, name, clients, &ret) != ST_OK) assert_int_equal(ret, 0);
    return ret;
}

static void names(void **state)
{
    struct fixture *f = *state;
    handle_t32 first = alice(f), second = alice(f), branch;

    assert_int_equal(found(f, u"office\\ALICE", true), first);
    assert_int_equal(found(f, u"OFFICE\\alice", false), 0);
    assert_int_equal(found(f, u"alice", true), 0);
    branch = fake_demand_dial(&f->host, u"OFFICE\\alice", DIALER_SCRIPTED, 0);
    assert_int_equal(found(f, u"OFFICE\\alice", true), branch);
    assert_int_equal(found(f, u"OFFICE\\alice", false), branch);
    assert_int_equal(router_interface_delete(f->r, branch), ST_OK);
    router_client_gone(f->r, first);
    assert_int_equal(found(f, u"OFFICE\\alice", true), second);
}

static void longest_name(void **state)
{
    struct fixture *f = *state;
    struct client_call call = call_of(u"", u"LONGDOMAINNAMES");
    struct interface_info info;

    for (size_t n = 0; n < LINK_USER_MAX; n++) call.user[n] = u'u';
    info = fake_info(&f->host, call_in(f, &call));
    assert_int_equal(u16_length(info.name, INTERFACE_NAME_MAX + 1), INTERFACE_NAME_MAX);
    assert_int_equal(info.name[15], u'\\');
    assert_int_equal(u16_length(f->asked[0]->connection.user, LINK_USER_MAX + 1), LINK_USER_MAX);
}

/* ---- links of the host ----------------------------------------------------------------------- */

static void over_an_adapter(void **state)
{
    struct fixture *f = *state;
    struct client_call call = call_over(u"ppp0", 7);
    struct host_adapter adapter = fake_adapter(u"ppp0", 7, 0x0A080001, UINT32_MAX);
    handle_t32 client, lan;

    router_adapters(f->r, &adapter, 1);
    lan = found(f, u"ppp0", false);
    assert_int_equal(fake_state(&f->host, lan), IF_CONNECTED);
    call.base.bytes_in = 1000;
    client = call_in(f, &call);
    assert_true(f->asked[0]->address.fixed);
    assert_true(u16_equal(fake_info(&f->host, client).name, u"ppp0"));
    assert_int_equal(fake_state(&f->host, lan), IF_CONNECTED); /* not lent before it is agreed */
    answer(f, ST_OK);
    assert_int_equal(fake_info(&f->host, lan).reasons, REASON_NO_DEVICE);
    assert_int_equal(connection(f).host_index, 7);
    assert_int_equal(connection(f).base.bytes_in, 1000);
    assert_int_equal(connection(f).local, 0x0A080001);
    assert_int_equal(port_of(f, PORT_IKEV2).host_index, 7);
    assert_int_equal(router_client_call(f->r, &call, &client), ST_INTERFACE_CONNECTED);
    router_client_gone(f->r, connection(f).interface);
    assert_int_equal(fake_state(&f->host, lan), IF_CONNECTED);
}

static void an_adapter_to_dial_over(void **state)
{
    struct fixture *f = *state;
    struct client_call call = call_over(u"eth7", 7);
    struct dial_entry entry;
    struct dial_plan plan;
    struct interface_spec spec = {u"Branch", IF_FULL_ROUTER, true, NULL, &entry, &plan, false};
    handle_t32 branch, client;

    fake_dial_defaults(DIALER_COMMAND, 0, &entry, &plan);
    u16_copy(plan.adapter, DIAL_TEXT_MAX, u"ETH7");
    assert_int_equal(router_interface_create(f->r, &spec, &branch), ST_OK);
    assert_int_equal(router_client_call(f->r, &call, &client), ST_INTERFACE_CONNECTED);
    assert_int_equal(f->asks, 0);
    assert_int_equal(router_interface_delete(f->r, branch), ST_OK);
    assert_true(exists(f, call_in(f, &call)));
}

/* ---- quarantine ------------------------------------------------------------------------------ */

static handle_t32 quarantined(struct fixture *f)
{
    struct client_call call = call_of(u"carol", u"");

    call.quarantined = true;
    call_in(f, &call);
    assert_true(f->asked[0]->connection.quarantined);
    answer(f, ST_OK);
    assert_true(connection(f).quarantined);
    return connection(f).connection;
}

static void release(void **state)
{
    struct fixture *f = *state;
    handle_t32 c = quarantined(f);

    assert_int_equal(router_connection_release(f->r, c), ST_OK);
    fake_flush(&f->host);
    assert_int_equal(f->again, 0); /* there is no DLL to ask */
    assert_false(connection(f).quarantined);
    assert_int_equal(router_connection_release(f->r, c), ST_NOT_FOUND);
    assert_int_equal(router_connection_release(f->r, 12345), ST_INVALID_PARAMETER);
    router_client_gone(f->r, connection(f).interface);
    assert_int_equal(router_connection_release(f->r, c), ST_INVALID_PARAMETER);
}

static void asked_again(void **state)
{
    struct fixture *f = *state;
    handle_t32 c;

    router_administrate(f->r, true);
    c = quarantined(f);
    assert_int_equal(router_connection_release(f->r, c), ST_OK);
    fake_flush(&f->host);
    assert_int_equal(f->again, 1);
    assert_false(f->asked[0]->connection.quarantined);
    assert_int_equal(port_of(f, PORT_IKEV2).condition, PORT_AUTHENTICATED);
    answer(f, ST_OK);
    fake_advance(&f->host, 60 * SECOND);
    assert_int_equal(connection(f).connection, c);
    assert_int_equal(f->ends, 0);
}

static void refused_again(void **state)
{
    struct fixture *f = *state;

    router_administrate(f->r, true);
    assert_int_equal(router_connection_release(f->r, quarantined(f)), ST_OK);
    fake_flush(&f->host);
    answer(f, ST_INTERFACE_DISCONNECTED);
    assert_int_equal(router_connection_count(f->r), 0);
    assert_int_equal(f->ends, 1);
}

static void no_answer_again(void **state)
{
    struct fixture *f = *state;

    router_administrate(f->r, true);
    assert_int_equal(router_connection_release(f->r, quarantined(f)), ST_OK);
    fake_advance(&f->host, 30 * SECOND);
    assert_int_equal(router_connection_count(f->r), 0);
    assert_int_equal(f->ends, 0);
    answer(f, ST_OK);
    assert_int_equal(f->ends, 1);
}

/* ---- what may be done to one ----------------------------------------------------------------- */

static void as_an_interface(void **state)
{
    static const uint8_t bytes[16] = {1, 0, 0, 0, 16};
    const struct blob info = {(void *)(uintptr_t)bytes, sizeof(bytes)};
    struct fixture *f = *state;
    handle_t32 client = alice(f);
    const struct blob *got;
    mpr_status result;

    answer(f, ST_OK);
    assert_int_equal(router_interface_connect(f->r, client, NULL), ST_INVALID_PARAMETER);
    assert_int_equal(router_interface_delete(f->r, client), ST_INVALID_PARAMETER);
    assert_int_equal(router_interface_set(f->r, client, false, true, NULL), ST_INVALID_PARAMETER);
    assert_int_equal(router_interface_set(f->r, client, true, true, NULL), ST_OK);
    assert_int_equal(router_transport_create(f->r, TRANSPORT_IP, &info, NULL, NULL), ST_OK);
    assert_int_equal(router_iftransport_add(f->r, client, TRANSPORT_IP, &info, NULL),
                     ST_INVALID_PARAMETER);
    assert_int_equal(router_iftransport_get(f->r, client, TRANSPORT_IP, &got),
                     ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_iftransport_set(f->r, client, TRANSPORT_IP, &info, NULL),
                     ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_iftransport_remove(f->r, client, TRANSPORT_IP), ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_update_routes(f->r, client, TRANSPORT_IP, NULL), ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_update_result(f->r, client, TRANSPORT_IP, &result),
                     ST_NO_SUCH_INTERFACE);
    assert_int_equal(fake_state(&f->host, client), IF_CONNECTED);
}

static void as_a_connection(void **state)
{
    struct fixture *f = *state;
    handle_t32 client = alice(f), c;

    answer(f, ST_OK);
    assert_int_equal(router_connection_find(f->r, ADDRESS, &c), ST_OK);
    assert_int_equal(c, connection(f).connection);
    assert_int_equal(router_connection_move(f->r, c, u"192.0.2.1", u"192.0.2.2"), ST_OK);
    assert_int_equal(connection(f).switch_overs, 1);
    assert_int_equal(router_port_disconnect(f->r, connection(f).port), ST_OK);
    assert_false(exists(f, client));
    assert_int_equal(router_port_disconnect(f->r, port_of(f, PORT_IKEV2).port),
                     ST_INTERFACE_NOT_CONNECTED);
}

static void router_ends(void **state)
{
    struct fixture *f = open_router(ALL);
    struct client_call call = call_of(u"late", u"");

    (void)state;
    alice(f);
    answer(f, ST_OK);
    alice(f); /* being asked about */
    call.after = SECOND;
    call_in(f, &call);
    fake_close(&f->host);
    assert_int_equal(f->ends, 1);
    assert_int_equal(f->count, 1);
    mem_free(f->asked[0]);
    fail_alloc_end();
}

/* ---- memory ---------------------------------------------------------------------------------- */

static bool call_with_failure(struct fixture *f, const struct client_call *call, size_t n)
{
    handle_t32 client = 0;
    mpr_status status;
    bool fired;

    fail_alloc_at(n);
    status = router_client_call(f->r, call, &client);
    fake_flush(&f->host);
    fired = fail_alloc_fired();
    assert_int_equal(status, fired ? ST_NOT_ENOUGH_MEMORY : ST_OK);
    assert_int_equal(router_interface_count(f->r), !fired);
    assert_int_equal(f->asks, !fired);
    return fired;
}

/* The call itself may fail; what comes after it may not. */
static void memory(void **state)
{
    struct client_call call = call_of(u"alice", u"OFFICE");
    size_t n = 1;
    bool fired = true;

    (void)state;
    for (; fired; n++) {
        struct fixture *f = open_router(ALL);

        router_administrate(f->r, true);
        call.quarantined = true;
        fired = call_with_failure(f, &call, n);
        if (!fired) {
            fail_alloc_always();
            answer(f, ST_OK);
            assert_int_equal(router_connection_release(f->r, connection(f).connection), ST_OK);
            fake_flush(&f->host);
            answer(f, ST_OK);
            assert_int_equal(router_port_disconnect(f->r, connection(f).port), ST_OK);
            fake_flush(&f->host);
            assert_int_equal(f->ends, 1);
            fail_alloc_at(0);
        }
        close_router(f);
    }
    assert_true(n > 4);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(comes_and_goes),
        CASE(refused),
        CASE(no_answer),
        CASE(gone_while_asked),
        CASE(expected),
        cmocka_unit_test(not_for_clients),
        CASE(no_port),
        CASE(expected_and_refused),
        CASE(names),
        CASE(longest_name),
        CASE(over_an_adapter),
        CASE(an_adapter_to_dial_over),
        CASE(release),
        CASE(asked_again),
        CASE(refused_again),
        CASE(no_answer_again),
        CASE(as_an_interface),
        CASE(as_a_connection),
        cmocka_unit_test(router_ends),
        cmocka_unit_test(memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
