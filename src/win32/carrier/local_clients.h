/* The router's clients and their channels. Inside the carrier only. */
#ifndef MPR_WIN32_LOCAL_CLIENTS_H
#define MPR_WIN32_LOCAL_CLIENTS_H

#include "win32/carrier/carrier.h"

#include <stdbool.h>

#include "win32/carrier/local_layout.h"

enum local_way { LOCAL_REQUESTS, LOCAL_RESPONSES, LOCAL_WAYS };

struct local_client {
    DWORD process_id;
    HANDLE process;
    HANDLE token;  /* NULL: like this process' own */
    void *handled; /* the handler's */
    unsigned channel_count;
    volatile LONG64 octets[LOCAL_WAYS]; /* under way */
    struct local_channel *channels;
    struct local_client *prev, *next;
};

struct local_channel {
    struct local_client *client;
    HANDLE section, request, response;
    volatile struct local_header *header; /* the client writes to it at any time */
    bool spoiled;                         /* its thread can't act as the client any more */
    uint8_t *kept;                        /* the octets of the last response, if it was long */
    struct local_channel *prev, *next;
};

/* Before the first client, and again after local_clients_stop. */
void local_clients_start(const struct carrier_handler *handler);
const struct carrier_handler *local_clients_handler(void);

/* A channel for a process, which becomes a client if it is none, with the handles for it in
 * *ret_hello. One thread at a time, which acts as the process. ST_RPC_SERVER_TOO_BUSY,
 * ST_ACCESS_DENIED, ST_NOT_ENOUGH_MEMORY, or what the handler's client_begin returned. */
mpr_status local_clients_add_channel(DWORD process, struct local_channel **ret,
                                     struct local_hello *ret_hello);
/* The last one's end is the client's. The calling thread acts as the process. */
void local_clients_remove_channel(struct local_channel *channel);

/* Whether the client may have so many octets more, in one message. */
bool local_clients_take_memory(struct local_client *client, enum local_way way, size_t size);
void local_clients_give_memory(struct local_client *client, enum local_way way, size_t size);

unsigned local_clients_count(void);
/* All channels are to end. */
bool local_clients_stopping(void);
/* Has all channels end, and returns when they have. */
void local_clients_stop(void);

#endif
