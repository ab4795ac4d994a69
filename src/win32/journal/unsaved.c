#include "win32/journal/unsaved.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/journal/config_undo.h"
#include "win32/journal/unsaved_changes.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/sys/registry.h"
#include "win32/sys/security.h"
#include "win32/sys/wine_prefix.h"

#define SMALL_ENOUGH (1u << 20) /* a larger file is looked at whether it can go */
#define CONTROL      L"SYSTEM\\CurrentControlSet\\Control\\mprapi"

static bool settled;

static bool unsaved_path(WCHAR path[BACKUP_PATH_MAX])
{
    WCHAR ras[PHONEBOOK_PATH_UNITS];

    return phonebook_store_folder(ras) && backup_path(path, ras, L"mprapi-unsaved");
}

/* ---- number and session ---------------------------------------------------------------------- */

static mpr_status open_control(HKEY *ret)
{
    return registry_create_protected(HKEY_LOCAL_MACHINE, CONTROL, 0, NULL, ret);
}

static uint64_t last_number(HKEY control)
{
    uint64_t number = 0;
    DWORD type = 0, size = sizeof(number);

    if (RegQueryValueExW(control, L"Change", NULL, &type, (BYTE *)&number, &size) ||
        type != REG_QWORD || size != sizeof(number))
        return 0;
    return number;
}

static mpr_status set_number(HKEY control, uint64_t number)
{
    return (mpr_status)RegSetValueExW(control, L"Change", 0, REG_QWORD, (const BYTE *)&number,
                                      sizeof(number));
}

/* A class is given together with the key, so that nobody sees a session without its name. */
static mpr_status read_session(HKEY control, uint64_t *ret)
{
    WCHAR name[24], *end;
    DWORD units = 24;
    FILETIME now;
    mpr_status status;
    HKEY key;

    GetSystemTimeAsFileTime(&now);
    _snwprintf(name, 24, L"%08lx%08lx", now.dwHighDateTime,
               now.dwLowDateTime ^ GetCurrentProcessId());
    status = registry_create_protected(control, L"Session", REG_OPTION_VOLATILE, name, &key);
    if (status != ST_OK) return status;
    status = (mpr_status)RegQueryInfoKeyW(key, name, &units, NULL, NULL, NULL, NULL, NULL, NULL,
                                          NULL, NULL, NULL);
    RegCloseKey(key);
    *ret = wcstoull(name, &end, 16);
    return status;
}

/* ---- the file ---------------------------------------------------------------------------------
 */

static mpr_status write_part(HANDLE file, const void *data, size_t size)
{
    DWORD written = 0;

    if (!WriteFile(file, data, (DWORD)size, &written, NULL)) return (mpr_status)GetLastError();
    return written == size ? ST_OK : ERROR_DISK_FULL;
}

static mpr_status write_change(HANDLE file, uint64_t number, const struct blob *items)
{
    uint8_t head[UNSAVED_HEAD_BYTES], tail[UNSAVED_TAIL_BYTES];
    mpr_status status;

    unsaved_put_change(head, tail, number, items);
    status = write_part(file, head, sizeof(head));
    if (status == ST_OK) status = write_part(file, items->data, items->size);
    if (status == ST_OK) status = write_part(file, tail, sizeof(tail));
    if (status == ST_OK && !FlushFileBuffers(file)) status = (mpr_status)GetLastError();
    return status;
}

/* Whether the registry has been written since the file was: then nothing in it is needed. */
static bool registry_is_newer(HANDLE file)
{
    WIN32_FILE_ATTRIBUTE_DATA registry;
    WCHAR path[WINE_PREFIX_UNITS];
    FILETIME written;

    return wine_prefix_path(L"system.reg", path) &&
           GetFileAttributesExW(path, GetFileExInfoStandard, &registry) &&
           GetFileTime(file, NULL, NULL, &written) &&
           CompareFileTime(&registry.ftLastWriteTime, &written) > 0;
}

/* At its end, behind a header. *ret_from: where it is cut again when the change can't be noted. */
static mpr_status position(HANDLE file, uint64_t session, LARGE_INTEGER *ret_from)
{
    const LARGE_INTEGER zero = {.QuadPart = 0};
    uint8_t header[UNSAVED_HEADER_BYTES];

    if (!GetFileSizeEx(file, ret_from)) return (mpr_status)GetLastError();
    if (ret_from->QuadPart > SMALL_ENOUGH && registry_is_newer(file)) ret_from->QuadPart = 0;
    if (ret_from->QuadPart >= UNSAVED_HEADER_BYTES)
        return SetFilePointerEx(file, zero, NULL, FILE_END) ? ST_OK : (mpr_status)GetLastError();
    ret_from->QuadPart = 0;
    if (!SetFilePointerEx(file, zero, NULL, FILE_BEGIN) || !SetEndOfFile(file))
        return (mpr_status)GetLastError();
    unsaved_put_header(header, session);
    return write_part(file, header, sizeof(header));
}

