/* Which dialer carries out the connections of a demand-dial interface.
 *
 * Below HKLM\SYSTEM\CurrentControlSet\Services\RemoteAccess\Parameters\Dialers a key is looked
 * for, named like (without case)
 *     1. the interface,
 *     2. else the device of its phone-book entry (Device=),
 *     3. else the type of that device (DEVICE=: vpn, modem, PPPoE, ...).
 * Its value Kind (REG_SZ) names the dialer; docs/DIALERS.md says which there are, and the values
 * of each. dialer.h has the table of them.
 *
 * Without a key, a device (or else port) that has the name of a host adapter is that adapter, as
 * by Kind = existing. Otherwise the entry has no usable device: the interface can be made, but
 * connecting it gives ERROR_INTERFACE_HAS_NO_DEVICES. A key that is malformed counts as one that
 * names no device, and is logged.
 */
#ifndef MPR_WIN32_DIAL_SELECT_H
#define MPR_WIN32_DIAL_SELECT_H

#include "phonebook/phonebook_settings.h"
#include "router/ddm/dial.h"

/* ret->kind is DIALER_NONE when there is no usable device. ST_NOT_ENOUGH_MEMORY, which must not be
 * taken for "no device". */
mpr_status dial_select(const char16_t *interface, const struct phonebook_settings *settings,
                       struct dial_plan *ret);

#endif
