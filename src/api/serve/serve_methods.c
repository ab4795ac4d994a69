#include "api/serve/serve_methods.h"

#define OPEN(name)          \
    {                       \
        serve_##name, false \
    }
#define SECRET(name)       \
    {                      \
        serve_##name, true \
    }

const struct serve_method serve_methods[DIM_METHODS] = {
    [DIM_SERVER_GET_INFO] = OPEN(server_get_info),
    [DIM_CONNECTION_ENUM] = OPEN(connection_enum),
    [DIM_CONNECTION_GET_INFO] = OPEN(connection_get_info),
    [DIM_CONNECTION_CLEAR_STATS] = OPEN(connection_clear_stats),
    [DIM_PORT_ENUM] = OPEN(port_enum),
    [DIM_PORT_GET_INFO] = OPEN(port_get_info),
    [DIM_PORT_CLEAR_STATS] = OPEN(port_clear_stats),
    [DIM_PORT_RESET] = OPEN(port_reset),
    [DIM_PORT_DISCONNECT] = OPEN(port_disconnect),
    [DIM_TRANSPORT_SET_GLOBAL_INFO] = OPEN(transport_set_global_info),
    [DIM_TRANSPORT_GET_GLOBAL_INFO] = OPEN(transport_get_global_info),
    [DIM_INTERFACE_GET_HANDLE] = OPEN(interface_get_handle),
    [DIM_INTERFACE_CREATE] = OPEN(interface_create),
    [DIM_INTERFACE_GET_INFO] = OPEN(interface_get_info),
    [DIM_INTERFACE_SET_INFO] = OPEN(interface_set_info),
    [DIM_INTERFACE_DELETE] = OPEN(interface_delete),
    [DIM_INTERFACE_TRANSPORT_REMOVE] = OPEN(interface_transport_remove),
    [DIM_INTERFACE_TRANSPORT_ADD] = OPEN(interface_transport_add),
    [DIM_INTERFACE_TRANSPORT_GET_INFO] = OPEN(interface_transport_get_info),
    [DIM_INTERFACE_TRANSPORT_SET_INFO] = OPEN(interface_transport_set_info),
    [DIM_INTERFACE_ENUM] = OPEN(interface_enum),
    [DIM_INTERFACE_CONNECT] = OPEN(interface_connect),
    [DIM_INTERFACE_DISCONNECT] = OPEN(interface_disconnect),
    [DIM_INTERFACE_UPDATE_ROUTES] = OPEN(interface_update_routes),
    [DIM_INTERFACE_QUERY_UPDATE_RESULT] = OPEN(interface_query_update_result),
    [DIM_INTERFACE_UPDATE_PHONEBOOK_INFO] = OPEN(interface_update_phonebook_info),
    [DIM_MIB_ENTRY_CREATE] = OPEN(mib_entry_create),
    [DIM_MIB_ENTRY_DELETE] = OPEN(mib_entry_delete),
    [DIM_MIB_ENTRY_SET] = OPEN(mib_entry_set),
    [DIM_MIB_ENTRY_GET] = OPEN(mib_entry_get),
    [DIM_MIB_ENTRY_GET_FIRST] = OPEN(mib_entry_get_first),
    [DIM_MIB_ENTRY_GET_NEXT] = OPEN(mib_entry_get_next),
    [DIM_MIB_GET_TRAP_INFO] = OPEN(mib_trap_info),
    [DIM_MIB_SET_TRAP_INFO] = OPEN(mib_trap_info),
    [DIM_CONNECTION_NOTIFICATION] = OPEN(connection_notification),
    [DIM_SEND_USER_MESSAGE] = OPEN(send_user_message),
    [DIM_DEVICE_ENUM] = OPEN(device_enum),
    [DIM_TRANSPORT_CREATE] = OPEN(transport_create),
    [DIM_INTERFACE_DEVICE_GET_INFO] = OPEN(interface_device_get_info),
    [DIM_INTERFACE_DEVICE_SET_INFO] = OPEN(interface_device_set_info),
    [DIM_INTERFACE_SET_CREDENTIALS_EX] = SECRET(interface_set_credentials_ex),
    [DIM_INTERFACE_GET_CREDENTIALS_EX] = SECRET(interface_get_credentials_ex),
    [DIM_CONNECTION_REMOVE_QUARANTINE] = OPEN(connection_remove_quarantine),
    [DIM_SERVER_SET_INFO] = OPEN(server_set_info),
    [DIM_SERVER_GET_INFO_EX] = OPEN(server_get_info_ex),
    [DIM_CONNECTION_ENUM_EX] = OPEN(connection_enum_ex),
    [DIM_CONNECTION_GET_INFO_EX] = OPEN(connection_get_info_ex),
    [DIM_SERVER_SET_INFO_EX] = OPEN(server_set_info_ex),
    [DIM_UPDATE_CONNECTION] = OPEN(update_connection),
    [DIM_INTERFACE_SET_CREDENTIALS] = SECRET(interface_set_credentials),
    [DIM_INTERFACE_GET_CREDENTIALS] = SECRET(interface_get_credentials),
    [DIM_INTERFACE_GET_CUSTOM_INFO_EX] = OPEN(interface_get_custom_info_ex),
    [DIM_INTERFACE_SET_CUSTOM_INFO_EX] = OPEN(interface_set_custom_info_ex),
};
