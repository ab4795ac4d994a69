/* What a socket need not hear of, decided by the kernel before it queues a message: else 100,000
 * routes of our own would come back as 100,000 messages. */
#include "hostroutes/linux/netlink.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <sys/socket.h>

#define AT_TYPE     offsetof(struct nlmsghdr, nlmsg_type)
#define AT_PORT     offsetof(struct nlmsghdr, nlmsg_pid)
#define AT_PROTOCOL (NLMSG_HDRLEN + offsetof(struct rtmsg, rtm_protocol))

#define LOAD(width, offset)   BPF_STMT(BPF_LD | (width) | BPF_ABS, (uint32_t)(offset))
#define EQUAL(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, yes, no)
#define GIVE(size)            BPF_STMT(BPF_RET | BPF_K, size)

/* Loads are in network order, the messages in the machine's. */
int netlink_filter_routes(const struct netlink *n, uint32_t port, uint8_t protocol, bool others)
{
    struct sock_filter code[] = {
        LOAD(BPF_H, AT_TYPE),
        EQUAL(htons(RTM_NEWROUTE), 1, 0),
        EQUAL(htons(RTM_DELROUTE), 0, 4),
        LOAD(BPF_W, AT_PORT),
        EQUAL(htonl(port), 3, 0),
        LOAD(BPF_B, AT_PROTOCOL),
        EQUAL(protocol, 0, others ? 0 : 1),
        GIVE(UINT32_MAX),
        GIVE(0),
    };
    const struct sock_fprog program = {.len = sizeof(code) / sizeof(*code), .filter = code};

    return setsockopt(n->fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) ? errno : 0;
}
