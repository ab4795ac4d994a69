/* Reading the optional values of one of our keys, one after the other.
 *
 *     struct registry_values v = {key, ST_OK};
 *     registry_values_text(&v, L"Kind", kind, ARRAYSIZE(kind));
 *     registry_values_number(&v, L"After", &after);
 *     return v.status;
 *
 * The first failure is remembered, and nothing is read behind it: ST_INVALID_DATA for what is
 * malformed, ST_NOT_ENOUGH_MEMORY. A missing value leaves its target.
 */
#ifndef MPR_WIN32_REGISTRY_VALUES_H
#define MPR_WIN32_REGISTRY_VALUES_H

#include "win32/sys/windows_api.h"

#include <stdint.h>

#include "base/status.h"
#include "base/utf16.h"

struct registry_values {
    HKEY key;
    mpr_status status;
};

/* REG_SZ; malformed when it does not fit into capacity units. */
void registry_values_text(struct registry_values *v, const WCHAR *name, char16_t *target,
                          size_t capacity);
/* REG_DWORD. */
void registry_values_number(struct registry_values *v, const WCHAR *name, uint32_t *target);
/* REG_SZ, a dotted IPv4 address, in host order; "" counts as missing. */
void registry_values_address(struct registry_values *v, const WCHAR *name, uint32_t *target);
/* REG_SZ, one of count names, compared without case: *target is its place. Malformed when it is
 * none; also when it is missing and *target is no place. */
void registry_values_choice(struct registry_values *v, const WCHAR *name,
                            const char16_t *const *names, uint32_t count, uint32_t *target);

#endif
