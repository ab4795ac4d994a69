/* The router's phone book on disk (%windir%\System32\ras\router.pbk, or the file that the value
 * PhonebookPath under Services\RemoteAccess\Parameters names).
 *
 * All functions take the phone-book lock, which is always taken before the engine's. The parsed
 * file is kept, or that it was refused, and read again when size or time of the file differ. One
 * that is to be changed is read in any case, while no other process may change it.
 */
#ifndef MPR_WIN32_PHONEBOOK_STORE_H
#define MPR_WIN32_PHONEBOOK_STORE_H

#include "phonebook/phonebook.h"
#include "phonebook/phonebook_settings.h"
#include "win32/phonebook/phonebook_path.h"

/* Reads an entry. ST_CANNOT_OPEN_PHONEBOOK: no such file; ST_CANNOT_LOAD_PHONEBOOK: it can't be
 * read or parsed (logged with line and reason); ST_CANNOT_FIND_PHONEBOOK_ENTRY;
 * ST_NOT_ENOUGH_MEMORY. settings (optional) is filled and freed with phonebook_settings_free. */
mpr_status phonebook_store_read(const char16_t *name, struct phonebook_settings *settings);

/* Creates or changes an entry and writes the file atomically (a file beside it, flushed, then
 * renamed); the folder is made when missing; administrators only. ST_CANNOT_WRITE_PHONEBOOK,
 * ST_ACCESS_DENIED (phonebook_file.h), ST_CANNOT_LOAD_PHONEBOOK. On failure the old file is as it
 * was. */
mpr_status phonebook_store_write(const char16_t *name, const struct phonebook_settings *settings);

/* Removes an entry; ST_OK when there is none. With act, together with something that can't be
 * undone: act is called when the file's new content is ready, so that it does not happen when
 * memory is short (ST_NOT_ENOUGH_MEMORY); its status is the result. The entry is removed when it
 * gave ST_OK; whatever else keeps the entry there is logged. Without: errors as above. */
typedef mpr_status phonebook_act_fn(void *context);
mpr_status phonebook_store_remove(const char16_t *name, phonebook_act_fn *act, void *context);

/* The file as it is, to be put back when what was to go with a change of it fails. */
struct phonebook_copy {
    bool existed;
    struct blob data;
    uint64_t version;
};
/* ST_NOT_ENOUGH_MEMORY or ST_CANNOT_LOAD_PHONEBOOK; freed with phonebook_copy_free in any case. */
mpr_status phonebook_store_copy(struct phonebook_copy *ret);
/* Byte for byte, and without needing memory, when this process has changed the file once since and
 * nobody else has; else the entry of that name alone is made as it was. ST_CANNOT_WRITE_PHONEBOOK;
 * else as for writing. */
mpr_status phonebook_store_put_back(const struct phonebook_copy *copy, const char16_t *name);
void phonebook_copy_free(struct phonebook_copy *copy);

/* For what else of an entry is to be read or changed, under the lock: look and change see the entry
 * as it is in the file; when change gives ST_OK the file is written, and on failure it must have
 * left everything as it was. Errors of reading and writing as above, and those of the function. */
typedef mpr_status phonebook_look_fn(const struct phonebook_entry *entry, void *context);
typedef mpr_status phonebook_change_fn(struct phonebook *pb, const char16_t *name, void *context);
mpr_status phonebook_store_look(const char16_t *name, phonebook_look_fn *look, void *context);
mpr_status phonebook_store_change(const char16_t *name, phonebook_change_fn *change, void *context);

/* Reads the file even when its size and time are those of the kept one. Errors of reading. */
mpr_status phonebook_store_refresh(void);
/* Removes what killed processes left beside the file, while no other process writes it. For the
 * start. */
void phonebook_store_tidy(void);
/* Removes the file; ST_OK when there is none. Errors of writing. */
mpr_status phonebook_store_delete(void);

#endif
