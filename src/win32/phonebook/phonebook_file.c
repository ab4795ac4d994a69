#include "win32/phonebook/phonebook_file.h"

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/sys/security.h"

#define FILE_MAX_BYTES (1u << 30)
#define PATH_UNITS     PHONEBOOK_PATH_UNITS

mpr_status phonebook_file_stamp(const WCHAR *path, struct file_stamp *ret)
{
    WIN32_FILE_ATTRIBUTE_DATA data;

    if (!GetFileAttributesExW(path, GetFileExInfoStandard, &data)) return ST_CANNOT_OPEN_PHONEBOOK;
    ret->size = (ULONGLONG)data.nFileSizeHigh << 32 | data.nFileSizeLow;
    ret->time =
        (ULONGLONG)data.ftLastWriteTime.dwHighDateTime << 32 | data.ftLastWriteTime.dwLowDateTime;
    return ST_OK;
}

static mpr_status read_all(HANDLE file, struct blob *ret)
{
    LARGE_INTEGER size;
    DWORD got = 0;

    if (!GetFileSizeEx(file, &size) || size.QuadPart > FILE_MAX_BYTES)
        return ST_CANNOT_LOAD_PHONEBOOK;
    ret->data = mem_alloc((size_t)size.QuadPart);
    if (!ret->data) return ST_NOT_ENOUGH_MEMORY;
    ret->size = (size_t)size.QuadPart;
    if (!ReadFile(file, ret->data, (DWORD)ret->size, &got, NULL)) return ST_CANNOT_LOAD_PHONEBOOK;
    ret->size = got;
    return ST_OK;
}

mpr_status phonebook_file_read(const WCHAR *path, struct blob *ret)
{
    HANDLE file =
        CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                    NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    mpr_status status;

    if (file == INVALID_HANDLE_VALUE) {
        DWORD error = GetLastError();
        TRACE(ERROR, "phone book: \"%s\" can't be opened (error %lu)",
              trace_u16((const char16_t *)path).text, error);
        return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND
                   ? ST_CANNOT_OPEN_PHONEBOOK
                   : ST_CANNOT_LOAD_PHONEBOOK;
    }
    status = read_all(file, ret);
    CloseHandle(file);
    return status;
}

static bool write_new(const WCHAR *path, SECURITY_ATTRIBUTES *attributes, const struct blob *data)
{
    HANDLE file =
        CreateFileW(path, GENERIC_WRITE, 0, attributes, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD written = 0;
    bool done;

    if (file == INVALID_HANDLE_VALUE) return false;
    done = (!data->size || WriteFile(file, data->data, (DWORD)data->size, &written, NULL)) &&
           written == data->size && FlushFileBuffers(file);
    if (!CloseHandle(file)) done = false;
    return done;
}

/* The folder of the file, if it is missing; not those above it. */
static void make_folder(const WCHAR *path, SECURITY_ATTRIBUTES *attributes)
{
    WCHAR folder[PATH_UNITS];
    WCHAR *end;

    u16_copy(folder, PATH_UNITS, path);
    end = wcsrchr(folder, L'\\');
    if (!end) return;
    *end = 0;
    CreateDirectoryW(folder, attributes);
}

mpr_status phonebook_file_replace(const WCHAR *path, const struct blob *data)
{
    SECURITY_ATTRIBUTES attributes;
    WCHAR beside[PATH_UNITS + 8];
    mpr_status status = security_administrators_only(&attributes);

    if (status) return status;
    _snwprintf(beside, ARRAYSIZE(beside), L"%ls.new", path);
    make_folder(path, &attributes);
    if (!write_new(beside, &attributes, data) ||
        !MoveFileExW(beside, path, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) {
        TRACE(ERROR, "phone book: \"%s\" can't be written (error %lu)",
              trace_u16((const char16_t *)path).text, GetLastError());
        DeleteFileW(beside);
        status = ST_CANNOT_WRITE_PHONEBOOK;
    }
    security_free(&attributes);
    return status;
}
