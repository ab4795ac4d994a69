/* MPR_IF_CUSTOMINFOEX from and to the key of an interface. */
#include "api/tunnel/custom_info.h"

#include <stdio.h>
#include <string.h>

#include "win32/sys/registry.h"
#include "win32/store/server_store.h"
#include "api/tunnel/stored_out.h"

#define LIFE             L"SaLifeTime"
#define KILOBYTES        L"SaMaxDataSize"
#define CERTIFICATE_NAME L"MachineCertificateName"
#define CERTIFICATE_HASH L"MachineCertificateHash"
#define MAIN_MODE_LIFE   L"MmSaLifeTime"
#define SELECTORS        L"TrafficSelectors"
#define POLICY           L"IKEv2CustomPolicy"

#define PATH_UNITS 256u

#define HAS(size, member) ((size) > offsetof(custom_info, customIkev2Config.member))

/* ---- reading -------------------------------------------------------------------------------- */

static mpr_status take_selectors(HKEY key, MPR_VPN_TRAFFIC_SELECTORS *ret)
{
    struct blob blob = {NULL, 0};
    mpr_status status = stored_bytes(key, SELECTORS, &blob);

    if (status == ST_OK) status = selectors_decode(&blob, ret);
    blob_free(&blob);
    return status == ST_INVALID_DATA ? ST_OK : status; /* as if there were none */
}

mpr_status custom_info_read(HKEY key, size_t size, custom_info *ret)
{
    ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &ret->customIkev2Config;
    mpr_status status;

    memset(ret, 0, sizeof(*ret));
    if (!key || registry_get_dword(key, LIFE, &c->dwSaLifeTime)) return ST_OK;
    ret->dwFlags = MPRAPI_IF_CUSTOM_CONFIG_FOR_IKEV2;
    c->dwSaDataSize = stored_dword(key, KILOBYTES, 1024);
    status = stored_bytes_out(key, CERTIFICATE_NAME, &c->certificateName.cbData,
                              &c->certificateName.pbData);
    if (status == ST_OK) status = stored_policy_out(key, POLICY, &c->customPolicy);
    if (!status && HAS(size, certificateHash))
        status = stored_bytes_out(key, CERTIFICATE_HASH, &c->certificateHash.cbData,
                                  &c->certificateHash.pbData);
    if (!status && HAS(size, dwMmSaLifeTime)) {
        c->dwMmSaLifeTime = stored_dword(key, MAIN_MODE_LIFE, 0);
        status = take_selectors(key, &c->vpnTrafficSelectors);
    }
    if (status != ST_OK) custom_info_free(ret);
    return status;
}

/* ---- writing -------------------------------------------------------------------------------- */

static const WCHAR *const values[] = {LIFE,           KILOBYTES, CERTIFICATE_NAME, CERTIFICATE_HASH,
                                      MAIN_MODE_LIFE, SELECTORS};
#define VALUES (sizeof(values) / sizeof(values[0]))

mpr_status custom_info_change(struct config_change *change, const WCHAR *path)
{
    WCHAR policy[PATH_UNITS];
    mpr_status status = config_change_values(change, path, values, VALUES);

    _snwprintf(policy, PATH_UNITS, L"%ls\\%ls", path, POLICY);
    policy[PATH_UNITS - 1] = 0;
    return status ? status : config_change_key(change, policy);
}

static mpr_status delete_all(HKEY key)
{
    mpr_status status = ST_OK;

    /* The first one goes first: without it the rest counts as none. */
    for (size_t i = 0; i < VALUES && !status; i++) status = store_bytes(key, values[i], NULL, 0);
    return status ? status : policy_write(key, POLICY, NULL);
}

/* selectors: encoded before anything is written, so that a lack of memory changes nothing. */
static mpr_status write_all(HKEY key, size_t size, const ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c,
                            const struct blob *selectors)
{
    mpr_status status = registry_set_dword(key, KILOBYTES, c->dwSaDataSize);

    if (status == ST_OK)
        status = store_bytes(key, CERTIFICATE_NAME, c->certificateName.pbData,
                             c->certificateName.cbData);
    if (status == ST_OK)
        status =
            policy_write(key, POLICY, c->customPolicy ? &c->customPolicy->dwIntegrityMethod : NULL);
    if (!status && HAS(size, certificateHash))
        status = store_bytes(key, CERTIFICATE_HASH, c->certificateHash.pbData,
                             c->certificateHash.cbData);
    if (!status && HAS(size, dwMmSaLifeTime)) {
        status = store_bytes(key, SELECTORS, selectors->data, selectors->size);
        if (status == ST_OK) status = registry_set_dword(key, MAIN_MODE_LIFE, c->dwMmSaLifeTime);
    }
    /* Last: with it the settings are there. */
    if (status == ST_OK) status = registry_set_dword(key, LIFE, c->dwSaLifeTime);
    return status;
}

mpr_status custom_info_write(HKEY key, size_t size, const custom_info *info)
{
    const ROUTER_IKEv2_IF_CUSTOM_CONFIG2 *c = &info->customIkev2Config;
    struct blob selectors = {NULL, 0};
    mpr_status status = ST_OK;

    if (!info->dwFlags) return delete_all(key);
    if (HAS(size, dwMmSaLifeTime)) status = selectors_encode(&c->vpnTrafficSelectors, &selectors);
    if (status == ST_OK) status = write_all(key, size, c, &selectors);
    blob_free(&selectors);
    return status;
}
