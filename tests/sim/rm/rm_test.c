#include "sim/rm/rm_test.h"
#include "router/rm/rm_interface.h"
#include "router/rm/rm.h"
#include "router/dim/interface.h"
#include "sim/support/fail_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static struct rm_test *of(struct fake_host *f)
{
    return CONTAINER_OF(f, struct rm_test, f);
}

static void log_call(struct rm_test *t, const struct protocol_call *call)
{
    if (t->logged == CALL_LOG_MAX) return;
    t->log[t->logged++] = (struct logged_call){.kind = call->kind,
                                               .interface = call->interface,
                                               .protocol_id = call->protocol_id,
                                               .status_type = call->status_type,
                                               .active = call->active,
                                               .has_binding = call->has_binding,
                                               .addresses = call->binding.count,
                                               .count = call->info_count,
                                               .first = call->info.size ? call->info.data[0] : 0,
                                               .size = call->info.size,
                                               .client = call->client};
}

/* What a host does at the end with calls that it still has. */
static void host_has(struct rm_test *t, struct protocol_call *call)
{
    assert_true(t->held_count < CALL_LOG_MAX);
    t->held[t->held_count++] = call;
}

static void answer(struct rm_test *t, struct protocol_call *call, mpr_status status)
{
    call->status = status;
    if (call->kind == CALL_LOAD) call->functionality = t->functionality;
    if (call->kind == CALL_GET_INTERFACE_INFO || call->kind == CALL_GET_GLOBAL_INFO) {
        assert_true(blob_set(&call->result, t->info, sizeof(t->info)));
    }
    router_protocol_answer(t->r, call);
}

static void on_action(struct fake_host *f, const struct fake_record *record)
{
    struct rm_test *t = of(f);
    struct protocol_call *call = record->call;

    if (record->action != FAKE_PROTOCOL_CALL) return;
    t->ref = call->protocol;
    log_call(t, call);
    if (!t->r || t->hold[call->kind]) {
        host_has(t, call);
    } else {
        answer(t, call, t->answer[call->kind]);
    }
}

void rm_release(struct rm_test *t, mpr_status status)
{
    size_t count = t->held_count;
    struct protocol_call *held[CALL_LOG_MAX];

    memcpy(held, t->held, sizeof(held));
    t->held_count = 0;
    for (size_t n = 0; n < count; n++) answer(t, held[n], status);
    fake_flush(&t->f);
}

static void open_as(struct rm_test *t, struct router_config config)
{
    size_t live = fail_alloc_watch();
    struct blob empty = rm_blob(INFO_IP_GLOBAL_INFO, "\0\0\0\0\1\0\0\0", 8);
    struct blob info = rm_blob(INFO_IP_INTERFACE_STATUS_INFO, "\1\0\0\0", 4);

    memset(t, 0, sizeof(*t));
    t->live = live;
    fake_init(&t->f);
    t->f.on_action = on_action;
    config.router_type |= ROUTER_LAN | ROUTER_WAN;
    t->r = fake_start(&t->f, &config);
    assert_int_equal(router_transport_create(t->r, TRANSPORT_IP, &empty, NULL, NULL), ST_OK);
    t->dial = fake_demand_dial(&t->f, u"Branch", DIALER_SCRIPTED, 0);
    router_interface_set_stored(t->r, t->dial, true);
    t->index = fake_info(&t->f, t->dial).index;
    assert_int_equal(router_iftransport_add(t->r, t->dial, TRANSPORT_IP, &info, NULL), ST_OK);
    router_interface_connect(t->r, t->dial, NULL);
    fake_advance(&t->f, 1);
    assert_int_equal(fake_state(&t->f, t->dial), IF_CONNECTED);
    fake_forget(&t->f);
    blob_free(&empty);
    blob_free(&info);
}

void rm_open(struct rm_test *t)
{
    open_as(t, (struct router_config){0});
}

