/* Netlink sockets of the family ROUTE, and their messages in octets. */
#ifndef MPR_HOSTROUTES_NETLINK_H
#define MPR_HOSTROUTES_NETLINK_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct netlink {
    int fd; /* -1: closed; never blocks */
    uint32_t port;
    uint32_t sequence; /* of the last message */
};

/* All functions that return an int return 0 or an errno. */

/* Buffers are made large, as far as CAP_NET_ADMIN allows. */
int netlink_open(struct netlink *n);
void netlink_close(struct netlink *n);
/* Hears of a group (RTNLGRP_*) from now on. */
int netlink_join(const struct netlink *n, int group);
/* Lets through of changed routes (RTM_NEWROUTE, RTM_DELROUTE) only those with this rtm_protocol, or
 * all (others), but none that the socket with this port has changed itself. */
int netlink_filter_routes(const struct netlink *n, uint32_t port, uint8_t protocol, bool others);
/* EPERM: the kernel lets this process change nothing in its network namespace. Changes nothing. */
int netlink_may_change(struct netlink *n);

/* One message of what a socket has received; data is its whole, header included, and header a copy.
 */
struct netlink_message {
    struct nlmsghdr header;
    const uint8_t *data;
    size_t size;
};
/* Calls visit for each message that is there now. EAGAIN: no more is there. ENOBUFS: the kernel had
 * more to tell than there was room for. */
typedef void netlink_visit_fn(void *context, const struct netlink_message *m);
int netlink_receive(const struct netlink *n, netlink_visit_fn *visit, void *context);

/* Asks for all objects of a kind (RTM_GETLINK...) and calls visit for each; body is what follows
 * the header. The kernel's tables may change meanwhile: EINTR then, after all has been told; ask
 * again. */
int netlink_dump(struct netlink *n, uint16_t type, const void *body, size_t size,
                 netlink_visit_fn *visit, void *context);

/* The fixed part behind the header, into ret; false: the message is too short. */
bool netlink_body(const struct netlink_message *m, void *ret, size_t size);
/* Attributes behind a fixed part of that size. First: *at = 0. False at the end. */
struct netlink_attribute {
    uint16_t type;
    const uint8_t *data;
    size_t size;
};
bool netlink_attribute_next(const struct netlink_message *m, size_t fixed, size_t *at,
                            struct netlink_attribute *ret);
/* A number; 0 when the attribute has another size. */
uint32_t netlink_u32(const struct netlink_attribute *a);

/* Writing: a message into memory that has room; the caller knows how much. */
struct netlink_writer {
    uint8_t *data;
    size_t used;
    size_t start; /* of the current message */
};
void netlink_begin(struct netlink_writer *w, uint16_t type, uint16_t flags, uint32_t sequence,
                   const void *body, size_t size);
void netlink_put(struct netlink_writer *w, uint16_t type, const void *data, size_t size);
/* Ends the current message. */
void netlink_end(struct netlink_writer *w);

#endif
