/* The live configuration: to an image, and from it. */
#include "win32/journal/backup_parts.h"

#include "base/utf16.h"
#include "win32/phonebook/phonebook_lock.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/sys/registry.h"
#include "win32/sys/replace_file.h"

mpr_status backup_capture(struct backup_image *ret)
{
    WCHAR path[PHONEBOOK_PATH_UNITS];
    mpr_status status = phonebook_store_path(path);

    *ret = (struct backup_image){.has_phonebook = false};
    if (status == ST_OK) status = backup_tree_capture(&ret->registry);
    if (status == ST_OK) {
        status = backup_file_read(path, &ret->phonebook);
        ret->has_phonebook = !status;
        if (status == ERROR_FILE_NOT_FOUND || status == ERROR_PATH_NOT_FOUND) status = ST_OK;
    }
    if (status != ST_OK) backup_image_free(ret);
    return status;
}

/* The folder of the phone book may be missing on a machine that never had one. */
static mpr_status write_phonebook(const WCHAR *path, const void *data, size_t size)
{
    WCHAR folder[PHONEBOOK_PATH_UNITS];
    WCHAR *end;

    u16_copy((char16_t *)folder, PHONEBOOK_PATH_UNITS, (const char16_t *)path);
    end = wcsrchr(folder, L'\\');
    if (end) {
        *end = 0;
        if (GetFileAttributesW(folder) == INVALID_FILE_ATTRIBUTES) backup_folder_make(folder);
    }
    return backup_file_write(path, data, size);
}

/* To disk, before the journal says that it is there. */
void registry_flush(void)
{
    HKEY root;

    if (registry_open(NULL, KEY_READ, false, &root)) return;
    RegFlushKey(root);
    RegCloseKey(root);
}

mpr_status backup_phonebook_put(const void *data, size_t size, bool present)
{
    WCHAR path[PHONEBOOK_PATH_UNITS];
    mpr_status status = phonebook_store_path(path);

    if (status == ST_OK) status = phonebook_lock_enter();
    if (status != ST_OK) return status;
    status = present ? write_phonebook(path, data, size) : replace_file_remove(path);
    phonebook_lock_leave();
    return status;
}

mpr_status backup_apply(const struct backup_image *image)
{
    /* The phone book first: it is what can fail, for a file or folder that can't be written. */
    mpr_status status =
        backup_phonebook_put(image->phonebook.data, image->phonebook.size, image->has_phonebook);

    if (status == ST_OK) status = backup_tree_apply(&image->registry);
    if (status == ST_OK) registry_flush();
    return status;
}
