/* ConnectClient and DisconnectClient: which protocols hear of clients, of whom, and until when. */
#include "sim/rm/rm_test.h"
#include "sim/support/fail_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf16.h"
#include "router/ddm/client.h"

#define EVERY   (PROTOCOL_ROUTING | PROTOCOL_ADD_ALL_INTERFACES)
#define ADDRESS 0x0A080005u

static struct admission *asked; /* and not answered yet */

static void host_admission(void *context, struct admission *a)
{
    (void)context;
    if (a->kind != ADMISSION_ASK) {
        mem_free(a);
        return;
    }
    assert_null(asked);
    asked = a;
}

/* A server with an Internal interface, whose index is returned. */
static uint32_t open_server(struct rm_test *t)
{
    static const struct port_setup ports[PORT_KINDS] = {{4, PORT_FOR_RAS}};

    rm_open_server(t);
    t->f.host.admission = host_admission;
    assert_int_equal(router_ports_create(t->r, ports), ST_OK);
    router_adapters(t->r, NULL, 0);
    fake_flush(&t->f);
    assert_non_null(t->r->internal);
    return t->r->internal->index;
}

static void know(struct rm_test *t, uint32_t transport, uint32_t functionality)
{
    t->functionality = functionality;
    assert_int_equal(router_catalogue_add(t->r, transport, FOREIGN_ID, u"p.dll"), ST_OK);
}

static void start(struct rm_test *t, uint32_t transport)
{
    struct blob b = rm_blob(FOREIGN_ID, "G", 1);

    assert_int_equal(router_transport_set(t->r, transport, &b, NULL, NULL), ST_OK);
    fake_flush(&t->f);
    blob_free(&b);
}

static handle_t32 call_in(struct rm_test *t, uint32_t address, uint8_t ipv6_id)
{
    struct client_call call = {.port = PORT_PPTP, .binding = {.remote = address}};
    handle_t32 client = 0;

    call.wants_ipv6 = ipv6_id != 0;
    call.ipv6_id[7] = ipv6_id;
    u16_copy(call.user, LINK_USER_MAX + 1, u"alice");
    assert_int_equal(router_client_call(t->r, &call, &client), ST_OK);
    fake_flush(&t->f);
    return client;
}

static void admit(struct rm_test *t, mpr_status answer)
{
    struct admission *a = asked;

    assert_non_null(a);
    asked = NULL;
    a->answer = answer;
    router_admission_answer(t->r, a);
    fake_flush(&t->f);
}

static handle_t32 connect(struct rm_test *t, uint32_t address, uint8_t ipv6_id)
{
    handle_t32 client = call_in(t, address, ipv6_id);

    admit(t, ST_OK);
    return client;
}

static void go(struct rm_test *t, handle_t32 client)
{
    router_client_gone(t->r, client);
    fake_flush(&t->f);
}

/* The last call is that, about the interface of that index, with that address. */
static void assert_told(const struct rm_test *t, enum protocol_call_kind kind, uint32_t index,
                        uint32_t address)
{
    const struct logged_call *last = &t->log[t->logged - 1];

    assert_int_not_equal(t->logged, 0);
    assert_int_equal(last->kind, kind);
    assert_int_equal(last->interface, index);
    assert_int_equal(rtm_ipv4(&last->client), address);
}

static size_t told(const struct rm_test *t)
{
    return rm_calls(t, CALL_CONNECT_CLIENT) + rm_calls(t, CALL_DISCONNECT_CLIENT);
}

/* ---- who, and of whom ------------------------------------------------------------------------ */

static void clients_come_and_go(void **state)
{
    struct rm_test t;
    uint32_t internal = open_server(&t);
    handle_t32 first, second;

    (void)state;
    know(&t, TRANSPORT_IP, EVERY);
    start(&t, TRANSPORT_IP);
    first = call_in(&t, ADDRESS, 0);
    assert_int_equal(told(&t), 0); /* it may be refused yet */
    asked->address.ipv4 = ADDRESS + 1;
    admit(&t, ST_OK);
    assert_int_equal(told(&t), 1);
    assert_told(&t, CALL_CONNECT_CLIENT, internal, ADDRESS + 1);
    second = connect(&t, ADDRESS + 2, 0);
    assert_told(&t, CALL_CONNECT_CLIENT, internal, ADDRESS + 2);
    go(&t, first);
    assert_told(&t, CALL_DISCONNECT_CLIENT, internal, ADDRESS + 1);
    assert_int_equal(router_interface_disconnect(t.r, second), ST_OK);
    fake_flush(&t.f);
    assert_told(&t, CALL_DISCONNECT_CLIENT, internal, ADDRESS + 2);

    /* Refused, gone while it was being asked about, without an address. */
    call_in(&t, ADDRESS, 0);
    admit(&t, ST_NO_DIALIN_PERMISSION);
    go(&t, call_in(&t, ADDRESS, 0));
    mem_free(asked);
    asked = NULL;
    go(&t, connect(&t, 0, 0));
    assert_int_equal(told(&t), 4);
    rm_close(&t);
}

