/* Reads what a program says, line by line, on a thread; command.c only. */
#ifndef MPR_WIN32_COMMAND_READER_H
#define MPR_WIN32_COMMAND_READER_H

#include <stdbool.h>

#include "win32/link/command.h"
#include "win32/sys/windows_api.h"

#define COMMAND_LINE_MAX 2048u /* octets; the rest of a longer line is dropped */

struct command_reader {
    HANDLE end;     /* the pipe's; the reader's, which closes it */
    bool both_ways; /* it can be written to, too, so it never comes to its end by itself */
    enum command_stream stream;
    const struct command_watcher *watcher;
    HANDLE thread;
    volatile LONG finishing;
    size_t used;
    char text[COMMAND_LINE_MAX];
};

/* end, both_ways, stream and watcher are set. False: no thread, and nothing is read. */
bool command_reader_start(struct command_reader *r);
/* Nobody writes any more: waits until everything has been told, and closes the end. Also of one
 * that was not started. */
void command_reader_finish(struct command_reader *r);

#endif
