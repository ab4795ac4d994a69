#include "api/serve/serve_client.h"

#include "api/serve/serve_event.h"
#include "api/serve/serve_kept.h"

mpr_status serve_client_begin(DWORD process, void **ret_client)
{
    struct serve_client *client = mem_alloc(sizeof(*client));

    *ret_client = client;
    if (!client) return ST_NOT_ENOUGH_MEMORY;
    InitializeSRWLock(&client->lock);
    client->process = process;
    /* Now, while the carrier knows that it is that process, and not a later one of its number. */
    if (process != GetCurrentProcessId())
        client->handle = OpenProcess(PROCESS_DUP_HANDLE, FALSE, process);
    return ST_OK;
}

/* ---- sessions -------------------------------------------------------------------------------- */

static struct serve_session *find_session(struct serve_client *client, uint32_t number)
{
    struct serve_session *found;

    HASH_FIND(hh, client->sessions, &number, sizeof(number), found);
    return found;
}

bool serve_session_is(struct serve_client *client, uint32_t session)
{
    bool is;

    AcquireSRWLockShared(&client->lock);
    is = find_session(client, session) != NULL;
    ReleaseSRWLockShared(&client->lock);
    return is;
}

/* ST_RPC_SERVER_TOO_BUSY, ST_NOT_ENOUGH_MEMORY: it is not the client's. */
static mpr_status add_session(struct serve_client *client, struct serve_session *session)
{
    mpr_status status = ST_RPC_SERVER_TOO_BUSY;

    AcquireSRWLockExclusive(&client->lock);
    if (HASH_COUNT(client->sessions) < SERVE_SESSIONS_MAX) {
        HASH_ADD(hh, client->sessions, number, sizeof(session->number), session);
        status = session->hh.tbl ? ST_OK : ST_NOT_ENOUGH_MEMORY;
    }
    ReleaseSRWLockExclusive(&client->lock);
    return status;
}

static void disconnect_session(const struct serve_client *client, uint32_t number)
{
    enum handle_kind kind = handle_kind_of(number);
    HANDLE server = api_handle_out(number);

    (void)API_TRACE(api_disconnect(kind, server),
                    kind == HANDLE_SERVER ? "MprAdminServerDisconnect(server=%h) of process %u"
                                          : "MprAdminMIBServerDisconnect(server=%h) of process %u",
                    server, client->process);
}

/* Not by the exported function: in a program whose router is elsewhere that one asks the other
 * router. The log has it all the same. */
mpr_status serve_session_open(void *context, enum handle_kind kind, uint32_t *ret_session)
{
    struct serve_client *client = context;
    struct serve_session *session = mem_alloc(sizeof(*session));
    HANDLE server = NULL;
    mpr_status status = session ? api_connect(kind, &server) : ST_NOT_ENOUGH_MEMORY;

    *ret_session = 0;
    (void)API_TRACE(status,
                    kind == HANDLE_SERVER ? "MprAdminServerConnect() of process %u|%h"
                                          : "MprAdminMIBServerConnect() of process %u|%h",
                    client->process, server);
    if (status == ST_OK) {
        session->number = api_handle(server);
        status = add_session(client, session);
        if (status != ST_OK) disconnect_session(client, api_handle(server));
    }
    if (status != ST_OK) {
        mem_free(session);
        return status;
    }
    *ret_session = api_handle(server);
    return ST_OK;
}

void serve_session_close(void *context, uint32_t number)
{
    struct serve_client *client = context;
    struct serve_session *session;

    AcquireSRWLockExclusive(&client->lock);
    session = find_session(client, number);
    if (session) HASH_DELETE(hh, client->sessions, session);
    ReleaseSRWLockExclusive(&client->lock);
    if (!session) return;
    disconnect_session(client, number);
    serve_registrations_drop(client, number);
    mem_free(session);
}

void serve_client_end(void *context)
{
    struct serve_client *client = context;

    while (client->sessions) serve_session_close(client, client->sessions->number);
    serve_kept_drop(client);
    if (client->handle) CloseHandle(client->handle);
    mem_free(client);
}
