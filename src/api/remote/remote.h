/* The client's end of the methods: what an exported function does when its server handle is that of
 * a router in another process, or on another machine.
 *
 * Each function has the parameters of the exported function of that name, and its results: cleared
 * and filled in the same way. Checks come in the same order, too: what a caller got wrong travels,
 * and the router refuses it as it refuses its own process's. What can't travel (a result that is
 * NULL, an object whose header says nothing) is refused here, after the router was asked for what
 * comes before it (remote_check, remote_check_ddm). No router is started in this process.
 */
#ifndef MPR_API_REMOTE_H
#define MPR_API_REMOTE_H

#include "api/api.h"

#include <mprapi_ext.h>

#include "win32/sys/no_interface_macro.h"

#include "api/enum_page.h"
#include "api/wire/wire.h"
#include "dimsvc/method.h"
#include "win32/carrier/carrier.h"

/* Whether a server handle is one of ours to another router, live or not. */
static inline bool remote_is(HANDLE server)
{
    enum handle_kind kind = handle_kind_of(api_handle(server));

    return kind == HANDLE_REMOTE || kind == HANDLE_REMOTE_MIB;
}

/* ---- which router (choose.c) ----------------------------------------------------------------- */

/* Where this process's calls go, decided once, when it first connects or asks whether the service
 * runs: MPRAPI_ROUTER in the environment ("process", "shared"; "loopback": octets to the router of
 * this process, for tests), else Parameters\Router (win32/store/router_place.h), else the one that
 * programs share if it runs just then. The log says what was taken and why. NULL: to the router
 * inside this process, without octets. Who is the router for others sets MPRAPI_ROUTER to "process"
 * before its first call. */
struct carrier *remote_carrier(void);
/* Whether that router runs. The shared one is started if it may be, as by any call that needs it.
 */
bool remote_router_runs(void);

/* MprAdminServerConnect, MprAdminMIBServerConnect and their counterparts, with whichever router it
 * is: as api_connect and api_disconnect; a name that is not this machine's: as elsewhere_connect.
 */
mpr_status remote_connect(enum handle_kind kind, const WCHAR *name, HANDLE *ret);
mpr_status remote_disconnect(enum handle_kind kind, HANDLE server);

/* ---- bindings (binding.c) -------------------------------------------------------------------- */

/* A server handle (kind HANDLE_SERVER or HANDLE_MIB_SERVER) to the router behind a carrier. What
 * the carrier says, or ST_NOT_ENOUGH_MEMORY; *ret is NULL then. */
mpr_status remote_open(struct carrier *c, enum handle_kind kind, HANDLE *ret);
/* ST_INVALID_HANDLE */
mpr_status remote_close(enum handle_kind kind, HANDLE server);

/* Carries a request. kind: as above, of the handle that it takes. When the router does not know the
 * session, or is not there (it has been started anew), a new one is opened, once, and the request
 * carried again, which has not reached it before; one that may have is ST_RPC_CALL_FAILED.
 * ST_RPC_INVALID_BINDING: no such handle; else what the carrier says. ret_router as in carrier.h.
 */
mpr_status remote_carry(enum handle_kind kind, HANDLE server, uint32_t method,
                        const struct ndr *request, struct carrier_octets *response,
                        struct carrier_router *ret_router);

/* Whether the router behind a handle can't signal events of this process (carrier.h). */
bool remote_has_no_events(HANDLE server);

/* ---- calls (call.c) -------------------------------------------------------------------------- */

/* What an answer was read from. */
struct remote_reply {
    struct ndr n;
    struct carrier_octets octets;
    bool secret; /* they are overwritten in the end */
};

/* One method: request written, carried, the response read into a. Returns the method's result, or
 * what kept it from being had (ST_RPC_INVALID_BINDING: no such handle). What a points to afterwards
 * lives until remote_free(reply), which the caller owes in every case. */
mpr_status remote_call(HANDLE server, enum dim_method method, struct dim_arguments *a,
                       struct remote_reply *reply);
void remote_free(struct remote_reply *reply);
/* The same, and which router has answered (as in carrier.h; NULL: nobody asks). */
mpr_status remote_call_router(HANDLE server, enum dim_method method, struct dim_arguments *a,
                              struct remote_reply *reply, struct carrier_router *ret_router);
