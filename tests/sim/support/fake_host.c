/* The recording host. Its own memory comes from malloc, not from the core's allocator: a sweep of
 * failing allocations must not hit the observer. */
#include "sim/support/fake_host.h"

#include "base/utf16.h"
#include "protocol/builtin/builtin_protocols.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* A record to be filled in; a dummy one while recording is off. */
static struct fake_record *record_new(struct fake_host *f, enum fake_action action)
{
    static struct fake_record dropped;
    struct fake_record *record = &dropped;

    if (f->record) {
        if (f->count == f->capacity) {
            f->capacity = f->capacity ? f->capacity * 2 : 16;
            f->records = realloc(f->records, f->capacity * sizeof(*f->records));
            assert_non_null(f->records);
        }
        record = &f->records[f->count++];
    }
    memset(record, 0, sizeof(*record));
    record->action = action;
    record->when = f->now;
    return record;
}

static void record_done(struct fake_host *f, const struct fake_record *record)
{
    struct fake_record copy = *record;

    if (f->on_action) f->on_action(f, &copy);
}

static void record_data(struct fake_host *f, struct fake_record *record, const void *data,
                        size_t size)
{
    if (!f->record || !size) return;
    record->data = malloc(size);
    assert_non_null(record->data);
    memcpy(record->data, data, size);
    record->size = size;
}

static void host_complete(void *context, struct request *request)
{
    struct fake_record *record = record_new(context, FAKE_COMPLETE);

    record->request = request;
    record->status = request->status;
    record_done(context, record);
}

static void host_signal(void *context, host_event event)
{
    struct fake_record *record = record_new(context, FAKE_SIGNAL);

    record->event = event;
    record_done(context, record);
}

static void host_close_event(void *context, host_event event)
{
    struct fake_record *record = record_new(context, FAKE_CLOSE_EVENT);

    record->event = event;
    record_done(context, record);
}

static void host_dial(void *context, const struct dial_attempt *attempt)
{
    struct fake_record *record = record_new(context, FAKE_DIAL);

    record->interface = attempt->interface;
    record->attempt = attempt->attempt;
    u16_copy(record->name, INTERFACE_NAME_MAX + 1, attempt->interface_name);
    record->entry = *attempt->entry;
    record->plan = *attempt->plan;
    record_done(context, record);
}

static void host_hang_up(void *context, handle_t32 interface, uint32_t attempt)
{
    struct fake_record *record = record_new(context, FAKE_HANG_UP);

    record->interface = interface;
    record->attempt = attempt;
    record_done(context, record);
}

static void host_protocol_call(void *context, struct protocol_call *call)
{
    struct fake_record *record = record_new(context, FAKE_PROTOCOL_CALL);

    record->call = call;
    record_done(context, record);
}

static void host_store(void *context, const struct store_item *item)
{
    struct fake_record *record = record_new(context, FAKE_STORE);

    record->store = item->kind;
    record->transport = item->transport;
    if (item->interface_name) {
        u16_copy(record->name, INTERFACE_NAME_MAX + 1, item->interface_name);
    }
    record_data(context, record, item->data, item->size);
    record_done(context, record);
}

static void host_send(void *context, const struct protocol_datagram *datagram)
{
    struct fake_record *record = record_new(context, FAKE_SEND);

    record->datagram = *datagram;
    record_data(context, record, datagram->data, datagram->size);
    record->datagram.data = record->data;
    record_done(context, record);
}

static void host_listen(void *context, const struct port_listen *listen)
{
    struct fake_record *record = record_new(context, FAKE_LISTEN);

    record->binding = listen->binding;
    record->port = listen->port;
    record->ipv6 = listen->ipv6;
    record->group = listen->group;
    record->group6 = listen->group6;
    record->start = listen->start;
    record_done(context, record);
}

static void host_routes_changed(void *context)
{
    record_done(context, record_new(context, FAKE_ROUTES_CHANGED));
}

static void host_filters_changed(void *context)
{
    record_done(context, record_new(context, FAKE_FILTERS_CHANGED));
}

static uint32_t host_random(void *context)
{
    struct fake_host *f = context;

    f->random = f->random * 1664525u + 1013904223u;
    return f->random;
}

static uint32_t host_unix_time(void *context)
{
    const struct fake_host *f = context;

    return f->unix_time + (uint32_t)(f->now / 1000);
}

static uint32_t host_minute_of_week(void *context)
{
    const struct fake_host *f = context;

    return (uint32_t)((f->minute_of_week + f->now / 60000) % ((msec)7 * 24 * 60));
}

/* No digest, but different for different data: enough where nobody verifies it. */
static void host_md5(const void *data, size_t size, uint8_t digest[16])
{
    const uint8_t *bytes = data;

    memset(digest, 0, 16);
    for (size_t n = 0; n < size; n++) {
        digest[n % 16] = (uint8_t)(digest[n % 16] * 31u + bytes[n] + n);
    }
}

