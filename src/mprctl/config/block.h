/* Information blocks: what a router manager and its protocols know of the router as a whole and of
 * an interface (RTR_INFO_BLOCK_HEADER, MprInfo functions).
 *
 * Reading asks the running router, else the stored configuration. Writing changes both, so that
 * what is set counts now and stays.
 */
#ifndef MPRCTL_BLOCK_H
#define MPRCTL_BLOCK_H

#include "mprctl/target.h"

/* Types of blocks that mprctl has words for. */
#define BLOCK_GLOBAL   0xFFFF0003u /* IP_GLOBAL_INFO */
#define BLOCK_GLOBAL6  0xFFFF000Fu /* IPV6_GLOBAL_INFO */
#define BLOCK_ROUTES   0xFFFF0005u /* IP_ROUTE_INFO */
#define BLOCK_PRIORITY 0xFFFF0006u /* IP_PROT_PRIORITY_INFO */
#define BLOCK_RIP      8u          /* MS_IP_RIP */

struct block {
    DWORD item_size, count;
    BYTE *data; /* free(); item_size * count octets */
};

/* Where a block is: in the information of a transport for an interface, or (target NULL) for all.
 */
struct place {
    struct target *target;
    DWORD transport; /* PID_IP, PID_IPV6 */
};

/* The whole information; MprInfoDelete. NULL and NO_ERROR: there is none. */
DWORD block_information(struct session *s, const struct place *place, LPVOID *ret);
/* The same of the stored configuration alone. */
DWORD block_information_stored(struct session *s, const struct place *place, LPVOID *ret);
/* ERROR_NOT_FOUND: no such block. */
DWORD block_get(struct session *s, const struct place *place, DWORD type, struct block *ret);
/* A block of no octets is removed. Puts the transport on the interface if it is not there. */
DWORD block_set(struct session *s, const struct place *place, DWORD type,
                const struct block *block);
/* Puts the transport on the interface, or installs the router manager, with the blocks given. */
DWORD block_add_transport(struct session *s, const struct place *place);
/* Types of an information in their order; free(). */
DWORD *block_types(LPVOID header, DWORD *ret_count);
DWORD block_find(LPVOID header, DWORD type, struct block *ret);

/* "ip" or "ipv6" of a call's parameter transport; PID_IP when it was not given. */
DWORD transport_of(const struct call *call);
const char *transport_name(DWORD transport);
#define TRANSPORT_CHOICES "ip|ipv6"

#endif
