/* See the header.
 *
 * An add never replaces (NLM_F_EXCL): the kernel's NLM_F_REPLACE takes the first route with the
 * same prefix and metric, whoever's it is. A removal names protocol, metric, next hop and
 * interface.
 */
#include "hostroutes/linux/route_sender.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"

#define AT_ONCE 512u
#define MESSAGE_SIZE \
    128u /* at most: header 16, body 12, destination and gateway 20 each, three of 8 */

struct queued {
    struct hr_route route;
    enum plan_operation operation;
    uint32_t record;
};

struct route_sender {
    struct sender_config config;
    struct netlink netlink;
    struct netlink_writer writer;
    uint32_t first; /* sequence of the first one queued */
    size_t count;
    bool acknowledged, in_doubt;
    struct queued queue[AT_ONCE];
    uint8_t data[AT_ONCE * MESSAGE_SIZE];
};

int sender_open(struct route_sender **ret, const struct sender_config *config)
{
    struct route_sender *s = mem_alloc(sizeof(*s));
    int error = s ? netlink_open(&s->netlink) : ENOMEM;

    *ret = error ? NULL : s;
    if (error) {
        mem_free(s);
        return error;
    }
    s->config = *config;
    s->writer.data = s->data;
    return 0;
}

void sender_close(struct route_sender *s)
{
    if (!s) return;
    netlink_close(&s->netlink);
    mem_free(s);
}

uint32_t sender_port(const struct route_sender *s)
{
    return s->netlink.port;
}

bool sender_in_doubt(struct route_sender *s)
{
    bool in_doubt = s->in_doubt;

    s->in_doubt = false;
    return in_doubt;
}

/* ---- messages ------------------------------------------------------------------------------- */

static bool has_next_hop(const struct hr_route *route)
{
    static const uint8_t zero[16];

    return memcmp(route->next_hop, zero, sizeof(zero)) != 0;
}

static uint8_t scope_of(const struct hr_route *route, enum plan_operation operation)
{
    if (operation == PLAN_REMOVE) return RT_SCOPE_NOWHERE; /* any */
    return route->family == HR_IPV4 && !has_next_hop(route) ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
}

static struct rtmsg body_of(const struct route_sender *s, enum plan_operation operation,
                            const struct hr_route *route)
{
    const bool on_link = route->flags & HR_ROUTE_ON_LINK && operation != PLAN_REMOVE;
    struct rtmsg body = {.rtm_family = route->family == HR_IPV4 ? AF_INET : AF_INET6,
                         .rtm_dst_len = route->length,
                         .rtm_protocol = s->config.protocol,
                         .rtm_scope = scope_of(route, operation)};

    body.rtm_table = s->config.table < 256 ? (uint8_t)s->config.table : RT_TABLE_UNSPEC;
    body.rtm_type = operation == PLAN_REMOVE ? RTN_UNSPEC : RTN_UNICAST;
    body.rtm_flags = on_link ? RTNH_F_ONLINK : 0;
    return body;
}

static void write_message(struct route_sender *s, enum plan_operation operation,
                          const struct hr_route *route)
{
    static const uint16_t flags[] = {[PLAN_ADD] = NLM_F_CREATE | NLM_F_EXCL,
                                     [PLAN_APPEND] = NLM_F_CREATE | NLM_F_APPEND,
                                     [PLAN_REMOVE] = 0};
    const uint16_t type = operation == PLAN_REMOVE ? RTM_DELROUTE : RTM_NEWROUTE;
    const struct rtmsg body = body_of(s, operation, route);
    struct netlink_writer *w = &s->writer;

    netlink_begin(w, type, (uint16_t)(NLM_F_REQUEST | flags[operation]), ++s->netlink.sequence,
                  &body, sizeof(body));
    netlink_put(w, RTA_DST, route->destination, route->family);
    if (has_next_hop(route)) netlink_put(w, RTA_GATEWAY, route->next_hop, route->family);
    if (route->interface) netlink_put(w, RTA_OIF, &route->interface, sizeof(route->interface));
    netlink_put(w, RTA_PRIORITY, &route->metric, sizeof(route->metric));
    if (s->config.table > 255) netlink_put(w, RTA_TABLE, &s->config.table, sizeof(uint32_t));
    netlink_end(w);
}

/* ---- answers -------------------------------------------------------------------------------- */

static void visit_answer(void *context, const struct netlink_message *m)
{
    struct route_sender *s = context;
    uint32_t n = m->header.nlmsg_seq - s->first;
    struct queued *q = &s->queue[n];
    int32_t error;

    if (m->header.nlmsg_type != NLMSG_ERROR || n >= s->count) return;
    if (!netlink_body(m, &error, sizeof(error))) return;
    if (n == s->count - 1) s->acknowledged = true;
    if (!error || (q->operation == PLAN_REMOVE && error == -ESRCH)) return;
    s->config.failed(s->config.context, q->operation, &q->route, q->record, -error);
}

/* The last one asks for an answer in any case. */
static void ask_for_answer(struct route_sender *s)
{
    struct nlmsghdr last;

    memcpy(&last, s->data + s->writer.start, sizeof(last));
    last.nlmsg_flags |= NLM_F_ACK;
    memcpy(s->data + s->writer.start, &last, sizeof(last));
}

static int exchange(struct route_sender *s)
{
    ssize_t sent;
    int error = 0;

    do {
        sent = send(s->netlink.fd, s->data, s->writer.used, 0);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0) return errno;
    while (!error || error == ENOBUFS) {
        error = netlink_receive(&s->netlink, visit_answer, s);
        if (error == ENOBUFS) s->in_doubt = true;
    }
    return 0;
}

/* What could not even be sent has failed, one by one. */
void sender_flush(struct route_sender *s)
{
    int error;

    if (!s->count) return;
    s->acknowledged = false;
    ask_for_answer(s);
    error = exchange(s);
    for (size_t n = 0; error && n < s->count; n++)
        s->config.failed(s->config.context, s->queue[n].operation, &s->queue[n].route,
                         s->queue[n].record, error);
    if (!s->acknowledged) s->in_doubt = true;
    s->count = 0;
    s->writer.used = 0;
}

void sender_emit(void *sender, enum plan_operation operation, const struct hr_route *route,
                 uint32_t record)
{
    struct route_sender *s = sender;

    if (s->count == AT_ONCE) sender_flush(s);
    write_message(s, operation, route);
    if (!s->count) s->first = s->netlink.sequence;
    s->queue[s->count++] = (struct queued){*route, operation, record};
}
