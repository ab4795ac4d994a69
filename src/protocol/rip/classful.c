/* What version 1 knows of networks: classes instead of masks.
 *
 * Version 1 can't tell masks. There, and where IC_ProtocolFlags asks for it in version 2, the
 * subnets of a network that the interface is not on are announced as that network, once, with the
 * metric of the nearest subnet.
 */
#include "protocol/rip/internal.h"

uint32_t rip_class_mask(uint32_t address)
{
    if (address < 0x80000000u) return 0xFF000000u;
    return address < 0xC0000000u ? 0xFFFF0000u : 0xFFFFFF00u;
}

/* The mask that the link's own subnets of that class network have; the network's when there are
 * none. A link that spans several class networks tells nothing about subnets of one. */
static uint32_t subnet_mask(const struct rip_interface *i, uint32_t address, uint32_t class_mask)
{
    for (uint32_t k = 0; k < i->binding.count; k++) {
        uint32_t mask = i->binding.local[k].mask;

        if (((i->binding.local[k].address ^ address) & class_mask) == 0 && mask > class_mask) {
            return mask;
        }
    }
    return class_mask;
}

uint32_t rip_implied_mask(const struct rip_interface *i, uint32_t address)
{
    uint32_t class_mask = rip_class_mask(address), mask;

    if (address == 0) return 0;
    if ((address & ~class_mask) == 0) return class_mask;
    mask = subnet_mask(i, address, class_mask);
    return address & ~mask ? UINT32_MAX : mask;
}

/* ---- networks in place of their subnets ------------------------------------------------------
 *
 * Which subnet is the nearest is known only when all have been looked at, which can be many. So the
 * networks are noted, and looked through in portions.
 */

static void summaries_note(struct rip_summaries *s, uint32_t net)
{
    unsigned k = s->begun ? 1 : 0; /* the first has been looked at before the change */

    while (k < s->count && s->nets[k] != net) k++;
    if (k == s->count && k < RIP_SUMMARIES) s->nets[s->count++] = net;
}

static void summaries_shift(struct rip_summaries *s)
{
    s->count--;
    s->begun = false;
    for (unsigned k = 0; k < s->count; k++) s->nets[k] = s->nets[k + 1];
}

/* The next subnet of the first network; NULL: there is no other, *ret_over, or no route to it. */
static const struct rtm_route *next_subnet(struct rtm *t, struct rip_summaries *s, bool *ret_over)
{
    uint32_t net = s->nets[0], mask = rip_class_mask(net);
    const struct rtm_route *route;

    *ret_over = false;
    if (!s->begun) {
        s->begun = true;
        s->at = rtm_prefix_ipv4(net, mask);
        s->least = 0;
        return rtm_best_exact(t, &s->at);
    }
    route = rtm_next(t, &s->at, false, NULL);
    *ret_over = !route || (rtm_ipv4(&s->at.address) & mask) != net;
    return *ret_over ? NULL : route;
}

/* Whether the first network has been looked through. */
static bool look_through(struct rip_interface *i, struct rip_summaries *s, unsigned *looked,
                         unsigned most)
{
    bool over = false;

    while (!over && *looked < most) {
        const struct rtm_route *route = next_subnet(i->rip->support->rtm, s, &over);
        uint32_t metric = route ? rip_announced_metric(i, &s->at, route, true) : 0;

        if (metric && (!s->least || metric < s->least)) s->least = metric;
        ++*looked;
        i->rip->work++;
    }
    return over;
}

static struct rip_summaries *summaries_of(const struct rip_announcement *a)
{
    return &((struct rip_out *)a->out)->summaries;
}

static void emit_summary(struct rip_interface *i, struct rip_announcement *a)
{
    struct rip_summaries *s = summaries_of(a);
    struct rip_advert e = {.prefix = rtm_prefix_ipv4(s->nets[0], rip_class_mask(s->nets[0])),
                           .tag = i->config.tag,
                           .metric = s->begun && s->least ? s->least : RIP_INFINITY};

    rip_announce_entry(i, a, &e);
    summaries_shift(s);
}

/* Without a look at subnets: a farewell has one metric for all. */
void rip_summaries_end(struct rip_interface *i, struct rip_announcement *a)
{
    while (summaries_of(a)->count) emit_summary(i, a);
}

bool rip_summaries_tell(struct rip_interface *i, struct rip_announcement *a, unsigned *looked,
                        unsigned most)
{
    struct rip_summaries *s = summaries_of(a);

    if (a->content == RIP_FAREWELL) rip_summaries_end(i, a);
    while (s->count) {
        if (!look_through(i, s, looked, most)) return false;
        emit_summary(i, a);
    }
    return true;
}

void rip_summaries_begin(struct rip_announcement *a)
{
    struct rip_summaries *s = summaries_of(a);

    s->count = 0;
    s->begun = false;
}

bool rip_summaries_wait(const struct rip_announcement *a)
{
    return summaries_of(a)->count == RIP_SUMMARIES;
}

/* ---- single destinations --------------------------------------------------------------------- */

enum form { AS_IT_IS, SUMMARISED, UNSPEAKABLE };

static bool is_on_network(const struct rip_interface *i, uint32_t address, uint32_t class_mask)
{
    for (uint32_t k = 0; k < i->binding.count; k++) {
        if (((i->binding.local[k].address ^ address) & class_mask) == 0) return true;
    }
    return false;
}

/* Version 1 tells what its readers take for the same destination. */
static enum form classful_form(const struct rip_interface *i, uint32_t address, uint32_t mask)
{
    uint32_t class_mask = rip_class_mask(address);

    if (mask && mask < class_mask) return UNSPEAKABLE;
    if (mask == 0 || mask == UINT32_MAX || is_on_network(i, address, class_mask)) {
        return rip_implied_mask(i, address) == mask ? AS_IT_IS : UNSPEAKABLE;
    }
    return SUMMARISED;
}

static enum form form_of(const struct rip_interface *i, const struct rip_announcement *a,
                         uint32_t address, uint32_t mask)
{
    uint32_t class_mask = rip_class_mask(address);

    if (a->target.version == 1) return classful_form(i, address, mask);
    if (i->config.flags & RIP_NO_SUBNET_SUMMARY || mask < class_mask || mask == UINT32_MAX) {
        return AS_IT_IS;
    }
    return is_on_network(i, address, class_mask) ? AS_IT_IS : SUMMARISED;
}

bool rip_summarise(struct rip_interface *i, struct rip_announcement *a,
                   const struct rtm_prefix *prefix)
{
    uint32_t address = rtm_ipv4(&prefix->address);
    enum form form = form_of(i, a, address, rtm_length_mask(prefix->length));

    if (form != SUMMARISED) return form == UNSPEAKABLE;
    summaries_note(summaries_of(a), address & rip_class_mask(address));
    if (a->content == RIP_FAREWELL && rip_summaries_wait(a)) rip_summaries_end(i, a);
    return true;
}
