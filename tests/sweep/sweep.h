/* Allocation sweeps over exported calls: the n-th allocation of a call fails, for every n. Each
 * failing call gives ERROR_NOT_ENOUGH_MEMORY, clears its result, and leaves everything as it was:
 * router, phone book, registry, files (snapshot.h), the library's memory, results, handles of the
 * system. A call that succeeds in spite of the failure must have done and given all the same.
 *
 * A file of sweeps is a table of scenarios, one or more for each exported function. The build
 * checks that every function that is built has one (cmake/exports/check_sweeps.py), and the sweep
 * that a function either allocates or is said not to, with the reason.
 */
#ifndef TESTS_SWEEP_SWEEP_H
#define TESTS_SWEEP_SWEEP_H

#include <winsock2.h> /* api.h needs it before windows.h */

#include <windows.h>

struct scenario {
    const char *name;      /* the exported function; behind a comma what is special */
    void (*prepare)(void); /* before each attempt; may be NULL */
    DWORD (*call)(void);   /* the call under test, and nothing else; its status */
    DWORD success;         /* what it gives when all is well */
    void (*undo)(void);    /* after success; may be NULL */
    const char *none;      /* why the call allocates nothing; NULL: it does */
};

#define SWEEP(name, prepare, call, success, undo) \
    {                                             \
        name, prepare, call, success, undo, NULL  \
    }
#define NO_ALLOCATION(name, prepare, call, success, reason) \
    {                                                       \
        name, prepare, call, success, NULL, reason          \
    }

/* DWORD name(void) that returns the expression: most calls. */
#define CALL(name, expression) \
    static DWORD name(void)    \
    {                          \
        return expression;     \
    }

/* Where a call puts a result that is to be freed: looked at, compared and freed by the sweep. A
 * sample of what else a call gave, to be compared; set by the call. */
extern void *sweep_result;
extern DWORD sweep_sample;
#define RESULT ((BYTE **)&sweep_result)
/* Adds octets to a sample. */
DWORD sweep_sum(DWORD sum, const void *data, size_t size);

/* Replaces the allocators; before the first call into the library. */
void sweep_begin(void);
/* Runs the table as a group of cmocka tests; what main returns. */
int sweep_run_all(const struct scenario *scenarios, size_t count);
/* The same with a test of another sort; its *state is the scenario. */
int sweep_run_each(const char *group, const struct scenario *scenarios, size_t count,
                   void (*test)(void **state));
/* Frees what a call gave, and undoes what it did. */
void sweep_forget_results(const struct scenario *s);
#define SWEEP_MAIN(table) sweep_run_all(table, sizeof(table) / sizeof((table)[0]))

#endif