/* One that is not on the Internal interface is not told; one that comes to it is told of all. */
static void only_on_the_internal_interface(void **state)
{
    struct blob with = rm_blob(FOREIGN_ID, "I", 1), without = rm_blob(FOREIGN_ID, NULL, 0);
    struct rm_test t;
    uint32_t internal = open_server(&t);
    handle_t32 client, other;

    (void)state;
    know(&t, TRANSPORT_IP, PROTOCOL_ROUTING);
    start(&t, TRANSPORT_IP);
    client = connect(&t, ADDRESS, 0);
    other = call_in(&t, ADDRESS + 1, 0);
    assert_int_equal(told(&t), 0);
    assert_int_equal(router_iftransport_set(t.r, t.r->internal->handle, TRANSPORT_IP, &with, NULL),
                     ST_OK);
    fake_flush(&t.f);
    assert_int_equal(told(&t), 1);
    assert_told(&t, CALL_CONNECT_CLIENT, internal, ADDRESS);
    admit(&t, ST_OK);
    assert_told(&t, CALL_CONNECT_CLIENT, internal, ADDRESS + 1);
    go(&t, other);
    assert_told(&t, CALL_DISCONNECT_CLIENT, internal, ADDRESS + 1);
    assert_int_equal(
        router_iftransport_set(t.r, t.r->internal->handle, TRANSPORT_IP, &without, NULL), ST_OK);
    go(&t, client);
    assert_int_equal(told(&t), 3);
    rm_close(&t);
    blob_free(&with);
    blob_free(&without);
}

static void those_that_were_there_before_the_protocol(void **state)
{
    struct rm_test t;
    uint32_t internal = open_server(&t);
    handle_t32 client = connect(&t, ADDRESS, 0);
    size_t complete = 0;

    (void)state;
    know(&t, TRANSPORT_IP, EVERY);
    start(&t, TRANSPORT_IP);
    assert_int_equal(told(&t), 1);
    for (size_t n = 0; n < t.logged; n++) {
        if (t.log[n].kind == CALL_START_COMPLETE) complete = n;
        if (t.log[n].kind != CALL_CONNECT_CLIENT) continue;
        assert_int_not_equal(complete, 0);
        assert_int_equal(t.log[n].interface, internal);
        assert_int_equal(rtm_ipv4(&t.log[n].client), ADDRESS);
    }
    go(&t, client);
    assert_told(&t, CALL_DISCONNECT_CLIENT, internal, ADDRESS);
    rm_close(&t);
}

/* Behind a refusal of the interface, and after the protocol has stopped, nothing is told. */
static void not_after_a_refusal_or_the_end(void **state)
{
    struct rm_test t;
    handle_t32 client;

    (void)state;
    open_server(&t);
    client = connect(&t, ADDRESS, 0);
    know(&t, TRANSPORT_IP, EVERY);
    t.answer[CALL_ADD_INTERFACE] = ST_INVALID_PARAMETER;
    start(&t, TRANSPORT_IP);
    go(&t, client);
    assert_int_equal(told(&t), 0);

    t.answer[CALL_ADD_INTERFACE] = ST_OK;
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    start(&t, TRANSPORT_IP);
    client = connect(&t, ADDRESS, 0);
    assert_int_equal(told(&t), 1);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    go(&t, client);
    assert_int_equal(told(&t), 1);
    rm_close(&t);
}

/* ---- IPv6 ------------------------------------------------------------------------------------ */

static void clients_of_ipv6(void **state)
{
    static const uint8_t address[16] = {0xFE, 0x80, [15] = 9};
    struct blob empty = rm_blob(INFO_IP_GLOBAL_INFO, "\0\0\0\0\1\0\0\0", 8);
    struct blob info = rm_blob(INFO_IP_INTERFACE_STATUS_INFO, "\1\0\0\0", 4);
    struct rm_test t;
    uint32_t internal = open_server(&t);

    (void)state;
    assert_int_equal(router_transport_create(t.r, TRANSPORT_IPV6, &empty, NULL, NULL), ST_OK);
    assert_int_equal(
        router_iftransport_add(t.r, t.r->internal->handle, TRANSPORT_IPV6, &info, NULL), ST_OK);
    know(&t, TRANSPORT_IPV6, PROTOCOL_ROUTING_V6 | PROTOCOL_ADD_ALL_INTERFACES);
    start(&t, TRANSPORT_IPV6);
    go(&t, connect(&t, ADDRESS, 0));
    assert_int_equal(told(&t), 0);
    go(&t, connect(&t, ADDRESS, 9));
    assert_int_equal(told(&t), 2);
    assert_int_equal(t.log[t.logged - 1].interface, internal);
    assert_memory_equal(t.log[t.logged - 1].client.octets, address, sizeof(address));
    assert_memory_equal(t.log[t.logged - 2].client.octets, address, sizeof(address));
    rm_close(&t);
    blob_free(&empty);
    blob_free(&info);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* The client is connected all the same, and who was not told of that is not told of the end. The
 * end itself needs none. */
static void without_memory(void **state)
{
    bool fired = true;

    (void)state;
    for (size_t n = 1; fired; n++) {
        struct rm_test t;
        handle_t32 client;
        size_t connects;

        open_server(&t);
        know(&t, TRANSPORT_IP, EVERY);
        start(&t, TRANSPORT_IP);
        client = call_in(&t, ADDRESS, 0);
        fail_alloc_at(n);
        admit(&t, ST_OK);
        fired = fail_alloc_fired();
        assert_int_equal(fake_state(&t.f, client), IF_CONNECTED);
        connects = rm_calls(&t, CALL_CONNECT_CLIENT);
        assert_int_equal(connects, fired ? 0 : 1);
        fail_alloc_always();
        router_client_gone(t.r, client);
        fail_alloc_at(0);
        fake_flush(&t.f);
        assert_int_equal(rm_calls(&t, CALL_DISCONNECT_CLIENT), connects);
        rm_close(&t);
        assert_true(n < 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clients_come_and_go),
        cmocka_unit_test(only_on_the_internal_interface),
        cmocka_unit_test(those_that_were_there_before_the_protocol),
        cmocka_unit_test(not_after_a_refusal_or_the_end),
        cmocka_unit_test(clients_of_ipv6),
        cmocka_unit_test(without_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
