/* The parts of backup and restore, for the files backup_*.c only. Status values that a function
 * does not name are the system's. */
#ifndef MPR_WIN32_BACKUP_PARTS_H
#define MPR_WIN32_BACKUP_PARTS_H

#include "win32/journal/backup.h"

#include <stdbool.h>

#include "base/bytes.h"

#define BACKUP_PATH_MAX 1024u /* with the terminator */

/* What a backup holds. */
struct backup_image {
    struct blob registry;
    struct blob phonebook;
    bool has_phonebook; /* one of no bytes is one, too */
};
void backup_image_free(struct backup_image *image);

/* ---- files (backup_file.c) ------------------------------------------------------------------- */

/* folder\name. False: too long. */
bool backup_path(WCHAR *path, const WCHAR *folder, const WCHAR *name);
/* ERROR_FILE_NOT_FOUND, ...; ST_INVALID_DATA: more than 256 MB. */
mpr_status backup_file_read(const WCHAR *path, struct blob *ret);
/* Whole or not at all (replace_file.h). For administrators only, if it is new. */
mpr_status backup_file_write(const WCHAR *path, const void *data, size_t size);
/* ST_OK also when it is there already. */
mpr_status backup_folder_make(const WCHAR *path);
/* The files that match, except those whose names are in keep; then the folder when all is true. */
void backup_files_delete(const WCHAR *folder, const WCHAR *pattern, const WCHAR *const *keep,
                         size_t keep_count);
void backup_folder_delete(const WCHAR *folder);

/* ---- SHA-256 of the system's CryptoAPI (backup_hash.c) ----------------------------------------
 */

#define BACKUP_HASH_CHARS 64
/* As lower-case hexadecimal text with a terminator. */
mpr_status backup_hash(const void *data, size_t size, char ret[BACKUP_HASH_CHARS + 1]);

/* ---- registry trees as bytes (backup_tree.c) --------------------------------------------------
 */

#define TREE_NAME_MAX 16384u /* units of a value's name, with the terminator */

/* What is being written; begun zeroed, its bytes are freed with blob_free or finished. */
struct tree_out {
    struct blob bytes; /* size: the capacity */
    size_t used;
    WCHAR name[TREE_NAME_MAX]; /* for the functions below */
};

/* ST_NOT_ENOUGH_MEMORY; ST_INVALID_DATA: it gets too large or too deep. */
mpr_status tree_put(struct tree_out *t, const void *data, size_t size);
mpr_status tree_put_u32(struct tree_out *t, DWORD value);
mpr_status tree_put_name(struct tree_out *t, const WCHAR *name, DWORD units);
/* Type, size and data of a value of that size. */
mpr_status tree_put_data(struct tree_out *t, HKEY key, const WCHAR *name, DWORD size);
/* A key's values and subkeys. */
mpr_status tree_put_key(struct tree_out *t, HKEY key);
void tree_finish(struct tree_out *t, struct blob *ret);

/* The same from bytes: ST_INVALID_DATA when they are malformed. key NULL: looks only. name:
 * TREE_NAME_MAX units for the functions' use. */
mpr_status tree_take_name(struct reader *r, WCHAR *name, size_t capacity);
mpr_status tree_take_data(struct reader *r, HKEY key, const WCHAR *name);
mpr_status tree_take_key(struct reader *r, HKEY key, WCHAR *name);

mpr_status backup_tree_capture(struct blob *ret);
/* ST_INVALID_DATA: nothing that capture makes. Looks only. */
mpr_status backup_tree_check(const struct blob *tree);
/* Replaces the keys. On failure they are in any state. */
mpr_status backup_tree_apply(const struct blob *tree);

/* ---- a backup in a folder (backup_folder.c) ---------------------------------------------------
 */

mpr_status backup_folder_write(const WCHAR *folder, const struct backup_image *image);
/* Checked in every respect. Codes as backup_restore. */
mpr_status backup_folder_read(const WCHAR *folder, struct backup_image *ret);

/* ---- the live configuration (backup_apply.c) --------------------------------------------------
 */

mpr_status backup_capture(struct backup_image *ret);
/* May be repeated: the result is the same. */
mpr_status backup_apply(const struct backup_image *image);

/* ---- what a change is undone by (config_undo.c) -----------------------------------------------
 */

/* ST_INVALID_DATA: nothing that config_undo.c makes; then nothing was done. name: TREE_NAME_MAX
 * units. */
mpr_status undo_apply(const struct blob *undo, WCHAR *name);
/* The same, but the phone book stays: a file is on disk when it has been written. */
mpr_status undo_apply_registry(const struct blob *undo, WCHAR *name);
/* To disk. */
void registry_flush(void);

/* Files of the phone book, as backup_apply does it. */
mpr_status backup_phonebook_put(const void *data, size_t size, bool present);

#endif
