/* What a client says to zebra is ZAPI, version 6, of FRR 8: a header of length, marker, version,
 * VRF and command, all in network order, and what the command needs. */
#include "native/rtm_daemons.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "native/peer_daemon.h"

struct set {
    const struct rtm_prefix *prefixes;
    size_t count;
};

/* ---- BIRD ------------------------------------------------------------------------------------ */

#define BIRD "/usr/sbin/bird"

static int write_bird_conf(const struct set *s)
{
    FILE *f = fopen("/run/bird.conf", "w");

    if (!f) return 0;
    fputs("router id 10.0.0.1;\nprotocol device {}\nprotocol static peer {\nipv4;\n", f);
    for (size_t n = 0; n < s->count; n++) {
        const uint8_t *o = s->prefixes[n].address.octets;
        fprintf(f, "route %u.%u.%u.%u/%u blackhole;\n", o[0], o[1], o[2], o[3],
                s->prefixes[n].length);
    }
    fputs("}\n", f);
    return fclose(f) == 0;
}

/* BIRD answers once it has loaded its configuration. It refuses a few routes in ten thousand, to
 * what is nobody's. */
static int bird_has(const char *ctl, size_t count)
{
    static const char ask[] = "show protocols all peer\n", end[] = "\n0000 \n";
    char answer[8192], *routes;
    unsigned long has = 0;
    int fd = daemon_connect(ctl), answered;

    answered = fd >= 0 &&
               daemon_ask(fd, ask, sizeof(ask) - 1, answer, sizeof(answer), end, sizeof(end) - 1);
    if (fd >= 0) close(fd);
    routes = answered ? strstr(answer, "Routes:") : NULL;
    if (routes) has = strtoul(routes + 7, NULL, 10);
    return has <= count && has >= count - count / 1000;
}

static const char *bird_job(void *context, double *ret, size_t count)
{
    static const char *const whole[] = {
        BIRD, "-f", "-c", "/run/bird.conf", "-s", "/run/bird.ctl", "-P", "/run/bird.pid", NULL};
    static const char *const reading[] = {BIRD, "-p", "-c", "/run/bird.conf", NULL};
    const struct set *s = context;
    pid_t bird;
    int has;

    (void)count;
    if (access(BIRD, X_OK)) return "BIRD 2 is not installed";
    if (!write_bird_conf(s)) return "no room for BIRD's configuration";
    ret[1] = daemon_wait(daemon_start(reading)) / (double)s->count;
    bird = daemon_start(whole);
    has = bird_has("/run/bird.ctl", s->count);
    ret[0] = daemon_cpu(bird) / (double)s->count;
    daemon_kill(bird);
    return has && ret[1] > 0 ? NULL : "BIRD did not load the routes";
}

const char *daemons_bird(const struct rtm_prefix *prefixes, size_t count, double *ret_whole,
                         double *ret_reading)
{
    struct set s = {prefixes, count};
    double each[2];
    const char *why_not = cage_run(bird_job, &s, each, 2);

    *ret_whole = each[0];
    *ret_reading = each[1];
    return why_not;
}

/* ---- zebra ----------------------------------------------------------------------------------- */

#define ZEBRA            "/usr/lib/frr/zebra"
#define ZAPI_HELLO       18
#define ZAPI_ROUTE_ADD   8
#define ZAPI_SHARP       23 /* a protocol for tests */
#define ZAPI_HAS_NEXTHOP 1
#define ZAPI_BLACKHOLE   6
#define ZAPI_HEADER      10
#define ZAPI_MESSAGE_MAX 64
#define ZAPI_BATCH       1000u

static uint8_t *put(uint8_t *at, uint32_t value, unsigned octets)
{
    for (unsigned n = octets; n-- > 0;) *at++ = (uint8_t)(value >> (8 * n));
    return at;
}

static uint8_t *put_header(uint8_t *at, unsigned command)
{
    at = put(at, 0, 2); /* the length, at the end */
    at = put(at, 254, 1);
    at = put(at, 6, 1);
    at = put(at, 0, 4);
    return put(at, command, 2);
}

static size_t finish(uint8_t *message, const uint8_t *end)
{
    put(message, (uint32_t)(end - message), 2);
    return (size_t)(end - message);
}

