/* SUPPORT_FUNCTIONS, as far as the core has the answers.
 *
 * routprot.h says that every protocol must call ValidateRoute, which sets the preference and
 * "performs other validation", without saying which. Here it is that of the destination: one that
 * lies wholly in a range of addresses to which nothing is forwarded (RFC 1812 5.3.7, RFC 4291 2.4)
 * is refused. One that only contains such addresses, as a default route does, is not.
 */
#include "router/rm/hosted_support.h"

#include "infoblock/route_rows.h"
#include "router/ddm/ddm_api.h"
#include "router/dim/interface.h"
#include "router/rm/rm.h"

/* ---- DemandDialRequest ----------------------------------------------------------------------- */

mpr_status router_protocol_dial(struct router *r, uint32_t interface)
{
    struct interface *i = interface_by_index(r, interface);

    return i ? ddm_demand(r, i) : ST_INVALID_PARAMETER;
}

/* ---- ValidateRoute --------------------------------------------------------------------------- */

struct range {
    uint8_t octets[2], bits; /* bits of the first octets; those behind them are 0 */
};

static const struct range never4[] = {
    {{0}, 8},   /* this network */
    {{127}, 8}, /* loopback */
    {{224}, 4}, /* multicast */
};

static const struct range never6[] = {
    {{0xFE, 0x80}, 10}, /* link-local */
    {{0xFF}, 8},        /* multicast */
};

static bool is_within(const struct rtm_prefix *p, const struct range *range)
{
    for (unsigned bit = 0; bit < range->bits; bit++) {
        uint8_t differ = p->address.octets[bit / 8] ^ range->octets[bit / 8];

        if (differ & (0x80u >> bit % 8)) return false;
    }
    return p->length >= range->bits;
}

/* ::/128 and ::1/128. */
static bool is_host6_of_none(const struct rtm_prefix *p)
{
    for (unsigned n = 0; n < 15; n++) {
        if (p->address.octets[n]) return false;
    }
    return p->length == 128 && p->address.octets[15] <= 1;
}

static bool is_broadcast(const struct rtm_prefix *p)
{
    return p->length == 32 && rtm_ipv4(&p->address) == UINT32_MAX;
}

static bool is_forwarded(const struct rtm_prefix *p, bool ipv6)
{
    const struct range *ranges = ipv6 ? never6 : never4;
    size_t count = ipv6 ? sizeof(never6) / sizeof(*never6) : sizeof(never4) / sizeof(*never4);

    for (size_t n = 0; n < count; n++) {
        if (is_within(p, &ranges[n])) return false;
    }
    return ipv6 ? !is_host6_of_none(p) : !is_broadcast(p);
}

mpr_status hosted_validate(const struct router_manager *m, uint32_t protocol_id,
                           const struct rtm_prefix *destination, uint32_t *ret_preference)
{
    bool ipv6 = m->transport == TRANSPORT_IPV6;

    if (destination &&
        (destination->length > (ipv6 ? 128 : 32) || !is_forwarded(destination, ipv6)))
        return ST_INVALID_PARAMETER;
    *ret_preference = rm_preference(m, protocol_id);
    return ST_OK;
}

mpr_status router_protocol_validate(const struct router *r, uint32_t transport,
                                    uint32_t protocol_id, const struct rtm_prefix *destination,
                                    uint32_t *ret_preference)
{
    const struct router_manager *m = rm_find(r, transport);

    return m ? hosted_validate(m, protocol_id, destination, ret_preference) : ST_CAN_NOT_COMPLETE;
}

/* ---- GetRouterId ----------------------------------------------------------------------------- */

/* The highest address, as OSPF and BGP choose theirs; never that of the loopback interface. */
uint32_t router_id(const struct router *r)
{
    const struct interface *i;
    uint32_t id = 0;

    for (i = r->by_name; i; i = i->hh.next) {
        if (!i->has_binding || i->type == IF_LOOPBACK) continue;
        for (uint32_t n = 0; n < i->binding.count && n < BINDING_MAX_ADDRESSES; n++) {
            if (i->binding.local[n].address > id) id = i->binding.local[n].address;
        }
    }
    return id;
}