/* The same for methods without results. */
mpr_status remote_tell(HANDLE server, enum dim_method method, struct dim_arguments *a);

/* The number of an event: 0 for none, and one that no handle has for what has bits above the 32nd,
 * which is no event either. */
uint32_t remote_event(HANDLE event);
#define REMOTE_NO_EVENT 0x7FFFFFFCu
/* A method that promises to signal event (NULL: without) once, in this process's name (promise.c).
 * When the router dies before it does, the event is signalled, and what is lost (relay_lost).
 * ST_INVALID_PARAMETER: the router has no events. */
mpr_status remote_promise(HANDLE server, enum dim_method method, struct dim_arguments *a,
                          HANDLE event, uint64_t what);

/* Binding, access, running; with demand dial: ST_DDM_NOT_RUNNING, too. */
mpr_status remote_check(HANDLE server);
mpr_status remote_check_ddm(HANDLE server);
mpr_status remote_check_mib(HANDLE server);
/* status, unless remote_check has something to say before it. */
mpr_status remote_refuse(HANDLE server, mpr_status status);

/* ---- levels (info.c) ------------------------------------------------------------------------- */

/* A method whose result is one structure of a.level; *ret is not NULL and cleared. */
mpr_status remote_get(HANDLE server, enum dim_method method, struct dim_arguments *a,
                      enum wire_kind kind, BYTE **ret);
/* A method that takes one structure of a.level. */
mpr_status remote_set(HANDLE server, enum dim_method method, struct dim_arguments *a,
                      enum wire_kind kind, const BYTE *buffer);
/* An enumeration; results were cleared and are complete. entry_size: of the caller's structure. A
 * long page of a router of this machine is put together of several answers, as if the caller had
 * asked for smaller ones; all are from one router, else it is ST_RPC_CALL_FAILED. */
mpr_status remote_enum(HANDLE server, enum dim_method method, struct dim_arguments *a,
                       enum wire_kind kind, size_t entry_size, DWORD preferred,
                       const struct enum_results *results);

/* ---- server.c -------------------------------------------------------------------------------- */

mpr_status remote_server_get_info(HANDLE server, DWORD level, BYTE **ret);
mpr_status remote_server_set_info(HANDLE server, DWORD level, const BYTE *buffer);
mpr_status remote_server_get_info_ex(HANDLE server, MPR_SERVER_EX *info);
mpr_status remote_server_set_info_ex(HANDLE server, const MPR_SERVER_SET_CONFIG_EX *info);
/* The server's key has no method of its own: it is level 2 of an interface's credentials without
 * interface, which comes sealed and is opened here; ST_NOT_SUPPORTED where it can't be, as that of
 * a router on another machine. */
mpr_status remote_server_get_credentials(HANDLE server, DWORD level, BYTE **ret);
mpr_status remote_server_set_credentials(HANDLE server, DWORD level, const BYTE *buffer);
mpr_status remote_device_enum(HANDLE server, DWORD level, BYTE **ret, DWORD *ret_total);

/* ---- interface.c ----------------------------------------------------------------------------- */

mpr_status remote_interface_create(HANDLE server, DWORD level, const BYTE *buffer, HANDLE *ret);
mpr_status remote_interface_delete(HANDLE server, HANDLE router_interface);
mpr_status remote_interface_get_handle(HANDLE server, const WCHAR *name, HANDLE *ret,
                                       BOOL include_clients);
mpr_status remote_interface_get_info(HANDLE server, HANDLE router_interface, DWORD level,
                                     BYTE **ret);
mpr_status remote_interface_set_info(HANDLE server, HANDLE router_interface, DWORD level,
                                     const BYTE *buffer);
mpr_status remote_interface_enum(HANDLE server, DWORD level, DWORD preferred,
                                 const struct enum_results *results);
mpr_status remote_interface_connect(HANDLE server, HANDLE router_interface, HANDLE event,
                                    BOOL wait);
mpr_status remote_interface_disconnect(HANDLE server, HANDLE router_interface);
mpr_status remote_interface_update_routes(HANDLE server, HANDLE router_interface, DWORD transport,
                                          HANDLE event);
mpr_status remote_interface_query_update_result(HANDLE server, HANDLE router_interface,
                                                DWORD transport, DWORD *ret);
mpr_status remote_interface_update_phonebook_info(HANDLE server, HANDLE router_interface);

