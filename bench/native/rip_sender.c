/* The neighbour of the RIP benchmark: answers a request for the whole table with ROUTES routes.
 *
 * A thousand datagrams back to back do not fit into a receive buffer of the default size, and one
 * that is lost would make either side of the comparison wait. So a chunk is sent only when the
 * receiver's queue (rx_queue of /proc/net/udp) has room, the same way whoever receives.
 *
 * A request for certain destinations is answered with these, behind the table if that was asked for
 * before, as RFC 2453 3.9.1 has it and FRR does.
 *
 * Requests are heard at ADDRESS, and by multicast over the adapter with the address OWN; answers
 * come from ADDRESS.
 *
 * usage: bench_rip_sender ADDRESS OWN PORT ROUTES [SOCKETS]
 * SOCKETS is the /proc/net/udp of the receiver, where that is in another namespace.
 * It prints "ready" and ends when its standard input does.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/pairs.h"

#define ENTRIES     25u
#define CHUNK       64u
#define ROOM        40000ul /* octets of rx_queue below which the next chunk goes */
#define ENTRY_SIZE  20u
#define HEADER_SIZE 4u
#define UNREACHABLE 16u /* a metric */
#define WAIT_US     200
#define WAITS_MAX   25000
#define RIP_GROUP   "224.0.0.9"

static const char *sockets = "/proc/net/udp";

static uint8_t *put32(uint8_t *at, uint32_t value)
{
    uint32_t be = htonl(value);

    memcpy(at, &be, sizeof(be));
    return at + sizeof(be);
}

static size_t build(uint8_t *packet, uint32_t first, uint32_t count)
{
    uint8_t *at = put32(packet, 0x02020000u); /* response, version 2 */

    for (uint32_t i = first; i < first + count; i++) {
        at = put32(at, 0x00020000u); /* IPv4, tag 0 */
        at = put32(at, 0x14000000u + (i << 8));
        at = put32(at, 0xFFFFFF00u);
        at = put32(at, 0);
        at = put32(at, 1 + i % 3);
    }
    return (size_t)(at - packet);
}

/* Of a line "  n: ADDRESS:PORT ADDRESS:PORT STATE TX_QUEUE:RX_QUEUE ...", all in hexadecimal: the
 * receive queue if it is about this port, else 0. */
static unsigned long waiting(const char *line, unsigned port)
{
    const char *at = strchr(line, ':');

    at = at ? strchr(at + 1, ':') : NULL; /* of the own address */
    if (!at || strtoul(at + 1, NULL, 16) != port) return 0;
    at = strchr(at + 1, ':');             /* of the other one */
    at = at ? strchr(at + 1, ':') : NULL; /* of the queues */
    return at ? strtoul(at + 1, NULL, 16) : 0;
}

/* Octets waiting at the receiver's socket; 0 when it is not found. */
static unsigned long queued(const struct sockaddr_in *to)
{
    char line[256];
    unsigned long most = 0;
    FILE *file = fopen(sockets, "r");

    while (file && fgets(line, sizeof(line), file)) {
        unsigned long rx = waiting(line, ntohs(to->sin_port));
        if (rx > most) most = rx;
    }
    if (file) fclose(file);
    return most;
}

static void wait_for_room(const struct sockaddr_in *to)
{
    for (int i = 0; i < WAITS_MAX && queued(to) > ROOM; i++) usleep(WAIT_US);
}

static void answer(int s, const struct sockaddr_in *to, uint32_t routes)
{
    uint8_t packet[HEADER_SIZE + ENTRIES * ENTRY_SIZE];
    unsigned sent = 0;

    for (uint32_t first = 0; first < routes; first += ENTRIES) {
        uint32_t left = routes - first;
        size_t size = build(packet, first, left < ENTRIES ? left : ENTRIES);
        if (sent++ % CHUNK == 0) wait_for_room(to);
        if (sendto(s, packet, size, 0, (const struct sockaddr *)to, sizeof(*to)) < 0) return;
    }
}

static uint32_t get32(const uint8_t *at)
{
    uint32_t be;

    memcpy(&be, at, sizeof(be));
    return ntohl(be);
}

/* One entry, family 0, metric 16. */
static int is_for_the_table(const uint8_t *request, size_t size)
{
    const uint8_t *entry = request + HEADER_SIZE;

    return size == HEADER_SIZE + ENTRY_SIZE && get32(entry) == 0 &&
           get32(entry + 16) == UNREACHABLE;
}

/* The metric of each destination: none is known but those of the table, which nobody asks for. */
static void answer_entries(int s, const struct sockaddr_in *to, uint8_t *packet, size_t size)
{
    packet[0] = 2;
    for (size_t at = HEADER_SIZE; at + ENTRY_SIZE <= size; at += ENTRY_SIZE)
        put32(packet + at + 16, UNREACHABLE);
    sendto(s, packet, size, 0, (const struct sockaddr *)to, sizeof(*to));
}

static int open_socket(const char *address, const char *port)
{
    struct sockaddr_in local = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)bench_number(port))};
    int s = socket(AF_INET, SOCK_DGRAM, 0), on = 1;

    local.sin_addr.s_addr = inet_addr(address);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (s < 0 || bind(s, (const struct sockaddr *)&local, sizeof(local)))
        bench_die("can't bind to %s:%s", address, port);
    return s;
}

static int join_group(const char *own, const char *port)
{
    struct ip_mreq group;
    int s = open_socket(RIP_GROUP, port);

    group.imr_multiaddr.s_addr = inet_addr(RIP_GROUP);
    group.imr_interface.s_addr = inet_addr(own);
    if (setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof(group)))
        bench_die("can't join %s on %s", RIP_GROUP, own);
    return s;
}

static void receive(int s, int answer_from, uint32_t routes)
{
    struct sockaddr_in from;
    socklen_t size = sizeof(from);
    uint8_t data[600];
    ssize_t got = recvfrom(s, data, sizeof(data), 0, (struct sockaddr *)&from, &size);

    if (got < (ssize_t)(HEADER_SIZE + ENTRY_SIZE) || data[0] != 1) return;
    if (is_for_the_table(data, (size_t)got))
        answer(answer_from, &from, routes);
    else
        answer_entries(answer_from, &from, data, (size_t)got);
}

int main(int argc, char **argv)
{
    struct pollfd fds[3] = {{.fd = 0, .events = POLLIN}, {.events = POLLIN}, {.events = POLLIN}};
    uint32_t routes;

    if (argc < 5) bench_die("usage: bench_rip_sender ADDRESS OWN PORT ROUTES [SOCKETS]");
    if (argc > 5) sockets = argv[5];
    fds[1].fd = open_socket(argv[1], argv[3]);
    fds[2].fd = join_group(argv[2], argv[3]);
    routes = (uint32_t)bench_number(argv[4]);
    puts("ready");
    fflush(stdout);
    while (poll(fds, 3, -1) > 0 && !fds[0].revents) {
        for (int i = 1; i < 3; i++) {
            if (fds[i].revents) receive(fds[i].fd, fds[1].fd, routes);
        }
    }
    return 0;
}
