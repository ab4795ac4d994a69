/* Texts that grow, in UTF-8. Memory that can't be had ends the program with a word on stderr: it is
 * a tool for the command line, which holds nothing that others would have to clean up.
 */
#ifndef MPRCTL_CLI_TEXT_H
#define MPRCTL_CLI_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#if defined(__MINGW32__)
#define TEXT_FORMAT(at, from) __attribute__((format(gnu_printf, at, from)))
#else
#define TEXT_FORMAT(at, from) __attribute__((format(printf, at, from)))
#endif

/* Zeroed memory, released with free(). */
void *text_alloc(size_t size);
/* An array of count elements grown to hold one more; its room is the next power of two. */
void *text_grow(void *array, size_t count, size_t size);
char *text_dup(const char *text);
char *text_dup_part(const char *text, size_t length);
/* A new text in printf's manner. */
char *text_format(const char *format, ...) TEXT_FORMAT(1, 2);
/* The memory is overwritten, then released: for secrets. NULL is taken. */
void text_wipe(char *text);
/* An ASCII letter as a small one. */
char text_lower(char c);
/* ASCII letters without case; what is beyond counts octet by octet. */
bool text_same(const char *a, const char *b);
bool text_begins(const char *text, const char *beginning);

struct text {
    char *data; /* NULL as long as nothing was added; else ends in NUL */
    size_t length, room;
};

void text_add(struct text *t, const char *more);
void text_add_part(struct text *t, const char *more, size_t length);
void text_addf(struct text *t, const char *format, ...) TEXT_FORMAT(2, 3);
/* count times the same octet */
void text_fill(struct text *t, char octet, size_t count);
/* The text so far, "" when there is none. */
const char *text_of(const struct text *t);
void text_free(struct text *t);

#endif
