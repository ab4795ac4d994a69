/* MPR_IF_CUSTOMINFOEX. Its revisions are those of the wire, the newest one of which is ours. */
#include "api/tunnel/custom_info.h"
#include "api/wire/rows.h"

#include <string.h>

#include "win32/store/traffic_selectors.h"

#define CUSTOM_DIM struct dim_custom
#define CONFIG(m)  customIkev2Config.m

static const struct wire_row custom_rows[] = {
    WIRE_SAME(custom_info, dwFlags, CUSTOM_DIM, flags),
    WIRE_RUN(custom_info, CONFIG(dwSaLifeTime), CONFIG(dwSaDataSize), CUSTOM_DIM, sa_life_time,
             sa_data_size),
    WIRE_OCTETS(custom_info, CONFIG(certificateName.pbData), CONFIG(certificateName.cbData),
                CUSTOM_DIM, certificate),
    WIRE_POLICY(custom_info, CONFIG(customPolicy), CUSTOM_DIM, policy),
    WIRE_OCTETS(custom_info, CONFIG(certificateHash.pbData), CONFIG(certificateHash.cbData),
                CUSTOM_DIM, certificate_hash),
    WIRE_SAME(custom_info, CONFIG(dwMmSaLifeTime), CUSTOM_DIM, main_mode_life),
    WIRE_END,
};

static const struct custom_layout {
    uint8_t wire;
    uint16_t size;
} custom_layouts[] = {
    {1, sizeof(MPR_IF_CUSTOMINFOEX0)},
    {2, sizeof(MPR_IF_CUSTOMINFOEX1)},
    {DIM_CUSTOM_SELECTORS, sizeof(MPR_IF_CUSTOMINFOEX2)},
};

static const struct custom_layout *custom_layout(uint8_t wire)
{
    for (size_t i = 0; i < sizeof(custom_layouts) / sizeof(custom_layouts[0]); i++) {
        if (custom_layouts[i].wire == wire) return &custom_layouts[i];
    }
    return NULL;
}

/* Of an object whose header is sound. */
static uint8_t custom_wire(const void *object)
{
    MPRAPI_OBJECT_HEADER header;

    memcpy(&header, object, sizeof(header));
    return custom_layouts[header.revision - 1].wire;
}

/* ---- traffic selectors ----------------------------------------------------------------------- */

#define SELECTOR_API MPR_VPN_TRAFFIC_SELECTOR
#define SELECTOR_DIM struct dim_selector

static const struct wire_row selector_rows[] = {
    WIRE_SAME(SELECTOR_API, type, SELECTOR_DIM, type),
    WIRE_SAME(SELECTOR_API, protocolId, SELECTOR_DIM, protocol),
    WIRE_SAME(SELECTOR_API, portStart, SELECTOR_DIM, first_port),
    WIRE_SAME(SELECTOR_API, portEnd, SELECTOR_DIM, last_port),
    WIRE_SAME(SELECTOR_API, tsPayloadId, SELECTOR_DIM, payload),
    WIRE_SAME(SELECTOR_API, addrStart.Type, SELECTOR_DIM, first_family),
    WIRE_SAME(SELECTOR_API, addrEnd.Type, SELECTOR_DIM, last_family),
    WIRE_SAME(SELECTOR_API, addrStart.v6, SELECTOR_DIM, first),
    WIRE_SAME(SELECTOR_API, addrEnd.v6, SELECTOR_DIM, last),
    WIRE_END,
};

/* Behind an IPv4 address the caller may have anything. */
static void clear_rest(uint16_t family, uint8_t address[16])
{
    if (family == AF_INET) memset(address + sizeof(IN_ADDR), 0, 16 - sizeof(IN_ADDR));
}

static mpr_status selector_list_out(struct ndr *n, DWORD count,
                                    const MPR_VPN_TRAFFIC_SELECTOR *list, struct dim_selectors *ret)
{
    *ret = (struct dim_selectors){0, NULL};
    if (!count) return ST_OK;
    if (!list || count > SELECTORS_MAX) return ST_INVALID_PARAMETER;
    ret->rows = ndr_alloc(n, count * sizeof(*ret->rows));
    if (!ret->rows) return ST_NOT_ENOUGH_MEMORY;
    ret->count = count;
    for (DWORD i = 0; i < count; i++) {
        struct dim_selector *row = &ret->rows[i];

        (void)wire_rows_out(n, selector_rows, &list[i], row); /* it has no pointers */
        clear_rest(row->first_family, row->first);
        clear_rest(row->last_family, row->last);
    }
    return ST_OK;
}

