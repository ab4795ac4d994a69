/* Calls through octets: arguments to a request, serve_handler, the answer to arguments. The router
 * is the one of tests/sweep/scene.h, in this process, whose exported functions say what is right.
 */
#ifndef TESTS_SERVE_ASK_H
#define TESTS_SERVE_ASK_H

#include "sweep/scene.h"

#include "api/serve/serve.h"
#include "api/wire/wire.h"

/* One client, this process, with a session of each kind. */
extern void *ask_client;
extern uint32_t ask_session, ask_mib;

/* The scene, connected, and the client. */
void ask_begin(DWORD rip_port);

struct ask {
    struct dim_arguments a; /* the request's, then the answer's beside them */
    struct ndr made;        /* octets of a.info, if ask_info made them */
    struct ndr reply;
    struct carrier_octets octets;
};

/* Arguments that most methods can do something with: the scene's interface, its connection and
 * port, PID_IP, all entries; texts are the interface's name. */
struct ask ask_new(void);
/* A container with one structure of the API. */
void ask_info(struct ask *q, enum wire_kind kind, DWORD level, const void *structure);
/* The session that a method is for. */
uint32_t ask_session_for(enum dim_method method);

/* serve_handler's call. What the client says of its events: ask_events, 0 at first. */
extern uint32_t ask_events;
mpr_status ask_carry(void *client, uint32_t session, uint32_t method, const uint8_t *octets,
                     size_t size, struct carrier_octets *response);

/* The carrier's status; *ret_result is the method's. To be ended in every case. */
mpr_status ask_try(uint32_t session, enum dim_method method, struct ask *q, uint32_t *ret_result);
void ask_end(struct ask *q);

/* The result of a call that has an answer; ended. */
DWORD ask_once(enum dim_method method, struct ask *q);
/* The same, not ended. */
DWORD ask(enum dim_method method, struct ask *q);

/* The connection of the scene's interface, and its port. */
extern HANDLE ask_connection, ask_port;
void ask_find(void);

#endif
