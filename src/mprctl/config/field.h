/* Members of the API's structures as text, both ways, from one row for each. */
#ifndef MPRCTL_FIELD_H
#define MPRCTL_FIELD_H

#include "mprctl/program.h"

enum field_kind {
    FIELD_NUMBER,   /* DWORD */
    FIELD_WORD,     /* WORD */
    FIELD_SECONDS,  /* DWORD, with a unit (quantity.h) */
    FIELD_SIZE,     /* DWORD of kilobytes, with a unit */
    FIELD_CHOICE,   /* DWORD, the place among choices; any other as a number */
    FIELD_FLAGS,    /* DWORD, names with commas between; bits without a name as one number */
    FIELD_ADDRESS,  /* DWORD in network order, dotted; 0 is nothing */
    FIELD_ADDRESS6, /* IN6_ADDR; all zeros is nothing */
    FIELD_TEXT,     /* WCHAR[] */
    FIELD_GUID,     /* GUID; zeros are nothing */
    FIELD_SPECIAL   /* not a plain member: its owner's business */
};

struct field_flag {
    const char *name;
    DWORD bit;
};

struct field {
    const char *name;
    enum field_kind kind;
    size_t offset, size;
    const char *choices; /* of FIELD_CHOICE; of numbers the range, as quantity.h has it; or NULL */
    const struct field_flag *flags; /* of FIELD_FLAGS, ended by a NULL name */
};

/* The member as text: "" for nothing. free(). */
char *field_text(const struct field *f, const void *base);
/* A cell of a column: as field_text, without units for programs (--json). */
void field_report(struct session *s, const struct field *f, const void *base);
/* Takes a value that field_text may have given; false, and a word in error, when it can't be. */
bool field_set(const struct field *f, void *base, const char *value, struct text *error);

/* Octets as hexadecimal digits, and back; *ret_size is told, NULL for none. free(). */
char *hex_of(const void *data, size_t size);
BYTE *hex_octets(const char *text, size_t *ret_size);

/* The parts of a list with a separator between; free() each, and the array. */
char **list_parts(const char *list, char separator, size_t *ret_count);

#endif
