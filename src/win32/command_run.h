/* The two ways of running a program; command.c only. */
#ifndef MPR_WIN32_COMMAND_RUN_H
#define MPR_WIN32_COMMAND_RUN_H

#include <stdbool.h>

#include "win32/command.h"
#include "win32/windows_api.h"

struct command_run {
    HANDLE leash;                 /* closing it ends the program; Windows: the job */
    HANDLE process;               /* Windows */
    char *unix_leash, *unix_line; /* Wine: UTF-8, mem_alloc'd */
};

/* Whether this is Wine, and able to start Unix programs. */
bool command_on_wine(void);
/* Makes the leash. */
mpr_status command_unix_prepare(const char16_t *line, struct command_run *run);
/* Runs the program; returns its exit code when it has ended. */
uint32_t command_unix_run(struct command_run *run);

#endif
