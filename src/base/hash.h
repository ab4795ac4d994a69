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

#endif
