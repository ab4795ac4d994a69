#include "rtutils/trace_file.h"

#include <stdint.h>
#include <wchar.h>

#include "base/utf16.h"

#define PATH_UNITS (MAX_PATH + TRACE_NAME_UNITS + 8u)
#define SHARE_ALL  (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)
#define PATIENCE   2000u /* ms: another process may have been stopped in the middle */

/* ---- one at a time --------------------------------------------------------------------------- */

/* Paths differ without case; names of mutexes are short, and have no backslash. */
static uint64_t path_number(const WCHAR *path)
{
    uint64_t number = 0xCBF29CE484222325u; /* FNV-1a */

    for (; *path; path++) number = (number ^ u16_fold((char16_t)*path)) * 0x100000001B3u;
    return number;
}

/* NULL: there is none, or it wasn't had in time, which the trace goes on without. */
static HANDLE lock_file(const WCHAR *path)
{
    const uint64_t number = path_number(path);
    WCHAR name[64];
    HANDLE mutex;

    _snwprintf(name, ARRAYSIZE(name), L"Global\\mprapi-trace-%08lx%08lx",
               (unsigned long)(number >> 32), (unsigned long)(number & 0xFFFFFFFFu));
    mutex = CreateMutexW(NULL, FALSE, name);
    if (!mutex || WaitForSingleObject(mutex, PATIENCE) != WAIT_TIMEOUT) return mutex;
    CloseHandle(mutex);
    return NULL;
}

static void unlock_file(HANDLE mutex)
{
    if (!mutex) return;
    ReleaseMutex(mutex);
    CloseHandle(mutex);
}

/* ---- the file -------------------------------------------------------------------------------- */

static void make_directory(const WCHAR *directory)
{
    WCHAR path[MAX_PATH];

    if (!u16_copy(path, ARRAYSIZE(path), directory)) return;
    for (WCHAR *end = wcspbrk(path, L"\\/"); end; end = wcspbrk(end + 1, L"\\/")) {
        const WCHAR separator = *end;

        *end = 0;
        if (end != path) CreateDirectoryW(path, NULL);
        *end = separator;
    }
    CreateDirectoryW(path, NULL);
}

static HANDLE open_file(const WCHAR *path, const WCHAR *directory)
{
    const DWORD access = FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE;
    HANDLE file = CreateFileW(path, access, SHARE_ALL, NULL, OPEN_ALWAYS, 0, NULL);

    if (file != INVALID_HANDLE_VALUE || GetLastError() != ERROR_PATH_NOT_FOUND) return file;
    make_directory(directory);
    return CreateFileW(path, access, SHARE_ALL, NULL, OPEN_ALWAYS, 0, NULL);
}

static bool is_full(HANDLE file, DWORD limit)
{
    LARGE_INTEGER size;

    return GetFileSizeEx(file, &size) && size.QuadPart && size.QuadPart >= (LONGLONG)limit;
}

/* Where the old file can't be moved, since somebody has it open in another way, the trace goes on
 * in it. */
static HANDLE open_with_room(const WCHAR *path, const WCHAR *old_path,
                             const struct trace_settings *s)
{
    HANDLE file = open_file(path, s->directory);

    if (file == INVALID_HANDLE_VALUE || !is_full(file, s->max_file_size)) return file;
    CloseHandle(file);
    MoveFileExW(path, old_path, MOVEFILE_REPLACE_EXISTING);
    return open_file(path, s->directory);
}

bool trace_file_append(const struct trace_settings *s, const WCHAR *name, const void *data,
                       size_t size)
{
    WCHAR path[PATH_UNITS], old_path[PATH_UNITS];
    HANDLE mutex, file;
    DWORD written = 0;

    _snwprintf(path, PATH_UNITS, L"%ls\\%ls.LOG", s->directory, name);
    _snwprintf(old_path, PATH_UNITS, L"%ls\\%ls.OLD", s->directory, name);
    mutex = lock_file(path);
    file = open_with_room(path, old_path, s);
    if (file != INVALID_HANDLE_VALUE) {
        if (!WriteFile(file, data, (DWORD)size, &written, NULL)) written = 0;
        CloseHandle(file);
    }
    unlock_file(mutex);
    return written == size;
}
