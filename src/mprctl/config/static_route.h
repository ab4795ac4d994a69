/* Static routes of an interface: its block IP_ROUTE_INFO. */
#ifndef MPRCTL_STATIC_ROUTE_H
#define MPRCTL_STATIC_ROUTE_H

#include "mprctl/config/block.h"
#include "mprctl/config/rows.h"

struct routes {
    struct route_row *rows; /* free() */
    size_t count;
};

/* The rows of a block; those of the layout before Windows Server 2008 are brought to the newer one.
 * ERROR_INVALID_DATA: neither layout. */
DWORD routes_of(const struct block *block, struct routes *ret);
/* The parameters with which static-routes add makes this row anew, behind the interface's name;
 * false when none do. */
bool route_words(const struct route_row *row, struct text *out);
/* The destination and the next hop as text; ADDRESS_TEXT octets each. next_hop "": on the link. */
void route_texts(const struct route_row *row, char *dest, char *next_hop);

#endif