/* ---- interface_part.c: devices, credentials, custom settings --------------------------------- */

mpr_status remote_interface_get_device(HANDLE server, HANDLE router_interface, DWORD index,
                                       DWORD level, BYTE **ret);
mpr_status remote_interface_set_device(HANDLE server, HANDLE router_interface, DWORD index,
                                       DWORD level, const BYTE *buffer);
mpr_status remote_interface_get_credentials(HANDLE server, HANDLE router_interface, DWORD level,
                                            BYTE **ret);
mpr_status remote_interface_set_credentials(HANDLE server, HANDLE router_interface, DWORD level,
                                            const BYTE *buffer);
mpr_status remote_interface_get_custom_info(HANDLE server, HANDLE router_interface, void *object);
mpr_status remote_interface_set_custom_info(HANDLE server, HANDLE router_interface,
                                            const void *object);

/* ---- transport.c ----------------------------------------------------------------------------- */

/* Information of a transport, or its results; NULL with any size: none. */
mpr_status remote_transport_create(HANDLE server, DWORD transport, const WCHAR *name,
                                   const struct dim_blocks *blocks, const WCHAR *dll_path);
mpr_status remote_transport_set_info(HANDLE server, DWORD transport,
                                     const struct dim_blocks *blocks);
mpr_status remote_transport_get_info(HANDLE server, DWORD transport, BYTE **ret_global,
                                     DWORD *ret_global_size, BYTE **ret_client,
                                     DWORD *ret_client_size);
/* DIM_INTERFACE_TRANSPORT_ADD, DIM_INTERFACE_TRANSPORT_SET_INFO */
mpr_status remote_interface_transport_change(HANDLE server, enum dim_method method,
                                             HANDLE router_interface, DWORD transport,
                                             const BYTE *info, DWORD size);
mpr_status remote_interface_transport_remove(HANDLE server, HANDLE router_interface,
                                             DWORD transport);
mpr_status remote_interface_transport_get_info(HANDLE server, HANDLE router_interface,
                                               DWORD transport, BYTE **ret, DWORD *ret_size);

/* ---- connection.c, port.c -------------------------------------------------------------------- */

mpr_status remote_connection_enum(HANDLE server, DWORD level, DWORD preferred,
                                  const struct enum_results *results);
mpr_status remote_connection_enum_ex(HANDLE server, const MPRAPI_OBJECT_HEADER *header,
                                     DWORD preferred, const struct enum_results *results);
mpr_status remote_connection_get_info(HANDLE server, DWORD level, HANDLE connection, BYTE **ret);
mpr_status remote_connection_get_info_ex(HANDLE server, HANDLE connection, RAS_CONNECTION_EX *ret);
mpr_status remote_connection_clear_stats(HANDLE server, HANDLE connection);
mpr_status remote_connection_remove_quarantine(HANDLE server, HANDLE connection, BOOL is_address);
mpr_status remote_connection_update(HANDLE server, HANDLE connection,
                                    const RAS_UPDATE_CONNECTION *update);
mpr_status remote_send_message(HANDLE server, HANDLE connection, const WCHAR *message);
/* Registers an event for connections, or ends that. */
/* registration.c; the last: the server handle is closed, and the router forgets its own. */
mpr_status remote_notification_add(HANDLE server, HANDLE event);
mpr_status remote_notification_remove(HANDLE server, HANDLE event);
void remote_notification_end(HANDLE server);

mpr_status remote_port_enum(HANDLE server, DWORD level, HANDLE connection, DWORD preferred,
                            const struct enum_results *results);
mpr_status remote_port_get_info(HANDLE server, DWORD level, HANDLE port, BYTE **ret);
/* DIM_PORT_CLEAR_STATS, DIM_PORT_RESET, DIM_PORT_DISCONNECT */
mpr_status remote_port_change(HANDLE server, enum dim_method method, HANDLE port);

/* ---- mib.c ----------------------------------------------------------------------------------- */

/* DIM_MIB_ENTRY_CREATE to DIM_MIB_ENTRY_GET_NEXT. ret NULL: a method without result. */
mpr_status remote_mib_entry(HANDLE server, enum dim_method method, DWORD transport,
                            DWORD routing_pid, const struct dim_octets *in, BYTE **ret,
                            DWORD *ret_size);

#endif
