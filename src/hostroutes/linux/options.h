/* The command line. */
#ifndef MPR_HOSTROUTES_OPTIONS_H
#define MPR_HOSTROUTES_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct options {
    uint8_t protocol;
    uint32_t table;
    bool keep;        /* the routes stay when the input ends */
    bool events_only; /* no routes at all */
    unsigned forward; /* HR_FORWARD_*: to be switched on */
    unsigned
        switched;  /* ... and what an earlier one has switched on, to be switched off at the end */
    unsigned what; /* MONITOR_* */
    const char *input;  /* NULL: standard input */
    const char *output; /* NULL: standard output */
};

/* False: it says what is wrong, or all of it when asked (*ret_code is 0 then). */
bool options_read(struct options *ret, int argc, char **argv, int *ret_code);

/* The two ends of the stream; FIFOs that are named are unlinked once they are open. False: said
 * why. */
bool options_open(const struct options *o, int *ret_input, int *ret_output);

#endif
