/* Structures that <mprapi.h> and <rtinfo.h> speak of and mingw-w64 does not declare (ipriprm.h,
 * iprtrmib.h of the Platform SDK; MS-RRASM 2.2.1.2.14 ff.), and names of their numbers. Addresses
 * are in network order.
 */
#ifndef MPRCTL_ROWS_H
#define MPRCTL_ROWS_H

#include "mprctl/program.h"

/* INTERFACE_ROUTE_INFO: a static route of an interface. */
struct route4 {
    DWORD dest, mask, policy, next_hop, age, next_hop_as, metric[3], unused[3];
};
struct route6 {
    BYTE prefix[16];
    DWORD length;
    BYTE next_hop[16];
    DWORD valid_lifetime, flags, metric;
};
struct route_row {
    union {
        struct route4 v4;
        struct route6 v6;
    };
    DWORD if_index, type, proto, preference, view_set;
    BOOL is_v4;
};
C_ASSERT(sizeof(struct route_row) == 72);

/* MIB_IPDESTROW, of which mingw-w64's is a union of 12 octets in C. */
struct dest_row {
    DWORD dest, mask, policy, next_hop, if_index, type, proto, age, next_hop_as, metric[5];
    DWORD preference, view_set;
};
C_ASSERT(sizeof(struct dest_row) == 64);

/* IPRIP_GLOBAL_CONFIG; addresses of peers follow. */
struct rip_global {
    DWORD logging, receive_queue, send_queue, trigger_interval, peer_filter_mode, peer_count;
};
C_ASSERT(sizeof(struct rip_global) == 24);

/* IPRIP_IF_CONFIG; addresses of neighbours follow, then ranges to accept, then to announce. */
struct rip_interface {
    DWORD state, metric, update_mode, accept_mode, announce_mode, flags;
    DWORD expiration, removal, full_update, authentication;
    BYTE key[16];
    WORD tag;
    DWORD neighbour_mode, accept_filter_mode, announce_filter_mode;
    DWORD neighbour_count, accept_count, announce_count;
};
C_ASSERT(sizeof(struct rip_interface) == 84);

#define METRIC_UNUSED      0xFFFFFFFFu
#define PREFERENCE_DEFAULT 127u
#define PROTO_STATIC       10006u /* PROTO_IP_NT_STATIC */
#define PROTO_NON_DOD      10007u
#define PROTO_AUTOSTATIC   10002u

/* "rip", "static", ...; a number without a name as such. The buffer has PROTOCOL_TEXT octets. */
#define PROTOCOL_TEXT 16
#define PROTOCOL_CHOICES                                                                         \
    "other|local|netmgmt|icmp|egp|ggp|hello|rip|isis|esis|cisco|bbn|ospf|bgp|autostatic|static|" \
    "nondod|" VALUE_NUMBER
const char *protocol_name(DWORD protocol, char *buffer);
/* A name or number that fits PROTOCOL_CHOICES. */
DWORD protocol_number(const char *text);

/* Network order, which is that of the octets in memory, to the number of address.h, and back. */
DWORD swap_order(DWORD address);

#endif
