/* The API's structures to and from what dimsvc's containers and objects have (dimsvc/levels.h,
 * dimsvc/objects.h): the one place where a caller's layout, of 32 or 64 bits, meets the wire's.
 *
 * wire_info_*: what a DIM_INFORMATION_CONTAINER holds. wire_<object>_*: objects with a revision.
 * _out goes from the API's structure to the wire's, _in the other way.
 */
#ifndef MPR_API_WIRE_H
#define MPR_API_WIRE_H

#include "api/api.h"

#include <mprapi_ext.h>

#include "win32/sys/no_interface_macro.h"

#include "dimsvc/method.h"
#include "dimsvc/levels.h"

enum wire_kind {
    WIRE_SERVER,      /* MPR_SERVER_0 to _2 */
    WIRE_PORT,        /* RAS_PORT_0, _1 */
    WIRE_DEVICE,      /* MPR_DEVICE_0, _1 */
    WIRE_CREDENTIALS, /* MPR_CREDENTIALSEX_0, _1 (any level: they have one shape) */
    WIRE_INTERFACE,   /* MPR_INTERFACE_0 to _3 */
    WIRE_CONNECTION,  /* RAS_CONNECTION_0 to _4 */
    WIRE_KINDS
};

/* Writes count structures of that level, one behind the other as the API has arrays. Texts without
 * end are cut. ST_INVALID_LEVEL: there is no such level; ST_INVALID_PARAMETER: a counted pointer is
 * NULL; n->status otherwise. */
mpr_status wire_info_write(struct ndr *n, enum wire_kind kind, DWORD level, const void *structures,
                           DWORD count);

/* The same as a result for the caller (api_buffer_free), nested parts behind the structures. No
 * structures: NULL and ST_OK. ST_INVALID_LEVEL, ST_RPC_BAD_STUB_DATA, ST_NOT_ENOUGH_MEMORY leave
 * *ret NULL. */
mpr_status wire_info_read(const struct dim_octets *info, enum wire_kind kind, DWORD level,
                          DWORD count, BYTE **ret);

/* Objects. _out borrows: what it fills lives as long as the caller's object and n, whose memory
 * (ndr_alloc) is used where the shape differs. It checks no value but what can't be carried:
 * ST_INVALID_PARAMETER for a header that no layout has, or a counted pointer that is NULL, as the
 * exported function answers it. _in fills the caller's object, whose header says its layout;
 * what its members point to is memory for the caller of the API (as the local function gives it);
 * after an error nothing is left allocated and the object is unchanged. */
mpr_status wire_server_out(struct ndr *n, const void *object, struct dim_server *ret);
mpr_status wire_server_in(const struct dim_server *server, void *object);
mpr_status wire_server_set_out(struct ndr *n, const void *object, struct dim_server_set *ret);
mpr_status wire_custom_out(struct ndr *n, const void *object, struct dim_custom *ret);
mpr_status wire_custom_in(const struct dim_custom *custom, void *object);
mpr_status wire_connection_out(const RAS_CONNECTION_EX *connection, struct dim_connection *ret);
void wire_connection_in(const struct dim_connection *connection, RAS_CONNECTION_EX *ret);
mpr_status wire_update_out(const RAS_UPDATE_CONNECTION *update, struct dim_update *ret);

/* For the router's end: an object of the API made from a request, in memory of n (its parts, too).
 * The layout is the newest that the revision on the wire has. NULL: n->status says why. */
void *wire_server_make(struct ndr *n, const struct dim_server *server);
void *wire_server_set_make(struct ndr *n, const struct dim_server_set *set);
void *wire_custom_make(struct ndr *n, const struct dim_custom *custom);
RAS_UPDATE_CONNECTION *wire_update_make(struct ndr *n, const struct dim_update *update);
/* An array of count structures of a level, likewise. */
void *wire_info_make(struct ndr *n, const struct dim_octets *info, enum wire_kind kind, DWORD level,
                     DWORD count);

#endif
