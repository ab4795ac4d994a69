/* Members of the tunnel settings that are one DWORD value of the registry each. */
#include "api/tunnel/server_ex_numbers.h"

#include "win32/sys/registry.h"
#include "api/tunnel/server_ex_keys.h"

#define IKE(member)  offsetof(IKEV2_TUNNEL_CONFIG_PARAMS4, member)
#define L2TP(member) offsetof(L2TP_TUNNEL_CONFIG_PARAMS2, member)

const struct tunnel_number ike_numbers[] = {
    {IDLE, DEFAULT_IDLE, IKE(dwIdleTimeout)},
    {BLACKOUT, DEFAULT_BLACKOUT, IKE(dwNetworkBlackoutTime)},
    {LIFE, DEFAULT_LIFE, IKE(dwSaLifeTime)},
    {KILOBYTES, DEFAULT_KILOBYTES, IKE(dwSaDataSizeForRenegotiation)},
    {ENCRYPTION, DEFAULT_ENCRYPTION, IKE(dwEncryptionType)},
    {MAIN_MODE_LIFE, 0, IKE(dwMmSaLifeTime)},
    {NULL, 0, 0},
};

const struct tunnel_number l2tp_numbers[] = {
    {IDLE, DEFAULT_IDLE, L2TP(dwIdleTimeout)},
    {ENCRYPTION, DEFAULT_ENCRYPTION, L2TP(dwEncryptionType)},
    {LIFE, DEFAULT_LIFE, L2TP(dwSaLifeTime)},
    {KILOBYTES, DEFAULT_KILOBYTES, L2TP(dwSaDataSizeForRenegotiation)},
    {MAIN_MODE_LIFE, 0, L2TP(dwMmSaLifeTime)},
    {NULL, 0, 0},
};

void tunnel_numbers_read(const struct tunnel_number *rows, HKEY key, void *params)
{
    for (; rows->name; rows++) {
        DWORD *member = (DWORD *)(void *)((BYTE *)params + rows->offset);

        *member = key ? stored_dword(key, rows->name, rows->otherwise) : rows->otherwise;
    }
}

mpr_status tunnel_numbers_write(const struct tunnel_number *rows, HKEY key, const void *params,
                                size_t size)
{
    mpr_status status = ST_OK;

    for (; rows->name && !status; rows++) {
        const BYTE *member = (const BYTE *)params + rows->offset;

        if (rows->offset < size)
            status = registry_set_dword(key, rows->name, *(const DWORD *)(const void *)member);
    }
    return status;
}
