/* Two sockets, so that events that come during a dump are not mixed up with it. They are joined to
 * the groups before the first dump: what changes in between is told twice, but never missed. */
#include "hostroutes/linux/monitor.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <sys/socket.h>

#define READS_AT_ONCE 64
#define DUMP_ATTEMPTS 10 /* while the kernel's tables change */

struct visitor {
    monitor_object_fn *fn;
    void *context;
};

static void visit(void *context, const struct netlink_message *m)
{
    const struct visitor *v = context;
    struct host_object object;

    if (host_object_read(m, &object)) v->fn(v->context, &object);
}

static int join(struct monitor *m)
{
    static const int always[] = {RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR};
    int error = 0;

    for (size_t i = 0; i < sizeof(always) / sizeof(*always) && !error; i++)
        error = netlink_join(&m->events, always[i]);
    if (!error && m->what & MONITOR_NEIGHBOURS) error = netlink_join(&m->events, RTNLGRP_NEIGH);
    if (!error && m->what & MONITOR_ROUTES) error = monitor_own_routes(m);
    return error;
}

int monitor_own_routes(struct monitor *m)
{
    int error = netlink_join(&m->events, RTNLGRP_IPV4_ROUTE);

    return error ? error : netlink_join(&m->events, RTNLGRP_IPV6_ROUTE);
}

int monitor_open(struct monitor *m, unsigned what, uint8_t protocol, uint32_t sender_port)
{
    int error;

    m->what = what;
    m->events.fd = m->dumps.fd = -1;
    error = netlink_open(&m->events);
    if (!error) error = netlink_open(&m->dumps);
    if (!error)
        error =
            netlink_filter_routes(&m->events, sender_port, protocol, (what & MONITOR_ROUTES) != 0);
    if (!error) error = join(m);
    if (error) monitor_close(m);
    return error;
}

void monitor_close(struct monitor *m)
{
    netlink_close(&m->events);
    netlink_close(&m->dumps);
}

int monitor_read(struct monitor *m, monitor_object_fn *fn, void *context)
{
    struct visitor v = {fn, context};
    int error = 0;

    for (int i = 0; i < READS_AT_ONCE && !error; i++)
        error = netlink_receive(&m->events, visit, &v);
    return error == EAGAIN ? 0 : error;
}

/* ---- dumps ---------------------------------------------------------------------------------- */

static int dump(struct monitor *m, uint16_t type, const void *body, size_t size, struct visitor *v)
{
    int error = EINTR;

    for (int i = 0; i < DUMP_ATTEMPTS && error == EINTR; i++)
        error = netlink_dump(&m->dumps, type, body, size, visit, v);
    return error == EINTR ? 0 : error; /* events will tell the rest */
}

static int dump_links(struct monitor *m, struct visitor *v)
{
    const struct ifinfomsg body = {.ifi_family = AF_UNSPEC};

    return dump(m, RTM_GETLINK, &body, sizeof(body), v);
}

static int dump_addresses(struct monitor *m, struct visitor *v)
{
    const struct ifaddrmsg body = {.ifa_family = AF_UNSPEC};

    return dump(m, RTM_GETADDR, &body, sizeof(body), v);
}

static int dump_neighbours(struct monitor *m, struct visitor *v)
{
    const struct ndmsg body = {.ndm_family = AF_UNSPEC};

    return dump(m, RTM_GETNEIGH, &body, sizeof(body), v);
}

static int dump_routes(struct monitor *m, struct visitor *v)
{
    struct rtmsg body = {.rtm_family = AF_INET};
    int error = dump(m, RTM_GETROUTE, &body, sizeof(body), v);

    body.rtm_family = AF_INET6;
    return error ? error : dump(m, RTM_GETROUTE, &body, sizeof(body), v);
}

int monitor_snapshot(struct monitor *m, monitor_object_fn *fn, void *context)
{
    struct visitor v = {fn, context};
    int error = dump_links(m, &v);

    if (!error) error = dump_addresses(m, &v);
    if (!error && m->what & MONITOR_NEIGHBOURS) error = dump_neighbours(m, &v);
    if (!error && m->what & MONITOR_ROUTES) error = dump_routes(m, &v);
    return error;
}

/* ---- routes of one's own --------------------------------------------------------------------- */

struct picker {
    struct visitor next;
    uint8_t protocol;
    uint32_t table;
};

/* The kernel has picked already, unless it is an old one. */
static void pick(void *context, const struct netlink_message *m)
{
    const struct picker *p = context;
    struct host_object object;

    if (host_object_read(m, &object) && object.type == HR_HOST_ROUTE &&
        object.u.change.route.protocol == p->protocol && object.table == p->table)
        p->next.fn(p->next.context, &object);
}

/* A kernel that has no IPv6 has none of its routes. */
int monitor_routes_of(struct monitor *m, uint8_t protocol, uint32_t table, monitor_object_fn *fn,
                      void *context)
{
    struct picker p = {{fn, context}, protocol, table};
    struct rtmsg body = {.rtm_family = AF_INET, .rtm_protocol = protocol};
    int error, error6;

    body.rtm_table = table < 256 ? (uint8_t)table : RT_TABLE_UNSPEC;
    error = netlink_dump(&m->dumps, RTM_GETROUTE, &body, sizeof(body), pick, &p);
    if (error && error != EINTR && error != ENOENT) return error;
    body.rtm_family = AF_INET6;
    error6 = netlink_dump(&m->dumps, RTM_GETROUTE, &body, sizeof(body), pick, &p);
    if (error6 == ENOENT || error6 == EOPNOTSUPP || error6 == EAFNOSUPPORT) error6 = 0;
    if (error6) return error6;
    return error == ENOENT ? 0 : error;
}
