/* The host's network adapters as the router sees them. */
#ifndef MPR_WIN32_ADAPTERS_H
#define MPR_WIN32_ADAPTERS_H

#include "win32/sys/windows_api.h"

#include "router/router.h"

struct adapter_list {
    struct host_adapter *adapters; /* mem_alloc'd */
    size_t count;
};

/* Asks the system (some sixty requests, about a millisecond). Adapters that are gone, which Wine 8
 * goes on listing, are left out; of several of one name the newest stands for all.
 * ST_NOT_ENOUGH_MEMORY or the system's error, and then *ret is empty. What it said is remembered
 * for adapters_have. */
mpr_status adapters_read(struct adapter_list *ret);
void adapters_free(struct adapter_list *list);

/* The second part of that: of adapters of one alias the one with the highest index stays, with the
 * addresses that any of them has. */
void adapters_keep_newest(struct adapter_list *list);
/* Other tables of the system may still name one of the others: the index of the newest adapter of
 * the same name as at the last adapters_read, else the index itself. */
uint32_t adapters_index_now(uint32_t index);

/* Whether two lists say the same. */
bool adapters_equal(const struct adapter_list *a, const struct adapter_list *b);

/* The adapter with this {GUID} or alias, compared without case; NULL when there is none. */
const struct host_adapter *adapters_find(const struct adapter_list *list, const char16_t *name);

/* Whether there is an adapter with this {GUID} or alias, as of when the system was last asked. For
 * one that was not there then the system is asked once more, unless that was within the last
 * second. ST_NOT_ENOUGH_MEMORY or the system's error. */
mpr_status adapters_have(const char16_t *name, bool *ret);
/* Forgets what is remembered. */
void adapters_forget(void);

#endif
