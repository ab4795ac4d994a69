/* What the two ends of the local carrier share: the rendezvous' answer and the layout of a channel.
 * Every member has one size, for a client of 32 bits and a router of 64. */
#ifndef MPR_WIN32_LOCAL_LAYOUT_H
#define MPR_WIN32_LOCAL_LAYOUT_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#define LOCAL_PIPE    L"\\\\.\\pipe\\mprapi.router"
#define LOCAL_VERSION 1u

/* ---- bounds ---------------------------------------------------------------------------------- */

/* Octets of a request and a response, and of all those of a client that are under way. A client
 * makes up requests as it likes; responses are the router's, and one may have very many routes. */
#define LOCAL_REQUEST_MAX      (16u << 20)
#define LOCAL_RESPONSE_MAX     (128u << 20)
#define LOCAL_CLIENT_REQUESTS  (64u << 20)
#define LOCAL_CLIENT_RESPONSES (256u << 20)
#define LOCAL_CLIENT_CALLS     64u  /* channels of a client: its calls at the same time */
#define LOCAL_CHANNELS         512u /* of all clients */
#define LOCAL_CHANNELS_KEPT    16u  /* that a client keeps while nobody calls */
#define LOCAL_SECTION          (256u << 10)
/* One end signals its event and waits for the other's in one request to the system. Such a wait has
 * one object, so only after so long the other end's life is looked at, too. */
#define LOCAL_ALONE_MS 100u

/* A request, or a response that is no longer, may have a password or a key: no copy of it stays in
 * memory. What is longer are lists. */
#define LOCAL_SECRET_MAX (16u << 10)

/* ---- the rendezvous -------------------------------------------------------------------------- */

/* What the router writes to who has connected to the pipe. The handles are the client's, whatever
 * process reads this. */
struct local_hello {
    uint32_t version; /* LOCAL_VERSION; the router's */
    uint32_t status;  /* ST_OK; else there are no handles */
    uint64_t section, request, response;
};
static_assert(sizeof(struct local_hello) == 32, "as the other end sees it");

/* ---- a channel ------------------------------------------------------------------------------- */

enum local_operation {
    LOCAL_OPEN = 1, /* session: the kind of handle */
    LOCAL_CLOSE,
    LOCAL_CALL,
    LOCAL_MORE, /* the next octets of a request */
    LOCAL_NEXT, /* the next octets of a response are wanted */
    LOCAL_END   /* the client closes the channel */
};
enum local_reply { LOCAL_DONE = 1, LOCAL_WANT_MORE };

/* The client's part and the router's are written in turns. Octets go in pieces of LOCAL_ROOM, the
 * last one shorter: both ends know from the size how many there are. */
struct local_header {
    /* the client's */
    uint32_t operation;
    uint32_t session;
    uint32_t method;
    uint32_t thread; /* of the client that impersonates somebody; 0: the client acts as itself */
    uint32_t size;   /* of the request */
    uint32_t events; /* relay_events */
    uint32_t unused[2];
    /* the router's */
    uint32_t taken; /* the router has seen the request; the client sets it to 0 */
    uint32_t gone;  /* nobody serves this channel any more */
    uint32_t reply;
    uint32_t status;
    uint32_t opened; /* the new session */
    uint32_t response_size;
    uint32_t unused_too[2];
};
static_assert(sizeof(struct local_header) == 64, "as the other end sees it");

#define LOCAL_ROOM (LOCAL_SECTION - (uint32_t)sizeof(struct local_header))

static inline uint8_t *local_octets(volatile struct local_header *header)
{
    return (uint8_t *)(uintptr_t)header + sizeof(*header);
}

/* Of so many octets the number in the next piece. */
static inline size_t local_piece(size_t rest)
{
    return rest < LOCAL_ROOM ? rest : LOCAL_ROOM;
}

#endif
