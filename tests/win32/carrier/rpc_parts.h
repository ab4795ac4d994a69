/* The router's end by RPC in a process of its own, with the handler of parts.h, and calls to it. */
#ifndef MPR_TESTS_RPC_PARTS_H
#define MPR_TESTS_RPC_PARTS_H

#include "win32/carrier/parts.h"
#include "win32/carrier/rpc.h"

/* A TCP port of this machine that nobody has. */
unsigned rpc_free_port(void);

/* The program again as the part "rpc-router" PORT ANONYMOUS; returns when it listens. */
HANDLE rpc_start_router(unsigned port, bool allow_anonymous);
/* Ends the last one, which a test that has failed leaves. */
int rpc_kill_left(void **state);
/* The part's main: listens at the port of the loopback (0: nowhere) until it is killed or the event
 * "rpc stop" is set: 0; 3: somebody else does. */
int rpc_router(char **arguments);

/* What a client's machine says. */
struct rpc_settings rpc_said(bool allow_anonymous);

/* A carrier by name, with a session; what keeps it from being had. */
mpr_status rpc_open_named(const char16_t *name, bool allow_anonymous, struct carrier **ret);
/* "127.0.0.1:PORT" */
const char16_t *rpc_tcp_name(unsigned port);

/* One call of 4 octets with an answer of 4; as part_ask. */
mpr_status rpc_ask(struct carrier *c, uint32_t method, uint32_t value, uint32_t *ret);
mpr_status rpc_echo(struct carrier *c, size_t size);
struct part_counts rpc_counts(struct carrier *c);

#endif
