/* Those who have registered: their callbacks, the methods that they export, and the thread that
 * calls back. Each has a thread of its own, so that one that is slow keeps nobody else waiting. */
#ifndef MPR_WIN32_RTM_CLIENTS_H
#define MPR_WIN32_RTM_CLIENTS_H

#include "rtmv2/rtmv2.h"
#include "win32/sys/windows_api.h"

#include <rtmv2.h>

#include "win32/sys/no_interface_macro.h"

#define RTM_METHODS_MAX 32u /* that a client exports */

struct rtm_client;

/* Before the entity is registered, since nothing may fail afterwards. methods NULL: none; more than
 * RTM_METHODS_MAX are ST_INVALID_PARAMETER. callback NULL: it is told nothing.
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status rtm_client_new(const RTM_ENTITY_EXPORT_METHODS *methods, RTM_EVENT_CALLBACK callback,
                          struct rtm_client **ret);
/* It is registered as entity, or (0) could not be: then it goes. May be called with the router's
 * lock. */
void rtm_client_begin(struct rtm_client *c, handle_t32 entity);
/* The entity is deregistered: returns when no callback of it runs any more (but the one that calls
 * this), and none begins. Without the router's lock. */
void rtm_client_end(handle_t32 entity);
/* The same, but a callback that does not come back is left behind after a while, with a log line.
 */
void rtm_client_abandon(handle_t32 entity);
/* That for all. */
void rtm_clients_stop(void);
/* Up to so many of them; returns how many. */
size_t rtm_clients_entities(handle_t32 *ret, size_t capacity);

/* An event for its receiver, told as soon as what came before has been. */
struct rtm_told {
    struct rtmv2_event event;
    struct rtm_told *prev, *next;
};
/* Takes it over. False: nobody of that entity is told anything. */
bool rtm_client_tell(struct rtm_told *told);

/* ---- methods --------------------------------------------------------------------------------- */

struct rtm_methods {
    UINT count;
    RTM_ENTITY_EXPORT_METHOD method[RTM_METHODS_MAX];
};
/* What the entity exports; nothing where it is no client. */
struct rtm_methods rtm_client_methods(handle_t32 entity);
/* Between these two the entity can't block its methods; the first waits while it does. */
struct rtm_methods rtm_client_use_methods(handle_t32 entity);
void rtm_client_let_methods_go(handle_t32 entity);
/* Blocking waits until nobody uses them. */
void rtm_client_block_methods(handle_t32 entity, bool block);

#endif
