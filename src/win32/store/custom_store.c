#include "win32/store/custom_store.h"

#include <stdio.h>
#include <string.h>

#include "win32/journal/config_change.h"
#include "win32/store/config_store.h"
#include "win32/sys/registry.h"

#define LIFE                    L"SaLifeTime"
#define KILOBYTES               L"SaMaxDataSize"
#define CUSTOM_CERTIFICATE_NAME L"MachineCertificateName"
#define CUSTOM_CERTIFICATE_HASH L"MachineCertificateHash"
#define MAIN_MODE_LIFE          L"MmSaLifeTime"
#define SELECTORS               L"TrafficSelectors"
#define POLICY                  L"IKEv2CustomPolicy"

static mpr_status open_row(DWORD number, REGSAM access, HKEY *ret)
{
    WCHAR path[CONFIG_PATH_MAX];
    mpr_status status;

    config_interface_path(path, number);
    status = registry_open(path, access, false, ret);
    return status == ERROR_FILE_NOT_FOUND ? ST_NO_SUCH_INTERFACE : status;
}

/* ---- reading -------------------------------------------------------------------------------- */

static mpr_status read_selectors(HKEY key, struct traffic_selectors *ret)
{
    struct blob blob = {NULL, 0};
    mpr_status status = stored_bytes(key, SELECTORS, &blob);

    if (status == ST_OK) status = traffic_selectors_decode(&blob, ret);
    blob_free(&blob);
    return status == ST_INVALID_DATA ? ST_OK : status; /* as if there were none */
}

static mpr_status read_all(HKEY key, unsigned parts, struct custom_settings *ret)
{
    mpr_status status;

    if (registry_get_dword(key, LIFE, &ret->life)) return ST_OK;
    ret->given = true;
    ret->kilobytes = stored_dword(key, KILOBYTES, 1024);
    status = stored_bytes(key, CUSTOM_CERTIFICATE_NAME, &ret->certificate_name);
    if (status == ST_OK) policy_read(key, POLICY, &ret->policy);
    if (!status && parts & CUSTOM_HAS_HASH)
        status = stored_bytes(key, CUSTOM_CERTIFICATE_HASH, &ret->certificate_hash);
    if (!status && parts & CUSTOM_HAS_MAIN_MODE) {
        ret->main_mode_life = stored_dword(key, MAIN_MODE_LIFE, 0);
        status = read_selectors(key, &ret->selectors);
    }
    return status;
}

mpr_status custom_settings_read(DWORD number, unsigned parts, struct custom_settings *ret)
{
    mpr_status status;
    HKEY key;

    memset(ret, 0, sizeof(*ret));
    status = open_row(number, KEY_READ, &key);
    if (status != ST_OK) return status;
    status = read_all(key, parts, ret);
    RegCloseKey(key);
    if (status != ST_OK) custom_settings_free(ret);
    return status;
}

void custom_settings_free(struct custom_settings *settings)
{
    blob_free(&settings->certificate_name);
    blob_free(&settings->certificate_hash);
    traffic_selectors_free(&settings->selectors);
    memset(settings, 0, sizeof(*settings));
}

/* ---- writing -------------------------------------------------------------------------------- */

static const WCHAR *const values[] = {
    LIFE, KILOBYTES, CUSTOM_CERTIFICATE_NAME, CUSTOM_CERTIFICATE_HASH, MAIN_MODE_LIFE, SELECTORS};

#define FULL_PATH_MAX (CONFIG_PATH_MAX + ARRAYSIZE(REGISTRY_ROOT L"\\\\" POLICY))

static mpr_status change_row(struct config_change *change, DWORD number)
{
    WCHAR row[CONFIG_PATH_MAX], path[FULL_PATH_MAX], policy[FULL_PATH_MAX];
    mpr_status status;

    config_interface_path(row, number);
    _snwprintf(path, FULL_PATH_MAX, L"%ls\\%ls", REGISTRY_ROOT, row);
    _snwprintf(policy, FULL_PATH_MAX, L"%ls\\%ls\\%ls", REGISTRY_ROOT, row, POLICY);
    status = config_change_values(change, path, values, ARRAYSIZE(values));
    return status ? status : config_change_key(change, policy);
}

static mpr_status delete_all(HKEY key)
{
    const struct tunnel_policy none = {.given = false};
    mpr_status status = ST_OK;

    /* The first one goes first: without it the rest counts as none. */
    for (size_t i = 0; i < ARRAYSIZE(values) && !status; i++)
        status = store_bytes(key, values[i], NULL, 0);
    return status ? status : policy_write(key, POLICY, &none);
}

static mpr_status write_custom_all(HKEY key, unsigned parts, const struct custom_settings *s,
                                   const struct blob *selectors)
{
    mpr_status status = registry_set_dword(key, KILOBYTES, s->kilobytes);

    if (status == ST_OK)
        status = store_bytes(key, CUSTOM_CERTIFICATE_NAME, s->certificate_name.data,
                             s->certificate_name.size);
    if (status == ST_OK) status = policy_write(key, POLICY, &s->policy);
    if (!status && parts & CUSTOM_HAS_HASH)
        status = store_bytes(key, CUSTOM_CERTIFICATE_HASH, s->certificate_hash.data,
                             s->certificate_hash.size);
    if (!status && parts & CUSTOM_HAS_MAIN_MODE) {
        status = store_bytes(key, SELECTORS, selectors->data, selectors->size);
        if (status == ST_OK) status = registry_set_dword(key, MAIN_MODE_LIFE, s->main_mode_life);
    }
    /* Last: with it the settings are there. */
    return status ? status : registry_set_dword(key, LIFE, s->life);
}

static mpr_status write_custom(DWORD number, unsigned parts, const struct custom_settings *s,
                               const struct blob *selectors)
{
    mpr_status status;
    HKEY key;

    status = open_row(number, KEY_ALL_ACCESS, &key);
    if (status != ST_OK) return status;
    status = s->given ? write_custom_all(key, parts, s, selectors) : delete_all(key);
    RegCloseKey(key);
    return status;
}

mpr_status custom_settings_write(DWORD number, unsigned parts,
                                 const struct custom_settings *settings)
{
    struct blob selectors = {NULL, 0};
    struct config_change *change;
    mpr_status status = traffic_selectors_encode(&settings->selectors, &selectors);

    if (status != ST_OK) return status;
    status = config_change_open(&change);
    if (status == ST_OK) {
        status = change_row(change, number);
        if (status == ST_OK) status = config_change_begin(change);
        if (status == ST_OK) status = write_custom(number, parts, settings, &selectors);
        status = config_change_close(change, status);
    }
    blob_free(&selectors);
    return status;
}
