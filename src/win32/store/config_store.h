/* The stored configuration: Windows' registry layout of interfaces and transports, as rows.
 *
 *   Interfaces\<n>              InterfaceName, Type, Enabled, DialOutHours, and of demand-dial ones
 *                               MinUnreachabilityInterval, MaxUnreachabilityInterval (seconds)
 *   Interfaces\<n>\<transport>  ProtocolId, InterfaceInfo
 *   RouterManagers\<transport>  ProtocolId, GlobalInfo, GlobalInterfaceInfo, DLLPath
 *
 * (MS-RRASM 2.2.3; n is decimal.) Missing keys mean "none": a fresh machine has none of them.
 * Everything is read from the registry at each call, so that what other processes write counts;
 * only the number under which a name was last found is kept, and checked before it is believed, and
 * which names there are, until somebody else changes the registry (interface_names.h).
 * Thread-safe. Whoever writes what he makes of something read (a name that is free, the row of a
 * name) does both between journal_enter and journal_leave (win32/journal/journal.h): other
 * processes write, too. Status values that a function does not name are the registry's.
 */
#ifndef MPR_WIN32_CONFIG_STORE_H
#define MPR_WIN32_CONFIG_STORE_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/bytes.h"
#include "base/status.h"

#define CONFIG_INTERFACE_NAME_MAX 256 /* MAX_INTERFACE_NAME_LEN */
#define CONFIG_TRANSPORT_NAME_MAX 40  /* MAX_TRANSPORT_NAME_LEN */
#define CONFIG_PATH_MAX           80
#define CONFIG_ROUTER_MANAGERS    L"RouterManagers"

struct config_interface {
    DWORD number; /* the key's name */
    WCHAR name[CONFIG_INTERFACE_NAME_MAX + 1];
    DWORD type; /* ROUTER_INTERFACE_TYPE */
    bool enabled;
    DWORD unreachable_min, unreachable_max; /* seconds, 0: not configured; only read */
};

struct config_transport {
    DWORD id;                                  /* ProtocolId: PID_IP, ... */
    WCHAR name[CONFIG_TRANSPORT_NAME_MAX + 1]; /* the key's name */
};

/* ST_NO_SUCH_INTERFACE when there is no such key, or one without name or type. */
mpr_status config_interface_read(DWORD number, struct config_interface *ret);
/* By name, without case. ST_NO_SUCH_INTERFACE. */
mpr_status config_interface_find(const WCHAR *name, struct config_interface *ret);
/* All of them by number, in a mem_alloc'd array (NULL for none). Keys without name or type are
 * left out. */
mpr_status config_interface_list(struct config_interface **ret, DWORD *ret_count);
/* Creates the key with the lowest free number, which is put into row; a key that another program
 * makes meanwhile is left to it, one that a killed program has left is taken (entry_key.h). hours
 * as in config_interface_write. On failure, also when the process ends in between, there is none.
 */
mpr_status config_interface_create(struct config_interface *row, const WCHAR *hours);
/* Writes Enabled and, unless keep_hours, DialOutHours (a multi-string; NULL removes it). */
mpr_status config_interface_write(const struct config_interface *row, bool keep_hours,
                                  const WCHAR *hours);
/* As a whole (entry_key.h). */
mpr_status config_interface_delete(const struct config_interface *row);
/* The dial-out hours in mem_alloc'd memory; NULL when there are none. */
mpr_status config_interface_hours(DWORD number, WCHAR **ret);

/* A path of CONFIG_PATH_MAX characters: "Interfaces\<n>". */
static inline void config_interface_path(WCHAR *path, DWORD number)
{
    _snwprintf(path, CONFIG_PATH_MAX, L"Interfaces\\%lu", number);
}

/* Transports below a container: an interface's path, or CONFIG_ROUTER_MANAGERS. What counts is the
 * value ProtocolId, not the key's name. */

/* ST_NOT_FOUND. */
mpr_status config_transport_find(const WCHAR *container, DWORD id, struct config_transport *ret);
/* By id, mem_alloc'd (NULL for none). A machine without RouterManagers has those of
 * config_defaults.h, which are written as soon as one of them is to be changed. */
mpr_status config_transport_list(const WCHAR *container, struct config_transport **ret,
                                 DWORD *ret_count);
/* A value of a transport's key. */
struct config_transport_value {
    const WCHAR *name; /* InterfaceInfo, GlobalInfo, ... */
    const void *data;  /* REG_BINARY; NULL: it stays as it is */
    size_t size;
    const WCHAR *text; /* instead of data: REG_EXPAND_SZ */
};
/* Gives the transport these values, in this order; the first failure ends it. One that is not there
 * is made, as a whole: on failure, also when the process ends in between, there is none, and what a
 * killed one has left is removed (entry_key.h). Name NULL or "" gives the transport's usual name
 * (Ip, Ipv6, Ipx, else the id in decimal); one that is there keeps its own. ST_INVALID_PARAMETER: a
 * name that is too long, has a backslash, or is another transport's. */
mpr_status config_transport_store(const WCHAR *container, DWORD id, const WCHAR *name,
                                  const struct config_transport_value *values, size_t count);
/* The same for one that was found. */
mpr_status config_transport_change(const WCHAR *container, const struct config_transport *row,
                                   const struct config_transport_value *values, size_t count);
/* As a whole (entry_key.h). */
mpr_status config_transport_delete(const WCHAR *container, const struct config_transport *row);
/* A missing one reads as empty. */
mpr_status config_transport_get(const WCHAR *container, const struct config_transport *row,
                                const WCHAR *value, struct blob *ret);
/* DLLPath (REG_EXPAND_SZ): mem_alloc'd, NULL when there is none. */
mpr_status config_transport_get_dll(const struct config_transport *row, WCHAR **ret);

#endif
