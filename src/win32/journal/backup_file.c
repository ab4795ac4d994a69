/* Files and folders of backups. */
#include "win32/journal/backup_parts.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/utf16.h"
#include "win32/sys/replace_file.h"
#include "win32/sys/security.h"

#define FILE_MAX_BYTES (256u << 20)

bool backup_path(WCHAR *path, const WCHAR *folder, const WCHAR *name)
{
    int units = _snwprintf(path, BACKUP_PATH_MAX, L"%ls\\%ls", folder, name);

    return units > 0 && (unsigned)units < BACKUP_PATH_MAX;
}

static mpr_status last_error(void)
{
    DWORD error = GetLastError();

    return error ? (mpr_status)error : ST_CAN_NOT_COMPLETE;
}

static mpr_status read_all(HANDLE file, struct blob *ret)
{
    LARGE_INTEGER size;
    DWORD got = 0;

    if (!GetFileSizeEx(file, &size)) return last_error();
    if (size.QuadPart > FILE_MAX_BYTES) return ST_INVALID_DATA;
    if (!size.QuadPart) return ST_OK;
    ret->data = mem_alloc((size_t)size.QuadPart);
    if (!ret->data) return ST_NOT_ENOUGH_MEMORY;
    ret->size = (size_t)size.QuadPart;
    if (!ReadFile(file, ret->data, (DWORD)ret->size, &got, NULL)) return last_error();
    return got == ret->size ? ST_OK : ST_INVALID_DATA;
}

mpr_status backup_file_read(const WCHAR *path, struct blob *ret)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    mpr_status status;

    *ret = (struct blob){NULL, 0};
    if (file == INVALID_HANDLE_VALUE) return last_error();
    status = read_all(file, ret);
    CloseHandle(file);
    if (status != ST_OK) blob_free(ret);
    return status;
}

mpr_status backup_file_write(const WCHAR *path, const void *data, size_t size)
{
    return size > FILE_MAX_BYTES ? ST_INVALID_DATA : replace_file_at(path, data, size);
}

mpr_status backup_folder_make(const WCHAR *path)
{
    SECURITY_ATTRIBUTES attributes;
    mpr_status status = security_administrators_only(&attributes);

    if (status != ST_OK) return status;
    if (!CreateDirectoryW(path, &attributes)) status = last_error();
    security_free(&attributes);
    if (status != ERROR_ALREADY_EXISTS) return status;
    return GetFileAttributesW(path) & FILE_ATTRIBUTE_DIRECTORY ? ST_OK : ERROR_DIRECTORY;
}

static bool is_kept(const WCHAR *name, const WCHAR *const *keep, size_t keep_count)
{
    for (size_t i = 0; i < keep_count; i++) {
        if (u16_equal_nocase((const char16_t *)name, (const char16_t *)keep[i])) return true;
    }
    return false;
}

void backup_files_delete(const WCHAR *folder, const WCHAR *pattern, const WCHAR *const *keep,
                         size_t keep_count)
{
    WCHAR path[BACKUP_PATH_MAX];
    WIN32_FIND_DATAW found;
    HANDLE search;

    if (!backup_path(path, folder, pattern)) return;
    search = FindFirstFileW(path, &found);
    if (search == INVALID_HANDLE_VALUE) return;
    do {
        if (!(found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) &&
            !is_kept(found.cFileName, keep, keep_count) &&
            backup_path(path, folder, found.cFileName))
            replace_file_remove_itself(path);
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

void backup_folder_delete(const WCHAR *folder)
{
    backup_files_delete(folder, L"*", NULL, 0);
    RemoveDirectoryW(folder);
}
