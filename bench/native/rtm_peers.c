/* The kernel's table by netlink, in a network namespace that ends with the child process which made
 * it. */
#define _GNU_SOURCE /* unshare */
#include "native/rtm_peers.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <malloc.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/pairs.h"

double peers_cpu(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

size_t peers_heap(void)
{
    struct mallinfo2 all = mallinfo2();

    return all.uordblks + all.hblkhd;
}

/* ---- the kernel ------------------------------------------------------------------------------ */

struct add_message {
    struct nlmsghdr header;
    struct rtmsg route;
    struct rtattr attribute;
    uint8_t destination[4];
};

static bool add_route(int fd, const struct rtm_prefix *p, bool last)
{
    struct add_message m = {.header = {.nlmsg_len = sizeof(m), .nlmsg_type = RTM_NEWROUTE},
                            .route = {.rtm_family = AF_INET,
                                      .rtm_dst_len = p->length,
                                      .rtm_table = RT_TABLE_MAIN,
                                      .rtm_protocol = RTPROT_STATIC,
                                      .rtm_type = RTN_BLACKHOLE},
                            .attribute = {.rta_len = RTA_LENGTH(4), .rta_type = RTA_DST}};
    struct {
        struct nlmsghdr header;
        struct nlmsgerr error;
        char rest[256];
    } answer;

    m.header.nlmsg_flags = (uint16_t)(NLM_F_REQUEST | NLM_F_CREATE | (last ? NLM_F_ACK : 0));
    memcpy(m.destination, p->address.octets, 4);
    if (send(fd, &m, sizeof(m), 0) != (ssize_t)sizeof(m)) return false;
    return !last || (recv(fd, &answer, sizeof(answer), 0) > 0 && !answer.error.error);
}

/* The routes of one datagram of the dump; *ret_done at its end. */
static size_t count_routes(const char *data, ssize_t size, bool *ret_done)
{
    const struct nlmsghdr *h = (const void *)data;
    size_t count = 0;

    for (unsigned left = (unsigned)size; NLMSG_OK(h, left); h = NLMSG_NEXT(h, left)) {
        if (h->nlmsg_type == NLMSG_DONE || h->nlmsg_type == NLMSG_ERROR) *ret_done = true;
        count += h->nlmsg_type == RTM_NEWROUTE;
    }
    return count;
}

static double time_dump(int fd, size_t want)
{
    static char data[65536];
    struct {
        struct nlmsghdr header;
        struct rtmsg route;
    } m = {{.nlmsg_len = sizeof(m),
            .nlmsg_type = RTM_GETROUTE,
            .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
           {.rtm_family = AF_INET}};
    double start = peers_cpu();
    size_t count = 0;
    bool done = send(fd, &m, sizeof(m), 0) < 0;

    while (!done) {
        ssize_t size = recv(fd, data, sizeof(data), 0);
        if (size <= 0) break;
        count += count_routes(data, size, &done);
    }
    return count < want ? 0 : (peers_cpu() - start) / (double)count;
}

static double dump_here(const struct rtm_prefix *prefixes, size_t count)
{
    int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
    double each = 0;
    bool good = fd >= 0;

    for (size_t n = 0; good && n < count; n++) good = add_route(fd, &prefixes[n], n + 1 == count);
    if (good) each = time_dump(fd, count);
    if (fd >= 0) close(fd);
    return each;
}

double peers_kernel_dump(const struct rtm_prefix *prefixes, size_t count, const char **why_not)
{
    double each = 0;
    int ends[2];
    pid_t child;

    *why_not = NULL;
    if (pipe(ends) != 0 || (child = fork()) < 0) bench_die("no process");
    if (child == 0) {
        if (unshare(CLONE_NEWNET) == 0) each = dump_here(prefixes, count);
        _exit(write(ends[1], &each, sizeof(each)) != (ssize_t)sizeof(each));
    }
    close(ends[1]);
    if (read(ends[0], &each, sizeof(each)) != (ssize_t)sizeof(each)) each = 0;
    close(ends[0]);
    waitpid(child, NULL, 0);
    if (each <= 0) *why_not = "a network namespace takes root";
    return each;
}
