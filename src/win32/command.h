/* A host program that keeps a link: started, watched until it exits, and ended with everything it
 * started. Under Wine it is a Unix command line (run by sh), on Windows a Windows one.
 *
 * The program must stay in the foreground (pppd: nodetach). Its input and output are /dev/null.
 * Hanging up sends SIGTERM to its session, and after three seconds SIGKILL; on Windows its job is
 * ended. The same happens when this process ends, however it ends.
 */
#ifndef MPR_WIN32_COMMAND_H
#define MPR_WIN32_COMMAND_H

#include "base/status.h"

#include <stdint.h>
#include <uchar.h>

struct command;

/* Called once, from a thread of the command's own, when the program has ended. exit_code is the
 * program's, or 255 when it was killed. */
typedef void command_exited_fn(void *context, struct command *command, uint32_t exit_code);

/* ST_CAN_NOT_COMPLETE: it could not be started; ST_NOT_ENOUGH_MEMORY. */
mpr_status command_start(const char16_t *line, command_exited_fn *exited, void *context,
                         struct command **ret);
/* Asks the program to end. exited is still called. */
void command_stop(struct command *command);
/* Waits until exited has returned, and frees. Not from exited. */
void command_free(struct command *command);

#endif
