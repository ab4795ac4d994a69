/* What an administrator says of routers on other machines. */
#ifndef MPR_WIN32_RPC_STORE_H
#define MPR_WIN32_RPC_STORE_H

#include <stdbool.h>
#include <stdint.h>
#include <uchar.h>

#define RPC_STORE_ADDRESS 64u

/* Parameters\RpcAddress (REG_SZ), Parameters\RpcPort and RpcAllowAnonymous (REG_DWORD, 1: yes);
 * what each is for: win32/carrier/rpc.h. */
struct rpc_stored {
    char16_t address[RPC_STORE_ADDRESS];
    uint32_t port;
    bool allow_anonymous;
};

/* As it is now, whoever the thread acts as. What is malformed counts as not there, and so does what
 * comes behind it, but for a warning in the log. */
void rpc_store_read(struct rpc_stored *ret);

#endif
