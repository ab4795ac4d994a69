/* The MIB: what MprAdminMIBEntry* and the MIBEntry* functions of hosted protocols come to.
 *
 * A question is put to a router manager (transport) and in it to the manager itself (routing pid
 * MIB_PID_MANAGER) or to a hosted protocol. The manager is asked with a MIB_OPAQUE_QUERY and
 * answers with a MIB_OPAQUE_INFO (iprtrmib.h; MS-RRASM 2.2.1.2.51 ff.); what a protocol is asked
 * with and answers is its own business.
 *
 *     struct mib_ask ask = {.op = MIB_GET_NEXT, .transport = ..., .in = ..., .in_size = ...};
 *     source = router_mib_source(&ask);            which table of the host it takes
 *     ... read it, without the lock; router_mib_map, mib_rows_prepare ...
 *     status = router_mib(r, &ask, request);       ask.out is the answer; or, when
 *     status = router_mib_read(r, &ask);           router_mib_only_reads(&ask)
 *
 * The core has no way to the host's tables: whoever asks brings the rows, read before entering, so
 * that no system call is made under the lock.
 *
 * Interfaces are named by the router's index (struct interface_info), as in route blocks and to
 * hosted protocols; the host's indexes are replaced when rows are prepared.
 */
#ifndef MPR_ROUTER_RM_MIB_H
#define MPR_ROUTER_RM_MIB_H

#include "router/router.h"

#define MIB_PID_MANAGER 10000u      /* IPRTRMGR_PID */
#define MIB_IN_MAX      (16u << 20) /* octets of an input */

/* The first three are numbered as protocol.h has them for mib_get. */
enum mib_op { MIB_GET, MIB_GET_FIRST, MIB_GET_NEXT, MIB_CREATE, MIB_DELETE, MIB_SET };

/* Tables and figures of the host. Rows have the layout of the structure named. */
enum mib_source {
    MIB_SOURCE_NONE,
    MIB_SOURCE_IF,        /* MIB_IFROW */
    MIB_SOURCE_ADDRESS,   /* MIB_IPADDRROW */
    MIB_SOURCE_FORWARD,   /* MIB_IPFORWARDROW */
    MIB_SOURCE_NEIGHBOUR, /* MIB_IPNETROW */
    MIB_SOURCE_TCP,       /* MIB_TCPROW */
    MIB_SOURCE_UDP,       /* MIB_UDPROW */
    MIB_SOURCE_IP_STATS,  /* MIB_IPSTATS, and so on: one row */
    MIB_SOURCE_ICMP_STATS,
    MIB_SOURCE_TCP_STATS,
    MIB_SOURCE_UDP_STATS,
    MIB_SOURCE_IP6_STATS, /* the same structures, of IPv6 */
    MIB_SOURCE_TCP6_STATS,
    MIB_SOURCE_UDP6_STATS,
    MIB_SOURCES
};

struct mib_rows {
    enum mib_source source;
    uint8_t *data; /* mem_alloc'd */
    size_t count;
};

/* Octets of a row; 0 for MIB_SOURCE_NONE. */
size_t mib_row_size(enum mib_source source);
void mib_rows_free(struct mib_rows *rows);

/* Host index to router index, for all interfaces that have an adapter now. */
struct mib_map {
    struct mib_pair {
        uint32_t host, own;
    } * pairs; /* ascending by host */
    size_t count;
};
/* ST_NOT_ENOUGH_MEMORY. */
mpr_status router_mib_map(const struct router *r, struct mib_map *ret);
void mib_map_free(struct mib_map *map);
/* Names interfaces by the router's index (0: an adapter that the router does not know yet) and
 * sorts in the order of SNMP: by the index DWORDs of the row's query, addresses and ports by value.
 * Rows of MIB_SOURCE_IF keep the host's index. ST_NOT_ENOUGH_MEMORY: the rows are as they were. */
mpr_status mib_rows_prepare(struct mib_rows *rows, const struct mib_map *map);

/* Where a walk of IPv6 routes by row number is, so that each step is a short one. It is a hint: any
 * is right, also that of a former router. */
struct mib_cursor {
    uint32_t number; /* of the row, from 1; 0: none */
    struct rtm_prefix prefix;
    size_t nth; /* of the destination's routes */
};

struct mib_ask {
    enum mib_op op;
    uint32_t transport, routing_pid;
    const void *in;
    size_t in_size;
    const struct mib_rows *host; /* prepared, of router_mib_source; NULL if that is NONE */
    mpr_status host_status;      /* the rows could not be read */
    handle_t32 caller;           /* the hosted protocol on whose thread the question is put, or 0 */
    struct mib_cursor walk;      /* in, out: of whoever asks again and again */
    /* out */
    struct blob out;  /* mem_alloc'd; empty unless ST_OK */
    bool from_module; /* the status is what a hosted protocol said */
};

/* The host's table that the answer is made of. */
enum mib_source router_mib_source(const struct mib_ask *ask);

/* Puts the question. In this order:
 *   ST_UNKNOWN_PROTOCOL_ID     no such router manager
 *   ST_CAN_NOT_COMPLETE        no such hosted protocol, or it does not run; it waits for the caller
 *   ST_INVALID_PARAMETER       no input, too short a one, or too few index DWORDs; bad values
 *   ST_NOT_SUPPORTED           the manager does not have that variable or operation on it
 *   ST_NOT_FOUND               Get, Delete: no such row
 *   ST_NO_MORE_ITEMS           GetFirst, GetNext: at the end of the table
 *   ST_NO_SUCH_INTERFACE, ST_INTERFACE_NOT_CONNECTED, ST_ALREADY_EXISTS   Create, Set of a route
 *   ST_NOT_ENOUGH_MEMORY
 * or what a hosted protocol says. ST_PENDING: a foreign protocol is asked; request (not NULL) is
 * completed when it has answered (ST_TIMEOUT, ...), and ask must live until then. */
mpr_status router_mib(struct router *r, struct mib_ask *ask, struct request *request);
/* Whether a question is one to the router manager that changes nothing; and the same for such ones,
 * with which others may be put at the same time. */
bool router_mib_only_reads(const struct mib_ask *ask);
mpr_status router_mib_read(const struct router *r, struct mib_ask *ask);

/* The answer to CALL_MIB. */
struct protocol_call;
void hosted_mib_answered(struct protocol_call *call);

/* ---- Within the router ---------------------------------------------------------------------- */

struct mib_query;

/* Makes ask->out a MIB_OPAQUE_INFO with size octets of zeroed data, and gives a writer for them.
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status mib_reply(struct mib_query *q, size_t size, struct writer *ret);
/* The value of an address DWORD, which is in network order in memory. */
uint32_t mib_address(uint32_t dword);
/* What Get says to a row that is not there, and GetFirst and GetNext at the end. */
mpr_status mib_absent(const struct mib_query *q);

#endif
