#include "pe/rip_setup.h"

#include <string.h>

/* Command 1, version 2, one entry of family 0 and metric 16. */
const unsigned char rip_request[RIP_REQUEST_SIZE] = {1, 2, [23] = 16};

/* IPRIP_GLOBAL_CONFIG: logging, receive queue, send queue, triggered interval, no filter. */
static const DWORD global_block[6] = {1, 1048576, 1048576, 5, 0, 0};

/* IPRIP_IF_CONFIG, as DWORDs, and the one peer behind it. */
enum {
    METRIC = 1,
    UPDATE_MODE = 2, /* 1: demand */
    ACCEPT = 3,      /* 3: version 2 */
    ANNOUNCE = 4,
    EXPIRATION = 6,
    REMOVAL = 7,
    FULL_UPDATE = 8,
    AUTHENTICATION = 9, /* 1: none */
    PEER_MODE = 15,     /* 2: peers only */
    PEER_COUNT = 18,
    PEER = 21,
    BLOCK_SIZE
};

void rip_registry(void)
{
    setup_dword(L"Parameters\\Ip", L"RipPort", RIP_PORT);
    setup_text(L"Parameters\\Dialers\\Rip0", L"Kind", L"existing");
    setup_text(L"Parameters\\Dialers\\Rip0", L"Adapter", L"lo");
    setup_phonebook("Rip", 1);
}

HANDLE rip_interface(MPR_SERVER_HANDLE server)
{
    DWORD block[BLOCK_SIZE] = {[METRIC] = 1,         [UPDATE_MODE] = 1,    [ACCEPT] = 3,
                               [ANNOUNCE] = 3,       [EXPIRATION] = 180,   [REMOVAL] = 120,
                               [FULL_UPDATE] = 30,   [AUTHENTICATION] = 1, [PEER_MODE] = 2,
                               [PEER_COUNT] = 1};
    LPVOID header;
    HANDLE handle;

    block[PEER] = inet_addr(RIP_NEIGHBOUR);
    setup_transport(server, RIP_ID, global_block, sizeof(global_block));
    header = setup_block(RIP_ID, block, sizeof(block));
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
