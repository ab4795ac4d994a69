#include "win32/sys/file_place.h"

#include <aclapi.h>

#include "base/utf16.h"

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

/* ---- links ---------------------------------------------------------------------------------- */

static HANDLE open_to_look(const WCHAR *path)
{
    return CreateFileW(path, FILE_READ_ATTRIBUTES | READ_CONTROL, SHARE_ALL, NULL, OPEN_EXISTING,
                       FILE_FLAG_BACKUP_SEMANTICS, NULL);
}

static bool final_path(HANDLE file, WCHAR *ret)
{
    DWORD units = GetFinalPathNameByHandleW(file, ret, FILE_PLACE_UNITS, 0);

    return units > 0 && units < FILE_PLACE_UNITS;
}

/* The final path of the folder of path, with a backslash at its end. */
static bool final_folder(const WCHAR *path, WCHAR *ret)
{
    WCHAR folder[FILE_PLACE_UNITS];
    const WCHAR *name = wcsrchr(path, L'\\');
    size_t units;
    HANDLE file;
    bool done;

    u16_copy(folder, FILE_PLACE_UNITS, name ? path : L".");
    if (name) folder[name - path + 1] = 0;
    file = open_to_look(folder);
    if (file == INVALID_HANDLE_VALUE) return false;
    done = final_path(file, ret);
    CloseHandle(file);
    units = done ? wcslen(ret) : 0;
    if (!units || units + 1 >= FILE_PLACE_UNITS) return false;
    return ret[units - 1] == L'\\' || u16_copy(ret + units, FILE_PLACE_UNITS - units, u"\\");
}

static bool is_own(const WCHAR *path, const WCHAR *final)
{
    WCHAR folder[FILE_PLACE_UNITS];
    const WCHAR *name = wcsrchr(path, L'\\');
    size_t units;

    if (!final_folder(path, folder)) return false;
    units = wcslen(folder);
    return !_wcsnicmp(final, folder, units) && !_wcsicmp(final + units, name ? name + 1 : path);
}

bool file_place_is_own(const WCHAR *path, HANDLE file)
{
    WCHAR final[FILE_PLACE_UNITS];

    return wcslen(path) < FILE_PLACE_UNITS && final_path(file, final) && is_own(path, final);
}

/* A link that leads nowhere can't be opened, but is in the way of a new file. What is made to see
 * that goes when it is closed, whatever becomes of this process. */
static bool is_in_the_way(const WCHAR *path)
{
    HANDLE file;

    if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES) return true;
    file = CreateFileW(path, DELETE, SHARE_ALL, NULL, CREATE_NEW, FILE_FLAG_DELETE_ON_CLOSE, NULL);
    if (file == INVALID_HANDLE_VALUE) return GetLastError() == ERROR_FILE_EXISTS;
    CloseHandle(file);
    return false;
}

/* ---- owners --------------------------------------------------------------------------------- */

static bool is_this_user(PSID owner)
{
    union {
        TOKEN_USER user;
        BYTE room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    } buffer;
    DWORD size;
    HANDLE token;
    bool same = false;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return false;
    if (GetTokenInformation(token, TokenUser, &buffer, sizeof(buffer), &size))
        same = EqualSid(owner, buffer.user.User.Sid);
    CloseHandle(token);
    return same;
}

static bool file_is_trusted(HANDLE file)
{
    PSECURITY_DESCRIPTOR descriptor = NULL;
    PSID owner = NULL;
    bool trusted;

    if (GetSecurityInfo(file, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION, &owner, NULL, NULL, NULL,
                        &descriptor))
        return false;
    trusted = owner && (IsWellKnownSid(owner, WinBuiltinAdministratorsSid) ||
                        IsWellKnownSid(owner, WinLocalSystemSid) || is_this_user(owner));
    LocalFree(descriptor);
    return trusted;
}

/* ---- together ------------------------------------------------------------------------------- */

static bool same_file(const WCHAR *path, const BY_HANDLE_FILE_INFORMATION *wanted)
{
    BY_HANDLE_FILE_INFORMATION info;
    HANDLE file = open_to_look(path);
    bool same;

    if (file == INVALID_HANDLE_VALUE) return false;
    same = GetFileInformationByHandle(file, &info) &&
           info.dwVolumeSerialNumber == wanted->dwVolumeSerialNumber &&
           info.nFileIndexHigh == wanted->nFileIndexHigh &&
           info.nFileIndexLow == wanted->nFileIndexLow;
    CloseHandle(file);
    return same;
}

/* The final path is used for a link only: a 32-bit process reaches the real System32 by a name of
 * its own alone. */
static mpr_status follow(HANDLE file, const BY_HANDLE_FILE_INFORMATION *info,
                         struct file_place *place)
{
    WCHAR final[FILE_PLACE_UNITS];

    if (!final_path(file, final)) return ERROR_CANT_RESOLVE_FILENAME;
    place->linked = !is_own(place->path, final);
    if (!place->linked) return ST_OK;
    if (!file_is_trusted(file)) return ST_ACCESS_DENIED;
    if (!same_file(final, info)) return ERROR_CANT_RESOLVE_FILENAME;
    u16_copy(place->path, FILE_PLACE_UNITS, final);
    return ST_OK;
}

static mpr_status look_at(HANDLE file, struct file_place *place)
{
    BY_HANDLE_FILE_INFORMATION info;

    if (!GetFileInformationByHandle(file, &info)) return (mpr_status)GetLastError();
    place->exists = true;
    place->attributes = info.dwFileAttributes;
    if (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) return ERROR_DIRECTORY;
    if (GetFileType(file) != FILE_TYPE_DISK) return ERROR_CANT_RESOLVE_FILENAME;
    if (info.dwFileAttributes & FILE_ATTRIBUTE_READONLY) return ST_ACCESS_DENIED;
    return follow(file, &info, place);
}

mpr_status file_place_find(const WCHAR *path, struct file_place *ret)
{
    HANDLE file;
    DWORD error;
    mpr_status status;

    ret->exists = ret->linked = false;
    ret->attributes = 0;
    if (!u16_copy(ret->path, FILE_PLACE_UNITS, path)) return ERROR_FILENAME_EXCED_RANGE;
    file = open_to_look(path);
    if (file == INVALID_HANDLE_VALUE) {
        error = GetLastError();
        if (error == ERROR_PATH_NOT_FOUND) return ST_OK;
        if (error != ERROR_FILE_NOT_FOUND) return (mpr_status)error;
        return is_in_the_way(path) ? ERROR_CANT_RESOLVE_FILENAME : ST_OK;
    }
    status = look_at(file, ret);
    CloseHandle(file);
    return status;
}
