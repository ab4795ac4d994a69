/* What the tests of the router managers share: a router over the fake host, blobs, and a foreign
 * protocol that is played by the test.
 *
 *     struct rm_test t;
 *     rm_open(&t);                            IP without protocols, one connected dial interface
 *     rm_foreign(&t, FOREIGN_ID, FUNCTIONALITY);   loaded and started, on the interface
 *     t.hold[CALL_DO_UPDATE_ROUTES] = true;   such calls are not answered until rm_release
 *     rm_close(&t);
 */
#ifndef MPR_TESTS_RM_TEST_H
#define MPR_TESTS_RM_TEST_H

#include "infoblock/infoblock.h"
#include "infoblock/route_rows.h"
#include "infoblock/types.h"
#include "sim/support/fake_host.h"
#include "router/state.h"

#define FOREIGN_ID   0x01370077u
#define CALL_KINDS   (CALL_MIB + 1)
#define CALL_LOG_MAX 64u

struct logged_call {
    enum protocol_call_kind kind;
    uint32_t interface, protocol_id;
    enum interface_status_type status_type;
    bool active, has_binding;
    uint32_t addresses, count;
    uint8_t first; /* octet of its block, 0 if none */
    size_t size;
    struct rtm_address client;
};

struct rm_test {
    struct fake_host f; /* first: on_action gets it */
    struct router *r;
    handle_t32 dial; /* a connected demand-dial interface with IP on it */
    uint32_t index;  /* of it */
    /* How the foreign protocol answers; by default ST_OK at once. */
    uint32_t functionality;
    mpr_status answer[CALL_KINDS];
    bool hold[CALL_KINDS];
    struct protocol_call *held[CALL_LOG_MAX];
    size_t held_count;
    uint8_t info[8]; /* what GET_*_INFO answers */
    struct logged_call log[CALL_LOG_MAX];
    size_t logged;
    handle_t32 ref;            /* of the last protocol that was called */
    struct rtm_entity *entity; /* owner of what it learned */
    size_t live;               /* blocks that were allocated at rm_open */
};

void rm_open(struct rm_test *t);
/* As rm_open, with these built-in protocols. */
void rm_open_with(struct rm_test *t, const struct builtin_protocol *rows, size_t count);
/* As rm_open, a server for clients as well. */
void rm_open_server(struct rm_test *t);
/* Fails the test when more is allocated than at rm_open, or less. */
void rm_close(struct rm_test *t);

/* One block in a blob of its own, to be freed; size 0 removes. */
struct blob rm_blob(uint32_t type, const void *data, uint32_t size);
/* Adds a block to a blob. */
void rm_add(struct blob *b, uint32_t type, uint32_t item_size, uint32_t count, const void *data);
mpr_status rm_set_global(struct rm_test *t, uint32_t type, const void *data, uint32_t size,
                         struct request *request);
mpr_status rm_set_info(struct rm_test *t, uint32_t type, const void *data, uint32_t size,
                       struct request *request);

/* Puts it into the catalogue, the global information and that of the dial interface. */
void rm_foreign(struct rm_test *t, uint32_t functionality);
/* Answers what was held, oldest first, with status. */
void rm_release(struct rm_test *t, mpr_status status);
void rm_update_complete(struct rm_test *t, uint32_t interface, uint32_t type, mpr_status status);
/* Logged calls of a kind. */
size_t rm_calls(const struct rm_test *t, enum protocol_call_kind kind);

/* An IPv4 row of the dial interface. */
struct route_row rm_row(uint32_t proto, uint32_t dest, uint32_t mask, uint32_t next_hop);
void rm_set_rows(struct rm_test *t, const struct route_row *rows, size_t count);
/* The rows that the interface has now: *ret is to be freed with mem_free. */
size_t rm_rows(struct rm_test *t, struct route_row **ret);
size_t rm_count_rows(struct rm_test *t, uint32_t proto);
/* A route of the foreign protocol's, straight into the table. */
void rm_learn(struct rm_test *t, uint32_t dest, uint32_t mask, uint32_t metric);
/* The best route to a prefix, NULL if none. */
const struct rtm_route *rm_best(struct rm_test *t, uint32_t dest, uint32_t mask);

/* Everything about the dial interface, the table, handles and room for timers in one number, to see
 * that nothing changed. */
uint32_t rm_fingerprint(struct rm_test *t);

#endif
