/* The operations of a sequence: every public function of the router, with arguments that are
 * mostly plausible (a handle of ours, a well-formed blob) and sometimes not. */
#include "fuzz/sequences/sequences.h"

#include "infoblock/infoblock.h"
#include "infoblock/types.h"

#define FOREIGN 0x01370077u

static const char16_t *const names[] = {u"a",      u"B",        u"branch", u"BRANCH",
                                        u"{eth0}", u"Internal", u"",       u"c"};
static const char16_t *const hours[] = {NULL, u"0 00:00-24:00\0", u"3 09:00-12:00\0", u"9 x\0"};

static uint8_t byte(struct sequence *s)
{
    return rd_u8(&s->in);
}

static uint32_t pick(struct sequence *s, uint32_t count)
{
    return byte(s) % count;
}

/* One of ours, or (one time in sixteen) four octets of garbage. */
static handle_t32 handle(struct sequence *s, const handle_t32 *ours)
{
    uint8_t choice = byte(s);

    return choice < 240 ? ours[choice % HANDLES] : rd_le32(&s->in);
}

static handle_t32 some_interface(struct sequence *s)
{
    return handle(s, s->interfaces);
}

static uint32_t transport(struct sequence *s)
{
    static const uint32_t ids[] = {TRANSPORT_IP, TRANSPORT_IP, TRANSPORT_IPV6, TRANSPORT_IPX};

    return ids[pick(s, 4)];
}

/* NULL when all are used; a request is the router's until it is completed. */
static struct request *request(struct sequence *s)
{
    struct request *q = NULL;

    if (s->used_requests < REQUESTS) q = &s->requests[s->used_requests];
    if (q) q->server = s->servers[pick(s, HANDLES)];
    return q;
}

/* Keeps count of a request that was (or was not) accepted. */
static void given(struct sequence *s, struct request *q, mpr_status status)
{
    if (!q || status != ST_PENDING) return;
    s->accepted[q - s->requests] = true;
    s->used_requests++;
}

/* A blob with a block or two, or garbage. */
static struct blob some_blob(struct sequence *s)
{
    static const uint32_t types[] = {8,
                                     FOREIGN,
                                     INFO_IP_ROUTE_INFO,
                                     INFO_IP_PROT_PRIORITY_INFO,
                                     INFO_IP_INTERFACE_STATUS_INFO,
                                     INFO_IP_GLOBAL_INFO};
    struct blob b = {NULL, 0};
    uint32_t blocks = pick(s, 4);

    if (blocks == 3) {
        uint32_t size = byte(s);
        const uint8_t *garbage = rd_span(&s->in, size);

        if (garbage) blob_set(&b, garbage, size);
        return b;
    }
    for (uint32_t n = 0; n < blocks; n++) {
        uint32_t type = types[pick(s, 6)], size = byte(s);
        struct info_block block = {type, size, size ? 1 : 0, size ? rd_span(&s->in, size) : NULL};

        if (!size || block.data) info_blob_put(&b, &block);
    }
    return b;
}

static void op_create(struct sequence *s)
{
    uint8_t flags = byte(s), slot = byte(s) % HANDLES;
    struct dial_entry entry;
    struct dial_plan plan;
    struct interface_spec spec = {.name = names[flags & 7],
                                  .type = (enum interface_type)(flags >> 4 & 7),
                                  .enabled = !(flags & 8),
                                  .dialout_hours = hours[slot & 3],
                                  .stored = slot & 1};

    fake_dial_defaults((enum dialer_kind)pick(s, 4), byte(s), &entry, &plan);
    entry.device_count = pick(s, 4) ? 1 : 0;
    entry.redial_attempts = pick(s, 4);
    entry.redial_on_link_failure = byte(s) & 1;
    plan.drop_after = byte(s);
    plan.outcome = byte(s) & 1 ? ST_OK : ST_CAN_NOT_COMPLETE;
    if (flags >> 7 == 0) spec.entry = &entry, spec.plan = &plan;
    router_interface_create(s->r, &spec, &s->interfaces[slot]);
}

static void op_interface(struct sequence *s)
{
    handle_t32 h = some_interface(s);
    struct interface_info info;
    struct dial_entry entry;
    struct dial_plan plan;
    const char16_t *text;
    uint8_t what = byte(s);

    switch (what & 7) {
    case 0:
        router_interface_delete(s->r, h);
        break;
    case 1:
        router_interface_info(s->r, h, &info);
        break;
    case 2:
        router_interface_set(s->r, h, what & 8, what & 16, hours[what >> 6]);
        break;
    case 3:
        fake_dial_defaults((enum dialer_kind)(what >> 6), what, &entry, &plan);
        router_interface_set_dial(s->r, h, &entry, &plan);
        break;
    case 4:
        router_interface_hours(s->r, h, &text);
        break;
    case 5:
        router_interface_set_stored(s->r, h, what & 8);
        break;
    case 6:
        router_interface_find(s->r, names[what >> 5], what & 8, &s->interfaces[what >> 4 & 7]);
        break;
    default:
        router_pause(s->r, what & 8);
        break;
    }
}

