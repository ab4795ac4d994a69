/* Custom IKEv2 settings of a demand-dial interface, in the interface's key (MS-RRASM 2.2.3.2):
 * SaLifeTime, SaMaxDataSize, MachineCertificateName, subkey IKEv2CustomPolicy. Ours, for what newer
 * structures of the API add: MachineCertificateHash BINARY, MmSaLifeTime DWORD, TrafficSelectors
 * BINARY (traffic_selectors.h has the form). There are settings when SaLifeTime is there.
 */
#ifndef MPR_WIN32_CUSTOM_STORE_H
#define MPR_WIN32_CUSTOM_STORE_H

#include "win32/store/traffic_selectors.h"
#include "win32/store/tunnel_values.h"

/* What not every caller has room for; what one lacks is neither read nor written. */
enum { CUSTOM_HAS_HASH = 1, CUSTOM_HAS_MAIN_MODE = 2 /* and traffic selectors */ };

struct custom_settings {
    bool given;                 /* false: there are none */
    DWORD life, main_mode_life; /* seconds */
    DWORD kilobytes;
    struct blob certificate_name, certificate_hash;
    struct tunnel_policy policy;
    struct traffic_selectors selectors;
};

/* Of the interface with that number (config_store.h). Malformed selectors read as none. ret is
 * freed with custom_settings_free; it is empty after an error: ST_NO_SUCH_INTERFACE (it has no
 * key), ST_NOT_ENOUGH_MEMORY, the registry's. */
mpr_status custom_settings_read(DWORD number, unsigned parts, struct custom_settings *ret);
void custom_settings_free(struct custom_settings *settings);

/* All or nothing, also when the process ends in between (config_change.h); none given deletes them.
 * Errors as above, and those of config_change.h. */
mpr_status custom_settings_write(DWORD number, unsigned parts,
                                 const struct custom_settings *settings);

#endif
