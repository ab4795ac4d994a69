/* MPR_IF_CUSTOMINFOEX from and to the store. */
#include "api/tunnel/custom_info.h"

#include <string.h>

#include "api/tunnel/policy_out.h"
#include "win32/store/config_store.h"

#define HAS(size, member) ((size) > offsetof(custom_info, customIkev2Config.member))

static unsigned parts_of(size_t size)
{
    return (HAS(size, certificateHash) ? CUSTOM_HAS_HASH : 0u) |
           (HAS(size, dwMmSaLifeTime) ? CUSTOM_HAS_MAIN_MODE : 0u);
}

/* ---- reading -------------------------------------------------------------------------------- */

static mpr_status settings_out(const struct custom_settings *s, custom_info *ret)
{
    ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &ret->customIkev2Config;
    mpr_status status;

    memset(ret, 0, sizeof(*ret));
    if (!s->given) return ST_OK;
    ret->dwFlags = MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2;
    c->dwSaLifeTime = s->life;
    c->dwSaDataSize = s->kilobytes;
    c->dwMmSaLifeTime = s->main_mode_life;
    status = api_buffer_copy(s->certificate_name.data, s->certificate_name.size,
                             &c->certificateName.pbData, &c->certificateName.cbData);
    if (status == ST_OK) status = policy_out(&s->policy, &c->customPolicy);
    if (status == ST_OK)
        status = api_buffer_copy(s->certificate_hash.data, s->certificate_hash.size,
                                 &c->certificateHash.pbData, &c->certificateHash.cbData);
    if (status == ST_OK) status = selectors_out(&s->selectors, &c->vpnTrafficSelectors);
    if (status != ST_OK) custom_info_free(ret);
    return status;
}

mpr_status custom_info_read(const struct config_interface *row, size_t size, custom_info *ret)
{
    struct custom_settings settings;
    mpr_status status = custom_settings_read(row->number, parts_of(size), &settings);

    if (status != ST_OK) return status;
    /* A get of an interface that is no demand-dial one says that there are none. */
    if (row->type != ROUTER_IF_TYPE_FULL_ROUTER) settings.given = false;
    status = settings_out(&settings, ret);
    custom_settings_free(&settings);
    return status;
}

mpr_status custom_info_stored(const struct config_interface *row, size_t size, void *object)
{
    custom_info info;
    mpr_status status = custom_info_read(row, size, &info);

    if (status == ST_OK) custom_info_scatter(&info, size, object);
    return status;
}

/* ---- writing -------------------------------------------------------------------------------- */

mpr_status custom_info_store(const struct config_interface *row, size_t size,
                             const custom_info *info)
{
    const ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &info->customIkev2Config;
    struct custom_settings s = {.given = info->dwFlags != 0};
    mpr_status status = ST_OK;

    if (row->type != ROUTER_IF_TYPE_FULL_ROUTER) return ST_INVALID_PARAMETER;
    if (s.given) {
        s.life = c->dwSaLifeTime;
        s.kilobytes = c->dwSaDataSize;
        s.main_mode_life = c->dwMmSaLifeTime;
        s.certificate_name = (struct blob){c->certificateName.pbData, c->certificateName.cbData};
        s.certificate_hash = (struct blob){c->certificateHash.pbData, c->certificateHash.cbData};
        policy_in(c->customPolicy, &s.policy);
        status = selectors_in(&c->vpnTrafficSelectors, &s.selectors);
    }
    if (status == ST_OK) status = custom_settings_write(row->number, parts_of(size), &s);
    traffic_selectors_free(&s.selectors);
    return status;
}
