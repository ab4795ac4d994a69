/* What BIRD has to do for the job of the RIP benchmark: it learns the routes of bench_rip_sender
 * for the first time, over a link of its own. Prints its processor time, the median of some times,
 * in microseconds; or nothing, and to standard error why.
 *
 * usage: bench_rip_bird SENDER ROUTES      SENDER: the path of bench_rip_sender
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "native/peer_daemon.h"
#include "support/pairs.h"

#define BIRD     "/usr/sbin/bird"
#define REPEATS  5u
#define PATIENCE 6000 /* of 5 ms */

struct job {
    const char *sender, *routes;
};

/* The peer has a network namespace of its own within the cage. */
static const char link_commands[] =
    "{ ip netns add peer && ip link add lan0 type veth peer name lan0 netns peer &&"
    " ip address add 10.0.0.1/24 dev lan0 && ip link set lan0 up &&"
    " ip -n peer address add 10.0.0.2/24 dev lan0 && ip -n peer link set lan0 up; } 2>/dev/null";

static const char conf[] = "router id 10.0.0.1;\n"
                           "protocol device { scan time 1; }\n"
                           "protocol rip peer {\n"
                           "    disabled;\n"
                           "    ipv4 { import all; export none; };\n"
                           "    interface \"lan0\" { version 2; rx buffer 1500; };\n"
                           "}\n";

static int write_conf(void)
{
    FILE *f = fopen("/run/bird.conf", "w");

    if (!f) return 0;
    fputs(conf, f);
    return fclose(f) == 0;
}

/* It ends with its standard input. Returns once it listens, or false. */
static int start_sender(const struct job *j, pid_t bird)
{
    char sockets[64];
    const char *argv[] = {
        "/bin/sh",  "-c",      "tail -f /dev/null | exec ip netns exec peer \"$@\"",
        "sh",       j->sender, "10.0.0.2",
        "10.0.0.2", "520",     j->routes,
        sockets,    NULL};

    snprintf(sockets, sizeof(sockets), "/proc/%d/net/udp", (int)bird);
    daemon_start(argv);
    for (int left = PATIENCE; left > 0; left--) {
        /* NOLINTNEXTLINE(cert-env33-c) */
        if (!system("ip netns exec peer grep -q :0208 /proc/net/udp")) return 1;
        daemon_pause(5000);
    }
    return 0;
}

static int ask(int fd, const char *request, char *ret_answer, size_t room)
{
    static const char end[] = "\n0000 \n";

    return daemon_ask(fd, request, strlen(request), ret_answer, room, end, sizeof(end) - 1);
}

static unsigned long routes_of(int fd)
{
    char answer[8192], *at;

    if (!ask(fd, "show protocols all peer\n", answer, sizeof(answer))) return 0;
    at = strstr(answer, "Routes:");
    return at ? strtoul(at + 7, NULL, 10) : 0;
}

static int wait_for(int fd, unsigned long routes)
{
    int left = PATIENCE;

    while (routes_of(fd) != routes && left-- > 0) daemon_pause(5000);
    return left > 0;
}

/* Nanoseconds, or 0. */
static double learn(int fd, pid_t bird, unsigned long routes)
{
    static const char disable[] = "disable peer\n", enable[] = "enable peer\n";
    char answer[256];
    double start;

    daemon_ask(fd, disable, sizeof(disable) - 1, answer, sizeof(answer), "\n", 1);
    if (!wait_for(fd, 0)) return 0;
    start = daemon_cpu(bird);
    daemon_ask(fd, enable, sizeof(enable) - 1, answer, sizeof(answer), "\n", 1);
    return wait_for(fd, routes) ? daemon_cpu(bird) - start : 0;
}

static const char *run(void *context, double *ret, size_t count)
{
    static const char *const argv[] = {
        BIRD, "-f", "-c", "/run/bird.conf", "-s", "/run/bird.ctl", "-P", "/run/bird.pid", NULL};
    const struct job *j = context;
    char hello[256];
    pid_t bird;
    int fd;

    if (access(BIRD, X_OK)) return "BIRD 2 is not installed";
    if (!write_conf() || system(link_commands)) return "no links here"; /* NOLINT(cert-env33-c) */
    bird = daemon_start(argv);
    fd = daemon_connect("/run/bird.ctl");
    if (fd < 0 || !daemon_ask(fd, "", 0, hello, sizeof(hello), "\n", 1)) return "BIRD does not run";
    if (!start_sender(j, bird)) return "the sender does not run";
    for (size_t n = 0; n < count; n++) {
        ret[n] = learn(fd, bird, strtoul(j->routes, NULL, 10));
        if (ret[n] <= 0) return "BIRD did not learn the routes";
    }
    return NULL;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    struct job j;
    double each[REPEATS];
    const char *why_not;

    if (argc != 3) bench_die("usage: bench_rip_bird SENDER ROUTES");
    j = (struct job){argv[1], argv[2]};
    why_not = cage_run(run, &j, each, REPEATS);
    if (why_not) {
        fprintf(stderr, "SKIP: BIRD learning RIP routes: %s\n", why_not);
        return 0;
    }
    qsort(each, REPEATS, sizeof(*each), compare);
    printf("%.0f\n", each[REPEATS / 2] / 1000);
    return 0;
}
