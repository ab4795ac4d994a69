/* Drivers for counting instructions of the core's hot paths, natively and without a host.
 *
 * Each case prepares, runs once with counting on, and cleans up. What is counted must be the same
 * in every run: no clock, no random numbers but fixed ones, no addresses as keys.
 */
#ifndef BENCH_HOT_H
#define BENCH_HOT_H

struct hot_case {
    const char *name;
    void (*prepare)(void);
    void (*run)(void);
    void (*finish)(void); /* NULL: nothing to do; also checks what run did */
};

extern const struct hot_case hot_tables[], hot_router[]; /* end: name NULL */

/* Ends the program when a case did not do its work: its count would mean nothing. */
void hot_check(int ok, const char *what);

#endif