/* Protocol, instance, session, neither notices nor synchronous. */
static size_t hello(uint8_t *message)
{
    uint8_t *at = put(put_header(message, ZAPI_HELLO), ZAPI_SHARP, 1);

    return finish(message, put(put(at, 0, 2 + 4), 0, 2));
}

static size_t route(uint8_t *message, const struct rtm_prefix *p)
{
    unsigned octets = (p->length + 7u) / 8;
    uint8_t *at = put(put_header(message, ZAPI_ROUTE_ADD), ZAPI_SHARP, 1);

    at = put(put(at, 0, 2 + 4), ZAPI_HAS_NEXTHOP, 4); /* instance and flags before it */
    at = put(put(put(at, 1, 1), 2, 1), p->length, 1); /* unicast, AF_INET */
    memcpy(at, p->address.octets, octets);
    at = put(put(at + octets, 1, 2), 0, 4); /* one, in this VRF */
    at = put(put(put(at, ZAPI_BLACKHOLE, 1), 0, 1), 0, 1);
    return finish(message, at);
}

static int feed(int fd, const struct set *s)
{
    static uint8_t batch[ZAPI_BATCH * ZAPI_MESSAGE_MAX];
    size_t size = hello(batch);

    for (size_t n = 0; n < s->count; n++) {
        size += route(batch + size, &s->prefixes[n]);
        if (size < sizeof(batch) - ZAPI_MESSAGE_MAX && n + 1 < s->count) continue;
        for (size_t sent = 0; sent < size;) {
            ssize_t more = send(fd, batch + sent, size - sent, MSG_NOSIGNAL);
            if (more <= 0) return 0;
            sent += (size_t)more;
        }
        size = 0;
    }
    return 1;
}

/* Once it has had nothing to do for half a second. */
static double cpu_when_idle(pid_t pid)
{
    double before, now = daemon_cpu(pid);

    do {
        before = now;
        daemon_pause(500000);
        now = daemon_cpu(pid);
    } while (now - before > 2e6);
    return now;
}

static int zebra_has(size_t count)
{
    static const char ask[] = "show ip route summary", end[4] = {0};
    char answer[4096], *total;
    int fd = daemon_connect("/run/zebra.vty"), answered;
    unsigned long has = 0;

    answered =
        fd >= 0 && daemon_ask(fd, ask, sizeof(ask), answer, sizeof(answer), end, sizeof(end));
    if (fd >= 0) close(fd);
    total = answered ? strstr(answer, "\nsharp") : NULL;
    if (total) has = strtoul(total + 6, NULL, 10);
    return has == count;
}

static int write_zebra_conf(void)
{
    FILE *f = fopen("/run/zebra.conf", "w");

    if (!f) return 0;
    fputs("route-map NONE deny 1\nip protocol sharp route-map NONE\n", f);
    return fclose(f) == 0;
}

static const char *zebra_job(void *context, double *ret, size_t count)
{
    static const char *const argv[] = {ZEBRA,
                                       "-u",
                                       "frr",
                                       "-g",
                                       "frr",
                                       "-f",
                                       "/run/zebra.conf",
                                       "-z",
                                       "/run/zserv.api",
                                       "--vty_socket",
                                       "/run",
                                       "-i",
                                       "/run/zebra.pid",
                                       "-P",
                                       "0",
                                       NULL};
    const struct set *s = context;
    pid_t zebra;
    double idle;
    int fd, fed;

    (void)count;
    if (access(ZEBRA, X_OK)) return "FRR's zebra is not installed";
    if (!write_zebra_conf()) return "no room for zebra's configuration";
    zebra = daemon_start(argv);
    fd = daemon_connect("/run/zserv.api");
    idle = cpu_when_idle(zebra);
    fed = fd >= 0 && feed(fd, s);
    *ret = (cpu_when_idle(zebra) - idle) / (double)s->count;
    fed = fed && zebra_has(s->count);
    daemon_kill(zebra);
    return fed ? NULL : "this version of zebra does not take the routes";
}

const char *daemons_zebra(const struct rtm_prefix *prefixes, size_t count, double *ret)
{
    struct set s = {prefixes, count};

    return cage_run(zebra_job, &s, ret, 1);
}
