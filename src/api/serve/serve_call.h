/* One call: what a method's function gets, and how it gives its results. Inside serve only.
 *
 * A method's function calls the exported function with what the request has, and returns the
 * method's result. `out` is set only by a function that succeeds; before that it has what the
 * answer to a failed call has to have.
 */
#ifndef MPR_API_SERVE_CALL_H
#define MPR_API_SERVE_CALL_H

#include "api/serve/serve_client.h"
#include "api/wire/wire.h"
#include "win32/carrier/carrier.h"

#define SERVE_RESULTS 2

struct serve_call {
    struct serve_client *client;
    const struct carrier_request *request;
    HANDLE server;                /* the same, as exported functions have it */
    struct dim_arguments in;      /* as the request has them */
    struct dim_arguments out;     /* for the answer */
    struct ndr memory;            /* what is made of both, until the answer has been written */
    struct ndr info;              /* octets of out.info */
    void *results[SERVE_RESULTS]; /* of exported functions; freed when the answer is there */
    void *server_object, *custom_object; /* the same for what they point to */
};

struct serve_method {
    mpr_status (*call)(struct serve_call *c);
    bool secret; /* request or answer has a password or a key: no copy of it may stay in memory */
};
extern const struct serve_method serve_methods[DIM_METHODS]; /* serve_methods.c */

/* ---- what a request has (serve_call.c) ------------------------------------------------------- */

static inline HANDLE serve_handle(uint32_t number)
{
    return api_handle_out(number);
}

/* For functions that take what they don't change without const. */
static inline BYTE *serve_octets(const struct dim_octets *octets)
{
    return (BYTE *)(ULONG_PTR)octets->data;
}

static inline WCHAR *serve_text(const char16_t *text)
{
    return (WCHAR *)(ULONG_PTR)text;
}

/* The structure that the request's container holds, in memory of the call. NULL: it has no octets.
 * A level that is not known gives a structure of zeros, since the function refuses the level.
 * ST_INVALID_PARAMETER: it has more or fewer octets than its level; before that what api_check
 * says, as the function would. ST_NOT_ENOUGH_MEMORY. */
mpr_status serve_take_info(struct serve_call *c, enum wire_kind kind, BYTE **ret);

/* What an enumeration's function counts as `preferred`; size: of its structure. */
DWORD serve_preferred(const struct serve_call *c, enum wire_kind kind, size_t size);

/* ---- its results ----------------------------------------------------------------------------- */

/* A buffer of the API that the call owns from now on; NULL is allowed. */
void serve_own(struct serve_call *c, void *buffer);
/* Owns the buffer, and puts count structures of the request's level into out.info.
 * ST_NOT_ENOUGH_MEMORY, ST_NOT_SUPPORTED (no such level on the wire). */
mpr_status serve_give_info(struct serve_call *c, enum wire_kind kind, void *buffer, DWORD count);
/* The same for what a function of that status gave: nothing unless it succeeded. */
mpr_status serve_give_one(struct serve_call *c, mpr_status status, enum wire_kind kind,
                          void *buffer);

/* A page of an enumeration. */
struct serve_page {
    BYTE *entries;
    DWORD read, total, resume;
    DWORD *resume_at; /* NULL: the request has none */
};
void serve_page_begin(const struct serve_call *c, struct serve_page *page);
/* read, total and resume into out, when status says that there is a page. */
void serve_page_counts(struct serve_call *c, mpr_status status, const struct serve_page *page);
/* All of it, entries as out.info. Returns status, or why it can't be given. */
mpr_status serve_page_give(struct serve_call *c, mpr_status status, enum wire_kind kind,
                           const struct serve_page *page);

/* ---- the whole (serve_call.c) ---------------------------------------------------------------- */

/* What struct carrier_handler says of a call. */
mpr_status serve_run(void *client, const struct carrier_request *request,
                     struct carrier_octets *response);

#endif
