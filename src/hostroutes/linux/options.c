#include "hostroutes/linux/options.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hostroutes/linux/monitor.h"

#define EX_USAGE 64

static const char usage[] =
    "usage: mprnetlink [OPTION...]\n"
    "Puts the routes of a router into the kernel and tells it what changes; the router starts it "
    "and\n"
    "speaks to it by messages (src/hostroutes/message.h). Needs CAP_NET_ADMIN for routes, and\n"
    "nothing for events.\n"
    "  --protocol N        the routes' number, 5..255 (ip route show proto N); default 77\n"
    "  --table N           the kernel's table; default 254, main\n"
    "  --at-end WHAT       when the input ends: withdraw (the default) or keep the routes\n"
    "  --events LIST       what to tell: links,addresses,neighbours,routes; default "
    "links,addresses\n"
    "  --events-only       put no routes anywhere\n"
    "  --forward LIST      switch forwarding on (ipv4,ipv6), and off at the end what was off\n"
    "  --forwarded LIST    switch that off at the end, too: an earlier one has switched it on\n"
    "  --input PATH        read from this FIFO, which is unlinked then; default standard input\n"
    "  --output PATH       write to this one; default standard output\n";

static bool number(const char *text, unsigned long low, unsigned long high, unsigned long *ret)
{
    char *end;

    errno = 0;
    *ret = strtoul(text, &end, 10);
    return !errno && end != text && !*end && *text != '-' && *ret >= low && *ret <= high;
}

/* A bit for each name, in the order of names. */
static bool name_bits(char *list, char *const *names, unsigned *ret)
{
    char *value;

    *ret = 0;
    while (*list) {
        int n = getsubopt(&list, names, &value);
        if (n < 0 || value) return false;
        *ret |= 1u << n;
    }
    return true;
}

static bool events(char *list, unsigned *ret)
{
    static char links[] = "links", addresses[] = "addresses", neighbours[] = "neighbours",
                routes[] = "routes";
    static char *const names[] = {links, addresses, neighbours, routes, NULL};

    return name_bits(list, names, ret);
}

static bool families(char *list, unsigned *ret)
{
    static char ipv4[] = "ipv4", ipv6[] = "ipv6";
    static char *const names[] = {ipv4, ipv6, NULL};

    return name_bits(list, names, ret);
}

static bool at_end(const char *text, bool *ret_keep)
{
    *ret_keep = !strcmp(text, "keep");
    return *ret_keep || !strcmp(text, "withdraw");
}

static bool take(struct options *o, int option, char *value)
{
    unsigned long n = 0;
    bool valid;

    switch (option) {
    case 'p':
        valid = number(value, RTPROT_STATIC + 1, 255, &n);
        o->protocol = (uint8_t)n;
        return valid;
    case 't':
        valid = number(value, 1, UINT32_MAX, &n);
        o->table = (uint32_t)n;
        return valid;
    case 'a':
        return at_end(value, &o->keep);
    case 'e':
        return events(value, &o->what);
    case 'f':
        return families(value, &o->forward);
    case 'F':
        return families(value, &o->switched);
    case 'n':
        o->events_only = true;
        return true;
    case 'i':
        o->input = value;
        return true;
    case 'o':
        o->output = value;
        return true;
    default:
        return false;
    }
}

bool options_read(struct options *ret, int argc, char **argv, int *ret_code)
{
    static const struct option known[] = {{"protocol", required_argument, NULL, 'p'},
                                          {"table", required_argument, NULL, 't'},
                                          {"at-end", required_argument, NULL, 'a'},
                                          {"events", required_argument, NULL, 'e'},
                                          {"input", required_argument, NULL, 'i'},
                                          {"output", required_argument, NULL, 'o'},
                                          {"events-only", no_argument, NULL, 'n'},
                                          {"forward", required_argument, NULL, 'f'},
                                          {"forwarded", required_argument, NULL, 'F'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    int option;

    *ret = (struct options){
        .protocol = HR_PROTOCOL, .table = HR_TABLE, .what = MONITOR_LINKS | MONITOR_ADDRESSES};
    *ret_code = EX_USAGE;
    while ((option = getopt_long(argc, argv, "h", known, NULL)) != -1) {
        if (option == 'h') *ret_code = 0;
        if (take(ret, option, optarg)) continue;
        fputs(usage, option == 'h' ? stdout : stderr);
        return false;
    }
    if (optind == argc) return true;
    fputs(usage, stderr);
    return false;
}

/* Opened for both directions first, which does not wait for the other end: it may be gone. */
static int open_fifo(const char *path, int flags)
{
    int both = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK), fd = -1;
    struct stat about;

    if (both >= 0 && !fstat(both, &about) && S_ISFIFO(about.st_mode))
        fd = open(path, flags | O_CLOEXEC);
    if (fd < 0)
        fprintf(stderr, "mprnetlink: %s: %s\n", path, both < 0 ? strerror(errno) : "not a FIFO");
    if (both >= 0) close(both);
    return fd;
}

bool options_open(const struct options *o, int *ret_input, int *ret_output)
{
    *ret_input = o->input ? open_fifo(o->input, O_RDONLY) : STDIN_FILENO;
    *ret_output = o->output ? open_fifo(o->output, O_WRONLY) : STDOUT_FILENO;
    if (*ret_input < 0 || *ret_output < 0) return false;
    if (o->input) unlink(o->input);
    if (o->output) unlink(o->output);
    return true;
}
