/* The carrier between machines, and for programs that speak RPC instead of this library: dimsvc as
 * an interface of DCE RPC (MS-RRASM 2.1, 3.1), UUID 8f09f000-b7ed-11ce-bbd2-00001a181cad, 0.0.
 *
 * On this machine the router is at ncalrpc:[ROUTER] and ncacn_np:[\PIPE\ROUTER]. The system's
 * rpcrt4 serves the former, and the latter on Windows; Wine's can't say who calls there. It also
 * binds TCP to every address it finds, and has no bounds for who stops in the middle of a call. So
 * the pipe under Wine, and TCP at the one address that an administrator names, have a server of
 * their own here.
 *
 * RPC has no sessions: the router opens those of each client itself (rpc_clients.h), and at the
 * client's end one is as good as another.
 */
#ifndef MPR_WIN32_RPC_H
#define MPR_WIN32_RPC_H

#include <stdbool.h>
#include <uchar.h>

#include "win32/carrier/carrier.h"

#define RPC_ADDRESS_MAX 64u

/* What an administrator says, of either end (win32/store/rpc_store.h). */
struct rpc_settings {
    char16_t address[RPC_ADDRESS_MAX]; /* "192.0.2.1:5000" or "[2001:db8::1]:5000": served there; ""
                                          is nowhere */
    uint32_t port;                     /* where other machines' routers are found; 0: at no port */
    bool allow_anonymous; /* calls may come, and go, without anybody knowing from whom */
};

/* ---- the client's end ------------------------------------------------------------------------ */

/* Finds the router of another machine. name is what MprAdminServerConnect gets, with or without \\:
 *     host                        \PIPE\ROUTER there, sealed where the machine can; else the TCP
 * port of settings->port host:port, host[port]       TCP, that port ncalrpc:[ROUTER],
 * ncacn_np:host[endpoint], ncacn_ip_tcp:host[port] TCP is sealed with an identity (SPNEGO, packet
 * privacy), or, where that can't be had at either end, neither sealed nor signed, if
 * settings->allow_anonymous; else ST_ACCESS_DENIED.
 *
 * One carrier for each name, which stays; nothing is kept of a name that nobody answers for. Its
 * calls return ST_RPC_SERVER_UNAVAILABLE (nobody is there, or nobody who knows the interface),
 * ST_RPC_CALL_FAILED, ST_ACCESS_DENIED, ST_RPC_SERVER_TOO_BUSY, ST_NOT_ENOUGH_MEMORY (also for more
 * than 16 MB), or what the other end's fault says. */
mpr_status rpc_connect(const char16_t *name, const struct rpc_settings *settings,
                       struct carrier **ret);

/* ---- the router's end ------------------------------------------------------------------------ */

/* Serves this machine, and settings->address. The handler acts as the caller, whose token the
 * system gives, under Wine as the caller's process. A caller by TCP has none: its calls act as the
 * router's process if settings->allow_anonymous, and else end with access denied. A client is the
 * process that ncalrpc names, or under Wine the pipe; those that the transport does not name are
 * process 0, which has no events.
 *
 * An address that can't be had is an error in the log, and the rest is served. ST_ALREADY_EXISTS:
 * another process has the endpoints, which a process keeps until it ends. ST_ACCESS_DENIED: this
 * process is no administrator. ST_NOT_SUPPORTED: there is no rpcrt4. */
mpr_status rpc_listen(const struct carrier_handler *handler, const struct rpc_settings *settings);
/* Returns when all calls that ran have returned and all clients have ended. */
void rpc_unlisten(void);

/* Processes of this machine that are clients, and connections by TCP. */
unsigned rpc_client_count(void);

#endif
