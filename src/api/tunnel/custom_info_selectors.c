/* Traffic selectors between the caller's structures and the store's. */
#include "api/tunnel/custom_info.h"

#include <string.h>

_Static_assert((int)SELECTOR_IPV4 == (int)MPR_VPN_TS_IPv4_ADDR_RANGE &&
                   (int)SELECTOR_IPV6 == (int)MPR_VPN_TS_IPv6_ADDR_RANGE,
               "both have the numbers of RFC 7296");

static USHORT address_family(MPR_VPN_TS_TYPE type)
{
    return type == MPR_VPN_TS_IPv4_ADDR_RANGE ? AF_INET : AF_INET6;
}

static void row_in(const MPR_VPN_TRAFFIC_SELECTOR *s, struct traffic_selector *ret)
{
    size_t size = traffic_selector_address_size((uint32_t)s->type);

    *ret = (struct traffic_selector){.type = (uint32_t)s->type,
                                     .protocol = s->protocolId,
                                     .first_port = s->portStart,
                                     .last_port = s->portEnd,
                                     .payload = s->tsPayloadId};
    memcpy(ret->first, &s->addrStart.v6, size);
    memcpy(ret->last, &s->addrEnd.v6, size);
}

static void row_out(const struct traffic_selector *s, MPR_VPN_TRAFFIC_SELECTOR *ret)
{
    ret->type = (MPR_VPN_TS_TYPE)s->type;
    ret->protocolId = s->protocol;
    ret->portStart = s->first_port;
    ret->portEnd = s->last_port;
    ret->tsPayloadId = s->payload;
    ret->addrStart.Type = ret->addrEnd.Type = address_family(ret->type);
    memcpy(&ret->addrStart.v6, s->first, sizeof(s->first));
    memcpy(&ret->addrEnd.v6, s->last, sizeof(s->last));
}

static bool row_valid(const MPR_VPN_TRAFFIC_SELECTOR *s)
{
    struct traffic_selector row;

    row_in(s, &row);
    return traffic_selector_valid(&row) && s->addrStart.Type == address_family(s->type) &&
           s->addrEnd.Type == address_family(s->type);
}

static bool list_valid(const MPR_VPN_TRAFFIC_SELECTOR *list, DWORD count)
{
    if (count > SELECTORS_MAX || (count && !list)) return false;
    for (DWORD i = 0; i < count; i++) {
        if (!row_valid(&list[i])) return false;
    }
    return true;
}

bool selectors_valid(const MPR_VPN_TRAFFIC_SELECTORS *selectors)
{
    return list_valid(selectors->tsI, selectors->numTsi) &&
           list_valid(selectors->tsR, selectors->numTsr);
}

mpr_status selectors_in(const MPR_VPN_TRAFFIC_SELECTORS *selectors, struct traffic_selectors *ret)
{
    size_t count = (size_t)selectors->numTsi + selectors->numTsr;

    *ret = (struct traffic_selectors){0, 0, NULL};
    if (!count) return ST_OK;
    ret->rows = mem_alloc_array(count, sizeof(*ret->rows));
    if (!ret->rows) return ST_NOT_ENOUGH_MEMORY;
    ret->initiators = selectors->numTsi;
    ret->responders = selectors->numTsr;
    for (DWORD i = 0; i < ret->initiators; i++) row_in(&selectors->tsI[i], &ret->rows[i]);
    for (DWORD i = 0; i < ret->responders; i++)
        row_in(&selectors->tsR[i], &ret->rows[ret->initiators + i]);
    return ST_OK;
}

static mpr_status list_out(const struct traffic_selector *rows, DWORD count, DWORD *ret_count,
                           MPR_VPN_TRAFFIC_SELECTOR **ret)
{
    if (!count) return ST_OK;
    *ret = api_buffer_new_array(count, sizeof(**ret), 0);
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    for (DWORD i = 0; i < count; i++) row_out(&rows[i], &(*ret)[i]);
    *ret_count = count;
    return ST_OK;
}

mpr_status selectors_out(const struct traffic_selectors *selectors, MPR_VPN_TRAFFIC_SELECTORS *ret)
{
    mpr_status status = list_out(selectors->rows, selectors->initiators, &ret->numTsi, &ret->tsI);

    if (status == ST_OK && selectors->responders)
        status = list_out(selectors->rows + selectors->initiators, selectors->responders,
                          &ret->numTsr, &ret->tsR);
    return status;
}

void selectors_free(MPR_VPN_TRAFFIC_SELECTORS *selectors)
{
    api_buffer_free(selectors->tsI);
    api_buffer_free(selectors->tsR);
    memset(selectors, 0, sizeof(*selectors));
}
