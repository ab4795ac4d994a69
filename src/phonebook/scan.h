/* Lines of a phone book, as slices of the text. Internal to src/phonebook.
 *
 * A line ends with LF or CR LF, or with the text. Blanks (space, tab) around a key, a value and a
 * section header don't count, nor does a UTF-8 mark before them; everything else does, there is no
 * quoting and no comment.
 */
#ifndef MPR_PHONEBOOK_SCAN_H
#define MPR_PHONEBOOK_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#define LINE_SIZE_MAX        65535u /* bytes, without the line end */
#define ENTRY_NAME_BYTES_MAX 1536u  /* MS-RRASM 2.2.2 */
#define ENTRY_NAME_MAX       256u   /* RAS_MaxEntryName, in UTF-16 units */

struct slice {
    const char *at;
    size_t size;
};

enum line_kind {
    LINE_BLANK,
    LINE_SECTION, /* [key]; with a fault, it is one that has no usable name */
    LINE_KEY,     /* key=value */
    LINE_FAULTY   /* neither; fault says why */
};

struct line {
    enum line_kind kind;
    struct slice raw; /* with the line end */
    struct slice key, value;
    const char *fault; /* static text; NULL when there is none */
};

/* Takes the next line off *rest; false at the end. */
bool line_next(struct slice *rest, struct line *ret);

/* The UTF-8 mark that text begins with: 3 bytes, or none. */
struct slice slice_mark(struct slice text);

struct slice slice_of(const char *text);
bool slice_equal(struct slice a, struct slice b);
/* ASCII letters without case. */
bool slice_equal_nocase(struct slice a, struct slice b);

bool slice_is_ascii(struct slice text);
/* The value of a hexadecimal digit; -1: it is none. */
int hex_digit(char c);

/* Text of a value or a name: UTF-8, or else Windows-1252. Units without the terminator; SIZE_MAX,
 * and an empty target, when capacity (with the terminator) is too small. */
size_t slice_decode(struct slice text, char16_t *target, size_t capacity);

/* A decimal number that fits 32 bits, signed or not ("-1" is 0xFFFFFFFF); false if it is none. */
bool slice_number(struct slice text, unsigned long *ret);

#endif