static mpr_status append(HANDLE file, uint64_t session, uint64_t number, const struct blob *items)
{
    LARGE_INTEGER from;
    mpr_status status = position(file, session, &from);

    if (status == ST_OK) status = write_change(file, number, items);
    if (status != ST_OK && SetFilePointerEx(file, from, NULL, FILE_BEGIN)) SetEndOfFile(file);
    return status;
}

static mpr_status open_file(HANDLE *ret)
{
    SECURITY_ATTRIBUTES attributes;
    WCHAR path[BACKUP_PATH_MAX];
    mpr_status status;

    if (!unsaved_path(path)) return ST_CAN_NOT_COMPLETE;
    status = security_administrators_only(&attributes);
    if (status != ST_OK) return status;
    *ret = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, &attributes,
                       OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (*ret == INVALID_HANDLE_VALUE) status = (mpr_status)GetLastError();
    security_free(&attributes);
    return status;
}

mpr_status unsaved_note(const struct blob *items)
{
    uint64_t session = 0, number = 0;
    mpr_status status;
    HANDLE file;
    HKEY control;

    status = open_control(&control);
    if (status != ST_OK) return status;
    status = read_session(control, &session);
    if (status == ST_OK) {
        number = last_number(control) + 1;
        status = set_number(control, number);
    }
    RegCloseKey(control);
    if (status == ST_OK) status = open_file(&file);
    if (status != ST_OK) return status;
    status = append(file, session, number, items);
    CloseHandle(file);
    return status;
}

static mpr_status note_and_free(struct undo *u, mpr_status status)
{
    struct blob items = {NULL, 0};

    if (status == ST_OK) status = undo_finish(u, &items);
    if (status == ST_OK) status = unsaved_note(&items);
    blob_free(&items);
    blob_free(&u->out.bytes);
    mem_free(u);
    return status;
}

mpr_status unsaved_note_keys(const WCHAR *const *paths, size_t count)
{
    struct undo *u = mem_alloc(sizeof(*u));
    mpr_status status = u ? undo_begin(u) : ST_NOT_ENOUGH_MEMORY;

    if (!u) return status;
    for (size_t i = 0; i < count && status == ST_OK; i++) {
        WCHAR full[128];

        _snwprintf(full, ARRAYSIZE(full), L"%ls\\%ls", REGISTRY_ROOT, paths[i]);
        status = undo_add_key(u, full);
    }
    return note_and_free(u, status);
}

mpr_status unsaved_note_again(const struct blob *items, WCHAR *name)
{
    struct undo *u = mem_alloc(sizeof(*u));
    mpr_status status = u ? undo_begin(u) : ST_NOT_ENOUGH_MEMORY;

    if (!u) return status;
    if (status == ST_OK) status = undo_add_again(u, items, name);
    return note_and_free(u, status);
}

/* ---- after wineserver was started anew --------------------------------------------------------
 */

static mpr_status keep_for(uint64_t session, const WCHAR *path, struct blob *data)
{
    unsaved_put_header(data->data, session);
    return backup_file_write(path, data->data, data->size);
}

static mpr_status recover_from(const WCHAR *path, HKEY control, struct blob *data)
{
    uint64_t now = 0, number = last_number(control);
    unsigned count = 0;
    mpr_status status = read_session(control, &now);

    if (status != ST_OK || unsaved_is_of(data, now)) return status;
    status = unsaved_write_again(data, &number, &count);
    if (status != ST_OK) return status;
    if (!count) return DeleteFileW(path) ? ST_OK : (mpr_status)GetLastError();
    TRACE(WARNING, "configuration: %u changes that the registry had lost are written again", count);
    status = keep_for(now, path, data);
    return status == ST_OK ? set_number(control, number) : status;
}

mpr_status unsaved_recover(void)
{
    WCHAR path[BACKUP_PATH_MAX];
    struct blob data = {NULL, 0};
    mpr_status status;
    HKEY control;

    if (settled) return ST_OK;
    if (!unsaved_path(path)) return ST_CAN_NOT_COMPLETE;
    status = backup_file_read(path, &data);
    if (status == ERROR_FILE_NOT_FOUND || status == ERROR_PATH_NOT_FOUND) {
        settled = true;
        return ST_OK;
    }
    if (status == ST_OK) status = open_control(&control);
    if (status == ST_OK) {
        status = recover_from(path, control, &data);
        RegCloseKey(control);
    }
    blob_free(&data);
    settled = status == ST_OK;
    return status;
}

bool unsaved_is_settled(void)
{
    return settled;
}
