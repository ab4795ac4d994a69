/* One function a kind of object: the fixed part, then the attributes that count. */
#include "hostroutes/linux/host_object.h"

#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <string.h>
#include <sys/socket.h>

static uint8_t operation_of(const struct netlink_message *m, uint16_t deleted)
{
    return m->header.nlmsg_type == deleted ? HR_DELETE : HR_PUT;
}

/* 0: another family. */
static uint8_t family_of(unsigned family)
{
    if (family == AF_INET) return HR_IPV4;
    return family == AF_INET6 ? HR_IPV6 : 0;
}

static void copy_address(uint8_t target[16], const struct netlink_attribute *a, uint8_t family)
{
    if (a->size == family) memcpy(target, a->data, family);
}

static uint8_t copy_link_address(uint8_t *target, const struct netlink_attribute *a)
{
    size_t size = a->size < HR_LINK_ADDR_MAX ? a->size : HR_LINK_ADDR_MAX;

    memcpy(target, a->data, size);
    return (uint8_t)size;
}

static void copy_name(char target[HR_NAME_MAX + 1], const struct netlink_attribute *a)
{
    size_t size = a->size < HR_NAME_MAX ? a->size : HR_NAME_MAX;

    memcpy(target, a->data, size); /* an attribute has the zero, and a longer one is cut */
}

/* ---- links ---------------------------------------------------------------------------------- */

static bool read_link(const struct netlink_message *m, struct host_object *ret)
{
    struct netlink_attribute a;
    struct hr_link *l = &ret->u.link;
    struct ifinfomsg body;
    size_t at = 0;

    /* AF_BRIDGE tells of a port of a bridge; the link itself has AF_UNSPEC. */
    if (!netlink_body(m, &body, sizeof(body)) || body.ifi_family != AF_UNSPEC) return false;
    ret->type = HR_LINK;
    l->operation = operation_of(m, RTM_DELLINK);
    l->hardware = body.ifi_type;
    l->index = (uint32_t)body.ifi_index;
    l->flags = body.ifi_flags;
    while (netlink_attribute_next(m, sizeof(body), &at, &a)) {
        if (a.type == IFLA_IFNAME) copy_name(l->name, &a);
        if (a.type == IFLA_MTU) l->mtu = netlink_u32(&a);
        if (a.type == IFLA_ADDRESS) l->address_size = copy_link_address(l->address, &a);
    }
    return l->name[0] && l->index;
}

/* ---- addresses ------------------------------------------------------------------------------ */

/* IFA_LOCAL is there with a peer, and always in IPv4; IFA_ADDRESS is the peer then. */
static bool read_address(const struct netlink_message *m, struct host_object *ret)
{
    struct hr_address *address = &ret->u.address;
    struct netlink_attribute a;
    struct ifaddrmsg body;
    bool has_local = false;
    size_t at = 0;

    if (!netlink_body(m, &body, sizeof(body)) || !family_of(body.ifa_family)) return false;
    ret->type = HR_ADDRESS;
    address->operation = operation_of(m, RTM_DELADDR);
    address->family = family_of(body.ifa_family);
    address->length = body.ifa_prefixlen;
    address->scope = body.ifa_scope;
    address->index = body.ifa_index;
    address->flags = body.ifa_flags;
    while (netlink_attribute_next(m, sizeof(body), &at, &a)) {
        if (a.type == IFA_FLAGS) address->flags = netlink_u32(&a);
        if (a.type == IFA_ADDRESS) copy_address(address->peer, &a, address->family);
        if (a.type == IFA_LOCAL) {
            copy_address(address->local, &a, address->family);
            has_local = true;
        }
    }
    if (!has_local) memcpy(address->local, address->peer, sizeof(address->local));
    return address->index && address->length <= address->family * 8u;
}

/* ---- neighbours ----------------------------------------------------------------------------- */

static bool read_neighbour(const struct netlink_message *m, struct host_object *ret)
{
    struct hr_neighbour *n = &ret->u.neighbour;
    struct netlink_attribute a;
    struct ndmsg body;
    size_t at = 0;

    if (!netlink_body(m, &body, sizeof(body)) || !family_of(body.ndm_family)) return false;
    if (body.ndm_ifindex <= 0 || body.ndm_state & NUD_NOARP) return false;
    ret->type = HR_NEIGHBOUR;
    n->operation = operation_of(m, RTM_DELNEIGH);
    n->family = family_of(body.ndm_family);
    n->state = body.ndm_state;
    n->index = (uint32_t)body.ndm_ifindex;
    while (netlink_attribute_next(m, sizeof(body), &at, &a)) {
        if (a.type == NDA_DST) copy_address(n->address, &a, n->family);
        if (a.type == NDA_LLADDR) n->address_size = copy_link_address(n->link_address, &a);
    }
    return true;
}

/* ---- routes --------------------------------------------------------------------------------- */

static bool read_route_body(const struct netlink_message *m, struct rtmsg *body)
{
    return netlink_body(m, body, sizeof(*body)) && family_of(body->rtm_family) &&
           body->rtm_type == RTN_UNICAST && !(body->rtm_flags & RTM_F_CLONED) &&
           !body->rtm_src_len && !body->rtm_tos;
}

static void read_route_attribute(struct host_object *ret, const struct netlink_attribute *a)
{
    struct hr_route *route = &ret->u.change.route;

    switch (a->type) {
    case RTA_DST:
        copy_address(route->destination, a, route->family);
        break;
    case RTA_GATEWAY:
        copy_address(route->next_hop, a, route->family);
        break;
    case RTA_OIF:
        route->interface = netlink_u32(a);
        break;
    case RTA_PRIORITY:
        route->metric = netlink_u32(a);
        break;
    case RTA_TABLE:
        ret->table = netlink_u32(a);
        break;
    case RTA_MULTIPATH:
    case RTA_VIA: /* a next hop of another family */
        ret->several = true;
        break;
    default:
        break;
    }
}

static bool read_route(const struct netlink_message *m, struct host_object *ret)
{
    struct hr_route *route = &ret->u.change.route;
    struct netlink_attribute a;
    struct rtmsg body;
    size_t at = 0;

    if (!read_route_body(m, &body)) return false;
    ret->type = HR_HOST_ROUTE;
    ret->table = body.rtm_table;
    ret->u.change.operation = operation_of(m, RTM_DELROUTE);
    route->family = family_of(body.rtm_family);
    route->length = body.rtm_dst_len;
    route->protocol = body.rtm_protocol;
    route->flags = body.rtm_flags & RTNH_F_ONLINK ? HR_ROUTE_ON_LINK : 0;
    while (netlink_attribute_next(m, sizeof(body), &at, &a)) read_route_attribute(ret, &a);
    if (ret->several) route->interface = 0;
    return hr_prefix_valid(route->family, route->length, route->destination);
}

bool host_object_read(const struct netlink_message *m, struct host_object *ret)
{
    memset(ret, 0, sizeof(*ret));
    switch (m->header.nlmsg_type) {
    case RTM_NEWLINK:
    case RTM_DELLINK:
        return read_link(m, ret);
    case RTM_NEWADDR:
    case RTM_DELADDR:
        return read_address(m, ret);
    case RTM_NEWNEIGH:
    case RTM_DELNEIGH:
        return read_neighbour(m, ret);
    case RTM_NEWROUTE:
    case RTM_DELROUTE:
        return read_route(m, ret);
    default:
        return false;
    }
}
