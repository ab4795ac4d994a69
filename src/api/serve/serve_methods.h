/* The methods' functions: one an opnum, named as in enum dim_method. Inside serve only. */
#ifndef MPR_API_SERVE_METHODS_H
#define MPR_API_SERVE_METHODS_H

#include "api/serve/serve_call.h"

#define SERVE_METHOD(name) mpr_status serve_##name(struct serve_call *c)

/* serve_server.c */
SERVE_METHOD(server_get_info);
SERVE_METHOD(server_set_info);
SERVE_METHOD(server_get_info_ex);
SERVE_METHOD(server_set_info_ex);

/* serve_connection.c */
SERVE_METHOD(connection_enum);
SERVE_METHOD(connection_enum_ex);
SERVE_METHOD(connection_get_info);
SERVE_METHOD(connection_get_info_ex);
SERVE_METHOD(connection_clear_stats);
SERVE_METHOD(connection_remove_quarantine);
SERVE_METHOD(connection_notification);
SERVE_METHOD(update_connection);
SERVE_METHOD(send_user_message);

/* serve_port.c */
SERVE_METHOD(port_enum);
SERVE_METHOD(port_get_info);
SERVE_METHOD(port_clear_stats);
SERVE_METHOD(port_reset);
SERVE_METHOD(port_disconnect);
SERVE_METHOD(device_enum);

/* serve_interface.c */
SERVE_METHOD(interface_get_handle);
SERVE_METHOD(interface_create);
SERVE_METHOD(interface_get_info);
SERVE_METHOD(interface_set_info);
SERVE_METHOD(interface_delete);
SERVE_METHOD(interface_enum);
SERVE_METHOD(interface_connect);
SERVE_METHOD(interface_disconnect);
SERVE_METHOD(interface_update_routes);
SERVE_METHOD(interface_query_update_result);
SERVE_METHOD(interface_update_phonebook_info);
SERVE_METHOD(interface_device_get_info);
SERVE_METHOD(interface_device_set_info);
SERVE_METHOD(interface_get_custom_info_ex);
SERVE_METHOD(interface_set_custom_info_ex);

/* serve_credentials.c */
SERVE_METHOD(interface_set_credentials_ex);
SERVE_METHOD(interface_get_credentials_ex);
SERVE_METHOD(interface_set_credentials);
SERVE_METHOD(interface_get_credentials);

/* serve_transport.c */
SERVE_METHOD(transport_set_global_info);
SERVE_METHOD(transport_get_global_info);
SERVE_METHOD(transport_create);
SERVE_METHOD(interface_transport_add);
SERVE_METHOD(interface_transport_remove);
SERVE_METHOD(interface_transport_get_info);
SERVE_METHOD(interface_transport_set_info);

/* serve_mib.c */
SERVE_METHOD(mib_entry_create);
SERVE_METHOD(mib_entry_delete);
SERVE_METHOD(mib_entry_set);
SERVE_METHOD(mib_entry_get);
SERVE_METHOD(mib_entry_get_first);
SERVE_METHOD(mib_entry_get_next);
SERVE_METHOD(mib_trap_info);

#endif
