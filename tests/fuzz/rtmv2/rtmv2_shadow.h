/* What a client's calls to src/rtmv2 leave behind, counted beside it: how many references each
 * handle has that was ever given out. */
#ifndef TESTS_FUZZ_RTMV2_SHADOW_H
#define TESTS_FUZZ_RTMV2_SHADOW_H

#include "fuzz/fuzz.h"

#include "rtmv2/rtmv2.h"

#define ENTRIES  512u
#define ENTITIES 4u /* the last one of IPv6 */

/* A handle. Those of enumerations, registrations for changes and lists have one reference, which
 * ends with their owner. */
struct entry {
    handle_t32 handle, owner;
    enum rtmv2_kind kind;
    enum rtm_family family;
    unsigned references;
    bool registered; /* an entity: a reference that is not counted in here */
};

struct fuzz {
    const uint8_t *data;
    size_t left;
    struct rtmv2 *r;
    struct rtm *tables[2];
    struct rtm_entity *routers[2]; /* for routes that no client has made */
    handle_t32 entities[ENTITIES]; /* 0: not registered */
    struct entry entries[ENTRIES];
    size_t count;
    msec now;
};

/* ---- input: 0 when there is none left ---------------------------------------------------------
 */

uint8_t take(struct fuzz *f);
uint32_t below(struct fuzz *f, uint32_t n);
/* A client of the four, which may not be registered; seldom another handle. */
handle_t32 take_client(struct fuzz *f);
/* One that was given out, whatever has become of it; seldom garbage. */
handle_t32 take_handle(struct fuzz *f);
/* The same, mostly one of that kind. */
handle_t32 take_of(struct fuzz *f, enum rtmv2_kind kind);
struct rtm_prefix take_prefix(struct fuzz *f);
uint32_t take_views(struct fuzz *f);

/* ---- counting -------------------------------------------------------------------------------- */

struct entry *entry_of(struct fuzz *f, handle_t32 handle);
bool is_alive(const struct entry *e);
/* The call succeeded: so the client is registered, and the handle (0: none) was one of the kind and
 * of its family. */
void check_used(struct fuzz *f, handle_t32 client, enum rtmv2_kind kind, handle_t32 handle);
/* The client got one reference (0: none). */
void got(struct fuzz *f, handle_t32 client, enum rtmv2_kind kind, handle_t32 handle);
void got_dest(struct fuzz *f, handle_t32 client, const struct rtmv2_dest *dest);
/* One reference of it has been ended, which it must have had. */
void gave(struct fuzz *f, enum rtmv2_kind kind, handle_t32 handle);
void owner_left(struct fuzz *f, handle_t32 client);
/* All that is counted is there, and nothing else. */
void check_all(struct fuzz *f);

/* ---- calls (rtmv2_calls.c, rtmv2_queries.c) ----------------------------------------------------
 */

typedef void op_fn(struct fuzz *f, handle_t32 client);
extern op_fn *const call_ops[], *const query_ops[];
extern const size_t call_op_count, query_op_count;

#endif
