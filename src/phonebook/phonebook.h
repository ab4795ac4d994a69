/* Phone books (.pbk): reading, finding, changing and writing entries.
 *
 * A phone book is kept as the text that it is: an entry is a run of the file's bytes, from its
 * [name] line to the next, and is parsed into keys only when it is used. So what is not changed
 * is written back byte for byte: unknown keys, order, blank lines, CR LF or LF, trailing blanks,
 * a missing last line end, text in another encoding.
 *
 * Rules (MS-RRASM 2.2.2, and what real files show):
 * - One entry = "[name]", then "key=value" lines. Blank lines mean nothing. No comments.
 * - Text is UTF-8, or else Windows-1252, told apart value by value. A UTF-8 mark at the start is
 *   kept; one at the start of a line does not count. What is written is UTF-8.
 * - Entry names are compared without case. Of two entries with one name the first counts; the
 *   other is kept in the file, unseen, until its name is removed.
 * - Keys are compared without case, but for the three that begin a block: NETCOMPONENTS, MEDIA and
 *   DEVICE, in capitals. "Device=" is an ordinary key.
 *
 * Odd lines are kept where they are, byte for byte, and mean nothing: a line without '=' or with
 * nothing before it, one of more than 65535 bytes, a key before the first entry. An odd header
 * (without its ']', an empty name, one of more than 256 UTF-16 units) begins an entry that can't be
 * found. Refused as a whole with ST_CANNOT_LOAD_PHONEBOOK is what is no text of bytes: a NUL byte,
 * a mark of UTF-16.
 *
 * Threads: none of its own; one phone book is used by one thread at a time.
 */
#ifndef MPR_PHONEBOOK_PHONEBOOK_H
#define MPR_PHONEBOOK_PHONEBOOK_H

#include "base/bytes.h"
#include "base/status.h"
#include "phonebook/phonebook_settings.h"

#include <uchar.h>

struct phonebook;
struct phonebook_entry;

/* For the log: why a phone book was refused, or which of its lines is odd. */
struct phonebook_error {
    size_t line;        /* from 1, the first one; 0 when it is about no line */
    const char *reason; /* static text; NULL when there is nothing to tell */
    size_t odd_lines;   /* how many there are; 0 in a refused one */
};

/* Reads a whole file (data is copied; size 0 is an empty phone book). *ret is the caller's
 * (phonebook_free), NULL on failure. error may be NULL; it is filled on success, too.
 * ST_CANNOT_LOAD_PHONEBOOK, ST_NOT_ENOUGH_MEMORY. */
mpr_status phonebook_parse(struct phonebook **ret, const void *data, size_t size,
                           struct phonebook_error *error);
void phonebook_free(struct phonebook *pb);

/* The file's bytes as they are now, into out, whose old content is freed; on failure out is as it
 * was. ST_NOT_ENOUGH_MEMORY. */
mpr_status phonebook_write(const struct phonebook *pb, struct blob *out);
/* Whether these are the bytes that phonebook_write would give. Needs no memory. */
bool phonebook_is(const struct phonebook *pb, const void *data, size_t size);

/* Entries that can be found. */
size_t phonebook_count(const struct phonebook *pb);
/* Entries that can't, because one before them has their name; *ret_line (may be NULL) is the line
 * of the first such header as read. */
size_t phonebook_duplicates(const struct phonebook *pb, size_t *ret_line);

/* NULL when there is none. An entry pointer is valid until the entry is removed. */
const struct phonebook_entry *phonebook_find(const struct phonebook *pb, const char16_t *name);
/* In file order, NULL to begin, NULL at the end; duplicates are left out. */
const struct phonebook_entry *phonebook_next(const struct phonebook *pb,
                                             const struct phonebook_entry *previous);
const char16_t *phonebook_entry_name(const struct phonebook_entry *entry);

/* The value of a key that struct phonebook_settings lacks: occurrence index (from 0) of it in the
 * whole entry, block headers as "MEDIA" and "DEVICE". ST_NOT_FOUND; ST_INSUFFICIENT_BUFFER when it
 * does not fit capacity units with its terminator. *target is "" on failure. */
mpr_status phonebook_entry_value(const struct phonebook_entry *entry, const char *key, size_t index,
                                 char16_t *target, size_t capacity);

/* Reads what MPR_INTERFACE_2 and _3 need; keys that are absent or invalid give the defaults of
 * phonebook_settings.h. On success *ret is filled and the caller's to release with
 * phonebook_settings_free; on failure it is empty. ST_NOT_ENOUGH_MEMORY. */
mpr_status phonebook_entry_settings(const struct phonebook_entry *entry,
                                    struct phonebook_settings *ret);

/* The changes: each is made as a whole or not at all. ST_NOT_ENOUGH_MEMORY, and
 * ST_INVALID_PARAMETER for a name that is empty, too long, no valid UTF-16 or has control
 * characters, or for a text with a line end. */

/* Appends a full entry, made from settings in the form that Windows 10 writes.
 * The GUID is what settings has: the core can't invent one. ST_ALREADY_EXISTS. */
mpr_status phonebook_add(struct phonebook *pb, const char16_t *name,
                         const struct phonebook_settings *settings);
/* Changes the lines of an entry whose settings differ; all others stay as they are, so settings
 * should come from phonebook_entry_settings. ST_CANNOT_FIND_PHONEBOOK_ENTRY. */
mpr_status phonebook_replace(struct phonebook *pb, const char16_t *name,
                             const struct phonebook_settings *settings);
/* Makes the entry what it is in another phone book: there, there with another text, or not there.
 * Duplicates of it stay where it stays. */
mpr_status phonebook_put(struct phonebook *pb, const char16_t *name, const struct phonebook *from);
/* Removes the entry and its duplicates. ST_CANNOT_FIND_PHONEBOOK_ENTRY. */
mpr_status phonebook_remove(struct phonebook *pb, const char16_t *name);

#endif
