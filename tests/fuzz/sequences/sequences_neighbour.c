/* RIP in a sequence: its blocks, on whatever interfaces there are, and a neighbour on the adapter
 * of each. The neighbour answers what it is asked, and speaks by itself when the input says so. */
#include "fuzz/sequences/sequences.h"

#include "base/mem.h"
#include "infoblock/infoblock.h"
#include "infoblock/route_rows.h"
#include "protocol/rip/config.h"
#include "protocol/rip/packet.h"
#include "protocol/rip/rip.h"

#define RIP_ID    8u
#define OUR_LAN   0x0A000001u /* as sequences_ops.c has them */
#define OUR_LINK  0x0A090001u
#define LAN_INDEX 2u
#define GROUP     0xE0000009u /* 224.0.0.9 */

static uint8_t byte(struct sequence *s)
{
    return rd_u8(&s->in);
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static uint32_t *some_peers(struct sequence *s, uint32_t count)
{
    uint32_t *peers = count ? mem_alloc_array(count, sizeof(*peers)) : NULL;

    for (uint32_t n = 0; peers && n < count; n++) peers[n] = OUR_LAN + byte(s) % 8;
    return peers;
}

static void global_block(struct sequence *s, struct blob *b)
{
    struct rip_global_config config;
    struct info_block block = {RIP_ID, 0, 1, NULL};
    uint8_t what = byte(s);
    void *data = NULL;
    size_t size;

    if (rip_global_decode(&config, NULL) != ST_OK) return;
    config.filter_mode = what & 3;
    config.filter_count = what >> 2 & 3;
    config.filter = some_peers(s, config.filter_count);
    if (rip_global_encode(&config, &data, &size) == ST_OK) {
        block.data = data;
        block.item_size = (uint32_t)size;
        info_blob_put(b, &block);
    }
    mem_free(data);
    rip_global_free(&config);
}

/* Modes, times and filters as the input has them; many of them are refused. */
static void interface_config(struct sequence *s, struct rip_if_config *config)
{
    uint8_t modes = byte(s), filters = byte(s);

    config->flags ^= byte(s);
    config->metric = 1 + modes % 4;
    config->update_mode = 1 + (modes >> 2 & 1);
    config->accept_mode = modes >> 3 & 3;
    config->announce_mode = modes >> 5 & 3;
    config->auth_type = 1u + (filters & 3u) % 3u;
    config->key[0] = 'k';
    config->peer_mode = filters >> 2 & 3;
    config->peer_count = filters >> 4 & 1;
    config->peers = some_peers(s, config->peer_count);
    config->accept_filter_mode = filters >> 5 & 3;
}

static void interface_block(struct sequence *s, bool demand, struct blob *b)
{
    struct rip_if_config config;
    struct info_block block = {RIP_ID, 0, 1, NULL};
    void *data = NULL;
    size_t size;

    if (rip_if_decode(&config, demand ? NET_DEMAND_DIAL : NET_PERMANENT, NULL) != ST_OK) return;
    if (byte(s) & 1) interface_config(s, &config);
    s->auth = (struct rip_auth){.type = config.auth_type, .md5 = s->f.host.md5};
    s->auth.key[0] = 'k';
    if (rip_if_encode(&config, 0, true, &data, &size) == ST_OK) {
        block.data = data;
        block.item_size = (uint32_t)size;
        info_blob_put(b, &block);
    }
    mem_free(data);
    rip_if_free(&config);
}

/* Static routes of an interface; next to RIP's block, or without. */
static void route_block(struct sequence *s, struct blob *b)
{
    struct route_row rows[4];
    size_t count = byte(s) % 5;

    for (size_t n = 0; n < count; n++) {
        uint8_t what = byte(s);

        rows[n] = route_row_default();
        rows[n].dest = 0x14000000u + (what & 15u) * 256;
        rows[n].mask = what & 16 ? 0xFFFFFF00u : 0xFFFF0000u;
        rows[n].next_hop = what & 32 ? OUR_LAN + 1 : 0;
        rows[n].metric[0] = what >> 6;
        rows[n].proto = what & 64 ? 10006 : 10007; /* static, autostatic */
    }
    route_rows_store(b, ROUTE_LAYOUT_2008, rows, count);
}

void sequence_rip(struct sequence *s, handle_t32 interface)
{
    uint8_t what = byte(s);
    struct blob b = {NULL, 0};

    if (what & 1) router_interface_find(s->r, u"{eth0}", false, &interface);
    if (what & 2) {
        global_block(s, &b);
        if (router_transport_set(s->r, TRANSPORT_IP, &b, NULL, NULL) == ST_UNKNOWN_PROTOCOL_ID)
            router_transport_create(s->r, TRANSPORT_IP, &b, NULL, NULL);
    } else {
        if (what & 4) route_block(s, &b);
        if (what & 8) interface_block(s, !(what & 1), &b);
        if (router_iftransport_set(s->r, interface, TRANSPORT_IP, &b, NULL) != ST_OK)
            router_iftransport_add(s->r, interface, TRANSPORT_IP, &b, NULL);
    }
    blob_free(&b);
    if (what & 16) router_update_routes(s->r, interface, TRANSPORT_IP, NULL);
}

/* ---- the neighbour --------------------------------------------------------------------------- */

static void give(struct sequence *s, uint32_t host_index, struct rip_builder *b)
{
    uint32_t us = host_index == LAN_INDEX ? OUR_LAN : OUR_LINK;
    struct protocol_datagram d = {.host_index = host_index,
                                  .source = us + 1 + (s->neighbour >> 7),
                                  .destination = s->neighbour & 64 ? GROUP : us,
                                  .source_port = RIP_PORT,
                                  .destination_port = RIP_PORT,
                                  .ttl = 1,
                                  .data = b->data};

    d.size = rip_build_finish(b);
    router_datagram(s->r, &d);
}

/* Its table: as many routes as it was last said to have, in as many packets as they need. */
static void tell(struct sequence *s, uint32_t host_index, uint32_t metric)
{
    uint32_t routes = (s->neighbour & 63u) * 2;
    struct rip_builder b;

    for (uint32_t n = 0; n <= routes; n += b.room) {
        rip_build(&b, RIP_RESPONSE, s->neighbour & 32 ? 1 : 2, &s->auth, ++s->sequence);
        for (uint32_t k = n; k < routes && k < n + b.room; k++) {
            struct rip_entry e = {.family = 2,
                                  .address = 0x14000000u + (k << 8),
                                  .mask = 0xFFFFFF00u,
                                  .metric = metric ? metric : 1 + k % 3};

            rip_build_entry(&b, &e);
        }
        give(s, host_index, &b);
    }
}

void sequence_sent(void *context, const struct protocol_datagram *d)
{
    struct sequence *s = context;
    const uint8_t *octets = d->data;

    if (s->r && d->size && octets[0] == RIP_REQUEST && s->neighbour) tell(s, d->host_index, 0);
}

static void ask(struct sequence *s, uint32_t host_index, uint8_t what)
{
    struct rip_entry e = {.metric = RIP_INFINITY};
    struct rip_builder b;

    if (what & 32) e = (struct rip_entry){.family = 2, .address = 0x14000000u, .metric = 1};
    rip_build(&b, RIP_REQUEST, 2, &s->auth, ++s->sequence);
    rip_build_entry(&b, &e);
    give(s, host_index, &b);
}

void sequence_neighbour(struct sequence *s)
{
    uint8_t what = byte(s);
    uint32_t host_index = what & 1 ? LAN_INDEX : 1000;

    switch (what >> 1 & 3) {
    case 0:
        s->neighbour = byte(s);
        break;
    case 1:
        tell(s, host_index, what & 8 ? RIP_INFINITY : what >> 4);
        break;
    case 2:
        ask(s, host_index, what);
        break;
    default:
        fake_advance(&s->f, what & 8 ? 200000 : 1000 * (what >> 4));
        break;
    }
}
