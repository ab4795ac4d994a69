/* The journal's folder, its lock, and what is done about one that is found. */
#include "win32/journal/journal.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/journal/unsaved.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/sys/machine_lock.h"
#include "win32/sys/registry_watch.h"

#define LOCK_TIMEOUT 60000u /* ms */

static struct machine_lock stored = MACHINE_LOCK_INIT(L"mprapi-stored-configuration");

/* ---- files ---------------------------------------------------------------------------------- */

bool journal_paths(struct journal *j)
{
    WCHAR ras[PHONEBOOK_PATH_UNITS];

    return phonebook_store_folder(ras) && backup_path(j->folder, ras, L"mprapi-restore") &&
           backup_path(j->state, j->folder, L"state") && backup_path(j->undo, j->folder, L"undo") &&
           backup_path(j->wanted, j->folder, L"new") && backup_path(j->previous, j->folder, L"old");
}

static bool is_missing(DWORD error)
{
    return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND;
}

/* What can't be looked at counts as there: reading it says why. */
static bool journal_exists(const struct journal *j)
{
    return GetFileAttributesW(j->folder) != INVALID_FILE_ATTRIBUTES || !is_missing(GetLastError());
}

mpr_status journal_make(const struct journal *j)
{
    WCHAR ras[PHONEBOOK_PATH_UNITS];
    mpr_status status = phonebook_store_folder(ras) ? backup_folder_make(ras) : ST_CAN_NOT_COMPLETE;

    return status != ST_OK ? status : backup_folder_make(j->folder);
}

mpr_status journal_set_state(const struct journal *j, const char *state)
{
    return backup_file_write(j->state, state, strlen(state));
}

/* The state goes first: without it the rest means nothing. */
mpr_status journal_end(const struct journal *j)
{
    if (!DeleteFileW(j->state) && !is_missing(GetLastError())) return (mpr_status)GetLastError();
    DeleteFileW(j->undo);
    backup_folder_delete(j->wanted);
    backup_folder_delete(j->previous);
    backup_folder_delete(j->folder);
    return ST_OK;
}

/* ---- a change that was interrupted ---------------------------------------------------------- */

/* Its file was whole before the state was written. */
static mpr_status undo_change(const struct journal *j, bool *ret_damaged)
{
    WCHAR *name = mem_alloc_array(TREE_NAME_MAX, sizeof(*name));
    struct blob undo = {NULL, 0};
    mpr_status status = name ? backup_file_read(j->undo, &undo) : ST_NOT_ENOUGH_MEMORY;

    if (status == ST_OK) status = undo_apply(&undo, name);
    if (status == ST_OK) status = unsaved_note(&undo);
    mem_free(name);
    blob_free(&undo);
    *ret_damaged = status == ST_INVALID_DATA || is_missing((DWORD)status);
    return status == ST_OK ? journal_end(j) : status;
}

static bool is_state(const struct blob *state, const char *word)
{
    return state->size == strlen(word) && memcmp(state->data, word, state->size) == 0;
}

static mpr_status finish(const struct journal *j, const struct blob *state)
{
    bool forward = is_state(state, JOURNAL_FORWARD), damaged = false;
    mpr_status status;

    if (is_state(state, JOURNAL_UNDO)) {
        TRACE(WARNING, "change: an interrupted one is taken back");
        status = undo_change(j, &damaged);
    } else {
        TRACE(WARNING, "restore: an interrupted one is %s", forward ? "finished" : "taken back");
        status = backup_finish(j, forward, &damaged);
    }
    if (!damaged) return status;
    TRACE(ERROR, "%s: the journal is damaged (error %u) and given up",
          trace_u16((const char16_t *)j->folder).text, (unsigned)status);
    return journal_end(j);
}

/* Only damage is given up: whatever else keeps the journal from being read, a file that somebody
 * has open for one, passes. */
static mpr_status recover(void)
{
    struct blob state = {NULL, 0};
    struct journal j;
    mpr_status status;

    if (!journal_paths(&j)) return ST_CAN_NOT_COMPLETE;
    if (!journal_exists(&j)) return ST_OK;
    status = backup_file_read(j.state, &state);
    if (is_missing((DWORD)status)) return journal_end(&j); /* nothing was changed yet */
    if (status == ST_OK) status = finish(&j, &state);
    blob_free(&state);
    if (status != ST_OK)
        TRACE(ERROR,
              "%s: an interrupted change of the stored configuration can't be ended (error %u); "
              "nothing uses the configuration before it is",
              trace_u16((const char16_t *)j.folder).text, (unsigned)status);
    return status;
}

/* ---- in and out ------------------------------------------------------------------------------ */

mpr_status journal_enter(void)
{
    bool again = machine_lock_held(&stored);
    mpr_status status = machine_lock_enter(&stored, LOCK_TIMEOUT);

    if (status != ST_OK || again) return status;
    status = unsaved_recover();
    if (status == ST_OK) status = recover();
    if (status != ST_OK) {
        machine_lock_leave(&stored);
        return status;
    }
    registry_watch_own_begin();
    return ST_OK;
}

void journal_leave(void)
{
    if (stored.depth == 1) registry_watch_own_end();
    machine_lock_leave(&stored);
}

mpr_status journal_recover(void)
{
    struct journal j;
    mpr_status status;

    if (!journal_paths(&j)) return ST_CAN_NOT_COMPLETE;
    if (unsaved_is_settled() && !journal_exists(&j)) return ST_OK;
    status = journal_enter();
    if (status == ST_OK) journal_leave();
    return status;
}

void journal_close(void)
{
    machine_lock_close(&stored);
}