static mpr_status selector_list_in(struct wire_memory *m, const struct dim_selectors *list,
                                   DWORD *ret_count, MPR_VPN_TRAFFIC_SELECTOR **ret)
{
    if (!list->rows || !list->count) return ST_OK;
    *ret = wire_memory_get(m, list->count * sizeof(**ret));
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    *ret_count = list->count;
    for (uint32_t i = 0; i < list->count; i++)
        (void)wire_rows_in(m, selector_rows, &list->rows[i], &(*ret)[i]);
    return ST_OK;
}

/* ---- out ------------------------------------------------------------------------------------- */

mpr_status wire_custom_ask(const void *object, struct dim_custom *ret)
{
    memset(ret, 0, sizeof(*ret));
    if (!custom_info_size(object)) return ST_INVALID_PARAMETER;
    ret->revision = custom_wire(object);
    wire_header_out(object, &ret->header);
    return ST_OK;
}

/* Without flags there are no settings, whatever else is there. */
static mpr_status settings_out_of(struct ndr *n, const custom_info *info, struct dim_custom *ret)
{
    const MPR_VPN_TRAFFIC_SELECTORS *s = &info->customIkev2Config.vpnTrafficSelectors;
    mpr_status status;

    if (!info->dwFlags) return ST_OK;
    status = wire_rows_out(n, custom_rows, info, ret);
    if (status == ST_OK) status = selector_list_out(n, s->numTsi, s->tsI, &ret->initiator);
    if (status == ST_OK) status = selector_list_out(n, s->numTsr, s->tsR, &ret->responder);
    return status;
}

mpr_status wire_custom_out(struct ndr *n, const void *object, struct dim_custom *ret)
{
    custom_info info;
    mpr_status status = wire_custom_ask(object, ret);

    if (status != ST_OK) return status;
    custom_info_gather(object, custom_info_size(object), &info);
    return settings_out_of(n, &info, ret);
}

mpr_status wire_custom_set_out(struct ndr *n, const void *object, struct dim_custom *ret)
{
    custom_info info;
    mpr_status status = wire_custom_ask(object, ret);

    if (status != ST_OK) return status;
    custom_info_gather(object, custom_info_size(object), &info);
    status = custom_info_check(&info);
    return status == ST_OK ? settings_out_of(n, &info, ret) : status;
}

/* ---- in -------------------------------------------------------------------------------------- */

static mpr_status settings_from(struct wire_memory *m, const struct dim_custom *c, custom_info *ret)
{
    MPR_VPN_TRAFFIC_SELECTORS *s = &ret->customIkev2Config.vpnTrafficSelectors;
    mpr_status status;

    memset(ret, 0, sizeof(*ret));
    status = wire_rows_in(m, custom_rows, c, ret);
    if (status == ST_OK) status = selector_list_in(m, &c->initiator, &s->numTsi, &s->tsI);
    if (status == ST_OK) status = selector_list_in(m, &c->responder, &s->numTsr, &s->tsR);
    return status;
}

/* The newest layout, of which the others are beginnings; the header says which it is. */
void *wire_custom_make(struct ndr *n, const struct dim_custom *custom)
{
    const struct custom_layout *layout = custom_layout(custom->revision);
    const struct dim_header *h = &custom->header;
    struct wire_memory m = {.n = n};
    custom_info *ret = NULL;

    if (!layout)
        ndr_fail(n, ST_RPC_BAD_STUB_DATA);
    else
        ret = ndr_alloc(n, sizeof(*ret));
    if (!ret || settings_from(&m, custom, ret) != ST_OK) return NULL;
    ret->Header = (MPRAPI_OBJECT_HEADER){
        h->revision, h->type, h->revision == (layout->wire & ~DIM_OURS) ? layout->size : 0};
    return ret;
}

mpr_status wire_custom_in(const struct dim_custom *custom, void *object)
{
    struct wire_memory callers = {.end_texts = true};
    custom_info info;
    mpr_status status;

    if (!custom_info_size(object)) return ST_INVALID_PARAMETER;
    if (custom->revision != custom_wire(object)) return ST_RPC_BAD_STUB_DATA;
    status = settings_from(&callers, custom, &info);
    if (status == ST_OK)
        custom_info_scatter(&info, custom_info_size(object), object);
    else
        custom_info_free(&info);
    return status;
}

void wire_custom_free(void *object)
{
    size_t size = custom_info_size(object);
    custom_info info;

    if (!size) return;
    custom_info_gather(object, size, &info);
    custom_info_free(&info);
    custom_info_scatter(&info, size, object);
}
