/* The settings of SSTP that the registry has, apart from the ports. Windows' values below
 * Services\SstpSvc\Parameters (MS-RRASM 2.2.3.1.4): UseHttps, IsHashConfiguredByAdmin,
 * SHA256CertificateHash, SHA1CertificateHash. Status values that a function does not name are the
 * registry's.
 */
#ifndef MPR_WIN32_SSTP_STORE_H
#define MPR_WIN32_SSTP_STORE_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"
#include "win32/journal/config_change.h"

struct sstp_settings {
    bool https;
    bool configured;  /* an administrator chose the certificate */
    bool sha1;        /* the hash is one of SHA-1, else of SHA-256 */
    struct blob hash; /* of the certificate; empty unless configured */
};

/* What is missing reads as on a fresh server: HTTPS, the default certificate. ret->hash is freed by
 * the caller. ST_NOT_ENOUGH_MEMORY leaves it empty. */
mpr_status sstp_settings_read(struct sstp_settings *ret);
/* Names what a write will touch. */
mpr_status sstp_settings_change(struct config_change *change);
mpr_status sstp_settings_write(const struct sstp_settings *settings);

#endif
