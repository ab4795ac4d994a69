/* The arguments of dimsvc's methods, those of all methods in one structure: each method uses those
 * that its row of the table (method_table.c) names. Numbers and handles are DWORDs on the wire;
 * handles are those of the router that serves the call.
 *
 * Buffers and texts are borrowed: who fills the structure owns them; those that were read live as
 * long as the struct ndr and its input.
 *
 * Source: MS-RRASM 2.2.1.2.1 to 3 (containers), 3.1.4 (methods).
 */
#ifndef MPR_DIMSVC_ARGUMENTS_H
#define MPR_DIMSVC_ARGUMENTS_H

#include "dimsvc/objects.h"

/* DIM_INTERFACE_CONTAINER: information blocks of an interface (or the client one), and of the
 * transport. The want_ members ask for them in Get methods. */
struct dim_blocks {
    uint32_t want_interface;
    struct dim_octets interface;
    uint32_t want_global;
    struct dim_octets global;
};

/* DIM_MIB_ENTRY_CONTAINER */
struct dim_mib {
    struct dim_octets in, out;
};

/* A resume handle, which may be absent in both directions. */
struct dim_resume {
    uint32_t value;
    bool present;
};

#define DIM_TEXTS 4

struct dim_arguments {
    uint32_t level, index;
    uint32_t interface, connection, port;
    uint32_t transport, routing_pid;
    uint32_t include_clients, blocking, registers, is_address;
    uint32_t event, process; /* of the client; for calls within a machine */
    uint32_t preferred, entries_read, total_entries;
    struct dim_resume resume;
    uint32_t result;        /* of the last update */
    struct dim_octets info; /* DIM_INFORMATION_CONTAINER: what level says */
    struct dim_blocks blocks;
    struct dim_mib mib;
    const char16_t *text[DIM_TEXTS];
    struct dim_header header;
    struct dim_server server;
    struct dim_server_set server_set;
    struct dim_custom custom;
    struct dim_connection connection_ex;
    struct dim_connection *connections; /* entries_read of them, or NULL whatever that is */
    struct dim_update update;
};

#endif