void rm_open_with(struct rm_test *t, const struct builtin_protocol *rows, size_t count)
{
    open_as(t, (struct router_config){.builtins = rows, .builtin_count = count});
}

void rm_open_server(struct rm_test *t)
{
    open_as(t, (struct router_config){.router_type = ROUTER_RAS});
}

void rm_close(struct rm_test *t)
{
    t->r = NULL; /* from here on calls are the host's */
    fake_close(&t->f);
    for (size_t n = 0; n < t->held_count; n++) protocol_call_free(t->held[n]);
    t->held_count = 0;
    assert_int_equal(fail_alloc_live(), t->live);
}

/* ---- blobs ----------------------------------------------------------------------------------- */

void rm_add(struct blob *b, uint32_t type, uint32_t item_size, uint32_t count, const void *data)
{
    struct info_block block = {type, item_size, count, data};

    assert_int_equal(info_blob_put(b, &block), ST_OK);
}

struct blob rm_blob(uint32_t type, const void *data, uint32_t size)
{
    struct blob b = {NULL, 0};

    rm_add(&b, type, size, size ? 1 : 0, size ? data : NULL);
    return b;
}

mpr_status rm_set_global(struct rm_test *t, uint32_t type, const void *data, uint32_t size,
                         struct request *request)
{
    struct blob b = rm_blob(type, data, size);
    mpr_status status = router_transport_set(t->r, TRANSPORT_IP, &b, NULL, request);

    blob_free(&b);
    return status;
}

mpr_status rm_set_info(struct rm_test *t, uint32_t type, const void *data, uint32_t size,
                       struct request *request)
{
    struct blob b = rm_blob(type, data, size);
    mpr_status status = router_iftransport_set(t->r, t->dial, TRANSPORT_IP, &b, request);

    blob_free(&b);
    return status;
}

/* ---- the foreign protocol -------------------------------------------------------------------- */

void rm_foreign(struct rm_test *t, uint32_t functionality)
{
    t->functionality = functionality;
    assert_int_equal(router_catalogue_add(t->r, TRANSPORT_IP, FOREIGN_ID, u"testproto.dll"), ST_OK);
    assert_int_equal(rm_set_global(t, FOREIGN_ID, "G", 1, NULL), ST_OK);
    fake_flush(&t->f);
    assert_int_equal(rm_set_info(t, FOREIGN_ID, "I", 1, NULL), ST_OK);
    fake_flush(&t->f);
    fake_forget(&t->f);
}

void rm_update_complete(struct rm_test *t, uint32_t interface, uint32_t type, mpr_status status)
{
    struct protocol_message message = {interface, type, status};

    router_protocol_event(t->r, t->ref, PROTOCOL_UPDATE_COMPLETE, &message);
    fake_flush(&t->f);
}

size_t rm_calls(const struct rm_test *t, enum protocol_call_kind kind)
{
    size_t found = 0;

    for (size_t n = 0; n < t->logged; n++) found += t->log[n].kind == kind;
    return found;
}

/* ---- routes ---------------------------------------------------------------------------------- */

struct route_row rm_row(uint32_t proto, uint32_t dest, uint32_t mask, uint32_t next_hop)
{
    struct route_row row = route_row_default();

    row.proto = proto;
    row.dest = dest;
    row.mask = mask;
    row.next_hop = next_hop;
    row.metric[0] = 1;
    row.type = ROUTE_TYPE_INDIRECT;
    return row;
}

void rm_set_rows(struct rm_test *t, const struct route_row *rows, size_t count)
{
    struct blob b = {NULL, 0};

    assert_int_equal(route_rows_store(&b, ROUTE_LAYOUT_2008, rows, count), ST_OK);
    assert_int_equal(router_iftransport_set(t->r, t->dial, TRANSPORT_IP, &b, NULL), ST_OK);
    blob_free(&b);
    fake_flush(&t->f);
}

