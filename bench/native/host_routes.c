/* 100,000 routes into the kernel by mprnetlink, beside the same messages sent bare by this process,
 * and beside iproute2's batch. In a network namespace of its own; needs root. usage:
 * bench_host_routes MPRNETLINK REPEATS
 */
#define _GNU_SOURCE /* unshare */
#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hostroutes/linux/netlink.h"
#include "hostroutes/message.h"
#include "support/pairs.h"

#define ROUTES  100000u
#define PORTION 512u /* as win32/net/host_routes.c sends them */

static uint32_t lan;
static uint8_t message[HR_MESSAGE_MAX];

static void shell(const char *command)
{
    if (system(command)) bench_die("failed: %s\n", command); /* NOLINT(cert-env33-c) */
}

/* What a command prints first. */
static unsigned long number_of(const char *command)
{
    char line[64] = "";
    FILE *out = popen(command, "r"); /* NOLINT(cert-env33-c) */

    if (!out || !fgets(line, sizeof(line), out)) bench_die("failed: %s\n", command);
    pclose(out);
    return strtoul(line, NULL, 10);
}

static void set_up(void)
{
    if (unshare(CLONE_NEWNET)) {
        bench_note("host_routes", "not measured: no network namespace: %s", strerror(errno));
        exit(0);
    }
    shell("ip link add lan0 type veth peer name peer0 && ip address add 10.0.0.1/24 dev lan0 &&"
          " ip link set peer0 up && ip link set lan0 up");
    lan = (uint32_t)number_of("ip -o link show dev lan0");
    if (!lan) bench_die("no link\n");
}

static void prefix_of(uint32_t n, uint8_t ret[16])
{
    memset(ret, 0, 16);
    ret[0] = (uint8_t)(20 + (n >> 16));
    ret[1] = (uint8_t)(n >> 8);
    ret[2] = (uint8_t)n;
}

static void check_count(unsigned wanted)
{
    if (number_of("ip route show proto 77 | wc -l") != wanted)
        bench_die("the kernel has not the %u routes\n", wanted);
}

/* ---- bare ----------------------------------------------------------------------------------- */

static void write_bare(struct netlink_writer *w, uint32_t n, bool add, bool last)
{
    const struct rtmsg body = {.rtm_family = AF_INET,
                               .rtm_dst_len = 24,
                               .rtm_table = RT_TABLE_MAIN,
                               .rtm_protocol = HR_PROTOCOL,
                               .rtm_scope = add ? RT_SCOPE_UNIVERSE : RT_SCOPE_NOWHERE,
                               .rtm_type = add ? RTN_UNICAST : RTN_UNSPEC};
    const uint16_t flags =
        (uint16_t)(NLM_F_REQUEST | (add ? NLM_F_CREATE | NLM_F_EXCL : 0) | (last ? NLM_F_ACK : 0));
    static const uint8_t gateway[4] = {10, 0, 0, 2};
    const uint32_t metric = 10;
    uint8_t prefix[16];

    prefix_of(n, prefix);
    netlink_begin(w, add ? RTM_NEWROUTE : RTM_DELROUTE, flags, n + 1, &body, sizeof(body));
    netlink_put(w, RTA_DST, prefix, 4);
    netlink_put(w, RTA_GATEWAY, gateway, 4);
    netlink_put(w, RTA_OIF, &lan, sizeof(lan));
    netlink_put(w, RTA_PRIORITY, &metric, sizeof(metric));
    netlink_end(w);
}

static void take_answer(void *context, const struct netlink_message *m)
{
    int32_t error = 0;

    (void)context;
    if (m->header.nlmsg_type == NLMSG_ERROR && netlink_body(m, &error, sizeof(error)) && error)
        bench_die("the kernel refused a route: %s\n", strerror(-error));
}

static double send_bare(struct netlink *netlink, bool add)
{
    double start = bench_now();

    for (uint32_t n = 0; n < ROUTES;) {
        uint32_t end = n + PORTION < ROUTES ? n + PORTION : ROUTES;
        struct netlink_writer w = {.data = message};

        for (; n < end; n++) write_bare(&w, n, add, n + 1 == end);
        if (send(netlink->fd, w.data, w.used, 0) < 0) bench_die("send: %s\n", strerror(errno));
        while (!netlink_receive(netlink, take_answer, NULL)) {
        }
    }
    return bench_now() - start;
}

