/* Each function of rtmv2.h with each of its parameters that is a handle. */
#ifndef TESTS_UNIT_RTMV2_CALLS_H
#define TESTS_UNIT_RTMV2_CALLS_H

#include "unit/rtmv2/support.h"

struct scene {
    struct world w;
    handle_t32 a, b, six; /* clients; the third of the other family */
    handle_t32 hop, route, dest, list, notify, dests, routes, hops, listed;
    handle_t32 hop_b, route_b, notify_b, list_b, enum_b, hop_six;
    handle_t32 gone; /* that was an entity */
};

typedef mpr_status call_fn(struct rtmv2 *r, handle_t32 e, handle_t32 h, struct scene *s);

/* kind: what the handle has to be; denied: another client's gives ST_ACCESS_DENIED, not
 * ST_INVALID_HANDLE; all: any client's will do. */
struct call {
    const char *name;
    call_fn *run;
    enum rtmv2_kind kind;
    enum { DENIED, INVALID, ALL } others;
};

extern const struct call calls[];
extern const size_t call_count;
struct rtm_prefix eight(void); /* 10/8 */

#endif
