/* Changes of the stored configuration that happen as a whole: who may work on it, and what the next
 * one does about a change whose process ended before it was done (docs/BACKUP.md has the files).
 *
 * Whoever reads the stored configuration and goes by it when he writes is in between:
 *
 *     status = journal_enter();
 *     if (status != ST_OK) return status;
 *     ...
 *     journal_leave();
 *
 * Within, no engine is entered and nothing that acts on its outbox is called: the outbox writes to
 * the stored configuration itself. A thread may enter again.
 */
#ifndef MPR_WIN32_JOURNAL_H
#define MPR_WIN32_JOURNAL_H

#include "win32/journal/backup_parts.h"

struct journal {
    WCHAR folder[BACKUP_PATH_MAX];
    WCHAR state[BACKUP_PATH_MAX];    /* file */
    WCHAR undo[BACKUP_PATH_MAX];     /* file: of a change (config_change.h) */
    WCHAR wanted[BACKUP_PATH_MAX];   /* folder: the new configuration */
    WCHAR previous[BACKUP_PATH_MAX]; /* folder: the former one */
};

/* What the file `state` holds, in words: what is to be done by whoever finds it. */
#define JOURNAL_FORWARD "forward\n" /* a restore: write the new configuration */
#define JOURNAL_BACK    "back\n"    /* a restore: write the former one */
#define JOURNAL_UNDO    "undo\n"    /* a change: put back what it touched */

/* One process at a time, which first ends what another one left. ST_TIMEOUT: another process does
 * not come to an end in a minute; ST_ACCESS_DENIED as machine_lock_enter; else what keeps an
 * interrupted change from being ended, which leaves the configuration half changed (logged). */
mpr_status journal_enter(void);
void journal_leave(void);
/* Ends what another process left, if it did: cheap when there is nothing. Errors as above. */
mpr_status journal_recover(void);
/* For the unloading of the DLL. */
void journal_close(void);

/* The rest is for whoever is in. */

/* False: the path of the system folder is too long. */
bool journal_paths(struct journal *j);
/* Makes the journal's folder, empty. */
mpr_status journal_make(const struct journal *j);
mpr_status journal_set_state(const struct journal *j, const char *state);
/* Removes the journal: what it was made for is done. */
mpr_status journal_end(const struct journal *j);

/* Ends an interrupted restore (backup_restore.c). damaged: the journal can't be read, and never
 * will be; nothing was done. */
mpr_status backup_finish(const struct journal *j, bool forward, bool *ret_damaged);

#endif