static double time_bare(void)
{
    struct netlink netlink;
    double taken;

    if (netlink_open(&netlink)) bench_die("no netlink\n");
    taken = send_bare(&netlink, true);
    check_count(ROUTES);
    (void)send_bare(&netlink, false);
    netlink_close(&netlink);
    return taken;
}

/* ---- by the program ---------------------------------------------------------------------------
 */

struct helper {
    pid_t process;
    int in, out;
    size_t used;
    uint8_t data[HR_MESSAGE_MAX];
};

static struct helper helper;

static void start_helper(const char *program)
{
    int in[2], out[2];

    if (pipe(in) || pipe(out)) bench_die("no pipes\n");
    helper.process = fork();
    if (!helper.process) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        close(in[1]);
        close(out[0]);
        execl(program, program, (char *)NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    helper.in = in[1];
    helper.out = out[0];
    helper.used = 0;
}

/* Until a message of that kind has come. */
static void wait_for(uint16_t type)
{
    struct hr_header header;

    for (;;) {
        enum hr_frame frame = hr_frame_read(helper.data, helper.used, &header);
        if (frame == HR_FRAME_WHOLE) {
            helper.used -= header.size;
            memmove(helper.data, helper.data + header.size, helper.used);
            if (header.type == type && (type != HR_DONE || !header.count)) return;
            if (header.type == type || header.type == HR_FAILED) bench_die("a route failed\n");
        } else {
            ssize_t got =
                read(helper.out, helper.data + helper.used, sizeof(helper.data) - helper.used);
            if (got <= 0) bench_die("mprnetlink has ended\n");
            helper.used += (size_t)got;
        }
    }
}

static void end_helper(void)
{
    close(helper.in);
    while (read(helper.out, helper.data, sizeof(helper.data)) > 0) {
    }
    close(helper.out);
    waitpid(helper.process, NULL, 0);
}

static void send_portion(uint32_t first, uint32_t end)
{
    const struct hr_header header = {.type = HR_ROUTES, .sequence = first + 1};
    struct writer w;

    hr_frame_begin(&w, message, sizeof(message), &header);
    for (uint32_t n = first; n < end; n++) {
        struct hr_change c = {HR_PUT,
                              {.family = HR_IPV4,
                               .length = 24,
                               .interface = lan,
                               .metric = 10,
                               .next_hop = {10, 0, 0, 2}}};
        prefix_of(n, c.route.destination);
        hr_change_write(&w, &c);
    }
    if (!hr_frame_end(&w, end - first) || write(helper.in, w.base, w.used) != (ssize_t)w.used)
        bench_die("mprnetlink takes nothing\n");
}

static double time_helper(const char *program)
{
    double start, taken;

    start_helper(program);
    wait_for(HR_READY);
    start = bench_now();
    for (uint32_t n = 0; n < ROUTES; n += PORTION) {
        send_portion(n, n + PORTION < ROUTES ? n + PORTION : ROUTES);
        wait_for(HR_DONE);
    }
    taken = bench_now() - start;
    check_count(ROUTES);
    end_helper();
    check_count(0);
    return taken;
}

/* ---- by iproute2 ------------------------------------------------------------------------------
 */

static double time_ip(void)
{
    struct netlink netlink;
    double start = bench_now(), taken;
    FILE *batch = popen("ip -batch -", "w"); /* NOLINT(cert-env33-c) */

    if (!batch) bench_die("no ip\n");
    for (uint32_t n = 0; n < ROUTES; n++)
        fprintf(batch, "route add %u.%u.%u.0/24 via 10.0.0.2 dev lan0 proto 77 metric 10\n",
                20 + (n >> 16), n >> 8 & 255, n & 255);
    if (pclose(batch)) bench_die("ip failed\n");
    taken = bench_now() - start;
    check_count(ROUTES);
    if (netlink_open(&netlink)) bench_die("no netlink\n");
    (void)send_bare(&netlink, false);
    netlink_close(&netlink);
    return taken;
}

int main(int argc, char **argv)
{
    int repeats;

    if (argc != 3) bench_die("usage: bench_host_routes MPRNETLINK REPEATS\n");
    repeats = bench_number(argv[2]);
    set_up();
    for (int i = 0; i < repeats; i++) {
        double bare = time_bare();
        double ours = time_helper(argv[1]);

        bench_pair("host_routes", bare, ours);
        if (i < 3) bench_pair("host_routes_ip", time_ip(), time_helper(argv[1]));
    }
    return 0;
}
