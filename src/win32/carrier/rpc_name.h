/* What programs call another machine, as RPC wants it. No I/O. Inside the carrier only. */
#ifndef MPR_WIN32_RPC_NAME_H
#define MPR_WIN32_RPC_NAME_H

#include <stdbool.h>
#include <uchar.h>

#define RPC_HOST_MAX 256u

enum rpc_protocol { RPC_LOCAL, RPC_PIPE, RPC_TCP };
struct rpc_name {
    enum rpc_protocol protocol;
    char16_t host[RPC_HOST_MAX]; /* "": this machine */
    char16_t endpoint[64];
    bool whole; /* the name says the protocol, or a port: there is no other place to look at */
};

/* The forms that rpc.h lists. False: it is none of them. */
bool rpc_name_read(const char16_t *text, struct rpc_name *ret);

#endif
