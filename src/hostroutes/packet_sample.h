/* Which packets of many are told: each once a second at most, and all together a hundred a second,
 * however many there are. */
#ifndef MPR_HOSTROUTES_PACKET_SAMPLE_H
#define MPR_HOSTROUTES_PACKET_SAMPLE_H

#include "hostroutes/message.h"

#define SAMPLE_KNOWN 128u
#define SAMPLE_BURST 16u

/* Zeroed memory is one that has told nothing. */
struct packet_sample {
    struct {
        struct hr_packet packet;
        uint64_t told;     /* ms; 0: never */
    } known[SAMPLE_KNOWN]; /* the last that were told, in a ring */
    unsigned next;
    uint64_t spent; /* ms up to which the allowance is used up */
};

/* Whether to tell of it. now: ms of a clock that began long ago and does not go back. */
bool packet_sample_take(struct packet_sample *s, const struct hr_packet *p, uint64_t now);

#endif
