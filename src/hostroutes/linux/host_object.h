/* What the kernel tells of its links, addresses, neighbours and routes, as records of message.h. */
#ifndef MPR_HOSTROUTES_HOST_OBJECT_H
#define MPR_HOSTROUTES_HOST_OBJECT_H

#include "hostroutes/linux/netlink.h"
#include "hostroutes/message.h"

struct host_object {
    uint16_t type;  /* HR_LINK, HR_ADDRESS, HR_NEIGHBOUR, HR_HOST_ROUTE */
    uint32_t table; /* HR_HOST_ROUTE */
    bool several;   /* HR_HOST_ROUTE: more than one path */
    union {
        struct hr_link link;
        struct hr_address address;
        struct hr_neighbour neighbour;
        struct hr_change change; /* its protocol is filled in */
    } u;
};

/* False: it is none of these, or one that is of no interest: routes that are not unicast, the
 * kernel's cached ones, neighbours and links of bridges, other families. */
bool host_object_read(const struct netlink_message *m, struct host_object *ret);

#endif
