/* A host program that keeps a link: started, listened to, watched until it exits, and ended with
 * everything it started. Under Wine it is a Unix command line (run by sh), on Windows a Windows
 * one.
 *
 * The program must stay in the foreground (pppd: nodetach). Its input is what command_start is
 * given, else /dev/null; its output is told line by line, and so is what it writes to the status
 * descriptor: under Wine the file descriptor whose number is in MPRAPI_STATUS_FD, on Windows the
 * handle whose number is in MPRAPI_STATUS_HANDLE.
 * Hanging up sends SIGTERM to its session, and after three seconds SIGKILL; on Windows its job is
 * ended. The same happens when this process ends, however it ends.
 */
#ifndef MPR_WIN32_COMMAND_H
#define MPR_WIN32_COMMAND_H

#include "base/bytes.h"
#include "base/status.h"

#include <stdint.h>
#include <uchar.h>

struct command;

enum command_stream { COMMAND_OUTPUT, COMMAND_STATUS, COMMAND_STREAMS };

/* Called from threads of the command's own. */
struct command_watcher {
    void *context;
    /* Once, when the program has ended and said has told all. exit_code is the program's, or 255
     * when it was killed. */
    void (*exited)(void *context, uint32_t exit_code);
    /* A line that is not empty, without its end, which may be changed in place; NULL: nobody
     * listens. */
    void (*said)(void *context, enum command_stream stream, char *text, size_t size);
};

#define COMMAND_INPUT_LINES 4u
#define COMMAND_INPUT_MAX   4096u /* what a pipe takes without a reader */

/* input: COMMAND_INPUT_LINES lines for the program's standard input, which ends behind them; NULL
 * or empty: none. It goes through a pipe that nobody else can open, never through a file, an
 * argument or the environment, and no copy is kept. ST_CAN_NOT_COMPLETE: the program could not be
 * started, or the input is too long; ST_NOT_ENOUGH_MEMORY. *ret is there before anything is told.
 */
mpr_status command_start(const char16_t *line, const struct blob *input,
                         const struct command_watcher *watcher, struct command **ret);
/* Asks the program to end. exited is still called. */
void command_stop(struct command *command);
/* Waits until exited has returned, and frees. Not from a function of the watcher. */
void command_free(struct command *command);

#endif
