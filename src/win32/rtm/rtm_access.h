/* The way to the router's tables for those who call rtm.dll. */
#ifndef MPR_WIN32_RTM_ACCESS_H
#define MPR_WIN32_RTM_ACCESS_H

#include "engine/engine.h"
#include "rtmv2/rtmv2.h"

/* From now on the functions are about this router. Once, or again after rtm_access_end. */
void rtm_access_begin(struct engine *e);
/* There is no router any more: waits for who is inside, and for callbacks as rtm_clients_stop, and
 * takes what clients had out of the tables. Before engine_destroy, and after the protocols have
 * been stopped. */
void rtm_access_end(void);

/* Takes the router's lock. NULL, and nothing to leave: there is no router, or nobody has registered
 * yet. */
struct rtmv2 *rtm_enter(void);
/* The same for one more portion of long work: who waits is let in first. */
struct rtmv2 *rtm_enter_again(void);
/* The same for who registers: what is needed is made. *ret_status where it is NULL:
 * ST_SERVICE_NOT_ACTIVE, ST_NOT_ENOUGH_MEMORY. */
struct rtmv2 *rtm_enter_first(mpr_status *ret_status);
void rtm_leave(void);

#endif
