/* Credentials of demand-dial interfaces: MprAdminInterfaceSetCredentials, ...Get..., and the Ex
 * functions. What they keep is in win32/store/secret_store.h, by the name of the interface, and
 * goes with it.
 */
#ifndef MPR_API_CREDENTIALS_H
#define MPR_API_CREDENTIALS_H

#include "api/api.h"

/* Of a pre-shared key (MS-RRASM 3.1.4.41: fewer than 257). */
#define KEY_MAX_BYTES 256u

/* Held around a look at the interface and the change that follows from it, so that a change never
 * comes behind the deletion of its interface. Taken before the locks of phone book and engine. */
void credentials_lock(void);
void credentials_unlock(void);

/* The interface is gone: so are its user name, password, EAP data and key. */
void credentials_forget(const WCHAR *name);

#endif
