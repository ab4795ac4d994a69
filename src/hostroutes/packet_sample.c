#include "hostroutes/packet_sample.h"

#include <string.h>

#define AGAIN_MS 1000u
#define EACH_MS  10u /* of the allowance */

_Static_assert(SAMPLE_KNOWN > AGAIN_MS / EACH_MS + SAMPLE_BURST, "all of a second are known");

static bool same_packet(const struct hr_packet *a, const struct hr_packet *b)
{
    return a->family == b->family && a->protocol == b->protocol && a->flags == b->flags &&
           a->source_port == b->source_port && a->destination_port == b->destination_port &&
           !memcmp(a->source, b->source, sizeof(a->source)) &&
           !memcmp(a->destination, b->destination, sizeof(a->destination));
}

static bool told_lately(const struct packet_sample *s, const struct hr_packet *p, uint64_t now)
{
    for (unsigned n = 0; n < SAMPLE_KNOWN; n++) {
        if (s->known[n].told && now - s->known[n].told < AGAIN_MS &&
            same_packet(&s->known[n].packet, p))
            return true;
    }
    return false;
}

bool packet_sample_take(struct packet_sample *s, const struct hr_packet *p, uint64_t now)
{
    const uint64_t least = now - (uint64_t)SAMPLE_BURST * EACH_MS;

    if (told_lately(s, p, now)) return false;
    if (s->spent < least) s->spent = least;
    if (now - s->spent < EACH_MS) return false;
    s->spent += EACH_MS;
    s->known[s->next].packet = *p;
    s->known[s->next].told = now;
    s->next = (s->next + 1) % SAMPLE_KNOWN;
    return true;
}
