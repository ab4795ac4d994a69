/* Interfaces by name: in the running router, in the stored configuration, or both. */
#ifndef MPRCTL_TARGET_H
#define MPRCTL_TARGET_H

#include "mprctl/program.h"

struct target {
    WCHAR name[MAX_INTERFACE_NAME_LEN + 1];
    HANDLE running; /* NULL: the running router does not have it, or there is none */
    HANDLE stored;  /* NULL: it is not stored */
};

/* By the router's name, else by the friendly name of a LAN adapter. ERROR_NO_SUCH_INTERFACE:
 * neither side has it; or what the router said when it was not to be reached. */
DWORD target_find(struct session *s, const char *name, struct target *ret);
/* The same, and the running router has to have it. */
DWORD target_find_running(struct session *s, const char *name, struct target *ret);
/* Stores an interface that only the running router has, so that more can be stored of it. */
DWORD target_store(struct session *s, struct target *target);

/* All interfaces of the running router, or of the stored configuration; free with
 * MprAdminBufferFree, MprConfigBufferFree. None: NO_ERROR and NULL. */
DWORD target_list_running(struct session *s, MPR_INTERFACE_0 **ret, DWORD *ret_count);
DWORD target_list_stored(struct session *s, MPR_INTERFACE_0 **ret, DWORD *ret_count);
/* Calls visit for each interface of the running router, or, where there is none, of the stored
 * configuration; type: ROUTER_IF_TYPE_... What target_list_running or target_list_stored says. */
DWORD target_each(struct session *s,
                  void (*visit)(struct session *s, struct target *t, DWORD type));
/* The friendly name of a LAN adapter; NULL: it has none. free(). */
char *target_friendly(struct session *s, const WCHAR *name);

/* "demand-dial" and so on, "connected" and so on. */
const char *type_name(DWORD type);
const char *state_name(DWORD state);
extern const char type_choices[];

#endif
