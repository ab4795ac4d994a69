/* A router that is driven by bytes: each operation is one octet and the arguments that it reads
 * behind it. Shared by the operations (sequences_ops.c, sequences_clients.c) and the harness
 * (sequences_fuzz.c). */
#ifndef TESTS_FUZZ_SEQUENCES_H
#define TESTS_FUZZ_SEQUENCES_H

#include "base/bytes.h"
#include "router/ddm/client.h"
#include "sim/support/fake_host.h"

#define HANDLES  8u
#define REQUESTS 64u
#define HELD     64u
#define ASKED    16u

struct sequence {
    struct fake_host f; /* first: on_action gets it */
    struct router *r;
    struct reader in;

    handle_t32 interfaces[HANDLES], servers[HANDLES];
    handle_t32 protocol; /* of the last call */
    host_event next_event;
    size_t open_events; /* given to the router and not closed by it */

    struct request requests[REQUESTS];
    bool accepted[REQUESTS];
    unsigned completed[REQUESTS];
    size_t used_requests;

    handle_t32 clients[HANDLES];
    struct admission *asked[ASKED]; /* and not answered yet */
    size_t asked_count;

    struct protocol_call *held[HELD];
    size_t held_count;
    mpr_status answer; /* of calls that are answered at once */
    bool hold;
};

/* Reads one operation and carries it out. */
void sequence_step(struct sequence *s);
/* The operations of clients, ports and connections (sequences_clients.c). */
void sequence_client(struct sequence *s, uint8_t what);

#endif
