/* The two ways of running a program; command.c only. */
#ifndef MPR_WIN32_COMMAND_RUN_H
#define MPR_WIN32_COMMAND_RUN_H

#include <stdbool.h>

#include "win32/link/command.h"
#include "win32/sys/windows_api.h"

/* A named pipe of Unix that this process holds open for both directions. */
struct command_fifo {
    HANDLE end;
    char *unix_name; /* mem_alloc'd; NULL: there is none */
    WCHAR name[MAX_PATH + 64];
};

struct command_run {
    HANDLE leash;                    /* closing it ends the program; Windows: the job */
    HANDLE process;                  /* Windows */
    struct command_fifo link, input; /* Wine; link.end is the leash */
    char *unix_line;                 /* Wine: UTF-8, mem_alloc'd */
};

/* Whether this is Wine, and able to start Unix programs. */
bool command_on_wine(void);
/* Makes the leash, and a pipe with the input in it. On failure command_unix_free is still due. */
mpr_status command_unix_prepare(const char16_t *line, const struct blob *input,
                                struct command_run *run);
/* Runs the program; returns its exit code when it has ended. */
uint32_t command_unix_run(struct command_run *run);
/* All but the leash. */
void command_unix_free(struct command_run *run);

/* The same on Windows: starts the program, and waits for it. line is changed. */
mpr_status command_windows_start(char16_t *line, const struct blob *input, struct command_run *run);
uint32_t command_windows_run(struct command_run *run);

#endif
