/* The host's network adapters as the router sees them. */
#ifndef MPR_WIN32_ADAPTERS_H
#define MPR_WIN32_ADAPTERS_H

#include "win32/sys/windows_api.h"

#include "router/router.h"

struct adapter_list {
    struct host_adapter *adapters; /* mem_alloc'd */
    size_t count;
};

/* Asks the system (about a millisecond). ST_NOT_ENOUGH_MEMORY or the system's error, and then *ret
 * is empty. */
mpr_status adapters_read(struct adapter_list *ret);
void adapters_free(struct adapter_list *list);

/* Whether two lists say the same. */
bool adapters_equal(const struct adapter_list *a, const struct adapter_list *b);

/* The adapter with this {GUID} or alias, compared without case; NULL when there is none. */
const struct host_adapter *adapters_find(const struct adapter_list *list, const char16_t *name);

#endif
