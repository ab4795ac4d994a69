/* The settings of IKEv2 and L2TP tunnels that the registry has, apart from the ports:
 *
 *   Parameters\IKEV2  Windows' values (MS-RRASM 2.2.3.1.2): idleTimeout, networkBlackoutTime,
 *                     saLifeTime, saDataSize, EncryptionType, MachineCertificateName,
 *                     AllowedTrustedRootCerts\nnnn\TrustedRootCert, IKEv2CustomPolicy
 *                     Ours: MachineCertificateHash BINARY, mmSaLifeTime DWORD,
 *                     AllowedEkus\nnnn\Eku BINARY (DWORD 1 for an object identifier, then UTF-16)
 *   Parameters\L2TP   Ours: idleTimeout, EncryptionType, saLifeTime, saDataSize, mmSaLifeTime,
 *                     L2TPCustomPolicy
 *
 * Which versions of the API's structures have which of them is not known here: the caller says what
 * it has room for (parts). Status values that a function does not name are the registry's.
 */
#ifndef MPR_WIN32_TUNNEL_STORE_H
#define MPR_WIN32_TUNNEL_STORE_H

#include "win32/journal/config_change.h"
#include "win32/store/tunnel_values.h"

enum tunnel_protocol { TUNNEL_IKEV2, TUNNEL_L2TP };

/* What not every caller has; L2TP has only a policy, numbers and the life of main mode. What a
 * caller lacks is not written: an old program does not delete what a newer one stored. */
enum {
    TUNNEL_HAS_ENCRYPTION = 1,
    TUNNEL_HAS_MAIN_MODE = 2,
    TUNNEL_HAS_NAME = 4,
    TUNNEL_HAS_POLICY = 8,
    TUNNEL_HAS_EKUS = 16,
    TUNNEL_HAS_HASH = 32
};

struct tunnel_settings {
    DWORD idle, blackout, life, main_mode_life; /* seconds */
    DWORD kilobytes, encryption;
    struct blob certificate_name, certificate_hash;
    struct tunnel_policy policy;
    struct blob_list issuers; /* names of certificates */
    struct blob_list ekus;    /* each as tunnel_eku_encode makes it */
};

/* A value that is missing or malformed reads as Windows' default. ret is freed with
 * tunnel_settings_free. ST_NOT_ENOUGH_MEMORY leaves nothing allocated. */
mpr_status tunnel_settings_read(enum tunnel_protocol protocol, unsigned parts,
                                struct tunnel_settings *ret);
void tunnel_settings_free(struct tunnel_settings *settings);

/* Names what a write will touch. */
mpr_status tunnel_settings_change(enum tunnel_protocol protocol, struct config_change *change);
mpr_status tunnel_settings_write(enum tunnel_protocol protocol, unsigned parts,
                                 const struct tunnel_settings *settings);

/* A key usage that certificates must have, as the registry keeps it; text is an object identifier
 * or a name. ret is mem_alloc'd: ST_NOT_ENOUGH_MEMORY. */
mpr_status tunnel_eku_encode(bool is_oid, const WCHAR *text, size_t units, struct blob *ret);
/* Units of the text without terminator. */
size_t tunnel_eku_units(const struct blob *eku);
/* text has room for the units and a terminator. Gives whether it is an object identifier. */
bool tunnel_eku_decode(const struct blob *eku, WCHAR *text);

#endif
