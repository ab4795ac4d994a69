/* Scripts: a command a line, as `dump` writes them and `exec` reads them.
 *
 * Words stand between blanks. Within double quotes blanks and line breaks are as they stand, and ""
 * is one quote; a quoted part may be anywhere in a word (name="Head office"). A line whose first
 * word begins with # is a comment. A backslash is nothing special.
 */
#ifndef MPRCTL_CLI_SCRIPT_H
#define MPRCTL_CLI_SCRIPT_H

#include "mprctl/cli/text.h"

struct script {
    const char *at;
    unsigned line;  /* of what is read next, from 1 */
    unsigned began; /* the line on which the last command began */
};

enum script_result { SCRIPT_COMMAND, SCRIPT_END, SCRIPT_OPEN_QUOTE };

/* text stays the caller's. A UTF-8 mark at the beginning is skipped. */
void script_begin(struct script *s, const char *text);
/* The words of the next command, to be freed with words_free. */
enum script_result script_next(struct script *s, char ***ret, size_t *ret_count);
void words_free(char **words, size_t count);
/* The next line as it stands, without its end: what a command would read from standard input, which
 * for those in a script is the script. NULL at the end; to be freed. */
char *script_line(struct script *s);

/* Adds a value as a word that script_next reads as that value. */
void script_quote(struct text *out, const char *value);

#endif
