/* Backup and restore as a whole, and the journal (backup.h says how it works). */
#include "win32/journal/backup_parts.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/sys/security.h"

#define LOCK_NAME    L"Global\\mprapi-stored-configuration"
#define LOCK_TIMEOUT 60000u

static const char forward[] = "forward\n", back[] = "back\n";

/* ---- one process at a time ------------------------------------------------------------------- */

static mpr_status lock(HANDLE *ret)
{
    SECURITY_ATTRIBUTES attributes;
    mpr_status status = security_administrators_only(&attributes);
    DWORD waited;

    if (status) return status;
    *ret = CreateMutexW(&attributes, FALSE, LOCK_NAME);
    status = *ret ? ST_OK : (mpr_status)GetLastError();
    security_free(&attributes);
    if (status) return status;
    waited = WaitForSingleObject(*ret, LOCK_TIMEOUT);
    /* Abandoned: its holder died, and left a journal that says how far he came. */
    if (waited == WAIT_OBJECT_0 || waited == WAIT_ABANDONED) return ST_OK;
    CloseHandle(*ret);
    return ST_TIMEOUT;
}

static void unlock(HANDLE mutex)
{
    ReleaseMutex(mutex);
    CloseHandle(mutex);
}

/* ---- the journal ----------------------------------------------------------------------------- */

static bool journal_paths(struct journal *j)
{
    WCHAR ras[PHONEBOOK_PATH_UNITS];

    return phonebook_store_folder(ras) && backup_path(j->folder, ras, L"mprapi-restore") &&
           backup_path(j->state, j->folder, L"state") && backup_path(j->undo, j->folder, L"undo") &&
           backup_path(j->wanted, j->folder, L"new") && backup_path(j->previous, j->folder, L"old");
}

static bool journal_exists(const struct journal *j)
{
    return GetFileAttributesW(j->folder) != INVALID_FILE_ATTRIBUTES;
}

/* The state goes first: without it the rest means nothing. */
mpr_status journal_end(const struct journal *j)
{
    if (!DeleteFileW(j->state) && GetLastError() != ERROR_FILE_NOT_FOUND)
        return (mpr_status)GetLastError();
    DeleteFileW(j->undo);
    backup_folder_delete(j->wanted);
    backup_folder_delete(j->previous);
    backup_folder_delete(j->folder);
    return ST_OK;
}

mpr_status journal_make(const struct journal *j)
{
    WCHAR ras[PHONEBOOK_PATH_UNITS];
    mpr_status status = phonebook_store_folder(ras) ? backup_folder_make(ras) : ST_CAN_NOT_COMPLETE;

    return status ? status : backup_folder_make(j->folder);
}

static mpr_status journal_begin(const struct journal *j, const struct backup_image *wanted,
                                const struct backup_image *previous)
{
    mpr_status status = journal_make(j);

    if (!status) status = backup_folder_write(j->wanted, wanted);
    if (!status) status = backup_folder_write(j->previous, previous);
    /* From here on it is going to be done. */
    if (!status) status = backup_file_write(j->state, forward, sizeof(forward) - 1);
    if (status) journal_end(j);
    return status;
}

/* ---- forward and back ------------------------------------------------------------------------ */

static mpr_status go_back(const struct journal *j, const struct backup_image *previous)
{
    mpr_status status;

    /* When that can't be written, the next start tries to go forward once more, and ends here. */
    (void)backup_file_write(j->state, back, sizeof(back) - 1);
    status = backup_apply(previous);
    if (status) {
        TRACE(ERROR,
              "restore: the former configuration could not be put back (error %u); the next "
              "start tries again",
              status);
        return status;
    }
    return journal_end(j);
}

static mpr_status go_forward(const struct journal *j, const struct backup_image *wanted,
                             const struct backup_image *previous)
{
    mpr_status status = backup_apply(wanted);

    if (!status) return journal_end(j);
    TRACE(ERROR, "restore: error %u; the former configuration is put back", status);
    go_back(j, previous);
    return status;
}

