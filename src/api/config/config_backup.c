/* MprConfigServerBackup, MprConfigServerRestore: router managers, interfaces and phone book to a
 * folder and back (win32/journal/backup.h). What is restored counts from the next start of the
 * router on.
 */
#include "api/config/config.h"

#include "win32/journal/backup.h"

static mpr_status call_with_path(HANDLE config, const WCHAR *path,
                                 mpr_status (*work)(const WCHAR *path))
{
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status != ST_OK) return status;
    status = path ? work(path) : ST_INVALID_PARAMETER;
    config_leave(&call);
    return status;
}

DWORD WINAPI MprConfigServerBackup(HANDLE config, LPWSTR path)
{
    return API_TRACE(call_with_path(config, path, backup_save),
                     "MprConfigServerBackup(config=%h, path=%w)", config, path);
}

DWORD WINAPI MprConfigServerRestore(HANDLE config, LPWSTR path)
{
    return API_TRACE(call_with_path(config, path, backup_restore),
                     "MprConfigServerRestore(config=%h, path=%w)", config, path);
}
