/* Of what is set, the filters of active transports are given to the host, all at once, so that it
 * can exchange the whole for the whole. */
#include "router/rm/host_filters.h"

#include "base/trace.h"
#include "infoblock/filters.h"
#include "infoblock/types.h"
#include "router/rm/filter_rules.h"
#include "router/rm/rm.h"

/* The blocks of a family. */
struct filter_blocks {
    enum filter_family family;
    uint32_t in, out, fragments, enable, demand;
};

static const struct filter_blocks filter_families[] = {
    {FILTER_IPV4, INFO_IP_IN_FILTER_INFO, INFO_IP_OUT_FILTER_INFO, INFO_IP_IFFILTER_INFO,
     INFO_IP_FILTER_ENABLE_INFO, INFO_IP_DEMAND_DIAL_FILTER_INFO},
    {FILTER_IPV6, INFO_IP_IN_FILTER_INFO_V6, INFO_IP_OUT_FILTER_INFO_V6, INFO_IP_IFFILTER_INFO_V6,
     INFO_IP_FILTER_ENABLE_INFO_V6, INFO_IP_DEMAND_DIAL_FILTER_INFO_V6}};

#define FILTER_FAMILIES (sizeof(filter_families) / sizeof(*filter_families))

/* ---- whether there are any ------------------------------------------------------------------- */

static bool find_filters(const struct blob *info, uint32_t type, struct info_block *ret)
{
    return info_blob_find(info, type, ret) == ST_OK && ret->data;
}

/* The filter_number that a block is, or otherwise. */
static uint32_t filter_number(const struct blob *info, uint32_t type, uint32_t otherwise)
{
    struct info_block block;
    struct reader r;
    uint32_t value;

    if (!find_filters(info, type, &block)) return otherwise;
    reader_init(&r, block.data, info_block_bytes(&block));
    value = rd_le32(&r);
    return r.failed ? otherwise : value;
}

static bool has_filters(const struct blob *info)
{
    struct info_block block;

    for (size_t n = 0; n < FILTER_FAMILIES; n++) {
        const struct filter_blocks *b = &filter_families[n];

        if (!filter_number(info, b->enable, 1)) continue;
        if (find_filters(info, b->in, &block) || find_filters(info, b->out, &block)) return true;
        if (filter_number(info, b->fragments, 0)) return true;
    }
    return false;
}

/* ---- which packets dial ---------------------------------------------------------------------- */

static const struct filter_blocks *blocks_of(const struct iftransport *t)
{
    return &filter_families[t->manager->transport == TRANSPORT_IP ? 0 : 1];
}

/* False: there is none that counts. */
static bool demand_filters(const struct iftransport *t, struct filter_list *ret)
{
    const struct filter_blocks *b = blocks_of(t);
    struct info_block block;

    return filter_number(&t->info, b->enable, 1) && find_filters(&t->info, b->demand, &block) &&
           filter_list_read(&block, b->family, ret) == ST_OK;
}

bool host_filters_may_dial(const struct iftransport *t, const struct packet_facts *packet)
{
    struct filter_list list;

    return !demand_filters(t, &list) || filter_list_judge(&list, packet) == FILTER_FORWARD;
}

static void warn_of_demand_filters(const struct iftransport *t)
{
    const struct filter_blocks *b = blocks_of(t);
    struct filter_list list;
    struct info_block block;

    if (!find_filters(&t->info, b->demand, &block)) return;
    if (filter_list_read(&block, b->family, &list) == ST_OK) return;
    TRACE(WARNING, "interface %u: its demand-dial filters can't be read, so every packet dials",
          t->interface->index);
}

/* ---- telling --------------------------------------------------------------------------------- */

static void act_filters_changed(const struct router_host *host, struct outbox_entry *entry,
                                uintptr_t value)
{
    (void)entry;
    (void)value;
    host->filters_changed(host->context);
}

static void filters_have_changed(struct router *r)
{
    r->filters_changed.act = act_filters_changed;
    outbox_put(&r->outbox, &r->filters_changed);
}

void host_filters_set(struct iftransport *t)
{
    bool had = t->filters;

    warn_of_demand_filters(t);
    t->filters = has_filters(&t->info);
    if (t->active && (had || t->filters)) filters_have_changed(t->interface->router);
}

void host_filters_moved(struct iftransport *t)
{
    if (t->filters) filters_have_changed(t->interface->router);
}

void host_filters_end(struct router *r)
{
    outbox_take_back(&r->outbox, &r->filters_changed);
}

/* ---- the rules ------------------------------------------------------------------------------- */

struct filter_build {
    struct filter_text text;
    const struct host_filters_ask *ask;
    bool any;
};

static struct filter_place filter_place_of(const struct filter_build *b,
                                           const struct iftransport *t)
{
    const struct ip_binding *binding = &t->interface->binding;

    return (struct filter_place){.table = b->ask->table,
                                 .transport = t->manager->transport,
                                 .host_index = binding->host_index,
                                 .address = binding->count ? binding->local[0].address : 0,
                                 .mask = binding->count ? binding->local[0].mask : 0};
}

static void begin_rules(struct filter_build *b)
{
    if (!b->any) filter_rules_begin(&b->text, b->ask->table);
    b->any = true;
}

static void add_filter_list(struct filter_build *b, const struct iftransport *t,
                            enum filter_family family, uint32_t type,
                            enum filter_direction direction)
{
    struct filter_place place = filter_place_of(b, t);
    struct filter_list list;
    struct info_block block;

    if (!find_filters(&t->info, type, &block)) return;
    if (filter_list_read(&block, family, &list) != ST_OK) {
        TRACE(WARNING, "interface %u: its filters (block %#x) can't be read and are not applied",
              t->interface->index, type);
        return;
    }
    begin_rules(b);
    filter_rules_list(&b->text, &place, direction, &list);
}

static void add_filter_family(struct filter_build *b, const struct iftransport *t,
                              const struct filter_blocks *blocks)
{
    struct filter_place place = filter_place_of(b, t);

    if (!filter_number(&t->info, blocks->enable, 1)) return;
    add_filter_list(b, t, blocks->family, blocks->in, FILTER_IN);
    add_filter_list(b, t, blocks->family, blocks->out, FILTER_OUT);
    if (!filter_number(&t->info, blocks->fragments, 0)) return;
    begin_rules(b);
    filter_rules_fragments(&b->text, &place, blocks->family);
}

static void add_filters_of(struct iftransport *t, void *context)
{
    struct filter_build *b = context;

    if (!t->active || !t->filters || !t->interface->binding.host_index) return;
    for (size_t n = 0; n < FILTER_FAMILIES; n++) add_filter_family(b, t, &filter_families[n]);
}

mpr_status router_host_filters(struct router *r, const struct host_filters_ask *ask,
                               struct blob *ret)
{
    struct filter_build b = {.ask = ask};
    struct router_manager *m;

    *ret = (struct blob){NULL, 0};
    DL_FOREACH (r->managers, m) {
        if (m->transport == TRANSPORT_IP ? ask->ip : ask->ipv6) rm_each(m, add_filters_of, &b);
    }
    if (b.text.failed) {
        filter_text_free(&b.text);
        return ST_NOT_ENOUGH_MEMORY;
    }
    *ret = (struct blob){.data = (uint8_t *)b.text.data, .size = b.text.used};
    return ST_OK;
}
