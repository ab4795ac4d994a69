/* Levels: an array of the API's structures, and a container's octets. */
#include "api/wire/rows.h"

#include <string.h>

typedef void convert_fn(struct ndr *n, uint32_t level, union wire_dim *d);

static void convert_server(struct ndr *n, uint32_t level, union wire_dim *d)
{
    dim_server_level(n, level, &d->server);
}

static void convert_port(struct ndr *n, uint32_t level, union wire_dim *d)
{
    dim_port_level(n, level, &d->port);
}

static void convert_device(struct ndr *n, uint32_t level, union wire_dim *d)
{
    dim_device_level(n, level, &d->device);
}

static void convert_credentials(struct ndr *n, uint32_t level, union wire_dim *d)
{
    (void)level;

    dim_credentials_level(n, &d->credentials);
}

static void convert_interface(struct ndr *n, uint32_t level, union wire_dim *d)
{
    if (!n->reading)
        d->interface.address_count = d->interface.addresses.size / (uint32_t)sizeof(IN6_ADDR);
    dim_interface_level(n, level, &d->interface);
}

static void convert_connection(struct ndr *n, uint32_t level, union wire_dim *d)
{
    dim_connection_level(n, level, &d->connection);
}

static const struct family {
    convert_fn *convert;
    const struct wire_level *levels;
    DWORD count;
} families[WIRE_KINDS] = {
    [WIRE_SERVER] = {convert_server, wire_server_levels, 3},
    [WIRE_PORT] = {convert_port, wire_port_levels, 3},
    [WIRE_DEVICE] = {convert_device, wire_device_levels, 2},
    [WIRE_CREDENTIALS] = {convert_credentials, wire_credentials_levels, 1},
    [WIRE_INTERFACE] = {convert_interface, wire_interface_levels, 4},
    [WIRE_CONNECTION] = {convert_connection, wire_connection_levels, 5},
};

static const struct wire_level *find_level(enum wire_kind kind, DWORD level)
{
    const struct family *f = &families[kind];

    if (kind == WIRE_CREDENTIALS) level = 0;
    return level < f->count ? &f->levels[level] : NULL;
}

/* Whether what a level lacks of the API's counters lies behind the last structure. */
static bool has_high(enum wire_kind kind, DWORD level)
{
    return kind == WIRE_CONNECTION && level == 4;
}

/* ---- out ------------------------------------------------------------------------------------- */

/* Every structure of an array fills the same members: *ret is all zero before the first. */
static mpr_status level_out(const struct wire_level *level, const void *structure,
                            union wire_dim *ret)
{
    mpr_status status = ST_OK;

    for (size_t i = 0; i < WIRE_TABLES && level->rows[i] && status == ST_OK; i++)
        status = wire_rows_out(NULL, level->rows[i], structure, ret);
    return status;
}

static void write_high(struct ndr *n, const RAS_CONNECTION_4 *all, DWORD count)
{
    bool any = false;

    for (DWORD i = 0; i < count; i++)
        any = any || (all[i].ullBytesXmited | all[i].ullBytesRcved) > UINT32_MAX;
    for (DWORD i = 0; any && i < count; i++) {
        struct dim_connection_level c;

        c.statistics_high[0] = (uint32_t)(all[i].ullBytesXmited >> 32);
        c.statistics_high[1] = (uint32_t)(all[i].ullBytesRcved >> 32);
        dim_connection_high(n, &c);
    }
}

static mpr_status check_array(const struct wire_level *level, const void *structures, DWORD count)
{
    if (!level) return ST_INVALID_LEVEL;
    if (count && !structures) return ST_INVALID_PARAMETER;
    return level->nested && count > 1 ? ST_INVALID_PARAMETER : ST_OK;
}

mpr_status wire_info_write(struct ndr *n, enum wire_kind kind, DWORD level, const void *structures,
                           DWORD count)
{
    const struct wire_level *l = find_level(kind, level);
    mpr_status status = check_array(l, structures, count);
    const BYTE *next = structures;
    union wire_dim d;

    memset(&d, 0, sizeof(d));
    if (status == ST_OK) ndr_reserve(n, (size_t)count * l->least);
    for (DWORD i = 0; i < count && status == ST_OK; i++, next += l->size) {
        status = level_out(l, next, &d);
        if (status == ST_OK) families[kind].convert(n, level, &d);
    }
    if (status != ST_OK)
        ndr_fail(n, status);
    else if (count && has_high(kind, level))
        write_high(n, structures, count);
    return n->status;
}

/* ---- in -------------------------------------------------------------------------------------- */

static size_t size_behind(const struct wire_level *level, const union wire_dim *d)
{
    size_t size = 0;

    for (size_t i = 0; i < WIRE_TABLES && level->rows[i]; i++)
        size += wire_rows_behind(level->rows[i], d);
    return size;
}

