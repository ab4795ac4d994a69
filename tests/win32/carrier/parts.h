/* The tests of the carrier run in several processes: a program starts itself again with the name of
 * a part. The router's part listens with a handler that is good for tests. */
#ifndef MPR_TESTS_CARRIER_PARTS_H
#define MPR_TESTS_CARRIER_PARTS_H

#include "win32/win32_test.h"

#include <stdbool.h>

#include "win32/carrier/carrier.h"
#include "win32/carrier/local.h"

/* ---- the test's handler ---------------------------------------------------------------------- */

enum part_method {
    PART_ECHO,        /* the request's octets */
    PART_ACCESS,      /* 4: what access_check says */
    PART_SLEEP,       /* 4: milliseconds, then nothing */
    PART_COUNTS,      /* struct part_counts */
    PART_LONG,        /* 4: how many octets are wanted */
    PART_CLIENT,      /* 4: the client's process id */
    PART_DIE,         /* the router's process ends */
    PART_MARK,        /* 4: part_mark(value) by the router's thread */
    PART_FAIL_MEMORY, /* 4: ends with ST_NOT_ENOUGH_MEMORY */
    PART_METHODS
};

struct part_counts {
    LONG begun, ended;   /* clients */
    LONG opened, closed; /* sessions, also those that were left open */
    LONG running, calls;
    LONG faults; /* what the carrier must not do */
};

extern const struct carrier_handler part_handler;
extern struct part_counts part_counts;

/* ---- processes ------------------------------------------------------------------------------- */

/* The program again, with these arguments; token NULL: as this one. */
HANDLE part_start(const char *arguments, HANDLE token);
/* Its exit code; it is terminated when it does not end within two minutes. */
DWORD part_wait(HANDLE process);
void part_kill(HANDLE process);

/* A process with the part "router" that listens. */
HANDLE part_start_router(void);
/* The part's main: listens until killed, or until the event of that name is set: 0; 3: there is
 * another router. */
int part_router(const char *event);

/* ---- calls ----------------------------------------------------------------------------------- */

uint32_t part_open(void);
/* A call with 4 octets, and an answer of 4. */
mpr_status part_ask(uint32_t session, enum part_method method, uint32_t value, uint32_t *ret);
/* The process id of the router that answers; 0: it is not told. */
uint32_t part_router_id(uint32_t session);
/* Octets that differ from place to place. */
void part_fill(uint8_t *data, size_t size, uint32_t seed);
/* A call of PART_ECHO with so many octets. ST_INVALID_DATA: others came back. */
mpr_status part_echo(uint32_t session, size_t size);
struct part_counts part_ask_counts(uint32_t session);
/* Waits until only this process is a client and nothing runs. */
void part_expect_quiet(uint32_t session);

/* A mark in the trace of Wine's server for sweep/requests/check.py: one request. */
void part_mark(bool begin, const char *name);
#define PART_ROUTER_CASE "the router's end, one call"

/* Threads that all run the same, to the end. */
void part_threads(unsigned count, LPTHREAD_START_ROUTINE routine, void *parameter);

/* The same numbers in each run. */
uint32_t part_random(uint32_t *state);

#endif
