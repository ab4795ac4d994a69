#include "win32/store/sstp_store.h"

#include "win32/store/tunnel_values.h"
#include "win32/sys/registry.h"

#define SSTP_KEY        L"SYSTEM\\CurrentControlSet\\Services\\SstpSvc\\Parameters"
#define USE_HTTPS       L"UseHttps"
#define HASH_CONFIGURED L"IsHashConfiguredByAdmin"
#define SHA256_HASH     L"SHA256CertificateHash"
#define SHA1_HASH       L"SHA1CertificateHash"

static mpr_status read_hash(HKEY key, struct sstp_settings *ret)
{
    mpr_status status = stored_bytes(key, SHA256_HASH, &ret->hash);

    if (status || ret->hash.size) return status;
    status = stored_bytes(key, SHA1_HASH, &ret->hash);
    ret->sha1 = ret->hash.size != 0;
    return status;
}

mpr_status sstp_settings_read(struct sstp_settings *ret)
{
    mpr_status status = ST_OK;
    HKEY key;

    *ret = (struct sstp_settings){.https = true};
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, SSTP_KEY, 0, KEY_READ, &key)) return ST_OK;
    ret->https = stored_dword(key, USE_HTTPS, 1) != 0;
    ret->configured = stored_dword(key, HASH_CONFIGURED, 0) != 0;
    if (ret->configured) status = read_hash(key, ret);
    RegCloseKey(key);
    return status;
}

mpr_status sstp_settings_change(struct config_change *change)
{
    static const WCHAR *const names[] = {USE_HTTPS, HASH_CONFIGURED, SHA256_HASH, SHA1_HASH};

    return config_change_values(change, SSTP_KEY, names, ARRAYSIZE(names));
}

static mpr_status write_sstp(HKEY key, const struct sstp_settings *s)
{
    size_t size = s->configured ? s->hash.size : 0;
    mpr_status status = registry_set_dword(key, USE_HTTPS, s->https ? 1 : 0);

    if (status == ST_OK) status = store_bytes(key, SHA256_HASH, s->hash.data, s->sha1 ? 0 : size);
    if (status == ST_OK) status = store_bytes(key, SHA1_HASH, s->hash.data, s->sha1 ? size : 0);
    /* Last: it says that the hash is there. */
    return status ? status : registry_set_dword(key, HASH_CONFIGURED, size ? 1 : 0);
}

mpr_status sstp_settings_write(const struct sstp_settings *settings)
{
    mpr_status status;
    HKEY key;

    status = (mpr_status)RegCreateKeyExW(HKEY_LOCAL_MACHINE, SSTP_KEY, 0, NULL, 0, KEY_ALL_ACCESS,
                                         NULL, &key, NULL);
    if (status != ST_OK) return status;
    status = write_sstp(key, settings);
    RegCloseKey(key);
    return status;
}
