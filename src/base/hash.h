/* uthash over our allocator: an add that finds no memory leaves the table as it was and the
 * element's hash handle unlinked (element->hh.tbl == NULL), which is how callers notice. */
#ifndef MPR_BASE_HASH_H
#define MPR_BASE_HASH_H

#include "base/mem.h"

#define HASH_NONFATAL_OOM            1
#define uthash_malloc(size)          mem_alloc(size)
#define uthash_free(memory, size)    mem_free(memory)
#define uthash_nonfatal_oom(element) ((void)(element)) /* uthash has unlinked its handle */

#include <uthash.h>
#include <utlist.h>

/* uthash lets chains grow to ten before it doubles the buckets: up to ten cache misses a look-up.
 * Four cost a pointer or so an element. */
#undef HASH_BKT_CAPACITY_THRESH
#define HASH_BKT_CAPACITY_THRESH 4U

#endif
