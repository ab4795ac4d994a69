/* Traffic selectors as a REG_BINARY, little endian:
 *
 *   DWORD version 1, DWORD count of the initiator's, DWORD count of the responder's, then each:
 *   DWORD type, BYTE protocol, BYTE 0, WORD first port, WORD last port, WORD payload id,
 *   16 bytes first address, 16 bytes last address (IPv4: 4 bytes and zeros)
 */
#include "api/tunnel/custom_info.h"

#include <string.h>

#define VERSION       1u
#define HEAD_BYTES    12u
#define ROW_BYTES     44u
#define ADDRESS_BYTES 16u
#define COUNT_MAX     255u /* the payload of RFC 7296 3.13 counts in one octet */

static size_t address_size(const MPR_VPN_TRAFFIC_SELECTOR *s)
{
    return s->type == MPR_VPN_TS_IPv4_ADDR_RANGE ? 4 : 16;
}

static USHORT address_family(const MPR_VPN_TRAFFIC_SELECTOR *s)
{
    return s->type == MPR_VPN_TS_IPv4_ADDR_RANGE ? AF_INET : AF_INET6;
}

static bool selector_valid(const MPR_VPN_TRAFFIC_SELECTOR *s)
{
    if (s->type != MPR_VPN_TS_IPv4_ADDR_RANGE && s->type != MPR_VPN_TS_IPv6_ADDR_RANGE)
        return false;
    return s->portStart <= s->portEnd && s->addrStart.Type == address_family(s) &&
           s->addrEnd.Type == address_family(s) &&
           memcmp(&s->addrStart.v6, &s->addrEnd.v6, address_size(s)) <= 0;
}

static bool list_valid(const MPR_VPN_TRAFFIC_SELECTOR *list, DWORD count)
{
    if (count > COUNT_MAX || (count && !list)) return false;
    for (DWORD i = 0; i < count; i++) {
        if (!selector_valid(&list[i])) return false;
    }
    return true;
}

bool selectors_valid(const MPR_VPN_TRAFFIC_SELECTORS *selectors)
{
    return list_valid(selectors->tsI, selectors->numTsi) &&
           list_valid(selectors->tsR, selectors->numTsr);
}

static void encode_row(struct writer *w, const MPR_VPN_TRAFFIC_SELECTOR *s)
{
    size_t size = address_size(s);

    wr_le32(w, (uint32_t)s->type);
    wr_u8(w, s->protocolId);
    wr_u8(w, 0);
    wr_le16(w, s->portStart);
    wr_le16(w, s->portEnd);
    wr_le16(w, s->tsPayloadId);
    wr_bytes(w, &s->addrStart.v6, size);
    wr_zero(w, ADDRESS_BYTES - size);
    wr_bytes(w, &s->addrEnd.v6, size);
    wr_zero(w, ADDRESS_BYTES - size);
}

mpr_status selectors_encode(const MPR_VPN_TRAFFIC_SELECTORS *selectors, struct blob *ret)
{
    size_t rows = (size_t)selectors->numTsi + selectors->numTsr;
    struct writer w;

    if (!rows) return ST_OK;
    ret->size = HEAD_BYTES + rows * ROW_BYTES;
    ret->data = mem_alloc(ret->size);
    if (!ret->data) return ST_NOT_ENOUGH_MEMORY;
    writer_init(&w, ret->data, ret->size);
    wr_le32(&w, VERSION);
    wr_le32(&w, selectors->numTsi);
    wr_le32(&w, selectors->numTsr);
    for (DWORD i = 0; i < selectors->numTsi; i++) encode_row(&w, &selectors->tsI[i]);
    for (DWORD i = 0; i < selectors->numTsr; i++) encode_row(&w, &selectors->tsR[i]);
    return ST_OK;
}

static void decode_row(struct reader *r, MPR_VPN_TRAFFIC_SELECTOR *s)
{
    s->type = (MPR_VPN_TS_TYPE)rd_le32(r);
    s->protocolId = rd_u8(r);
    rd_skip(r, 1);
    s->portStart = rd_le16(r);
    s->portEnd = rd_le16(r);
    s->tsPayloadId = rd_le16(r);
    s->addrStart.Type = s->addrEnd.Type = address_family(s);
    rd_bytes(r, &s->addrStart.v6, ADDRESS_BYTES);
    rd_bytes(r, &s->addrEnd.v6, ADDRESS_BYTES);
}

static mpr_status decode_list(struct reader *r, DWORD count, MPR_VPN_TRAFFIC_SELECTOR **ret)
{
    if (!count) return ST_OK;
    *ret = api_buffer_new_array(count, sizeof(**ret), 0);
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    for (DWORD i = 0; i < count; i++) decode_row(r, &(*ret)[i]);
    return ST_OK;
}

mpr_status selectors_decode(const struct blob *blob, MPR_VPN_TRAFFIC_SELECTORS *ret)
{
    DWORD version, initiators, responders;
    mpr_status status;
    struct reader r;

    if (!blob->size) return ST_OK;
    reader_init(&r, blob->data, blob->size);
    version = rd_le32(&r);
    initiators = rd_le32(&r);
    responders = rd_le32(&r);
    if (version != VERSION || initiators > COUNT_MAX || responders > COUNT_MAX ||
        reader_left(&r) != (size_t)(initiators + responders) * ROW_BYTES)
        return ST_INVALID_DATA;
    status = decode_list(&r, initiators, &ret->tsI);
    if (status == ST_OK) status = decode_list(&r, responders, &ret->tsR);
    if (status == ST_OK) {
        ret->numTsi = initiators;
        ret->numTsr = responders;
        if (selectors_valid(ret)) return ST_OK;
        status = ST_INVALID_DATA;
    }
    selectors_free(ret);
    return status;
}

void selectors_free(MPR_VPN_TRAFFIC_SELECTORS *selectors)
{
    api_buffer_free(selectors->tsI);
    api_buffer_free(selectors->tsR);
    memset(selectors, 0, sizeof(*selectors));
}
