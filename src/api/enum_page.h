/* What the enumerations of MprAdmin have in common: a page of entries for the caller, and the
 * results of the call. The resume handle is the core's, an order of creation, so what comes and
 * goes between two pages neither repeats nor hides others.
 */
#ifndef MPR_API_ENUM_PAGE_H
#define MPR_API_ENUM_PAGE_H

#include "api/api.h"

/* The results as the caller wants them; resume may be NULL. */
struct enum_results {
    LPBYTE *entries;
    LPDWORD read, total, resume;
};

/* Clears those that are there, before anything else. False: one that is mandatory is missing. */
bool enum_results_clear(const struct enum_results *results);

struct enum_page {
    uint32_t read, total, resume; /* resume: as given, then as the next page wants it */
    void *entries;                /* api_buffer_; NULL when there are none */
};

/* An empty page that begins where the last one ended. */
struct enum_page enum_page_start(const struct enum_results *results);
/* Gives a page to the caller: ST_MORE_DATA, or ST_OK when it is the last one. */
mpr_status enum_page_give(const struct enum_page *page, const struct enum_results *results);

/* How many entries a caller wants, of count: at least one, since Admin pages know no "too small"
 * (docs/COMPATIBILITY.md, "Exported: connections, ports, notification"). */
uint32_t enum_page_capacity(DWORD preferred, size_t entry_size, uint32_t count);

/* Entries that the core fills in runs, so that a page is made under the lock without a second copy.
 * run reads up to max entries from *resume on into entries; *ret_total: those there are from there
 * on. */
enum { ENUM_RUN = 16 };
struct enum_source {
    size_t entry_size;
    handle_t32 owner; /* for run */
    mpr_status (*run)(struct router *r, handle_t32 owner, uint32_t *resume, void *entries,
                      uint32_t max, uint32_t *ret_read, uint32_t *ret_total);
};

/* At most capacity entries. What run says, and ST_NOT_ENOUGH_MEMORY. Entered. */
mpr_status enum_page_read(struct router *r, const struct enum_source *source, uint32_t capacity,
                          struct enum_page *page);

#endif
