/* Backup and restore of the stored configuration: router managers, interfaces and phone book, as
 * the pages of MprConfigServerBackup and MprConfigServerRestore have it. Ports, tunnel settings,
 * secrets and what else lies below Services\RemoteAccess are no part of it.
 *
 * A backup is a folder (docs/BACKUP.md has the format byte by byte):
 *
 *   mprapi-backup.txt         the manifest: kind and version, size and SHA-256 of each file, and a
 *                             SHA-256 of itself
 *   registry-<8 hex>.dat      the keys RouterManagers and Interfaces
 *   phonebook-<8 hex>.pbk     the phone book as it is on disk; absent when there is none
 *
 * Names of files have the beginning of their hash in them, so that a second backup into the same
 * folder overwrites nothing of the first: the manifest, which is replaced in one step, decides
 * which of them is the backup. A power cut leaves the former backup or the new one.
 *
 * A restore first checks everything, then writes down, in a journal beside Windows' own phone book
 * (ras\mprapi-restore), the new configuration and the present one as two backups, and then a file
 * `state`: from there on it is finished or taken back, if need be by the next start of a router or
 * the next MprConfigServerConnect, in whatever process:
 *
 *   no state   nothing has been changed: the journal is removed
 *   forward    the new configuration is written, again from its beginning; if that is impossible,
 *   back       the former one is
 *   undo       a change of another kind is taken back (config_change.h)
 *
 * One process at a time works on it (journal.h). Changes count from the next start of the
 * router on.
 */
#ifndef MPR_WIN32_BACKUP_H
#define MPR_WIN32_BACKUP_H

#include "win32/sys/windows_api.h"

#include "base/status.h"

/* ERROR_ROUTER_CONFIG_INCOMPATIBLE: no backup of ours, or one of a version that is not known. */
enum { BACKUP_INCOMPATIBLE = 945 };

/* path with or without backslash at the end; the folder is made when only it is missing, for
 * administrators only. ST_INVALID_PARAMETER: empty or too long; ST_TIMEOUT: another process does
 * not come to an end; else the system's code. */
mpr_status backup_save(const WCHAR *path);
/* All or nothing: on failure the configuration is as it was. BACKUP_INCOMPATIBLE; ST_INVALID_DATA:
 * damaged; ERROR_PATH_NOT_FOUND and the like; else as above. */
mpr_status backup_restore(const WCHAR *path);

#endif
