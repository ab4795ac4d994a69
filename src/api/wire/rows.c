/* What each kind of row does. */
#include "api/wire/rows.h"

#include <string.h>

/* What the exported functions take at most: SECRET_MAX_BYTES, and as much authentication data. */
#define OCTETS_MAX     (1u << 20)
#define LIST_MAX_UNITS 65536u
/* Zeros behind what is copied: whatever lacks an end gets one. */
#define ENDS      (2 * sizeof(WCHAR))
#define ALIGNMENT 8u

/* ---- out ------------------------------------------------------------------------------------- */

static void handle_out(const BYTE *from, BYTE *to)
{
    HANDLE handle;
    uint32_t number;

    memcpy(&handle, from, sizeof(handle));
    number = api_handle(handle);
    memcpy(to, &number, sizeof(number));
}

static void enum_out(const BYTE *from, BYTE *to)
{
    uint32_t wide;
    uint16_t narrow;

    memcpy(&wide, from, sizeof(wide));
    narrow = (uint16_t)wide;
    memcpy(to, &narrow, sizeof(narrow));
}

static mpr_status octets_out(const struct wire_row *row, const BYTE *api, BYTE *dim)
{
    struct dim_octets octets = {0, NULL};
    DWORD count;

    memcpy(&count, api + row->more, sizeof(count));
    if (count > OCTETS_MAX / row->size) return ST_INVALID_PARAMETER;
    octets.size = count * row->size;
    if (count) memcpy(&octets.data, api + row->api, sizeof(octets.data));
    if (count && !octets.data) return ST_INVALID_PARAMETER;
    memcpy(dim + row->dim, &octets, sizeof(octets));
    return ST_OK;
}

/* An empty list needs no second terminator where nobody looks for it. */
static mpr_status list_out(const struct wire_row *row, const BYTE *api, BYTE *dim)
{
    struct dim_octets octets = {0, NULL};
    const char16_t *list;
    size_t units = 1;

    memcpy(&list, api + row->api, sizeof(list));
    if (list && list[0]) units = u16_multi_units(list, LIST_MAX_UNITS);
    if (units >= LIST_MAX_UNITS) return ST_INVALID_PARAMETER;
    if (list) octets = (struct dim_octets){(uint32_t)(units * sizeof(*list)), (const void *)list};
    memcpy(dim + row->dim, &octets, sizeof(octets));
    return ST_OK;
}

static mpr_status policy_row_out(struct ndr *n, const BYTE *from, BYTE *to)
{
    const ROUTER_CUSTOM_IKEv2_POLICY0 *policy;
    struct dim_policy *copy = NULL;

    _Static_assert(sizeof(*policy) == sizeof(*copy), "the same fields in the same order");
    memcpy(&policy, from, sizeof(policy));
    if (policy) {
        copy = ndr_alloc(n, sizeof(*copy));
        if (!copy) return ST_NOT_ENOUGH_MEMORY;
        memcpy(copy, policy, sizeof(*copy));
    }
    memcpy(to, &copy, sizeof(copy));
    return ST_OK;
}

static void flat_out(const struct wire_row *row, const BYTE *api, BYTE *dim)
{
    switch ((enum wire_row_kind)row->kind) {
    case ROW_SAME:
    case ROW_TEXT:
        memcpy(dim + row->dim, api + row->api, row->size);
        break;
    case ROW_HANDLE:
        handle_out(api + row->api, dim + row->dim);
        break;
    case ROW_ENUM:
        enum_out(api + row->api, dim + row->dim);
        break;
    case ROW_WIDE: /* little-endian, as all targets are */
        memcpy(dim + row->dim, api + row->api, sizeof(uint32_t));
        memcpy(dim + row->more, api + row->api + sizeof(uint32_t), sizeof(uint32_t));
        break;
    default:
        break;
    }
}

static mpr_status nested_out(struct ndr *n, const struct wire_row *row, const BYTE *api, BYTE *dim)
{
    switch ((enum wire_row_kind)row->kind) {
    case ROW_OCTETS:
        return octets_out(row, api, dim);
    case ROW_LIST:
        return list_out(row, api, dim);
    case ROW_POLICY:
        return policy_row_out(n, api + row->api, dim + row->dim);
    case ROW_WHEN:
        return api[row->api] == row->size ? wire_rows_out(n, row->sub, api, dim) : ST_OK;
    default:
        flat_out(row, api, dim);
        return ST_OK;
    }
}

static bool texts_end(const struct wire_row *rows, const BYTE *api)
{
    for (; rows->kind != ROW_END; rows++) {
        size_t units = rows->size / sizeof(WCHAR);

        if (rows->kind == ROW_TEXT &&
            u16_length((const char16_t *)(const void *)(api + rows->api), units) == units)
            return false;
    }
    return true;
}

