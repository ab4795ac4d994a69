/* The same tables of calls for another purpose: how many requests to Wine's server each call makes.
 * A program of sweeps that finds MPR_COUNT_REQUESTS in its environment makes each call of its table
 * without failing allocations, between marks (requests/check.py). */
#ifndef TESTS_SWEEP_REQUESTS_H
#define TESTS_SWEEP_REQUESTS_H

#include <stdbool.h>

#include "sweep/sweep.h"

bool requests_wanted(void);
int requests_run_all(const struct scenario *scenarios, size_t count_of_them);

#endif
