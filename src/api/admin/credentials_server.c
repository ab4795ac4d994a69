/* MprAdminServerGetCredentials, MprAdminServerSetCredentials: the pre-shared key of L2TP/IPsec.
 *
 * Level 0, though the structure is MPR_CREDENTIALSEX_1 (docs/COMPATIBILITY.md,
 * MprAdminServerGetCredentials). The key comes back as it was set: only administrators get here,
 * and no page of these functions speaks of encryption, other than that of
 * MprAdminInterfaceGetCredentialsEx, whose sealed form is taken here, too. It is kept protected
 * (win32/store/secret_store.h), and never logged.
 */
#include "api/api.h"

#include <string.h>

#include "api/admin/credentials.h"
#include "api/remote/remote.h"
#include "win32/store/secret_store.h"

static mpr_status give_secret(BYTE **ret)
{
    struct blob secret = {NULL, 0};
    mpr_status status = secret_store_get(SECRET_SERVER, L"", &secret);
    MPR_CREDENTIALSEX_1 *info;

    if (status && status != ST_NOT_FOUND) return status;
    info = api_buffer_new_array(1, sizeof(*info), secret.size);
    if (info && secret.size) {
        info->dwSize = (DWORD)secret.size;
        info->lpbCredentialsInfo = (BYTE *)(info + 1);
        memcpy(info->lpbCredentialsInfo, secret.data, secret.size);
    }
    secret_free(&secret);
    *ret = (BYTE *)info;
    return info ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status local_server_get_credentials(HANDLE server, DWORD level, BYTE **ret)
{
    mpr_status status = api_check(server);

    if (ret) *ret = NULL;
    if (status == ST_OK && level != 0) status = ST_NOT_SUPPORTED;
    if (status == ST_OK) status = ret ? give_secret(ret) : ST_INVALID_PARAMETER;
    return status;
}

DWORD WINAPI MprAdminServerGetCredentials(MPR_SERVER_HANDLE server, DWORD level, LPBYTE *ret)
{
    mpr_status status = remote_is(server) ? remote_server_get_credentials(server, level, ret)
                                          : local_server_get_credentials(server, level, ret);

    return API_TRACE(status, "MprAdminServerGetCredentials(server=%h, level=%u, buffer=%p)", server,
                     level, ret);
}

static mpr_status take_sealed(const MPR_CREDENTIALSEX_1 *info)
{
    struct blob opened;
    mpr_status status = secret_open(info->lpbCredentialsInfo, info->dwSize, &opened);

    if (status == ST_INVALID_DATA) return ST_INVALID_PARAMETER; /* another machine's */
    if (status == ST_OK) status = secret_store_set(SECRET_SERVER, L"", opened.data, opened.size);
    secret_free(&opened);
    return status;
}

static mpr_status take_secret(const BYTE *buffer)
{
    MPR_CREDENTIALSEX_1 info;

    if (!buffer) return ST_INVALID_PARAMETER;
    memcpy(&info, buffer, sizeof(info));
    if (!info.dwSize) return secret_store_remove(SECRET_SERVER, L"");
    if (!info.lpbCredentialsInfo || info.dwSize > SECRET_MAX_BYTES) return ST_INVALID_PARAMETER;
    if (secret_is_sealed(info.lpbCredentialsInfo, info.dwSize)) return take_sealed(&info);
    if (info.dwSize > KEY_MAX_BYTES) return ST_INVALID_PARAMETER;
    return secret_store_set(SECRET_SERVER, L"", info.lpbCredentialsInfo, info.dwSize);
}

static mpr_status local_server_set_credentials(HANDLE server, DWORD level, const BYTE *buffer)
{
    mpr_status status = api_check(server);

    if (status == ST_OK && level != 0) status = ST_NOT_SUPPORTED;
    return status == ST_OK ? take_secret(buffer) : status;
}

DWORD WINAPI MprAdminServerSetCredentials(MPR_SERVER_HANDLE server, DWORD level, LPBYTE buffer)
{
    mpr_status status = remote_is(server) ? remote_server_set_credentials(server, level, buffer)
                                          : local_server_set_credentials(server, level, buffer);

    return API_TRACE(status, "MprAdminServerSetCredentials(server=%h, level=%u, buffer=%p)", server,
                     level, buffer);
}
