/* Numbers, lengths of time and amounts of data as people write them, and what ranges they are in.
 *
 * Time and data always have a unit, as netsh, PowerShell and the API count each of them in another
 * one: "90s", "5m", "8h", "2d"; "512KB", "100MB", "1GB" (1 MB is 1024 KB), without case.
 */
#ifndef MPRCTL_CLI_QUANTITY_H
#define MPRCTL_CLI_QUANTITY_H

#include <stdbool.h>
#include <stdint.h>

enum quantity {
    QUANTITY_NUMBER,   /* without a unit */
    QUANTITY_SECONDS,  /* in seconds */
    QUANTITY_KILOBYTES /* in kilobytes */
};

/* False: no such quantity, or more than 32 bits have. */
bool quantity_parse(enum quantity kind, const char *text, uint32_t *ret);
/* In the largest unit that gives a whole number; free(). */
char *quantity_text(enum quantity kind, uint32_t value);
/* The same within a range: "LOW-HIGH", or "LOW-" without an upper end, each written as the kind has
 * it. "default|" before it lets "default" in as well, which is 0. NULL: any. */
bool quantity_take(enum quantity kind, const char *range, const char *text, uint32_t *ret);
/* As quantity_text; 0 is "default" where the range has it. */
char *quantity_show(enum quantity kind, const char *range, uint32_t value);

#endif