/* What parts need was counted before, so that nothing can fail here. */
static void level_in(struct wire_memory *m, const struct wire_level *level, const union wire_dim *d,
                     BYTE *ret)
{
    for (size_t i = 0; i < WIRE_TABLES && level->rows[i]; i++)
        (void)wire_rows_in(m, level->rows[i], d, ret);
}

static void read_high(struct ndr *from, RAS_CONNECTION_4 *all, DWORD count)
{
    for (DWORD i = 0; i < count; i++) {
        struct dim_connection_level c = {.statistics_high = {0, 0}};

        dim_connection_high(from, &c);
        all[i].ullBytesXmited |= (ULONGLONG)c.statistics_high[0] << 32;
        all[i].ullBytesRcved |= (ULONGLONG)c.statistics_high[1] << 32;
    }
}

struct reading {
    struct ndr from;
    enum wire_kind kind;
    DWORD level, count;
    const struct wire_level *l;
};

/* Into what is all zero, or has been read into before: each fills the same members. */
static void read_one(struct reading *r, union wire_dim *d)
{
    families[r->kind].convert(&r->from, r->level, d);
}

/* Fills count structures at ret, of which the first has been read into d. */
static void fill_array(struct reading *r, union wire_dim *d, struct wire_memory *m, BYTE *ret)
{
    for (DWORD i = 0; i < r->count; i++) {
        if (i) read_one(r, d);
        level_in(m, r->l, d, ret + (size_t)i * r->l->size);
    }
    if (has_high(r->kind, r->level)) read_high(&r->from, (void *)ret, r->count);
}

static mpr_status read_first(struct reading *r, union wire_dim *d)
{
    memset(d, 0, sizeof(*d));
    read_one(r, d);
    return r->from.status;
}

/* Structures in one block, parts behind them: for the caller of the API when there is no n. */
static mpr_status read_array(struct reading *r, struct ndr *n, BYTE **ret)
{
    struct wire_memory m = {.n = n, .end_texts = !n};
    size_t size = (size_t)r->count * r->l->size;
    union wire_dim d;

    if (read_first(r, &d) != ST_OK) return r->from.status;
    size = (size + sizeof(void *) - 1) / sizeof(void *) * sizeof(void *);
    *ret = wire_memory_get(&m, size + size_behind(r->l, &d));
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    m.next = *ret + size;
    fill_array(r, &d, &m, *ret);
    if (r->from.status == ST_OK) return ST_OK;
    if (!n) api_buffer_free(*ret);
    *ret = NULL;
    return r->from.status;
}

/* The caller frees r->from after success. */
static mpr_status begin_reading(struct reading *r, const struct dim_octets *info)
{
    r->l = find_level(r->kind, r->level);
    if (!r->l) return ST_INVALID_LEVEL;
    if (r->count &&
        (!info->data || r->count > info->size / r->l->least || (r->l->nested && r->count > 1)))
        return ST_RPC_BAD_STUB_DATA;
    ndr_read(&r->from, info->data, info->size);
    return ST_OK;
}

static mpr_status read_info(const struct dim_octets *info, enum wire_kind kind, DWORD level,
                            DWORD count, struct ndr *n, BYTE **ret)
{
    struct reading r = {.kind = kind, .level = level, .count = count};
    mpr_status status = begin_reading(&r, info);

    *ret = NULL;
    if (status != ST_OK || !count) return status;
    status = read_array(&r, n, ret);
    ndr_free(&r.from);
    return status;
}

mpr_status wire_info_read(const struct dim_octets *info, enum wire_kind kind, DWORD level,
                          DWORD count, BYTE **ret)
{
    return read_info(info, kind, level, count, NULL, ret);
}

mpr_status wire_info_read_into(const struct dim_octets *info, enum wire_kind kind, DWORD level,
                               DWORD count, BYTE *entries)
{
    struct reading r = {.kind = kind, .level = level, .count = count};
    struct wire_memory m = {.end_texts = true};
    mpr_status status = begin_reading(&r, info);
    union wire_dim d;

    if (status != ST_OK || !count) return status;
    status = r.l->nested ? ST_RPC_BAD_STUB_DATA : read_first(&r, &d);
    if (status == ST_OK) fill_array(&r, &d, &m, entries);
    if (status == ST_OK) status = r.from.status;
    ndr_free(&r.from);
    return status;
}

void *wire_info_make(struct ndr *n, const struct dim_octets *info, enum wire_kind kind, DWORD level,
                     DWORD count)
{
    BYTE *ret;
    mpr_status status = read_info(info, kind, level, count, n, &ret);

    if (status != ST_OK) ndr_fail(n, status);
    return ret;
}
