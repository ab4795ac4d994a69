/* Dial-out hours: a list of texts as the API has them, and one line as people type it. */
#ifndef MPRCTL_HOURS_H
#define MPRCTL_HOURS_H

#include "mprctl/program.h"

/* "1 08:00-12:00;6 10:00-12:00"; NULL for no list. free(). */
char *hours_text(const WCHAR *list);
/* The list of such a line, NULL for "" and "none". free(). */
WCHAR *hours_list(const char *text);

#endif
