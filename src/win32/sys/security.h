/* Who may touch what the router makes: administrators and the system, nobody else. */
#ifndef MPR_WIN32_SECURITY_H
#define MPR_WIN32_SECURITY_H

#include "win32/sys/windows_api.h"

#include "base/status.h"

/* Fills attributes for a new key, folder or file (inherited by what is made below it). The caller
 * releases them with security_free. ST_NOT_ENOUGH_MEMORY. */
mpr_status security_administrators_only(SECURITY_ATTRIBUTES *ret);
void security_free(SECURITY_ATTRIBUTES *attributes);

#endif
