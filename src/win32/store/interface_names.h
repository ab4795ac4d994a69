/* What is remembered of the stored interfaces' names, since the registry knows them by number.
 *
 * The number at which a name was found last may be another one's by now, and is to be believed only
 * when its key still has that name. That memory is a table of a fixed size that forgets: nothing
 * can fail for it, and a wrong or missing number costs time only.
 *
 * That no interface has a name is known while the registry has not changed since all were read. Of
 * these, hashes of the folded names are kept: what has none of them is not there, what has one is
 * to be looked up. */
#ifndef MPR_WIN32_INTERFACE_NAMES_H
#define MPR_WIN32_INTERFACE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/utf16.h"

/* The names as they are read, one after the other. Without memory there are none to keep. */
struct interface_names {
    uint32_t as_of;   /* registry_watch_look before the first was read */
    uint64_t *hashes; /* open addressing; 0: free */
    size_t slots, used;
    bool failed;
};

/* For about count names; ends with interface_names_keep or interface_names_drop. */
void interface_names_begin(struct interface_names *names, size_t count);
/* Remembers the number, too. */
void interface_names_add(struct interface_names *names, const char16_t *name, uint32_t number);
/* All were added: this is what is known from now on. */
void interface_names_keep(struct interface_names *names);
void interface_names_drop(struct interface_names *names);

/* True when the registry has not changed since all names were read, and this was none of them. One
 * request. */
bool interface_names_lack(const char16_t *name);
void interface_names_remember(const char16_t *name, uint32_t number);
/* False: nothing is remembered. */
bool interface_names_recall(const char16_t *name, uint32_t *ret_number);

/* Forgets which names there are. */
void interface_names_forget(void);

#endif
