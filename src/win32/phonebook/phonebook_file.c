#include "win32/phonebook/phonebook_file.h"

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/sys/replace_file.h"
#include "win32/sys/security.h"

#define FILE_MAX_BYTES (1u << 30)

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

mpr_status phonebook_file_parse(const WCHAR *path, const struct blob *data, struct phonebook **ret)
{
    struct phonebook_error error;
    mpr_status status = phonebook_parse(ret, data->data, data->size, &error);

    if (status == ST_CANNOT_LOAD_PHONEBOOK)
        TRACE(ERROR, "phone book: \"%s\", line %u: %s", trace_u16((const char16_t *)path).text,
              (unsigned)error.line, error.reason);
    else if (!status && error.odd_lines)
        TRACE(WARNING, "phone book: \"%s\", line %u: %s; kept and skipped (odd lines: %u)",
              trace_u16((const char16_t *)path).text, (unsigned)error.line, error.reason,
              (unsigned)error.odd_lines);
    return status;
}

/* The folder of the file, if it is missing; not those above it. */
static void make_folder(const WCHAR *path, SECURITY_ATTRIBUTES *attributes)
{
    WCHAR folder[PHONEBOOK_PATH_UNITS];
    WCHAR *end;

    u16_copy(folder, PHONEBOOK_PATH_UNITS, path);
    end = wcsrchr(folder, L'\\');
    if (!end) return;
    *end = 0;
    CreateDirectoryW(folder, attributes);
}

static mpr_status replace(const WCHAR *path, const struct blob *data)
{
    SECURITY_ATTRIBUTES attributes;
    struct file_place place;
    mpr_status status = file_place_find(path, &place);

    if (status != ST_OK) return status;
    if (!place.exists) {
        status = security_administrators_only(&attributes);
        if (status != ST_OK) return status;
        make_folder(path, &attributes);
        security_free(&attributes);
    }
    status = replace_file(&place, data->data, data->size);
    /* Not what the file itself forbids, but the folder, or a program that holds it. */
    return status == ST_ACCESS_DENIED ? ST_CANNOT_WRITE_PHONEBOOK : status;
}

static mpr_status written(const WCHAR *path, mpr_status status)
{
    if (status == ST_OK || status == ST_NOT_ENOUGH_MEMORY) return status;
    TRACE(ERROR, "phone book: \"%s\" can't be written (error %u): %s",
          trace_u16((const char16_t *)path).text, (unsigned)status,
          status == ST_ACCESS_DENIED ? "it is read-only, or a link to a stranger's file"
          : status == ERROR_CANT_RESOLVE_FILENAME ? "it is a link that leads nowhere"
                                                  : status_name(status));
    return status == ST_ACCESS_DENIED ? status : ST_CANNOT_WRITE_PHONEBOOK;
}

mpr_status phonebook_file_replace(const WCHAR *path, const struct blob *data)
{
    return written(path, replace(path, data));
}

mpr_status phonebook_file_remove(const WCHAR *path)
{
    return written(path, replace_file_remove(path));
}
