/* The word that was perhaps meant. */
#ifndef MPRCTL_CLI_SUGGEST_H
#define MPRCTL_CLI_SUGGEST_H

#include <stddef.h>

#define SUGGEST_LONGEST 63u

/* How many letters to insert, leave out, exchange or swap with their neighbour make b of a, without
 * case (optimal string alignment). Words beyond 63 octets count as their beginnings. */
size_t suggest_distance(const char *a, const char *b);

/* The nearest of those offered one by one: at most a third of its letters away, at least one. */
struct suggestion {
    const char *word;               /* what was typed */
    char best[SUGGEST_LONGEST + 1]; /* "": nothing is near */
    size_t distance;
};

void suggest_offer(struct suggestion *s, const char *word);

#endif
