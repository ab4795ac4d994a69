/* The listening socket. One thread waits for connections. */
#include "win32/carrier/rpc_tcp.h"

#include <stdio.h>
#include <string.h>
#include <ws2tcpip.h>
#include <mswsock.h>

#include "base/trace.h"
#include "win32/carrier/rpc_connections.h"
#include "win32/sys/overlapped.h"
#include "win32/sys/no_interface_macro.h"

static struct {
    bool has_sockets; /* WSAStartup was called */
    int family;
    SOCKET socket;
    LPFN_ACCEPTEX accept;
    HANDLE thread, stop, connected;
} tcp = {.socket = INVALID_SOCKET};
static struct rpc_connections tcp_connections = RPC_CONNECTIONS_INIT;

/* ---- the address ----------------------------------------------------------------------------- */

/* Of either family, with a port. */
static bool read_address(const char16_t *text, struct sockaddr_in6 *ret, int *ret_size)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)ret;
    WCHAR copy[RPC_ADDRESS_MAX];

    memcpy(copy, text, sizeof(copy));
    *ret_size = sizeof(*v4);
    if (WSAStringToAddressW(copy, AF_INET, NULL, (SOCKADDR *)ret, ret_size) == 0)
        return v4->sin_port != 0 && v4->sin_addr.s_addr != INADDR_ANY;
    memcpy(copy, text, sizeof(copy));
    *ret_size = sizeof(*ret);
    if (WSAStringToAddressW(copy, AF_INET6, NULL, (SOCKADDR *)ret, ret_size) != 0) return false;
    return ret->sin6_port != 0 && memcmp(&ret->sin6_addr, &in6addr_any, sizeof(in6addr_any)) != 0;
}

/* ---- listening ------------------------------------------------------------------------------- */

static mpr_status socket_error(const char *what)
{
    int error = WSAGetLastError();

    TRACE(ERROR, "rpc: no calls from other machines: %s gives error %d", what, error);
    return error ? (mpr_status)error : ST_NOT_ENOUGH_MEMORY;
}

static SOCKET new_socket(void)
{
    return WSASocketW(tcp.family, SOCK_STREAM, IPPROTO_TCP, NULL, 0,
                      WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
}

static mpr_status find_accept(void)
{
    GUID id = WSAID_ACCEPTEX;
    DWORD size;

    if (WSAIoctl(tcp.socket, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &tcp.accept,
                 sizeof(tcp.accept), &size, NULL, NULL))
        return socket_error("accepting");
    return ST_OK;
}

static mpr_status open_listener(const struct sockaddr_in6 *address, int size)
{
    const DWORD yes = 1;

    tcp.family = address->sin6_family;
    tcp.socket = new_socket();
    if (tcp.socket == INVALID_SOCKET) return socket_error("a socket");
    setsockopt(tcp.socket, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (const char *)&yes, sizeof(yes));
    if (bind(tcp.socket, (const SOCKADDR *)address, size)) return socket_error("the address");
    if (listen(tcp.socket, SOMAXCONN)) return socket_error("listening");
    return find_accept();
}

/* ---- connections ----------------------------------------------------------------------------- */

/* False: there was none, since it has gone already, there is no memory, or this is to stop. */
static bool accept_one(SOCKET accepted)
{
    char addresses[2 * (sizeof(struct sockaddr_in6) + 16)];
    OVERLAPPED o = {.hEvent = tcp.connected};
    const DWORD room = sizeof(addresses) / 2;
    DWORD size = 0;
    bool begun = tcp.accept(tcp.socket, accepted, addresses, 0, room, room, &size, &o);

    if (!overlapped_wait((HANDLE)tcp.socket, begun, &o, tcp.stop, INFINITE, &size)) return false;
    return setsockopt(accepted, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (const char *)&tcp.socket,
                      sizeof(tcp.socket)) == 0;
}

/* TCP names nobody. */
static void add_tcp_connection(SOCKET accepted)
{
    struct rpc_stream stream;

    if (rpc_stream_of_socket(&stream, accepted) == ST_OK)
        rpc_connections_add(&tcp_connections, &stream, 0);
}

/* An operation for each connection, since FD_ACCEPT may be lost: Wine says it once more for a
 * connection that has been accepted meanwhile, and then never again. */
static DWORD WINAPI wait_for_connections(void *parameter)
{
    enum { PAUSE_MS = 20 };
    DWORD pause = 0;
    SOCKET accepted;

    (void)parameter;
    while (WaitForSingleObject(tcp.stop, pause) == WAIT_TIMEOUT) {
        accepted = new_socket();
        pause = accept_one(accepted) ? 0 : PAUSE_MS;
        if (!pause)
            add_tcp_connection(accepted);
        else if (accepted != INVALID_SOCKET)
            closesocket(accepted);
    }
    return 0;
}

static mpr_status start_tcp(const struct sockaddr_in6 *address, int size)
{
    mpr_status status;

    tcp.stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    tcp.connected = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!tcp.stop || !tcp.connected) return ST_NOT_ENOUGH_MEMORY;
    status = open_listener(address, size);
    if (status != ST_OK) return status;
    tcp.thread = CreateThread(NULL, 0, wait_for_connections, NULL, 0, NULL);
    return tcp.thread ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static bool start_sockets(void)
{
    WSADATA data;

    if (!tcp.has_sockets) tcp.has_sockets = WSAStartup(MAKEWORD(2, 2), &data) == 0;
    return tcp.has_sockets;
}

mpr_status rpc_tcp_listen(const struct rpc_settings *settings)
{
    struct sockaddr_in6 address;
    char port[8];
    int size;

    if (!start_sockets()) return ST_NOT_SUPPORTED;
    if (!read_address(settings->address, &address, &size)) {
        TRACE(ERROR, "rpc: \"%s\" is no address with a port", trace_u16(settings->address).text);
        return ST_INVALID_DATA;
    }
    snprintf(port, sizeof(port), "%u", ntohs(address.sin6_port));
    rpc_connections_start(&tcp_connections, settings->allow_anonymous, port);
    TRACE(INFO, "rpc: %s, callers without identity are %s", trace_u16(settings->address).text,
          settings->allow_anonymous ? "served, as administrators" : "refused");
    return start_tcp(&address, size);
}

void rpc_tcp_unlisten(void)
{
    HANDLE *all[] = {&tcp.thread, &tcp.stop, &tcp.connected};

    if (tcp.thread) {
        SetEvent(tcp.stop);
        WaitForSingleObject(tcp.thread, INFINITE);
    }
    if (tcp.socket != INVALID_SOCKET) closesocket(tcp.socket);
    tcp.socket = INVALID_SOCKET;
    rpc_connections_stop(&tcp_connections);
    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
        if (*all[i]) CloseHandle(*all[i]);
        *all[i] = NULL;
    }
    if (tcp.has_sockets) WSACleanup();
    tcp.has_sockets = false;
}

unsigned rpc_tcp_connections(void)
{
    return rpc_connections_count(&tcp_connections);
}
