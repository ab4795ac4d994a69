/* A router that is driven by bytes: each operation is one octet and the arguments that it reads
 * behind it. Shared by the operations (sequences_ops.c, _clients.c, _neighbour.c, _mib.c, _hold.c)
 * and the harness (sequences_fuzz.c). */
#ifndef TESTS_FUZZ_SEQUENCES_H
#define TESTS_FUZZ_SEQUENCES_H

#include <string.h>

#include "base/bytes.h"
#include "protocol/rip/packet.h"
#include "router/ddm/client.h"
#include "router/mib/rm_mib.h"
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

    uint8_t neighbour; /* how many routes it has, and how it speaks; 0: it is silent */
    uint32_t sequence; /* of its packets, for MD5 */
    struct rip_auth auth;
};

/* Reads one operation and carries it out. */
void sequence_step(struct sequence *s);
/* The operations of clients, ports and connections (sequences_clients.c). */
void sequence_client(struct sequence *s, uint8_t what);
/* RIP's blocks and static routes, for the transport or an interface (sequences_neighbour.c). */
void sequence_rip(struct sequence *s, handle_t32 interface);
void sequence_neighbour(struct sequence *s);
/* In struct router_host: answers requests. */
void sequence_sent(void *context, const struct protocol_datagram *d);
/* One question to the MIB (sequences_mib.c). */
void sequence_mib(struct sequence *s);
/* The host's table and dial on demand (sequences_hold.c). */
void sequence_hold(struct sequence *s);

#endif
