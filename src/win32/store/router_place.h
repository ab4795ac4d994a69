/* Which router the programs of this machine work with, as its administrator wants it. */
#ifndef MPR_WIN32_ROUTER_PLACE_H
#define MPR_WIN32_ROUTER_PLACE_H

enum router_place {
    ROUTER_PLACE_PROCESS, /* each program has one of its own */
    ROUTER_PLACE_SHARED,  /* one for all programs */
    ROUTER_PLACE_UNSAID
};

/* Parameters\Router (REG_SZ "process" or "shared"), whoever the thread acts as. What is something
 * else says nothing, but for a warning in the log. */
enum router_place router_place_read(void);

/* Parameters\RouterIdle (DWORD): for how many seconds nobody must need the shared router before its
 * process ends. 5 without it; a day at most. */
unsigned router_place_idle_seconds(void);

#endif
