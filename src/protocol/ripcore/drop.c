/* Counting what is ignored. */
#include "protocol/ripcore/drop.h"

#include "base/address_text.h"
#include "base/trace.h"
#include "protocol/ripcore/ripcore.h"

const char *rip_drop_text(enum rip_drop reason)
{
    static const char *const texts[] = {
#define RIP_DROP_TEXT(name, text) text,
        RIP_DROP_TABLE(RIP_DROP_TEXT)
#undef RIP_DROP_TEXT
    };

    return (unsigned)reason < RIP_DROP_COUNT ? texts[reason] : "is fine";
}

uint64_t rip_drop_count(const struct protocol_instance *p, enum rip_drop reason)
{
    return (unsigned)reason < RIP_DROP_COUNT ? p->drops[reason] : 0;
}

/* Ignoring on purpose is no fault of the neighbour's and does not count as bad. */
static bool is_bad_entry(enum rip_drop reason)
{
    return reason >= RIP_DROP_ENTRY_FAMILY && reason <= RIP_DROP_ENTRY_HOST_BITS;
}

static bool is_bad_packet(enum rip_drop reason)
{
    return reason >= RIP_DROP_TOO_SHORT && reason <= RIP_DROP_SOURCE_PORT &&
           reason != RIP_DROP_ACCEPT_OFF;
}

static struct address_text text_of_source(const struct protocol_datagram *d)
{
    const struct rtm_address source = rip_source(d);

    return address_text(source.octets, d->ipv6 ? RTM_IPV6 : RTM_IPV4);
}

void rip_drop(struct rip_interface *i, struct rip_peer *peer, enum rip_drop reason,
              const struct protocol_datagram *d)
{
    i->rip->drops[reason]++;
    if (is_bad_packet(reason)) {
        i->stats.bad_packets++;
        if (peer) peer->bad_packets++;
    } else if (is_bad_entry(reason)) {
        i->stats.bad_entries++;
        if (peer) peer->bad_entries++;
    }
    TRACE(DEBUG, "%s: interface %u: packet of %s %s", i->rip->family->name, (unsigned)i->index,
          text_of_source(d).text, rip_drop_text(reason));
}
