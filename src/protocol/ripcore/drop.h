/* Why RIP or RIPng ignored a packet or an entry. Each reason has a counter and a test.
 *
 * Packet reasons come first; from ENTRY_FAMILY on they are about one entry of a packet whose other
 * entries are used (RFC 2453 3.9.2).
 */
#ifndef MPR_PROTOCOL_RIPCORE_DROP_H
#define MPR_PROTOCOL_RIPCORE_DROP_H

#include <stdint.h>

#include "protocol/protocol.h"

/* X(name, text) */
#define RIP_DROP_TABLE(X)                                                                      \
    X(NO_INTERFACE, "came in on no interface of RIP's")                                        \
    X(INACTIVE, "interface is not enabled or not bound")                                       \
    X(OWN_PACKET, "comes from one of our own addresses")                                       \
    X(OFF_LINK, "source is on no network of the interface")                                    \
    X(TOO_SHORT, "has no header")                                                              \
    X(TOO_LONG, "is longer than a packet may be")                                              \
    X(LENGTH, "is not a header and a number of whole entries")                                 \
    X(VERSION_0, "is of version 0")                                                            \
    X(VERSION, "is of a version that the interface does not accept")                           \
    X(COMMAND, "has an unknown command")                                                       \
    X(MUST_BE_ZERO, "is of version 1 and has something where zeros belong")                    \
    X(AUTH_MISSING, "is not authenticated")                                                    \
    X(AUTH_UNEXPECTED, "is authenticated, and the interface is not configured for it")         \
    X(AUTH_TYPE, "is authenticated in another way than configured")                            \
    X(AUTH_PASSWORD, "has the wrong password")                                                 \
    X(AUTH_FORM, "has an ill-formed MD5 entry or trailer")                                     \
    X(AUTH_DIGEST, "has the wrong MD5 digest")                                                 \
    X(AUTH_SEQUENCE, "has an MD5 sequence number lower than one seen")                         \
    X(ACCEPT_OFF, "is a response, and the interface accepts none")                             \
    X(SOURCE_SCOPE, "is a response from an address that is not link-local")                    \
    X(HOP_LIMIT, "is a response that may have been forwarded: its hop limit is not 255")       \
    X(SOURCE_PORT, "is a response from another port than RIP's")                               \
    X(PEER_FILTER, "is a response from a filtered neighbour")                                  \
    X(NOT_ASKED, "is a response on a demand interface without an update under way")            \
    X(ANNOUNCE_OFF, "is a request, and the interface announces nothing")                       \
    X(REQUEST_EMPTY, "is a request for nothing")                                               \
    X(REQUEST_BUSY, "is a request for the table, and too many are being answered")             \
    X(NO_MEMORY, "found no memory to remember its sender")                                     \
    X(ENTRY_FAMILY, "entry of another address family")                                         \
    X(ENTRY_METRIC, "entry with a metric that is not 1..16")                                   \
    X(ENTRY_ADDRESS, "entry for loopback, multicast or reserved addresses")                    \
    X(ENTRY_MASK, "entry whose mask is not contiguous")                                        \
    X(ENTRY_LENGTH, "entry with a prefix of more than 128 bits")                               \
    X(ENTRY_HOST_BITS, "entry with bits set outside its mask")                                 \
    X(ENTRY_OWN_NETWORK, "entry for a network or address of our own")                          \
    X(ENTRY_NEXT_HOP, "entry whose next hop is ourselves")                                     \
    X(ENTRY_HOST_ROUTE, "entry for a host, which the interface does not accept")               \
    X(ENTRY_DEFAULT_ROUTE, "entry for the default route, which the interface does not accept") \
    X(ENTRY_FILTER, "entry kept out by the accept filter")                                     \
    X(ENTRY_UNREACHABLE, "entry that is unreachable and was not known")                        \
    X(ENTRY_REFUSED, "entry that the router manager refused")                                  \
    X(ENTRY_LIMIT, "entry for a new route beyond the limit of routes")                         \
    X(ENTRY_NEIGHBOUR_LIMIT, "entry for a new route beyond the limit of one neighbour")        \
    X(ENTRY_NO_MEMORY, "entry that found no memory")

enum rip_drop {
#define RIP_DROP_ENUM(name, text) RIP_DROP_##name,
    RIP_DROP_TABLE(RIP_DROP_ENUM)
#undef RIP_DROP_ENUM
        RIP_DROP_COUNT,
    RIP_KEEP = RIP_DROP_COUNT, /* no reason to drop */
    RIP_ENTRY_NONE             /* nor is it a route: it says something about those behind it */
};

const char *rip_drop_text(enum rip_drop reason);
uint64_t rip_drop_count(const struct protocol_instance *p, enum rip_drop reason);

#endif
