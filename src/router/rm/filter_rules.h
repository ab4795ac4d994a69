/* Filters of an interface as commands of nft (nftables), one a line.
 *
 *     add chain inet TABLE in4_33_7                         of the list: IPv4, PID_IP, adapter 7
 *     add rule inet TABLE in4_33_7 ip saddr & 255.0.0.0 == 10.0.0.0 meta l4proto 6 accept
 *     add rule inet TABLE in4_33_7 drop                     what no filter matches
 *     add rule inet TABLE received iif 7 meta nfproto ipv4 jump in4_33_7
 *
 * In: all that the adapter receives, for this machine or for others, as it comes. Out: all that it
 * sends, before its source is translated. Fragments are dropped before anybody reassembles them;
 * where they are not, one that is not the first has no ports, and matches no filter that asks for
 * some.
 */
#ifndef MPR_ROUTER_FILTER_RULES_H
#define MPR_ROUTER_FILTER_RULES_H

#include "infoblock/filters.h"

/* Grows; what is written after it has failed for memory is lost. Zeroed memory is an empty one. */
struct filter_text {
    char *data; /* mem_alloc'd */
    size_t used, capacity;
    bool failed;
};

void filter_text_free(struct filter_text *t);

/* What the rules are for. */
struct filter_place {
    const char *table;
    uint32_t transport;
    uint32_t host_index;    /* of the adapter */
    uint32_t address, mask; /* its IPv4 address for late filters, host order; 0: none */
};

enum filter_direction { FILTER_IN, FILTER_OUT };

/* Makes the table anew, in the same transaction as what follows. */
void filter_rules_begin(struct filter_text *t, const char *table);
/* A list. Late addresses of IPv6 filters are not known: such a filter matches nothing. */
void filter_rules_list(struct filter_text *t, const struct filter_place *place,
                       enum filter_direction direction, const struct filter_list *list);
/* Fragments that the adapter receives are dropped. */
void filter_rules_fragments(struct filter_text *t, const struct filter_place *place,
                            enum filter_family family);

#endif
