/* Ports and tunnel settings of the server, stored together: all or nothing, also when the process
 * ends in between (config_change.h).
 */
#ifndef MPR_WIN32_SERVER_STORE_H
#define MPR_WIN32_SERVER_STORE_H

#include "win32/store/miniport_store.h"
#include "win32/store/sstp_store.h"
#include "win32/store/tunnel_store.h"

/* What is to be stored. */
struct server_settings {
    bool has_ports[MINIPORT_KINDS];
    struct miniport ports[MINIPORT_KINDS];
    const struct tunnel_settings *ikev2, *l2tp; /* NULL: left alone */
    unsigned ikev2_parts, l2tp_parts;           /* TUNNEL_HAS_... */
    const struct sstp_settings *sstp;           /* NULL: left alone */
};

/* The values were checked. SERVER_REBOOT_REQUIRED: all is stored, with more ports than this start
 * allows. Else what config_change.h names, and the registry's errors. */
mpr_status server_settings_write(const struct server_settings *settings);

#endif
