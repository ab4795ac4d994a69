/* Layouts and values of MPR_IF_CUSTOMINFOEX. */
#include "api/tunnel/custom_info.h"

#include <string.h>

#include "api/tunnel/object_check.h"
#include "win32/store/tunnel_values.h"

SAME_OFFSET(MPR_IF_CUSTOMINFOEX0, custom_info, customIkev2Config.customPolicy);
SAME_OFFSET(MPR_IF_CUSTOMINFOEX1, custom_info, customIkev2Config.certificateHash);

size_t custom_info_size(const void *object)
{
    static const size_t sizes[] = {0, sizeof(MPR_IF_CUSTOMINFOEX0), sizeof(MPR_IF_CUSTOMINFOEX1),
                                   sizeof(MPR_IF_CUSTOMINFOEX2)};
    MPRAPI_OBJECT_HEADER header;

    if (!object) return 0;
    memcpy(&header, object, sizeof(header));
    if (header.type != MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT ||
        header.revision >= sizeof(sizes) / sizeof(sizes[0]))
        return 0;
    return header.size == sizes[header.revision] ? header.size : 0;
}

void custom_info_gather(const void *object, size_t size, custom_info *ret)
{
    memset(ret, 0, sizeof(*ret));
    memcpy(ret, object, size);
}

void custom_info_scatter(const custom_info *info, size_t size, void *object)
{
    const size_t head = offsetof(custom_info, dwFlags);

    memcpy((BYTE *)object + head, (const BYTE *)info + head, size - head);
}

mpr_status custom_info_check(const custom_info *info)
{
    const ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &info->customIkev2Config;

    if (!info->dwFlags) return ST_OK;
    if (info->dwFlags != MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2 || !life_valid(c->dwSaLifeTime) ||
        c->dwSaDataSize < 1024 ||
        !bytes_valid(c->certificateName.cbData, c->certificateName.pbData) ||
        !bytes_valid(c->certificateHash.cbData, c->certificateHash.pbData) ||
        (c->customPolicy && !policy_valid(&c->customPolicy->dwIntegrityMethod)) ||
        (c->dwMmSaLifeTime && !life_valid(c->dwMmSaLifeTime)) ||
        !selectors_valid(&c->vpnTrafficSelectors))
        return ST_INVALID_PARAMETER;
    return ST_OK;
}

/* ---- copies ---------------------------------------------------------------------------------- */

/* What a member points to. The members are of several pointer types, so they are copied. */
struct piece {
    void *member;
    size_t size;
};
enum { PIECES = 5 };

static void list_pieces(custom_info *info, struct piece ret[PIECES])
{
    ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &info->customIkev2Config;
    MPR_VPN_TRAFFIC_SELECTORS *s = &c->vpnTrafficSelectors;

    ret[0] = (struct piece){&s->tsI, s->numTsi * sizeof(*s->tsI)};
    ret[1] = (struct piece){&s->tsR, s->numTsr * sizeof(*s->tsR)};
    ret[2] = (struct piece){&c->customPolicy, c->customPolicy ? sizeof(*c->customPolicy) : 0};
    ret[3] = (struct piece){&c->certificateName.pbData, c->certificateName.cbData};
    ret[4] = (struct piece){&c->certificateHash.pbData, c->certificateHash.cbData};
}

static BYTE *piece_data(const struct piece *p)
{
    BYTE *data;

    memcpy(&data, p->member, sizeof(data));
    return data;
}

static void set_piece(const struct piece *p, BYTE *data)
{
    memcpy(p->member, &data, sizeof(data));
}

mpr_status custom_info_clone(const custom_info *info, size_t size, custom_info *ret)
{
    struct piece from[PIECES], to[PIECES];
    custom_info visible;
    mpr_status status = ST_OK;

    custom_info_gather(info, size, &visible);
    list_pieces(&visible, from);
    *ret = visible;
    list_pieces(ret, to);
    for (size_t n = 0; n < PIECES; n++) set_piece(&to[n], NULL);
    for (size_t n = 0; n < PIECES && status == ST_OK; n++) {
        BYTE *copy;

        status = api_buffer_copy(piece_data(&from[n]), from[n].size, &copy, NULL);
        set_piece(&to[n], copy);
    }
    if (status != ST_OK) custom_info_free(ret);
    return status;
}

mpr_status custom_info_flatten(const custom_info *info, size_t size, struct blob *ret)
{
    struct piece from[PIECES];
    custom_info visible;
    uint8_t *next;

    custom_info_gather(info, size, &visible);
    list_pieces(&visible, from);
    *ret = (struct blob){NULL, sizeof(visible)};
    for (size_t n = 0; n < PIECES; n++) ret->size += from[n].size;
    ret->data = next = mem_alloc(ret->size);
    if (!next) {
        ret->size = 0;
        return ST_NOT_ENOUGH_MEMORY;
    }
    memcpy(next, &visible, sizeof(visible));
    next += sizeof(visible);
    for (size_t n = 0; n < PIECES; n++) {
        if (from[n].size) memcpy(next, piece_data(&from[n]), from[n].size);
        next += from[n].size;
    }
    return ST_OK;
}

void custom_info_unflatten(const struct blob *flat, custom_info *ret)
{
    uint8_t *next = flat->data + sizeof(*ret);
    struct piece pieces[PIECES];

    memcpy(ret, flat->data, sizeof(*ret));
    list_pieces(ret, pieces);
    for (size_t n = 0; n < PIECES; n++) {
        set_piece(&pieces[n], pieces[n].size ? next : NULL);
        next += pieces[n].size;
    }
}

void custom_info_free(custom_info *info)
{
    ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &info->customIkev2Config;

    api_buffer_free(c->certificateName.pbData);
    api_buffer_free(c->customPolicy);
    api_buffer_free(c->certificateHash.pbData);
    selectors_free(&c->vpnTrafficSelectors);
    memset(info, 0, sizeof(*info));
}
