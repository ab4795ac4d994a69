/* What is stored, read without a router: the phone book's file and the stored configuration. */
#ifndef TESTS_SERVICE_KILLS_STORED_H
#define TESTS_SERVICE_KILLS_STORED_H

#include "service/kills/scene.h"

enum { STORED_HALF = -1 };

/* Whether a fact is one that these can read. */
BOOL stored_is(enum fact_kind kind);
/* Its number now; STORED_HALF: what is there is no whole one. */
LONG stored_read(enum fact_kind kind, unsigned slot, HANDLE config);

/* Numbers of a fact are 1 and on. What holds one has it twice, in two places. */
void stored_fill_number(MPR_INTERFACE_2 *info, LONG number);
LONG stored_number(const MPR_INTERFACE_2 *info);
/* An information header with a block for that number; freed with MprInfoDelete. */
LPVOID stored_make_block(LONG number);

/* For the end: fails the test unless phone book and stored configuration have the workers' links
 * and programs, each once, and nothing else, and no file of a write is left. */
void stored_expect_tidy(void);

#endif
