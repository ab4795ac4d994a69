/* MIB questions from outside: reads the host's tables that an answer takes, and asks the router. */
#ifndef MPR_WIN32_MIB_HOST_H
#define MPR_WIN32_MIB_HOST_H

#include "engine/engine.h"
#include "router/mib/rm_mib.h"

/* Puts the question and waits for the answer. server is the handle that it comes through, 0: none.
 * ask needs op, transport, routing_pid, in, in_size and caller only; ask->out is the caller's.
 * Status as router_mib's; ST_CAN_NOT_COMPLETE also when a hosted protocol does not answer, stops or
 * fails meanwhile; ST_RPC_INVALID_BINDING when server was closed; the host's error when it does not
 * give the table. Not under the engine's lock. */
mpr_status mib_host_ask(struct engine *engine, handle_t32 server, struct mib_ask *ask);

/* Forgets the tables that are kept for walks. */
void mib_host_forget(void);

#endif
