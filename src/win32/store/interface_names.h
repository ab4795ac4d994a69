/* What is remembered of the stored interfaces' names, since the registry knows them by number.
 *
 * Of all names, once they were read, hashes of the folded name and the numbers are kept. A number
 * may be another one's by now, and is to be believed only when its key still has that name: a wrong
 * or missing one costs time only. That a name, or a number, is none is known while nobody else has
 * changed the registry since (registry_watch_foreign); what this library changes itself is told
 * here. So one interface more does not mean to read all of them again.
 *
 * Without memory nothing is known. Thread-safe, but for struct interface_names. */
#ifndef MPR_WIN32_INTERFACE_NAMES_H
#define MPR_WIN32_INTERFACE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/utf16.h"

/* The names as they are read, one after the other, by number. */
struct interface_names {
    uint32_t as_of; /* registry_watch_foreign before the first was read */
    struct interface_slot {
        uint64_t hash;   /* 0: free */
        uint32_t number; /* of the first of that name; INTERFACE_GONE */
        bool several;    /* there are more of them */
    } * slots;           /* open addressing */
    size_t size, used;
    uint32_t lowest; /* number that no key has */
    uint32_t left;   /* of the first key that a killed program left; INTERFACE_GONE: of none */
    bool failed;
};

#define INTERFACE_GONE UINT32_MAX

/* For about count names; ends with interface_names_keep or interface_names_drop. */
void interface_names_begin(struct interface_names *names, size_t count);
/* There is a key of that number; of all keys, in order. */
void interface_names_key(struct interface_names *names, uint32_t number);
/* A killed program left it (entry_key.h). */
void interface_names_left(struct interface_names *names, uint32_t number);
/* It has that name. */
void interface_names_add(struct interface_names *names, const char16_t *name, uint32_t number);
/* Whether one of that name was added; false, too, without memory for it. */
bool interface_names_has(const struct interface_names *names, const char16_t *name);
/* All were added: this is what is known from now on. */
void interface_names_keep(struct interface_names *names);
void interface_names_drop(struct interface_names *names);

/* True when nobody else has changed the registry since all names were read, and this is none of
 * them. One request. */
bool interface_names_lack(const char16_t *name);
/* The number under which a name was known last. False: none is. */
bool interface_names_recall(const char16_t *name, uint32_t *ret_number);
/* A number below which all are taken, as far as is known: the lowest that may be free; and that of
 * a key that a killed program seems to have left, else INTERFACE_GONE. False when nothing is known.
 * One request. */
bool interface_names_free(uint32_t *ret_lowest, uint32_t *ret_left);

/* The key of that number was made, the lowest that was free, or the one that had been left, and has
 * a name; or was deleted. Both between journal_enter and journal_leave. */
void interface_names_made(const char16_t *name, uint32_t number);
void interface_names_gone(const char16_t *name, uint32_t number);

/* Forgets everything. */
void interface_names_forget(void);

#endif
