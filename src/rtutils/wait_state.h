/* What the wait thread and those who register share. */
#ifndef MPR_RTUTILS_WAIT_STATE_H
#define MPR_RTUTILS_WAIT_STATE_H

#include <stddef.h>

#include "rtutils/wait_server.h"

#define ENTRY_OF(link, type, member) ((type *)(void *)((char *)(link)-offsetof(type, member)))
#define EVENT_OF(link)               ENTRY_OF(link, WT_EVENT_ENTRY, ee_ServerLinks)
#define TIMER_OF(link)               ENTRY_OF(link, WT_TIMER_ENTRY, te_ServerLinks)

struct _WAIT_THREAD_ENTRY {
    SRWLOCK lock; /* of all of this, and of registered entries */
    CONDITION_VARIABLE changed;
    LIST_ENTRY events, timers;
    unsigned event_count;
    DWORD thread_id; /* 0: there is no thread */
    HANDLE wake;     /* with it */
    bool waiting;
    DWORD round;                         /* how often it has come out of a wait */
    const void *running;                 /* the item or timer whose function it is in */
    const WT_EVENT_ENTRY *running_event; /* the item's */
    DWORD last_id;
};

extern struct _WAIT_THREAD_ENTRY wait_state;

/* The thread, if there is none; lock held. False: there is none. */
bool wait_state_start(void);

#endif
