#include "serve/ask.h"

#include <string.h>

void *ask_client;
uint32_t ask_session, ask_mib, ask_events;
HANDLE ask_connection, ask_port;

void ask_find(void)
{
    RAS_CONNECTION_0 *connections = NULL;
    RAS_PORT_0 *ports = NULL;
    DWORD read, total;

    assert_int_equal(MprAdminConnectionEnum(scene_server, 0, (BYTE **)&connections, MAXDWORD, &read,
                                            &total, NULL),
                     NO_ERROR);
    assert_int_equal(read, 1);
    ask_connection = connections->hConnection;
    MprAdminBufferFree(connections);
    assert_int_equal(MprAdminPortEnum(scene_server, 0, ask_connection, (BYTE **)&ports, MAXDWORD,
                                      &read, &total, NULL),
                     NO_ERROR);
    ask_port = ports->hPort;
    MprAdminBufferFree(ports);
}

void ask_begin(DWORD rip_port)
{
    scene_begin(rip_port);
    scene_connected();
    ask_find();
    assert_int_equal(serve_handler.client_begin(GetCurrentProcessId(), &ask_client), ST_OK);
    assert_int_equal(serve_handler.open(ask_client, HANDLE_SERVER, &ask_session), ST_OK);
    assert_int_equal(serve_handler.open(ask_client, HANDLE_MIB_SERVER, &ask_mib), ST_OK);
}

struct ask ask_new(void)
{
    struct ask q = {.a = {.index = 1,
                          .interface = HandleToUlong(scene_interface),
                          .connection = HandleToUlong(ask_connection),
                          .port = HandleToUlong(ask_port),
                          .transport = PID_IP,
                          .routing_pid = 10000,
                          .process = GetCurrentProcessId(),
                          .preferred = MAXDWORD,
                          .server = {.revision = 1},
                          .server_set = {.revision = 1},
                          .custom = {.revision = 1},
                          .update = {.revision = 1}}};

    for (int i = 0; i < DIM_TEXTS; i++) q.a.text[i] = u"Swept";
    return q;
}

void ask_info(struct ask *q, enum wire_kind kind, DWORD level, const void *structure)
{
    ndr_write(&q->made);
    assert_int_equal(wire_info_write(&q->made, kind, level, structure, 1), ST_OK);
    q->a.level = level;
    q->a.info = (struct dim_octets){(uint32_t)q->made.position, q->made.written};
}

uint32_t ask_session_for(enum dim_method method)
{
    return method >= DIM_MIB_ENTRY_CREATE && method <= DIM_MIB_SET_TRAP_INFO ? ask_mib
                                                                             : ask_session;
}

mpr_status ask_carry(void *client, uint32_t session, uint32_t method, const uint8_t *octets,
                     size_t size, struct carrier_octets *response)
{
    const struct carrier_request request = {session, method, octets, size, ask_events};

    return serve_handler.call(client, &request, response);
}

mpr_status ask_try(uint32_t session, enum dim_method method, struct ask *q, uint32_t *ret_result)
{
    struct ndr request;
    mpr_status status;

    *ret_result = 0;
    ndr_write(&request);
    status = dim_request(&request, method, &q->a);
    if (status == ST_OK)
        status =
            ask_carry(ask_client, session, method, request.written, request.position, &q->octets);
    ndr_free(&request);
    if (status == ST_OK) {
        ndr_read(&q->reply, q->octets.data, q->octets.size);
        status = dim_response(&q->reply, method, &q->a, ret_result);
    }
    return status;
}

void ask_end(struct ask *q)
{
    ndr_free(&q->made);
    ndr_free(&q->reply);
    mem_free(q->octets.data);
    q->octets.data = NULL;
}

DWORD ask(enum dim_method method, struct ask *q)
{
    uint32_t result;

    assert_int_equal(ask_try(ask_session_for(method), method, q, &result), ST_OK);
    return result;
}

DWORD ask_once(enum dim_method method, struct ask *q)
{
    DWORD result = ask(method, q);

    ask_end(q);
    return result;
}
