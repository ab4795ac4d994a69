/* What clients do from the beginning on, one function after the other, for a test that lets each of
 * them run out of memory. */
#ifndef TESTS_UNIT_RTMV2_STEPS_H
#define TESTS_UNIT_RTMV2_STEPS_H

#include "unit/rtmv2/support.h"

struct scene {
    struct world w;
    handle_t32 a, b, hop, far, between, via, remote, route, list, dest, other, notify, dests,
        routes, hops, listed;
};

typedef mpr_status step_fn(struct scene *s);

struct step {
    const char *name;
    step_fn *run;
    bool partly; /* a failure may leave less than was asked for */
};

extern const struct step steps[];
extern const size_t step_count;

#endif
