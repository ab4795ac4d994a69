/* Who dials in: calls, refusals, names, links of the host. */
#include "router/state.h"
#include "sim/port/client_fixture.h"

#include <string.h>

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

/* Whoever is gone has no timer left, nor room for one. */
static void nothing_is_due_once_all_are_gone(void **state)
{
    struct fixture *f = *state;
    const size_t reserved = f->r->timers.reserved;
    struct client_call limited = call_of(u"bob", u"OFFICE");
    handle_t32 client;

    router_client_gone(f->r, alice(f));
    assert_true(router_next_due(f->r) == MSEC_NEVER);
    answer(f, ST_OK);
    client = alice(f);
    answer(f, ST_OK);
    assert_int_equal(router_interface_disconnect(f->r, client), ST_OK);
    fake_flush(&f->host);
    assert_true(router_next_due(f->r) == MSEC_NEVER);
    limited.drop_after = 60 * SECOND;
    client = call_in(f, &limited);
    answer(f, ST_OK);
    assert_true(router_next_due(f->r) != MSEC_NEVER);
    router_client_gone(f->r, client);
    fake_flush(&f->host);
    assert_true(router_next_due(f->r) == MSEC_NEVER);
    assert_int_equal(f->r->timers.reserved, reserved);
}

/* RFC 4122 4.4: random but for version and variant, in Windows' order of octets. */
static void each_connection_has_a_guid_of_its_own(void **state)
{
    struct fixture *f = *state;
    uint8_t last[16] = {0}, ones[16] = {0}, zeroes[16] = {0};

    for (int n = 0; n < 64; n++) {
        handle_t32 client = alice(f);
        struct connection_info c;

        answer(f, ST_OK);
        c = connection(f);
        assert_int_equal(c.guid[7] & 0xF0, 0x40);
        assert_int_equal(c.guid[8] & 0xC0, 0x80);
        assert_true(memcmp(c.guid, last, 16) != 0);
        memcpy(last, c.guid, 16);
        for (size_t k = 0; k < 16; k++) {
            ones[k] |= c.guid[k];
            zeroes[k] |= (uint8_t)~c.guid[k];
        }
        assert_int_equal(router_interface_disconnect(f->r, client), ST_OK);
        fake_flush(&f->host);
        f->host.host.random(&f->host); /* or its low bits would be the same in each GUID */
    }
    for (size_t k = 0; k < 16; k++) {
        const uint8_t random = k == 7 ? 0x0F : k == 8 ? 0x3F : 0xFF;

        assert_int_equal(ones[k] & random, random);
        assert_int_equal(zeroes[k] & random, random);
    }
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
    size_t live, timers = f->r->timers.reserved;
    handle_t32 client = 7;

    /* What grew for the first one is as large for the next. */
    assert_true(router_client_call(f->r, call, &client) == status);
    live = fail_alloc_live();
    assert_int_equal(router_client_call(f->r, call, &client), status);
    assert_int_equal(fail_alloc_live(), live);
    assert_int_equal(f->r->timers.reserved, timers);
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
    struct interface_spec spec = {
        .name = u"Branch", .type = IF_FULL_ROUTER, .enabled = true, .entry = &entry, .plan = &plan};
    handle_t32 branch, client;

    fake_dial_defaults(DIALER_HOST, 0, &entry, &plan);
    u16_copy(plan.adapter, DIAL_TEXT_MAX, u"ETH7");
    assert_int_equal(router_interface_create(f->r, &spec, &branch), ST_OK);
    assert_int_equal(router_client_call(f->r, &call, &client), ST_INTERFACE_CONNECTED);
    assert_int_equal(f->asks, 0);
    assert_int_equal(router_interface_delete(f->r, branch), ST_OK);
    assert_true(exists(f, call_in(f, &call)));
}

/* Dialled over an adapter that is a client's link by now. */
static void an_adapter_has_one_owner(void **state)
{
    struct fixture *f = *state;
    struct client_call call = call_over(u"ppp0", 7);
    struct ip_binding binding = {.count = 1, .host_index = 7};
    handle_t32 client = call_in(f, &call), branch;

    answer(f, ST_OK);
    branch = fake_demand_dial(&f->host, u"Branch", DIALER_HOST, 0);
    assert_int_equal(router_interface_connect(f->r, branch, NULL), ST_PENDING);
    fake_flush(&f->host);
    fake_answer_dial(&f->host, ST_OK, &binding);
    fake_flush(&f->host);
    assert_int_equal(fake_state(&f->host, branch), IF_UNREACHABLE);
    assert_int_equal(fake_info(&f->host, branch).last_error, ST_INTERFACE_HAS_NO_DEVICES);
    assert_int_equal(fake_count(&f->host, FAKE_HANG_UP), 1);
    assert_int_equal(fake_state(&f->host, client), IF_CONNECTED);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(comes_and_goes),
        CASE(refused),
        CASE(no_answer),
        CASE(gone_while_asked),
        CASE(nothing_is_due_once_all_are_gone),
        CASE(each_connection_has_a_guid_of_its_own),
        CASE(expected),
        cmocka_unit_test(not_for_clients),
        CASE(no_port),
        CASE(expected_and_refused),
        CASE(names),
        CASE(longest_name),
        CASE(over_an_adapter),
        CASE(an_adapter_to_dial_over),
        CASE(an_adapter_has_one_owner),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