void fake_init(struct fake_host *f)
{
    memset(f, 0, sizeof(*f));
    f->record = true;
    f->random = 1;
    f->unix_time = 1700000000;
    f->host = (struct router_host){
        .context = f,
        .complete = host_complete,
        .signal = host_signal,
        .close_event = host_close_event,
        .dial = host_dial,
        .hang_up = host_hang_up,
        .protocol_call = host_protocol_call,
        .store = host_store,
        .send = host_send,
        .listen = host_listen,
        .routes_changed = host_routes_changed,
        .filters_changed = host_filters_changed,
        .random = host_random,
        .unix_time = host_unix_time,
        .minute_of_week = host_minute_of_week,
        .md5 = host_md5,
    };
}

struct router *fake_start(struct fake_host *f, const struct router_config *config)
{
    struct router_config copy = *config;

    if (!copy.builtins) {
        copy.builtins = builtin_protocols;
        copy.builtin_count = builtin_protocol_count;
    }
    assert_int_equal(router_create(&f->router, &f->host, &copy), ST_OK);
    router_set_now(f->router, f->now);
    return f->router;
}

struct router *fake_open(struct fake_host *f, uint32_t router_type)
{
    struct router_config config = {.router_type = router_type};

    fake_init(f);
    return fake_start(f, &config);
}

void fake_close(struct fake_host *f)
{
    router_destroy(f->router);
    f->router = NULL;
    fake_forget(f);
    free(f->records);
    f->records = NULL;
    f->capacity = 0;
}

void fake_flush(struct fake_host *f)
{
    router_flush(f->router);
}

void fake_advance(struct fake_host *f, msec by)
{
    msec end = f->now + by;

    fake_flush(f);
    while (router_next_due(f->router) <= end) {
        msec due = router_next_due(f->router);

        if (due > f->now) f->now = due;
        router_set_now(f->router, f->now);
        router_run_timers(f->router);
        fake_flush(f);
    }
    f->now = end;
    router_set_now(f->router, end);
}

size_t fake_count(const struct fake_host *f, enum fake_action action)
{
    size_t found = 0;

    for (size_t n = 0; n < f->count; n++) found += f->records[n].action == action;
    return found;
}

struct fake_record *fake_nth(const struct fake_host *f, enum fake_action action, size_t n)
{
    for (size_t k = 0; k < f->count; k++) {
        if (f->records[k].action == action && n-- == 0) return &f->records[k];
    }
    return NULL;
}

struct fake_record *fake_last(const struct fake_host *f, enum fake_action action)
{
    for (size_t k = f->count; k > 0; k--) {
        if (f->records[k - 1].action == action) return &f->records[k - 1];
    }
    return NULL;
}

void fake_forget(struct fake_host *f)
{
    for (size_t n = 0; n < f->count; n++) free(f->records[n].data);
    f->count = 0;
}

/* ---- shorthand ------------------------------------------------------------------------------- */

void fake_dial_defaults(enum dialer_kind kind, msec delay, struct dial_entry *entry,
                        struct dial_plan *plan)
{
    static const struct dial_entry default_entry = {
        .device_count = 1,
        .redial_seconds = 60,
        .device_type = u"vpn",
        .device_name = u"WAN Miniport (L2TP)",
        .phone_number = u"vpn.example.org",
    };

    *entry = default_entry;
    *plan = (struct dial_plan){.kind = kind, .delay = delay, .adapter = u"wg0"};
    plan->binding = (struct ip_binding){.count = 1, .remote = 0x0A090002, .mtu = 1400};
    plan->binding.local[0].address = 0x0A090001;
    plan->binding.local[0].mask = 0xFFFFFF00;
    plan->binding.host_index = 1000;
}

handle_t32 fake_demand_dial(struct fake_host *f, const char16_t *name, enum dialer_kind kind,
                            msec delay)
{
    struct dial_entry entry;
    struct dial_plan plan;
    struct interface_spec spec = {
        .name = name, .type = IF_FULL_ROUTER, .enabled = true, .entry = &entry, .plan = &plan};
    handle_t32 handle = 0;

    fake_dial_defaults(kind, delay, &entry, &plan);
    plan.binding.host_index += router_interface_count(f->router);
    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    return handle;
}

struct host_adapter fake_adapter(const char16_t *name, uint32_t host_index, uint32_t address,
                                 uint32_t mask)
{
    struct host_adapter a = {.up = true};

    u16_copy(a.name, INTERFACE_NAME_MAX + 1, name);
    u16_copy(a.alias, INTERFACE_NAME_MAX + 1, name);
    a.binding.count = address ? 1 : 0;
    a.binding.local[0].address = address;
    a.binding.local[0].mask = mask;
    a.binding.mtu = 1500;
    a.binding.speed = 1000000000;
    a.binding.host_index = host_index;
    return a;
}

struct interface_info fake_info(struct fake_host *f, handle_t32 interface)
{
    struct interface_info info;

    memset(&info, 0, sizeof(info));
    assert_int_equal(router_interface_info(f->router, interface, &info), ST_OK);
    return info;
}

enum connection_state fake_state(struct fake_host *f, handle_t32 interface)
{
    return fake_info(f, interface).state;
}

void fake_answer_dial(struct fake_host *f, mpr_status result, const struct ip_binding *binding)
{
    const struct fake_record *dial = fake_last(f, FAKE_DIAL);
    struct ip_binding own;

    assert_non_null(dial);
    own = binding ? *binding : dial->plan.binding;
    router_dial_result(f->router, dial->interface, dial->attempt, result, &own);
    fake_flush(f);
}