size_t rm_rows(struct rm_test *t, struct route_row **ret)
{
    const struct blob *info;
    struct info_view view;
    size_t count;

    assert_int_equal(router_iftransport_get(t->r, t->dial, TRANSPORT_IP, &info), ST_OK);
    assert_int_equal(info_open(&view, info->data, info->size), ST_OK);
    assert_int_equal(route_rows_read(&view, ret, &count), ST_OK);
    return count;
}

size_t rm_count_rows(struct rm_test *t, uint32_t proto)
{
    struct route_row *rows;
    size_t count = rm_rows(t, &rows), found = 0;

    for (size_t n = 0; n < count; n++) found += rows[n].proto == proto;
    mem_free(rows);
    return found;
}

void rm_learn(struct rm_test *t, uint32_t dest, uint32_t mask, uint32_t metric)
{
    struct rtm_prefix prefix = rtm_prefix_ipv4(dest, mask);
    struct rtm_route route = {.protocol = FOREIGN_ID,
                              .interface = t->index,
                              .next_hop = rtm_address_ipv4(0x0A090002),
                              .metric = metric,
                              .preference = 120,
                              .tag = 5};

    if (!t->entity) {
        assert_int_equal(rtm_register(router_rtm(t->r, TRANSPORT_IP), FOREIGN_ID, &t->entity),
                         ST_OK);
    }
    assert_int_equal(rtm_route_add(t->entity, &prefix, &route, NULL), ST_OK);
}

const struct rtm_route *rm_best(struct rm_test *t, uint32_t dest, uint32_t mask)
{
    struct rtm_prefix prefix = rtm_prefix_ipv4(dest, mask);

    return rtm_best_exact(router_rtm(t->r, TRANSPORT_IP), &prefix);
}

/* ---- fingerprint ----------------------------------------------------------------------------- */

static uint32_t hash(uint32_t h, const void *data, size_t size)
{
    const uint8_t *bytes = data;

    for (size_t n = 0; n < size; n++) h = (h ^ bytes[n]) * 16777619u;
    return h;
}

static uint32_t hash_table(uint32_t h, const struct rtm *table)
{
    struct rtm_prefix prefix;
    const struct rtm_route *route;
    size_t count;

    for (route = rtm_next(table, &prefix, true, &count); route;
         route = rtm_next(table, &prefix, false, &count)) {
        h = hash(h, prefix.address.octets, sizeof(prefix.address.octets));
        h = hash(h, &prefix.length, 1);
        for (size_t n = 0; n < count; n++) {
            route = rtm_route_at(table, &prefix, n);
            h = hash(h, route->next_hop.octets, sizeof(route->next_hop.octets));
            h = hash(h, &route->protocol, sizeof(route->protocol));
            h = hash(h, &route->metric, sizeof(route->metric));
            h = hash(h, &route->preference, sizeof(route->preference));
        }
    }
    return h;
}

uint32_t rm_fingerprint(struct rm_test *t)
{
    struct router_manager *m = rm_find(t->r, TRANSPORT_IP);
    struct interface *i = interface_get(t->r, t->dial);
    struct iftransport *it = rm_iftransport(i, m);
    const struct protocol_binding *b;
    const struct hosted_protocol *h;
    uint32_t print = hash(1, m->global.data, m->global.size);

    print = hash(print, m->client.data, m->client.size);
    print = hash(print, &t->r->timers.reserved, sizeof(t->r->timers.reserved));
    print =
        hash(print, (uint32_t[]){t->r->handles.used - t->r->handles.free_count}, sizeof(uint32_t));
    DL_FOREACH (m->protocols, h) {
        print = hash(print, &h->protocol_id, sizeof(h->protocol_id));
        print = hash(print, &h->state, sizeof(h->state));
    }
    if (it) {
        print = hash(print, it->info.data, it->info.size);
        print = hash(print, &it->update.running, sizeof(it->update.running));
        DL_FOREACH (it->protocols, b)
            print = hash(print, &b->protocol->protocol_id, sizeof(b->protocol->protocol_id));
    }
    return hash_table(print, m->rtm);
}
