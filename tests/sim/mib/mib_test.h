/* What the tests of the MIB share: questions as octets, answers as octets. */
#ifndef MPR_TESTS_MIB_TEST_H
#define MPR_TESTS_MIB_TEST_H

#include "router/mib/rm_mib.h"
#include "sim/rm/rm_test.h"

struct mib_test {
    struct rm_test t;     /* first */
    struct mib_rows host; /* given to questions that take its source; or empty */
    struct mib_ask ask;   /* the last one */
};

void mib_open(struct mib_test *m);
void mib_close(struct mib_test *m);

/* Puts a question to the manager of PID_IP; index DWORDs as in memory. The former answer goes. */
mpr_status mib_query(struct mib_test *m, enum mib_op op, uint32_t id, const uint32_t *index,
                     size_t count);
/* The same with octets for input, of any transport and routing pid. */
mpr_status mib_raw(struct mib_test *m, enum mib_op op, uint32_t transport, uint32_t routing_pid,
                   const void *in, size_t in_size);
/* MIB_OPAQUE_INFO around size octets. */
mpr_status mib_change_raw(struct mib_test *m, enum mib_op op, uint32_t id, const void *data,
                          size_t size);
/* A MIB_IPDESTROW for Create or Set. */
mpr_status mib_put_route(struct mib_test *m, enum mib_op op, const struct route_row *row);

/* Of the last answer: octets of data, and the DWORD at an offset of them. */
size_t mib_size(const struct mib_test *m);
uint32_t mib_dword(const struct mib_test *m, size_t offset);

/* An address DWORD as it is in memory. */
uint32_t net(uint32_t address);
/* Appends a row of little-endian DWORDs to m->host, which becomes of that source. */
void mib_host_add(struct mib_test *m, enum mib_source source, const uint32_t *dwords, size_t count);
/* Renames and sorts them. */
void mib_host_ready(struct mib_test *m);

#endif
