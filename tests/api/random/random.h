/* Random calls of every exported function, with arguments of every sort: handles that are good,
 * closed, foreign or garbage, pointers or NULL, levels that exist and others. What a caller must
 * keep to is kept: memory that is pointed to is there, and as large as is said.
 */
#ifndef TESTS_API_RANDOM_H
#define TESTS_API_RANDOM_H

#include <winsock2.h>

#include "api/support/fixture.h"

#include <mprapi_ext.h>

/* A function and its arguments, one letter each, which random_argument.c explains. kept: the letter
 * of the pool that its 'H' handles go to. rare: one of as many calls, for what is slow or removes
 * everything. */
struct random_row {
    const char *name;
    void *function;
    const char *arguments;
    char kept;
    BYTE rare;
    BOOL no_status; /* gives a truth value, a size or nothing */
};
extern const struct random_row random_rows[];
extern const size_t random_row_count;

enum { RANDOM_RESULTS = 4, RANDOM_ROOM = 2048 };

/* One thread. */
struct actor {
    DWORD seed;
    const char *volatile calling; /* for the watchdog */
    DWORD calls, good;
    /* Of the present call. */
    DWORD level, blob_size, layout;
    void *results[RANDOM_RESULTS]; /* to be freed; 0xdeadbeef when untouched */
    HANDLE handle;
    size_t used_results;
    BOOL wants_handle;
    BYTE room[8][RANDOM_ROOM]; /* what pointers point to; deadbeef-filled for results */
    size_t used_room;
};

DWORD random_roll(struct actor *a, DWORD sides);

/* ---- arguments ------------------------------------------------------------------------------- */

void random_arguments_begin(void); /* before the first call */
ULONG_PTR random_argument(struct actor *a, char letter);
/* Looks at what a call gave, frees it, and keeps handles for others. */
void random_take(struct actor *a, const struct random_row *row, DWORD status);

/* ---- pools ----------------------------------------------------------------------------------- */

/* Handles that all threads use, by the letter of their kind. Any may be stale when it is used. */
HANDLE random_handle(struct actor *a, char letter);
void random_keep(struct actor *a, char letter, HANDLE handle);
/* Makes the first ones; closes everything, so that the router is as before. */
void random_pools_fill(void);
void random_pools_empty(void);

/* Blocks of the library's memory; always 0 where they can't be counted (over the DLL). */
long random_blocks(void);
void random_blocks_begin(void);

#endif
