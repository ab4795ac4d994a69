#include "pe/rip_setup.h"

#include <string.h>

/* Command 1, version 2, one entry of family 0 and metric 16. */
const unsigned char rip_request[RIP_REQUEST_SIZE] = {1, 2, [23] = 16};

/* IPRIP_GLOBAL_CONFIG: logging, receive queue, send queue, triggered interval, no filter. */
static const DWORD global_block[6] = {1, 1048576, 1048576, 5, 0, 0};

/* Split horizon, poison reverse, graceful shutdown, triggered updates. */
#define LAN_FLAGS 0xF0u

/* IPRIP_IF_CONFIG: state, metric 1, update mode, version 2 both ways, flags, expiration, removal,
 * full update, no authentication, key (4), tag, no lists. */
static const DWORD interface_blocks[][21] = {
    [RIP_UPDATE_PERIODIC] = {0, 1, RIP_UPDATE_PERIODIC, 3, 3, LAN_FLAGS, 180, 120, 30, 1},
    [RIP_UPDATE_DEMAND] = {0, 1, RIP_UPDATE_DEMAND, 3, 3, 0, 180, 120, 30, 1},
    [RIP_LISTENS] = {0, 1, RIP_UPDATE_PERIODIC, 3, 0, 0, 180, 120, 30, 1}};

void rip_registry(void)
{
    setup_dword(L"Parameters\\Ip", L"RipPort", RIP_PORT);
    setup_text(L"Parameters\\Dialers\\Rip0", L"Kind", L"existing");
    setup_text(L"Parameters\\Dialers\\Rip0", L"Adapter", L"lo");
    setup_text(L"Parameters\\Dialers\\Rip0", L"Remote", L"127.0.0.2");
    setup_phonebook("Rip", 1);
}

HANDLE rip_interface(MPR_SERVER_HANDLE server, enum rip_update mode)
{
    LPVOID header;
    HANDLE handle;

    setup_transport(server, RIP_ID, global_block, sizeof(global_block));
    header = setup_block(RIP_ID, interface_blocks[mode], sizeof(interface_blocks[mode]));
    handle = setup_interface(server, L"Rip0", header);
    MprInfoDelete(header);
    return handle;
}

struct sockaddr_in rip_address(const char *address, int port)
{
    struct sockaddr_in ret = {.sin_family = AF_INET, .sin_port = htons((u_short)port)};

    ret.sin_addr.s_addr = inet_addr(address);
    return ret;
}

SOCKET rip_socket(const char *address, int port)
{
    struct sockaddr_in local = rip_address(address, port);
    int on = 1, size = 8 << 20;
    WSADATA data;
    SOCKET s;

    if (WSAStartup(MAKEWORD(2, 2), &data)) bench_die("no sockets");
    s = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (const char *)&on, sizeof(on));
    setsockopt(s, SOL_SOCKET, SO_RCVBUF, (const char *)&size, sizeof(size));
    if (bind(s, (struct sockaddr *)&local, sizeof(local))) bench_die("can't bind to %s", address);
    return s;
}

/* ---- bare receipt ---------------------------------------------------------------------------- */

#define ENTRIES 25u

static SOCKET own;

void rip_bare_open(void)
{
    DWORD patience = 10000;

    own = rip_socket(RIP_OWN, 0);
    setsockopt(own, SOL_SOCKET, SO_RCVTIMEO, (const char *)&patience, sizeof(patience));
}

double rip_bare(unsigned routes)
{
    struct sockaddr_in to = rip_address(RIP_NEIGHBOUR, RIP_PORT);
    unsigned datagrams = (routes + ENTRIES - 1) / ENTRIES;
    double start = bench_now();
    char data[600];

    if (sendto(own, (const char *)rip_request, RIP_REQUEST_SIZE, 0, (struct sockaddr *)&to,
               sizeof(to)) < 0)
        bench_die("the request can't be sent");
    for (unsigned i = 0; i < datagrams; i++) {
        struct sockaddr_in from;
        int size = sizeof(from);
        if (recvfrom(own, data, sizeof(data), 0, (struct sockaddr *)&from, &size) < 0)
            bench_die("datagram %u of %u did not come: error %d", i, datagrams, WSAGetLastError());
    }
    return bench_now() - start;
}
