/* Which dialer carries out the connections of a demand-dial interface.
 *
 * Below HKLM\SYSTEM\CurrentControlSet\Services\RemoteAccess\Parameters\Dialers a key is looked
 * for, named like (without case)
 *     1. the interface,
 *     2. else the device of its phone-book entry (Device=),
 *     3. else the type of that device (DEVICE=: vpn, modem, PPPoE, ...).
 * Its values:
 *     Kind      REG_SZ     existing, command or scripted; required
 *     Adapter   REG_SZ     existing, command: the adapter that is the link, by name as on the host
 *                          (wg0, ppp0), or by {GUID}; default: the entry's device
 *     Command   REG_SZ     command: what to run; see command.h for how. The interface's stored
 *                          credentials are on its standard input (dial_credentials.h)
 *     Timeout   REG_DWORD  command: seconds until the adapter must be up; default 60
 *     Remote    REG_SZ     dotted address of the other end of a point-to-point link, if wanted
 * and for scripted, which does without any link and is meant for tests of programs:
 *     Outcome   REG_DWORD  error number of an attempt; 0, the default, connects
 *     FailFirst REG_DWORD  so many attempts fail first; default 0
 *     OutcomeFailed REG_DWORD  ... with this error; default 1003, ERROR_CAN_NOT_COMPLETE
 *     Delay     REG_DWORD  milliseconds from dialling to the outcome; default 0
 *     DropAfter REG_DWORD  milliseconds until the connection drops; 0, the default: never
 *     Address, Mask REG_SZ dotted address of this end; default: none
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
