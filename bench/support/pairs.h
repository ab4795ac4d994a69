/* What every benchmark program shares: a clock, and one line of output for each pair of
 * measurements. A pair is two times taken one right after the other in one run, first the peer's,
 * then ours; report.py turns the pairs into ratios.
 */
#ifndef BENCH_PAIRS_H
#define BENCH_PAIRS_H

#include <stdint.h>
#include <stdio.h>

/* Monotonic nanoseconds. */
double bench_now(void);

/* Prints "pair <id> <peer> <ours>", in nanoseconds or whatever both are in. The ids are those of
 * benchmarks.tsv. */
void bench_pair(const char *id, double peer, double ours);

/* Prints a line of its own in the report: what the reader should know of a result. */
#define bench_note(id, ...) (printf("note\t%s\t", id), printf(__VA_ARGS__), puts(""))

/* Ends the program with a message; for set-up that can't fail unless something is broken. */
#define bench_die(...) (fprintf(stderr, __VA_ARGS__), bench_exit())
_Noreturn void bench_exit(void);

/* A number on the command line; ends the program when it is none. */
int bench_number(const char *text);

/* xorshift: the same sequence in every run. */
uint32_t bench_random(uint32_t *state);

#endif
