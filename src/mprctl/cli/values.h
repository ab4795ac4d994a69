/* The second half of words.h: values of parameters. */
#ifndef MPRCTL_CLI_VALUES_H
#define MPRCTL_CLI_VALUES_H

#include "mprctl/cli/words.h"

/* The words behind a command's own; values point into them. */
bool words_values(char **words, size_t count, struct call *call, struct text *error);

#endif
