/* rpcrt4's functions, had when they are first needed: a program that works with a router of its own
 * does not load it. Marshalling is by hand (I_RpcGetBuffer), since src/dimsvc writes the octets.
 * Inside the carrier only. */
#ifndef MPR_WIN32_RPC_RUNTIME_H
#define MPR_WIN32_RPC_RUNTIME_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include <rpc.h>
#include <rpcdce.h>
#include <rpcdcep.h>

#include "win32/sys/no_interface_macro.h"

#define RPC_FUNCTIONS(X)             \
    X(I_RpcGetBuffer)                \
    X(I_RpcSendReceive)              \
    X(I_RpcFreeBuffer)               \
    X(I_RpcBindingInqLocalClientPID) \
    X(RpcStringBindingComposeW)      \
    X(RpcBindingFromStringBindingW)  \
    X(RpcStringFreeW)                \
    X(RpcBindingFree)                \
    X(RpcBindingSetAuthInfoExW)      \
    X(RpcImpersonateClient)          \
    X(RpcRevertToSelf)               \
    X(RpcRaiseException)             \
    X(RpcServerUseProtseqEpW)        \
    X(RpcServerRegisterIfEx)         \
    X(RpcServerRegisterAuthInfoW)    \
    X(RpcServerUnregisterIf)

struct rpc_runtime {
#define RPC_MEMBER(name) __typeof__(name) *name;
    RPC_FUNCTIONS(RPC_MEMBER)
#undef RPC_MEMBER
};

/* NULL: there is none, or it lacks a function (logged). */
const struct rpc_runtime *rpc_runtime(void);

/* Wine's rpcrt4 differs in three ways: it can't say who calls at a pipe; it has no SMB, and takes
 * the pipe of this machine whatever host is asked for, whose router would be managed in another's
 * name; and a call that has failed keeps its connection until I_RpcFreeBuffer, where Windows has
 * freed everything by itself. */
bool rpc_is_wines(void);

/* The interface and its transfer syntax, for RPC_CLIENT_INTERFACE and RPC_SERVER_INTERFACE. */
#define RPC_DIMSVC                                                                \
    {                                                                             \
        {0x8f09f000, 0xb7ed, 0x11ce, {0xbb, 0xd2, 0, 0, 0x1a, 0x18, 0x1c, 0xad}}, \
        {                                                                         \
            0, 0                                                                  \
        }                                                                         \
    }
#define RPC_NDR                                                                      \
    {                                                                                \
        {0x8a885d04, 0x1ceb, 0x11c9, {0x9f, 0xe8, 0x08, 0, 0x2b, 0x10, 0x48, 0x60}}, \
        {                                                                            \
            2, 0                                                                     \
        }                                                                            \
    }
#define RPC_LITTLE_ENDIAN 0x10u

#define RPC_LOCAL_ENDPOINT L"ROUTER"
#define RPC_PIPE_ENDPOINT  L"\\PIPE\\ROUTER"
/* What the latter is called in the system, and the former under Wine, whose ncalrpc is a pipe. */
#define RPC_PIPE_NAME        L"\\\\.\\pipe\\ROUTER"
#define RPC_WINES_LOCAL_NAME L"\\\\.\\pipe\\lrpc\\ROUTER"

#endif
