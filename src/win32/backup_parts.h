/* The parts of backup and restore, for the files backup_*.c only. Status values that a function
 * does not name are the system's. */
#ifndef MPR_WIN32_BACKUP_PARTS_H
#define MPR_WIN32_BACKUP_PARTS_H

#include "win32/backup.h"

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
/* Whole or not at all: written beside, flushed, then renamed. For administrators only. */
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

#endif
