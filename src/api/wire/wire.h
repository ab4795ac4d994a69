/* The API's structures to and from what dimsvc's containers and objects have (dimsvc/levels.h,
 * dimsvc/objects.h): the one place where a caller's layout, of 32 or 64 bits, meets the wire's.
 *
 * wire_info_*: what a DIM_INFORMATION_CONTAINER holds. wire_<object>_*: objects with a revision.
 * _out goes from the API's structure to the wire's, _in and _make the other way: _in for the caller
 * of the API, _make for the router's end, which calls the exported function with it.
 *
 * What a caller got wrong travels as it is wherever it can, so that the router refuses it as it
 * refuses its own process's. What can't travel (a counted pointer that is NULL, a list without end)
 * is ST_INVALID_PARAMETER, as the exported functions answer it, who say other things first (access,
 * ST_DDM_NOT_RUNNING): who calls asks for those before he returns it (remote_check, _check_ddm).
 */
#ifndef MPR_API_WIRE_H
#define MPR_API_WIRE_H

#include "api/api.h"

#include <mprapi_ext.h>

#include "win32/sys/no_interface_macro.h"

#include "dimsvc/levels.h"
#include "dimsvc/method.h"

/* ---- levels (info.c) ------------------------------------------------------------------------- */

enum wire_kind {
    WIRE_SERVER,      /* MPR_SERVER_0 to _2 */
    WIRE_PORT,        /* RAS_PORT_0 to _2 */
    WIRE_DEVICE,      /* MPR_DEVICE_0, _1 */
    WIRE_CREDENTIALS, /* MPR_CREDENTIALSEX_0, _1 (any level: they have one shape) */
    WIRE_INTERFACE,   /* MPR_INTERFACE_0 to _3 */
    WIRE_CONNECTION,  /* RAS_CONNECTION_0 to _4 */
    WIRE_KINDS
};

/* Writes count structures of that level, one behind the other as the API has arrays; n is a new
 * one, whose octets are then the container's. Texts without end stay without; nothing that such a
 * structure points to is looked at. ST_INVALID_LEVEL: there is no such level;
 * ST_INVALID_PARAMETER: as above, or more than one of a level with nested parts; else n->status,
 * which is the same in every case. */
mpr_status wire_info_write(struct ndr *n, enum wire_kind kind, DWORD level, const void *structures,
                           DWORD count);

/* The same as a result for the caller (api_buffer_free), nested parts behind the structures, texts
 * ended. No structures: NULL and ST_OK. ST_INVALID_LEVEL, ST_RPC_BAD_STUB_DATA,
 * ST_NOT_ENOUGH_MEMORY leave *ret NULL. */
mpr_status wire_info_read(const struct dim_octets *info, enum wire_kind kind, DWORD level,
                          DWORD count, BYTE **ret);

/* The same, of a level without nested parts, into the caller's array of structures, all zero. */
mpr_status wire_info_read_into(const struct dim_octets *info, enum wire_kind kind, DWORD level,
                               DWORD count, BYTE *entries);

/* An array of count structures, in memory of n. Texts stay as they came, lists end. NULL:
 * n->status says why, ST_OK when count is 0. */
void *wire_info_make(struct ndr *n, const struct dim_octets *info, enum wire_kind kind, DWORD level,
                     DWORD count);

/* ---- pages of enumerations (wire_size.c) ----------------------------------------------------- */

/* dwPreferedMaximumLength counts octets of structures, which are of different sizes at both ends
 * and on the wire; a page has to have as many entries as the caller would get from his own process.
 * So on the wire it counts octets of the wire's structures: */

/* Octets of one structure of a level that can be enumerated; 0: there is no such level. */
size_t wire_info_size(enum wire_kind kind, DWORD level);
/* The same for RAS_CONNECTION_EX, which NDR has in no fixed length: as with 32-bit handles. */
#define WIRE_CONNECTION_EX_SIZE 1664u

/* What counts as many structures of `to` octets as preferred does of those of `from`, one at least;
 * MAXDWORD (all there are) stays. Either size 0: unchanged. */
DWORD wire_preferred(DWORD preferred, size_t from, size_t to);

/* ---- MPR_SERVER_EX, MPR_SERVER_SET_CONFIG_EX (server.c) -------------------------------------- */

/* Of every object of the API that is given: ST_INVALID_PARAMETER when it is NULL, or its header is
 * that of no layout. The wire's revision says which layout it was (objects.h); its size is another
 * one on the other architecture, and each end has its own. What _out fills lives as long as the
 * caller's object and n, whose memory (ndr_alloc) is used where the shape differs. */

/* The request of a get: which layout is asked for, and nothing else. */
mpr_status wire_server_ask(const void *object, struct dim_server *ret);
/* The router's object for it: its header, and room. The header is one that the exported function
 * refuses when the request's type or revision is wrong. NULL: n->status says why. */
void *wire_server_make(struct ndr *n, const struct dim_server *server);
/* The answer to it. */
mpr_status wire_server_out(struct ndr *n, const void *object, struct dim_server *ret);
/* Frees what members of an object point to that the exported function filled. */
void wire_server_free(void *object);
/* Fills the caller's object; what its members point to is memory for the caller of the API, as the
 * local function gives it. ST_RPC_BAD_STUB_DATA (another layout than the object's),
 * ST_NOT_ENOUGH_MEMORY: nothing is left allocated and the object is unchanged. */
mpr_status wire_server_in(const struct dim_server *server, void *object);

/* The request of a set: values are checked as the exported function does (server_tunnels_check),
 * which reads no pointer of a block that isn't selected. */
mpr_status wire_server_set_out(struct ndr *n, const void *object, struct dim_server_set *ret);
/* As wire_server_make, with all members. */
void *wire_server_set_make(struct ndr *n, const struct dim_server_set *set);

/* ---- MPR_IF_CUSTOMINFOEX (custom.c) ---------------------------------------------------------- */

/* As for servers. _set_out is the request of a set, checked by custom_info_check; _out the answer
 * to a get. An answer to a set says what the request said. */
mpr_status wire_custom_ask(const void *object, struct dim_custom *ret);
mpr_status wire_custom_set_out(struct ndr *n, const void *object, struct dim_custom *ret);
void *wire_custom_make(struct ndr *n, const struct dim_custom *custom);
mpr_status wire_custom_out(struct ndr *n, const void *object, struct dim_custom *ret);
void wire_custom_free(void *object);
mpr_status wire_custom_in(const struct dim_custom *custom, void *object);

/* ---- RAS_CONNECTION_EX, RAS_UPDATE_CONNECTION (connection.c) --------------------------------- */

/* The header by which connections are asked for: type, revision and size as the caller has them,
 * and the router's for it: the size of the structure of either architecture becomes that of its
 * own. */
void wire_header_out(const MPRAPI_OBJECT_HEADER *header, struct dim_header *ret);
void wire_connection_header(const struct dim_header *header, MPRAPI_OBJECT_HEADER *ret);

/* ST_INVALID_PARAMETER: an unknown kind of projection. */
mpr_status wire_connection_out(const RAS_CONNECTION_EX *connection, struct dim_connection *ret);
/* What an answer has after an error: something that NDR can carry. */
void wire_connection_none(struct dim_connection *ret);
void wire_connection_in(const struct dim_connection *connection, RAS_CONNECTION_EX *ret);

mpr_status wire_update_out(const RAS_UPDATE_CONNECTION *update, struct dim_update *ret);
RAS_UPDATE_CONNECTION *wire_update_make(struct ndr *n, const struct dim_update *update);

#endif
