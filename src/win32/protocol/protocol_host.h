/* Hosted protocols that are DLLs: a thread for each, on which its entry points are called one at a
 * time and in order, and its events are collected. */
#ifndef MPR_WIN32_PROTOCOL_HOST_H
#define MPR_WIN32_PROTOCOL_HOST_H

#include "win32/protocol/protocol_dll.h"

/* Called on a protocol's thread without any lock: the answer to a call (or NULL), and what the
 * protocol had to tell after it, in order. */
typedef void protocol_report_fn(void *context, struct protocol_call *answered, handle_t32 protocol,
                                const struct protocol_report *reports, size_t count);

void protocol_host_start(protocol_report_fn *report, void *context);
/* As router_host.protocol_call. CALL_LOAD makes the thread of call->protocol. */
void protocol_host_call(struct protocol_call *call);
/* The protocol whose thread this is, also in its last StopProtocol; 0 on any other thread. Whatever
 * waits for a protocol must not do so on such a thread: the protocol may be this one, or wait for
 * this one, and a call that takes longer than CallTimeout puts it out of use. */
handle_t32 protocol_host_current(void);
/* Lets each thread finish the call that it is in, stops the protocols that run, and ends the
 * threads. Calls that were not begun are not answered. A thread that does not come back from its
 * DLL within five seconds is left behind. */
void protocol_host_stop(void);

#endif
