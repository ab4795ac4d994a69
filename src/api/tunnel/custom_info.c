/* Layouts and values of MPR_IF_CUSTOMINFOEX. */
#include "api/tunnel/custom_info.h"

#include <string.h>

#include "win32/store/server_store.h"

#define BLOB_MAX_BYTES 65536u

#define SAME_OFFSET(older, newer, member) \
    _Static_assert(offsetof(older, member) == offsetof(newer, member), "revisions begin alike")
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

static bool bytes_valid(DWORD size, const BYTE *data)
{
    return !size || (data && size <= BLOB_MAX_BYTES);
}

static bool life_valid(DWORD seconds)
{
    return seconds >= 300 && seconds <= 17279999;
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

static mpr_status clone_pointers(const ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *from,
                                 ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *to)
{
    const MPR_VPN_TRAFFIC_SELECTORS *s = &from->vpnTrafficSelectors;
    mpr_status status = api_buffer_copy(from->certificateName.pbData, from->certificateName.cbData,
                                        &to->certificateName.pbData, NULL);

    if (!status && from->customPolicy)
        status = api_buffer_copy(from->customPolicy, sizeof(*from->customPolicy),
                                 (BYTE **)&to->customPolicy, NULL);
    if (status == ST_OK)
        status = api_buffer_copy(from->certificateHash.pbData, from->certificateHash.cbData,
                                 &to->certificateHash.pbData, NULL);
    if (status == ST_OK)
        status = api_buffer_copy(s->tsI, s->numTsi * sizeof(*s->tsI),
                                 (BYTE **)&to->vpnTrafficSelectors.tsI, NULL);
    if (status == ST_OK)
        status = api_buffer_copy(s->tsR, s->numTsr * sizeof(*s->tsR),
                                 (BYTE **)&to->vpnTrafficSelectors.tsR, NULL);
    return status;
}

mpr_status custom_info_clone(const custom_info *info, size_t size, custom_info *ret)
{
    ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &ret->customIkev2Config;
    custom_info visible;
    mpr_status status;

    custom_info_gather(info, size, &visible);
    *ret = visible;
    c->certificateName.pbData = c->certificateHash.pbData = NULL;
    c->customPolicy = NULL;
    c->vpnTrafficSelectors.tsI = c->vpnTrafficSelectors.tsR = NULL;
    status = clone_pointers(&visible.customIkev2Config, c);
    if (status != ST_OK) custom_info_free(ret);
    return status;
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
