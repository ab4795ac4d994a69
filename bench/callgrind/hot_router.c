/* The interface table, and the update state machine from request to completion, over a host that
 * does nothing but answer: a foreign protocol that completes at once, and a RIP neighbour. */
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "callgrind/hot.h"
#include "infoblock/infoblock.h"
#include "infoblock/types.h"
#include "protocol/builtin/builtin_protocols.h"
#include "protocol/rip/config.h"
#include "protocol/rip/packet.h"
#include "router/rm/hosted_call.h"
#include "router/router.h"

#define INTERFACES  100000u
#define LOOK_UPS    10000u
#define UPDATES     1000u
#define FOREIGN_ID  0x01370077u
#define RIP_ID      8u
#define RIP_ROUTES  2490u /* the last packet is short: it ends the answer */
#define HOST_INDEX  1000u
#define OWN_ADDRESS 0x0A090001u
#define PEER        0x0A090002u

static struct router *router;
static handle_t32 handles[INTERFACES];
static struct request request;
static unsigned completed;

/* ---- a host ---------------------------------------------------------------------------------- */

static void complete(void *context, struct request *r)
{
    (void)context;
    hot_check(r->status == ST_OK, "an update");
    completed++;
}

static void protocol_call(void *context, struct protocol_call *call)
{
    const struct protocol_message done = {call->interface, PROTOCOL_DEMAND_UPDATE_ROUTES, ST_OK};
    bool update = call->kind == CALL_DO_UPDATE_ROUTES;
    handle_t32 protocol = call->protocol;

    (void)context;
    call->status = ST_OK;
    if (call->kind == CALL_LOAD)
        call->functionality = PROTOCOL_ROUTING | PROTOCOL_DEMAND_UPDATE_ROUTES;
    if (!router) { /* it is being destroyed, and the call is ours */
        protocol_call_free(call);
        return;
    }
    router_protocol_answer(router, call);
    if (update) router_protocol_event(router, protocol, PROTOCOL_UPDATE_COMPLETE, &done);
}

static const struct rip_auth no_auth = {.type = RIP_AUTH_NONE};

static void answer_packet(uint32_t first, uint32_t count)
{
    struct rip_builder b;
    struct protocol_datagram d = {.host_index = HOST_INDEX,
                                  .source = PEER,
                                  .destination = OWN_ADDRESS,
                                  .source_port = 520,
                                  .destination_port = 520,
                                  .data = b.data};

    rip_build(&b, RIP_RESPONSE, 2, &no_auth, 0);
    for (uint32_t i = first; i < first + count; i++) {
        struct rip_entry e = {.family = RIP_FAMILY_IPV4,
                              .address = 0x14000000u + (i << 8),
                              .mask = 0xFFFFFF00u,
                              .metric = 1 + i % 3};
        rip_build_entry(&b, &e);
    }
    d.size = rip_build_finish(&b);
    router_datagram(router, &d);
}

static void send(void *context, const struct protocol_datagram *d)
{
    (void)context;
    if (((const uint8_t *)d->data)[0] != RIP_REQUEST) return;
    for (uint32_t i = 0; i < RIP_ROUTES; i += RIP_ENTRIES_MAX)
        answer_packet(i, RIP_ROUTES - i < RIP_ENTRIES_MAX ? RIP_ROUTES - i : RIP_ENTRIES_MAX);
}

static void ignore_event(void *context, host_event event)
{
    (void)context, (void)event;
}

static void ignore_dial(void *context, const struct dial_attempt *attempt)
{
    (void)context, (void)attempt;
}

static void ignore_hang_up(void *context, handle_t32 interface, uint32_t attempt)
{
    (void)context, (void)interface, (void)attempt;
}

static void ignore_store(void *context, const struct store_item *item)
{
    (void)context, (void)item;
}

static void ignore_listen(void *context, const struct port_listen *listen)
{
    (void)context, (void)listen;
}

static uint32_t constant(void *context)
{
    (void)context;
    return 1000;
}

static void no_digest(const void *data, size_t size, uint8_t digest[16])
{
    (void)data, (void)size;
    memset(digest, 0, 16);
}

static const struct router_host host = {
    .complete = complete,
    .signal = ignore_event,
    .close_event = ignore_event,
    .dial = ignore_dial,
    .hang_up = ignore_hang_up,
    .protocol_call = protocol_call,
    .store = ignore_store,
    .send = send,
    .listen = ignore_listen,
    .random = constant,
    .unix_time = constant,
    .minute_of_week = constant,
    .md5 = no_digest,
};

/* ---- the interface table --------------------------------------------------------------------- */

static void start_router(void)
{
    const struct router_config config = {.router_type = ROUTER_LAN | ROUTER_WAN,
                                         .receive_burst = 1000,
                                         .builtins = builtin_protocols,
                                         .builtin_count = builtin_protocol_count};

    hot_check(router_create(&router, &host, &config) == ST_OK, "router_create");
    router_set_now(router, 0);
}

static void end_router(void)
{
    struct router *r = router;

    router = NULL;
    router_destroy(r);
}

