/* Backup and restore as a whole (backup.h says how it works). */
#include "win32/journal/backup_parts.h"

#include "base/trace.h"
#include "base/utf16.h"
#include "win32/journal/journal.h"
#include "win32/journal/unsaved.h"
#include "win32/sys/registry_watch.h"

static mpr_status journal_begin(const struct journal *j, const struct backup_image *wanted,
                                const struct backup_image *previous)
{
    mpr_status status = journal_make(j);

    if (status == ST_OK) status = backup_folder_write(j->wanted, wanted);
    if (status == ST_OK) status = backup_folder_write(j->previous, previous);
    /* From here on it is going to be done. */
    if (status == ST_OK) status = journal_set_state(j, JOURNAL_FORWARD);
    if (status != ST_OK) journal_end(j);
    return status;
}

/* ---- forward and back ------------------------------------------------------------------------ */

static mpr_status write_image(const struct journal *j, const struct backup_image *image)
{
    static const WCHAR *const keys[] = {L"RouterManagers", L"Interfaces"};
    mpr_status status = backup_apply(image);

    if (status == ST_OK) status = unsaved_note_keys(keys, ARRAYSIZE(keys));
    return status == ST_OK ? journal_end(j) : status;
}

static mpr_status go_back(const struct journal *j, const struct backup_image *previous)
{
    mpr_status status;

    /* When that can't be written, the next start tries to go forward once more, and ends here. */
    (void)journal_set_state(j, JOURNAL_BACK);
    status = write_image(j, previous);
    if (status != ST_OK)
        TRACE(ERROR,
              "restore: the former configuration could not be put back (error %u); the next "
              "start tries again",
              status);
    return status;
}

static mpr_status go_forward(const struct journal *j, const struct backup_image *wanted,
                             const struct backup_image *previous, mpr_status *ret_back)
{
    mpr_status status = write_image(j, wanted);

    *ret_back = ST_OK;
    if (status == ST_OK) return ST_OK;
    TRACE(ERROR, "restore: error %u; the former configuration is put back", status);
    *ret_back = go_back(j, previous);
    return status;
}

/* What no later attempt can mend. */
static bool is_damage(mpr_status status)
{
    return status == ST_INVALID_DATA || status == BACKUP_INCOMPATIBLE ||
           status == ERROR_FILE_NOT_FOUND || status == ERROR_PATH_NOT_FOUND;
}

mpr_status backup_finish(const struct journal *j, bool forward, bool *ret_damaged)
{
    struct backup_image wanted = {.has_phonebook = false}, previous;
    mpr_status status = backup_folder_read(j->previous, &previous);

    *ret_damaged = is_damage(status);
    if (status != ST_OK) return status;
    if (forward) status = backup_folder_read(j->wanted, &wanted);
    if (forward && status == ST_OK)
        (void)go_forward(j, &wanted, &previous, &status);
    else if (!forward || is_damage(status))
        status = go_back(j, &previous);
    backup_image_free(&wanted);
    backup_image_free(&previous);
    return status;
}

/* ---- the two functions ------------------------------------------------------------------------
 */

/* Without the backslash at the end, unless it is that of a drive. */
static bool folder_of(const WCHAR *path, WCHAR *ret)
{
    size_t units;

    if (!*path || !u16_copy((char16_t *)ret, BACKUP_PATH_MAX - 64, (const char16_t *)path))
        return false;
    units = wcslen(ret);
    while (units > 1 && (ret[units - 1] == L'\\' || ret[units - 1] == L'/') &&
           ret[units - 2] != L':')
        ret[--units] = 0;
    return true;
}

mpr_status backup_save(const WCHAR *path)
{
    struct backup_image image;
    WCHAR folder[BACKUP_PATH_MAX];
    mpr_status status;

    if (!folder_of(path, folder)) return ST_INVALID_PARAMETER;
    status = journal_enter();
    if (status != ST_OK) return status;
    status = backup_capture(&image);
    if (status == ST_OK) {
        status = backup_folder_write(folder, &image);
        backup_image_free(&image);
    }
    journal_leave();
    return status;
}

static mpr_status restore_locked(const struct journal *j, const struct backup_image *wanted)
{
    struct backup_image previous;
    mpr_status back, status = backup_capture(&previous);

    if (status != ST_OK) return status;
    registry_watch_own_give_up(); /* what is read from the backup nobody knows yet */
    status = journal_begin(j, wanted, &previous);
    if (status == ST_OK) status = go_forward(j, wanted, &previous, &back);
    backup_image_free(&previous);
    return status;
}

mpr_status backup_restore(const WCHAR *path)
{
    struct backup_image wanted;
    struct journal j;
    WCHAR folder[BACKUP_PATH_MAX];
    mpr_status status;

    if (!folder_of(path, folder)) return ST_INVALID_PARAMETER;
    if (!journal_paths(&j)) return ST_CAN_NOT_COMPLETE;
    status = backup_folder_read(folder, &wanted);
    if (status != ST_OK) return status;
    status = journal_enter();
    if (status == ST_OK) {
        status = restore_locked(&j, &wanted);
        journal_leave();
    }
    backup_image_free(&wanted);
    return status;
}
