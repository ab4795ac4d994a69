/* The configuration of a router that was never configured, as the page of MprConfigServerInstall
 * lists it, as far as it concerns this library (docs/COMPATIBILITY.md, MprConfigServerInstall):
 *
 *   RouterManagers, Interfaces   made anew: the IP router manager with default information, and no
 *                                interface
 *   Secrets, Users               deleted: credentials of interfaces that are gone, dial-in rights
 *   router.pbk                   deleted
 *   Parameters                   RouterType 7 (remote access, LAN and WAN), LoggingFlags 1 (errors)
 *                                and ServerFlags, and without LANOnlyMode
 *   Parameters\Ip                routing and remote access on, addresses from DHCP
 *   ...\Providers                Windows' own accounting and authentication
 *   ConfigurationFlags           1, last: the router is configured
 */
#ifndef MPR_WIN32_INSTALL_STORE_H
#define MPR_WIN32_INSTALL_STORE_H

#include "base/status.h"

/* All or nothing, also when the process ends in between. Errors are those of config_change.h and
 * the registry's. */
mpr_status install_store_write(void);

#endif
