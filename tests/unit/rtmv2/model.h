/* A plain model of what four clients and the router have made: arrays, searched from end to end. */
#ifndef TESTS_UNIT_RTMV2_MODEL_H
#define TESTS_UNIT_RTMV2_MODEL_H

#include "unit/rtmv2/support.h"

#define CLIENTS  4u
#define HOPS     6u
#define PREFIXES 10u
#define MAX      400u

struct model_hop {
    bool there, down;
    handle_t32 handle;          /* a reference of the model's, also to one that is deleted */
    uint32_t interface, remote; /* remote: another one's number + 1 */
    unsigned generation;        /* another one after it was deleted */
    unsigned remote_generation;
};

struct model_route {
    unsigned client, prefix, hop_count, hops[2], generations[2];
    bool other; /* of the router: client is its protocol, hops[0] its interface, hops[1] next hop */
    uint32_t preference, metric, flags, views;
    uint64_t born;
    handle_t32 handle;
};

struct model {
    handle_t32 entity[CLIENTS];
    struct model_hop hops[CLIENTS][HOPS];
    struct model_route routes[MAX];
    size_t count;
    uint64_t clock;
};

extern const struct rtm_prefix *model_prefixes(void);
bool model_better(const struct model_route *a, const struct model_route *b);
/* NULL: there is none. */
const struct model_route *model_best(const struct model *m, unsigned prefix, unsigned view);
unsigned model_count(const struct model *m, unsigned prefix, unsigned view);
/* Where the router's packets go by it. */
bool model_way(const struct model *m, const struct model_route *r, uint32_t *ret_interface,
               uint32_t *ret_address);
/* The client's route that the router's table has to this destination. */
const struct model_route *model_mirror(const struct model *m, unsigned client, unsigned prefix);
uint32_t model_hop_address(unsigned hop);

#endif
