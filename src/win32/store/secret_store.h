/* Secrets at rest: passwords, EAP data and pre-shared keys, in the registry in protected form only.
 *
 *   Secrets\<kind>   one REG_BINARY value for each owner, named by it (an interface's name)
 *
 * below Services\RemoteAccess. A value is what CryptProtectData gives, for this machine, bound to
 * kind and owner: a value that was copied to another name does not open. Where crypt32 can't do it,
 * nothing is stored (ST_NOT_SUPPORTED): there is no form without protection. The key itself is for
 * administrators and the system, like all of Services\RemoteAccess.
 *
 * Owners are compared without case. Nothing here is ever logged. Thread-safe; a change is one
 * registry value, so a crash leaves the old or the new secret.
 */
#ifndef MPR_WIN32_SECRET_STORE_H
#define MPR_WIN32_SECRET_STORE_H

#include "win32/sys/windows_api.h"

#include "base/bytes.h"
#include "base/status.h"

#include <stdbool.h>

#define SECRET_MAX_BYTES (1u << 20)

enum secret_kind {
    SECRET_DIAL,   /* user, domain and password of a demand-dial interface */
    SECRET_EAP,    /* its EAP data */
    SECRET_KEY,    /* its pre-shared key */
    SECRET_SERVER, /* the server's own L2TP key; the owner is "" */
    SECRET_KINDS
};

/* Replaces the owner's secret; size 0 removes it. ST_INVALID_PARAMETER: more than SECRET_MAX_BYTES.
 * ST_NOT_SUPPORTED: no protection to be had. ST_NOT_ENOUGH_MEMORY, or the registry's status. */
mpr_status secret_store_set(enum secret_kind kind, const WCHAR *owner, const void *data,
                            size_t size);
/* *ret is released with secret_free. ST_NOT_FOUND: there is none. ST_INVALID_DATA: what is stored
 * can't be opened (another machine's, or damaged). *ret is empty on failure. */
mpr_status secret_store_get(enum secret_kind kind, const WCHAR *owner, struct blob *ret);
/* ST_OK also when there is none. */
mpr_status secret_store_remove(enum secret_kind kind, const WCHAR *owner);
/* All kinds of an owner; what can't be removed is logged by the owner's name. */
void secret_store_forget(const WCHAR *owner);

/* The form in which a secret is handed out and taken back: opaque, good on this machine only.
 * *ret is released with blob_free. Errors as above. */
mpr_status secret_seal(const void *data, size_t size, struct blob *ret);
/* Whether it has the mark of a sealed one. */
bool secret_is_sealed(const void *data, size_t size);
/* ST_INVALID_DATA: not sealed by this machine. *ret is released with secret_free. */
mpr_status secret_open(const void *data, size_t size, struct blob *ret);

/* Overwrites, which the compiler may not leave out; NULL is allowed. */
void secret_wipe(void *data, size_t size);
void secret_free(struct blob *secret);

#endif
