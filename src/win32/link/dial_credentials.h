/* As whom a demand-dial interface dials: what MprAdminInterfaceSetCredentials stored, and the form
 * in which a program gets it. */
#ifndef MPR_WIN32_DIAL_CREDENTIALS_H
#define MPR_WIN32_DIAL_CREDENTIALS_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"
#include "router/ddm/port.h"

#define DIAL_PASSWORD_MAX 256 /* PWLEN */

struct dial_credentials {
    WCHAR user[LINK_USER_MAX + 1];
    WCHAR domain[LINK_DOMAIN_MAX + 1];
    WCHAR password[DIAL_PASSWORD_MAX + 1];
};

/* By the interface's name; all empty when none are stored, and on failure. ST_INVALID_DATA: what
 * is stored can't be read; else as secret_store_get. Wiped by the caller. */
mpr_status dial_credentials_load(const WCHAR *name, struct dial_credentials *ret);
/* Errors of secret_store_set. */
mpr_status dial_credentials_save(const WCHAR *name, const struct dial_credentials *c);
void dial_credentials_wipe(struct dial_credentials *c);

/* Four lines in UTF-8, each ended by LF, the last one empty:
 *
 *     username=ann
 *     domain=BRANCH
 *     password=...
 *
 * *ret is empty when all three are, else released with secret_free. ST_INVALID_DATA: one of them
 * has a line break, which a line can't hold; ST_NOT_ENOUGH_MEMORY. */
mpr_status dial_credentials_text(const struct dial_credentials *c, struct blob *ret);

#endif
