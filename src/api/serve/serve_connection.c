/* Connections: methods 1 to 3, 34, 35, 42, 45, 46, 48. */
#include "api/serve/serve_methods.h"

#include "api/serve/serve_event.h"

/* ---- enumerations ---------------------------------------------------------------------------- */

static size_t connection_size(DWORD level)
{
    static const size_t sizes[] = {sizeof(RAS_CONNECTION_0), sizeof(RAS_CONNECTION_1),
                                   sizeof(RAS_CONNECTION_2), sizeof(RAS_CONNECTION_3),
                                   sizeof(RAS_CONNECTION_4)};

    return level < sizeof(sizes) / sizeof(sizes[0]) ? sizes[level] : 0;
}

SERVE_METHOD(connection_enum)
{
    DWORD level = c->in.level;
    struct serve_page p;
    mpr_status status;

    serve_page_begin(c, &p);
    status = MprAdminConnectionEnum(c->server, level, &p.entries,
                                    serve_preferred(c, WIRE_CONNECTION, connection_size(level)),
                                    &p.read, &p.total, p.resume_at);
    return serve_page_give(c, status, WIRE_CONNECTION, &p);
}

static mpr_status give_connections(struct serve_call *c, const RAS_CONNECTION_EX *from, DWORD count)
{
    struct dim_connection *to = NULL;
    mpr_status status = ST_OK;

    if (!count) return ST_OK;
    to = ndr_alloc(&c->memory, count * sizeof(*to));
    if (!to) return ST_NOT_ENOUGH_MEMORY;
    for (DWORD i = 0; i < count && status == ST_OK; i++)
        status = wire_connection_out(&from[i], &to[i]);
    if (status == ST_OK) c->out.connections = to;
    return status;
}

SERVE_METHOD(connection_enum_ex)
{
    DWORD preferred =
        wire_preferred(c->in.preferred, WIRE_CONNECTION_EX_SIZE, sizeof(RAS_CONNECTION_EX));
    MPRAPI_OBJECT_HEADER header;
    RAS_CONNECTION_EX *all = NULL;
    struct serve_page p;
    mpr_status status, given;

    serve_page_begin(c, &p);
    wire_connection_header(&c->in.header, &header);
    status = MprAdminConnectionEnumEx(c->server, &header, preferred, &p.read, &p.total, &all,
                                      p.resume_at);
    serve_own(c, all);
    given = all ? give_connections(c, all, p.read) : ST_OK;
    if (given != ST_OK) return given;
    serve_page_counts(c, status, &p);
    return status;
}

/* ---- one ------------------------------------------------------------------------------------- */

SERVE_METHOD(connection_get_info)
{
    BYTE *buffer = NULL;
    mpr_status status =
        MprAdminConnectionGetInfo(c->server, c->in.level, serve_handle(c->in.connection), &buffer);

    return serve_give_one(c, status, WIRE_CONNECTION, buffer);
}

SERVE_METHOD(connection_get_info_ex)
{
    RAS_CONNECTION_EX connection = {.hConnection = NULL};
    mpr_status status;

    wire_connection_header(&c->in.header, &connection.Header);
    status = MprAdminConnectionGetInfoEx(c->server, serve_handle(c->in.connection), &connection);
    return status == ST_OK ? wire_connection_out(&connection, &c->out.connection_ex) : status;
}

SERVE_METHOD(connection_clear_stats)
{
    return MprAdminConnectionClearStats(c->server, serve_handle(c->in.connection));
}

/* An address is in the low 32 bits, too. */
SERVE_METHOD(connection_remove_quarantine)
{
    return MprAdminConnectionRemoveQuarantine(c->server, serve_handle(c->in.connection),
                                              c->in.is_address != 0);
}

SERVE_METHOD(update_connection)
{
    RAS_UPDATE_CONNECTION *update = wire_update_make(&c->memory, &c->in.update);

    if (!update) return c->memory.status;
    return MprAdminUpdateConnection(c->server, serve_handle(c->in.connection), update);
}

SERVE_METHOD(send_user_message)
{
    return MprAdminSendUserMessage(c->server, serve_handle(c->in.connection),
                                   serve_text(c->in.text[0]));
}

SERVE_METHOD(connection_notification)
{
    const struct dim_arguments *in = &c->in;

    return in->registers ? serve_register(c->client, c->request->session, in->event, in->process)
                         : serve_deregister(c->client, c->request->session, in->event, in->process);
}
