/* The keys below Parameters\Dialers, read once and again when the registry has changed
 * (sys/registry_watch.h). dial_select.h says what is in them. */
#ifndef MPR_WIN32_DIALER_KEYS_H
#define MPR_WIN32_DIALER_KEYS_H

#include "win32/sys/windows_api.h"

#include "router/ddm/dial.h"

/* Reads the values of one key. ST_INVALID_DATA: malformed; ST_NOT_ENOUGH_MEMORY. */
typedef mpr_status dialer_key_fn(HKEY key, struct dial_plan *ret);

/* What read gives, or gave, for the first of the names that there is a key of (compared without
 * case); *ret_which is its place. ST_NOT_FOUND: of none; else read's status. What it gave is kept,
 * but for ST_NOT_ENOUGH_MEMORY: so it is always the same function. Thread-safe. */
mpr_status dialer_keys_find(const char16_t *const *names, size_t count, dialer_key_fn *read,
                            struct dial_plan *ret, size_t *ret_which);

/* Closes what is kept open. */
void dialer_keys_stop(void);

#endif
