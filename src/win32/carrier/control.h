/* How an administrator's commands reach the router's process, and its state those who ask: shared
 * memory and an event, both with names, for administrators and the system only.
 *
 * Asking is no client of the router (local.h) and does not keep it.
 */
#ifndef MPR_WIN32_CONTROL_H
#define MPR_WIN32_CONTROL_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/status.h"

/* What the router does, and what it is wanted to do. */
enum control_state { CONTROL_RUNS = 0, CONTROL_PAUSED = 1, CONTROL_ENDS = 2 };

/* ---- the router's end ------------------------------------------------------------------------ */

/* Of the process that is the router of this machine (local_listen), once. It never fails: when
 * somebody else has made the objects, the log says so, and nobody outside can command this router.
 */
void control_start(void);
/* Waits for a command, for that long at most. What is wanted now; CONTROL_ENDS stays so. */
enum control_state control_wait(DWORD milliseconds);
/* Whether it is to stay when nobody needs it (control_keep). */
bool control_kept(void);
void control_tell(enum control_state state);
/* As a command, from any thread of the router's own process. */
void control_end_self(void);
void control_stop(void);

/* ---- the others' end ------------------------------------------------------------------------- */

struct control_view {
    HANDLE process; /* of the router, to wait for */
    HANDLE mapping, wake;
    struct control_board *board;
};

/* ST_RPC_SERVER_UNAVAILABLE: no router runs; ST_ACCESS_DENIED: the caller is no administrator, or
 * the objects were made by somebody who is none. */
mpr_status control_open(struct control_view *ret);
void control_close(struct control_view *v);
enum control_state control_state_of(const struct control_view *v);
void control_command(const struct control_view *v, enum control_state wanted);
/* The router stays until it is commanded to end, also when nobody needs it. */
void control_keep(const struct control_view *v);

#endif
