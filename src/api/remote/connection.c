/* MprAdminConnection*, and what is done with connections. */
#include "api/remote/remote.h"

#include <string.h>

static size_t level_size(DWORD level)
{
    static const size_t sizes[] = {sizeof(RAS_CONNECTION_0), sizeof(RAS_CONNECTION_1),
                                   sizeof(RAS_CONNECTION_2), sizeof(RAS_CONNECTION_3),
                                   sizeof(RAS_CONNECTION_4)};

    return level < sizeof(sizes) / sizeof(sizes[0]) ? sizes[level] : 0;
}

mpr_status remote_connection_enum(HANDLE server, DWORD level, DWORD preferred,
                                  const struct enum_results *results)
{
    struct dim_arguments a = {.level = level};

    if (!enum_results_clear(results)) return remote_refuse(server, ST_INVALID_PARAMETER);
    return remote_enum(server, DIM_CONNECTION_ENUM, &a, WIRE_CONNECTION, level_size(level),
                       preferred, results);
}

mpr_status remote_connection_get_info(HANDLE server, DWORD level, HANDLE connection, BYTE **ret)
{
    struct dim_arguments a = {.level = level, .connection = api_handle(connection)};

    if (!ret) return remote_refuse(server, ST_INVALID_PARAMETER);
    *ret = NULL;
    return remote_get(server, DIM_CONNECTION_GET_INFO, &a, WIRE_CONNECTION, ret);
}

/* ---- RAS_CONNECTION_EX ----------------------------------------------------------------------- */

static mpr_status give_connections(const struct dim_arguments *a, BYTE **ret)
{
    RAS_CONNECTION_EX *entries;

    if (!a->entries_read) return ST_OK;
    if (!a->connections) return ST_RPC_BAD_STUB_DATA;
    entries = api_buffer_new_array(a->entries_read, sizeof(*entries), 0);
    if (!entries) return ST_NOT_ENOUGH_MEMORY;
    for (uint32_t i = 0; i < a->entries_read; i++)
        wire_connection_in(&a->connections[i], &entries[i]);
    *ret = (BYTE *)entries;
    return ST_OK;
}

static mpr_status enumerate_ex(HANDLE server, struct dim_arguments *a,
                               const struct enum_results *results)
{
    struct remote_reply reply;
    mpr_status given, status = remote_call(server, DIM_CONNECTION_ENUM_EX, a, &reply);

    if (status == ST_OK || status == ST_MORE_DATA) {
        given = give_connections(a, results->entries);
        if (given == ST_OK) {
            *results->read = a->entries_read;
            *results->total = a->total_entries;
            if (results->resume) *results->resume = a->resume.value;
        } else {
            status = given;
        }
    }
    remote_free(&reply);
    return status;
}

mpr_status remote_connection_enum_ex(HANDLE server, const MPRAPI_OBJECT_HEADER *header,
                                     DWORD preferred, const struct enum_results *results)
{
    struct dim_arguments a = {.level = 0};

    if (!enum_results_clear(results) || !header) return remote_refuse(server, ST_INVALID_PARAMETER);
    wire_header_out(header, &a.header);
    a.preferred = wire_preferred(preferred, sizeof(RAS_CONNECTION_EX), WIRE_CONNECTION_EX_SIZE);
    a.resume.present = results->resume != NULL;
    if (results->resume) a.resume.value = *results->resume;
    return enumerate_ex(server, &a, results);
}

mpr_status remote_connection_get_info_ex(HANDLE server, HANDLE connection, RAS_CONNECTION_EX *ret)
{
    struct dim_arguments a = {.connection = api_handle(connection)};
    struct remote_reply reply;
    mpr_status status;

    if (!ret) return remote_refuse(server, ST_INVALID_PARAMETER);
    wire_header_out(&ret->Header, &a.header);
    status = remote_call(server, DIM_CONNECTION_GET_INFO_EX, &a, &reply);
    if (status == ST_OK) {
        memset(ret, 0, sizeof(*ret));
        wire_connection_in(&a.connection_ex, ret);
    }
    remote_free(&reply);
    return status;
}

/* ---- without results ------------------------------------------------------------------------- */

mpr_status remote_connection_clear_stats(HANDLE server, HANDLE connection)
{
    struct dim_arguments a = {.connection = api_handle(connection)};

    return remote_tell(server, DIM_CONNECTION_CLEAR_STATS, &a);
}

mpr_status remote_connection_remove_quarantine(HANDLE server, HANDLE connection, BOOL is_address)
{
    struct dim_arguments a = {.is_address = is_address != FALSE};
    mpr_status status;

    /* An address is the low 32 bits, whatever is above. */
    a.connection = is_address ? (uint32_t)(ULONG_PTR)connection : api_handle(connection);
    status = remote_tell(server, DIM_CONNECTION_REMOVE_QUARANTINE, &a);
    /* The page has one code for both handles. */
    return status == ST_RPC_INVALID_BINDING ? ST_INVALID_PARAMETER : status;
}

mpr_status remote_connection_update(HANDLE server, HANDLE connection,
                                    const RAS_UPDATE_CONNECTION *update)
{
    struct dim_arguments a = {.connection = api_handle(connection)};
    mpr_status status = wire_update_out(update, &a.update);

    if (status != ST_OK) return remote_refuse(server, status);
    return remote_tell(server, DIM_UPDATE_CONNECTION, &a);
}

mpr_status remote_send_message(HANDLE server, HANDLE connection, const WCHAR *message)
{
    struct dim_arguments a = {.connection = api_handle(connection), .text = {message}};

    if (!message) return remote_refuse(server, ST_INVALID_PARAMETER);
    return remote_tell(server, DIM_SEND_USER_MESSAGE, &a);
}
