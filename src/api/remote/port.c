/* MprAdminPort*. */
#include "api/remote/remote.h"

/* INVALID_HANDLE_VALUE, whatever the pointers' size; 64-bit programs may have the number itself as
 * well, which is then no more a connection than the next one. */
#define ALL_PORTS 0xFFFFFFFFu

static uint32_t connection_number(HANDLE connection)
{
    const uint32_t number = api_handle(connection);

    if (connection == INVALID_HANDLE_VALUE) return ALL_PORTS;
    return number == ALL_PORTS ? ALL_PORTS - 1 : number;
}

mpr_status remote_port_enum(HANDLE server, DWORD level, HANDLE connection, DWORD preferred,
                            const struct enum_results *results)
{
    struct dim_arguments a = {.level = level};

    if (!enum_results_clear(results)) return remote_refuse(server, ST_INVALID_PARAMETER);
    a.connection = connection_number(connection);
    return remote_enum(server, DIM_PORT_ENUM, &a, WIRE_PORT, sizeof(RAS_PORT_0), preferred,
                       results);
}

mpr_status remote_port_get_info(HANDLE server, DWORD level, HANDLE port, BYTE **ret)
{
    struct dim_arguments a = {.level = level, .port = api_handle(port)};

    if (!ret) return remote_refuse(server, ST_INVALID_PARAMETER);
    *ret = NULL;
    return remote_get(server, DIM_PORT_GET_INFO, &a, WIRE_PORT, ret);
}

mpr_status remote_port_change(HANDLE server, enum dim_method method, HANDLE port)
{
    struct dim_arguments a = {.port = api_handle(port)};

    return remote_tell(server, method, &a);
}
