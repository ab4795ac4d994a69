/* MprAdminInterfaceSetCredentialsEx and ...GetCredentialsEx: EAP data (level 0) and the pre-shared
 * key (levels 1, 2 and 3, which mean the same: MS-RRASM 3.1.4.40, 3.1.4.41).
 *
 * EAP data comes back as it was set. A key does not: it is handed out sealed, "in encrypted form"
 * as the page says, and a sealed one is taken back wherever a key is (docs/COMPATIBILITY.md,
 * MprAdminInterfaceGetCredentials). Level 2 without an interface is the server's own L2TP key, that
 * of MprAdminServerSetCredentials.
 *
 * MPR_CREDENTIALSEX_0 and _1 have one shape.
 */
#include "api/admin/credentials.h"

#include <string.h>

#include "api/admin/interface_dial.h"
#include "api/remote/remote.h"
#include "win32/store/secret_store.h"

_Static_assert(sizeof(MPR_CREDENTIALSEX_0) == sizeof(MPR_CREDENTIALSEX_1), "one shape");

enum { LEVEL_EAP = 0, LEVEL_SERVER = 2, SECRET_LEVELS = 4 };

/* Whose secret a call is about. */
struct owner {
    enum secret_kind kind;
    WCHAR name[MAX_INTERFACE_NAME_LEN + 1];
};

static mpr_status find_interface(struct router *r, HANDLE router_interface, DWORD level,
                                 struct owner *ret)
{
    struct interface_info info;
    mpr_status status = router_interface_info(r, api_handle(router_interface), &info);

    if (status != ST_OK) return status;
    /* What does not dial has no credentials, and only FULL_ROUTER has EAP data. */
    if (!interface_type_dials(info.type) || (level == LEVEL_EAP && info.type != IF_FULL_ROUTER))
        return ST_INVALID_PARAMETER;
    ret->kind = level == LEVEL_EAP ? SECRET_EAP : SECRET_KEY;
    u16_copy(ret->name, MAX_INTERFACE_NAME_LEN + 1, info.name);
    return ST_OK;
}

static mpr_status find_owner(HANDLE server, HANDLE router_interface, DWORD level,
                             const void *buffer, struct owner *ret)
{
    struct api_call call;
    mpr_status status = api_enter(&call, server);

    memset(ret, 0, sizeof(*ret));
    if (status != ST_OK) return status;
    if (level >= SECRET_LEVELS)
        status = ST_NOT_SUPPORTED;
    else if (!buffer)
        status = ST_INVALID_PARAMETER;
    else if (level == LEVEL_SERVER && !router_interface)
        ret->kind = SECRET_SERVER;
    else
        status = find_interface(call.router, router_interface, level, ret);
    api_leave(&call);
    return status;
}

/* ---- set ------------------------------------------------------------------------------------ */

static mpr_status set_key(const struct owner *owner, const MPR_CREDENTIALSEX_1 *c)
{
    struct blob opened;
    mpr_status status;

    if (!secret_is_sealed(c->lpbCredentialsInfo, c->dwSize)) {
        if (c->dwSize > KEY_MAX_BYTES) return ST_INVALID_PARAMETER;
        return secret_store_set(owner->kind, owner->name, c->lpbCredentialsInfo, c->dwSize);
    }
    status = secret_open(c->lpbCredentialsInfo, c->dwSize, &opened);
    if (status == ST_INVALID_DATA) return ST_INVALID_PARAMETER; /* another machine's */
    if (status == ST_OK)
        status = secret_store_set(owner->kind, owner->name, opened.data, opened.size);
    secret_free(&opened);
    return status;
}

static mpr_status set_secret(const struct owner *owner, const MPR_CREDENTIALSEX_1 *c)
{
    if (!c->dwSize) return secret_store_remove(owner->kind, owner->name);
    if (!c->lpbCredentialsInfo || c->dwSize > SECRET_MAX_BYTES) return ST_INVALID_PARAMETER;
    if (owner->kind != SECRET_EAP) return set_key(owner, c);
    return secret_store_set(owner->kind, owner->name, c->lpbCredentialsInfo, c->dwSize);
}

static mpr_status local_set_credentials(HANDLE server, HANDLE router_interface, DWORD level,
                                        const BYTE *buffer)
{
    struct owner owner;
    mpr_status status;

    credentials_lock();
    status = find_owner(server, router_interface, level, buffer, &owner);
    if (status == ST_OK) status = set_secret(&owner, (const void *)buffer);
    credentials_unlock();
    return status;
}

DWORD WINAPI MprAdminInterfaceSetCredentialsEx(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                               DWORD level, LPBYTE buffer)
{
    mpr_status status =
        remote_is(server)
            ? remote_interface_set_credentials(server, router_interface, level, buffer)
            : local_set_credentials(server, router_interface, level, buffer);

    return API_TRACE(status,
                     "MprAdminInterfaceSetCredentialsEx(server=%h, interface=%h, level=%u, "
                     "buffer=%p)",
                     server, router_interface, level, buffer);
}

/* ---- get ------------------------------------------------------------------------------------ */

/* The structure with the bytes behind it, as the SDK annotates it. */
static mpr_status output(const struct blob *data, BYTE **ret)
{
    MPR_CREDENTIALSEX_1 *c = api_buffer_new(sizeof(*c) + data->size);

    if (!c) return ST_NOT_ENOUGH_MEMORY;
    c->dwSize = (DWORD)data->size;
    if (data->size) c->lpbCredentialsInfo = memcpy(c + 1, data->data, data->size);
    *ret = (BYTE *)c;
    return ST_OK;
}

static mpr_status get_secret(const struct owner *owner, BYTE **ret)
{
    struct blob secret, sealed = {NULL, 0};
    mpr_status status = secret_store_get(owner->kind, owner->name, &secret);

    if (status == ST_NOT_FOUND && owner->kind == SECRET_EAP) return output(&sealed, ret);
    if (status == ST_NOT_FOUND) return ST_NO_INTERFACE_CREDENTIALS_SET;
    if (status != ST_OK) return status;
    if (owner->kind == SECRET_EAP) {
        status = output(&secret, ret);
    } else {
        status = secret_seal(secret.data, secret.size, &sealed);
        if (status == ST_OK) status = output(&sealed, ret);
    }
    secret_free(&secret);
    blob_free(&sealed);
    return status;
}

static mpr_status local_get_credentials(HANDLE server, HANDLE router_interface, DWORD level,
                                        BYTE **ret)
{
    struct owner owner;
    mpr_status status;

    if (ret) *ret = NULL;
    credentials_lock();
    status = find_owner(server, router_interface, level, ret, &owner);
    if (status == ST_OK) status = get_secret(&owner, ret);
    credentials_unlock();
    return status;
}

DWORD WINAPI MprAdminInterfaceGetCredentialsEx(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                               DWORD level, LPBYTE *ret)
{
    mpr_status status = remote_is(server)
                            ? remote_interface_get_credentials(server, router_interface, level, ret)
                            : local_get_credentials(server, router_interface, level, ret);

    return API_TRACE(status,
                     "MprAdminInterfaceGetCredentialsEx(server=%h, interface=%h, level=%u, "
                     "buffer=%p)",
                     server, router_interface, level, ret);
}
