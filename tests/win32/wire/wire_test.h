/* What the tests of src/api/wire share: octets that are all different, memory that is counted. */
#ifndef MPR_TESTS_WIRE_TEST_H
#define MPR_TESTS_WIRE_TEST_H

#include "win32/win32_test.h"

#include "api/wire/wire.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* No octet is zero, and no run of them occurs twice, so that each member has a value of its own. */
void fill_octets(void *target, size_t size);

/* Blocks of the process heap that are in use. */
size_t live_blocks(void);
/* Fails unless what pass has allocated is freed again. It runs several times: a heap makes itself
 * blocks now and then, for sizes that are often asked for, but a leak is lost in each. */
void gives_all_back(void (*pass)(void));

/* The n-th allocation for the API's caller fails (0: none does). */
void fail_buffer_begin(size_t n);
/* Whether it has failed. */
bool fail_buffer_end(void);

/* Octets that differ between what went in and what came out. Each one has to be zero in what came
 * out: filling between members, which nobody carries. */
size_t octets_left_out(const void *in, const void *out, size_t size);

/* Filling, by architecture. */
#define FILLING(on_64, on_32) (sizeof(void *) == 8 ? (on_64) : (on_32))

#endif
