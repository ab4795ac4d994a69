/* How much room a text takes on a terminal. */
#ifndef MPRCTL_CLI_WIDTH_H
#define MPRCTL_CLI_WIDTH_H

#include "mprctl/cli/text.h"

/* Columns of a text in UTF-8: 2 for East Asian wide characters, 0 for combining ones. Control
 * characters and stray octets count 1, as width_add prints them: '?'. */
size_t width_of(const char *text);
/* Adds a text in exactly width columns: filled up with blanks, or cut with an ellipsis. */
void width_add(struct text *out, const char *value, size_t width, bool to_the_right);
/* Adds a text as it is, without the characters that would move the cursor. */
void width_add_all(struct text *out, const char *value);

#endif