static handle_t32 create(unsigned n)
{
    static const struct dial_entry entry = {.device_count = 1, .redial_seconds = 60};
    static const struct dial_plan plan = {.kind = DIALER_SCRIPTED,
                                          .binding = {.count = 1,
                                                      .local = {{OWN_ADDRESS, 0xFFFFFF00u}},
                                                      .remote = PEER,
                                                      .mtu = 1400,
                                                      .host_index = HOST_INDEX}};
    char16_t name[8] = {'i', 0};
    struct interface_spec spec = {
        .name = name, .type = IF_FULL_ROUTER, .enabled = true, .entry = &entry, .plan = &plan};
    handle_t32 handle;

    for (unsigned k = 1; k < 7; k++, n /= 10) name[k] = (char16_t)(u'0' + n % 10);
    hot_check(router_interface_create(router, &spec, &handle) == ST_OK, "creating");
    return handle;
}

static void create_all(void)
{
    for (unsigned n = 0; n < INTERFACES; n++) handles[n] = create(n);
}

static void many_interfaces(void)
{
    start_router();
    create_all();
}

static void get_info(void)
{
    struct interface_info info;

    for (unsigned n = 0; n < LOOK_UPS; n++) {
        handle_t32 handle = handles[n * 7919u % INTERFACES];
        hot_check(router_interface_info(router, handle, &info) == ST_OK && info.handle == handle,
                  "router_interface_info");
    }
}

static void find(void)
{
    char16_t name[8] = {'I', 0};
    handle_t32 found;

    for (unsigned n = 0; n < LOOK_UPS; n++) {
        unsigned key = n * 7919u % INTERFACES, rest = key;
        for (unsigned k = 1; k < 7; k++, rest /= 10) name[k] = (char16_t)(u'0' + rest % 10);
        hot_check(router_interface_find(router, name, false, &found) == ST_OK &&
                      found == handles[key],
                  "router_interface_find");
    }
}

static void enumerate(void)
{
    static struct interface_info page[100];
    uint32_t resume = 0, read, total, sum = 0;

    do {
        hot_check(router_interface_enum(router, &resume, page, 100, &read, &total) == ST_OK,
                  "router_interface_enum");
        sum += read;
    } while (resume);
    hot_check(sum == router_interface_count(router), "the pages");
}

/* ---- updates --------------------------------------------------------------------------------- */

static struct blob block(uint32_t type, const void *data, size_t size)
{
    struct info_block b = {type, (uint32_t)size, 1, data};
    struct blob ret = {NULL, 0};

    hot_check(info_blob_put(&ret, &b) == ST_OK, "info_blob_put");
    return ret;
}

/* One connected interface with a protocol on it. */
static void connect_one(uint32_t type, const void *global, size_t global_size, const void *local,
                        size_t local_size)
{
    struct blob g = block(type, global, global_size), l = block(type, local, local_size);

    start_router();
    if (type == FOREIGN_ID)
        hot_check(router_catalogue_add(router, TRANSPORT_IP, type, u"x.dll") == ST_OK, "catalogue");
    router_transport_create(router, TRANSPORT_IP, &g, NULL, NULL);
    router_flush(router);
    handles[0] = create(0);
    router_iftransport_add(router, handles[0], TRANSPORT_IP, &l, NULL);
    router_interface_connect(router, handles[0], NULL);
    router_set_now(router, 1);
    router_run_timers(router);
    router_flush(router);
    completed = 0;
    blob_free(&g);
    blob_free(&l);
}

static void foreign_prepare(void)
{
    connect_one(FOREIGN_ID, "G", 1, "I", 1);
}

static void update(void)
{
    request = (struct request){.event = 1};
    hot_check(router_update_routes(router, handles[0], TRANSPORT_IP, &request) == ST_PENDING,
              "router_update_routes");
    router_flush(router);
}

static void foreign_updates(void)
{
    for (unsigned n = 0; n < UPDATES; n++) update();
}

static void foreign_finish(void)
{
    hot_check(completed == UPDATES, "the completions");
    end_router();
}

static void rip_prepare(void)
{
    struct rip_global_config global;
    struct rip_if_config local;
    void *g, *l;
    size_t g_size, l_size;

    hot_check(rip_global_decode(&global, NULL) == ST_OK, "rip_global_decode");
    hot_check(rip_global_encode(&global, &g, &g_size) == ST_OK, "rip_global_encode");
    hot_check(rip_if_decode(&local, NET_DEMAND_DIAL, NULL) == ST_OK, "rip_if_decode");
    hot_check(rip_if_encode(&local, 0, true, &l, &l_size) == ST_OK, "rip_if_encode");
    connect_one(RIP_ID, g, g_size, l, l_size);
    rip_global_free(&global);
    rip_if_free(&local);
    mem_free(g);
    mem_free(l);
}

static void rip_finish(void)
{
    hot_check(completed == 1, "the completion");
    hot_check(rtm_destination_count(router_rtm(router, TRANSPORT_IP)) >= RIP_ROUTES, "the routes");
    end_router();
}

static void rip_again_prepare(void)
{
    rip_prepare();
    update();
}

static void rip_again_finish(void)
{
    hot_check(completed == 2, "the completions");
    completed = 1;
    rip_finish();
}

const struct hot_case hot_router[] = {
    {"interface-create-100000", start_router, create_all, end_router},
    {"interface-info-of-100000", many_interfaces, get_info, end_router},
    {"interface-find-in-100000", many_interfaces, find, end_router},
    {"interface-enum-100000", many_interfaces, enumerate, end_router},
    {"update-foreign-1000", foreign_prepare, foreign_updates, foreign_finish},
    {"update-rip-2490-routes", rip_prepare, update, rip_finish},
    {"update-rip-2490-routes-again", rip_again_prepare, update, rip_again_finish},
    {0},
};
