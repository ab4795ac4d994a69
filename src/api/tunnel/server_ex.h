/* The versioned server objects: MPR_SERVER_EX and MPR_SERVER_SET_CONFIG_EX in every layout.
 *
 * Whatever layout a caller has, the work is done on the newest one (struct server_tunnels); older
 * layouts lack members at the end of its parts, and what a layout lacks is neither read, checked
 * nor stored. Header.revision and Header.size choose the layout together (docs/COMPATIBILITY.md,
 * MprAdminServerGetInfoEx):
 *
 *   revision  layout     MPR_SERVER_EX (64/32)  MPR_SERVER_SET_CONFIG_EX (64/32)
 *   1         WIN7 EX0   128/108                112/92
 *   2         WIN8 EX0   160/124                144/108
 *   3         BLUE EX0   224/164                208/148
 *   3         WIN10 EX0  240/172                224/156   EX0 of a program built for Windows 10
 *   4         BLUE EX1   232/172                216/156
 *   5         WIN10 EX1  248/180                232/164
 *
 * Where the values are kept is said in win32/store: server_store.h and what it includes.
 */
#ifndef MPR_API_SERVER_EX_H
#define MPR_API_SERVER_EX_H

#include "api/api.h"

#include <mprapi_ext.h>

#include "win32/sys/no_interface_macro.h"
#include "win32/store/server_store.h"

typedef MPRAPI_TUNNEL_CONFIG_PARAMS1_WIN10 server_tunnels;

/* ERROR_SUCCESS_RESTART_REQUIRED; ERROR_SUCCESS_REBOOT_REQUIRED is miniport_store.h's. */
enum { SERVER_RESTART_REQUIRED = 3011 };

struct server_layout {
    UCHAR revision;
    USHORT server_size, set_size;         /* of the whole objects */
    USHORT pptp, l2tp, sstp, gre;         /* offsets in ConfigParams; IKEv2 is at 0, gre 0: none */
    USHORT ike_size, l2tp_size, gre_size; /* bytes of these parts */
};

/* Whether a layout has a member of the IKEv2 or L2TP part. */
#define IKE_HAS(layout, member) \
    ((layout)->ike_size > offsetof(IKEV2_CONFIG_PARAMS_WIN10, TunnelConfigParams.member))
#define L2TP_HAS(layout, member) \
    ((layout)->l2tp_size > offsetof(L2TP_CONFIG_PARAMS1_WIN10, TunnelConfigParams.member))

/* ---- layouts (server_ex_layout.c) ------------------------------------------------------------ */

/* TUNNEL_HAS_... bits of what the layout's IKEv2 and L2TP parts have. */
unsigned server_layout_ike_parts(const struct server_layout *layout);
unsigned server_layout_l2tp_parts(const struct server_layout *layout);
/* The layout of an object of that type (MPRAPI_OBJECT_TYPE_...); NULL: wrong type, unknown revision
 * or a size that is not the revision's. */
const struct server_layout *server_layout_find(const void *object, UCHAR type);
void server_tunnels_gather(const struct server_layout *layout, const void *object,
                           server_tunnels *ret);
/* Fills ConfigParams of an MPR_SERVER_EX. */
void server_tunnels_scatter(const struct server_layout *layout, const server_tunnels *tunnels,
                            void *object);

/* ---- values --------------------------------------------------------------------------------- */

/* The stored values (server_ex_read.c). What members point to is memory for the caller of the API;
 * an array and what it points to are one allocation. On failure nothing is left allocated. */
mpr_status server_tunnels_read(const struct server_layout *layout, server_tunnels *ret);
void server_tunnels_free(server_tunnels *tunnels);

/* ST_OK or ST_INVALID_PARAMETER: protocols has unknown bits or those of a protocol that the layout
 * lacks, or a selected block has a value that its page does not allow (server_ex_check.c). */
mpr_status server_tunnels_check(const struct server_layout *layout, DWORD protocols,
                                const server_tunnels *tunnels);
/* Stores the selected blocks, which were checked (server_ex_write.c). SERVER_REBOOT_REQUIRED: more
 * ports than this start allows; SERVER_RESTART_REQUIRED: IKEv2 or SSTP values were stored, which
 * count from the next start on (MS-RRASM 3.1.4.47). */
mpr_status server_tunnels_write(const struct server_layout *layout, DWORD protocols,
                                const server_tunnels *tunnels);

/* Bits of dwTunnelConfigParamFlags that the block of ports is applied by: a block without the flag
 * and without ports leaves the ports alone, too (page of IKEV2_CONFIG_PARAMS). */
static inline bool ports_given(DWORD tunnel_flags, DWORD count)
{
    return tunnel_flags || count;
}

/* ---- the whole functions, for MprAdmin and MprConfig (server_ex_object.c) -------------------- */

/* object of the caller; info NULL: of a router that does not run. ST_INVALID_PARAMETER: NULL, or
 * no layout. */
mpr_status server_ex_get(void *object, const struct server_info *info);
mpr_status server_ex_set(const void *object);
/* Whether the stored configuration is that of a router for LANs only. */
bool server_ex_lan_only(void);
/* Ports of all kinds together, as stored. */
DWORD server_ex_total_ports(void);

#endif
