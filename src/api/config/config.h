/* What the MprConfig entry points share: their handles, and entering and leaving.
 *
 * MprConfig works on the stored configuration (win32/store/config_store.h) and knows nothing of the
 * running router. Its handles are a family of their own: what a configuration handle gave belongs
 * to it and dies with it. One handle stands for one object: asking twice gives the same handle.
 * Parameter errors of all kinds are ERROR_INVALID_PARAMETER here, as the pages have it.
 *
 *     DWORD WINAPI MprConfigSomething(HANDLE config, HANDLE router_interface)
 *     {
 *         struct config_call call;
 *         mpr_status status = config_enter(&call, config);
 *
 *         if (status == ST_OK) {
 *             ...
 *             config_leave(&call);
 *         }
 *         return API_TRACE(status, ...);
 *     }
 */
#ifndef MPR_API_CONFIG_H
#define MPR_API_CONFIG_H

#include "api/api.h"
#include "win32/store/config_store.h"

struct config_server;

struct config_call {
    struct config_server *server;
};

/* Takes the lock of the MprConfig family. ST_INVALID_PARAMETER: no configuration handle;
 * ST_ACCESS_DENIED. Entered on ST_OK only. */
mpr_status config_enter(struct config_call *call, HANDLE config);
/* The same for a call that gives a handle: *ret is cleared before anything else, and a missing ret
 * is ST_INVALID_PARAMETER, found last. */
mpr_status config_enter_for(struct config_call *call, HANDLE config, HANDLE *ret);
void config_leave(struct config_call *call);

/* Whether it is a configuration handle; for calls that only names are asked of. */
bool config_handle_valid(HANDLE config);

mpr_status config_server_open(handle_t32 *ret);
/* Ends a configuration handle and all that belong to it; a garbage one is left alone. */
void config_server_close(HANDLE config);

/* Handles of the entered configuration; an existing one is given again. ST_NOT_ENOUGH_MEMORY. */
mpr_status config_interface_handle(struct config_call *call, const struct config_interface *row,
                                   HANDLE *ret);
mpr_status config_transport_handle(struct config_call *call, DWORD id, HANDLE *ret);
mpr_status config_iftransport_handle(struct config_call *call, const struct config_interface *owner,
                                     DWORD id, HANDLE *ret);

/* Whether the above would give one that is there already. */
bool config_transport_has_handle(struct config_call *call, DWORD id);

/* What a handle stands for, read again from the configuration. ST_INVALID_PARAMETER: not a handle
 * of this configuration; ST_NO_SUCH_INTERFACE: the interface (or transport on it) is gone. */
mpr_status config_interface_get(struct config_call *call, HANDLE router_interface,
                                struct config_interface *ret);
/* What is below the interface's key was changed: the running router can't go by what it wrote. */
void config_interface_rewritten(struct config_call *call, HANDLE router_interface);
/* ST_UNKNOWN_PROTOCOL_ID: gone from the configuration. */
mpr_status config_transport_row(struct config_call *call, HANDLE transport,
                                struct config_transport *ret);
/* The transport's handle has to be one of that interface. path is of CONFIG_PATH_MAX characters. */
mpr_status config_iftransport_get(struct config_call *call, HANDLE router_interface,
                                  HANDLE iftransport, WCHAR *path, struct config_transport *ret);

/* A stored block for the caller of the API; NULL and 0 when there is none. ST_NOT_ENOUGH_MEMORY and
 * the registry's. */
mpr_status config_blob_out(const WCHAR *path, const struct config_transport *row,
                           const WCHAR *value, BYTE **ret, DWORD *ret_size);

/* Ends the handle of something that was deleted, and those of what was below it. */
void config_handle_end(struct config_call *call, HANDLE handle);

/* ---- enumerations (config_enum.c) ----------------------------------------------------------- */

/* One page of rows that are sorted by an ascending key, for all MprConfig*Enum. */
struct config_page {
    const void *rows;
    size_t row_size;
    DWORD count;
    DWORD (*key)(const void *row); /* never 0xFFFFFFFF */
    size_t entry_size;             /* of the structure that the caller gets */
    mpr_status (*fill)(struct config_call *call, void *context, const void *row, void *entry);
    void *context;
};

/* The arguments of an enumeration, as the caller gave them. */
struct config_enum {
    DWORD level;
    LPBYTE *buffer;
    DWORD preferred;
    LPDWORD read, total, resume;
};

/* Clears the outputs that are there, then: ST_INVALID_PARAMETER for a missing output, a level other
 * than 0, or a preferred length below one entry. */
mpr_status config_enum_check(const struct config_enum *e, size_t entry_size);
/* ST_OK: the last page; ST_MORE_DATA; ST_NO_MORE_ITEMS; ST_NOT_ENOUGH_MEMORY. */
mpr_status config_enum_page(struct config_call *call, const struct config_enum *e,
                            const struct config_page *page);

#endif
