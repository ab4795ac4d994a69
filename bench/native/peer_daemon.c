#define _GNU_SOURCE /* unshare */
#include "native/peer_daemon.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/pairs.h"

/* ---- the cage -------------------------------------------------------------------------------- */

#define REASON_SIZE 128

struct cage {
    cage_job_fn *job;
    void *context;
    double *ret;
    size_t count;
    int out; /* the numbers go there, and then the reason */
};

static int write_whole(int fd, const void *data, size_t size)
{
    const char *at = data;

    while (size) {
        ssize_t put = write(fd, at, size);
        if (put <= 0) return 0;
        at += put;
        size -= (size_t)put;
    }
    return 1;
}

static int read_whole(int fd, void *data, size_t size)
{
    char *at = data;

    while (size) {
        ssize_t got = read(fd, at, size);
        if (got <= 0) return 0;
        at += got;
        size -= (size_t)got;
    }
    return 1;
}

/* The first process of the new numbering. */
static const char *furnish(void)
{
    if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
        mount("tmpfs", "/run", "tmpfs", 0, "mode=777") || mount("proc", "/proc", "proc", 0, NULL))
        return "no file systems of one's own here";
    if (system("ip link set lo up 2>/dev/null")) /* NOLINT(cert-env33-c) */
        return "iproute2 is not installed";
    return NULL;
}

static void inside(const struct cage *c)
{
    char reason[REASON_SIZE] = "";
    const char *why_not = furnish();

    if (!why_not) why_not = c->job(c->context, c->ret, c->count);
    if (why_not) snprintf(reason, sizeof(reason), "%s", why_not);
    _exit(!write_whole(c->out, c->ret, c->count * sizeof(double)) ||
          !write_whole(c->out, reason, sizeof(reason)));
}

/* The next child is the first process of the numbering; it can't be this one. */
static void between(const struct cage *c)
{
    pid_t first;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (unshare(CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWNS) || (first = fork()) < 0) _exit(1);
    if (!first) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        inside(c);
    }
    waitpid(first, NULL, 0);
    _exit(0);
}

const char *cage_run(cage_job_fn *job, void *context, double *ret, size_t count)
{
    static char reason[REASON_SIZE];
    struct cage c = {job, context, ret, count, -1};
    int ends[2];
    pid_t child;

    memset(ret, 0, count * sizeof(*ret));
    fflush(stdout);
    if (pipe2(ends, O_CLOEXEC) || (child = fork()) < 0) bench_die("no process");
    c.out = ends[1];
    if (!child) between(&c);
    close(ends[1]);
    if (!read_whole(ends[0], ret, count * sizeof(*ret)) ||
        !read_whole(ends[0], reason, sizeof(reason)))
        snprintf(reason, sizeof(reason), "namespaces take root");
    close(ends[0]);
    waitpid(child, NULL, 0);
    if (!reason[0]) return NULL;
    memset(ret, 0, count * sizeof(*ret));
    return reason;
}

/* ---- daemons --------------------------------------------------------------------------------- */

pid_t daemon_start(const char *const argv[])
{
    pid_t pid = fork();

    if (pid) return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int fd = 0, none = open("/dev/null", O_RDWR); fd < 3; fd++) dup2(none, fd);
    execv(argv[0], (char *const *)(uintptr_t)argv);
    _exit(127);
}

double daemon_cpu(pid_t pid)
{
    struct timespec t;
    clockid_t clock;

    if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &t)) return 0;
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double nanoseconds(const struct timeval *t)
{
    return (double)t->tv_sec * 1e9 + (double)t->tv_usec * 1e3;
}

double daemon_wait(pid_t pid)
{
    struct rusage used;
    int status;

    if (wait4(pid, &status, 0, &used) != pid || status) return 0;
    return nanoseconds(&used.ru_utime) + nanoseconds(&used.ru_stime);
}

void daemon_kill(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

void daemon_pause(long microseconds)
{
    const struct timespec t = {microseconds / 1000000, microseconds % 1000000 * 1000};

    nanosleep(&t, NULL);
}

int daemon_connect(const char *path)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    const struct timeval patience = {.tv_sec = 30};

    snprintf(to.sun_path, sizeof(to.sun_path), "%s", path);
    for (int n = 0; n < 1500; n++) {
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        if (fd >= 0 && !connect(fd, (struct sockaddr *)&to, sizeof(to))) return fd;
        if (fd >= 0) close(fd);
        daemon_pause(20000);
    }
    return -1;
}

int daemon_ask(int fd, const void *request, size_t size, char *ret_answer, size_t room,
               const char *end, size_t end_size)
{
    size_t got = 0;

    if (!write_whole(fd, request, size)) return 0;
    while (got < end_size || memcmp(ret_answer + got - end_size, end, end_size) != 0) {
        ssize_t more = got + 1 < room ? read(fd, ret_answer + got, room - 1 - got) : 0;
        if (more <= 0) return 0;
        got += (size_t)more;
    }
    ret_answer[got] = 0;
    return 1;
}
