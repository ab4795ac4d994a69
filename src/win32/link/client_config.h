/* One key of Parameters\Clients; clients.h says what is in it. */
#ifndef MPR_WIN32_CLIENT_CONFIG_H
#define MPR_WIN32_CLIENT_CONFIG_H

#include "win32/sys/windows_api.h"

#include "router/ddm/client.h"

struct client_config {
    enum client_kind { CLIENT_EXISTING, CLIENT_SCRIPTED } kind;
    char16_t pattern[INTERFACE_NAME_MAX + 1]; /* CLIENT_EXISTING: which adapters */
    struct client_call call;
    struct client_config *next; /* clients.c's */
};

/* ST_INVALID_DATA: malformed; ST_NOT_ENOUGH_MEMORY. */
mpr_status client_config_read(HKEY key, struct client_config *ret);

/* Whether the adapter of that {GUID} and alias is one of these. */
bool client_config_matches(const struct client_config *c, const char16_t *name,
                           const char16_t *alias);

#endif
