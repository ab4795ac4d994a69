/* From the kernel's word that an adapter has lost its carrier until the router's interface over it
 * says "disconnected": both are seen by this process, by one clock. Runs in the network namespace
 * of a Wine prefix that tests/interop/lab.sh has made, where it makes the adapter.
 *
 * usage: bench_adapter_lost REPEATS WINE interop_watch.exe
 */
#include <net/if.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hostroutes/linux/monitor.h"
#include "support/pairs.h"

#define ADAPTER   "lan0"
#define WANTED_NS 10e6
#define LIMIT_MS  60000 /* against hanging */

static struct monitor monitor;

static struct {
    pid_t process;
    int in, out;
    size_t used;
    char data[4096];
} watch;

static struct {
    bool running;
    double changed; /* when the kernel said so */
} adapter;

static void shell(const char *command)
{
    if (system(command)) bench_die("failed: %s\n", command); /* NOLINT(cert-env33-c) */
}

/* ---- the router ------------------------------------------------------------------------------ */

static void start_watch(const char *wine, const char *program)
{
    int in[2], out[2];

    if (pipe(in) || pipe(out)) bench_die("no pipes\n");
    watch.process = fork();
    if (!watch.process) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        close(in[1]);
        close(out[0]);
        execlp(wine, wine, program, ADAPTER, (char *)NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    watch.in = in[1];
    watch.out = out[0];
}

/* Takes a line, if a whole one has come. */
static bool take_line(char *line, size_t size)
{
    const char *end = memchr(watch.data, '\n', watch.used);
    size_t length;

    if (!end) return false;
    length = (size_t)(end - watch.data) + 1;
    snprintf(line, size, "%.*s", (int)strcspn(watch.data, "\r\n"), watch.data);
    watch.used -= length;
    memmove(watch.data, watch.data + length, watch.used);
    return true;
}

static void read_lines(void)
{
    ssize_t got = read(watch.out, watch.data + watch.used, sizeof(watch.data) - watch.used);

    if (got <= 0) bench_die("interop_watch has ended\n");
    watch.used += (size_t)got;
}

/* ---- the kernel ------------------------------------------------------------------------------ */

static void on_object(void *context, const struct host_object *object)
{
    const bool running = (object->u.link.flags & (unsigned)IFF_RUNNING) != 0;

    (void)context;
    if (object->type != HR_LINK || strcmp(object->u.link.name, ADAPTER) != 0) return;
    if (running != adapter.running) adapter.changed = bench_now();
    adapter.running = running;
}

/* Waits for either of them and takes what it says. */
static void take_any(void)
{
    struct pollfd fds[] = {{.fd = watch.out, .events = POLLIN},
                           {.fd = monitor.events.fd, .events = POLLIN}};

    if (poll(fds, 2, LIMIT_MS) <= 0) bench_die("nothing happens\n");
    if (fds[1].revents && monitor_read(&monitor, on_object, NULL)) bench_die("events were lost\n");
    if (fds[0].revents) read_lines();
}

static void next_line(char *line, size_t size)
{
    while (!take_line(line, size)) take_any();
}

static void await_carrier(void)
{
    while (!adapter.running) take_any();
}

/* ---- a measurement --------------------------------------------------------------------------- */

/* Refused until the router, too, has heard that the adapter is there. */
static void connect_branch(void)
{
    char line[64] = "";

    await_carrier();
    while (strcmp(line, "connected") != 0) {
        if (write(watch.in, "\n", 1) != 1) bench_die("interop_watch takes nothing\n");
        do {
            next_line(line, sizeof(line));
        } while (strncmp(line, "refused", 7) != 0 && strcmp(line, "connected") != 0);
        if (*line == 'r') usleep(10000);
    }
}

static double time_loss(void)
{
    char line[64] = "";
    double end;

    connect_branch();
    shell("ip link set peer0 down &");
    while (strcmp(line, "disconnected") != 0) next_line(line, sizeof(line));
    end = bench_now();
    while (adapter.running) take_any();
    shell("ip link set peer0 up");
    return end > adapter.changed ? end - adapter.changed : 1;
}

static void set_up(const char *wine, const char *program)
{
    shell("ip link add " ADAPTER " type veth peer name peer0 && ip link set peer0 up &&"
          " ip address add 10.0.0.1/24 dev " ADAPTER);
    if (monitor_open(&monitor, MONITOR_LINKS, HR_PROTOCOL, 0)) bench_die("no netlink\n");
    shell("ip link set " ADAPTER " up");
    start_watch(wine, program);
}

int main(int argc, char **argv)
{
    if (argc != 4) bench_die("usage: bench_adapter_lost REPEATS WINE PROGRAM\n");
    set_up(argv[2], argv[3]);
    for (int left = bench_number(argv[1]); left; left--)
        bench_pair("adapter_lost", WANTED_NS, time_loss());
    close(watch.in);
    waitpid(watch.process, NULL, 0);
    return 0;
}
