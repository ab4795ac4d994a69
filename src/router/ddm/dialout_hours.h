/* Dial-out hours of a demand-dial interface, as in lpwsDialoutHoursRestriction of MPR_INTERFACE_1:
 * a multi-string, one string for a day: "<day> HH:MM-HH:MM HH:MM-HH:MM...", day 0 Sunday to 6
 * Saturday. The ranges are the allowed hours; a day that is not named allows none. */
#ifndef MPR_ROUTER_DIALOUT_HOURS_H
#define MPR_ROUTER_DIALOUT_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#define MINUTES_A_DAY  (24u * 60u)
#define MINUTES_A_WEEK (7u * MINUTES_A_DAY)
/* The longest list that is accepted, in units with its terminators. */
#define DIALOUT_HOURS_MAX 4096u

/* Well-formed: single spaces, two-digit times to 24:00, each range forwards, at least one a day. A
 * day may come twice. NULL and the empty list are well-formed. */
bool dialout_hours_valid(const char16_t *hours);

/* Whether dialling is allowed at a minute of the week (0: Sunday 00:00). A range includes its
 * first minute and not its last. Without a list (NULL or empty) it always is. hours is valid. */
bool dialout_hours_allow(const char16_t *hours, uint32_t minute_of_week);

/* Units with both terminators. hours is valid and not NULL. */
size_t dialout_hours_units(const char16_t *hours);

#endif
