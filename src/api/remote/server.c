/* MprAdminServer*, MprAdminDeviceEnum. */
#include "api/remote/remote.h"

#include <string.h>

#include "api/tunnel/server_ex.h"
#include "win32/store/secret_store.h"

mpr_status remote_server_get_info(HANDLE server, DWORD level, BYTE **ret)
{
    struct dim_arguments a = {.level = level};

    if (!ret) return remote_refuse(server, ST_INVALID_PARAMETER);
    *ret = NULL;
    return remote_get(server, DIM_SERVER_GET_INFO, &a, WIRE_SERVER, ret);
}

mpr_status remote_server_set_info(HANDLE server, DWORD level, const BYTE *buffer)
{
    struct dim_arguments a = {.level = level};
    mpr_status status = remote_set(server, DIM_SERVER_SET_INFO, &a, WIRE_SERVER, buffer);

    /* As set_info of api/tunnel: the page has a code of its own. */
    return status == ST_RPC_INVALID_BINDING ? ST_INVALID_HANDLE : status;
}

/* ---- objects --------------------------------------------------------------------------------- */

mpr_status remote_server_get_info_ex(HANDLE server, MPR_SERVER_EX *info)
{
    struct dim_arguments a = {.level = 0};
    struct remote_reply reply;
    mpr_status status = wire_server_ask(info, &a.server);

    if (status != ST_OK) return remote_refuse(server, status);
    status = remote_call(server, DIM_SERVER_GET_INFO_EX, &a, &reply);
    if (status == ST_OK) status = wire_server_in(&a.server, info);
    remote_free(&reply);
    return status;
}

static mpr_status set_server(HANDLE server, struct ndr *n, const void *info)
{
    struct dim_arguments a = {.level = 0};
    mpr_status before, status = wire_server_set_out(n, info, &a.server_set);

    if (status == ST_OK) return remote_tell(server, DIM_SERVER_SET_INFO_EX, &a);
    before = remote_check_ddm(server);
    return before ? before : status;
}

mpr_status remote_server_set_info_ex(HANDLE server, const MPR_SERVER_SET_CONFIG_EX *info)
{
    struct ndr n;
    mpr_status status;

    if (!info || !server_layout_find(info, MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT))
        return remote_refuse(server, ST_INVALID_PARAMETER);
    ndr_write(&n);
    status = set_server(server, &n, info);
    ndr_free(&n);
    return status;
}

/* ---- the server's key ------------------------------------------------------------------------ */

enum { LEVEL_SERVER = 2 }; /* of an interface's credentials, without interface */

/* The structure with the key behind it, as the local function gives it. */
static mpr_status give_key(const struct blob *key, BYTE **ret)
{
    MPR_CREDENTIALSEX_1 *c = api_buffer_new(sizeof(*c) + key->size);

    if (!c) return ST_NOT_ENOUGH_MEMORY;
    c->dwSize = (DWORD)key->size;
    if (key->size) c->lpbCredentialsInfo = memcpy(c + 1, key->data, key->size);
    *ret = (BYTE *)c;
    return ST_OK;
}

static mpr_status open_key(const MPR_CREDENTIALSEX_1 *sealed, BYTE **ret)
{
    struct blob key = {NULL, 0};
    mpr_status status = secret_open(sealed->lpbCredentialsInfo, sealed->dwSize, &key);

    if (status == ST_INVALID_DATA) return ST_NOT_SUPPORTED; /* another machine's */
    if (status == ST_OK) status = give_key(&key, ret);
    secret_free(&key);
    return status;
}

mpr_status remote_server_get_credentials(HANDLE server, DWORD level, BYTE **ret)
{
    const struct blob none = {NULL, 0};
    struct dim_arguments a = {.level = LEVEL_SERVER};
    BYTE *sealed = NULL;
    mpr_status status;

    if (ret) *ret = NULL;
    if (level != 0 || !ret)
        return remote_refuse(server, level != 0 ? ST_NOT_SUPPORTED : ST_INVALID_PARAMETER);
    status = remote_get(server, DIM_INTERFACE_GET_CREDENTIALS_EX, &a, WIRE_CREDENTIALS, &sealed);
    if (status == ST_NO_INTERFACE_CREDENTIALS_SET) return give_key(&none, ret);
    if (status == ST_OK) status = open_key((const void *)sealed, ret);
    if (sealed) api_buffer_free(sealed);
    return status;
}

mpr_status remote_server_set_credentials(HANDLE server, DWORD level, const BYTE *buffer)
{
    struct dim_arguments a = {.level = LEVEL_SERVER};

    if (level != 0) return remote_refuse(server, ST_NOT_SUPPORTED);
    return remote_set(server, DIM_INTERFACE_SET_CREDENTIALS_EX, &a, WIRE_CREDENTIALS, buffer);
}

/* ---- devices --------------------------------------------------------------------------------- */

mpr_status remote_device_enum(HANDLE server, DWORD level, BYTE **ret, DWORD *ret_total)
{
    struct dim_arguments a = {.level = level};
    struct remote_reply reply;
    mpr_status status;

    if (ret) *ret = NULL;
    if (ret_total) *ret_total = 0;
    if (!ret || !ret_total) return remote_refuse(server, ST_INVALID_PARAMETER);
    status = remote_call(server, DIM_DEVICE_ENUM, &a, &reply);
    if (status == ST_OK) status = wire_info_read(&a.info, WIRE_DEVICE, level, a.total_entries, ret);
    if (status == ST_OK) *ret_total = a.total_entries;
    remote_free(&reply);
    return status;
}
