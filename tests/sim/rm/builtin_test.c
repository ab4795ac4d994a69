/* A second built-in protocol is a row: the router starts it by its block, beside RIP, and each gets
 * what comes to its own port. */
#include "protocol/rip/config.h"
#include "protocol/rip/rip.h"
#include "sim/rm/rm_test.h"
#include "sim/support/fail_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define ECHO_ID    0x01370042u
#define ECHO_PORT  4711u
#define ECHO_GROUP 0xE00000FAu
#define ECHO_LIMIT 12u
#define OWN        0x0A090001u
#define PEER       0x0A090002u
#define HOST_INDEX 1000u

/* ---- the protocol: it sends back what it gets ------------------------------------------------ */

struct protocol_instance {
    const struct protocol_system *system;
    struct ip_binding binding;
    uint32_t interface;
    bool listening;
};

static struct {
    uint32_t starts, stops, heard;
    uint8_t global; /* first octet of its global block */
    uint32_t route_limit, neighbour_limit;
    struct protocol_datagram last;
} echo;

static mpr_status echo_start(struct protocol_instance **ret, const struct protocol_support *support,
                             const struct protocol_system *system,
                             const struct protocol_info *global)
{
    (void)support;
    *ret = mem_alloc(sizeof(**ret));
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    (*ret)->system = system;
    echo.starts++;
    echo.global = global->size ? *(const uint8_t *)global->data : 0;
    echo.route_limit = system->route_limit;
    echo.neighbour_limit = system->neighbour_limit;
    return ST_OK;
}

static mpr_status echo_start_complete(struct protocol_instance *p)
{
    (void)p;
    return ST_OK;
}

static mpr_status echo_stop(struct protocol_instance *p)
{
    mem_free(p);
    echo.stops++;
    return ST_OK;
}

static mpr_status echo_set_global(struct protocol_instance *p, const struct protocol_info *info)
{
    (void)p;
    echo.global = *(const uint8_t *)info->data;
    return ST_OK;
}

static mpr_status echo_add(struct protocol_instance *p, const char16_t *name, uint32_t interface,
                           enum net_interface_type type, const struct protocol_info *info)
{
    (void)name;
    (void)type;
    (void)info;
    p->interface = interface;
    return ST_OK;
}

static void echo_listen(struct protocol_instance *p, bool start)
{
    if (p->listening == start) return;
    p->listening = start;
    assert_int_equal(p->system->listen(p->system->context, &p->binding, ECHO_GROUP, start), ST_OK);
}

static mpr_status echo_delete(struct protocol_instance *p, uint32_t interface)
{
    assert_int_equal(interface, p->interface);
    echo_listen(p, false);
    return ST_OK;
}

static mpr_status echo_status(struct protocol_instance *p, uint32_t interface, bool active,
                              enum interface_status_type type, const struct ip_binding *binding)
{
    (void)active;
    assert_int_equal(interface, p->interface);
    if (type == RIS_ADDRESS_CHANGE) p->binding = *binding;
    if (type == RIS_ENABLED) echo_listen(p, true);
    if (type == RIS_DISABLED) echo_listen(p, false);
    return ST_OK;
}

static mpr_status echo_set_info(struct protocol_instance *p, uint32_t interface,
                                const struct protocol_info *info)
{
    (void)p;
    (void)interface;
    (void)info;
    return ST_OK;
}

static mpr_status echo_message(struct protocol_instance *p, enum protocol_event *ret_event,
                               struct protocol_message *ret_message)
{
    (void)p;
    (void)ret_event;
    (void)ret_message;
    return ST_NO_MORE_ITEMS;
}

static void echo_datagram(struct protocol_instance *p, const struct protocol_datagram *d)
{
    struct protocol_datagram back = {.interface = d->interface,
                                     .host_index = d->host_index,
                                     .source = OWN,
                                     .destination = d->source,
                                     .destination_port = d->source_port,
                                     .data = d->data,
                                     .size = d->size};

    assert_int_equal(d->interface, p->interface);
    echo.heard++;
    echo.last = *d;
    assert_int_equal(p->system->send(p->system->context, &back), ST_OK);
}

