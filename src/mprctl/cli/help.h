/* Help: about everything, about what begins with some words, about one command. */
#ifndef MPRCTL_CLI_HELP_H
#define MPRCTL_CLI_HELP_H

#include "mprctl/cli/report.h"
#include "mprctl/cli/words.h"

/* Commands whose words begin with context ("": all), a line each. */
void help_list(const struct command_table *table, const char *context, struct text *out);
/* One command: usage, parameters, notes, what it is called elsewhere. */
void help_command(const struct command *command, struct text *out);
/* The same as a table for --json: "commands". */
void help_report(const struct command_table *table, const char *context, struct report *out);

#endif
