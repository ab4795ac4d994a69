#include "win32/sys/replace_file.h"

#include <ntsecapi.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/sys/security.h"

#define BESIDE_UNITS (FILE_PLACE_UNITS + 24)
#define RENAME_TRIES 100u
#define RENAME_PAUSE 10u /* ms */
#define KEPT_ATTRIBUTES \
    (FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM | FILE_ATTRIBUTE_NOT_CONTENT_INDEXED)

static mpr_status last_error(void)
{
    DWORD error = GetLastError();

    return error ? (mpr_status)error : ST_CAN_NOT_COMPLETE;
}

/* ---- leftovers ------------------------------------------------------------------------------ */

/* "<16 hex digits>.new", or "new": so older versions named it. */
static bool is_leftover(const WCHAR *ending)
{
    size_t digits = wcsspn(ending, L"0123456789abcdef");

    return !wcscmp(ending, L"new") || (digits == 16 && !wcscmp(ending + 16, L".new"));
}

/* By its handle: a name alone would reach what a link leads to. */
void replace_file_remove_itself(const WCHAR *path)
{
    FILE_DISPOSITION_INFO gone = {TRUE};
    HANDLE file = CreateFileW(path, DELETE | FILE_READ_ATTRIBUTES, FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, FILE_FLAG_OPEN_REPARSE_POINT, NULL);

    if (file == INVALID_HANDLE_VALUE) return; /* in use: a process is writing it */
    if (file_place_is_own(path, file))
        SetFileInformationByHandle(file, FileDispositionInfo, &gone, sizeof(gone));
    else
        TRACE(WARNING, "\"%s\" is a link and is left alone", trace_u16(path).text);
    CloseHandle(file);
}

void replace_file_tidy(const WCHAR *path)
{
    WCHAR pattern[BESIDE_UNITS];
    const WCHAR *name = wcsrchr(path, L'\\');
    const size_t folder = name ? (size_t)(name + 1 - path) : 0, units = wcslen(path) - folder;
    WIN32_FIND_DATAW found;
    HANDLE search;

    if (wcslen(path) >= FILE_PLACE_UNITS) return;
    _snwprintf(pattern, BESIDE_UNITS, L"%ls.*new", path);
    search = FindFirstFileW(pattern, &found);
    if (search == INVALID_HANDLE_VALUE) return;
    do {
        if (wcslen(found.cFileName) <= units || !is_leftover(found.cFileName + units + 1) ||
            !u16_copy(pattern + folder, BESIDE_UNITS - folder, found.cFileName))
            continue;
        replace_file_remove_itself(pattern);
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

/* ---- the new file --------------------------------------------------------------------------- */

static bool beside_name(const WCHAR *path, WCHAR ret[BESIDE_UNITS])
{
    DWORD random[2];

    if (!RtlGenRandom(random, sizeof(random))) return false;
    _snwprintf(ret, BESIDE_UNITS, L"%ls.%08lx%08lx.new", path, random[0], random[1]);
    return true;
}

static mpr_status fill(HANDLE file, const void *data, size_t size)
{
    DWORD written = 0;

    if (size && !WriteFile(file, data, (DWORD)size, &written, NULL)) return last_error();
    if (written != size) return ERROR_DISK_FULL;
    return FlushFileBuffers(file) ? ST_OK : last_error();
}

static mpr_status write_beside(const WCHAR *path, DWORD attributes, SECURITY_ATTRIBUTES *security,
                               const void *data, size_t size)
{
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, security, CREATE_NEW,
                              attributes ? attributes : FILE_ATTRIBUTE_NORMAL, NULL);
    mpr_status status;

    if (file == INVALID_HANDLE_VALUE) return last_error();
    status = fill(file, data, size);
    if (!CloseHandle(file) && status == ST_OK) status = last_error();
    if (status != ST_OK) DeleteFileW(path);
    return status;
}

/* Of a file that is there: the rights that it has. */
static mpr_status rights_of(const WCHAR *path, SECURITY_ATTRIBUTES *ret)
{
    DWORD size = 0;

    *ret = (SECURITY_ATTRIBUTES){.nLength = sizeof(*ret)};
    GetFileSecurityW(path, DACL_SECURITY_INFORMATION, NULL, 0, &size);
    if (!size) return last_error();
    ret->lpSecurityDescriptor = LocalAlloc(LMEM_FIXED, size);
    if (!ret->lpSecurityDescriptor) return ST_NOT_ENOUGH_MEMORY;
    if (GetFileSecurityW(path, DACL_SECURITY_INFORMATION, ret->lpSecurityDescriptor, size, &size))
        return ST_OK;
    security_free(ret);
    return last_error();
}

/* A program that reads the old file at this moment is in the way of the rename, for as long. */
static mpr_status rename_over(const WCHAR *from, const WCHAR *to)
{
    mpr_status status = ST_OK;

    for (DWORD tries = 0; tries < RENAME_TRIES; tries++) {
        if (MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) return ST_OK;
        status = last_error();
        if (status != ST_ACCESS_DENIED && status != ERROR_SHARING_VIOLATION) break;
        Sleep(RENAME_PAUSE);
    }
    return status;
}

mpr_status replace_file(const struct file_place *place, const void *data, size_t size)
{
    WCHAR beside[BESIDE_UNITS];
    SECURITY_ATTRIBUTES security;
    mpr_status status;

    if (!beside_name(place->path, beside)) return ST_CAN_NOT_COMPLETE;
    replace_file_tidy(place->path);
    status =
        place->exists ? rights_of(place->path, &security) : security_administrators_only(&security);
    if (status != ST_OK) return status;
    status = write_beside(beside, place->attributes & KEPT_ATTRIBUTES, &security, data, size);
    security_free(&security);
    if (status != ST_OK) return status;
    status = rename_over(beside, place->path);
    if (status != ST_OK) DeleteFileW(beside);
    return status;
}

mpr_status replace_file_at(const WCHAR *path, const void *data, size_t size)
{
    struct file_place place;
    mpr_status status = file_place_find(path, &place);

    return status == ST_OK ? replace_file(&place, data, size) : status;
}

mpr_status replace_file_remove(const WCHAR *path)
{
    struct file_place place;
    mpr_status status = file_place_find(path, &place);

    if (status != ST_OK || !place.exists) return status;
    if (place.linked) return replace_file(&place, NULL, 0);
    return DeleteFileW(place.path) ? ST_OK : last_error();
}