static const struct routing_protocol echo_protocol = {.name = "echo",
                                                      .protocol_id = ECHO_ID,
                                                      .functionality = PROTOCOL_ROUTING,
                                                      .start = echo_start,
                                                      .start_complete = echo_start_complete,
                                                      .stop = echo_stop,
                                                      .set_global_info = echo_set_global,
                                                      .add_interface = echo_add,
                                                      .delete_interface = echo_delete,
                                                      .interface_status = echo_status,
                                                      .set_interface_info = echo_set_info,
                                                      .get_event_message = echo_message,
                                                      .datagram = echo_datagram};

/* ---- the router ------------------------------------------------------------------------------ */

static void open_rows(struct rm_test *t)
{
    struct builtin_protocol rows[] = {
        {.transport = TRANSPORT_IP, .protocol = &rip_protocol, .name = u"Rip", .port = RIP_PORT},
        {.transport = TRANSPORT_IP,
         .protocol = &echo_protocol,
         .name = u"Echo",
         .port = ECHO_PORT,
         .route_limit = ECHO_LIMIT,
         .neighbour_limit = ECHO_LIMIT + 1},
    };

    memset(&echo, 0, sizeof(echo));
    rm_open_with(t, rows, 2);
    memset(rows, 0, sizeof(rows)); /* the router has its own */
}

static struct blob globals(void)
{
    struct blob b = {NULL, 0};
    struct rip_global_config config;
    void *block;
    size_t size;

    assert_int_equal(rip_global_decode(&config, NULL), ST_OK);
    assert_int_equal(rip_global_encode(&config, &block, &size), ST_OK);
    rm_add(&b, ROUTE_PROTO_RIP, (uint32_t)size, 1, block);
    rm_add(&b, ECHO_ID, 1, 1, "E");
    rip_global_free(&config);
    mem_free(block);
    return b;
}

static struct blob infos(void)
{
    struct blob b = {NULL, 0};
    struct rip_if_config config;
    void *block;
    size_t size;

    assert_int_equal(rip_if_decode(&config, NET_DEMAND_DIAL, NULL), ST_OK);
    assert_int_equal(rip_if_encode(&config, 0, true, &block, &size), ST_OK);
    rm_add(&b, ROUTE_PROTO_RIP, (uint32_t)size, 1, block);
    rm_add(&b, ECHO_ID, 1, 1, "I");
    rip_if_free(&config);
    mem_free(block);
    return b;
}

static void start_both(struct rm_test *t)
{
    struct blob b = globals();

    assert_int_equal(router_transport_set(t->r, TRANSPORT_IP, &b, NULL, NULL), ST_OK);
    blob_free(&b);
    b = infos();
    assert_int_equal(router_iftransport_set(t->r, t->dial, TRANSPORT_IP, &b, NULL), ST_OK);
    blob_free(&b);
    fake_flush(&t->f);
}

static const struct fake_record *listen_on(const struct rm_test *t, uint16_t port)
{
    const struct fake_record *record;

    for (size_t n = 0; (record = fake_nth(&t->f, FAKE_LISTEN, n)); n++) {
        if (record->port == port) return record;
    }
    return NULL;
}

static size_t sent_from(const struct rm_test *t, uint16_t port)
{
    const struct fake_record *record;
    size_t found = 0;

    for (size_t n = 0; (record = fake_nth(&t->f, FAKE_SEND, n)); n++)
        found += record->datagram.source_port == port;
    return found;
}

/* From a neighbour that asks RIP for its table, or sends the same to another port. */
static void deliver(struct rm_test *t, uint16_t port)
{
    static const uint8_t request[24] = {1, 2, [23] = 16};
    const struct protocol_datagram d = {.host_index = HOST_INDEX,
                                        .source = PEER,
                                        .destination = OWN,
                                        .source_port = 5000,
                                        .destination_port = port,
                                        .data = request,
                                        .size = sizeof(request)};

    router_datagram(t->r, &d);
    fake_flush(&t->f);
}

