/* The document behind struct phonebook. Internal to src/phonebook. */
#ifndef MPR_PHONEBOOK_DOCUMENT_H
#define MPR_PHONEBOOK_DOCUMENT_H

#include "base/hash.h"
#include "phonebook/phonebook.h"
#include "phonebook/scan.h"

struct phonebook_entry {
    struct phonebook_entry *prev, *next; /* file order, all entries */
    UT_hash_handle hh;                   /* index; not for duplicates */
    struct slice text;                   /* from the header to the next header */
    char *owned;                         /* text.at when it is not a part of the file */
    bool duplicate;                      /* one before it has its name */
    bool nameless;                       /* its header is odd: kept, but not to be found */
    size_t key_size;                     /* bytes of key */
    char16_t *key;                       /* folded name, behind name */
    char16_t name[];                     /* as in the file */
};

struct phonebook {
    char *file;
    struct slice mark;     /* the UTF-8 mark at the start, or nothing */
    struct slice preamble; /* lines before the first entry */
    const char *eol;       /* what new entries use */
    struct phonebook_entry *entries;
    struct phonebook_entry *index;
    size_t count, duplicates, first_duplicate;
};

/* A new entry without text; NULL when out of memory. */
struct phonebook_entry *entry_create(const char16_t *name, size_t units);
/* For an entry that is in no phone book. */
void entry_free(struct phonebook_entry *e);

/* Appends to the list and, if it has a name and is the first with it, to the index. On failure
 * (ST_NOT_ENOUGH_MEMORY) the entry is still the caller's. */
mpr_status entry_link(struct phonebook *pb, struct phonebook_entry *e);
/* Takes it out and frees it. */
void entry_unlink(struct phonebook *pb, struct phonebook_entry *e);

/* The entry of a name in any case, NULL if none. */
struct phonebook_entry *entry_find(const struct phonebook *pb, const char16_t *name);

#endif
