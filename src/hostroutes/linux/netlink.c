/* Nothing is cast over the kernel's messages: headers are copied out, lengths are checked. */
#include "hostroutes/linux/netlink.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER_SIZE    (8 << 20)
#define ATTRIBUTE_TYPE 0x3FFFu     /* NLA_TYPE_MASK, without its sign */
#define RECEIVE_SIZE   (64u << 10) /* the kernel's dumps come in at most 32 KiB */

static uint8_t received[RECEIVE_SIZE]; /* one thread */

/* ---- sockets -------------------------------------------------------------------------------- */

/* Beyond the system's limit with CAP_NET_ADMIN, else up to it. */
static void enlarge(int fd)
{
    const int size = BUFFER_SIZE;

    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
        (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
    if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)))
        (void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
}

static int bind_any(struct netlink *n)
{
    struct sockaddr_nl address = {.nl_family = AF_NETLINK};
    socklen_t size = sizeof(address);

    if (bind(n->fd, (const struct sockaddr *)&address, size) ||
        getsockname(n->fd, (struct sockaddr *)&address, &size))
        return errno;
    n->port = address.nl_pid;
    return 0;
}

int netlink_open(struct netlink *n)
{
    const int on = 1;
    int error;

    n->sequence = 0;
    n->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (n->fd < 0) return errno;
    enlarge(n->fd);
    /* Kernels without these work on: what a dump has too much is passed over, errors are longer. */
    (void)setsockopt(n->fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
    (void)setsockopt(n->fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
    error = bind_any(n);
    if (error) netlink_close(n);
    return error;
}

void netlink_close(struct netlink *n)
{
    if (n->fd >= 0) close(n->fd);
    n->fd = -1;
}

int netlink_join(const struct netlink *n, int group)
{
    return setsockopt(n->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)) ? errno
                                                                                         : 0;
}

static int send_all(const struct netlink *n, const void *data, size_t size)
{
    ssize_t sent;

    do {
        sent = send(n->fd, data, size, 0);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

/* ---- receiving ------------------------------------------------------------------------------ */

static bool next_message(const uint8_t *data, size_t size, size_t *at, struct netlink_message *ret)
{
    if (*at > size || size - *at < sizeof(ret->header)) return false;
    memcpy(&ret->header, data + *at, sizeof(ret->header));
    if (ret->header.nlmsg_len < sizeof(ret->header) || ret->header.nlmsg_len > size - *at)
        return false;
    ret->data = data + *at;
    ret->size = ret->header.nlmsg_len;
    *at += NLMSG_ALIGN(ret->size);
    return true;
}

/* One datagram, from the kernel only. */
static int receive(const struct netlink *n, size_t *ret_size)
{
    struct sockaddr_nl from;
    socklen_t from_size = sizeof(from);
    ssize_t size;

    *ret_size = 0;
    do {
        size = recvfrom(n->fd, received, sizeof(received), MSG_TRUNC, (struct sockaddr *)&from,
                        &from_size);
    } while (size < 0 && errno == EINTR);
    if (size < 0) return errno;
    if ((size_t)size > sizeof(received)) return ENOBUFS;
    if (from_size == sizeof(from) && !from.nl_pid) *ret_size = (size_t)size;
    return 0;
}

int netlink_receive(const struct netlink *n, netlink_visit_fn *visit, void *context)
{
    struct netlink_message m;
    size_t size, at = 0;
    int error = receive(n, &size);

    while (!error && next_message(received, size, &at, &m)) visit(context, &m);
    return error;
}

/* ---- asking --------------------------------------------------------------------------------- */

struct dump {
    netlink_visit_fn *visit;
    void *context;
    uint32_t sequence;
    bool done, interrupted;
    int error;
};

static int error_of(const struct netlink_message *m)
{
    int32_t error = -EPROTO;

    (void)netlink_body(m, &error, sizeof(error));
    return -error;
}

static void visit_dump(void *context, const struct netlink_message *m)
{
    struct dump *d = context;

    if (m->header.nlmsg_seq != d->sequence || d->done) return;
    if (m->header.nlmsg_flags & NLM_F_DUMP_INTR) d->interrupted = true;
    if (m->header.nlmsg_type == NLMSG_DONE || m->header.nlmsg_type == NLMSG_ERROR) {
        d->done = true;
        d->error = error_of(m);
    } else {
        d->visit(d->context, m);
    }
}

/* The kernel answers as long as it is asked, so there is always something to receive; should there
 * not be, that is an error and no reason to wait. */
static int run_dump(struct netlink *n, struct dump *d)
{
    int error = 0;

    while (!error && !d->done) error = netlink_receive(n, visit_dump, d);
    if (error) return error == EAGAIN ? EPROTO : error;
    if (d->error) return d->error;
    return d->interrupted ? EINTR : 0;
}

int netlink_dump(struct netlink *n, uint16_t type, const void *body, size_t size,
                 netlink_visit_fn *visit, void *context)
{
    uint8_t request[256];
    struct netlink_writer w = {.data = request};
    struct dump d = {.visit = visit, .context = context, .sequence = ++n->sequence};
    int error;

    if (size > sizeof(request) / 2) return EINVAL;
    netlink_begin(&w, type, NLM_F_REQUEST | NLM_F_DUMP, d.sequence, body, size);
    netlink_end(&w);
    error = send_all(n, request, w.used);
    return error ? error : run_dump(n, &d);
}

static void take_error(void *context, const struct netlink_message *m)
{
    if (m->header.nlmsg_type == NLMSG_ERROR) *(int *)context = error_of(m);
}

/* A route with a length that no prefix has: the kernel looks at the rights first, then refuses it.
 */
int netlink_may_change(struct netlink *n)
{
    const struct rtmsg body = {.rtm_family = AF_INET, .rtm_dst_len = 255};
    uint8_t request[64] = {0};
    struct netlink_writer w = {.data = request};
    int answer = EPROTO, error;

    netlink_begin(&w, RTM_DELROUTE, NLM_F_REQUEST | NLM_F_ACK, ++n->sequence, &body, sizeof(body));
    netlink_end(&w);
    error = send_all(n, request, w.used);
    if (!error) error = netlink_receive(n, take_error, &answer);
    if (error) return error;
    return answer == EPERM || answer == EACCES ? EPERM : 0;
}

/* ---- messages ------------------------------------------------------------------------------- */

bool netlink_body(const struct netlink_message *m, void *ret, size_t size)
{
    if (m->size < NLMSG_HDRLEN + size) return false;
    memcpy(ret, m->data + NLMSG_HDRLEN, size);
    return true;
}

bool netlink_attribute_next(const struct netlink_message *m, size_t fixed, size_t *at,
                            struct netlink_attribute *ret)
{
    struct rtattr header;

    if (!*at) *at = NLMSG_HDRLEN + NLMSG_ALIGN(fixed);
    if (*at > m->size || m->size - *at < sizeof(header)) return false;
    memcpy(&header, m->data + *at, sizeof(header));
    if (header.rta_len < sizeof(header) || header.rta_len > m->size - *at) return false;
    ret->type = header.rta_type & ATTRIBUTE_TYPE;
    ret->data = m->data + *at + sizeof(header);
    ret->size = header.rta_len - sizeof(header);
    *at += RTA_ALIGN(header.rta_len);
    return true;
}

uint32_t netlink_u32(const struct netlink_attribute *a)
{
    uint32_t value = 0;

    if (a->size == sizeof(value)) memcpy(&value, a->data, sizeof(value));
    return value;
}

static void append(struct netlink_writer *w, const void *data, size_t size, size_t aligned)
{
    memcpy(w->data + w->used, data, size);
    memset(w->data + w->used + size, 0, aligned - size);
    w->used += aligned;
}

void netlink_begin(struct netlink_writer *w, uint16_t type, uint16_t flags, uint32_t sequence,
                   const void *body, size_t size)
{
    const struct nlmsghdr header = {
        .nlmsg_type = type, .nlmsg_flags = flags, .nlmsg_seq = sequence};

    w->start = w->used;
    append(w, &header, sizeof(header), NLMSG_HDRLEN);
    append(w, body, size, NLMSG_ALIGN(size));
}

void netlink_put(struct netlink_writer *w, uint16_t type, const void *data, size_t size)
{
    const struct rtattr header = {.rta_len = (uint16_t)(sizeof(header) + size), .rta_type = type};

    append(w, &header, sizeof(header), sizeof(header));
    append(w, data, size, RTA_ALIGN(size));
}

void netlink_end(struct netlink_writer *w)
{
    const uint32_t length = (uint32_t)(w->used - w->start);

    memcpy(w->data + w->start, &length, sizeof(length));
}