static void op_dial(struct sequence *s)
{
    struct request *q = byte(s) & 1 ? request(s) : NULL;
    handle_t32 h = some_interface(s);
    struct ip_binding binding = {.count = 1, .mtu = 1500};
    uint8_t what = byte(s);

    binding.local[0].address = 0x0A000001u + what, binding.local[0].mask = 0xFFFFFF00u;
    binding.host_index = what;
    switch (what & 3) {
    case 0:
        given(s, q, router_interface_connect(s->r, h, q));
        break;
    case 1:
        router_interface_disconnect(s->r, h);
        break;
    case 2:
        router_dial_result(s->r, h, what >> 4, what & 4 ? ST_OK : ST_TIMEOUT, &binding);
        break;
    default:
        router_link_down(s->r, h, what >> 4, ST_INTERFACE_DISCONNECTED);
        break;
    }
}

static void op_transport(struct sequence *s)
{
    struct request *q = byte(s) & 1 ? request(s) : NULL;
    uint32_t id = transport(s);
    handle_t32 h = some_interface(s);
    struct blob b = some_blob(s);
    const struct blob *got, *got2;
    mpr_status result;

    switch (pick(s, 9)) {
    case 0:
        given(s, q, router_transport_create(s->r, id, &b, NULL, q));
        break;
    case 1:
        given(s, q, router_transport_set(s->r, id, &b, NULL, q));
        break;
    case 2:
        router_transport_get(s->r, id, &got, &got2);
        break;
    case 3:
        given(s, q, router_iftransport_add(s->r, h, id, &b, q));
        break;
    case 4:
        given(s, q, router_iftransport_set(s->r, h, id, &b, q));
        break;
    case 5:
        router_iftransport_get(s->r, h, id, &got);
        break;
    case 6:
        router_iftransport_remove(s->r, h, id);
        break;
    case 7:
        given(s, q, router_update_routes(s->r, h, id, q));
        break;
    default:
        router_update_result(s->r, h, id, &result);
        break;
    }
    blob_free(&b);
}

static void op_server(struct sequence *s)
{
    uint8_t what = byte(s), slot = what >> 4 & 7;
    uintptr_t origin = byte(s) & 3u;

    switch (what & 3) {
    case 0:
        router_server_open(s->r, HANDLE_SERVER, &s->servers[slot]);
        break;
    case 1:
        router_server_close(s->r, HANDLE_SERVER, s->servers[slot]);
        break;
    case 2:
        if (router_notification_add(s->r, s->servers[slot], origin, s->next_event) == ST_OK)
            s->next_event++, s->open_events++;
        break;
    default:
        router_notification_remove(s->r, s->servers[slot], origin, 0);
        break;
    }
}

static void op_protocol(struct sequence *s)
{
    struct protocol_message message = {byte(s), byte(s), byte(s) & 1 ? ST_OK : ST_CAN_NOT_COMPLETE};
    uint8_t what = byte(s);

    switch (what & 3) {
    case 0:
        router_protocol_event(s->r, s->protocol, (enum protocol_event)(what >> 4 & 3), &message);
        break;
    case 1:
        if (s->held_count) {
            struct protocol_call *call = s->held[--s->held_count];

            call->status = what & 4 ? ST_OK : ST_CAN_NOT_COMPLETE;
            router_protocol_answer(s->r, call);
        }
        break;
    case 2:
        s->hold = what & 4;
        break;
    default:
        s->answer = what & 4 ? ST_OK : ST_INVALID_PARAMETER;
        break;
    }
}

static void op_world(struct sequence *s)
{
    struct protocol_datagram d = {.host_index = byte(s),
                                  .source = 0x0A000002u,
                                  .destination = 0x0A000001u,
                                  .source_port = 520,
                                  .destination_port = 520};
    struct host_adapter adapters[2];
    uint8_t what = byte(s);

    switch (what & 3) {
    case 0:
        fake_advance(&s->f, (msec)1 << (what >> 3) % 20);
        break;
    case 1:
        d.size = byte(s), d.data = rd_span(&s->in, d.size);
        if (d.data) router_datagram(s->r, &d);
        break;
    case 2:
        sequence_client(s, what >> 2);
        break;
    default:
        adapters[0] = fake_adapter(u"{eth0}", 2, 0x0A000001u, 0xFFFFFF00u);
        adapters[1] = fake_adapter(u"{lo}", 1, 0x7F000001u, 0xFF000000u);
        adapters[0].up = what & 8, adapters[1].loopback = true;
        router_adapters(s->r, adapters, what >> 4 & 1 ? 2 : what >> 5 & 1);
        break;
    }
}

static void op_rip(struct sequence *s)
{
    sequence_rip(s, some_interface(s));
}

void sequence_step(struct sequence *s)
{
    uint8_t which;

    static void (*const ops[])(struct sequence *) = {op_create, op_interface, op_dial,
                                                     op_dial,   op_transport, op_transport,
                                                     op_server, op_protocol,  op_world};
    static void (*const more[])(struct sequence *) = {op_rip, sequence_neighbour, sequence_mib};
    which = byte(s);

    if (which < 198)
        ops[which % (sizeof(ops) / sizeof(*ops))](s);
    else if (which >= 250)
        sequence_hold(s);
    else
        more[which % (sizeof(more) / sizeof(*more))](s);
    router_flush(s->r);
}