static void a_row_makes_a_protocol_that_runs_beside_rip(void **state)
{
    const struct fake_record *record;
    struct rm_test t;

    (void)state;
    fail_alloc_begin();
    open_rows(&t);
    assert_int_equal(echo.starts, 0);
    start_both(&t);
    assert_int_equal(echo.starts, 1);
    assert_int_equal(echo.global, 'E');
    assert_int_equal(echo.route_limit, ECHO_LIMIT);
    assert_int_equal(echo.neighbour_limit, ECHO_LIMIT + 1);
    assert_int_equal(fake_count(&t.f, FAKE_PROTOCOL_CALL), 0);
    record = listen_on(&t, ECHO_PORT);
    assert_non_null(record);
    assert_true(record->start);
    assert_int_equal(record->group, ECHO_GROUP);
    assert_int_equal(record->binding.host_index, HOST_INDEX);
    record = listen_on(&t, RIP_PORT);
    assert_non_null(record);
    assert_true(record->start);
    rm_close(&t);
    assert_int_equal(echo.stops, 1);
    fail_alloc_end();
}

static void each_protocol_gets_what_comes_to_its_port(void **state)
{
    struct rm_test t;

    (void)state;
    open_rows(&t);
    start_both(&t);
    fake_forget(&t.f);
    deliver(&t, ECHO_PORT);
    assert_int_equal(echo.heard, 1);
    assert_int_equal(echo.last.source, PEER);
    assert_int_equal(echo.last.destination_port, ECHO_PORT);
    assert_int_equal(sent_from(&t, ECHO_PORT), 1);
    assert_int_equal(sent_from(&t, RIP_PORT), 0);
    assert_int_equal(fake_last(&t.f, FAKE_SEND)->datagram.destination_port, 5000);

    fake_forget(&t.f);
    deliver(&t, RIP_PORT);
    assert_int_equal(echo.heard, 1);
    assert_int_equal(sent_from(&t, ECHO_PORT), 0);
    assert_int_equal(sent_from(&t, RIP_PORT), 1);

    fake_forget(&t.f);
    deliver(&t, 4712);
    assert_int_equal(echo.heard, 1);
    assert_int_equal(fake_count(&t.f, FAKE_SEND), 0);
    rm_close(&t);
}

static void a_protocol_that_leaves_an_interface_leaves_the_others_there(void **state)
{
    struct rm_test t;

    (void)state;
    open_rows(&t);
    start_both(&t);
    fake_forget(&t.f);
    assert_int_equal(rm_set_info(&t, ECHO_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(fake_count(&t.f, FAKE_LISTEN), 1);
    assert_non_null(listen_on(&t, ECHO_PORT));
    assert_false(listen_on(&t, ECHO_PORT)->start);
    deliver(&t, ECHO_PORT);
    assert_int_equal(echo.heard, 0);
    deliver(&t, RIP_PORT);
    assert_int_equal(sent_from(&t, RIP_PORT), 1);
    rm_close(&t);
}

/* Of the same number, but for another transport; and without a row at all. */
static void what_has_no_row_is_not_started(void **state)
{
    static const struct builtin_protocol other = {.transport = TRANSPORT_IPV6,
                                                  .protocol = &echo_protocol,
                                                  .name = u"Echo",
                                                  .port = ECHO_PORT};
    struct rm_test t;

    (void)state;
    memset(&echo, 0, sizeof(echo));
    rm_open_with(&t, &other, 1);
    start_both(&t);
    assert_int_equal(echo.starts, 0);
    assert_int_equal(fake_count(&t.f, FAKE_LISTEN), 0);
    deliver(&t, ECHO_PORT);
    deliver(&t, RIP_PORT);
    assert_int_equal(fake_count(&t.f, FAKE_SEND), 0);
    rm_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_makes_a_protocol_that_runs_beside_rip),
        cmocka_unit_test(each_protocol_gets_what_comes_to_its_port),
        cmocka_unit_test(a_protocol_that_leaves_an_interface_leaves_the_others_there),
        cmocka_unit_test(what_has_no_row_is_not_started),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
