/* The links of demand-dial interfaces, and the host's adapters: one thread that dials, waits for
 * adapters to come up, and notices when they or the programs behind them go.
 *
 * How a link is made is a dialer's business (dialer.h); docs/DIALERS.md says what each kind does
 * and with which error it fails. Here is the list of attempts, and the thread.
 */
#ifndef MPR_WIN32_LINKS_H
#define MPR_WIN32_LINKS_H

#include "router/router.h"

/* What the thread reports. Called without any lock held. */
struct links_sink {
    void *context;
    /* The adapters as they are now; called when they differ from the last report. */
    void (*adapters)(void *context, const struct host_adapter *adapters, size_t count);
    /* As whom an attempt is made ("" when nothing is stored); before its dial_result. */
    void (*identity)(void *context, handle_t32 interface, uint32_t attempt, const char16_t *user,
                     const char16_t *domain);
    void (*dial_result)(void *context, handle_t32 interface, uint32_t attempt, mpr_status result,
                        const struct ip_binding *binding);
    void (*link_down)(void *context, handle_t32 interface, uint32_t attempt, mpr_status reason);
};

/* poll_ms: how often the adapters are looked at while nobody watches them; 0: every 3 seconds.
 * Reports the adapters once before it returns. ST_NOT_ENOUGH_MEMORY. */
mpr_status links_start(const struct links_sink *sink, unsigned poll_ms);
/* Ends every program and the thread, and waits for them (some seconds at most). */
void links_stop(void);

/* As router_host.dial and hang_up; they only leave word for the thread. */
void links_dial(const struct dial_attempt *attempt);
void links_hang_up(handle_t32 interface, uint32_t attempt);

/* From any thread, between links_start and links_stop. Whether somebody watches the host's adapters
 * and tells of each change; nothing is polled then. */
void links_watched(bool watched);
/* The adapters may have changed. They are looked at soon, and what came of it is reported. */
void links_adapters_changed(void);

#endif
