/* A RIP version 2 responder: the other router, for trying things without another router.
 *
 * usage: rip-responder ADDRESS PORT TABLE [INTERFACE_ADDRESS]
 *   ADDRESS            what it answers from, e.g. 127.0.0.2
 *   PORT               what it listens on and answers from; RIP's own is 520
 *   TABLE              a file of lines "address/length"
 *   INTERFACE_ADDRESS  also hear requests sent to 224.0.0.9 on the adapter with this address
 *
 * It answers requests for the whole table, to whoever asks, and does nothing else. The same source
 * compiles for Windows and for Unix. It says "ready" when it is, and runs until it is stopped.
 */
#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#define SOCKET_INVALID INVALID_SOCKET
typedef int length_type;
typedef SOCKET socket_type;
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/select.h>
#include <sys/socket.h>
#define SOCKET_INVALID (-1)
typedef size_t length_type;
typedef int socket_type;
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table.h"

#define RIP_GROUP "224.0.0.9"

static struct sockaddr_in address_of(const char *text, int port)
{
    struct sockaddr_in address;

    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)port);
    address.sin_addr.s_addr = inet_addr(text);
    return address;
}

static socket_type open_socket(const char *address, int port)
{
    struct sockaddr_in local = address_of(address, port);
    int on = 1;
    socket_type s = socket(AF_INET, SOCK_DGRAM, 0);

    if (s == SOCKET_INVALID) return s;
    /* The router beside us has the same port on all addresses. */
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (const char *)&on, sizeof(on));
    return bind(s, (struct sockaddr *)&local, sizeof(local)) == 0 ? s : SOCKET_INVALID;
}

/* A second socket, since one that is bound to our address hears no multicast. Bound to the group it
 * hears nothing else. Windows and Wine allow addresses of adapters only; a socket for all of them
 * may take what a router on the same machine should get, so beside one run the Unix program. */
static socket_type join_group(const char *interface_address, int port)
{
    struct ip_mreq group;
    socket_type s = open_socket(RIP_GROUP, port);

    if (s == SOCKET_INVALID) s = open_socket("0.0.0.0", port);
    if (s == SOCKET_INVALID) return s;
    group.imr_multiaddr.s_addr = inet_addr(RIP_GROUP);
    group.imr_interface.s_addr = inet_addr(interface_address);
    if (setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, (const char *)&group, sizeof(group)) != 0) {
        fprintf(stderr, "rip-responder: can't join %s on %s\n", RIP_GROUP, interface_address);
        return SOCKET_INVALID;
    }
    return s;
}

static void answer(socket_type s, const struct table *table, const struct sockaddr_in *to)
{
    uint8_t packet[RIP_PACKET_MAX];
    size_t next = 0;

    do {
        size_t size = table_response(table, &next, packet);
        sendto(s, (const char *)packet, (length_type)size, 0, (const struct sockaddr *)to,
               sizeof(*to));
    } while (next < table->count);
    printf("answered %s with %u routes\n", inet_ntoa(to->sin_addr), (unsigned)table->count);
    fflush(stdout);
}

static void receive(socket_type from, socket_type answer_from, const struct table *table)
{
    uint8_t packet[RIP_PACKET_MAX];
    struct sockaddr_in sender;
    socklen_t length = sizeof(sender);
    long size =
        recvfrom(from, (char *)packet, sizeof(packet), 0, (struct sockaddr *)&sender, &length);

    if (size > 0 && is_table_request(packet, (size_t)size)) answer(answer_from, table, &sender);
}

static void serve(const socket_type sockets[2], const struct table *table)
{
    printf("ready: %u routes\n", (unsigned)table->count);
    fflush(stdout);
    for (;;) {
        fd_set readable;
        socket_type last = sockets[0];

        FD_ZERO(&readable);
        for (int i = 0; i < 2; i++) {
            if (sockets[i] == SOCKET_INVALID) continue;
            FD_SET(sockets[i], &readable);
            if (sockets[i] > last) last = sockets[i];
        }
        if (select((int)last + 1, &readable, NULL, NULL, NULL) < 0) return;
        for (int i = 0; i < 2; i++) {
            if (sockets[i] != SOCKET_INVALID && FD_ISSET(sockets[i], &readable))
                receive(sockets[i], sockets[0], table);
        }
    }
}

static int load(struct table *table, const char *name)
{
    FILE *file = fopen(name, "r");
    int bad = file ? table_read(table, file) : -1;

    if (bad > 0) fprintf(stderr, "rip-responder: %s:%d: not \"address/length\"\n", name, bad);
    if (bad < 0) fprintf(stderr, "rip-responder: %s can't be read\n", name);
    if (file) fclose(file);
    return bad == 0;
}

int main(int argc, char **argv)
{
    struct table table = {0, 0, NULL};
    socket_type sockets[2] = {SOCKET_INVALID, SOCKET_INVALID};
    int port;

    if (argc < 4 || argc > 5) {
        fprintf(stderr, "usage: rip-responder ADDRESS PORT TABLE [INTERFACE_ADDRESS]\n");
        return 2;
    }
#ifdef _WIN32
    WSADATA data;
    if (WSAStartup(MAKEWORD(2, 2), &data)) return 1;
#endif
    if (!load(&table, argv[3])) return 1;
    port = (int)strtol(argv[2], NULL, 10);
    sockets[0] = open_socket(argv[1], port);
    if (argc == 5) sockets[1] = join_group(argv[4], port);
    if (sockets[0] == SOCKET_INVALID || (argc == 5 && sockets[1] == SOCKET_INVALID))
        fprintf(stderr, "rip-responder: can't listen on %s, port %s\n", argv[1], argv[2]);
    else
        serve(sockets, &table);
    table_free(&table);
    return 1;
}
