/* The two ways of running a program; command.c only. */
#ifndef MPR_WIN32_COMMAND_RUN_H
#define MPR_WIN32_COMMAND_RUN_H

#include <stdbool.h>

#include "win32/link/command.h"
#include "win32/link/command_reader.h"
#include "win32/sys/windows_api.h"
#include "win32/sys/wine_fifo.h"

/* The fifos of a program under Wine. */
enum command_fifo_use { FIFO_LINK, FIFO_OUTPUT, FIFO_STATUS, FIFO_INPUT, FIFO_COUNT };

struct command_run {
    HANDLE leash;                       /* closing it ends the program; Windows: the job */
    HANDLE process;                     /* Windows */
    struct wine_fifo fifos[FIFO_COUNT]; /* Wine; the end of FIFO_LINK is the leash */
    char *unix_line;                    /* Wine: UTF-8, mem_alloc'd */
    struct command_reader readers[COMMAND_STREAMS];
};

/* Makes the leash, the ends of the readers, and a pipe with the input in it. On failure
 * command_unix_free is still due. */
mpr_status command_unix_prepare(const char16_t *line, const struct blob *input,
                                struct command_run *run);
/* Runs the program; returns its exit code when it has ended. */
uint32_t command_unix_run(struct command_run *run);
/* All but the leash and the readers. */
void command_unix_free(struct command_run *run);

/* The same on Windows: starts the program, and waits for it. line is changed. */
mpr_status command_windows_start(char16_t *line, const struct blob *input, struct command_run *run);
uint32_t command_windows_run(struct command_run *run);

#endif
