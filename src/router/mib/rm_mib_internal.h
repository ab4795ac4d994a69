/* What the files of the MIB share.
 *
 *   rm_mib.c             the table of variables; router_mib
 *   rm_mib_rows.c        rows of the host: layout, order, finding
 *   rm_mib_interfaces.c  interfaces: IF_TABLE, IF_ROW, IF_STATUS
 *   rm_mib_routes.c      the route table: DEST_*, ROUTE_*, BEST_*; rm_mib_routes6.c that of IPv6
 *   rm_mib_change.c      Create, Delete, Set
 *   rm_mib_hosted.c      passing on to protocols
 */
#ifndef MPR_ROUTER_RM_MIB_INTERNAL_H
#define MPR_ROUTER_RM_MIB_INTERNAL_H

#include "router/mib/rm_mib.h"
#include "router/state.h"

/* dwVarId: the variables of iprtrmib.h. */
enum mib_variable_id {
    VAR_IF_NUMBER,
    VAR_IF_TABLE,
    VAR_IF_ROW,
    VAR_IP_STATS,
    VAR_IP_ADDRTABLE,
    VAR_IP_ADDRROW,
    VAR_IP_FORWARDNUMBER,
    VAR_IP_FORWARDTABLE,
    VAR_IP_FORWARDROW,
    VAR_IP_NETTABLE,
    VAR_IP_NETROW,
    VAR_ICMP_STATS,
    VAR_TCP_STATS,
    VAR_TCP_TABLE,
    VAR_TCP_ROW,
    VAR_UDP_STATS,
    VAR_UDP_TABLE,
    VAR_UDP_ROW,
    VAR_MCAST_MFE,
    VAR_MCAST_MFE_STATS,
    VAR_BEST_IF,
    VAR_BEST_ROUTE,
    VAR_PROXY_ARP,
    VAR_MCAST_IF_ENTRY,
    VAR_MCAST_GLOBAL,
    VAR_IF_STATUS,
    VAR_MCAST_BOUNDARY,
    VAR_MCAST_SCOPE,
    VAR_DEST_MATCHING,
    VAR_DEST_LONGER,
    VAR_DEST_SHORTER,
    VAR_ROUTE_MATCHING,
    VAR_ROUTE_LONGER,
    VAR_ROUTE_SHORTER,
    VAR_ROUTE_STATE,
    VAR_MCAST_MFE_STATS_EX,
    VAR_IP6_STATS,
    VAR_UDP6_STATS,
    VAR_TCP6_STATS
};

#define MIB_INFO_HEAD 8u /* offset of the data in MIB_OPAQUE_INFO */
#define MIB_INDEX_MAX 6u
#define MIB_IF_NAME   512u /* octets of wszName in MIB_IFROW */
#define MIB_IF_ADMIN  540u /* offset of dwAdminStatus */

struct mib_query;
typedef mpr_status mib_answer_fn(struct mib_query *q);

struct mib_variable {
    enum mib_variable_id id;
    /* SCALAR: one value, of which GetNext finds no other. ROW: answer does all three.
     * GET_ONLY: the operations that walk are not supported. */
    enum mib_kind { MIB_SCALAR, MIB_ROW, MIB_GET_ONLY } kind;
    uint8_t indices; /* index DWORDs that Get needs */
    enum mib_source source;
    mib_answer_fn *answer;
};

/* A question that was checked as far as the table says. */
struct mib_query {
    const struct router *router;
    const struct router_manager *manager;
    struct router_manager *changing; /* the same for Create, Delete, Set; else NULL */
    struct mib_ask *ask;
    const struct mib_variable *variable;
    uint32_t index[MIB_INDEX_MAX]; /* as little-endian DWORDs; those not given are 0 */
    size_t index_count;            /* given */
};

#endif