mpr_status wire_rows_out(struct ndr *n, const struct wire_row *rows, const void *api, void *dim)
{
    bool ends = texts_end(rows, api);
    mpr_status status = ST_OK;

    for (; rows->kind != ROW_END && status == ST_OK; rows++) {
        if (ends)
            status = nested_out(n, rows, api, dim);
        else
            flat_out(rows, api, dim);
    }
    return status;
}

/* ---- in -------------------------------------------------------------------------------------- */

static size_t aligned(size_t size)
{
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void *wire_memory_get(struct wire_memory *m, size_t size)
{
    void *ret = m->next;

    if (ret) {
        m->next += aligned(size);
        return ret;
    }
    return m->n ? ndr_alloc(m->n, size) : api_buffer_new(size);
}

mpr_status wire_memory_copy(struct wire_memory *m, const struct dim_octets *octets, BYTE **ret)
{
    *ret = NULL;
    if (!octets->data || !octets->size) return ST_OK;
    *ret = wire_memory_get(m, octets->size + ENDS);
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    memcpy(*ret, octets->data, octets->size);
    return ST_OK;
}

size_t wire_rows_behind(const struct wire_row *rows, const void *dim)
{
    struct dim_octets octets;
    size_t size = 0;

    for (; rows->kind != ROW_END; rows++) {
        if (rows->kind != ROW_OCTETS && rows->kind != ROW_LIST) continue;
        memcpy(&octets, (const BYTE *)dim + rows->dim, sizeof(octets));
        if (octets.data && octets.size) size += aligned(octets.size + ENDS);
    }
    return size;
}

static mpr_status octets_in(struct wire_memory *m, const struct wire_row *row, const BYTE *dim,
                            BYTE *api)
{
    struct dim_octets octets;
    BYTE *copy;
    DWORD count;
    mpr_status status;

    memcpy(&octets, dim + row->dim, sizeof(octets));
    status = wire_memory_copy(m, &octets, &copy);
    memcpy(api + row->api, &copy, sizeof(copy));
    if (row->kind != ROW_OCTETS) return status;
    count = copy ? octets.size / row->size : 0;
    memcpy(api + row->more, &count, sizeof(count));
    return status;
}

static mpr_status policy_row_in(struct wire_memory *m, const BYTE *from, BYTE *to)
{
    const struct dim_policy *policy;
    BYTE *copy = NULL;
    mpr_status status = ST_OK;

    memcpy(&policy, from, sizeof(policy));
    if (policy) {
        copy = wire_memory_get(m, sizeof(*policy));
        if (!copy) status = ST_NOT_ENOUGH_MEMORY;
        if (copy) memcpy(copy, policy, sizeof(*policy));
    }
    memcpy(to, &copy, sizeof(copy));
    return status;
}

static void text_in(const struct wire_memory *m, const struct wire_row *row, const BYTE *dim,
                    BYTE *api)
{
    const WCHAR end = 0;

    memcpy(api + row->api, dim + row->dim, row->size);
    if (m->end_texts) memcpy(api + row->api + row->size - sizeof(end), &end, sizeof(end));
}

static void number_in(const struct wire_row *row, const BYTE *dim, BYTE *api)
{
    uint32_t number = 0;
    HANDLE handle;

    memcpy(&number, dim + row->dim, row->kind == ROW_ENUM ? sizeof(uint16_t) : sizeof(number));
    if (row->kind == ROW_CONSTANT) number = row->size;
    if (row->kind != ROW_HANDLE) {
        memcpy(api + row->api, &number, sizeof(number));
        return;
    }
    handle = api_handle_out(number);
    memcpy(api + row->api, &handle, sizeof(handle));
}

static mpr_status row_in(struct wire_memory *m, const struct wire_row *row, const BYTE *dim,
                         BYTE *api)
{
    switch ((enum wire_row_kind)row->kind) {
    case ROW_SAME:
        memcpy(api + row->api, dim + row->dim, row->size);
        break;
    case ROW_TEXT:
        text_in(m, row, dim, api);
        break;
    case ROW_WIDE:
        memcpy(api + row->api, dim + row->dim, sizeof(uint32_t));
        memcpy(api + row->api + sizeof(uint32_t), dim + row->more, sizeof(uint32_t));
        break;
    case ROW_OCTETS:
    case ROW_LIST:
        return octets_in(m, row, dim, api);
    case ROW_POLICY:
        return policy_row_in(m, dim + row->dim, api + row->api);
    case ROW_WHEN:
        return dim[row->dim] == row->size ? wire_rows_in(m, row->sub, dim, api) : ST_OK;
    default:
        number_in(row, dim, api);
        break;
    }
    return ST_OK;
}

mpr_status wire_rows_in(struct wire_memory *m, const struct wire_row *rows, const void *dim,
                        void *api)
{
    mpr_status status = ST_OK;

    for (; rows->kind != ROW_END; rows++) {
        mpr_status one = row_in(m, rows, dim, api);

        if (status == ST_OK) status = one;
    }
    return status;
}
