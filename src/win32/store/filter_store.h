/* Whether the static packet filters of a transport are on.
 *
 * No page says where Windows keeps it: here it is Parameters\<transport>\StaticFilters, a DWORD,
 * apart from RouterManagers, whose being there at all means something. Without it: on.
 */
#ifndef MPR_WIN32_FILTER_STORE_H
#define MPR_WIN32_FILTER_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

/* Whether that PID is one of the five that the pages of MprConfigFilterGetInfo and SetInfo name;
 * the functions below take no other. */
bool filter_store_has(uint32_t transport);
bool filter_store_read(uint32_t transport);
/* The registry's errors. */
mpr_status filter_store_write(uint32_t transport, bool on);

#endif
