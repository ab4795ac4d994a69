/* Texts as JSON has them (RFC 8259). */
#ifndef MPRCTL_CLI_JSON_H
#define MPRCTL_CLI_JSON_H

#include "mprctl/cli/text.h"

/* Adds a string with its quotes. Octets that are no UTF-8 become U+FFFD. */
void json_add_string(struct text *out, const char *value);

/* The octets of the UTF-8 character at text, 1 to 4; 0 when it is none. */
size_t utf8_length(const char *text);

#endif