/* An interrupted restore, by what its journal says. */
static mpr_status recover_by_journal(const struct journal *j, bool is_forward)
{
    struct backup_image wanted = {.has_phonebook = false}, previous;
    mpr_status status = backup_folder_read(j->previous, &previous);

    if (status) {
        TRACE(ERROR, "restore: the journal is damaged (error %u) and given up", status);
        return status == ST_NOT_ENOUGH_MEMORY ? status : journal_end(j);
    }
    if (is_forward) status = backup_folder_read(j->wanted, &wanted);
    if (status == ST_NOT_ENOUGH_MEMORY)
        TRACE(ERROR, "restore: no memory to finish; the next start tries again");
    else if (is_forward && !status)
        status = go_forward(j, &wanted, &previous);
    else
        status = go_back(j, &previous);
    backup_image_free(&wanted);
    backup_image_free(&previous);
    return status;
}

/* An interrupted change: what it touched is put back. Its file was whole before the state was
 * written. */
static mpr_status recover_change(const struct journal *j)
{
    WCHAR *name = mem_alloc_array(TREE_NAME_MAX, sizeof(*name));
    struct blob undo = {NULL, 0};
    mpr_status status = name ? backup_file_read(j->undo, &undo) : ST_NOT_ENOUGH_MEMORY;

    if (!status) status = undo_apply(&undo, name);
    mem_free(name);
    blob_free(&undo);
    if (status == ST_INVALID_DATA || status == ERROR_FILE_NOT_FOUND)
        TRACE(ERROR, "change: the journal is damaged (error %u) and given up", status);
    else if (status)
        return status;
    return journal_end(j);
}

static mpr_status recover_locked(const struct journal *j)
{
    struct blob state = {NULL, 0};
    bool is_forward, is_change;
    mpr_status status;

    if (!journal_exists(j)) return ST_OK;
    status = backup_file_read(j->state, &state);
    if (status == ERROR_FILE_NOT_FOUND) return journal_end(j); /* nothing was changed yet */
    if (status) return status;
    is_forward = state.size == sizeof(forward) - 1 && !memcmp(state.data, forward, state.size);
    is_change =
        state.size == sizeof(JOURNAL_UNDO) - 1 && !memcmp(state.data, JOURNAL_UNDO, state.size);
    blob_free(&state);
    if (is_change) {
        TRACE(WARNING, "change: an interrupted one is taken back");
        return recover_change(j);
    }
    TRACE(WARNING, "restore: an interrupted one is %s", is_forward ? "finished" : "taken back");
    return recover_by_journal(j, is_forward);
}

void backup_recover(void)
{
    struct journal j;
    mpr_status status;
    HANDLE mutex;

    if (!journal_paths(&j) || !journal_exists(&j)) return;
    status = lock(&mutex);
    if (!status) {
        status = recover_locked(&j);
        unlock(mutex);
    }
    if (status) TRACE(ERROR, "restore: an interrupted one could not be ended (error %u)", status);
}

mpr_status journal_enter(struct journal *j, HANDLE *ret_lock)
{
    mpr_status status = journal_paths(j) ? lock(ret_lock) : ST_CAN_NOT_COMPLETE;

    if (status) return status;
    status = recover_locked(j);
    if (status) unlock(*ret_lock);
    return status;
}

void journal_leave(HANDLE held)
{
    unlock(held);
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
    struct journal j;
    WCHAR folder[BACKUP_PATH_MAX];
    mpr_status status;
    HANDLE mutex;

    if (!folder_of(path, folder)) return ST_INVALID_PARAMETER;
    status = journal_enter(&j, &mutex);
    if (status) return status;
    status = backup_capture(&image);
    if (!status) {
        status = backup_folder_write(folder, &image);
        backup_image_free(&image);
    }
    unlock(mutex);
    return status;
}

static mpr_status restore_locked(const struct journal *j, const struct backup_image *wanted)
{
    struct backup_image previous;
    mpr_status status = backup_capture(&previous);

    if (status) return status;
    status = journal_begin(j, wanted, &previous);
    if (!status) status = go_forward(j, wanted, &previous);
    backup_image_free(&previous);
    return status;
}

mpr_status backup_restore(const WCHAR *path)
{
    struct backup_image wanted;
    struct journal j;
    WCHAR folder[BACKUP_PATH_MAX];
    mpr_status status;
    HANDLE mutex;

    if (!folder_of(path, folder)) return ST_INVALID_PARAMETER;
    status = backup_folder_read(folder, &wanted);
    if (status) return status;
    status = journal_enter(&j, &mutex);
    if (!status) {
        status = restore_locked(&j, &wanted);
        unlock(mutex);
    }
    backup_image_free(&wanted);
    return status;
}
