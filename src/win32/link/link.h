/* An attempt, and the link that it has become: links.c's, shown to the dialers. */
#ifndef MPR_WIN32_LINK_H
#define MPR_WIN32_LINK_H

#include "router/ddm/dial.h"
#include "router/router.h"
#include "win32/sys/windows_api.h"

struct dialer;

struct link {
    handle_t32 interface;
    uint32_t attempt;
    char16_t name[INTERFACE_NAME_MAX + 1]; /* of the interface */
    struct dial_plan plan;
    const struct dialer *dialer;
    enum link_phase { LINK_NEW, LINK_WAITING, LINK_UP, LINK_ENDING } phase; /* the thread's */
    bool hung_up;                                                           /* links.c's lock */
    struct link *prev, *next;

    /* The dialer's. */
    ULONGLONG deadline; /* while it waits: when poll is called at the latest; 0: when it is woken */
    uint32_t host_index; /* of the adapter that is the link */
    void *private;
};

enum link_adapter_state {
    LINK_ADAPTER_MISSING,
    LINK_ADAPTER_DOWN, /* or without an address */
    LINK_ADAPTER_UP
};

/* The adapter of that name, alias or {GUID}, as it was at the last look; *ret is set unless it is
 * missing. */
enum link_adapter_state link_adapter(const char16_t *name, struct host_adapter *ret);
/* Something has happened that a dialer wants to look at; from any thread. */
void links_wake(void);

#endif
