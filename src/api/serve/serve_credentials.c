/* Credentials: methods 40, 41, 49, 50. What was secret is overwritten when it is given back. */
#include "api/serve/serve_methods.h"

#include <lmcons.h>

SERVE_METHOD(interface_set_credentials_ex)
{
    BYTE *buffer;
    mpr_status status = serve_take_info(c, WIRE_CREDENTIALS, &buffer);

    if (status != ST_OK) return status;
    return MprAdminInterfaceSetCredentialsEx(c->server, serve_handle(c->in.interface), c->in.level,
                                             buffer);
}

/* The octets lie behind the structure, in the same block. */
static void wipe_credentials(BYTE *buffer)
{
    const MPR_CREDENTIALSEX_1 *credentials = (const void *)buffer;

    if (credentials) mem_wipe(credentials->lpbCredentialsInfo, credentials->dwSize);
}

SERVE_METHOD(interface_get_credentials_ex)
{
    BYTE *buffer = NULL;
    mpr_status status = MprAdminInterfaceGetCredentialsEx(c->server, serve_handle(c->in.interface),
                                                          c->in.level, &buffer);

    status = serve_give_one(c, status, WIRE_CREDENTIALS, buffer);
    wipe_credentials(buffer);
    return status;
}

/* The functions behind 49 and 50 have no server handle, and no need for a running router. Whether
 * the caller has a handle that is good for them is asked here. */
static mpr_status check_session(const struct serve_call *c)
{
    return handle_kind_of(c->request->session) == HANDLE_SERVER ? ST_OK : ST_RPC_INVALID_BINDING;
}

SERVE_METHOD(interface_set_credentials)
{
    mpr_status status = check_session(c);

    if (status != ST_OK) return status;
    return MprAdminInterfaceSetCredentials(NULL, serve_text(c->in.text[0]),
                                           serve_text(c->in.text[1]), serve_text(c->in.text[2]),
                                           serve_text(c->in.text[3]));
}

struct identity {
    WCHAR user[UNLEN + 1], domain[DNLEN + 1], password[PWLEN + 1];
};

SERVE_METHOD(interface_get_credentials)
{
    struct identity *i = ndr_alloc(&c->memory, sizeof(*i));
    mpr_status status = check_session(c);

    if (status == ST_OK && !i) status = ST_NOT_ENOUGH_MEMORY;
    if (status != ST_OK || !i) return status;
    status = MprAdminInterfaceGetCredentials(NULL, serve_text(c->in.text[0]), i->user, i->password,
                                             i->domain);
    if (status != ST_OK) return status;
    c->out.text[1] = (const char16_t *)i->user;
    c->out.text[2] = (const char16_t *)i->domain;
    c->out.text[3] = (const char16_t *)i->password;
    return ST_OK;
}
