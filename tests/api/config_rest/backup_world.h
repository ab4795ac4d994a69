/* Two configurations to tell apart, and files to damage, for the tests of backup and restore. */
#ifndef TESTS_API_BACKUP_WORLD_H
#define TESTS_API_BACKUP_WORLD_H

#include "api/support/fixture.h"

#define BACKUP_DAMAGED      ERROR_INVALID_DATA
#define BACKUP_INCOMPATIBLE 945 /* ERROR_ROUTER_CONFIG_INCOMPATIBLE */

extern HANDLE world_config;
/* Folders below the temporary one, with a backslash at the end. */
extern WCHAR world_a[MAX_PATH], world_b[MAX_PATH], world_other[MAX_PATH];
/* The journal of an interrupted restore. */
extern WCHAR world_journal[MAX_PATH];

/* Names the folders, connects. first: on an empty machine, whose folders are removed. */
void world_begin(BOOL first);
/* Makes the configuration 'A' (many interfaces, IP, a phone book), 'B' (few, without phone book) or
 * 0 (none). */
void world_make(char which);
/* 'A', 'B' or 0 when the configuration is exactly that one; '?' when it is anything else. */
char world_is(void);

/* The file in the folder that matches; fails the test when there is none. */
void world_find(WCHAR *path, const WCHAR *folder, const WCHAR *pattern);
DWORD world_files(const WCHAR *folder);
/* The whole file; as much as fits. */
DWORD world_read(const WCHAR *path, BYTE *data, DWORD size);
void world_write(const WCHAR *path, const BYTE *data, DWORD size);
void world_remove(const WCHAR *folder);

/* Runs this program with that argument and kills it when so much time is over, if it has not ended.
 * How long a process needs before its first work is done varies; so should the moments. */
void world_kill_after(const char *argument, DWORD milliseconds);

#endif
